

pub mod annex2;
