//! A key of a front-end team (接口密钥).

use sea_orm::entity::prelude::*;

/// A key of a front-end team (接口密钥).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Account id.
    pub account_id: Uuid,
    /// Label.
    pub label: String,
    /// The part shown in lists.
    pub prefix: String,
    /// SHA-256 of the key.
    pub token_hash: Vec<u8>,
    /// Actions it may do, at most those of its owner.
    pub scopes: Json,
    /// Origins a browser may send it from; empty: servers only.
    pub origins: Json,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Expires at.
    pub expires_at: Option<DateTimeUtc>,
    /// Last used at.
    pub last_used_at: Option<DateTimeUtc>,
    /// Revoked at.
    pub revoked_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
