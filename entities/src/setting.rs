//! A setting of this tenant (设置).

use sea_orm::entity::prelude::*;

/// A setting of this tenant (设置).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// Name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Value.
    pub value: Json,
    /// Changed at.
    pub changed_at: DateTimeUtc,
    /// Changed by.
    pub changed_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
