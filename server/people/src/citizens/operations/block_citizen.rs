//! Blocking a citizen (停用个人用户): its sessions end, and nobody signs in as it. It is the first of two steps of erasing at the
//! request of somebody who cannot do it alone; the other one is the security administrator's.

use kernel::fault::Stop;
use kernel::personal::REASON;
use kernel::{Ctx, Once, Outcome, Place};
use uuid::Uuid;

use crate::citizens::{policy, store};
use crate::operations::shared;

kernel::refusals! {
    /// Why the citizen was not blocked (不予停用个人用户).
    pub BlockCitizen => BlockCitizenReason, BlockCitizenRefusalCode {
        /// Somebody else changed it.
        Conflict { current: i32 } @ "version":
            "该用户的信息已有变动（现为第{current}版），请刷新后再试。" /
            "This entry was changed (now version {current}); reload and try again.",
        /// A reason is needed.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明停用原因（{least}至{most}字），原因将记入审计日志。" /
            "Give a reason of {least} to {most} characters; the audit keeps it.",
        /// It is blocked.
        AlreadyBlocked: "该用户已经停用。" / "This citizen is blocked already.",
    }
}

/// Blocks a citizen (停用个人用户).
pub async fn block_citizen(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<BlockCitizen>> {
    ctx.transact_once(&policy::BLOCK, once, |tx| async move {
        let row = store::lock(&tx, id).await?;
        tx.about("Citizen", id);
        tx.authorize(&policy::BLOCK, &Place::city()).await?;
        shared::free_session(tx.ctx())?;
        if row.version != version {
            return Err(Stop::Refused(BlockCitizen::Conflict { current: row.version }));
        }
        let reason = reason.trim();
        if !REASON.contains(&reason.chars().count()) {
            let (least, most) = (*REASON.start(), *REASON.end());
            return Err(Stop::Refused(BlockCitizen::ReasonNeeded { least, most }));
        }
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(BlockCitizen::AlreadyBlocked));
        }
        tx.note_about(id, "reason", reason);
        store::set_status(&tx, &row, "BLOCKED").await?;
        store::end_sessions(&tx, id, None).await?;
        Ok(Outcome::of("Citizen", id, version + 1))
    })
    .await
}
