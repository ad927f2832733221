//! A frozen version of the province's roll-up (全省汇总定稿).

use sea_orm::entity::prelude::*;

/// A frozen version of the province's roll-up (全省汇总定稿): what was sent, or is to be sent, to the ministry.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_report")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year it reports.
    pub year: i32,
    /// Its number within the year, from 1.
    pub version_no: i32,
    /// Cities whose accepted return is in it.
    pub city_count: i32,
    /// The markets of those cities.
    pub row_count: i32,
    /// When the cities were due, as it stood on the day of freezing.
    pub cities_due_on: Date,
    /// When the province was due, as it stood on the day of freezing.
    pub ministry_due_on: Date,
    /// When it was frozen.
    pub frozen_at: DateTimeUtc,
    /// By whom.
    pub frozen_by: Option<Uuid>,
    /// The user name of who froze it.
    pub frozen_by_label: Option<String>,
    /// The day it went to the ministry.
    pub sent_on: Option<Date>,
    /// The number of the letter it went with (文号).
    pub document_no: Option<String>,
    /// When the province was due, as it stood when the sending was first recorded: late or not is told by this.
    pub sent_due_on: Option<Date>,
    /// When the sending was recorded.
    pub recorded_at: Option<DateTimeUtc>,
    /// By whom.
    pub recorded_by: Option<Uuid>,
    /// Counts changes: what is frozen never changes, what is known of its sending may.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
