//! Tables of citizens (个人用户): sessions, codes, consents.

use migrations::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [session, code, quota, consent].map(|table| Step::Create(table())).into()
}

/// Whose an entry is that turned out to be somebody's who had one.
pub(super) fn mergers() -> Vec<Step> {
    let merger = table("citizen_merger").uuid("entry_id").to("citizen").uuid("citizen_id").to("citizen").moment("at");
    vec![Step::Create(merger.key(&["entry_id"]))]
}

fn session() -> Table {
    table("citizen_session")
        .id()
        .uuid("citizen_id")
        .to("citizen")
        .bytes("token_hash")
        .text("user_agent")
        .null()
        .text("ip_masked")
        .null()
        .moment("created_at")
        .moment("last_used_at")
        .moment("expires_at")
        .moment("revoked_at")
        .null()
        .unique(&["token_hash"])
        .index(&["expires_at"])
}

fn code() -> Table {
    table("phone_code")
        .id()
        .bytes("phone_index")
        .text("purpose")
        .bytes("code_hash")
        .int("tries")
        .moment("created_at")
        .moment("expires_at")
        .moment("used_at")
        .null()
        .index(&["phone_index", "purpose", "id"])
        .index(&["expires_at"])
}

fn quota() -> Table {
    table("code_quota")
        .id()
        .bytes("source_index")
        .int("taken")
        .moment("since")
        .unique(&["source_index"])
        .index(&["since"])
}

fn consent() -> Table {
    table("consent")
        .id()
        .uuid("citizen_id")
        .to("citizen")
        .text("purpose")
        .text("notice_version")
        .text("how")
        .uuid("file_id")
        .null()
        .uuid("witness")
        .null()
        .uuid("taken_by")
        .null()
        .moment("given_at")
        .moment("withdrawn_at")
        .null()
}
