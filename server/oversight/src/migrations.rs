//! The chapter's tables (数据表): the return in every city, and what the province received.

use migrations::{Migration, MigrationSet, Step, Table, table};

/// Tables of a city: its returns, their frozen rows, their history, the reminders sent; the day of its first report.
pub const SET: MigrationSet = MigrationSet {
    owner: "oversight",
    migrations: &[
        Migration { name: "0001_returns", steps: city },
        Migration { name: "0002_first_report", steps: first_report },
    ],
};

/// Tables of the platform alone: what cities handed in, what the province decided about time, and what it froze of it.
pub const PLATFORM_SET: MigrationSet = MigrationSet {
    owner: "platform_oversight",
    migrations: &[
        Migration { name: "0001_received", steps: platform },
        Migration { name: "0002_reports", steps: reports },
    ],
};

fn city() -> Vec<Step> {
    vec![
        Step::Create(directory_return()),
        Step::Create(
            form_lines(table("return_row").uuid("return_id").to("directory_return").int("version_no")).key(&[
                "return_id",
                "version_no",
                "serial",
            ]),
        ),
        Step::Create(
            table("return_event")
                .id()
                .uuid("return_id")
                .to("directory_return")
                .moment("at")
                .text("kind")
                .int("version_no")
                .text("reason")
                .null()
                .uuid("actor_id")
                .null()
                .text("actor_label")
                .null(),
        ),
        Step::Create(
            table("return_reminder")
                .id()
                .int("year")
                .int("days_before")
                .date("due_on")
                .int("letters")
                .moment("sent_at")
                .unique(&["year", "days_before"]),
        ),
    ]
}

fn first_report() -> Vec<Step> {
    vec![Step::Create(
        table("first_report").id().date("due_on").null().moment("set_at").uuid("set_by").null().int("version"),
    )]
}

fn directory_return() -> Table {
    table("directory_return")
        .id()
        .int("year")
        .text("status")
        .int("version_no")
        .int("row_count")
        .bytes("filer")
        .null()
        .bytes("filer_phone")
        .null()
        .moment("frozen_at")
        .null()
        .moment("submitted_at")
        .null()
        .moment("delivered_at")
        .null()
        .moment("decided_at")
        .null()
        .text("returned_reason")
        .null()
        .uuid("snapshot_id")
        .null()
        .moment("created_at")
        .moment("updated_at")
        .int("version")
        .unique(&["year"])
}

fn platform() -> Vec<Step> {
    vec![
        Step::Create(platform_return()),
        Step::Create(
            form_lines(table("platform_return_row").uuid("return_id").to("platform_return").int("receipt_no"))
                .moment("superseded_at")
                .null()
                .key(&["return_id", "receipt_no", "serial"]),
        ),
        Step::Create(
            table("platform_deadline")
                .id()
                .text("addressee")
                .int("year")
                .date("due_on")
                .moment("set_at")
                .uuid("set_by")
                .null()
                .moment("superseded_at")
                .null()
                .unique_where(&["addressee", "year"], "superseded_at IS NULL"),
        ),
        Step::Create(
            table("platform_monitoring")
                .id()
                .text("city")
                .date("since")
                .date("until")
                .null()
                .uuid("set_by")
                .null()
                .unique_where(&["city"], "until IS NULL"),
        ),
        Step::Create(table("platform_first_report").text("city").date("due_on").null().moment("set_at").key(&["city"])),
    ]
}

fn platform_return() -> Table {
    table("platform_return")
        .id()
        .text("city")
        .int("year")
        .text("status")
        .int("version_no")
        .int("row_count")
        .bytes("filer")
        .bytes("filer_phone")
        .moment("first_submitted_at")
        .moment("submitted_at")
        .moment("received_at")
        .moment("decided_at")
        .null()
        .moment("decision_delivered_at")
        .null()
        .text("returned_reason")
        .null()
        .uuid("snapshot_id")
        .int("receipt_no")
        .date("due_on")
        .int("version")
        .unique(&["city", "year"])
        .index(&["year", "city"])
}

/// The frozen versions of the roll-up. What a city's line of the summary said is kept here; its rows lie with the return.
fn reports() -> Vec<Step> {
    vec![
        Step::Create(
            table("platform_report")
                .id()
                .int("year")
                .int("version_no")
                .int("city_count")
                .int("row_count")
                .date("cities_due_on")
                .date("ministry_due_on")
                .moment("frozen_at")
                .uuid("frozen_by")
                .null()
                .text("frozen_by_label")
                .null()
                .date("sent_on")
                .null()
                .text("document_no")
                .null()
                .date("sent_due_on")
                .null()
                .moment("recorded_at")
                .null()
                .uuid("recorded_by")
                .null()
                .int("version")
                .unique(&["year", "version_no"]),
        ),
        Step::Create(report_city()),
    ]
}

fn report_city() -> Table {
    table("platform_report_city")
        .id()
        .uuid("report_id")
        .to("platform_report")
        .text("city")
        .text("name_zh")
        .text("name_en")
        .text("status")
        .uuid("return_id")
        .null()
        .to("platform_return")
        .int("receipt_no")
        .null()
        .int("version_no")
        .null()
        .int("row_count")
        .null()
        .int("last_year")
        .null()
        .date("submitted_on")
        .null()
        .bool("late")
        .bool("monitoring")
        .bytes("filer")
        .null()
        .bytes("filer_phone")
        .null()
        .unique(&["report_id", "city"])
}

/// The eight columns of annex 2 as they were on the day of freezing, and the market they are about.
fn form_lines(table: Table) -> Table {
    table
        .int("serial")
        .uuid("market_id")
        .text("name")
        .text("nature")
        .text("hours_text")
        .text("address")
        .text("seeker_scale")
        .text("trades")
        .text("daily_successes")
}
