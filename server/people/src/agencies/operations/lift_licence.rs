//! Giving a licence back (恢复许可证): the suspension, or the revocation, is set aside.

use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use super::decide_licence::{decide, refusals_of_decision};
use crate::agencies::forms::LicenceDecisionInput;
use crate::agencies::policy;
use crate::agencies::rules::licence::Decision;

refusals_of_decision! {
    /// Why a licence was not given back (不予恢复).
    pub LiftAgencyLicence => LiftAgencyLicenceReason, LiftAgencyLicenceRefusalCode {
        /// Not from the state it is in.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "许可证当前状态为“{status_zh}”，只有暂停或吊销的许可证可以恢复。" /
            "The licence is {status_en}; only one that is suspended or revoked is given back.",
    }
}

/// Gives a licence back (恢复许可证): the suspension, or the revocation, is set aside.
pub async fn lift_licence(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    input: LicenceDecisionInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<LiftAgencyLicence>> {
    ctx.transact_once(&policy::LIFT, once, |tx| async move {
        let decided = decide(&tx, (id, version), Decision::Lift, &input).await?;
        decided.map_err(|why| Stop::Refused(LiftAgencyLicence::from(why)))
    })
    .await
}
