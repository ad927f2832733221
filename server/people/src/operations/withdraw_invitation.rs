//! Withdrawing an invitation (撤回邀请): its link stops working.

use kernel::fault::{Fault, Stop};
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::policy;
use crate::rows::invitation;

kernel::refusals! {
    /// Why the invitation stands (不予撤回邀请).
    pub WithdrawInvitation => WithdrawInvitationRefused, WithdrawInvitationRefusalCode {
        /// It was accepted.
        AlreadyAccepted:
            "该邀请已被接受，如需收回请停用相应账号。" /
            "This invitation was accepted; disable the account instead.",
        /// It was withdrawn.
        AlreadyWithdrawn: "该邀请已经撤回。" / "This invitation was withdrawn already.",
    }
}

/// Withdraws an invitation (撤回邀请).
pub async fn withdraw_invitation(
    ctx: &Ctx,
    id: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<WithdrawInvitation>> {
    ctx.transact_once(&policy::WITHDRAW_INVITATION, once, |tx| async move {
        let row = invitation::Entity::find_by_id(id).lock_exclusive().one(&tx).await?.ok_or(Fault::NotFound)?;
        tx.about("Invitation", id);
        tx.authorize(&policy::WITHDRAW_INVITATION, &Place::city()).await?;
        match row.status.as_str() {
            "ACCEPTED" => return Err(Stop::Refused(WithdrawInvitation::AlreadyAccepted)),
            "WITHDRAWN" => return Err(Stop::Refused(WithdrawInvitation::AlreadyWithdrawn)),
            _ => {}
        }
        invitation::Entity::update_many()
            .col_expr(invitation::Column::Status, Expr::value("WITHDRAWN"))
            .filter(invitation::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok(Outcome::of("Invitation", id, 1))
    })
    .await
}
