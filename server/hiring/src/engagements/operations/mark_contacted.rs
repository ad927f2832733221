//! Saying that the two sides talk (登记联系).

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use crate::engagements::rules::steps::Step;
use crate::engagements::store::{change, deal};
use crate::kinds::Side;
use crate::policy;

kernel::refusals! {
    /// Why it was not marked (不予登记联系).
    pub MarkContacted => MarkContactedReason, MarkContactedRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不需要登记联系。" / "It is {status_en}; there is nothing to mark.",
    }
}

/// Says that the hiring party has talked to the worker (登记联系).
pub async fn mark_contacted(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<MarkContacted>> {
    ctx.transact_once(&policy::CONFIRM, once, |tx| async move {
        let (deal, _) = deal::held_for(&tx, &policy::CONFIRM, id, &[Side::Party, Side::Staff]).await?;
        if deal.row.version != version {
            return Err(Stop::Refused(MarkContacted::Conflict { current: deal.row.version }));
        }
        let Some(step) = change::step(&deal.row, Step::Contact, tx.ctx().now()) else {
            let title = deal.row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(MarkContacted::NotFromHere { status_zh, status_en }));
        };
        change::write(&tx, &deal.row, step).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
