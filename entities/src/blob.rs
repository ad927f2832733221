//! A stored file (文件).

use sea_orm::entity::prelude::*;

/// A stored file (文件).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "blob")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Purpose.
    pub purpose: String,
    /// File name.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size.
    pub size: i64,
    /// Size limit.
    pub size_limit: i64,
    /// Sha256.
    pub sha256: Option<Vec<u8>>,
    /// Status.
    pub status: String,
    /// Created by.
    pub created_by: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Expires at.
    pub expires_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
