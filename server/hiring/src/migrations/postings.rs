//! Postings (招聘信息) and what belongs to them.

use migrations::{Column, ColumnType, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [posting, shift, posting_event, taken_down_text, posting_template, favourite, posting_import, posting_import_row]
        .map(|table| Step::Create(table()))
        .into()
}

/// Shifts say how often their posting was amended: no place is taken by what it said before.
pub(super) fn edition() -> Vec<Step> {
    let edition =
        Column { name: "edition", kind: ColumnType::Int, nullable: false, references: None, default: Some("1") };
    vec![Step::AddColumn("shift", edition)]
}

/// A posting (招聘信息).
fn posting() -> Table {
    let begun = table("posting")
        .id()
        .int("version")
        .text("status")
        .text("status_reason")
        .null()
        .uuid("party_id")
        .to("hiring_party")
        .uuid("agency_id")
        .to("agency")
        .null()
        .uuid("market_id")
        .to("market")
        .null()
        .text("county")
        .text("kind")
        .text("source")
        .text("engagement")
        .text("trade")
        .text("title")
        .text("duties")
        .text("conditions")
        .null()
        .int("headcount")
        .bigint("wage_fen")
        .text("wage_unit")
        .text("pay_day")
        .text("pay_text")
        .null()
        .bigint("wage_order")
        .text("place")
        .float("lat")
        .null()
        .float("lng")
        .null()
        .text("cover")
        .bool("needs_certificate")
        .bool("instant")
        .bool("priority")
        .date("valid_from");
    posting_rest(begun)
}

fn posting_rest(begun: Table) -> Table {
    begun
        .date("valid_until")
        .moment("starts_at")
        .moment("ends_at")
        .moment("closes_at")
        .text("text_key")
        .text("external_id")
        .null()
        .uuid("posted_by")
        .null()
        .uuid("posted_citizen")
        .to("citizen")
        .null()
        .moment("submitted_at")
        .null()
        .uuid("reviewed_by")
        .null()
        .json("remarks")
        .null()
        .moment("published_at")
        .null()
        .moment("last_confirmed_at")
        .moment("fresh_until")
        .moment("created_at")
        .moment("updated_at")
        // Once it is over the agency may use its number again.
        .unique_where(
            &["agency_id", "external_id"],
            "external_id IS NOT NULL AND status IN ('DRAFT', 'IN_REVIEW', 'RETURNED', 'PUBLISHED', 'FILLED')",
        )
        .index(&["status", "trade", "starts_at", "id"])
        .index(&["status", "starts_at", "id"])
        .index(&["status", "wage_order", "id"])
        .index(&["status", "submitted_at", "id"])
        // Status stands second: with it in front SQLite takes this index for every search of open postings and sorts them all.
        .index(&["closes_at", "status"])
        .index(&["status", "lat", "lng"])
        .index(&["county", "status", "starts_at"])
        .index(&["updated_at", "id"])
        .index(&["starts_at", "id"])
        .index(&["text_key"])
        .index_where(&["submitted_at", "id"], "reviewed_by IS NULL")
}

/// A shift (班次) of a posting.
fn shift() -> Table {
    table("shift")
        .counted()
        .id()
        .uuid("posting_id")
        .to("posting")
        .int("position")
        .moment("starts_at")
        .moment("ends_at")
        .int("break_minutes")
        .int("headcount")
        .int("taken")
        .bool("open")
        .index(&["starts_at"])
}

/// What happened to a posting (招聘信息历程).
fn posting_event() -> Table {
    table("posting_event")
        .id()
        .uuid("posting_id")
        .to("posting")
        .moment("at")
        .text("kind")
        .text("reason")
        .null()
        .text("actor")
        .null()
}

/// A text that was taken down (下架文本) and is not published again.
fn taken_down_text() -> Table {
    table("taken_down_text")
        .id()
        .text("text_key")
        .uuid("posting_id")
        .to("posting")
        .text("reason")
        .text("article")
        .moment("at")
        .moment("lifted_at")
        .null()
        .index(&["text_key"])
}

/// A template (招聘模板) that a hiring party keeps.
fn posting_template() -> Table {
    table("posting_template")
        .id()
        .int("version")
        .uuid("party_id")
        .to("hiring_party")
        .text("name")
        .json("content")
        .moment("created_at")
        .unique(&["party_id", "name"])
}

/// A worker whom a hiring party would take again (常用工).
fn favourite() -> Table {
    table("favourite")
        .id()
        .uuid("party_id")
        .to("hiring_party")
        .uuid("worker_id")
        .to("worker")
        .moment("since")
        .unique(&["party_id", "worker_id"])
}

/// An import of postings (招聘信息导入) of an agency.
fn posting_import() -> Table {
    table("posting_import")
        .id()
        .int("version")
        .uuid("agency_id")
        .to("agency")
        .uuid("upload_id")
        .text("file_name")
        .text("status")
        .int("row_count")
        .int("good_rows")
        .int("bad_rows")
        .int("published")
        .int("in_review")
        .json("headings")
        .uuid("report_id")
        .null()
        .uuid("job_id")
        .null()
        .uuid("created_by")
        .null()
        .moment("created_at")
        .moment("kept_until")
        .index(&["created_by", "id"])
        .index(&["kept_until"])
}

/// A row of such an import (导入行).
fn posting_import_row() -> Table {
    table("posting_import_row")
        .id()
        .uuid("import_id")
        .to("posting_import")
        .int("row_no")
        .text("status")
        .json("cells")
        .json("issues")
        .uuid("posting_id")
        .null()
        .unique(&["import_id", "row_no"])
        .index(&["import_id", "status", "row_no"])
}
