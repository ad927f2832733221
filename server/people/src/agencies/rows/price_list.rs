//! A price list (收费标准): never changed, only followed by another.

use sea_orm::entity::prelude::*;

/// A price list (收费标准): never changed, only followed by another.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_price_list")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// Its number with the agency, from 1.
    pub number: i32,
    /// The first day it holds.
    pub effective_from: Date,
    /// When it was published.
    pub published_at: DateTimeUtc,
    /// Who did.
    pub published_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
