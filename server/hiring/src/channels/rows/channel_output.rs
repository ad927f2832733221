//! What a channel shows of a posting (渠道内容).

use sea_orm::entity::prelude::*;

/// What a channel shows of a posting (渠道内容).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_output")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The channel.
    pub channel_id: Uuid,
    /// The posting.
    pub posting_id: Uuid,
    /// What is shown of it.
    pub body: String,
    /// Of which version.
    pub posting_version: i32,
    /// When its first shift begins: the order of the list.
    pub starts_at: DateTimeUtc,
    /// Since when.
    pub at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
