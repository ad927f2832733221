//! An odd-job worker (零工人员): what a citizen wants to work at, where and when.

use sea_orm::entity::prelude::*;

/// An odd-job worker (零工人员): what a citizen wants to work at, where and when.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "worker")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who it is.
    pub citizen_id: Uuid,
    /// Counts its changes, from 1.
    pub version: i32,
    /// `ACTIVE`, or `CLOSED` by the worker.
    pub status: String,
    /// `SELF`, `COUNTER` or `CARD_READER`.
    pub source: String,
    /// The market that registered it.
    pub market_id: Option<Uuid>,
    /// The account that registered it.
    pub registered_by: Option<Uuid>,
    /// Its name as it is shown: 张*.
    pub name_masked: String,
    /// Where it looks for work (GB/T 2260).
    pub county: String,
    /// GCJ-02 latitude to a hundredth of a degree: about a kilometre.
    pub lat: Option<f64>,
    /// GCJ-02 longitude to a hundredth of a degree.
    pub lng: Option<f64>,
    /// How far it goes, kilometres.
    pub radius_km: i32,
    /// When it works: 1 dawn, 2 day, 4 evening, 8 night, added up.
    pub hours: i32,
    /// Would rather have a steady job (有单位就业意愿).
    pub steady_job: bool,
    /// Wants training (有培训需求).
    pub training: bool,
    /// Until when it counts as looking for work; empty when it is not.
    pub looking_until: Option<DateTimeUtc>,
    /// When it last said so.
    pub last_confirmed_at: DateTimeUtc,
    /// `MINOR` (16–17), `ADULT`, `OLDER` or `OVER_AGE`, as it was last worked out.
    pub age_band: String,
    /// The first day of the month in which it comes to be over age (超龄起始月), where that is near: whoever is given a place for a
    /// day to come is asked about that day. The month and not the day, which with the year of birth that stands beside it would
    /// tell the birthday that is sealed; and of those alone who come to be over age within months, so that of nearly everybody
    /// nothing is told that the band does not tell. An agreement is made some days early at most, which harms nobody.
    pub over_age_from: Option<Date>,
    /// Points for no-shows that are in force; shown to nobody but the worker and whoever decides an appeal.
    pub points: i32,
    /// Counts the places that were given to it: who finds the number as it was knows that none was given since.
    pub places_given: i32,
    /// When it was registered.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
