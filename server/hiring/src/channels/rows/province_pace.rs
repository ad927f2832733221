//! How the channels of a city keep up, as it tells the province (各市渠道时效).

use sea_orm::entity::prelude::*;

/// How the channels of a city keep up, as it tells the province (各市渠道时效).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "province_pace")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The city, by its division code.
    pub city: String,
    /// What it said: for each kind of channel its figures.
    pub figures: Json,
    /// When it said so.
    pub reported_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
