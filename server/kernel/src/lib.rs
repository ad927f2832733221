//! The kernel (内核): what every chapter and plugin stands on.

pub mod calendar;
pub mod checks;
pub mod crypto;
pub mod cursor;
pub mod divisions;
pub mod geo;
pub mod ids;
pub mod maps;
pub mod packs;
pub mod pdf;
pub mod qr;
pub mod trades;
