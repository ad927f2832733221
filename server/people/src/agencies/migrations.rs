//! The tables of agencies (迁移): what hangs on one, in the city that looks after it.

use migrations::{Index, Step, Table, table};

/// What one agency has, and what happened to it.
pub(crate) fn steps() -> Vec<Step> {
    let tables = [
        event(),
        branch(),
        price_list(),
        price_item(),
        displayed_item(),
        inspection(),
        inspector(),
        ledger_entry(),
        fee_receipt(),
        report(),
        warning(),
        parameter(),
    ];
    tables.into_iter().map(Step::Create).collect()
}

/// The ledger by day (台账按日期索引), for what is forgotten each night.
pub(crate) fn ledger_by_day() -> Vec<Step> {
    vec![Step::AddIndex("agency_ledger_entry", Index { columns: &["served_on"], unique: false, only_where: None })]
}

/// History (沿革).
fn event() -> Table {
    table("agency_event")
        .id()
        .uuid("agency_id")
        .to("agency")
        .moment("at")
        .text("kind")
        .int("version")
        .text("reason")
        .null()
        .text("article")
        .null()
        .text("fields")
        .null()
        .text("decided_in")
        .null()
        .uuid("done_by")
        .null()
}

/// Branch (分支机构).
fn branch() -> Table {
    table("agency_branch")
        .id()
        .uuid("agency_id")
        .to("agency")
        .int("version")
        .text("name")
        .text("address")
        .text("county")
        .date("set_up_on")
        .date("reported_on")
        .null()
        .date("closed_on")
        .null()
        .moment("saved_at")
}

/// Price list (收费标准).
fn price_list() -> Table {
    table("agency_price_list")
        .id()
        .uuid("agency_id")
        .to("agency")
        .int("number")
        .date("effective_from")
        .moment("published_at")
        .uuid("published_by")
        .null()
        .unique(&["agency_id", "number"])
}

/// Item of a price list (收费项目).
fn price_item() -> Table {
    table("agency_price_item")
        .id()
        .uuid("list_id")
        .to("agency_price_list")
        .int("position")
        .text("item")
        .text("unit")
        .bigint("fen")
        .text("payer")
}

/// Displayed item (公示项).
fn displayed_item() -> Table {
    table("agency_displayed_item")
        .id()
        .uuid("agency_id")
        .to("agency")
        .text("kind")
        .text("text")
        .null()
        .text("phone")
        .null()
        .uuid("file_id")
        .to("blob")
        .null()
        .text("file_name")
        .null()
        .date("checked_on")
        .bool("is_current")
        .moment("saved_at")
        .uuid("saved_by")
        .null()
}

/// Inspection (监督检查).
fn inspection() -> Table {
    table("agency_inspection")
        .id()
        .uuid("agency_id")
        .to("agency")
        .int("version")
        .date("inspected_on")
        .text("kind")
        .text("result")
        .text("findings")
        .date("follow_up_on")
        .null()
        .date("followed_up_on")
        .null()
        .text("follow_up_result")
        .null()
        .text("follow_up_note")
        .null()
        .moment("recorded_at")
        .uuid("recorded_by")
        .null()
}

/// Inspector (检查人员).
fn inspector() -> Table {
    table("agency_inspector")
        .id()
        .uuid("inspection_id")
        .to("agency_inspection")
        .int("position")
        .uuid("account_id")
        .to("account")
        .null()
        .bytes("name")
        .null()
}

/// Service ledger (服务台账).
fn ledger_entry() -> Table {
    table("agency_ledger_entry")
        .id()
        .uuid("agency_id")
        .to("agency")
        .date("served_on")
        .bytes("hiring_party")
        .bool("household")
        .text("kind")
        .bool("online")
        .int("workers")
        .text("result")
        .moment("entered_at")
        .uuid("entered_by")
        .null()
        .index(&["agency_id", "served_on"])
}

/// Fee receipt (收费凭证).
fn fee_receipt() -> Table {
    table("agency_fee_receipt")
        .id()
        .uuid("agency_id")
        .to("agency")
        .int("version")
        .text("receipt_no")
        .date("issued_on")
        .uuid("item_id")
        .to("agency_price_item")
        .int("quantity")
        .bigint("fen")
        .bytes("hiring_party")
        .bool("household")
        .date("failed_on")
        .null()
        .text("failed_reason")
        .null()
        .date("refunded_on")
        .null()
        .moment("recorded_at")
        .uuid("recorded_by")
        .null()
        .unique(&["agency_id", "receipt_no"])
        .index(&["issued_on"])
}

/// Annual report (年度报告).
fn report() -> Table {
    table("agency_report")
        .id()
        .uuid("agency_id")
        .to("agency")
        .int("year")
        .date("reported_on")
        .text("note")
        .null()
        .moment("recorded_at")
        .uuid("recorded_by")
        .null()
        .unique(&["agency_id", "year"])
}

/// Warning (到期提醒).
fn warning() -> Table {
    table("agency_warning")
        .id()
        .uuid("agency_id")
        .to("agency")
        .date("expires_on")
        .int("days")
        .moment("sent_at")
        .unique(&["agency_id", "expires_on", "days"])
}

/// Parameter (监管参数).
fn parameter() -> Table {
    table("agency_parameter")
        .id()
        .text("code")
        .date("effective_from")
        .int("value")
        .null()
        .moment("set_at")
        .uuid("set_by")
        .null()
        .unique(&["code", "effective_from"])
}
