//! Tables of the shared nouns (迁移), and the language in which every chapter and plugin describes its own.
//!
//! A migration is a *value*: a name and a list of [`Step`]s. The kernel's runner turns it into SQL for the back end at
//! hand, in one transaction, and writes the ledger. Because steps are values, the way down is derived from the way up,
//! a plan can be shown before it is applied, and no migration ever talks to a database by itself.

mod core;
mod platform;
mod sql;
mod table;

pub use core::CORE;
pub use platform::PLATFORM;
pub use sql::{Backend, down, up};
pub use table::{Column, ColumnType, Index, Table, table};

/// One change of the schema (迁移), applied once per store and owner.
pub struct Migration {
    /// Ordered, unique within its owner: `0001_core`.
    pub name: &'static str,
    /// What it does, built when asked for.
    pub steps: fn() -> Vec<Step>,
}

/// The migrations of one owner: the core, or one plugin (所有者).
#[derive(Clone, Copy)]
pub struct MigrationSet {
    /// `core`, `platform`, a chapter's or a plugin's name.
    pub owner: &'static str,
    /// In order.
    pub migrations: &'static [Migration],
}

/// One reversible change.
pub enum Step {
    /// A new table with its indexes.
    Create(Table),
    /// A nullable or defaulted column on an existing table.
    AddColumn(&'static str, Column),
    /// An index on an existing table.
    AddIndex(&'static str, Index),
    /// What only SQL can say (triggers), for each back end, with its way back.
    Sql {
        /// SQLite statements.
        sqlite: &'static [&'static str],
        /// PostgreSQL statements.
        postgres: &'static [&'static str],
        /// SQLite, undone.
        sqlite_down: &'static [&'static str],
        /// PostgreSQL, undone.
        postgres_down: &'static [&'static str],
    },
}
