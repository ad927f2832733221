//! A main trade (主要招聘工种) of a market.

use sea_orm::entity::prelude::*;

/// A main trade (主要招聘工种) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_trade")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Its place in the list.
    pub position: i32,
    /// Occupation code, where the catalogue has it.
    pub code: Option<String>,
    /// The words, where it has not.
    pub name: Option<String>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
