//! An indicator (考核指标) of an operator contract.

use sea_orm::entity::prelude::*;

/// An indicator (考核指标) of an operator contract.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contract_indicator")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The contract.
    pub contract_id: Uuid,
    /// The market of the contract.
    pub market_id: Uuid,
    /// Its place in the list.
    pub position: i32,
    /// What is measured.
    pub name: String,
    /// What shall be reached.
    pub target: i32,
    /// In what it is counted.
    pub unit: String,
    /// What was reached.
    pub actual: Option<i32>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
