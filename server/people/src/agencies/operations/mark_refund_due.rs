//! Marking a fee as due to be paid back (标记应退费): the placement failed (就业服务与就业管理规定 第五十五条).

use kernel::{Ctx, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::agencies::policy;
use crate::agencies::rows::fee_receipt::{self, Column};
use crate::agencies::rules::fees::{self, Barred};
use crate::agencies::rules::identity::{PROSE, prose};
use crate::agencies::store;

kernel::refusals! {
    /// Why a fee was not marked as due (不予标记应退费).
    pub MarkRefundDue => MarkRefundDueReason, MarkRefundDueRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该凭证已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this receipt (now version {current}); reload and try again.",
        /// It is due already.
        AlreadyDue @ "id": "该笔费用已标记应退，请办理退费。" / "It is due to be paid back already; pay it back.",
        /// It was paid back.
        AlreadyRefunded @ "id": "该笔费用已经退还。" / "It was paid back already.",
        /// A day before the receipt, or to come.
        Day @ "failedOn": "介绍失败日期应不早于开具日期，且不晚于今天。" / "The placement failed between the day of the receipt and today.",
        /// No reason.
        ReasonMissing { limit: usize } @ "reason": "请填写介绍失败的原因，不超过 {limit} 个字。" / "Say how the placement failed, in at most {limit} characters.",
    }
}

/// Marks a fee as due to be paid back, because the placement failed (标记应退费).
pub async fn mark_refund_due(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    failed_on: chrono::NaiveDate,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<MarkRefundDue>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = held(&tx, id).await?;
        if row.version != version {
            return Err(Stop::Refused(MarkRefundDue::Conflict { current: row.version }));
        }
        let may = fees::due(row.issued_on, row.failed_on, row.refunded_on, failed_on, tx.ctx().today());
        may.map_err(|barred| {
            Stop::Refused(match barred {
                Barred::DueAlready | Barred::NotDue => MarkRefundDue::AlreadyDue,
                Barred::PaidBack => MarkRefundDue::AlreadyRefunded,
                Barred::Day => MarkRefundDue::Day,
            })
        })?;
        let reason = prose(&reason, PROSE).ok_or(Stop::Refused(MarkRefundDue::ReasonMissing { limit: PROSE }))?;
        let change = fee_receipt::ActiveModel {
            version: Set(version + 1),
            failed_on: Set(Some(failed_on)),
            failed_reason: Set(Some(reason)),
            ..fee_receipt::ActiveModel::default()
        };
        fee_receipt::Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(&tx).await?;
        Ok(Outcome::of("FeeReceipt", id, version + 1))
    })
    .await
}

/// A receipt of an agency that the actor keeps; the agency is held, and the receipt read after that.
pub(super) async fn held(tx: &Tx, id: Uuid) -> Result<fee_receipt::Model, kernel::Fault> {
    let of: Option<Uuid> =
        fee_receipt::Entity::find_by_id(id).select_only().column(Column::AgencyId).into_tuple().one(tx).await?;
    store::hold(tx, &policy::KEEP, of.ok_or(kernel::Fault::NotFound)?).await?;
    fee_receipt::Entity::find_by_id(id).one(tx).await?.ok_or(kernel::Fault::NotFound)
}
