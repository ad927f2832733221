//! Recording that nobody came (登记未到岗).

use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::confirm::offer_of;
use crate::engagements::events::EngagementNoShow;
use crate::engagements::kinds::PointReason;
use crate::engagements::rules::cancel;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::steps::Step;
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{change, hire_rules, points, standby, workers};
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::ActiveModel;

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
/// expire and can be appealed. Whoever was entered by the hiring party had promised nothing, and gets none. Once the clock counted it
/// as done only the staff does so, where no arrival was recorded: the hiring party had its time, and disputes it.
pub async fn record_no_show(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordNoShow>> {
    ctx.transact_once(&policy::ARRIVE, once, |tx| async move {
        workers::hold_of(&tx, id).await?;
        let (deal, side) = deal::held_for(&tx, &policy::ARRIVE, id, &[Side::Party, Side::Staff]).await?;
        let (row, now) = (&deal.row, tx.ctx().now());
        if row.version != version {
            return Err(Stop::Refused(RecordNoShow::Conflict { current: row.version }));
        }
        let found = side == Side::Staff && deal.is_unseen();
        let step = if found { Step::Absent } else { Step::NoShow };
        let Some(step) = change::step(row, step, now) else {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(RecordNoShow::NotFromHere { status_zh, status_en }));
        };
        let rules = hire_rules::read(&tx).await?;
        if !cancel::may_be_no_show(&rules, row.starts_at, now) {
            return Err(Stop::Refused(RecordNoShow::TooEarly { minutes: rules.no_show_minutes }));
        }
        let given = if row.entered_by == Side::Party { 0 } else { rules.no_show_points };
        write(&tx, &deal, step, &rules, given).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}

/// Writes that the worker says itself that it did not come (本人说明未到岗): nothing is owed, and there are no points for being honest.
pub(super) async fn not_there(tx: &Tx, deal: &Deal) -> Result<(), Fault> {
    let step = change::step(&deal.row, Step::Absent, tx.ctx().now());
    let rules = hire_rules::read(tx).await?;
    write(tx, deal, step.ok_or(Fault::internal("record that nobody came"))?, &rules, 0).await
}

/// Writes that nobody came, gives so many points, and passes the place on: no work was done, so nothing is due.
async fn write(tx: &Tx, deal: &Deal, step: ActiveModel, rules: &HireRules, given: i32) -> Result<(), Fault> {
    let id = deal.row.id;
    let change = ActiveModel {
        end_reason: Set(Some(PointReason::NoShow.code().to_owned())),
        completed_at: Set(None),
        pay_due_at: Set(None),
        warned_at: Set(None),
        ..step
    };
    change::write(tx, &deal.row, change).await?;
    if let Some(worker) = deal.row.worker_id {
        points::give(tx, rules, (worker, id), given, PointReason::NoShow).await?;
    }
    standby::give_up(tx, &offer_of(deal), rules).await?;
    tx.announce(&EngagementNoShow { id })
}
