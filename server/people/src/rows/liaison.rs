//! A liaison person (工作对接人) of the city, current or former.

use sea_orm::entity::prelude::*;

/// A liaison person (工作对接人) of the city, current or former.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "liaison")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Sealed name.
    pub name: Vec<u8>,
    /// Unit.
    pub unit: String,
    /// Position.
    pub position: String,
    /// Sealed telephone number.
    pub phone: Vec<u8>,
    /// Sealed address.
    pub email: Option<Vec<u8>>,
    /// Since when.
    pub valid_from: DateTimeUtc,
    /// Until when; empty for the current one.
    pub valid_until: Option<DateTimeUtc>,
    /// Who entered it.
    pub changed_by: Option<Uuid>,
    /// Counts the persons, from 1; the province takes only a higher one.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
