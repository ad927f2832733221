//! A sample (抽样): what was counted at one session of one day.

use sea_orm::entity::prelude::*;

use crate::kinds::SampleSession;

/// A sample (抽样): what was counted at one session of one day.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "monitoring_sample")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// The day.
    pub sampled_on: Date,
    /// The part of the day.
    pub session: SampleSession,
    /// Seekers who were there.
    pub seekers: i32,
    /// Of them, those who found work.
    pub successes: i32,
    /// Who counted.
    pub counted_by: String,
    /// The account that recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Why it was withdrawn; it counts no more.
    pub withdrawn_reason: Option<String>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
