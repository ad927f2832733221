//! A licensed human-resources agency (人力资源服务机构), as this city knows it.

use sea_orm::entity::prelude::*;

/// A licensed human-resources agency (人力资源服务机构), as this city knows it.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number of its licence, as last written.
    pub licence_no: String,
    /// What finds it by that number, however it is written.
    pub licence_key: String,
    /// Its name, as last written.
    pub name: String,
    /// When the city first heard of it.
    pub entered_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
