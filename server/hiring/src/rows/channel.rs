//! A channel (发布渠道) of the city.

use sea_orm::entity::prelude::*;

use crate::kinds::ChannelKind;

/// A channel (发布渠道) of the city.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// What it is.
    pub kind: ChannelKind,
    /// What it is called.
    pub name: String,
    /// The market whose it is; empty for the city.
    pub market_id: Option<Uuid>,
    /// The text it is given; empty for the usual one.
    pub template: Option<String>,
    /// Is it fed?
    pub active: bool,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
