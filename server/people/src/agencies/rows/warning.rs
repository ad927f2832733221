//! A warning that was sent (到期提醒).

use sea_orm::entity::prelude::*;

/// A warning that was sent (到期提醒).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_warning")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// The last day it was about.
    pub expires_on: Date,
    /// So many days before it; -1 once it was over.
    pub days: i32,
    /// When.
    pub sent_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
