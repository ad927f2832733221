//! Channels (发布渠道).

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [channel, channel_delivery, channel_output].map(|table| Step::Create(table())).into()
}

/// A channel (发布渠道) of the city.
fn channel() -> Table {
    table("channel")
        .id()
        .int("version")
        .text("kind")
        .text("name")
        .uuid("market_id")
        .to("market")
        .null()
        .text("template")
        .null()
        .bool("active")
        .unique(&["name"])
}

/// A posting on a channel (渠道投递).
fn channel_delivery() -> Table {
    table("channel_delivery")
        .id()
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
        .text("last_error")
        .null()
        .moment("queued_at")
        .moment("sent_at")
        .null()
        .moment("withdraw_wanted_at")
        .null()
        .moment("withdrawn_at")
        .null()
        .unique(&["posting_id", "channel_id"])
        .index(&["channel_id", "status"])
}

/// What a channel shows (渠道内容), as last written.
fn channel_output() -> Table {
    table("channel_output")
        .id()
        .uuid("channel_id")
        .to("channel")
        .uuid("posting_id")
        .to("posting")
        .text("body")
        .int("posting_version")
        .moment("at")
        .unique(&["channel_id", "posting_id"])
}
