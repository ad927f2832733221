//! A signed point of the chain (审计检查点).

use sea_orm::entity::prelude::*;

/// A signed point of the chain (审计检查点).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checkpoint")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Seq.
    pub seq: i64,
    /// Hash.
    pub hash: Vec<u8>,
    /// Signature.
    pub signature: Vec<u8>,
    /// Key id.
    pub key_id: String,
    /// Signed at.
    pub signed_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
