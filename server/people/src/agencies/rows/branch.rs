//! A branch (分支机构).

use sea_orm::entity::prelude::*;

/// A branch (分支机构).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_branch")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// Code of its county, of whichever city.
    pub county: String,
    /// When it was set up.
    pub set_up_on: Date,
    /// When it was reported in writing.
    pub reported_on: Option<Date>,
    /// When it was closed.
    pub closed_on: Option<Date>,
    /// When this was last said.
    pub saved_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
