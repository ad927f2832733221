//! The horizon of the audit (审计保存界限): what lies at or below a stored one may be removed, and nothing else.

use crate::{Step, table};

/// The table, and the triggers that ask it.
pub(super) fn steps() -> Vec<Step> {
    let table = table("audit_horizon")
        .id()
        .bigint("seq")
        .bytes("hash")
        .bigint("entries")
        .moment("older_than")
        .int("kept_months")
        .text("reason")
        .moment("removed_at")
        .bytes("signature")
        .text("key_id")
        .index(&["seq"]);
    vec![Step::Create(table), below_horizon()]
}

/// An entry goes before its seal, which says its number: the seal's foreign key waits for the end of the transaction.
fn below_horizon() -> Step {
    Step::Sql {
        sqlite: &[
            "DROP TRIGGER audit_entry_no_delete",
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry WHEN NOT EXISTS (SELECT 1 FROM audit_seal WHERE entry_id = OLD.id AND seq <= (SELECT max(seq) FROM audit_horizon)) BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "DROP TRIGGER audit_seal_no_delete",
            "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal WHEN OLD.seq > COALESCE((SELECT max(seq) FROM audit_horizon), 0) BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_horizon_no_update BEFORE UPDATE ON audit_horizon BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "CREATE TRIGGER audit_horizon_no_delete BEFORE DELETE ON audit_horizon BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
        ],
        postgres: &[
            "ALTER TABLE audit_seal ALTER CONSTRAINT audit_seal_entry_id_fkey DEFERRABLE INITIALLY IMMEDIATE",
            "DROP TRIGGER audit_entry_only_grows ON audit_entry",
            "DROP TRIGGER audit_seal_only_grows ON audit_seal",
            "CREATE FUNCTION audit_entry_below_horizon() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN IF EXISTS (SELECT FROM audit_seal WHERE entry_id = OLD.id AND seq <= (SELECT max(seq) FROM audit_horizon)) THEN RETURN OLD; END IF; RAISE EXCEPTION 'the audit only grows'; END $$",
            "CREATE FUNCTION audit_seal_below_horizon() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN IF OLD.seq <= (SELECT max(seq) FROM audit_horizon) THEN RETURN OLD; END IF; RAISE EXCEPTION 'the audit only grows'; END $$",
            "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_below_horizon()",
            "CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_seal_below_horizon()",
            "CREATE TRIGGER audit_seal_no_truncate BEFORE TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_horizon_only_grows BEFORE UPDATE OR DELETE ON audit_horizon FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_horizon_no_truncate BEFORE TRUNCATE ON audit_horizon FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()",
        ],
        sqlite_down: &[
            "DROP TRIGGER audit_horizon_no_delete",
            "DROP TRIGGER audit_horizon_no_update",
            "DROP TRIGGER audit_seal_no_delete",
            "CREATE TRIGGER audit_seal_no_delete BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
            "DROP TRIGGER audit_entry_no_delete",
            "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END",
        ],
        postgres_down: &[
            "DROP TRIGGER audit_horizon_no_truncate ON audit_horizon",
            "DROP TRIGGER audit_horizon_only_grows ON audit_horizon",
            "DROP TRIGGER audit_seal_no_truncate ON audit_seal",
            "DROP TRIGGER audit_seal_no_delete ON audit_seal",
            "DROP TRIGGER audit_seal_only_grows ON audit_seal",
            "DROP TRIGGER audit_entry_no_delete ON audit_entry",
            "DROP TRIGGER audit_entry_only_grows ON audit_entry",
            "DROP FUNCTION audit_seal_below_horizon()",
            "DROP FUNCTION audit_entry_below_horizon()",
            "CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "CREATE TRIGGER audit_seal_only_grows BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION audit_only_grows()",
            "ALTER TABLE audit_seal ALTER CONSTRAINT audit_seal_entry_id_fkey NOT DEFERRABLE",
        ],
    }
}
