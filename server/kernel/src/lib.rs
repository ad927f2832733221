

pub mod sheet;
