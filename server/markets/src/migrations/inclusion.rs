//! Who may be in the directory (列入条件): the operator's licence, and its seriously bad credit.

use migrations::{Column, ColumnType, Index, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    let column = |name, kind| Column { name, kind, nullable: true, references: None, default: None };
    vec![
        Step::AddColumn("market", column("licence_no", ColumnType::Text)),
        Step::AddColumn("market", column("licence_until", ColumnType::Date)),
        Step::AddIndex("market", Index { columns: &["licence_until"], unique: false, only_where: None }),
        Step::Create(bad_credit()),
    ]
}

/// Bad credit (严重失信).
fn bad_credit() -> Table {
    table("bad_credit")
        .id()
        .uuid("market_id")
        .to("market")
        .int("version")
        .date("since")
        .text("source")
        .date("lifted_on")
        .null()
        .uuid("recorded_by")
        .null()
        .moment("recorded_at")
}
