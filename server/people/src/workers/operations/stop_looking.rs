//! Saying that one looks for work no longer (不再求职); the registration stays.

use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome};
use uuid::Uuid;

use super::still_looking::meant;
use crate::workers::policy;
use crate::workers::store::save;

kernel::refusals! {
    /// Why nothing was written down (不予更新求职状态).
    pub StopLooking => StopLookingRefused, StopLookingRefusalCode {
        /// The registration is closed, or there is none.
        NotRegistered: "没有有效的求职登记，请先登记。" / "There is no registration that holds; register first.",
    }
}

/// Says that somebody looks for work no longer (不再求职).
pub async fn stop_looking(ctx: &Ctx, id: Option<Uuid>, once: Option<Once>) -> Result<Outcome, Stop<StopLooking>> {
    ctx.transact_once(&policy::LOOKING, once, |tx| async move {
        let Some(row) = meant(&tx, id).await? else { return Err(Stop::Refused(StopLooking::NotRegistered)) };
        save::set_looking(&tx, &row, None).await?;
        Ok(Outcome::of("Worker", row.id, row.version + 1))
    })
    .await
}
