//! A relayed message (转达消息) between the two sides.

use sea_orm::entity::prelude::*;

use crate::kinds::Side;

/// A relayed message (转达消息) between the two sides.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "talk")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The engagement.
    pub engagement_id: Uuid,
    /// Who wrote it.
    pub side: Side,
    /// Sealed text.
    pub words: Vec<u8>,
    /// When.
    pub at: DateTimeUtc,
    /// When the other side read it.
    pub read_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
