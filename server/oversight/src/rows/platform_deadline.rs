//! A day the province set for its own report (省级上报期限).

use sea_orm::entity::prelude::*;

/// A day the province set for its own report (省级上报期限).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_deadline")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// To whom: `MINISTRY`.
    pub addressee: String,
    /// The year to report.
    pub year: i32,
    /// The day.
    pub due_on: Date,
    /// When it was set.
    pub set_at: DateTimeUtc,
    /// By whom.
    pub set_by: Option<Uuid>,
    /// When another day took its place.
    pub superseded_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
