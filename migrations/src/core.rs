//! The tables every store has: a city's, and the province's.

mod hiring;
mod horizon;
mod people;
mod texts;
mod trust;
mod work;

use crate::{Migration, MigrationSet, Step};

/// The core's migrations.
pub const CORE: MigrationSet = MigrationSet {
    owner: "core",
    migrations: &[
        Migration { name: "0001_core", steps: first },
        Migration { name: "0002_audit_keys", steps: trust::audit_keys },
        Migration { name: "0003_audit_horizon", steps: horizon::steps },
        Migration { name: "0004_one_address", steps: people::one_address },
        Migration { name: "0005_policy_version", steps: trust::policy_version },
        Migration { name: "0006_agencies", steps: people::agencies },
        Migration { name: "0007_sms", steps: texts::steps },
        Migration { name: "0008_agency_licences", steps: people::agency_licences },
        Migration { name: "0009_hiring_nouns", steps: hiring::steps },
        Migration { name: "0010_audit_by_id", steps: trust::audit_by_id },
        Migration { name: "0011_texts_by_subject", steps: texts::by_subject },
    ],
};

fn first() -> Vec<Step> {
    let mut steps = people::steps();
    steps.extend(trust::steps());
    steps.extend(work::steps());
    steps.push(append_only());
    steps
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
