//! A milestone (里程碑) of a construction project.

use sea_orm::entity::prelude::*;

/// A milestone (里程碑) of a construction project.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "milestone")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The project.
    pub project_id: Uuid,
    /// The market of the project.
    pub market_id: Uuid,
    /// Its place in the list.
    pub position: i32,
    /// What shall be done.
    pub title: String,
    /// By when.
    pub due_on: Date,
    /// When it was done.
    pub done_on: Option<Date>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
