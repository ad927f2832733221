//! What is decided about agencies (规则): pure.

pub mod branches;
pub mod displayed;
pub mod fees;
pub mod identity;
pub mod inspections;
pub mod ledger;
pub mod licence;
pub mod parameters;
pub mod prices;
pub mod reports;
pub mod sync;
