//! An engagement (用工对接): one worker and one shift, from application to pay.

use sea_orm::entity::prelude::*;

use crate::kinds::{EngagementStatus, PayDay, Side, WageUnit};

/// An engagement (用工对接): one worker and one shift, from application to pay.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes; a stale one is refused.
    pub version: i32,
    /// The posting.
    pub posting_id: Uuid,
    /// The shift.
    pub shift_id: Uuid,
    /// The worker; empty once the worker let go of it.
    pub worker_id: Option<Uuid>,
    /// The hiring party.
    pub party_id: Uuid,
    /// The market of the posting.
    pub market_id: Option<Uuid>,
    /// How far it is.
    pub status: EngagementStatus,
    /// When the shift begins.
    pub starts_at: DateTimeUtc,
    /// When the shift ends.
    pub ends_at: DateTimeUtc,
    /// The place on the stand-by list.
    pub standby_no: Option<i32>,
    /// The group that was confirmed together.
    pub group_no: Option<String>,
    /// Who entered it: the worker who applied, the hiring party on its site, or the staff at a counter.
    pub entered_by: Side,
    /// The worker's age band when it was entered, for figures.
    pub age_band: String,
    /// The wage in fen as agreed.
    pub wage_fen: i64,
    /// What it is for.
    pub wage_unit: WageUnit,
    /// When it is paid, as agreed.
    pub pay_day: PayDay,
    /// When the worker applied.
    pub applied_at: DateTimeUtc,
    /// When the two sides first talked.
    pub contacted_at: Option<DateTimeUtc>,
    /// Which side agreed first.
    pub agreed_first: Option<Side>,
    /// When they agreed.
    pub agreed_at: Option<DateTimeUtc>,
    /// When the place was taken.
    pub confirmed_at: Option<DateTimeUtc>,
    /// When the worker arrived.
    pub arrived_at: Option<DateTimeUtc>,
    /// Who said that it did: itself by the code, or who was there.
    pub arrived_by: Option<Side>,
    /// When the work was done.
    pub completed_at: Option<DateTimeUtc>,
    /// When the worker said that the wage was paid, or the allowance.
    pub paid_at: Option<DateTimeUtc>,
    /// When it came to nothing.
    pub ended_at: Option<DateTimeUtc>,
    /// Why, as a code.
    pub end_reason: Option<String>,
    /// Was it cancelled later than the rules want it?
    pub late: bool,
    /// Who said that the work was done.
    pub completed_by: Option<Side>,
    /// Who disputes it.
    pub disputed_by: Option<Side>,
    /// Since when.
    pub disputed_at: Option<DateTimeUtc>,
    /// Sealed words of whoever disputes it.
    pub dispute_words: Option<Vec<u8>>,
    /// Wrong codes in a row.
    pub arrival_tries: i32,
    /// Until when the wage must be paid, or the allowance.
    pub pay_due_at: Option<DateTimeUtc>,
    /// What the agreed wage comes to for the time or the pieces, in fen, as far as that can be said.
    pub agreed_fen: Option<i64>,
    /// What the wage sheet says is due: what counts where no sum was agreed.
    pub due_fen: Option<i64>,
    /// What the worker says was paid, of the wage or of the allowance.
    pub paid_fen: Option<i64>,
    /// When the worker was asked whether it was paid.
    pub asked_at: Option<DateTimeUtc>,
    /// The sum that was named then, fen: what "all of it" means in the answer.
    pub asked_fen: Option<i64>,
    /// When the warning of an unpaid wage or allowance was raised.
    pub warned_at: Option<DateTimeUtc>,
    /// What a late cancellation by the hiring party led to.
    pub allowance: Option<String>,
    /// The allowance it owes, in fen.
    pub allowance_fen: Option<i64>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
