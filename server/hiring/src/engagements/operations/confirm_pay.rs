//! Saying what was paid (确认收款): paid is what the worker says.

use chrono::{DateTime, Utc};
use kernel::{Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use uuid::Uuid;

use crate::engagements::events::{EngagementPaid, EngagementUnpaid};
use crate::engagements::rules::pay::{self, Confirmed};
use crate::engagements::rules::steps::{Step, after};
use crate::engagements::store::change;
use crate::engagements::store::deal::{self, Deal};
use crate::kinds::{EngagementStatus, Side};
use crate::policy;
use crate::rows::engagement::{ActiveModel, Model};

/// No shift is paid with more: a million yuan, in fen.
pub(super) const MOST: i64 = 100_000_000;

macro_rules! answers {
    ($(#[$doc:meta])* $name:ident => $reason:ident, $codes:ident) => {
        kernel::refusals! {
            $(#[$doc])*
            pub $name => $reason, $codes {
                /// Someone else changed it.
                Conflict { current: i32 } @ "version":
                    "该对接已有变化（现为第 {current} 版），请刷新后再试。" /
                    "This engagement has changed (now version {current}); reload and try again.",
                /// It stands elsewhere.
                NotFromHere { status_zh: String, status_en: String } @ "id":
                    "当前状态为“{status_zh}”；完工以后才能确认收款，确认后7天内可以更正。" /
                    "It is {status_en}; pay is confirmed once the work is done, and corrected within seven days.",
                /// A sum that cannot be.
                Sum @ "paidFen": "金额应在0到100万元之间。" / "The sum is between nothing and a million yuan.",
            }
        }

        impl From<Not> for $name {
            fn from(not: Not) -> Self {
                match not {
                    Not::Conflict(current) => Self::Conflict { current },
                    Not::FromHere(title) => {
                        Self::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() }
                    }
                    Not::Sum => Self::Sum,
                }
            }
        }
    };
}
pub(super) use answers;

/// Why an answer is not taken.
pub(super) enum Not {
    /// Someone else changed it.
    Conflict(i32),
    /// It stands elsewhere.
    FromHere(kernel::Text),
    /// A sum that cannot be.
    Sum,
}

answers! {
    /// Why a payment was not confirmed (不予确认收款).
    ConfirmPay => ConfirmPayReason, ConfirmPayRefusalCode
}

/// Says what was paid (确认收款): the worker, for itself. Nothing is an answer too. Less than agreed raises the early warning once the
/// wage is due. What was said is corrected in the same way within a week, and later where the rest came. So is an allowance for a
/// place that was cancelled late.
pub async fn confirm_pay(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    paid_fen: i64,
    once: Option<Once>,
) -> Result<Outcome, Stop<ConfirmPay>> {
    ctx.transact_once(&policy::CONFIRM_PAY, once, |tx| async move {
        let (deal, _) = deal::held_for(&tx, &policy::CONFIRM_PAY, id, &[Side::Worker]).await?;
        decide(&deal, version, paid_fen, tx.ctx().now()).map_err(|not| Stop::Refused(not.into()))?;
        Ok(settle(&tx, &deal, paid_fen).await?)
    })
    .await
}

pub(super) fn decide(deal: &Deal, version: i32, paid_fen: i64, now: DateTime<Utc>) -> Result<(), Not> {
    if deal.row.version != version {
        return Err(Not::Conflict(deal.row.version));
    }
    let first = after(deal.row.status, Step::Pay).is_some() || waits_for_an_allowance(&deal.row);
    if !first && !is_correction(&deal.row, paid_fen, now) {
        return Err(Not::FromHere(deal.row.status.title()));
    }
    if (0..=MOST).contains(&paid_fen) { Ok(()) } else { Err(Not::Sum) }
}

/// Does the hiring party owe an allowance of which nobody said that it was paid?
fn waits_for_an_allowance(row: &Model) -> bool {
    row.status == EngagementStatus::CancelledByParty && row.allowance_fen.is_some() && row.paid_at.is_none()
}

/// Is there another sum that this one may stand instead of?
fn is_correction(row: &Model, paid_fen: i64, now: DateTime<Utc>) -> bool {
    let said = row.paid_at.map(|at| Confirmed { at, to_get: pay::to_get(row), paid: row.paid_fen });
    said.is_some_and(|said| said.may_become(paid_fen, now))
}

/// Writes what the worker says was paid. A difference from what it was to get is kept; what is less is warned of once it is due.
pub(in crate::engagements) async fn settle(tx: &Tx, deal: &Deal, paid_fen: i64) -> Result<Outcome, Fault> {
    let (row, now) = (&deal.row, tx.ctx().now());
    tx.note("paid_fen", paid_fen);
    if let Some(was) = row.paid_fen {
        tx.note("was_fen", was);
    }
    let due = row.pay_due_at.is_some_and(|at| at <= now);
    let less = paid_fen == 0 || pay::is_short(pay::to_get(row), Some(paid_fen));
    let warns = due && less && row.warned_at.is_none();
    let warned_at = if warns { Some(now) } else { row.warned_at };
    let change =
        ActiveModel { paid_fen: Set(Some(paid_fen)), warned_at: Set(warned_at), ..becomes(row, paid_fen, now)? };
    change::write(tx, row, change).await?;
    if warns {
        tx.announce(&EngagementUnpaid { id: row.id })?;
    }
    if paid_fen > 0 {
        tx.announce(&EngagementPaid { id: row.id })?;
    }
    Ok(Outcome::of("Engagement", row.id, row.version + 1))
}

/// What it becomes by a sum: paid by the first that is more than nothing, and done again where it was nothing after all.
fn becomes(row: &Model, paid_fen: i64, now: DateTime<Utc>) -> Result<ActiveModel, Fault> {
    let step = |taken: Step| change::step(row, taken, now).ok_or(Fault::internal("confirm a payment"));
    Ok(match (row.status, paid_fen) {
        // It was done when it was.
        (EngagementStatus::Paid, 0) => ActiveModel { completed_at: NotSet, paid_at: Set(None), ..step(Step::Unpay)? },
        // The place stays cancelled: what was paid for it is the allowance.
        (EngagementStatus::CancelledByParty, _) => {
            ActiveModel { paid_at: Set(row.paid_at.or(Some(now)).filter(|_| paid_fen > 0)), ..ActiveModel::default() }
        }
        (EngagementStatus::Paid, _) | (_, 0) => ActiveModel::default(),
        _ => step(Step::Pay)?,
    })
}
