//! How full a market is (拥挤程度), as its staff last said.

use sea_orm::entity::prelude::*;

use crate::kinds::CrowdLevel;

/// How full a market is (拥挤程度), as its staff last said.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_crowd")]
pub struct Model {
    /// The market.
    #[sea_orm(primary_key, auto_increment = false)]
    pub market_id: Uuid,
    /// How full.
    pub level: CrowdLevel,
    /// When that was said.
    pub reported_at: DateTimeUtc,
    /// Until when it holds.
    pub expires_at: DateTimeUtc,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
