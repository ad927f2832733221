//! The tables of this chapter (迁移): what sign-in, invitations and the liaison need beside the shared nouns.

mod citizens;
mod parties;
mod workers;

use migrations::{Migration, MigrationSet, Step, table};

use crate::agencies;

/// In every store: a city's, and the province's.
pub const SET: MigrationSet = MigrationSet {
    owner: "people",
    migrations: &[
        Migration { name: "0001_people", steps: first },
        Migration { name: "0002_agencies", steps: agencies::migrations::steps },
        Migration { name: "0003_parties", steps: parties::steps },
        Migration { name: "0004_citizens", steps: citizens::steps },
        Migration { name: "0005_workers", steps: workers::steps },
        Migration { name: "0006_mergers", steps: citizens::mergers },
        Migration { name: "0007_over_age", steps: workers::over_age },
        Migration { name: "0008_ledger_by_day", steps: agencies::migrations::ledger_by_day },
    ],
};

/// In the province's store only.
pub const PLATFORM_SET: MigrationSet = MigrationSet {
    owner: "platform_people",
    migrations: &[Migration { name: "0001_liaisons", steps: platform_first }],
};

fn first() -> Vec<Step> {
    let mut steps = proofs();
    steps.push(invitation());
    steps.push(liaison());
    steps
}

/// What signing in needs: failures, earlier passwords, second factors that are not confirmed yet.
fn proofs() -> Vec<Step> {
    vec![
        Step::Create(
            table("sign_in_failure")
                .id()
                .bytes("account_index")
                .bytes("source_index")
                .int("failures")
                .moment("first_at")
                .moment("last_at")
                .moment("blocked_until")
                .null()
                .unique(&["account_index", "source_index"])
                .index(&["last_at"]),
        ),
        Step::Create(
            table("password_history").id().uuid("account_id").to("account").text("password_hash").moment("set_at"),
        ),
        Step::Create(
            table("totp_pending")
                .uuid("account_id")
                .to("account")
                .bytes("secret")
                .moment("created_at")
                .key(&["account_id"]),
        ),
    ]
}

fn invitation() -> Step {
    Step::Create(
        table("invitation")
            .id()
            .bytes("token_hash")
            .bytes("email")
            .bytes("email_index")
            .bytes("display_name")
            .text("department")
            .null()
            .text("role")
            .text("scope_kind")
            .text("scope_key")
            .text("lang")
            .text("status")
            .moment("expires_at")
            .moment("created_at")
            .uuid("created_by")
            .null()
            .uuid("account_id")
            .to("account")
            .null()
            .unique(&["token_hash"])
            .index(&["email_index"])
            .index(&["status", "expires_at"]),
    )
}

fn liaison() -> Step {
    Step::Create(
        table("liaison")
            .id()
            .bytes("name")
            .text("unit")
            .text("position")
            .bytes("phone")
            .bytes("email")
            .null()
            .moment("valid_from")
            .moment("valid_until")
            .null()
            .uuid("changed_by")
            .null()
            .int("version")
            .unique(&["version"]),
    )
}

fn platform_first() -> Vec<Step> {
    vec![Step::Create(
        table("platform_liaison")
            .id()
            .text("city_code")
            .bytes("name")
            .text("unit")
            .text("position")
            .bytes("phone")
            .bytes("email")
            .null()
            .moment("changed_at")
            .uuid("liaison_id")
            .unique(&["city_code"]),
    )]
}
