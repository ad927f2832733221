//! The outbox (事件).

use sea_orm::entity::prelude::*;

/// The outbox (事件).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Kind.
    pub kind: String,
    /// Subject kind.
    pub subject_kind: String,
    /// Subject id.
    pub subject_id: Uuid,
    /// Payload.
    pub payload: Json,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Dispatched at.
    pub dispatched_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
