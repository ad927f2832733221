//! The sheet kit (表格工具): XLSX and CSV in, XLSX and CSV out.
//!
//! Reading order: [`read()`] takes bytes and gives a [`Grid`] or a typed [`SheetRefusal`]; a chapter
//! finds its table in the grid and names every bad cell with a [`CellIssue`]; [`write`] and [`csv`]
//! give a form back. Everything here is pure: no database, no clock, no file system.
//!
//! Two levels of tidying exist on purpose (see [`text`]): what a person wrote keeps its Chinese
//! punctuation ([`text::tidy`]), what a rule reads is folded to half width ([`text::fold`]).

pub mod csv;
pub mod grid;
mod guard;
pub mod read;
pub mod refusal;
pub mod table;
pub mod text;
pub mod write;
mod xlsx;

#[cfg(test)]
mod tests;

pub use grid::{Cell, DateCell, Grid, MergedRange, a1, column_letters};
pub use read::{Limits, read, read_all};
pub use refusal::{CellIssue, Severity, SheetRefusal, SheetRefusalCode, Words};
pub use table::{TableColumn, TableModel};
pub use write::{Sheet, SheetFault, Style, Value, Workbook};
