//! Tables of workers (零工人员) beside the shared nouns.

use migrations::{Column, ColumnType, Step, table};

/// The month in which a worker comes to be over age (超龄起始月); the nightly job fills it in for those who are registered.
pub(super) fn over_age() -> Vec<Step> {
    let from =
        Column { name: "over_age_from", kind: ColumnType::Date, nullable: true, references: None, default: None };
    vec![Step::AddColumn("worker", from)]
}

pub(super) fn steps() -> Vec<Step> {
    vec![
        Step::Create(
            table("worker_profile")
                .uuid("worker_id")
                .to("worker")
                .text("retirement_kind")
                .null()
                .moment("asked_at")
                .null()
                .key(&["worker_id"]),
        ),
        Step::Create(
            table("worker_certificate")
                .id()
                .uuid("worker_id")
                .to("worker")
                .text("trade")
                .bytes("number")
                .date("valid_until")
                .moment("verified_at")
                .null()
                .uuid("verified_by")
                .null()
                .moment("created_at")
                .unique(&["worker_id", "trade"]),
        ),
        Step::Create(
            table("worker_difficulty")
                .id()
                .uuid("worker_id")
                .to("worker")
                .bytes("kind")
                .bytes("kind_index")
                .text("basis")
                .uuid("evidence")
                .null()
                .date("valid_until")
                .null()
                .bytes("certified_by")
                .null()
                .date("certified_on")
                .null()
                .uuid("consent_id")
                .to("consent")
                .uuid("recorded_by")
                .null()
                .moment("created_at")
                .unique(&["worker_id", "kind_index"])
                .index(&["kind_index"])
                .index(&["valid_until"]),
        ),
    ]
}
