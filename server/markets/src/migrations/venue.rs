//! The venue (场地): zones, facilities, bays and safety checks.

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [market_zone, zone_time, market_facility, pickup_bay, safety_check, market_crowd]
        .map(|table| Step::Create(table()))
        .into()
}

/// Market zone (功能分区).
fn market_zone() -> Table {
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
        .index(&["kind", "market_id"])
}

/// Zone time (分区时段).
fn zone_time() -> Table {
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
        .int("closes")
}

/// Market facility (便民设施).
fn market_facility() -> Table {
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
        .index(&["kind", "market_id"])
}

/// Pickup bay (上车点).
fn pickup_bay() -> Table {
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
        .null()
}

/// Safety check (安全检查).
fn safety_check() -> Table {
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
        .index(&["expires_on"])
}

/// How full a market is (拥挤程度).
fn market_crowd() -> Table {
    table("market_crowd")
        .uuid("market_id")
        .to("market")
        .text("level")
        .moment("reported_at")
        .moment("expires_at")
        .key(&["market_id"])
}
