//! Settling a dispute (异议处理完毕): whoever raised it takes it back, or the market's staff says what it found and, where it was
//! recorded wrongly, puts it right.

use kernel::refusal::Refusal as _;
use kernel::sheet::text;
use kernel::{Ctx, Lang, Once, Outcome, Stop, Tx};
use uuid::Uuid;

use super::cancel::owed;
use super::correct_no_show::correct;
use crate::engagements::events::{EngagementCorrected, EngagementSettled};
use crate::engagements::kinds::DisputeOutcome;
use crate::engagements::store::deal::{self, Deal};
use crate::engagements::store::{change, talks, workers};
use crate::engagements::texts;
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement::{ActiveModel, Model};

/// Characters of what was found.
const LIMIT: usize = 500;

kernel::refusals! {
    /// Why a dispute was not settled (不能结束异议).
    pub SettleDispute => SettleDisputeReason, SettleDisputeRefusalCode {
        /// Somebody else was faster.
        Conflict { current: i32 } @ "version":
            "该对接已有变化（现为第 {current} 版），请刷新后再试。" / "It has changed (now version {current}); reload and try again.",
        /// Nothing is disputed.
        NotDisputed @ "id": "该对接没有未了结的异议。" / "Nothing of it is disputed.",
        /// Raised by the other side.
        NotYours @ "id": "异议由对方提出，须由对方撤回或市场工作人员处理。" / "The other side raised it; that side or the market's staff settles it.",
        /// The staff did not say what came of it.
        OutcomeMissing @ "outcome": "请选择异议的处理结果。" / "Choose what came of the dispute.",
        /// The staff did not say why, or said too much.
        Length { limit: usize } @ "words":
            "请写明处理意见，不超过 {limit} 个字，双方都会看到。" /
            "Say what was found, in at most {limit} characters; both sides read it.",
        /// What is disputed is put right elsewhere.
        NothingToCorrect { status_zh: String, status_en: String } @ "outcome":
            "当前状态为“{status_zh}”，这里没有可更正的；请在到岗、完工、工资的登记里更正，再了结异议。" /
            "It is {status_en}; nothing is put right here. Correct arrival, completion or pay where they are recorded, then settle it.",
        /// It was cancelled in time, or is owed already.
        NothingOwed @ "outcome":
            "该取消不算临时取消，或者后果已经登记，没有需要更正的。" /
            "It was cancelled in time, or what follows is recorded already; there is nothing to put right.",
        /// The no-show cannot be put right.
        NotCorrected { zh: String, en: String } @ "outcome": "不能更正：{zh}" / "It cannot be put right. {en}",
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
/// raised it and takes it back owes nobody a reason. What was recorded wrongly the staff puts right with the same word: a no-show
/// becomes work, and what a cancellation was excused from is owed.
pub async fn settle_dispute(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    found: Finding,
    once: Option<Once>,
) -> Result<Outcome, Stop<SettleDispute>> {
    ctx.transact_once(&policy::COMPLETE, once, |tx| async move {
        if found.outcome == Some(DisputeOutcome::Corrected) {
            workers::hold_of(&tx, id).await?;
        }
        let (deal, side) = deal::held_for(&tx, &policy::COMPLETE, id, &Side::ALL).await?;
        let (raised_by, outcome, words) = decide(&deal.row, side, version, &found).map_err(Stop::Refused)?;
        tx.note("raised_by", raised_by.code());
        tx.note("outcome", outcome.code());
        match outcome {
            DisputeOutcome::Corrected => put_right(&tx, &deal).await?,
            _ => change::write(&tx, &deal.row, change::settled(ActiveModel::default())).await?,
        }
        if let Some(words) = words {
            talks::say(&tx, id, side, texts::finding(tx.ctx().lang(), outcome, &words)).await?;
            // What is put right is told as what it is.
            if outcome != DisputeOutcome::Corrected {
                tx.announce(&EngagementSettled { id })?;
            }
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

/// Puts right what is disputed, as the staff found it.
async fn put_right(tx: &Tx, deal: &Deal) -> Result<(), Stop<SettleDispute>> {
    match deal.row.status {
        EngagementStatus::NoShow => {
            deal::authorize(tx, &policy::ARRIVE, deal, &[Side::Staff]).await?;
            correct(tx, deal).await.map_err(|stop| match stop {
                Stop::Refused(why) => {
                    let (zh, en) = (why.message(Lang::Zh), why.message(Lang::En));
                    Stop::Refused(SettleDispute::NotCorrected { zh, en })
                }
                Stop::Fault(fault) => Stop::Fault(fault),
            })
        }
        EngagementStatus::CancelledByParty => {
            deal::authorize(tx, &policy::CANCEL, deal, &[Side::Staff]).await?;
            let owed = owed(tx, &deal.row).await?.ok_or(Stop::Refused(SettleDispute::NothingOwed))?;
            change::write(tx, &deal.row, change::settled(owed)).await?;
            tx.announce(&EngagementCorrected { id: deal.row.id })?;
            Ok(())
        }
        other => {
            let title = other.title();
            let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
            Err(Stop::Refused(SettleDispute::NothingToCorrect { status_zh, status_en }))
        }
    }
}
