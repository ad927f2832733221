//! A city's own first report (首次报送日期), as the city told the province.

use sea_orm::entity::prelude::*;

/// A city's own first report (首次报送日期), as the city told the province.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_first_report")]
pub struct Model {
    /// Code of the city.
    #[sea_orm(primary_key, auto_increment = false)]
    pub city: String,
    /// The day; none where the city follows the yearly rule.
    pub due_on: Option<Date>,
    /// When the city set it.
    pub set_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
