//! Recording at the counter what a worker says was paid (窗口登记收款确认).

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use super::confirm_pay::{Not, answers, decide, settle};
use crate::engagements::store::deal;
use crate::kinds::Side;
use crate::policy;

answers! {
    /// Why an answer was not recorded (不予登记收款确认).
    RecordPayAnswer => RecordPayAnswerReason, RecordPayAnswerRefusalCode
}

/// Records what the worker says was paid (窗口登记收款确认), for those who have no telephone.
pub async fn record_pay_answer(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    paid_fen: i64,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordPayAnswer>> {
    ctx.transact_once(&policy::RECORD_PAY, once, |tx| async move {
        let (deal, _) = deal::held_for(&tx, &policy::RECORD_PAY, id, &[Side::Staff]).await?;
        decide(&deal, version, paid_fen, tx.ctx().now()).map_err(|not| Stop::Refused(not.into()))?;
        Ok(settle(&tx, &deal, paid_fen).await?)
    })
    .await
}
