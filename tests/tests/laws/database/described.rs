//! The tables as the migrations describe them, after all of them.

use std::collections::BTreeMap;

use migrations::{ColumnType, MigrationSet, Step};

use crate::house::manifests;

/// Every migration of the house, in the order in which a store takes them.
pub(super) fn sets() -> Vec<MigrationSet> {
    let mut sets = vec![migrations::CORE, migrations::PLATFORM];
    sets.extend(manifests().iter().flat_map(|m| m.migrations.iter().copied()));
    sets
}

/// All steps, in order.
pub(super) fn steps() -> Vec<Step> {
    sets().iter().flat_map(|set| set.migrations).flat_map(|migration| (migration.steps)()).collect()
}

/// A column: its type, and whether it may be null.
pub(in crate::laws) type Shape = (ColumnType, bool);

/// Every table with its columns.
pub(in crate::laws) fn tables() -> BTreeMap<String, BTreeMap<String, Shape>> {
    let mut tables: BTreeMap<String, BTreeMap<String, Shape>> = BTreeMap::new();
    for step in steps() {
        match step {
            Step::Create(table) => {
                let columns = table.columns.iter().map(|c| (c.name.to_owned(), (c.kind, c.nullable)));
                assert!(
                    tables.insert(table.name.to_owned(), columns.collect()).is_none(),
                    "{} is made twice",
                    table.name
                );
            }
            Step::AddColumn(table, column) => {
                let columns =
                    tables.get_mut(table).unwrap_or_else(|| panic!("{table} has no column before it is made"));
                columns.insert(column.name.to_owned(), (column.kind, column.nullable));
            }
            Step::AddIndex(..) | Step::Sql { .. } => {}
        }
    }
    tables
}

/// Tables that only the platform's store has.
pub(super) fn of_the_platform() -> Vec<String> {
    let sets = sets();
    let platform = sets.iter().filter(|set| set.owner.starts_with(migrations::PLATFORM.owner));
    let steps = platform.flat_map(|set| set.migrations).flat_map(|m| (m.steps)());
    let names = steps.filter_map(|step| match step {
        Step::Create(table) => Some(table.name.to_owned()),
        _ => None,
    });
    names.collect()
}
