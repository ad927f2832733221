//! Taking a line of policy back (撤销授权策略): the house's own lines hold again.

use entities::policy_line;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::POLICY;
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::{EntityTrait as _, QuerySelect as _};
use uuid::Uuid;

use crate::events::PolicyChanged;
use crate::policy;

kernel::refusals! {
    /// Why the line stands (不予撤销授权策略).
    pub WithdrawPolicyLine => WithdrawPolicyLineReason, WithdrawPolicyLineRefusalCode {
        /// Somebody else turned it round.
        Conflict { current: i32 } @ "version":
            "该策略刚被他人变更（现为第{current}版），请核对后再撤销。" /
            "Somebody else has just changed this line (now version {current}); look at it before you take it back.",
    }
}

/// Takes a line of policy back (撤销授权策略), at once. One that was taken back before is *not found*.
pub async fn withdraw_policy_line(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawPolicyLine>> {
    ctx.transact_once(&policy::WITHDRAW_POLICY, once, |tx| async move {
        tx.authorize(&policy::WITHDRAW_POLICY, &Place::city()).await?;
        tx.about("PolicyLine", id);
        let line = policy_line::Entity::find_by_id(id).lock_exclusive().one(&tx).await?.ok_or(Fault::NotFound)?;
        if line.version != version {
            return Err(Stop::Refused(WithdrawPolicyLine::Conflict { current: line.version }));
        }
        tx.note("role", line.role);
        tx.note("action", format!("{}.{}", line.object, line.act));
        tx.note("effect", line.effect);
        policy_line::Entity::delete_by_id(id).exec(&tx).await?;
        tx.invalidate(POLICY);
        tx.announce(&PolicyChanged { line: id, set: false })?;
        Ok(Outcome::of("PolicyLine", id, version))
    })
    .await
}
