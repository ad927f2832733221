//! Enabling an account again (启用账号).

use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Place};
use uuid::Uuid;

use super::shared;
use crate::events::AccountSwitched;
use crate::policy;

kernel::refusals! {
    /// Why the account was not enabled (不予启用账号).
    pub EnableAccount => EnableAccountReason, EnableAccountRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this account (now version {current}); reload and try again.",
        /// Nothing is left to enable.
        Erased: "该账号的个人信息已经删除，不能再启用；如本人重新到岗，请另行邀请。" /
            "What was held about this person was erased, and the account stays closed; if the person comes back, invite them anew.",
        /// It is enabled.
        NotDisabled: "该账号没有停用。" / "This account is not disabled.",
    }
}

/// Enables an account again (启用账号): with the roles it had, and no session.
pub async fn enable_account(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<EnableAccount>> {
    ctx.transact_once(&policy::ENABLE, once, |tx| async move {
        let account = shared::lock_account(&tx, id).await?;
        tx.about("Account", id);
        tx.authorize(&policy::ENABLE, &Place::city()).await?;
        if account.version != version {
            return Err(Stop::Refused(EnableAccount::Conflict { current: account.version }));
        }
        if account.status == "ERASED" {
            return Err(Stop::Refused(EnableAccount::Erased));
        }
        if !matches!(account.status.as_str(), "DISABLED" | "LOCKED") {
            return Err(Stop::Refused(EnableAccount::NotDisabled));
        }
        let status = if account.password_hash.is_some() { "ACTIVE" } else { "INVITED" };
        shared::set_status(&tx, &account, status).await?;
        tx.announce(&AccountSwitched { account: id, enabled: true })?;
        Ok(Outcome::of("Account", id, version + 1))
    })
    .await
}
