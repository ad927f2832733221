//! A stop-and-go bay (即停即走上车点) of a market.

use sea_orm::entity::prelude::*;

/// A stop-and-go bay (即停即走上车点) of a market.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pickup_bay")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// Its label.
    pub label: String,
    /// Vehicles at a time.
    pub capacity: i32,
    /// Minutes a vehicle may stay.
    pub max_stay_minutes: i32,
    /// Latitude as given, degrees.
    pub lat: Option<f64>,
    /// Longitude as given, degrees.
    pub lng: Option<f64>,
    /// Reference system of both.
    pub crs: Option<String>,
    /// The way in and out.
    pub route_text: Option<String>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
