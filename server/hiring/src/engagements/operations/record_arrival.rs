//! Recording an arrival (登记到岗): by the hiring party, or at a counter.

use chrono::Duration;
use kernel::{Ctx, Fault, Once, Outcome, Stop, Text, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::events::EngagementArrived;
use crate::engagements::rules::steps::{Step, after};
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{change, slips};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::ActiveModel;

/// So many hours before the start somebody may be there already.
const EARLY: i64 = 4;

kernel::refusals! {
    /// Why an arrival was not recorded (不予登记到岗).
    pub RecordArrival => RecordArrivalReason, RecordArrivalRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能登记到岗。" / "It is {status_en}; no arrival can be recorded.",
        /// Hours before the start.
        TooEarly { hours: i64 } @ "id": "开工前 {hours} 小时内才能登记到岗。" / "An arrival is recorded from {hours} hours before the start.",
        /// The written agreement is not accepted by both.
        AgreementMissing @ "id":
            "超龄劳动者须先由双方确认书面用工协议（第56号令第六条），再登记到岗。" /
            "Both sides accept the written agreement for over-age workers first (Order 56, art 6), then the arrival is recorded.",
    }
}

/// Why nobody can have arrived yet.
pub(super) enum NotYet {
    /// It stands elsewhere.
    NotFromHere(Text),
    /// Hours before the start.
    TooEarly(i64),
    /// The written agreement is not accepted by both.
    AgreementMissing,
}

impl From<NotYet> for RecordArrival {
    fn from(why: NotYet) -> Self {
        match why {
            NotYet::NotFromHere(title) => {
                Self::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() }
            }
            NotYet::TooEarly(hours) => Self::TooEarly { hours },
            NotYet::AgreementMissing => Self::AgreementMissing,
        }
    }
}

/// Records that a worker is there (登记到岗).
pub async fn record_arrival(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordArrival>> {
    ctx.transact_once(&policy::ARRIVE, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::ARRIVE, id, &[Side::Party, Side::Staff]).await?;
        if deal.row.version != version {
            return Err(Stop::Refused(RecordArrival::Conflict { current: deal.row.version }));
        }
        may_arrive(&tx, &deal).await?.map_err(|why| Stop::Refused(why.into()))?;
        Ok(arrive(&tx, &deal, side).await?)
    })
    .await
}

/// Can the worker of an engagement have arrived?
pub(super) async fn may_arrive(tx: &Tx, deal: &Deal) -> Result<Result<(), NotYet>, Fault> {
    if after(deal.row.status, Step::Arrive).is_none() {
        return Ok(Err(NotYet::NotFromHere(deal.row.status.title())));
    }
    if tx.ctx().now() < deal.row.starts_at - Duration::hours(EARLY) {
        return Ok(Err(NotYet::TooEarly(EARLY)));
    }
    let waits = agreement_waits(tx, deal.row.id).await?;
    Ok(if waits { Err(NotYet::AgreementMissing) } else { Ok(()) })
}

/// Must a written agreement still be accepted, by one side or both?
pub(super) async fn agreement_waits(tx: &Tx, engagement: Uuid) -> Result<bool, Fault> {
    let slip = slips::of(tx, engagement).await?;
    Ok(slip.is_some_and(|slip| {
        slip.over_age_agreement && (slip.accepted_by_worker_at.is_none() || slip.accepted_by_party_at.is_none())
    }))
}

/// Writes the arrival, and who said so.
pub(super) async fn arrive(tx: &Tx, deal: &Deal, by: Side) -> Result<Outcome, Fault> {
    let step = change::step(&deal.row, Step::Arrive, tx.ctx().now()).ok_or(Fault::internal("record an arrival"))?;
    change::write(tx, &deal.row, ActiveModel { arrived_by: Set(Some(by)), ..step }).await?;
    tx.announce(&EngagementArrived { id: deal.row.id })?;
    Ok(Outcome::of("Engagement", deal.row.id, deal.row.version + 1))
}
