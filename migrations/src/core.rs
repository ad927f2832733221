//! The tables every store has: a city's, and the province's.

use crate::{Migration, MigrationSet, Step, table};

/// The core's migrations.
pub const CORE: MigrationSet =
    MigrationSet { owner: "core", migrations: &[Migration { name: "0001_core", steps: first }] };

fn first() -> Vec<Step> {
    let mut steps = people();
    steps.extend(trust());
    steps.extend(work());
    steps.push(append_only());
    steps
}

fn people() -> Vec<Step> {
    vec![
        Step::Create(
            table("account")
                .id()
                .text("username")
                .text("display_name")
                .bytes("email")
                .null()
                .bytes("email_index")
                .null()
                .text("department")
                .null()
                .text("status")
                .text("lang")
                .text("password_hash")
                .null()
                .moment("password_changed_at")
                .null()
                .bool("must_change_password")
                .bytes("totp_secret")
                .null()
                .bigint("totp_last_step")
                .null()
                .bool("totp_confirmed")
                .moment("last_sign_in_at")
                .null()
                .moment("created_at")
                .moment("updated_at")
                .int("version")
                .unique(&["username"])
                .index(&["email_index"]),
        ),
        Step::Create(
            table("role_assignment")
                .id()
                .uuid("account_id")
                .to("account")
                .text("role")
                .text("scope_kind")
                .text("scope_key")
                .date("valid_until")
                .null()
                .uuid("assigned_by")
                .null()
                .moment("assigned_at")
                .unique(&["account_id", "role", "scope_kind", "scope_key"])
                .index(&["role"]),
        ),
        Step::Create(
            table("session")
                .id()
                .uuid("account_id")
                .to("account")
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
                .unique(&["token_hash"]),
        ),
        Step::Create(
            table("api_key")
                .id()
                .uuid("account_id")
                .to("account")
                .text("label")
                .text("prefix")
                .bytes("token_hash")
                .json("scopes")
                .json("origins")
                .moment("created_at")
                .moment("expires_at")
                .null()
                .moment("last_used_at")
                .null()
                .moment("revoked_at")
                .null()
                .unique(&["token_hash"]),
        ),
    ]
}

fn trust() -> Vec<Step> {
    vec![
        Step::Create(
            table("audit_entry")
                .id()
                .moment("at")
                .text("actor_kind")
                .uuid("actor_id")
                .null()
                .text("actor_label")
                .null()
                .text("operation")
                .text("subject_kind")
                .null()
                .uuid("subject_id")
                .null()
                .text("result")
                .json("detail")
                .uuid("request_id")
                .index(&["at", "id"])
                .index(&["operation", "id"])
                .index(&["subject_id"])
                .index(&["actor_id", "id"]),
        ),
        Step::Create(
            table("audit_seal")
                .bigint("seq")
                .uuid("entry_id")
                .to("audit_entry")
                .int("algorithm")
                .bytes("hash")
                .moment("sealed_at")
                .key(&["seq"])
                .unique(&["entry_id"]),
        ),
        Step::Create(
            table("audit_checkpoint")
                .id()
                .bigint("seq")
                .bytes("hash")
                .bytes("signature")
                .text("key_id")
                .moment("signed_at")
                .index(&["seq"]),
        ),
        Step::Create(
            table("key_ring")
                .id()
                .text("purpose")
                .int("generation")
                .bytes("wrapped")
                .moment("created_at")
                .moment("retired_at")
                .null()
                .unique(&["purpose", "generation"]),
        ),
        Step::Create(
            table("policy_line")
                .id()
                .text("role")
                .text("class")
                .text("object")
                .text("act")
                .text("effect")
                .moment("created_at")
                .unique(&["role", "class", "object", "act"]),
        ),
        Step::Create(
            table("idempotency")
                .text("account")
                .text("operation")
                .text("idempotency_key")
                .bytes("input_hash")
                .json("outcome")
                .moment("created_at")
                .key(&["account", "operation", "idempotency_key"])
                .index(&["created_at"]),
        ),
        Step::Create(table("stamp").text("name").bigint("version").moment("changed_at").key(&["name"])),
    ]
}

fn work() -> Vec<Step> {
    vec![
        Step::Create(
            table("event")
                .id()
                .text("kind")
                .text("subject_kind")
                .uuid("subject_id")
                .json("payload")
                .moment("created_at")
                .moment("dispatched_at")
                .null()
                .index_where(&["id"], "dispatched_at IS NULL"),
        ),
        Step::Create(
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
                .unique_where(&["unique_key"], "unique_key IS NOT NULL AND status IN ('QUEUED', 'RUNNING')"),
        ),
        Step::Create(
            table("mail")
                .id()
                .bytes("recipient")
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
                .index(&["status", "id"]),
        ),
        Step::Create(
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
                .index(&["expires_at"]),
        ),
        Step::Create(table("blob_chunk").uuid("blob_id").to("blob").int("no").bytes("bytes").key(&["blob_id", "no"])),
        Step::Create(
            table("plugin_state")
                .text("plugin")
                .text("market")
                .text("state")
                .json("config")
                .moment("changed_at")
                .uuid("changed_by")
                .null()
                .key(&["plugin", "market"]),
        ),
        Step::Create(
            table("setting").text("name").json("value").moment("changed_at").uuid("changed_by").null().key(&["name"]),
        ),
        Step::Create(table("counter").text("name").bigint("value").key(&["name"])),
    ]
}

/// The audit only grows: refused below the application, by trigger, on both back ends.
fn append_only() -> Step {
    Step::Sql {
        sqlite: &[
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_seal_no_update BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
        ],
        postgres: &[
            "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit only grows'; END $$",
            "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
        ],
        sqlite_down: &[
            "DROP TRIGGER audit_entry_no_update",
            "DROP TRIGGER audit_entry_no_delete",
            "DROP TRIGGER audit_seal_no_update",
            "DROP TRIGGER audit_seal_no_delete",
        ],
        postgres_down: &[
            "DROP TRIGGER audit_entry_no_truncate ON audit_entry",
            "DROP TRIGGER audit_entry_only_grows ON audit_entry",
            "DROP TRIGGER audit_seal_only_grows ON audit_seal",
            "DROP FUNCTION audit_only_grows()",
        ],
    }
}
