//! Text messages (短信).

use crate::{Index, Step, table};

/// The table: what goes out, and what comes in.
pub(super) fn steps() -> Vec<Step> {
    let sms = table("sms")
        .id()
        .text("direction")
        .bytes("phone")
        .bytes("phone_index")
        .text("phone_masked")
        .text("class")
        .text("template")
        .null()
        .text("lang")
        .bytes("body")
        .text("status")
        .int("attempts")
        .int("round")
        .text("receipt")
        .null()
        .text("inbound_id")
        .null()
        .text("about_kind")
        .null()
        .uuid("about_id")
        .null()
        .bool("expects_reply")
        .text("reply_code")
        .null()
        .moment("good_until")
        .null()
        .moment("queued_at")
        .moment("sent_at")
        .null()
        .moment("answered_at")
        .null()
        .text("last_error")
        .null()
        .index(&["phone_index", "id"])
        .index(&["status", "id"])
        .index(&["direction", "id"])
        .index(&["queued_at"])
        .index_where(&["receipt"], "receipt IS NOT NULL")
        .unique_where(&["inbound_id"], "inbound_id IS NOT NULL");
    vec![Step::Create(sms)]
}

/// What was said about a posting or a hire is asked before more is said.
pub(super) fn by_subject() -> Vec<Step> {
    let index = Index { columns: &["about_id"], unique: false, only_where: Some("about_id IS NOT NULL") };
    vec![Step::AddIndex("sms", index)]
}
