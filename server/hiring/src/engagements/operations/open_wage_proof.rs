//! Opening the proof of a payment (查看工资支付凭证).

use kernel::personal::REASON;
use kernel::sheet::text;
use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use crate::engagements::store::{deal, wages};
use crate::kinds::Side;
use crate::policy;

kernel::refusals! {
    /// Why a proof was not opened (不予查看凭证).
    pub OpenWageProof => OpenWageProofRefused, OpenWageProofRefusalCode {
        /// No reason, or none to speak of.
        ReasonNeeded { least: usize, most: usize } @ "reason":
            "请写明查看原因（{least}至{most}字），原因将记入审计日志。" /
            "Say why you need to see it, in {least} to {most} characters; the audit keeps the reason.",
        /// Nothing was kept.
        NoProof @ "id": "该笔工资没有留存支付凭证。" / "No proof of this payment was kept.",
    }
}

/// Opens the proof of a payment (查看工资支付凭证): whoever acts for the hiring party, and the staff for a reason. It may name others
/// who were paid with the same transfer, so a worker sees the figures of its own line instead.
pub async fn open_wage_proof(
    ctx: &Ctx,
    id: Uuid,
    reason: Option<String>,
    once: Option<Once>,
) -> Result<Outcome, Stop<OpenWageProof>> {
    let reason = text::tidy(&reason.unwrap_or_default());
    ctx.transact_once(&policy::PAY, once, |tx| async move {
        let deal = deal::read(&tx, id).await?;
        let side = deal::authorize(&tx, &policy::PAY, &deal, &[Side::Party, Side::Staff]).await?;
        if side == Side::Staff && !REASON.contains(&reason.chars().count()) {
            let (least, most) = (*REASON.start(), *REASON.end());
            return Err(Stop::Refused(OpenWageProof::ReasonNeeded { least, most }));
        }
        let proof = wages::proof_of(&tx, id).await?.ok_or(Stop::Refused(OpenWageProof::NoProof))?;
        tx.note("side", side.code());
        if side == Side::Staff {
            let actor = tx.ctx().account()?.id;
            tx.note_about(actor, "reason", reason);
        }
        Ok(Outcome::of("File", proof, 1))
    })
    .await
}
