//! Assigning a role (授予角色) in a scope. The security administrator's part alone, and never to oneself.

use chrono::NaiveDate;
use entities::role_assignment;
use kernel::fault::Stop;
use kernel::invalidate::SESSIONS;
use kernel::policy::{self as kernel_policy, RoleDef, ScopeKind};
use kernel::{Ctx, Once, Outcome, Place, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use super::shared;
use crate::events::RoleChanged;
use crate::rules::roles;
use crate::{policy, queries};

kernel::refusals! {
    /// Why the role was not assigned (不予授予角色).
    pub AssignRole => AssignRoleRefused, AssignRoleRefusalCode {
        /// To oneself.
        OwnAccount @ "accountId":
            "不能给自己授予角色，请由另一名安全管理员办理。" /
            "You cannot assign a role to yourself; ask another security administrator.",
        /// Not a role, or not one of this place.
        UnknownRole @ "role": "这里没有该角色，请从列表中选择。" / "There is no such role here; choose one from the list.",
        /// Two of the three administrators.
        Exclusive { held_zh: String, held_en: String, wanted_zh: String, wanted_en: String } @ "role":
            "该账号已是{held_zh}，不能同时担任{wanted_zh}：系统、安全、审计三类管理员必须由不同的人担任（三员分立）。" /
            "This account is {held_en} and cannot be {wanted_en} as well: system, security and audit administrator are three persons.",
        /// Officers belong to a department.
        DepartmentNeeded @ "accountId":
            "该账号未填写所属部门：请先由系统管理员在账号资料中填写，再授予经办、监督或检查角色。" /
            "This account names no department: let the system administrator enter it, then assign the role of an officer, supervisor or inspector.",
        /// Not there.
        InvalidScope { zh: String, en: String } @ "scopeKey": "{zh}" / "{en}",
        /// It would have run out already.
        PastEnd @ "validUntil": "有效期不能早于今天。" / "The last day cannot lie before today.",
        /// Nobody would be left with an administrator's role.
        LastAdministrator { zh: String, en: String } @ "validUntil":
            "这是最后一名{zh}，不能设置有效期：请先将此角色授予他人。" /
            "This is the last {en}, whose role cannot end: assign it to somebody else first.",
        /// Just so.
        AlreadyHeld: "该账号已在此范围持有该角色，且有效期相同。" / "The account holds this role in this scope until that day already.",
    }
}

/// A role to be assigned (授权信息).
#[derive(Clone, Debug)]
pub struct AssignInput {
    /// To whom.
    pub account: Uuid,
    /// The role.
    pub role: String,
    /// The kind of scope.
    pub kind: ScopeKind,
    /// Its key as clients know it.
    pub key: Option<String>,
    /// The last day it holds.
    pub until: Option<NaiveDate>,
}

/// Assigns a role (授予角色), or sets another last day for one that is held.
pub async fn assign_role(ctx: &Ctx, input: AssignInput, once: Option<Once>) -> Result<Outcome, Stop<AssignRole>> {
    ctx.transact_once(&policy::ASSIGN_ROLE, once, |tx| async move {
        let account = shared::lock_account(&tx, input.account).await?;
        tx.about("Account", account.id);
        tx.authorize(&policy::ASSIGN_ROLE, &Place::city()).await?;
        let (role, key) = decide(&tx, &input).await?;
        if account.department.is_none() && roles::needs_department(role.name) {
            return Err(Stop::Refused(AssignRole::DepartmentNeeded));
        }
        tx.note("role", role.name);
        tx.note("scope", format!("{} {key}", input.kind.name()));
        save(&tx, &input, role, key).await?;
        if roles::is_administrator(role.name) {
            // An administrator has one session: it begins with the next sign-in.
            shared::end_sessions(&tx, account.id, None).await?;
        }
        tx.invalidate(SESSIONS);
        tx.announce(&RoleChanged { account: account.id, role: role.name.to_owned(), assigned: true })?;
        Ok(Outcome::of("Account", account.id, account.version))
    })
    .await
}

/// The role and the key of its scope, if it may be assigned so.
async fn decide(tx: &Tx, input: &AssignInput) -> Result<(&'static RoleDef, String), Stop<AssignRole>> {
    let ctx = tx.ctx();
    if ctx.actor().account_id() == Some(input.account) {
        return Err(Stop::Refused(AssignRole::OwnAccount));
    }
    let role = kernel_policy::role(&input.role).filter(|def| roles::belongs(def, ctx.tenant().is_platform()));
    let role = role.ok_or(Stop::Refused(AssignRole::UnknownRole))?;
    let key = shared::scope_key(ctx, role, input.kind, input.key.as_deref())
        .await?
        .map_err(|flaw| Stop::Refused(AssignRole::InvalidScope { zh: flaw.zh(), en: flaw.en() }))?;
    if input.until.is_some_and(|until| until < ctx.today()) {
        return Err(Stop::Refused(AssignRole::PastEnd));
    }
    let held = queries::held(tx, input.account).await?;
    if let Some(other) = roles::excluded_by(role, &held, ctx.today()) {
        return Err(Stop::Refused(AssignRole::Exclusive {
            held_zh: other.title.zh.to_owned(),
            held_en: other.title.en.to_lowercase(),
            wanted_zh: role.title.zh.to_owned(),
            wanted_en: role.title.en.to_lowercase(),
        }));
    }
    let shortens = input
        .until
        .is_some_and(|until| held.iter().any(|h| h.role == role.name && h.until.is_none_or(|end| end > until)));
    if shortens && shared::last_administrator(tx, input.account, Some(role.name)).await?.is_some() {
        let (zh, en) = (role.title.zh.to_owned(), role.title.en.to_lowercase());
        return Err(Stop::Refused(AssignRole::LastAdministrator { zh, en }));
    }
    Ok((role, key))
}

async fn save(tx: &Tx, input: &AssignInput, role: &RoleDef, key: String) -> Result<(), Stop<AssignRole>> {
    use role_assignment::Column;
    let ctx = tx.ctx();
    let same = role_assignment::Entity::find()
        .filter(Column::AccountId.eq(input.account))
        .filter(Column::Role.eq(role.name))
        .filter(Column::ScopeKind.eq(input.kind.name()))
        .filter(Column::ScopeKey.eq(key.as_str()))
        .one(tx)
        .await?;
    let Some(same) = same else {
        let row = role_assignment::ActiveModel {
            id: Set(ctx.new_id()),
            account_id: Set(input.account),
            role: Set(role.name.to_owned()),
            scope_kind: Set(input.kind.name().to_owned()),
            scope_key: Set(key),
            valid_until: Set(input.until),
            assigned_by: Set(ctx.actor().account_id()),
            assigned_at: Set(ctx.now()),
        };
        role_assignment::Entity::insert(row).exec_without_returning(tx).await?;
        return Ok(());
    };
    if same.valid_until == input.until {
        return Err(Stop::Refused(AssignRole::AlreadyHeld));
    }
    role_assignment::Entity::update_many()
        .col_expr(Column::ValidUntil, Expr::value(input.until))
        .col_expr(Column::AssignedBy, Expr::value(ctx.actor().account_id()))
        .col_expr(Column::AssignedAt, Expr::value(ctx.now()))
        .filter(Column::Id.eq(same.id))
        .exec(tx)
        .await?;
    Ok(())
}
