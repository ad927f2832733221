//! Declining an application (不予录用).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::events::EngagementDeclined;
use crate::engagements::rules::steps::Step;
use crate::engagements::store::{change, deal};
use crate::kinds::Side;
use crate::policy;

kernel::refusals! {
    /// Why an application was not declined (不能登记未录用).
    pub DeclineEngagement => DeclineEngagementReason, DeclineEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”；已确认的请办理取消。" / "It is {status_en}; what is confirmed is cancelled instead.",
    }
}

/// Declines an application (不予录用): the worker hears of it and is free for other work.
pub async fn decline_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<DeclineEngagement>> {
    ctx.transact_once(&policy::CONFIRM, once, |tx| async move {
        let (deal, _) = deal::held_for(&tx, &policy::CONFIRM, id, &[Side::Party, Side::Staff]).await?;
        if deal.row.version != version {
            return Err(Stop::Refused(DeclineEngagement::Conflict { current: deal.row.version }));
        }
        let Some(mut step) = change::step(&deal.row, Step::Decline, tx.ctx().now()) else {
            let title = deal.row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(DeclineEngagement::NotFromHere { status_zh, status_en }));
        };
        step.end_reason = Set(Some("DECLINED".to_owned()));
        change::write(&tx, &deal.row, step).await?;
        tx.announce(&EngagementDeclined { id })?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
