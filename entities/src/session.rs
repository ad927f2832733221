//! A signed-in session (会话): opaque, listed, revocable.

use sea_orm::entity::prelude::*;

/// A signed-in session (会话): opaque, listed, revocable.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Account id.
    pub account_id: Uuid,
    /// SHA-256 of the token; the token itself is kept nowhere.
    pub token_hash: Vec<u8>,
    /// User agent.
    pub user_agent: Option<String>,
    /// Ip masked.
    pub ip_masked: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Last used at.
    pub last_used_at: DateTimeUtc,
    /// Expires at.
    pub expires_at: DateTimeUtc,
    /// Revoked at.
    pub revoked_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
