//! Work (作业): events, jobs, letters, files and settings.

use crate::{Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [event, job, mail, blob, blob_chunk, plugin_state, setting, counter].map(|table| Step::Create(table())).into()
}

/// Event (事件).
fn event() -> Table {
    table("event")
        .id()
        .text("kind")
        .text("subject_kind")
        .uuid("subject_id")
        .json("payload")
        .moment("created_at")
        .moment("dispatched_at")
        .null()
        .index_where(&["id"], "dispatched_at IS NULL")
}

/// Job (作业).
fn job() -> Table {
    table("job")
        .id()
        .text("kind")
        .json("payload")
        .text("unique_key")
        .null()
        .text("status")
        .moment("run_at")
        .int("attempts")
        .text("leased_by")
        .null()
        .moment("leased_until")
        .null()
        .int("progress")
        .int("total")
        .null()
        .text("message")
        .null()
        .bool("cancel_requested")
        .uuid("created_by")
        .null()
        .moment("created_at")
        .moment("finished_at")
        .null()
        .index_where(&["run_at", "id"], "status IN ('QUEUED', 'RUNNING')")
        .index(&["created_by", "id"])
        .unique_where(&["unique_key"], "unique_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING')")
}

/// Mail (邮件).
fn mail() -> Table {
    table("mail")
        .id()
        .bytes("recipient")
        .bytes("recipient_index")
        .text("recipient_masked")
        .text("template")
        .text("lang")
        .bytes("subject")
        .bytes("body")
        .text("message_id")
        .text("status")
        .int("attempts")
        .moment("queued_at")
        .moment("sent_at")
        .null()
        .text("last_error")
        .null()
        .index(&["status", "id"])
        .index(&["recipient_index"])
}

/// Blob (文件).
fn blob() -> Table {
    table("blob")
        .id()
        .text("purpose")
        .text("file_name")
        .text("media_type")
        .bigint("size")
        .bigint("size_limit")
        .bytes("sha256")
        .null()
        .text("status")
        .uuid("created_by")
        .null()
        .moment("created_at")
        .moment("expires_at")
        .null()
        .index(&["expires_at"])
}

/// Blob chunk (文件块).
fn blob_chunk() -> Table {
    table("blob_chunk").uuid("blob_id").to("blob").int("no").bytes("bytes").key(&["blob_id", "no"])
}

/// Plugin state (插件状态).
fn plugin_state() -> Table {
    table("plugin_state")
        .text("plugin")
        .text("market")
        .text("state")
        .json("config")
        .moment("changed_at")
        .uuid("changed_by")
        .null()
        .key(&["plugin", "market"])
}

/// Setting (设置).
fn setting() -> Table {
    table("setting").text("name").json("value").moment("changed_at").uuid("changed_by").null().key(&["name"])
}

/// Counter (计数器).
fn counter() -> Table {
    table("counter").text("name").bigint("value").key(&["name"])
}
