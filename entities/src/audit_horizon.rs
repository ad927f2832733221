//! Up to where entries of the audit were removed after their time (审计保存界限).

use sea_orm::entity::prelude::*;

/// Up to where entries of the audit were removed after their time (审计保存界限).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_horizon")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number of the last entry that was removed.
    pub seq: i64,
    /// The hash of the chain there: what comes after begins with it.
    pub hash: Vec<u8>,
    /// How many entries it removed.
    pub entries: i64,
    /// All of them were older than this.
    pub older_than: DateTimeUtc,
    /// For how many months entries were kept then.
    pub kept_months: i32,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub removed_at: DateTimeUtc,
    /// Signature over all of it.
    pub signature: Vec<u8>,
    /// The name of the key that signed.
    pub key_id: String,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
