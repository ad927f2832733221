//! Lifting the block of a citizen (恢复个人用户).

use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Place};
use uuid::Uuid;

use crate::citizens::{policy, store};
use crate::operations::shared;

kernel::refusals! {
    /// Why the block was not lifted (不予恢复个人用户).
    pub UnblockCitizen => UnblockCitizenReason, UnblockCitizenRefusalCode {
        /// Somebody else changed it.
        Conflict { current: i32 } @ "version":
            "该用户的信息已有变动（现为第{current}版），请刷新后再试。" /
            "This entry was changed (now version {current}); reload and try again.",
        /// It is not blocked.
        NotBlocked: "该用户没有停用。" / "This citizen is not blocked.",
        /// It is one with another entry by now.
        Merged: "该记录已并入本人的另一条记录，不再恢复。" / "This entry was merged into another one of the same person.",
    }
}

/// Lifts the block of a citizen (恢复个人用户).
pub async fn unblock_citizen(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<UnblockCitizen>> {
    ctx.transact_once(&policy::UNBLOCK, once, |tx| async move {
        let row = store::lock(&tx, id).await?;
        tx.about("Citizen", id);
        tx.authorize(&policy::UNBLOCK, &Place::city()).await?;
        shared::free_session(tx.ctx())?;
        if row.version != version {
            return Err(Stop::Refused(UnblockCitizen::Conflict { current: row.version }));
        }
        if row.status != "BLOCKED" {
            return Err(Stop::Refused(UnblockCitizen::NotBlocked));
        }
        // Whoever can neither sign in nor be known by a number is what a merger left.
        if row.phone_index.is_none() && row.id_index.is_none() {
            return Err(Stop::Refused(UnblockCitizen::Merged));
        }
        store::set_status(&tx, &row, "ACTIVE").await?;
        Ok(Outcome::of("Citizen", id, version + 1))
    })
    .await
}
