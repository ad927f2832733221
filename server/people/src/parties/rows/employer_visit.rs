//! A visit to somebody who hires, or might (走访企业).

use sea_orm::entity::prelude::*;

/// A visit to somebody who hires, or might (走访企业).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "employer_visit")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes, from 1.
    pub version: i32,
    /// The party, where it is registered.
    pub party_id: Option<Uuid>,
    /// The name it goes by.
    pub name: String,
    /// The day.
    pub visited_on: Date,
    /// Sealed names of those who went.
    pub visitors: Vec<u8>,
    /// What it needs.
    pub needs: String,
    /// How many it wants.
    pub headcount: Option<i32>,
    /// When somebody asks again.
    pub follow_up_on: Option<Date>,
    /// When somebody did.
    pub followed_up_on: Option<Date>,
    /// Where it is (GB/T 2260).
    pub county: String,
    /// The market whose visit it was.
    pub market_id: Option<Uuid>,
    /// The agency whose visit it was.
    pub agency_id: Option<Uuid>,
    /// Who entered it.
    pub recorded_by: Option<Uuid>,
    /// When it was entered.
    pub recorded_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
