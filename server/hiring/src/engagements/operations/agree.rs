//! Agreeing by word (谈妥).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::rules::steps::{Step, after};
use crate::engagements::store::{change, deal};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement::ActiveModel;

kernel::refusals! {
    /// Why an agreement was not written down (不予登记谈妥).
    pub AgreeEngagement => AgreeEngagementReason, AgreeEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”，不能登记谈妥。" / "It is {status_en}; there is nothing to agree on.",
        /// This side has agreed already.
        AlreadyAgreed @ "id": "您已表示谈妥，请等待对方回应。" / "Your side has agreed already; wait for the other.",
    }
}

/// Says that one's side agrees (谈妥): once both have, the engagement is agreed. At a counter the staff says it for both.
pub async fn agree_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<AgreeEngagement>> {
    ctx.transact_once(&policy::TALK, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::TALK, id, &Side::ALL).await?;
        let (row, now) = (&deal.row, tx.ctx().now());
        if row.version != version {
            return Err(Stop::Refused(AgreeEngagement::Conflict { current: row.version }));
        }
        if after(row.status, Step::Agree).is_none() {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(AgreeEngagement::NotFromHere { status_zh, status_en }));
        }
        let change = match row.agreed_first {
            Some(first) if first == side => return Err(Stop::Refused(AgreeEngagement::AlreadyAgreed)),
            None if side != Side::Staff => ActiveModel {
                agreed_first: Set(Some(side)),
                // Who says yes has talked.
                status: Set(EngagementStatus::Contacted),
                contacted_at: Set(Some(row.contacted_at.unwrap_or(now))),
                ..ActiveModel::default()
            },
            _ => ActiveModel {
                contacted_at: Set(Some(row.contacted_at.unwrap_or(now))),
                ..change::step(row, Step::Agree, now).unwrap_or_default()
            },
        };
        change::write(&tx, row, change).await?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
