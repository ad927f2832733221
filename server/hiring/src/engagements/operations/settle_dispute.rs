//! Settling a dispute (异议处理完毕): whoever raised it takes it back, or the market's staff says what it found.

use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::engagements::events::EngagementSettled;
use crate::engagements::kinds::DisputeOutcome;
use crate::engagements::store::{change, deal, talks};
use crate::engagements::texts;
use crate::kinds::Side;
use crate::policy;
use crate::rows::engagement::{ActiveModel, Model};

/// Characters of what was found.
const LIMIT: usize = 500;

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
        /// The staff did not say what came of it.
        OutcomeMissing @ "outcome": "请选择异议的处理结果。" / "Choose what came of the dispute.",
        /// The staff did not say why, or said too much.
        Length { limit: usize } @ "words":
            "请写明处理意见，不超过 {limit} 个字，双方都会看到。" /
            "Say what was found, in at most {limit} characters; both sides read it.",
    }
}

/// What the staff found (处理意见).
#[derive(Clone, Debug)]
pub struct Finding {
    /// What came of it.
    pub outcome: Option<DisputeOutcome>,
    /// Why, for both sides to read.
    pub words: Option<String>,
}

/// Says that a dispute is settled (异议处理完毕). What the staff found stands among the messages, where both sides read it; whoever
/// raised it and takes it back owes nobody a reason.
pub async fn settle_dispute(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    found: Finding,
    once: Option<Once>,
) -> Result<Outcome, Stop<SettleDispute>> {
    ctx.transact_once(&policy::COMPLETE, once, |tx| async move {
        let (deal, side) = deal::held_for(&tx, &policy::COMPLETE, id, &Side::ALL).await?;
        let (raised_by, outcome, words) = decide(&deal.row, side, version, &found).map_err(Stop::Refused)?;
        tx.note("raised_by", raised_by.code());
        tx.note("outcome", outcome.code());
        let change = ActiveModel {
            disputed_by: Set(None),
            disputed_at: Set(None),
            dispute_words: Set(None),
            ..ActiveModel::default()
        };
        change::write(&tx, &deal.row, change).await?;
        if let Some(words) = words {
            talks::say(&tx, id, side, texts::finding(tx.ctx().lang(), outcome, &words)).await?;
            tx.announce(&EngagementSettled { id })?;
        }
        Ok(Outcome::of("Engagement", id, version + 1))
    })
    .await
}

/// Who raised it, what came of it, and what both sides are to read.
fn decide(
    row: &Model,
    side: Side,
    version: i32,
    found: &Finding,
) -> Result<(Side, DisputeOutcome, Option<String>), SettleDispute> {
    if row.version != version {
        return Err(SettleDispute::Conflict { current: row.version });
    }
    let raised_by = row.disputed_by.ok_or(SettleDispute::NotDisputed)?;
    if side != Side::Staff {
        let own = raised_by == side;
        return if own { Ok((raised_by, DisputeOutcome::Withdrawn, None)) } else { Err(SettleDispute::NotYours) };
    }
    let outcome = found.outcome.ok_or(SettleDispute::OutcomeMissing)?;
    let words = text::tidy(found.words.as_deref().unwrap_or_default());
    if words.is_empty() || words.chars().count() > LIMIT {
        return Err(SettleDispute::Length { limit: LIMIT });
    }
    Ok((raised_by, outcome, Some(words)))
}
