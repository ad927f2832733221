//! A template (招聘模板) that a hiring party keeps.

use sea_orm::entity::prelude::*;

/// A template (招聘模板) that a hiring party keeps.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "posting_template")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// Whose it is.
    pub party_id: Uuid,
    /// What it is called.
    pub name: String,
    /// The form as it was filled in.
    #[sea_orm(column_type = "JsonBinary")]
    pub content: Json,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
