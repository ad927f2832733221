//! Disputing what the other side said (提出异议).

use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Pii, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::events::EngagementDisputed;
use crate::engagements::store::{change, deal};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement::ActiveModel;

/// Characters of what is disputed.
const LIMIT: usize = 500;

kernel::refusals! {
    /// Why a dispute was not taken (不予受理异议).
    pub DisputeEngagement => DisputeEngagementReason, DisputeEngagementRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
            "This engagement has changed (now version {current}); reload and try again.",
        /// It stands elsewhere.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "当前状态为“{status_zh}”；到岗以后才能提出异议，没有到岗记录的，收工后由零工本人提出，用工方取消的由零工一方提出；此前请办理取消。" /
            "It is {status_en}; disputes are about work that began. Without an arrival the worker raises one once the shift is over, and of a cancellation by the hiring party the worker's side. Before that, cancel it.",
        /// Disputed already.
        AlreadyDisputed @ "id": "该对接已有异议，正在处理；可到市场窗口补充说明。" / "It is disputed already; add what you have to say at the market's counter.",
        /// No words, or too many.
        Length { limit: usize } @ "words": "请说明异议内容，不超过 {limit} 个字。" / "Say what is disputed, in at most {limit} characters.",
    }
}

/// Disputes what the other side said of arrival, work, pay or a cancellation (提出异议). The time to pay runs on; the market's staff looks
/// into it.
pub async fn dispute_engagement(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    words: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<DisputeEngagement>> {
    ctx.transact_once(&policy::COMPLETE, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::COMPLETE, id, &Side::ALL).await?;
        let (ctx, row) = (tx.ctx(), &deal.row);
        if row.version != version {
            return Err(Stop::Refused(DisputeEngagement::Conflict { current: row.version }));
        }
        let begun =
            [EngagementStatus::Arrived, EngagementStatus::Completed, EngagementStatus::Paid, EngagementStatus::NoShow];
        // The code may have been kept from whoever was there.
        let unseen = row.status == EngagementStatus::Confirmed && side == Side::Worker && ctx.now() >= row.ends_at;
        let sent_away = row.status == EngagementStatus::CancelledByParty && side != Side::Party;
        if !unseen && !sent_away && !begun.contains(&row.status) {
            let title = row.status.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            return Err(Stop::Refused(DisputeEngagement::NotFromHere { status_zh, status_en }));
        }
        if row.disputed_at.is_some() {
            return Err(Stop::Refused(DisputeEngagement::AlreadyDisputed));
        }
        let words = text::tidy(&words);
        if words.is_empty() || words.chars().count() > LIMIT {
            return Err(Stop::Refused(DisputeEngagement::Length { limit: LIMIT }));
        }
        let sealed = ctx.keys().await?.seal("engagement", "dispute_words", id, &Pii::new(words))?;
        let change = ActiveModel {
            disputed_by: Set(Some(side)),
            disputed_at: Set(Some(ctx.now())),
            dispute_words: Set(Some(sealed)),
            ..ActiveModel::default()
        };
        change::write(&tx, row, change).await?;
        tx.announce(&EngagementDisputed { id })?;
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}
