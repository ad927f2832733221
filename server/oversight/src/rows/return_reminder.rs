//! A reminder that was sent (已发提醒).

use sea_orm::entity::prelude::*;

/// A reminder that was sent (已发提醒).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "return_reminder")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year to report.
    pub year: i32,
    /// Working days before the day reminded for.
    pub days_before: i32,
    /// The due day it spoke of.
    pub due_on: Date,
    /// How many letters went out.
    pub letters: i32,
    /// When.
    pub sent_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
