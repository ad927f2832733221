//! What is counted at a market (计数): samples and the figures computed from them, and the queue of the day.

use migrations::{Column, ColumnType, Step, Table, table};

/// Samples, and what a computed figure came from.
pub(super) fn steps() -> Vec<Step> {
    let add =
        |name, kind| Step::AddColumn("market", Column { name, kind, nullable: true, references: None, default: None });
    vec![
        add("scale_samples", ColumnType::Int),
        add("scale_days", ColumnType::Int),
        add("scale_from", ColumnType::Date),
        add("success_samples", ColumnType::Int),
        add("success_days", ColumnType::Int),
        add("success_from", ColumnType::Date),
        Step::Create(monitoring_sample()),
    ]
}

/// Monitoring sample (抽样).
fn monitoring_sample() -> Table {
    table("monitoring_sample")
        .id()
        .uuid("market_id")
        .to("market")
        .int("version")
        .date("sampled_on")
        .text("session")
        .int("seekers")
        .int("successes")
        .text("counted_by")
        .uuid("recorded_by")
        .null()
        .moment("recorded_at")
        .text("withdrawn_reason")
        .null()
        .unique_where(&["market_id", "sampled_on", "session"], "withdrawn_reason IS NULL")
        .index(&["market_id", "sampled_on", "id"])
}

/// Queue numbers (排队号).
pub(super) fn queues() -> Vec<Step> {
    let queue = table("queue_number")
        .uuid("market_id")
        .to("market")
        .date("day")
        .int("issued")
        .int("called")
        .moment("changed_at")
        .key(&["market_id", "day"]);
    vec![Step::Create(queue)]
}
