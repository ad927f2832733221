//! Reading postings (查询): filters become conditions, pages are keyset pages, every level is one statement.

pub mod conditions;
pub mod kept;
pub mod lookup;
pub mod open;
pub mod postings;
pub mod public_row;
pub mod review;
