//! Trust (可信): the audit, keys, policy, and what was done once.

use crate::{Column, ColumnType, Step, Table, table};

pub(super) fn steps() -> Vec<Step> {
    [audit_entry, audit_seal, audit_checkpoint, key_ring, person_key, policy_line, idempotency, stamp]
        .map(|table| Step::Create(table()))
        .into()
}

/// Audit entry (审计条目).
fn audit_entry() -> Table {
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
        .index(&["actor_id", "id"])
}

/// Entries of a time are found by their ids, which begin with it: an index less for every change to write.
pub(super) fn audit_by_id() -> Vec<Step> {
    const CREATE: &str = "CREATE INDEX audit_entry_at_id_idx ON audit_entry (at, id)";
    const DROP: &str = "DROP INDEX audit_entry_at_id_idx";
    vec![Step::Sql { sqlite: &[DROP], postgres: &[DROP], sqlite_down: &[CREATE], postgres_down: &[CREATE] }]
}

/// Audit seal (审计封印).
fn audit_seal() -> Table {
    table("audit_seal")
        .bigint("seq")
        .uuid("entry_id")
        .to("audit_entry")
        .int("algorithm")
        .bytes("hash")
        .moment("sealed_at")
        .key(&["seq"])
        .unique(&["entry_id"])
}

/// Audit checkpoint (审计检查点).
fn audit_checkpoint() -> Table {
    table("audit_checkpoint")
        .id()
        .bigint("seq")
        .bytes("hash")
        .bytes("signature")
        .text("key_id")
        .moment("signed_at")
        .index(&["seq"])
}

/// The keys that signed the audit before the root key was replaced (停用的审计签名密钥).
pub(super) fn audit_keys() -> Vec<Step> {
    let table = table("audit_key")
        .id()
        .bytes("public_key")
        .bigint("until_seq")
        .bytes("until_hash")
        .bytes("signature")
        .text("key_id")
        .moment("retired_at");
    let only_grows = Step::Sql {
        sqlite: &[
            "CREATE TRIGGER audit_key_no_update BEFORE UPDATE ON audit_key BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_key_no_delete BEFORE DELETE ON audit_key BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
        ],
        postgres: &[
            "CREATE TRIGGER audit_key_only_grows BEFORE UPDATE OR DELETE ON audit_key FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
        ],
        sqlite_down: &["DROP TRIGGER audit_key_no_update", "DROP TRIGGER audit_key_no_delete"],
        postgres_down: &["DROP TRIGGER audit_key_only_grows ON audit_key"],
    };
    vec![Step::Create(table), only_grows]
}

/// Key ring (密钥环).
fn key_ring() -> Table {
    table("key_ring")
        .id()
        .text("purpose")
        .int("generation")
        .bytes("wrapped")
        .moment("created_at")
        .moment("retired_at")
        .null()
        .unique(&["purpose", "generation"])
}

/// Person key (个人密钥).
fn person_key() -> Table {
    table("person_key")
        .uuid("person")
        .bytes("wrapped")
        .null()
        .moment("created_at")
        .moment("forgotten_at")
        .null()
        .key(&["person"])
}

/// Policy line (策略行).
fn policy_line() -> Table {
    table("policy_line")
        .id()
        .text("role")
        .text("class")
        .text("object")
        .text("act")
        .text("effect")
        .moment("created_at")
        .unique(&["role", "class", "object", "act"])
}

/// Lines of policy are changed by whoever saw the newest.
pub(super) fn policy_version() -> Vec<Step> {
    let version =
        Column { name: "version", kind: ColumnType::Int, nullable: false, references: None, default: Some("1") };
    vec![Step::AddColumn("policy_line", version)]
}

/// Idempotency (幂等记录).
fn idempotency() -> Table {
    table("idempotency")
        .text("account")
        .text("operation")
        .text("idempotency_key")
        .bytes("input_hash")
        .json("outcome")
        .moment("created_at")
        .key(&["account", "operation", "idempotency_key"])
        .index(&["created_at"])
}

/// Stamp (变更戳).
fn stamp() -> Table {
    table("stamp").text("name").bigint("version").moment("changed_at").key(&["name"])
}
