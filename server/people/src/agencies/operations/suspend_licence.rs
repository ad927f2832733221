//! Suspending a licence (暂停许可证).

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use super::decide_licence::{decide, refusals_of_decision};
use crate::agencies::forms::LicenceDecisionInput;
use crate::agencies::policy;
use crate::agencies::rules::licence::Decision;

refusals_of_decision! {
    /// Why a licence was not suspended (不予暂停).
    pub SuspendAgencyLicence => SuspendAgencyLicenceReason, SuspendAgencyLicenceRefusalCode {
        /// Not from the state it is in.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "许可证当前状态为“{status_zh}”，只有正常的许可证可以暂停。" /
            "The licence is {status_en}; only one that is valid is suspended.",
    }
}

/// Suspends a licence (暂停许可证): nothing is published under it, in any city.
pub async fn suspend_licence(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: LicenceDecisionInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SuspendAgencyLicence>> {
    ctx.transact_once(&policy::SUSPEND, once, |tx| async move {
        let decided = decide(&tx, (id, version), Decision::Suspend, &input).await?;
        decided.map_err(|why| Stop::Refused(SuspendAgencyLicence::from(why)))
    })
    .await
}
