//! Unfreezing (解除冻结): before it is submitted, a snapshot can be taken back, with a reason. It keeps its number.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::{EntityTrait as _, Set};
use uuid::Uuid;

use crate::rows::directory_return::{self, ActiveModel};
use crate::{policy, records, rules};

kernel::refusals! {
    /// Why a return was not unfrozen (不予解除冻结).
    pub UnfreezeReturn => UnfreezeReturnReason, UnfreezeReturnRefusalCode {
        /// The province has no directory of its own.
        NotACity: "省级平台没有名录可填报，请在所在市办理。" / "The province has no directory of its own; do this in a city.",
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该填报已被他人更改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this return (now version {current}); reload and try again.",
        /// It is not frozen.
        NotFrozen: "该年度名录没有冻结，无需解除。" / "It is not frozen; there is nothing to undo.",
        /// It was submitted.
        AlreadySubmitted: "该年度名录已报送，不能解除冻结；如需更正，请联系省级退回。" / "It was submitted and cannot be unfrozen; ask the province to return it.",
        /// It was accepted.
        AlreadyAccepted: "该年度名录省级已接收，不能再更改。" / "The province has accepted it; it cannot be changed any more.",
        /// No reason.
        ReasonMissing @ "reason": "请填写解除冻结的原因。" / "Enter the reason for unfreezing.",
        /// Too long a reason.
        ReasonTooLong { most: usize } @ "reason": "原因不能超过{most}个字。" / "The reason has at most {most} characters.",
    }
}

/// Takes a snapshot back. The return falls back to open, or to returned where the province waits for a correction.
pub async fn unfreeze_return(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<UnfreezeReturn>> {
    ctx.transact_once(&policy::UNFREEZE, once, |tx| async move {
        if tx.ctx().tenant().is_platform() {
            return Err(Stop::Refused(UnfreezeReturn::NotACity));
        }
        tx.about("DirectoryReturn", id);
        tx.authorize(&policy::UNFREEZE, &Place::city()).await?;
        let row = directory_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;

        let standing = records::standing(&row)?;
        let (back, reason) = rules::returns::unfreeze(&standing, version, &reason).map_err(Stop::Refused)?;

        let change = ActiveModel { status: Set(back.name().to_owned()), frozen_at: Set(None), ..Default::default() };
        if !records::change(&tx, &row, change).await? {
            return Err(Stop::Refused(UnfreezeReturn::Conflict { current: row.version + 1 }));
        }
        tx.note("year", row.year);
        tx.note("versionNo", row.version_no);
        records::log(&tx, id, "UNFROZEN", row.version_no, Some(reason)).await?;
        Ok(Outcome::of("DirectoryReturn", id, row.version + 1))
    })
    .await
}
