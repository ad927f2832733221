//! Import and export of the directory form (名录导入导出), annex 2 of 晋人社厅发〔2022〕60号.
//!
//! One way through: an uploaded file is read ([`read`]), each row is placed in a county ([`place`]), rows are held against
//! the markets there are ([`settle`]), and the result is stored as a dry run ([`operations::check`]). A bad cell is
//! corrected in place ([`operations::correct`]). Applying ([`operations::apply`], [`apply`]) is one transaction for all
//! rows. Everything before the store is pure.

pub mod apply;
pub mod desired;
pub mod events;
pub mod form;
pub mod issue;
pub mod jobs;
pub mod operations;
pub mod place;
pub mod queries;
pub mod read;
pub mod report;
pub mod schema;
pub mod settle;
pub mod siblings;
pub mod store;
#[cfg(test)]
mod tests;

use chrono::Duration;

pub use form::form_rows;
pub use schema::{ImportsMutation, ImportsQuery};

/// Rows of one file at most.
pub const MOST_ROWS: usize = 10_000;
/// Up to so many rows are checked while the caller waits; more are a job.
pub const AT_ONCE: usize = 500;
/// The file and its error report are kept for so long.
pub const KEPT: Duration = Duration::days(30);
/// An exported file is kept for so long.
pub const EXPORT_KEPT: Duration = Duration::hours(24);
