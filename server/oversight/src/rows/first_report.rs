//! The day of the city's first report (首次报送日期).

use sea_orm::entity::prelude::*;

/// The day of the city's first report (首次报送日期); a city has one row, once it was set.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "first_report")]
pub struct Model {
    /// Always the same: there is one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The day; none where it was taken away and the yearly rule holds again.
    pub due_on: Option<Date>,
    /// When it was set last.
    pub set_at: DateTimeUtc,
    /// By whom.
    pub set_by: Option<Uuid>,
    /// Counts changes; a stale one is refused.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
