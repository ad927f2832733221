//! The chapter's tables (迁移).

use migrations::{Migration, MigrationSet, Step, table};

/// The chapter's migrations.
pub const SET: MigrationSet =
    MigrationSet { owner: "markets", migrations: &[Migration { name: "0001_markets", steps: first }] };

fn first() -> Vec<Step> {
    let mut steps = directory();
    steps.extend(venue());
    steps.extend(upkeep());
    steps.extend(import());
    steps
}

/// The directory itself: a market, its hours, trades, contacts and services.
fn directory() -> Vec<Step> {
    vec![
        Step::Create(market()),
        Step::Create(
            table("market_hours")
                .id()
                .uuid("market_id")
                .to("market")
                .text("season")
                .int("from_month")
                .int("to_month")
                .int("weekdays")
                .int("opens")
                .int("closes")
                .bool("early_opening"),
        ),
        Step::Create(
            table("market_trade")
                .id()
                .uuid("market_id")
                .to("market")
                .int("position")
                .text("code")
                .null()
                .text("name")
                .null()
                .index(&["code", "market_id"]),
        ),
        Step::Create(
            table("market_contact")
                .id()
                .uuid("market_id")
                .to("market")
                .int("position")
                .text("label")
                .text("phone")
                .null()
                .text("phone_display")
                .bytes("phone_sealed")
                .null()
                .bool("public"),
        ),
        Step::Create(
            table("market_service")
                .uuid("market_id")
                .to("market")
                .text("kind")
                .key(&["market_id", "kind"])
                .index(&["kind"]),
        ),
        Step::Create(
            table("market_event")
                .id()
                .uuid("market_id")
                .to("market")
                .moment("at")
                .text("kind")
                .text("reason")
                .null()
                .text("actor")
                .null()
                .text("fields")
                .null()
                .index(&["market_id", "at"]),
        ),
    ]
}

fn market() -> migrations::Table {
    table("market")
        .id()
        .int("version")
        .text("slug")
        .text("official_name")
        .null()
        .text("alias")
        .null()
        .text("alias_basis")
        .text("display_name")
        .text("nature")
        .text("operator_kind")
        .text("operator_name")
        .null()
        .bool("public_interest")
        .text("layout")
        .null()
        .text("status")
        .text("status_reason")
        .null()
        .date("listed_on")
        .null()
        .text("division")
        .text("township")
        .null()
        .text("county")
        .text("city")
        .text("address")
        .text("village_name")
        .null()
        .text("village_code")
        .null()
        .text("name_key")
        .text("address_key")
        .float("lat")
        .null()
        .float("lng")
        .null()
        .text("crs")
        .null()
        .float("gcj_lat")
        .null()
        .float("gcj_lng")
        .null()
        .text("hours_text")
        .bool("early_opening")
        .text("remark")
        .null()
        .int("area_square_metres")
        .null()
        .int("scale_low")
        .null()
        .int("scale_high")
        .null()
        .bool("scale_approximate")
        .text("scale_method")
        .null()
        .text("scale_reason")
        .null()
        .date("scale_as_of")
        .null()
        .int("success_low")
        .null()
        .int("success_high")
        .null()
        .bool("success_approximate")
        .text("success_method")
        .null()
        .text("success_reason")
        .null()
        .date("success_as_of")
        .null()
        .text("search_text")
        .moment("created_at")
        .moment("updated_at")
        .unique(&["slug"])
        .unique_where(&["county", "name_key", "address_key"], "status <> 'DELISTED'")
        .index(&["status", "display_name", "id"])
        .index(&["status", "division", "display_name", "id"])
        .index(&["county"])
        .index(&["township"])
        .index(&["updated_at", "id"])
        .index(&["status", "gcj_lat"])
}

/// The venue: zones, facilities, bays and safety checks.
fn venue() -> Vec<Step> {
    vec![
        Step::Create(
            table("market_zone")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("kind")
                .text("name")
                .text("name_key")
                .int("area_square_metres")
                .null()
                .int("capacity")
                .null()
                .bool("free_of_charge")
                .index(&["kind", "market_id"]),
        ),
        Step::Create(
            table("zone_time")
                .id()
                .uuid("zone_id")
                .to("market_zone")
                .uuid("market_id")
                .to("market")
                .text("season")
                .int("from_month")
                .int("to_month")
                .int("weekdays")
                .int("opens")
                .int("closes"),
        ),
        Step::Create(
            table("market_facility")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("kind")
                .text("name")
                .int("quantity")
                .text("state")
                .date("last_checked_on")
                .null()
                .index(&["kind", "market_id"]),
        ),
        Step::Create(
            table("pickup_bay")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("label")
                .int("capacity")
                .int("max_stay_minutes")
                .float("lat")
                .null()
                .float("lng")
                .null()
                .text("crs")
                .null()
                .text("route_text")
                .null(),
        ),
        Step::Create(
            table("market_crowd")
                .uuid("market_id")
                .to("market")
                .text("level")
                .moment("reported_at")
                .moment("expires_at")
                .key(&["market_id"]),
        ),
        Step::Create(
            table("safety_check")
                .id()
                .uuid("market_id")
                .to("market")
                .text("item")
                .text("result")
                .text("inspector")
                .date("inspected_on")
                .date("expires_on")
                .text("note")
                .null()
                .bool("is_current")
                .uuid("recorded_by")
                .null()
                .moment("recorded_at")
                .text("withdrawn_reason")
                .null()
                .unique_where(&["market_id", "item"], "is_current")
                .index(&["expires_on"]),
        ),
    ]
}

