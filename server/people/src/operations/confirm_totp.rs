//! Confirming the second factor (确认动态口令): a code of it is shown, and from then on it is asked for.

use chrono::Duration;
use entities::account;
use kernel::crypto::totp::{self, OtpHash};
use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Ctx, Outcome};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};

use super::shared;
use crate::rows::totp_pending;
use crate::{policy, queries};

/// An enrolment is finished within so many minutes, or begun again.
const MINUTES: i64 = 10;

kernel::refusals! {
    /// Why the second factor does not count yet (动态口令未确认).
    pub ConfirmTotp => ConfirmTotpEnrolmentRefused, ConfirmTotpEnrolmentRefusalCode {
        /// Nothing was begun, or too long ago.
        NotBegun: "绑定已超时或尚未开始，请重新扫码。" / "The enrolment was not begun or took too long; begin again.",
        /// Not a code of that secret at this time.
        WrongCode @ "code":
            "动态口令不正确，请核对手机时间后输入当前显示的六位数字。" /
            "The code is wrong: check the clock of your phone and enter the six digits it shows now.",
    }
}

/// Confirms the second factor (确认动态口令).
pub async fn confirm_totp(ctx: &Ctx, code: &str) -> Result<Outcome, Stop<ConfirmTotp>> {
    let (actor, _) = shared::own_session(ctx)?;
    let id = actor.id;
    ctx.transact(&policy::CONFIRM_TOTP, |tx| async move {
        tx.about("Account", id);
        let now = tx.ctx().now();
        let account = queries::account(&tx, id).await?.ok_or(Fault::NotFound)?;
        let pending = totp_pending::Entity::find_by_id(id).one(&tx).await?;
        let pending = pending.filter(|p| p.created_at + Duration::minutes(MINUTES) > now && !account.totp_confirmed);
        let pending = pending.ok_or(Stop::Refused(ConfirmTotp::NotBegun))?;
        let secret = tx.ctx().keys().await?.open_secret("account", "totp_secret", id, &pending.secret)?;
        let unix = u64::try_from(now.timestamp()).unwrap_or_default();
        let step = totp::verify(secret.expose(), OtpHash::Sha1, code.trim(), unix, None);
        let step = step.ok_or(Stop::Refused(ConfirmTotp::WrongCode))?;
        account::Entity::update_many()
            .col_expr(account::Column::TotpSecret, Expr::value(pending.secret))
            .col_expr(account::Column::TotpConfirmed, Expr::value(true))
            .col_expr(account::Column::TotpLastStep, Expr::value(i64::try_from(step).unwrap_or(i64::MAX)))
            .col_expr(account::Column::UpdatedAt, Expr::value(now))
            .col_expr(account::Column::Version, Expr::col(account::Column::Version).add(1))
            .filter(account::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        totp_pending::Entity::delete_by_id(id).exec(&tx).await?;
        tx.invalidate(SESSIONS);
        Ok(Outcome::of("Account", id, account.version + 1))
    })
    .await
}
