//! An entry of seriously bad credit (严重失信) of a market's operator.

use sea_orm::entity::prelude::*;

/// An entry of seriously bad credit (严重失信) of a market's operator.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bad_credit")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// The first day it holds.
    pub since: Date,
    /// Where it is written: which list, which decision.
    pub source: String,
    /// The day from which it holds no more.
    pub lifted_on: Option<Date>,
    /// The account that recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
