//! Recording that nobody came (登记未到岗).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::confirm::offer_of;
use crate::engagements::events::EngagementNoShow;
use crate::engagements::kinds::PointReason;
use crate::engagements::rules::cancel;
use crate::engagements::rules::steps::Step;
use crate::engagements::store::{change, deal, hire_rules, points, standby};
use crate::kinds::Side;
use crate::policy;

kernel::refusals! {
    /// Why it was not recorded (不予登记未到岗).
    pub RecordNoShow => RecordNoShowReason, RecordNoShowRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能登记未到岗。" / "It is {status_en}; it cannot be a no-show.",
        /// Too soon after the start.
        TooEarly { minutes: i32 } @ "id":
            "开工 {minutes} 分钟后才能登记未到岗，请先联系对方。" /
            "A no-show is recorded from {minutes} minutes after the start; call the worker first.",
    }
}

/// Records that a worker did not come (登记未到岗): the first of the stand-by list has the place, and the worker gets points that
/// expire and can be appealed. Whoever was entered by the hiring party had promised nothing, and gets none.
pub async fn record_no_show(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordNoShow>> {
    ctx.transact_once(&policy::ARRIVE, once, |tx| async move {
        let (deal, _) = deal::held_for(&tx, &policy::ARRIVE, id, &[Side::Party, Side::Staff]).await?;
        let (row, now) = (&deal.row, tx.ctx().now());
        if row.version != version {
            return Err(Stop::Refused(RecordNoShow::Conflict { current: row.version }));
        }
        let Some(mut step) = change::step(row, Step::NoShow, now) else {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(RecordNoShow::NotFromHere { status_zh, status_en }));
        };
        let rules = hire_rules::read(&tx).await?;
        if !cancel::may_be_no_show(&rules, row.starts_at, now) {
            return Err(Stop::Refused(RecordNoShow::TooEarly { minutes: rules.no_show_minutes }));
        }
        step.end_reason = Set(Some(PointReason::NoShow.code().to_owned()));
        change::write(&tx, row, step).await?;
        if let Some(worker) = row.worker_id.filter(|_| row.entered_by != Side::Party) {
            points::give(&tx, &rules, (worker, id), rules.no_show_points, PointReason::NoShow).await?;
        }
        standby::give_up(&tx, &offer_of(&deal), &rules).await?;
        tx.announce(&EngagementNoShow { id })?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
