//! Saying that the work is done (登记完工).

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use crate::engagements::events::EngagementCompleted;
use crate::engagements::rules::steps::Step;
use crate::engagements::store::{change, deal};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;

kernel::refusals! {
    /// Why the work was not taken as done (不予登记完工).
    pub CompleteEngagement => CompleteEngagementReason, CompleteEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能登记完工；请先登记到岗。没有到岗记录的，收工后由零工本人登记完工。" /
            "It is {status_en}; record the arrival first. Without one the worker says that the work is done once the shift is over.",
        /// Before the start.
        NotBegun @ "id": "还没到开工时间，不能登记完工。" / "The shift has not begun; the work cannot be done.",
    }
}

/// Says that the work is done (登记完工): either side may, and the other may dispute it. From here runs the time to pay. Where nobody
/// recorded the arrival the worker alone may, once the shift is over: the code may have been kept from it.
pub async fn complete_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<CompleteEngagement>> {
    ctx.transact_once(&policy::COMPLETE, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::COMPLETE, id, &Side::ALL).await?;
        let now = tx.ctx().now();
        if deal.row.version != version {
            return Err(Stop::Refused(CompleteEngagement::Conflict { current: deal.row.version }));
        }
        let unseen = deal.row.status == EngagementStatus::Confirmed;
        let may = !unseen || (side == Side::Worker && now >= deal.row.ends_at);
        let Some(step) = change::step(&deal.row, Step::Complete, now).filter(|_| may) else {
            let title = deal.row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(CompleteEngagement::NotFromHere { status_zh, status_en }));
        };
        if now < deal.row.starts_at {
            return Err(Stop::Refused(CompleteEngagement::NotBegun));
        }
        change::write(&tx, &deal.row, change::completed(&deal, Some(side), now, step)).await?;
        tx.announce(&EngagementCompleted { id })?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
