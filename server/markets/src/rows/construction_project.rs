//! A construction project (建设改造项目) of a market.

use sea_orm::entity::prelude::*;

use crate::kinds::ConstructionMode;

/// A construction project (建设改造项目) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "construction_project")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// New or converted.
    pub mode: ConstructionMode,
    /// Its title.
    pub title: String,
    /// When it shall open.
    pub planned_open_on: Option<Date>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
