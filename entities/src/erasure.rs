//! Somebody who was erased (已删除人员): remembered at the platform, so that a backup from before brings nobody back.

use sea_orm::entity::prelude::*;

/// Somebody who was erased (已删除人员): remembered at the platform, so that a backup from before brings nobody back.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// The code of the tenant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant: String,
    /// The id of the account or of the citizen; nothing of the person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: Uuid,
    /// `Account` or `Citizen`.
    pub kind: String,
    /// When.
    pub erased_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
