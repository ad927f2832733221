//! A map-annotation task (地图标注) of a market at one provider.

use sea_orm::entity::prelude::*;

use crate::kinds::AnnotationStatus;

/// A map-annotation task (地图标注) of a market at one provider.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "map_annotation")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// The provider.
    pub provider: String,
    /// How far it is.
    pub status: AnnotationStatus,
    /// The provider's id of the place.
    pub poi_id: Option<String>,
    /// When the map was last looked at.
    pub checked_on: Option<Date>,
    /// What the provider answered.
    pub note: Option<String>,
    /// The account whose task it is.
    pub assignee: Option<Uuid>,
    /// By when.
    pub due_on: Option<Date>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
