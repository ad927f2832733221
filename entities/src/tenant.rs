//! A tenant (租户): one city, by its GB/T 2260 code.

use sea_orm::entity::prelude::*;

/// A tenant (租户): one city, by its GB/T 2260 code.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    /// Code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Names it in URLs: `^[a-z][a-z0-9-]{1,31}$`.
    pub slug: String,
    /// Name zh.
    pub name_zh: String,
    /// Name en.
    pub name_en: String,
    /// `ACTIVE`, `MAINTENANCE`, `RESTORING` or `SUSPENDED`.
    pub status: String,
    /// Derives the PostgreSQL passwords.
    pub generation: i32,
    /// A PostgreSQL server of its own.
    pub database_url: Option<String>,
    /// Hotline.
    pub hotline: Option<String>,
    /// The limits it lowers, by name; nothing where the server's hold.
    pub limits: Option<Json>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
