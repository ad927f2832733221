//! Inviting a person (邀请账号) by mail, with the role the person will hold.

use chrono::Duration;
use kernel::crypto::hash;
use kernel::fault::{Fault, Stop};
use kernel::policy::{self as kernel_policy, RoleDef, ScopeKind};
use kernel::{Ctx, Once, Outcome, Pii, Place, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

use super::shared;
use crate::rows::invitation;
use crate::rules::{contact, roles};
use crate::{identity, mail, policy, queries};

/// An invitation is accepted within so many days.
pub(crate) const DAYS: i64 = 7;
/// Begins the token in the mail.
const PREFIX: &str = "yz_i_";

kernel::refusals! {
    /// Why nobody was invited (不予邀请).
    pub InviteAccount => InviteAccountRefused, InviteAccountRefusalCode {
        /// Not an address.
        InvalidEmail @ "email": "电子邮箱地址不正确，请检查。" / "This is not a mail address; check it.",
        /// An account has it.
        EmailInUse @ "email": "已有账号使用该邮箱。" / "An account has this address already.",
        /// An invitation is on its way.
        AlreadyInvited @ "email":
            "该邮箱已有未过期的邀请；如需重发，请先撤回。" /
            "This address has an invitation that is still open; withdraw it before you send another.",
        /// Not a name.
        InvalidDisplayName @ "displayName": "请填写姓名（不超过50字）。" / "Enter a name of at most 50 characters.",
        /// Not a role, or not one of this place.
        UnknownRole @ "role": "这里没有该角色，请从列表中选择。" / "There is no such role here; choose one from the list.",
        /// One of the three administrators.
        AdministratorRole @ "role":
            "系统、安全、审计管理员不能通过邀请授予：请先以其他角色邀请，再由安全管理员授予。" /
            "Administrators are not made by invitation: invite with another role, then let the security administrator assign this one.",
        /// Officers belong to a department.
        DepartmentNeeded @ "department":
            "经办、监督和检查人员须填写所属部门（人社、民政、财政、住建、市场监管之一）。" /
            "Officers, supervisors and inspectors belong to a department: choose one of the five.",
        /// An officer of a department acts for that department.
        OtherDepartment @ "department":
            "部门经办人的所属部门须与授权的部门一致。" / "An officer of a department belongs to that department.",
        /// Not there.
        InvalidScope { zh: String, en: String } @ "scopeKey": "{zh}" / "{en}",
    }
}

/// A person to be invited (邀请信息).
#[derive(Clone, Debug)]
pub struct InviteInput {
    /// The address.
    pub email: Pii<String>,
    /// The working name.
    pub display_name: Pii<String>,
    /// The role.
    pub role: String,
    /// The kind of scope.
    pub kind: ScopeKind,
    /// Its key as clients know it.
    pub key: Option<String>,
    /// The department, by its stored name.
    pub department: Option<&'static str>,
}

/// Invites a person (邀请账号): seven days, one use. The token stands in the mail and nowhere else.
pub async fn invite_account(ctx: &Ctx, input: InviteInput, once: Option<Once>) -> Result<Outcome, Stop<InviteAccount>> {
    ctx.transact_once(&policy::INVITE, once, |tx| async move {
        tx.authorize(&policy::INVITE, &Place::city()).await?;
        let ctx = tx.ctx().clone();
        let email =
            input.email.try_map(|email| contact::email(email)).ok_or(Stop::Refused(InviteAccount::InvalidEmail))?;
        let name = input.display_name.try_map(|name| contact::line(name, 50));
        let name = name.ok_or(Stop::Refused(InviteAccount::InvalidDisplayName))?;
        let role = role(&ctx, &input.role).map_err(Stop::Refused)?;
        let key = shared::scope_key(&ctx, role, input.kind, input.key.as_deref())
            .await?
            .map_err(|flaw| Stop::Refused(InviteAccount::InvalidScope { zh: flaw.zh(), en: flaw.en() }))?;
        belongs(role, &key, input.department).map_err(Stop::Refused)?;
        let ring = ctx.keys().await?;
        let index = queries::email_index(&ring, &email);
        refuse_twice(&tx, &index).await?;
        let token = identity::new_token(&ctx, PREFIX)?;
        let (id, now, lang) = (ctx.new_id(), ctx.now(), ctx.lang());
        let row = invitation::ActiveModel {
            id: Set(id),
            token_hash: Set(hash::sha256(token.as_bytes()).to_vec()),
            email: Set(ring.seal("invitation", "email", id, &email)?),
            email_index: Set(index),
            display_name: Set(ring.seal("invitation", "display_name", id, &name)?),
            department: Set(input.department.map(str::to_owned)),
            role: Set(role.name.to_owned()),
            scope_kind: Set(input.kind.name().to_owned()),
            scope_key: Set(key),
            lang: Set(lang.code().to_owned()),
            status: Set("SENT".to_owned()),
            expires_at: Set(now + Duration::days(DAYS)),
            created_at: Set(now),
            created_by: Set(ctx.actor().account_id()),
            account_id: Set(None),
        };
        invitation::Entity::insert(row).exec_without_returning(&tx).await?;
        tx.about("Invitation", id);
        tx.note("role", role.name);
        tx.mail(mail::invitation(&ctx, email, lang, &name, role.title.get(lang), &token, DAYS)).await?;
        Ok(Outcome::of("Invitation", id, 1))
    })
    .await
}

/// The role, if an invitation may carry it: administrators are named by the security administrator alone.
fn role(ctx: &Ctx, name: &str) -> Result<&'static RoleDef, InviteAccount> {
    let here = kernel_policy::role(name).filter(|def| roles::belongs(def, ctx.tenant().is_platform()));
    match here {
        None => Err(InviteAccount::UnknownRole),
        Some(def) if roles::is_administrator(def.name) => Err(InviteAccount::AdministratorRole),
        Some(def) => Ok(def),
    }
}

/// Does the person belong to the department that the role asks for (R63)?
fn belongs(role: &RoleDef, key: &str, department: Option<&str>) -> Result<(), InviteAccount> {
    match department {
        None if roles::needs_department(role.name) => Err(InviteAccount::DepartmentNeeded),
        Some(own) if role.name == "department_officer" && own != key => Err(InviteAccount::OtherDepartment),
        _ => Ok(()),
    }
}

async fn refuse_twice(tx: &Tx, index: &[u8]) -> Result<(), Stop<InviteAccount>> {
    if queries::has_address(tx, index).await? {
        return Err(Stop::Refused(InviteAccount::EmailInUse));
    }
    let open = invitation::Entity::find()
        .filter(invitation::Column::EmailIndex.eq(index.to_vec()))
        .filter(invitation::Column::Status.eq("SENT"))
        .filter(invitation::Column::ExpiresAt.gt(tx.ctx().now()))
        .one(tx)
        .await
        .map_err(Fault::from)?;
    if open.is_some() { Err(Stop::Refused(InviteAccount::AlreadyInvited)) } else { Ok(()) }
}
