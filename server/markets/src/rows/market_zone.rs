//! A functional zone (功能分区) of a market.

use sea_orm::entity::prelude::*;

use crate::kinds::ZoneKind;

/// A functional zone (功能分区) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_zone")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// What it is for.
    pub kind: ZoneKind,
    /// The place it occupies.
    pub name: String,
    /// The place, folded: zones of one place share it by time.
    pub name_key: String,
    /// Area in square metres.
    pub area_square_metres: Option<i32>,
    /// People it holds.
    pub capacity: Option<i32>,
    /// Free of charge?
    pub free_of_charge: bool,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
