//! Cancelling (取消用工): by either side, with the same rule for both.

use chrono::{DateTime, Utc};
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::confirm::offer_of;
use crate::engagements::events::EngagementCancelled;
use crate::engagements::kinds::{CancelReason, Consequence, PointReason};
use crate::engagements::rules::cancel::{Cancelled, Effect};
use crate::engagements::rules::pay;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::steps::{Step, holds_a_place};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{change, doors, hire_rules, points, standby, workers};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::{self, ActiveModel};

kernel::refusals! {
    /// Why it was not cancelled (不予取消).
    pub CancelEngagement => CancelEngagementReason, CancelEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能取消；到岗或收工后有问题请提出异议，未到岗的请登记未到岗。" /
            "It is {status_en} and cannot be cancelled; after the arrival or the shift dispute it instead, or record a no-show.",
        /// The staff did not say for whom.
        SideMissing @ "behalf": "请选择是零工还是用工方要取消。" / "Say which side cancels: the worker or the hiring party.",
    }
}

/// Cancels an engagement (取消用工). The place goes to the first of the stand-by list in the same moment. Late without an
/// emergency, a worker gets points, and a hiring party owes an allowance or loses the fast lane. Once the shift has begun a hiring
/// party has no emergency of its own word: the staff of the market cancels for it.
pub async fn cancel_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: CancelReason,
    behalf: Option<Side>,
    once: Option<Once>,
) -> Result<Outcome, Stop<CancelEngagement>> {
    ctx.transact_once(&policy::CANCEL, once, |tx| async move {
        workers::hold_of(&tx, id).await?;
        let (deal, side) = deal::held_for(&tx, &policy::CANCEL, id, &Side::ALL).await?;
        if deal.row.version != version {
            return Err(Stop::Refused(CancelEngagement::Conflict { current: deal.row.version }));
        }
        let by = match (side, behalf) {
            (Side::Staff, Some(Side::Worker)) => Side::Worker,
            // It stays to be seen that the staff did: it vouches for the reason.
            (Side::Staff, Some(Side::Party)) => Side::Staff,
            (Side::Staff, _) => return Err(Stop::Refused(CancelEngagement::SideMissing)),
            (own, _) => own,
        };
        let now = tx.ctx().now();
        // Once the shift is over the wage is owed, unless nobody came.
        let over = by != Side::Worker && now >= deal.row.ends_at;
        if over || change::step(&deal.row, Step::Cancel(by), now).is_none() {
            let title = deal.row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(CancelEngagement::NotFromHere { status_zh, status_en }));
        }
        tx.note("reason", reason.code());
        give_up(&tx, &deal, by, reason).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}

/// Gives up what is held: for its reason, with its consequence, and passes the place on. Used too where a posting goes away
/// under a place that was confirmed.
pub(in crate::engagements) async fn give_up(tx: &Tx, deal: &Deal, by: Side, reason: CancelReason) -> Result<(), Fault> {
    let (row, now) = (&deal.row, tx.ctx().now());
    let held = holds_a_place(row.status);
    let step = change::step(row, Step::Cancel(by), now).ok_or(Fault::internal("cancel an engagement"))?;
    let mut change = ActiveModel { end_reason: Set(Some(reason.code().to_owned())), ..step };
    let rules = hire_rules::read(tx).await?;
    if held {
        let cancelled = cancelled(row, by, reason, now);
        let late = cancelled.is_late(&rules);
        tx.note("late", late);
        change = with_effect(tx, row, &cancelled, &rules, ActiveModel { late: Set(late), ..change }).await?;
    }
    change::write(tx, row, change).await?;
    if held {
        standby::give_up(tx, &offer_of(deal), &rules).await?;
        tx.announce(&EngagementCancelled { id: row.id, by_party: by != Side::Worker })?;
    }
    Ok(())
}

/// What a hiring party owes that cancelled late, once the emergency that excused it is found to be none (紧急情况不成立): what a
/// settled dispute writes beside. Nothing where it was in time, or is owed already.
pub(super) async fn owed(tx: &Tx, row: &engagement::Model) -> Result<Option<ActiveModel>, Fault> {
    if row.allowance.is_some() {
        return Ok(None);
    }
    let rules = hire_rules::read(tx).await?;
    let unexcused = cancelled(row, Side::Party, CancelReason::Other, row.ended_at.unwrap_or(row.starts_at));
    let change = with_effect(tx, row, &unexcused, &rules, ActiveModel::default()).await?;
    Ok(change.allowance.is_set().then_some(change))
}

fn cancelled(row: &engagement::Model, by: Side, reason: CancelReason, at: DateTime<Utc>) -> Cancelled {
    Cancelled {
        by,
        reason,
        at,
        confirmed_at: row.confirmed_at.unwrap_or(row.applied_at),
        starts_at: row.starts_at,
        entered_by: row.entered_by,
        agreed_fen: row.agreed_fen,
    }
}

/// What the cancellation of a place leads to.
async fn with_effect(
    tx: &Tx,
    row: &engagement::Model,
    cancelled: &Cancelled,
    rules: &HireRules,
    change: ActiveModel,
) -> Result<ActiveModel, Fault> {
    let led_to = |what: Consequence| Set(Some(what.code().to_owned()));
    Ok(match cancelled.effect(rules) {
        Effect::Nothing => change,
        Effect::Points(given) => {
            if let Some(worker) = row.worker_id {
                points::give(tx, rules, (worker, row.id), given, PointReason::LateCancel).await?;
            }
            change
        }
        Effect::Allowance(fen) => ActiveModel {
            allowance: led_to(Consequence::AllowanceOwed),
            allowance_fen: Set(Some(fen)),
            pay_due_at: Set(pay::allowance_due_at(cancelled.at, rules.allowance_days)),
            ..change
        },
        Effect::NoFastLane(days) => {
            doors::lose_fast_lane(tx, row.party_id, days).await?;
            ActiveModel { allowance: led_to(Consequence::FastLaneLost), ..change }
        }
    })
}
