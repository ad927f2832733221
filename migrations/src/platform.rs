//! The tables that only the platform's store has: which cities there are, and who was erased in them.

use crate::{Column, ColumnType, Migration, MigrationSet, Step, table};

/// The platform's migrations.
pub const PLATFORM: MigrationSet = MigrationSet {
    owner: "platform",
    migrations: &[
        Migration { name: "0001_tenants", steps: tenants },
        Migration { name: "0002_limits", steps: limits },
        Migration { name: "0003_erasures", steps: erasures },
    ],
};

/// What a city lowers of the server's limits, by name.
fn limits() -> Vec<Step> {
    let limits = Column { name: "limits", kind: ColumnType::Json, nullable: true, references: None, default: None };
    vec![Step::AddColumn("tenant", limits)]
}

/// Who was erased where and when: a backup from before brings nobody back.
fn erasures() -> Vec<Step> {
    vec![Step::Create(
        table("erasure").text("tenant").uuid("person").text("kind").moment("erased_at").key(&["tenant", "person"]),
    )]
}

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
