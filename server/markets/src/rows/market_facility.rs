//! A facility (便民设施) of a market.

use sea_orm::entity::prelude::*;

use crate::kinds::{FacilityKind, FacilityState};

/// A facility (便民设施) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_facility")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// What it is.
    pub kind: FacilityKind,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: i32,
    /// Its state.
    pub state: FacilityState,
    /// When it was last looked at.
    pub last_checked_on: Option<Date>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
