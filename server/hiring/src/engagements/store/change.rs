//! Changing engagements (修改对接): under the version that was seen, and what a step writes.

use chrono::{DateTime, Utc};
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::deal::Deal;
use super::offer::{Offer, Work};
use crate::engagements::rules::pay;
use crate::engagements::rules::steps::{Step, after};
use crate::kinds::{EngagementStatus, PayDay, Side};
use crate::rows::engagement::{self, ActiveModel, Column, Entity};
use crate::rows::shift;

/// Writes a change of an engagement that the transaction holds.
pub async fn write(tx: &Tx, row: &engagement::Model, change: ActiveModel) -> Result<(), Fault> {
    let change = ActiveModel { version: Set(row.version + 1), ..change };
    let done = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(Fault::internal("change an engagement that is held")) }
}

/// What a step writes, at this moment; `None` where it cannot be taken from here.
#[must_use]
pub fn step(row: &engagement::Model, step: Step, now: DateTime<Utc>) -> Option<ActiveModel> {
    let status = after(row.status, step)?;
    let at = |is: bool| if is { Set(Some(now)) } else { NotSet };
    let ended = super::super::rules::steps::came_to_nothing(status);
    Some(ActiveModel {
        status: Set(status),
        contacted_at: at(status == EngagementStatus::Contacted),
        agreed_at: at(status == EngagementStatus::Agreed),
        confirmed_at: at(status == EngagementStatus::Confirmed),
        arrived_at: at(status == EngagementStatus::Arrived),
        completed_at: at(status == EngagementStatus::Completed),
        paid_at: at(status == EngagementStatus::Paid),
        ended_at: at(ended),
        ..ActiveModel::default()
    })
}

/// What the agreed wage comes to for a whole shift, in fen.
#[must_use]
pub fn agreed_fen(posting: &Work, shift: &shift::Model) -> Option<i64> {
    let minutes = pay::minutes(shift.starts_at, shift.ends_at, shift.break_minutes);
    pay::owed(posting.wage_fen, posting.wage_unit, minutes, None)
}

/// What a confirmation writes beside the step: the wage as it is agreed now.
#[must_use]
pub fn confirmed(posting: &Work, shift: &shift::Model, change: ActiveModel) -> ActiveModel {
    ActiveModel {
        starts_at: Set(shift.starts_at),
        ends_at: Set(shift.ends_at),
        wage_fen: Set(posting.wage_fen),
        wage_unit: Set(posting.wage_unit),
        pay_day: Set(posting.pay_day),
        agreed_fen: Set(agreed_fen(posting, shift)),
        standby_no: Set(None),
        ..change
    }
}

/// What completion writes beside the step: until when the wage is to be paid.
#[must_use]
pub fn completed(deal: &Deal, by: Option<Side>, done: DateTime<Utc>, change: ActiveModel) -> ActiveModel {
    let pay_day: PayDay = deal.row.pay_day;
    ActiveModel {
        completed_by: Set(by),
        pay_due_at: Set(Some(pay::due_at(pay_day, deal.posting.engagement, done))),
        ..change
    }
}

/// A change that settles what is disputed with it.
#[must_use]
pub fn settled(change: ActiveModel) -> ActiveModel {
    ActiveModel { disputed_by: Set(None), disputed_at: Set(None), dispute_words: Set(None), ..change }
}

/// Somebody who comes in: a worker, its age band, and who entered it.
#[derive(Clone, Debug)]
pub struct Entering {
    /// The worker.
    pub worker: uuid::Uuid,
    /// Its age band.
    pub age_band: String,
    /// Who entered it.
    pub by: Side,
}

/// A new engagement as it is when somebody comes in.
#[must_use]
pub fn fresh(tx: &Tx, offer: &Offer, who: Entering, status: EngagementStatus) -> engagement::Model {
    let (ctx, posting, shift) = (tx.ctx(), &offer.posting, &offer.shift);
    let confirmed = status == EngagementStatus::Confirmed;
    engagement::Model {
        id: ctx.new_id(),
        version: 1,
        posting_id: posting.id,
        shift_id: shift.id,
        worker_id: Some(who.worker),
        party_id: posting.party_id,
        market_id: posting.market_id,
        status,
        starts_at: shift.starts_at,
        ends_at: shift.ends_at,
        standby_no: None,
        group_no: None,
        entered_by: who.by,
        age_band: who.age_band,
        wage_fen: posting.wage_fen,
        wage_unit: posting.wage_unit,
        pay_day: posting.pay_day,
        applied_at: ctx.now(),
        contacted_at: None,
        agreed_first: None,
        agreed_at: None,
        confirmed_at: confirmed.then(|| ctx.now()),
        arrived_at: None,
        arrived_by: None,
        completed_at: None,
        paid_at: None,
        ended_at: None,
        end_reason: None,
        late: false,
        completed_by: None,
        disputed_by: None,
        disputed_at: None,
        dispute_words: None,
        arrival_tries: 0,
        pay_due_at: None,
        agreed_fen: if confirmed { agreed_fen(posting, shift) } else { None },
        due_fen: None,
        paid_fen: None,
        asked_at: None,
        asked_fen: None,
        warned_at: None,
        allowance: None,
        allowance_fen: None,
    }
}

/// A whole row, to be inserted.
#[must_use]
pub fn inserted(row: engagement::Model) -> ActiveModel {
    sea_orm::ActiveModelTrait::reset_all(ActiveModel::from(row))
}
