//! Annex 2 of 晋人社厅发〔2022〕60号, the directory form (零工市场名录样表), read and written.
//!
//! Pure rules. [`read()`] finds the table in an untidy sheet, reads every cell and names each one it
//! cannot read ([`FormIssue`]); [`DirectoryForm`] gives the exact form back.
//! One file per thing a cell can hold: [`nature`], [`hours`], [`figures`], [`trades`], [`names`].

pub mod figures;
pub mod hours;
pub mod issue;
pub mod layout;
pub mod lines;
pub mod names;
pub mod nature;
pub mod read;
mod row;
mod sort;
pub mod trades;
pub mod write;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod write_tests;

pub use figures::Figure;
pub use hours::{HoursReading, HoursSpan, Season};
pub use issue::{Field, Finding, FormIssue, FormIssueCode};
pub use layout::Columns;
pub use names::{AliasBasis, NameReading};
pub use nature::{Nature, NatureReading};
pub use read::{Form, FormRefusal, FormRow, read};
pub use trades::TradeMatch;
pub use write::{DirectoryForm, DirectoryRow};
