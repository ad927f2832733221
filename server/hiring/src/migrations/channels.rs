//! Channels (发布渠道), and the postings of all cities at the province.

use migrations::{Column, ColumnType, Index, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [channel, channel_delivery, channel_output].map(|table| Step::Create(table())).into()
}

/// In the province's store.
pub(super) fn platform() -> Vec<Step> {
    vec![Step::Create(province_posting())]
}

/// What is said of the agency beside a posting, so that it is known where it is out of date.
pub(super) fn agencies() -> Vec<Step> {
    vec![Step::AddColumn("channel_delivery", column("agency", ColumnType::Text))]
}

/// Who recorded what is done by hand.
pub(super) fn by_hand() -> Vec<Step> {
    vec![Step::AddColumn("channel_delivery", column("recorded_by", ColumnType::Text))]
}

/// The link by which a screen is read, as a hash.
pub(super) fn hall_screens() -> Vec<Step> {
    vec![
        Step::AddColumn("channel", column("screen_hash", ColumnType::Text)),
        Step::AddColumn("channel", column("screen_since", ColumnType::Moment)),
        Step::AddIndex("channel", Index { columns: &["screen_hash"], unique: true, only_where: None }),
    ]
}

/// The agency beside a posting of the province, and which of the city's wishes it follows.
pub(super) fn platform_agencies() -> Vec<Step> {
    let wish = Column { nullable: false, default: Some("0"), ..column("wish", ColumnType::Int) };
    let agency = [
        column("agency_name", ColumnType::Text),
        column("agency_licence_no", ColumnType::Text),
        column("agency_licence_valid", ColumnType::Bool),
    ];
    agency.into_iter().chain([wish]).map(|column| Step::AddColumn("province_posting", column)).collect()
}

/// What is asked of the worker, as the province says it.
pub(super) fn platform_contents() -> Vec<Step> {
    let certificate =
        Column { nullable: false, default: Some("false"), ..column("needs_certificate", ColumnType::Bool) };
    [column("conditions", ColumnType::Text), certificate]
        .map(|column| Step::AddColumn("province_posting", column))
        .into()
}

/// How the channels of each city keep up, and how long a posting that is gone stood at the province.
pub(super) fn platform_paces() -> Vec<Step> {
    let said = table("province_pace").id().text("city").json("figures").moment("reported_at").unique(&["city"]);
    vec![Step::Create(said), Step::AddColumn("province_posting", column("gone_lag_ms", ColumnType::BigInt))]
}

const fn column(name: &'static str, kind: ColumnType) -> Column {
    Column { name, kind, nullable: true, references: None, default: None }
}

/// A channel (发布渠道).
fn channel() -> Table {
    table("channel")
        .id()
        .int("version")
        .text("kind")
        .text("slot")
        .uuid("market_id")
        .to("market")
        .null()
        .text("template")
        .null()
        .bool("active")
        .int("round")
        .moment("down_since")
        .null()
        .text("last_error")
        .null()
        .unique(&["slot"])
}

/// A posting on a channel (渠道投递).
fn channel_delivery() -> Table {
    table("channel_delivery")
        .id()
        .int("version")
        .uuid("posting_id")
        .to("posting")
        .uuid("channel_id")
        .to("channel")
        .text("status")
        .int("posting_version")
        .int("shown_version")
        .null()
        .int("attempts")
        .text("receipt")
        .null()
        .moment("wanted_at")
        .moment("sent_at")
        .null()
        .moment("withdraw_wanted_at")
        .null()
        .moment("withdrawn_at")
        .null()
        .unique(&["posting_id", "channel_id"])
        .index(&["channel_id", "status", "wanted_at"])
        .index(&["withdraw_wanted_at"])
        .index(&["sent_at"])
}

/// What a channel shows of a posting (渠道内容).
fn channel_output() -> Table {
    table("channel_output")
        .id()
        .uuid("channel_id")
        .to("channel")
        .uuid("posting_id")
        .to("posting")
        .text("body")
        .int("posting_version")
        .moment("starts_at")
        .moment("at")
        .unique(&["channel_id", "posting_id"])
        .index(&["channel_id", "starts_at", "id"])
}

/// A posting of a city, as the province has it (省级归集).
fn province_posting() -> Table {
    table("province_posting")
        .id()
        .text("city")
        .uuid("posting_id")
        .int("posting_version")
        .bool("gone")
        .text("kind")
        .text("engagement")
        .text("trade")
        .text("title")
        .text("duties")
        .text("county")
        .text("place")
        .bigint("wage_fen")
        .text("wage_unit")
        .text("pay_day")
        .int("headcount")
        .bool("instant")
        .text("party_name")
        .text("market_name")
        .null()
        .moment("starts_at")
        .moment("ends_at")
        .date("valid_until")
        .moment("changed_at")
        .moment("received_at")
        .bigint("lag_ms")
        .unique(&["city", "posting_id"])
        .index(&["gone", "starts_at", "id"])
        .index(&["gone", "trade", "starts_at", "id"])
        .index(&["gone", "county", "starts_at", "id"])
        .index(&["received_at"])
}
