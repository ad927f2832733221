//! A posting (招聘信息): what is to be done, where, when and for how much.

use sea_orm::entity::prelude::*;

use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, PostingStatus, WageUnit};

/// A posting (招聘信息): what is to be done, where, when and for how much.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "posting")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes; a stale one is refused.
    pub version: i32,
    /// Its state.
    pub status: PostingStatus,
    /// Why it was returned, withdrawn or taken down.
    pub status_reason: Option<String>,
    /// Who has others work.
    pub party_id: Uuid,
    /// The agency that publishes it.
    pub agency_id: Option<Uuid>,
    /// The market it is published at.
    pub market_id: Option<Uuid>,
    /// Where the work is (GB/T 2260).
    pub county: String,
    /// Odd job or internship.
    pub kind: PostingKind,
    /// How the bureau came to know of it.
    pub source: PostingSource,
    /// Engagement type.
    pub engagement: EngagementType,
    /// Code of the trade (职业分类大典 2022).
    pub trade: String,
    /// What is wanted, in a line.
    pub title: String,
    /// What is to be done (工作内容).
    pub duties: String,
    /// What is asked of the worker (招聘条件).
    pub conditions: Option<String>,
    /// Places of all shifts together (招聘人数).
    pub headcount: i32,
    /// The wage in fen for one unit.
    pub wage_fen: i64,
    /// What it is for.
    pub wage_unit: WageUnit,
    /// When it is paid.
    pub pay_day: PayDay,
    /// What is said about the pay besides (报酬说明): meals, overtime.
    pub pay_text: Option<String>,
    /// The wage as a day's, by which lists are sorted; nothing else follows from it.
    pub wage_order: i64,
    /// Where the work is, in words (工作地点).
    pub place: String,
    /// GCJ-02 latitude.
    pub lat: Option<f64>,
    /// GCJ-02 longitude.
    pub lng: Option<f64>,
    /// Who bears an accident.
    pub cover: AccidentCover,
    /// Asks for a certificate of special operations (特种作业操作证).
    pub needs_certificate: bool,
    /// Confirms whoever applies while places last (即时快招).
    pub instant: bool,
    /// Takes workers who find work hard to get first (优先招用困难零工).
    pub priority: bool,
    /// First day it holds.
    pub valid_from: Date,
    /// Last day it holds (有效期).
    pub valid_until: Date,
    /// When its first shift begins.
    pub starts_at: DateTimeUtc,
    /// When its last shift ends.
    pub ends_at: DateTimeUtc,
    /// Until when somebody can apply: its last shift begins, or its last day is over.
    pub closes_at: DateTimeUtc,
    /// Hash of what it says: what was taken down is known again.
    pub text_key: String,
    /// What the agency calls it.
    pub external_id: Option<String>,
    /// The account that entered it.
    pub posted_by: Option<Uuid>,
    /// The citizen who entered it.
    pub posted_citizen: Option<Uuid>,
    /// When it was handed in for review.
    pub submitted_at: Option<DateTimeUtc>,
    /// Who reviewed it, before it was published or afterwards.
    pub reviewed_by: Option<Uuid>,
    /// All that was wrong when it was last given back (一次性告知): field and words.
    pub remarks: Option<Json>,
    /// When it was first published.
    pub published_at: Option<DateTimeUtc>,
    /// When somebody last said that it still holds.
    pub last_confirmed_at: DateTimeUtc,
    /// Until when it counts as fresh, unless somebody says again that it holds.
    pub fresh_until: DateTimeUtc,
    /// When it was entered.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