/// What is kept about a market over the years: maps, contracts, construction.
fn upkeep() -> Vec<Step> {
    vec![
        Step::Create(
            table("map_annotation")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("provider")
                .text("status")
                .text("poi_id")
                .null()
                .date("checked_on")
                .null()
                .text("note")
                .null()
                .unique(&["market_id", "provider"])
                .index(&["status", "market_id"]),
        ),
        Step::Create(
            table("operator_contract")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("operator")
                .text("scope")
                .date("starts_on")
                .date("ends_on")
                .index(&["ends_on"]),
        ),
        Step::Create(
            table("contract_indicator")
                .id()
                .uuid("contract_id")
                .to("operator_contract")
                .uuid("market_id")
                .to("market")
                .int("position")
                .text("name")
                .int("target")
                .text("unit")
                .int("actual")
                .null(),
        ),
        Step::Create(
            table("construction_project")
                .id()
                .uuid("market_id")
                .to("market")
                .int("version")
                .text("mode")
                .text("title")
                .date("planned_open_on")
                .null(),
        ),
        Step::Create(
            table("milestone")
                .id()
                .uuid("project_id")
                .to("construction_project")
                .uuid("market_id")
                .to("market")
                .int("position")
                .text("title")
                .date("due_on")
                .date("done_on")
                .null(),
        ),
    ]
}

/// Imports of the directory form.
fn import() -> Vec<Step> {
    vec![directory_import(), import_row(), cell_issue()]
}

fn directory_import() -> Step {
    Step::Create(
        table("directory_import")
            .id()
            .int("version")
            .uuid("upload_id")
            .text("file_name")
            .text("status")
            .text("mode")
            .null()
            .text("default_division")
            .null()
            .text("city")
            .null()
            .bytes("filer")
            .null()
            .int("row_count")
            .int("good_rows")
            .int("bad_rows")
            .int("created")
            .int("updated")
            .int("unchanged")
            .int("listed")
            .json("not_listable")
            .json("headings")
            .uuid("job_id")
            .null()
            .text("refusal_code")
            .null()
            .text("refusal_zh")
            .null()
            .text("refusal_en")
            .null()
            .uuid("report_id")
            .null()
            .uuid("created_by")
            .null()
            .moment("created_at")
            .moment("kept_until")
            .index(&["created_at", "id"])
            .index(&["kept_until"]),
    )
}

fn import_row() -> Step {
    Step::Create(
        table("import_row")
            .uuid("import_id")
            .to("directory_import")
            .int("row_no")
            .text("official_name")
            .null()
            .text("alias")
            .null()
            .text("alias_basis")
            .null()
            .text("nature")
            .null()
            .text("reading_zh")
            .null()
            .text("reading_en")
            .null()
            .bool("public_interest")
            .null()
            .text("hours_text")
            .null()
            .text("address")
            .null()
            .text("division")
            .null()
            .text("county")
            .null()
            .text("name_key")
            .null()
            .text("address_key")
            .null()
            .int("scale_low")
            .null()
            .int("scale_high")
            .null()
            .bool("scale_approximate")
            .int("success_low")
            .null()
            .int("success_high")
            .null()
            .bool("success_approximate")
            .json("trades")
            .json("other_trades")
            .text("remark")
            .null()
            .json("cells")
            .text("action")
            .bool("good")
            .uuid("market_id")
            .null()
            .key(&["import_id", "row_no"])
            .index(&["import_id", "good", "row_no"])
            .index(&["import_id", "name_key"]),
    )
}

fn cell_issue() -> Step {
    Step::Create(
        table("cell_issue")
            .id()
            .uuid("import_id")
            .to("directory_import")
            .int("row_no")
            .int("position")
            .text("column_name")
            .text("column_title")
            .text("value")
            .text("code")
            .bool("is_error")
            .text("message_zh")
            .text("message_en")
            .text("hint_zh")
            .text("hint_en")
            .index(&["import_id", "row_no", "position"]),
    )
}
