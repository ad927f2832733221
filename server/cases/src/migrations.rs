//! The chapter's tables (数据表): the file of a case, and its course.

use migrations::{Migration, MigrationSet, Step, Table, table};

/// Tables of a city. Markets and accounts are named by their ids alone: a case outlives what it is about.
pub const SET: MigrationSet =
    MigrationSet { owner: "cases", migrations: &[Migration { name: "0001_cases", steps: cases }] };

fn cases() -> Vec<Step> {
    vec![Step::Create(case_file()), Step::Create(case_event())]
}

/// Case file (办件).
fn case_file() -> Table {
    table("case_file")
        .id()
        .int("version")
        .text("reference")
        .text("kind")
        .text("subject_kind")
        .uuid("subject_id")
        .text("opened_by_kind")
        .uuid("opened_by")
        .uuid("citizen_id")
        .null()
        .bytes("reason")
        .null()
        .text("status")
        .text("county")
        .null()
        .uuid("market_id")
        .null()
        .uuid("owner_id")
        .null()
        .moment("owned_since")
        .null()
        .uuid("offered_to")
        .null()
        .moment("offered_at")
        .null()
        .moment("opened_at")
        .date("due_on")
        .bool("due_provisional")
        .text("rule_version")
        .moment("warned_at")
        .null()
        .moment("breached_at")
        .null()
        .text("decision")
        .null()
        .bytes("decision_ground")
        .null()
        .text("decision_article")
        .null()
        .uuid("decided_by")
        .null()
        .moment("decided_at")
        .null()
        .moment("closed_at")
        .null()
        .unique(&["reference"])
        // Of two who open the same at one moment, the table takes one.
        .unique_where(&["kind", "subject_id", "opened_by"], "closed_at IS NULL")
        .index(&["kind", "subject_id"])
        .index(&["due_on", "id"])
        .index_where(&["due_on"], "closed_at IS NULL")
        .index(&["opened_by"])
        .index(&["citizen_id"])
        .index(&["owner_id"])
        .index(&["offered_to"])
}

/// The course of a case (办理过程); rows are only added.
fn case_event() -> Table {
    table("case_event")
        .id()
        .uuid("case_id")
        .to("case_file")
        .moment("at")
        .text("kind")
        .text("actor_kind")
        .uuid("actor_id")
        .null()
        .uuid("other_id")
        .null()
        .bytes("note")
        .null()
        .bool("internal")
        .index(&["case_id", "id"])
        .index(&["actor_id"])
}
