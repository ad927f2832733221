//! Putting right that nobody came, where somebody did (更正未到岗): by the staff, or with an appeal or a dispute that finds it so.

use kernel::sheet::text::tidy;
use kernel::{Ctx, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::record_arrival::agreement_waits;
use crate::engagements::events::EngagementCorrected;
use crate::engagements::rules::steps::Step;
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{change, places, points, workers};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::ActiveModel;

/// Characters of a reason at most.
const REASON: usize = 300;

kernel::refusals! {
    /// Why a no-show was not put right (不予更正未到岗).
    pub CorrectNoShow => CorrectNoShowReason, CorrectNoShowRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It is no no-show.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，没有未到岗登记需要更正。" / "It is {status_en}; there is no no-show to put right.",
        /// No reason, or a long one.
        ReasonMissing { limit: usize } @ "reason":
            "请写明更正理由（如何核实其到岗），不超过 {limit} 个字。" /
            "Say why, and how it was found that the worker was there, in at most {limit} characters.",
        /// The worker let go of it.
        WorkerGone @ "id":
            "该零工已删除这条履历，无法更正；工资问题请按线下证据处理。" /
            "The worker deleted this record, so it cannot be put right; settle the wage by what was written elsewhere.",
        /// The worker was taken again for the shift.
        TakenAgain @ "id":
            "该零工在同一班次另有一条对接，请在那一条上登记到岗和工资。" /
            "The worker has another engagement of this shift; record arrival and pay there.",
        /// The written agreement is not accepted by both.
        AgreementMissing @ "id":
            "超龄劳动者须先由双方确认书面用工协议（第56号令第六条），才能更正为到岗。" /
            "Both sides accept the written agreement for over-age workers first (Order 56, art 6), then it is put right.",
    }
}

/// Puts a recorded no-show right (更正未到岗): the staff does, with the reason, and never the hiring party.
pub async fn correct_no_show(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<CorrectNoShow>> {
    ctx.transact_once(&policy::ARRIVE, once, |tx| async move {
        workers::hold_of(&tx, id).await?;
        let (deal, _) = deal::held_for(&tx, &policy::ARRIVE, id, &[Side::Staff]).await?;
        if deal.row.version != version {
            return Err(Stop::Refused(CorrectNoShow::Conflict { current: deal.row.version }));
        }
        let reason = tidy(&reason);
        if !(1..=REASON).contains(&reason.chars().count()) {
            return Err(Stop::Refused(CorrectNoShow::ReasonMissing { limit: REASON }));
        }
        if let Some(worker) = &deal.worker {
            tx.note_about(worker.citizen_id, "reason", reason);
        }
        correct(&tx, &deal).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}

/// Writes that the worker of an engagement was there after all; the transaction holds the worker, then the engagement. While the shift
/// runs that is an arrival; once it is over the work is done since its end, and the wage falls due as if nobody had said otherwise. The
/// points are lifted and what was disputed about it is settled. Whoever worked is counted and paid, also where the place was given to
/// another meanwhile or the worker had work elsewhere: what happened is written down, and no place is promised by it.
pub(in crate::engagements) async fn correct(tx: &Tx, deal: &Deal) -> Result<(), Stop<CorrectNoShow>> {
    let row = &deal.row;
    let over = tx.ctx().now() >= row.ends_at;
    let Some(step) = change::step(row, if over { Step::Worked } else { Step::There }, tx.ctx().now()) else {
        let title = row.status.title();
        let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
        return Err(Stop::Refused(CorrectNoShow::NotFromHere { status_zh, status_en }));
    };
    let Some(worker) = row.worker_id else { return Err(Stop::Refused(CorrectNoShow::WorkerGone)) };
    if workers::has_another(tx, worker, row).await? {
        return Err(Stop::Refused(CorrectNoShow::TakenAgain));
    }
    if !over && agreement_waits(tx, row.id).await? {
        return Err(Stop::Refused(CorrectNoShow::AgreementMissing));
    }
    let step = if over {
        let completed = change::completed(deal, Some(Side::Staff), row.ends_at, step);
        ActiveModel { completed_at: Set(Some(row.ends_at)), ..completed }
    } else {
        ActiveModel { arrived_by: Set(Some(Side::Staff)), ..step }
    };
    let corrected = ActiveModel { ended_at: Set(None), end_reason: Set(None), ..step };
    change::write(tx, row, change::settled(corrected)).await?;
    points::lift(tx, (worker, row.id)).await?;
    places::count_in(tx, &deal.shift).await?;
    workers::given(tx, &[worker]).await?;
    tx.announce(&EngagementCorrected { id: row.id })?;
    Ok(())
}
