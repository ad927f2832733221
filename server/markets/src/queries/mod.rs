//! Reading the directory (查询): filters become conditions, pages are keyset pages, every level is one statement.

pub mod conditions;
pub mod directory;
pub mod gaps;
pub mod lookup;
pub mod markets;
pub mod public_row;
pub mod standard;
pub mod stands;
pub mod tasks;
