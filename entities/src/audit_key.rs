//! A key that signed the audit before the root key was replaced (停用的审计签名密钥).

use sea_orm::entity::prelude::*;

/// A key that signed the audit before the root key was replaced (停用的审计签名密钥).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_key")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its public half.
    pub public_key: Vec<u8>,
    /// The number of the chain up to which it counts.
    pub until_seq: i64,
    /// The hash of the chain there.
    pub until_hash: Vec<u8>,
    /// Signature of the key that followed.
    pub signature: Vec<u8>,
    /// The name of the key that followed.
    pub key_id: String,
    /// When it was replaced.
    pub retired_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
