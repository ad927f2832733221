//! Taking away a lost second factor (重置动态口令): the owner enrols a new one at the next sign-in.

use entities::account;
use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::shared;
use crate::rules::contact;
use crate::{mail, policy};

kernel::refusals! {
    /// Why the second factor stays (不予重置动态口令).
    pub ResetTotp => ResetTotpReason, ResetTotpRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this account (now version {current}); reload and try again.",
        /// A reason is needed.
        ReasonNeeded @ "reason": "请填写原因（不超过200字）。" / "Give a reason of at most 200 characters.",
        /// It is one's own.
        OwnAccount: "不能重置自己的动态口令，请由另一名系统管理员办理。" / "You cannot take away your own second factor; ask another system administrator.",
        /// There is none.
        NotEnrolled: "该账号没有绑定动态口令。" / "This account has no second factor.",
    }
}

/// Takes away a second factor (重置动态口令), ends the account's sessions and tells its owner by mail.
pub async fn reset_totp(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<ResetTotp>> {
    ctx.transact_once(&policy::RESET_TOTP, once, |tx| async move {
        let account = shared::lock_account(&tx, id).await?;
        tx.about("Account", id);
        tx.authorize(&policy::RESET_TOTP, &Place::city()).await?;
        let reason = contact::line(reason, 200).ok_or(Stop::Refused(ResetTotp::ReasonNeeded))?;
        if tx.ctx().actor().account_id() == Some(id) {
            return Err(Stop::Refused(ResetTotp::OwnAccount));
        }
        if account.version != version {
            return Err(Stop::Refused(ResetTotp::Conflict { current: account.version }));
        }
        if !account.totp_confirmed {
            return Err(Stop::Refused(ResetTotp::NotEnrolled));
        }
        tx.note_about(id, "reason", reason);
        account::Entity::update_many()
            .col_expr(account::Column::TotpSecret, Expr::value(Option::<Vec<u8>>::None))
            .col_expr(account::Column::TotpConfirmed, Expr::value(false))
            .col_expr(account::Column::TotpLastStep, Expr::value(Option::<i64>::None))
            .col_expr(account::Column::UpdatedAt, Expr::value(tx.ctx().now()))
            .col_expr(account::Column::Version, Expr::value(version + 1))
            .filter(account::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        shared::end_sessions(&tx, id, None).await?;
        shared::write_to(&tx, &account, mail::totp_reset).await?;
        Ok(Outcome::of("Account", id, version + 1))
    })
    .await
}
