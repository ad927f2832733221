//! The tables that only the platform's store has: which cities there are.

use crate::{Migration, MigrationSet, Step, table};

/// The platform's migrations.
pub const PLATFORM: MigrationSet =
    MigrationSet { owner: "platform", migrations: &[Migration { name: "0001_tenants", steps: tenants }] };

fn tenants() -> Vec<Step> {
    vec![Step::Create(
        table("tenant")
            .text("code")
            .text("slug")
            .text("name_zh")
            .text("name_en")
            .text("status")
            .int("generation")
            .text("database_url")
            .null()
            .text("hotline")
            .null()
            .moment("created_at")
            .key(&["code"])
            .unique(&["slug"]),
    )]
}
