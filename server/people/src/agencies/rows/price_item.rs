//! An item of a price list (收费项目).

use sea_orm::entity::prelude::*;

use crate::agencies::kinds::FeePayer;

/// An item of a price list (收费项目).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_price_item")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The list.
    pub list_id: Uuid,
    /// Its place on the list.
    pub position: i32,
    /// What is charged for.
    pub item: String,
    /// By what it is counted.
    pub unit: String,
    /// The price of one, in fen.
    pub fen: i64,
    /// Who pays.
    pub payer: FeePayer,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
