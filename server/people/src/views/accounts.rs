//! Accounts, roles, invitations and keys.

use entities::{api_key, policy_line};
use kernel::Ctx;
use kernel::fault::Fault;
use kernel::policy::ROLES;
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::queries;
use crate::rows::invitation as rows;
use crate::rules::roles;
use crate::schema::types::{Account, ApiKey, Invitation, PolicyLine, Role};

/// An account with its roles.
pub(crate) async fn account(ctx: &Ctx, id: Uuid) -> Result<Account, Fault> {
    let row = queries::account(&ctx.scope(), id).await?.ok_or(Fault::NotFound)?;
    let roles = queries::roles_of(&ctx.scope(), &[id]).await?.remove(&id).unwrap_or_default();
    Ok(Account::new(row, roles))
}

/// The roles that can be assigned here.
pub(crate) fn roles_here(ctx: &Ctx) -> Vec<Role> {
    ROLES.iter().filter(|def| roles::belongs(def, ctx.tenant().is_platform())).map(Role).collect()
}

/// A line of policy.
pub(crate) async fn policy_line(ctx: &Ctx, id: Uuid) -> Result<PolicyLine, Fault> {
    let row = policy_line::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    PolicyLine::of(row).ok_or(Fault::NotFound)
}

/// The line of policy about a role and an action.
pub(crate) async fn policy_line_about(ctx: &Ctx, role: &str, action: &str) -> Result<PolicyLine, Fault> {
    let action = ctx.kernel().actions().find(|known| known.is(action)).ok_or(Fault::NotFound)?;
    let row = queries::policy_line_about(role, action).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    PolicyLine::of(row).ok_or(Fault::NotFound)
}

/// An invitation.
pub(crate) async fn invitation(ctx: &Ctx, id: Uuid) -> Result<Invitation, Fault> {
    let row = rows::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    Invitation::many(vec![row]).next().map(|(_, invitation)| invitation).ok_or(Fault::NotFound)
}

/// A key with its owner's user name.
pub(crate) async fn key(ctx: &Ctx, id: Uuid) -> Result<ApiKey, Fault> {
    let row = api_key::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let owner = queries::account(&ctx.scope(), row.account_id).await?.ok_or(Fault::NotFound)?;
    Ok(ApiKey::new(row, owner.username))
}
