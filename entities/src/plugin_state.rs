//! A plugin's state in this tenant, or in one of its markets (插件状态); `market` is empty for the tenant.

use sea_orm::entity::prelude::*;

/// A plugin's state in this tenant, or in one of its markets (插件状态); `market` is empty for the tenant.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plugin_state")]
pub struct Model {
    /// Plugin.
    #[sea_orm(primary_key, auto_increment = false)]
    pub plugin: String,
    /// Market.
    #[sea_orm(primary_key, auto_increment = false)]
    pub market: String,
    /// State.
    pub state: String,
    /// Config.
    pub config: Json,
    /// Changed at.
    pub changed_at: DateTimeUtc,
    /// Changed by.
    pub changed_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
