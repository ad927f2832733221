//! The queue numbers (排队号) of a market's day: how many were issued, how many called. It knows nobody.

use sea_orm::entity::prelude::*;

/// The queue numbers (排队号) of a market's day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "queue_number")]
pub struct Model {
    /// The market.
    #[sea_orm(primary_key, auto_increment = false)]
    pub market_id: Uuid,
    /// The day in Asia/Shanghai.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The last number that was issued.
    pub issued: i32,
    /// The last number that was called; 0 before the first.
    pub called: i32,
    /// When a number was last issued or called.
    pub changed_at: DateTimeUtc,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
