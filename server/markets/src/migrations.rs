//! The chapter's tables (迁移).

mod directory;
mod import;
mod upkeep;
mod venue;

use migrations::{Migration, MigrationSet, Step};

/// The chapter's migrations.
pub const SET: MigrationSet =
    MigrationSet { owner: "markets", migrations: &[Migration { name: "0001_markets", steps: first }] };

fn first() -> Vec<Step> {
    let mut steps = directory::steps();
    steps.extend(venue::steps());
    steps.extend(upkeep::steps());
    steps.extend(import::steps());
    steps
}
