//! The liaison person (工作对接人) of a city as the province knows it; sealed with the province's keys.

use sea_orm::entity::prelude::*;

/// The liaison person (工作对接人) of a city as the province knows it; sealed with the province's keys.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_liaison")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// GB/T 2260 code of the city.
    pub city_code: String,
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
    /// When the city changed it.
    pub changed_at: DateTimeUtc,
    /// The person as the city named it: whether an arrival is a repetition is told by this. The city's count begins
    /// again when the city does.
    pub liaison_id: Uuid,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
