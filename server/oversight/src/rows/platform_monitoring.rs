//! A city named for monitoring (监测城市).

use sea_orm::entity::prelude::*;

/// A city named for monitoring (监测城市).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_monitoring")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code of the city.
    pub city: String,
    /// First day.
    pub since: Date,
    /// The day from which it is no longer one.
    pub until: Option<Date>,
    /// By whom it was named.
    pub set_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
