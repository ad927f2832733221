//! Withdrawing a role (收回角色). The security administrator's part alone.

use entities::role_assignment;
use kernel::fault::{Fault, Stop};
use kernel::invalidate::SESSIONS;
use kernel::{Ctx, Once, Outcome, Place};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::shared;
use crate::events::RoleChanged;
use crate::policy;

kernel::refusals! {
    /// Why the role stays (不予收回角色).
    pub WithdrawRole => WithdrawRoleRefused, WithdrawRoleRefusalCode {
        /// Nobody would be left with an administrator's role.
        LastAdministrator { zh: String, en: String }:
            "这是最后一名{zh}，请先将此角色授予他人。" /
            "This is the last {en}: assign that role to somebody else first.",
    }
}

/// Withdraws a role (收回角色), at once.
pub async fn withdraw_role(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<Outcome, Stop<WithdrawRole>> {
    ctx.transact_once(&policy::WITHDRAW_ROLE, once, |tx| async move {
        let row = role_assignment::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let account = shared::lock_account(&tx, row.account_id).await?;
        tx.about("Account", account.id);
        tx.authorize(&policy::WITHDRAW_ROLE, &Place::city()).await?;
        if let Some(role) = shared::last_administrator(&tx, account.id, Some(&row.role)).await? {
            let (zh, en) = (role.title.zh.to_owned(), role.title.en.to_lowercase());
            return Err(Stop::Refused(WithdrawRole::LastAdministrator { zh, en }));
        }
        tx.note("role", row.role.as_str());
        tx.note("scope", format!("{} {}", row.scope_kind, row.scope_key));
        role_assignment::Entity::delete_by_id(id).exec(&tx).await?;
        tx.invalidate(SESSIONS);
        tx.announce(&RoleChanged { account: account.id, role: row.role, assigned: false })?;
        Ok(Outcome::of("Account", account.id, account.version))
    })
    .await
}
