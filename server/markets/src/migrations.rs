//! The chapter's tables (迁移).

mod directory;
mod import;
mod inclusion;
mod upkeep;
mod venue;

use migrations::{Index, Migration, MigrationSet, Step};

/// The chapter's migrations.
pub const SET: MigrationSet = MigrationSet {
    owner: "markets",
    migrations: &[
        Migration { name: "0001_markets", steps: first },
        Migration { name: "0002_villages", steps: villages },
        Migration { name: "0003_inclusion", steps: inclusion::steps },
    ],
};

fn first() -> Vec<Step> {
    let mut steps = directory::steps();
    steps.extend(venue::steps());
    steps.extend(upkeep::steps());
    steps.extend(import::steps());
    steps
}

/// Markets are found by their village.
fn villages() -> Vec<Step> {
    let by = |columns| Step::AddIndex("market", Index { columns, unique: false, only_where: None });
    vec![by(&["village_name"]), by(&["village_code"])]
}
