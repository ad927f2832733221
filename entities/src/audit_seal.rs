//! The link of an entry in the hash chain (审计链).

use sea_orm::entity::prelude::*;

/// The link of an entry in the hash chain (审计链).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// Seq.
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// Entry id.
    pub entry_id: Uuid,
    /// 1: SHA-256.
    pub algorithm: i32,
    /// Hash.
    pub hash: Vec<u8>,
    /// Sealed at.
    pub sealed_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
