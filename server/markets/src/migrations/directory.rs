//! The directory itself (名录): a market, its hours, trades, contacts and services.

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [market, market_hours, market_trade, market_contact, market_service, market_event]
        .map(|table| Step::Create(table()))
        .into()
}

/// Market (市场).
fn market() -> Table {
    figures(place(naming(table("market"))))
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

/// What it is called, what it is and how it stands.
fn naming(market: Table) -> Table {
    market
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
}

/// Where it is and when it is open.
fn place(market: Table) -> Table {
    market
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
}

/// Its figures, each with its method.
fn figures(market: Table) -> Table {
    market
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
}

/// Market hours (开放时间).
fn market_hours() -> Table {
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
        .bool("early_opening")
}

/// Market trade (主要工种).
fn market_trade() -> Table {
    table("market_trade")
        .id()
        .uuid("market_id")
        .to("market")
        .int("position")
        .text("code")
        .null()
        .text("name")
        .null()
        .index(&["code", "market_id"])
}

/// Market contact (联系方式).
fn market_contact() -> Table {
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
        .bool("public")
}

/// Market service (服务项目).
fn market_service() -> Table {
    table("market_service").uuid("market_id").to("market").text("kind").key(&["market_id", "kind"]).index(&["kind"])
}

/// Market event (市场履历).
fn market_event() -> Table {
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
        .index(&["market_id", "at"])
}
