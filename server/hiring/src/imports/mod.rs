//! Postings of an agency from a file (招聘信息批量导入): a row is a posting with one shift.
//!
//! One way through: an uploaded sheet is read ([`read`]), each row becomes a form ([`row`]) that is looked over like any other,
//! and the result is kept as a dry run with every bad cell named. Applying takes the good rows in batches, a few statements
//! each, and goes on where it stopped. Everything before the store is pure.

pub mod columns;
pub mod issue;
pub mod jobs;
pub mod looking;
pub mod queries;
pub mod read;
pub mod report;
pub mod row;
pub mod schema;
pub mod store;

use chrono::Duration;

/// Rows of one file at most.
pub const MOST_ROWS: usize = 5_000;
/// Rows taken in together.
pub const AT_ONCE: u64 = 250;
/// The file, its rows and its error report are kept for so long.
pub const KEPT: Duration = Duration::days(30);
