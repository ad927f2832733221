//! A line of policy that this tenant added (授权策略).

use sea_orm::entity::prelude::*;

/// A line of policy that this tenant added (授权策略).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_line")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Role.
    pub role: String,
    /// Class.
    pub class: String,
    /// Object.
    pub object: String,
    /// Act.
    pub act: String,
    /// Effect.
    pub effect: String,
    /// When it was set.
    pub created_at: DateTimeUtc,
    /// Counts its changes.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
