//! A service (服务项目) that a market offers.

use sea_orm::entity::prelude::*;

use crate::kinds::ServiceKind;

/// A service (服务项目) that a market offers.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market_service")]
pub struct Model {
    /// The market.
    #[sea_orm(primary_key, auto_increment = false)]
    pub market_id: Uuid,
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: ServiceKind,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
