//! Marking a fee as paid back (登记退费).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::mark_refund_due::held;
use crate::agencies::policy;
use crate::agencies::rows::fee_receipt::{self, Column};
use crate::agencies::rules::fees::{self, Barred};

kernel::refusals! {
    /// Why a fee was not marked as paid back (不予登记退费).
    pub MarkRefunded => MarkRefundedReason, MarkRefundedRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该凭证已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this receipt (now version {current}); reload and try again.",
        /// Nobody said that the placement failed.
        NotDue @ "id": "该笔费用尚未标记应退，请先标记介绍失败。" / "It is not due to be paid back; say first that the placement failed.",
        /// It was paid back.
        AlreadyRefunded @ "id": "该笔费用已经退还。" / "It was paid back already.",
        /// A day before it was due, or to come.
        Day @ "refundedOn": "退费日期应不早于介绍失败日期，且不晚于今天。" / "It is paid back between the day the placement failed and today.",
    }
}

/// Marks a fee as paid back (登记退费).
pub async fn mark_refunded(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    refunded_on: chrono::NaiveDate,
    once: Option<Once>,
) -> Result<Outcome, Stop<MarkRefunded>> {
    ctx.transact_once(&policy::KEEP, once, |tx| async move {
        let row = held(&tx, id).await?;
        if row.version != version {
            return Err(Stop::Refused(MarkRefunded::Conflict { current: row.version }));
        }
        fees::paid_back(row.failed_on, row.refunded_on, refunded_on, tx.ctx().today()).map_err(|barred| {
            Stop::Refused(match barred {
                Barred::NotDue | Barred::DueAlready => MarkRefunded::NotDue,
                Barred::PaidBack => MarkRefunded::AlreadyRefunded,
                Barred::Day => MarkRefunded::Day,
            })
        })?;
        let change = fee_receipt::ActiveModel {
            version: Set(version + 1),
            refunded_on: Set(Some(refunded_on)),
            ..fee_receipt::ActiveModel::default()
        };
        fee_receipt::Entity::update_many().set(change).filter(Column::Id.eq(id)).exec(&tx).await?;
        Ok(Outcome::of("FeeReceipt", id, version + 1))
    })
    .await
}
