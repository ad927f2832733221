//! The tables that only the platform's store has: which cities there are.

use crate::{Column, ColumnType, Migration, MigrationSet, Step, table};

/// The platform's migrations.
pub const PLATFORM: MigrationSet = MigrationSet {
    owner: "platform",
    migrations: &[Migration { name: "0001_tenants", steps: tenants }, Migration { name: "0002_limits", steps: limits }],
};

/// What a city lowers of the server's limits, by name.
fn limits() -> Vec<Step> {
    let limits = Column { name: "limits", kind: ColumnType::Json, nullable: true, references: None, default: None };
    vec![Step::AddColumn("tenant", limits)]
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
