//! Disabling an account (停用账号): its sessions end, its keys stop, its history stays.

use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome, Place};
use uuid::Uuid;

use super::shared;
use crate::events::AccountSwitched;
use crate::policy;
use crate::rules::contact;

kernel::refusals! {
    /// Why the account was not disabled (不予停用账号).
    pub DisableAccount => DisableAccountReason, DisableAccountRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this account (now version {current}); reload and try again.",
        /// A reason is needed.
        ReasonNeeded @ "reason": "请填写停用原因（不超过200字）。" / "Give a reason of at most 200 characters.",
        /// It is one's own.
        OwnAccount: "不能停用自己的账号。" / "You cannot disable your own account.",
        /// It is disabled.
        AlreadyDisabled: "该账号已经停用。" / "This account is disabled already.",
        /// Nobody would be left with an administrator's role.
        LastAdministrator { zh: String, en: String }:
            "该账号是最后一名{zh}，请先由安全管理员将此角色授予他人。" /
            "This account is the last {en}: let the security administrator assign that role to somebody else first.",
    }
}

/// Disables an account (停用账号).
pub async fn disable_account(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: &str,
    once: Option<Once>,
) -> Result<Outcome, Stop<DisableAccount>> {
    ctx.transact_once(&policy::DISABLE, once, |tx| async move {
        let account = shared::lock_account(&tx, id).await?;
        tx.about("Account", id);
        tx.authorize(&policy::DISABLE, &Place::city()).await?;
        let reason = contact::line(reason, 200).ok_or(Stop::Refused(DisableAccount::ReasonNeeded))?;
        if tx.ctx().actor().account_id() == Some(id) {
            return Err(Stop::Refused(DisableAccount::OwnAccount));
        }
        if account.version != version {
            return Err(Stop::Refused(DisableAccount::Conflict { current: account.version }));
        }
        if matches!(account.status.as_str(), "DISABLED" | "ERASED") {
            return Err(Stop::Refused(DisableAccount::AlreadyDisabled));
        }
        if let Some(role) = shared::last_administrator(&tx, id, None).await? {
            let (zh, en) = (role.title.zh.to_owned(), role.title.en.to_owned());
            return Err(Stop::Refused(DisableAccount::LastAdministrator { zh, en }));
        }
        tx.note_about(id, "reason", reason);
        shared::set_status(&tx, &account, "DISABLED").await?;
        shared::end_sessions(&tx, id, None).await?;
        tx.announce(&AccountSwitched { account: id, enabled: false })?;
        Ok(Outcome::of("Account", id, version + 1))
    })
    .await
}
