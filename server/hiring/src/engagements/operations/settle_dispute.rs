//! Settling a dispute (异议处理完毕): by whoever raised it, or by the market's staff.

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::store::{change, deal};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::ActiveModel;

kernel::refusals! {
    /// Why a dispute was not settled (不能结束异议).
    pub SettleDispute => SettleDisputeReason, SettleDisputeRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// Not disputed.
        NotDisputed @ "id": "该对接没有未了结的异议。" / "Nothing of it is disputed.",
        /// Raised by the other side.
        NotYours @ "id": "异议由对方提出，须由对方撤回或市场工作人员处理。" / "The other side raised it; that side or the market's staff settles it.",
    }
}

/// Says that a dispute is settled (异议处理完毕).
pub async fn settle_dispute(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<SettleDispute>> {
    ctx.transact_once(&policy::COMPLETE, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::COMPLETE, id, &Side::ALL).await?;
        let row = &deal.row;
        if row.version != version {
            return Err(Stop::Refused(SettleDispute::Conflict { current: row.version }));
        }
        match row.disputed_by {
            None => return Err(Stop::Refused(SettleDispute::NotDisputed)),
            Some(by) if side != Side::Staff && by != side => return Err(Stop::Refused(SettleDispute::NotYours)),
            Some(by) => tx.note("raised_by", by.code()),
        }
        let change = ActiveModel {
            disputed_by: Set(None),
            disputed_at: Set(None),
            dispute_words: Set(None),
            ..ActiveModel::default()
        };
        change::write(&tx, row, change).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
