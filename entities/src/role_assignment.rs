//! A role held in a scope (角色授权).

use sea_orm::entity::prelude::*;

/// A role held in a scope (角色授权).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_assignment")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Account id.
    pub account_id: Uuid,
    /// Name of the role.
    pub role: String,
    /// `CITY`, `COUNTY`, `DEPARTMENT`, `MARKET` or `AGENCY`.
    pub scope_kind: String,
    /// Division code, department, market id or agency id; empty for the city.
    pub scope_key: String,
    /// The last day it holds.
    pub valid_until: Option<Date>,
    /// Assigned by.
    pub assigned_by: Option<Uuid>,
    /// Assigned at.
    pub assigned_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
