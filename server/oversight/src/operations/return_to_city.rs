//! Sending back (退回): the province returns what a city handed in, with a reason; the city learns it from the outbox.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::rows::platform_return::{self, ActiveModel};
use crate::rules::returns::ReturnStatus;
use crate::{policy, queries, rules};

kernel::refusals! {
    /// Why a return was not sent back (不予退回).
    pub ReturnToCity => ReturnToCityReason, ReturnToCityRefusalCode {
        /// It was returned.
        AlreadyReturned: "该市的报送已退回，请等待其重新报送。" / "It was returned already; wait for the city to submit again.",
        /// It was accepted.
        AlreadyAccepted: "该市的报送已接收，不能退回。" / "It was accepted and cannot be returned.",
        /// No reason.
        ReasonMissing @ "reason": "请填写退回原因，并一次性列明需要更正的全部内容。" / "Enter the reason, and list everything that must be corrected.",
        /// Too long a reason.
        ReasonTooLong { most: usize } @ "reason": "退回原因不能超过{most}个字。" / "The reason has at most {most} characters.",
        /// Somebody was faster.
        Conflict { current: i32 } @ "version": "该报送刚被他人处理（现为第{current}版），请刷新后再试。" / "Someone else has just decided on it (now version {current}); reload and try again.",
    }
}

/// Sends a city's return back.
pub async fn return_to_city(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<ReturnToCity>> {
    ctx.transact_once(&policy::PROVINCE_RETURN, once, |tx| async move {
        if !tx.ctx().tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.about("ProvinceReturn", id);
        tx.authorize(&policy::PROVINCE_RETURN, &Place::city()).await?;
        let row = platform_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;

        let status = queries::province::status_of(&row)?;
        let reason = rules::province::send_back(status, &reason).map_err(Stop::Refused)?;
        if row.version != version {
            return Err(Stop::Refused(ReturnToCity::Conflict { current: row.version }));
        }

        let change = ActiveModel {
            status: Set(ReturnStatus::Returned.name().to_owned()),
            decided_at: Set(Some(tx.ctx().now())),
            returned_reason: Set(Some(reason)),
            ..Default::default()
        };
        if !super::accept_return::decide(&tx, &row, change).await? {
            return Err(Stop::Refused(ReturnToCity::Conflict { current: row.version + 1 }));
        }
        let done = Outcome::of("ProvinceReturn", id, row.version + 1);
        tx.announce(&super::accept_return::decision(row, false))?;
        Ok(done)
    })
    .await
}
