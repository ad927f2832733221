//! A posting of a city, as the province has it (省级归集).

use sea_orm::entity::prelude::*;

use crate::kinds::{EngagementType, PayDay, PostingKind, WageUnit};

/// A posting of a city, as the province has it (省级归集).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "province_posting")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The city, by its division code.
    pub city: String,
    /// What the city calls it.
    pub posting_id: Uuid,
    /// Which version the city sent; an older one is not taken.
    pub posting_version: i32,
    /// A tombstone: it was withdrawn and is shown no more.
    pub gone: bool,
    /// Odd job or internship.
    pub kind: PostingKind,
    /// Engagement type.
    pub engagement: EngagementType,
    /// Code of the trade.
    pub trade: String,
    /// What is wanted.
    pub title: String,
    /// What is to be done.
    pub duties: String,
    /// Where the work is.
    pub county: String,
    /// Where, in words.
    pub place: String,
    /// The wage in fen for one unit.
    pub wage_fen: i64,
    /// What it is for.
    pub wage_unit: WageUnit,
    /// When it is paid.
    pub pay_day: PayDay,
    /// Places.
    pub headcount: i32,
    /// Confirms at once.
    pub instant: bool,
    /// Who has others work, as everybody reads it.
    pub party_name: String,
    /// The market.
    pub market_name: Option<String>,
    /// When its first shift begins.
    pub starts_at: DateTimeUtc,
    /// When its last shift ends.
    pub ends_at: DateTimeUtc,
    /// Last day it holds.
    pub valid_until: Date,
    /// When the city wanted it so.
    pub changed_at: DateTimeUtc,
    /// When it was here.
    pub received_at: DateTimeUtc,
    /// Milliseconds from the change in the city until it was shown here as it is, or was last.
    pub lag_ms: i64,
    /// The agency that publishes it.
    pub agency_name: Option<String>,
    /// The number of its licence.
    pub agency_licence_no: Option<String>,
    /// Was its licence in force when the city sent it?
    pub agency_licence_valid: Option<bool>,
    /// Which of the city's wishes about this posting it follows: of one version, only a later one is taken.
    pub wish: i32,
    /// What is asked of the worker (招聘条件).
    pub conditions: Option<String>,
    /// Asks for a certificate of special operations.
    pub needs_certificate: bool,
    /// Of a tombstone: milliseconds from the change in the city until it was gone here.
    pub gone_lag_ms: Option<i64>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
