//! Revoking a licence (吊销许可证).

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use super::decide_licence::{decide, refusals_of_decision};
use crate::agencies::forms::LicenceDecisionInput;
use crate::agencies::policy;
use crate::agencies::rules::licence::Decision;

refusals_of_decision! {
    /// Why a licence was not revoked (不予吊销).
    pub RevokeAgencyLicence => RevokeAgencyLicenceReason, RevokeAgencyLicenceRefusalCode {
        /// Not from the state it is in.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "许可证当前状态为“{status_zh}”，不能再次吊销。" /
            "The licence is {status_en} already.",
    }
}

/// Revokes a licence (吊销许可证): nothing is published under it, in any city.
pub async fn revoke_licence(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: LicenceDecisionInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<RevokeAgencyLicence>> {
    ctx.transact_once(&policy::REVOKE, once, |tx| async move {
        let decided = decide(&tx, (id, version), Decision::Revoke, &input).await?;
        decided.map_err(|why| Stop::Refused(RevokeAgencyLicence::from(why)))
    })
    .await
}
