//! The kernel (内核): what every chapter and plugin stands on.

pub mod calendar;
pub mod divisions;
pub mod geo;
pub mod maps;
pub mod packs;
pub mod trades;
