//! What happened to a market (市场沿革); rows are only added.

use sea_orm::entity::prelude::*;

/// What happened to a market (市场沿革); rows are only added.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_event")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// When.
    pub at: DateTimeUtc,
    /// The kind: registered, amended, listed and so on.
    pub kind: String,
    /// The reason that was given.
    pub reason: Option<String>,
    /// Who did it.
    pub actor: Option<String>,
    /// The fields that changed, by their names in GraphQL, with blanks between; never what stood in them.
    pub fields: Option<String>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
