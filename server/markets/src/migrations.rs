//! The chapter's tables (迁移).

mod agencies;
mod directory;
mod import;
mod inclusion;
mod samples;
mod upkeep;
mod venue;

use migrations::{Column, ColumnType, Index, Migration, MigrationSet, Step, table};

/// The chapter's migrations.
pub const SET: MigrationSet = MigrationSet {
    owner: "markets",
    migrations: &[
        Migration { name: "0001_markets", steps: first },
        Migration { name: "0002_villages", steps: villages },
        Migration { name: "0003_inclusion", steps: inclusion::steps },
        Migration { name: "0004_annotation_tasks", steps: annotation_tasks },
        Migration { name: "0005_samples", steps: samples::steps },
        Migration { name: "0006_queues", steps: samples::queues },
        Migration { name: "0007_check_photos", steps: photos },
        Migration { name: "0008_agencies", steps: agencies::steps },
        Migration { name: "0009_market_versions_of_import_rows", steps: market_versions },
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

/// An annotation is somebody's to see to, by a day.
fn annotation_tasks() -> Vec<Step> {
    let column = |name, kind| Column { name, kind, nullable: true, references: None, default: None };
    let by = |columns| Step::AddIndex("map_annotation", Index { columns, unique: false, only_where: None });
    vec![
        Step::AddColumn("map_annotation", column("assignee", ColumnType::Uuid)),
        Step::AddColumn("map_annotation", column("due_on", ColumnType::Date)),
        by(&["assignee"]),
        by(&["due_on"]),
    ]
}

/// Which state of its market a row of an import was held against.
fn market_versions() -> Vec<Step> {
    let version =
        Column { name: "market_version", kind: ColumnType::Int, nullable: true, references: None, default: None };
    vec![Step::AddColumn("import_row", version)]
}

/// Check photo (检查照片): which files show what was inspected.
fn photos() -> Vec<Step> {
    let photo = table("check_photo")
        .id()
        .uuid("market_id")
        .to("market")
        .uuid("check_id")
        .to("safety_check")
        .int("position")
        .uuid("file_id")
        .text("file_name")
        .unique(&["file_id"]);
    vec![Step::Create(photo)]
}
