//! A contact (联系方式) of a market.

use sea_orm::entity::prelude::*;

/// A contact (联系方式) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_contact")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Its place in the list.
    pub position: i32,
    /// Whose number it is.
    pub label: String,
    /// The number to dial, where it is public.
    pub phone: Option<String>,
    /// The number as shown; masked where it is not public.
    pub phone_display: String,
    /// The number, sealed, where it is not public.
    pub phone_sealed: Option<Vec<u8>>,
    /// Shown to everybody?
    pub public: bool,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
