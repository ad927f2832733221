//! Accepting an invitation (接受邀请): whoever has its token chooses a user name and a password.

use kernel::fault::{Fault, Stop};
use kernel::policy::{self as kernel_policy, ScopeKind};
use kernel::{Ctx, Lang, Outcome, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::create_account::{CreateAccount, HashedPassword, NewAccount, NewRole, create_account};
use super::shared;
use crate::events::InvitationAccepted;
use crate::labels::Scopes;
use crate::rows::invitation;
use crate::rules::{contact, passwords, scopes};
use crate::{identity, mail, policy};

kernel::refusals! {
    /// Why the invitation was not accepted (邀请未被接受).
    pub AcceptInvitation => AcceptInvitationRefused, AcceptInvitationRefusalCode {
        /// Unknown, used or withdrawn: which, is not told.
        InvalidToken @ "token":
            "邀请链接无效、已使用或已撤回，请联系系统管理员重新邀请。" /
            "The link of the invitation is not valid, was used or was withdrawn; ask the system administrator for another.",
        /// Too late.
        Expired @ "token":
            "邀请已过期，请联系系统管理员重新邀请。" /
            "The invitation has run out; ask the system administrator for another.",
        /// Not a user name.
        InvalidUsername @ "username":
            "用户名须为3至32位小写字母、数字、点、下划线或连字符，并以字母开头。" /
            "A user name is 3–32 lower-case letters, digits, dots, underscores or hyphens and begins with a letter.",
        /// Somebody has it.
        UsernameTaken @ "username": "该用户名已被使用，请换一个。" / "This user name is taken; choose another one.",
        /// Somebody came to have the address since the invitation was sent.
        EmailInUse:
            "已有账号使用受邀邮箱：请用该账号登录；如忘记用户名或口令，请联系系统管理员。" /
            "An account has the invited address already: sign in with that account, or ask the system administrator for help.",
        /// The password breaks the rules.
        WeakPassword { zh: String, en: String } @ "password": "{zh}" / "{en}",
        /// The role it carries can no longer be given.
        RoleGone:
            "邀请中的角色已不能授予，请联系系统管理员重新邀请。" /
            "The role of this invitation can no longer be given; ask the system administrator for another invitation.",
    }
}

/// Accepts an invitation (接受邀请): the account is made, with the role the invitation carries.
pub async fn accept_invitation(
    ctx: &Ctx,
    token: &str,
    username: &str,
    password: &str,
) -> Result<Outcome, Stop<AcceptInvitation>> {
    let username = contact::username(username);
    let hash = identity::token_hash(token.get(..128.min(token.len())).unwrap_or_default());
    // Only who has a token makes the house hash a password.
    let known =
        invitation::Entity::find().filter(invitation::Column::TokenHash.eq(hash.clone())).one(&ctx.scope()).await?;
    let weak = passwords::check(ctx.kernel().config.people.password_preset, password, &username, false).err();
    let hashed = match (&known, &weak) {
        (Some(_), None) => Some(HashedPassword::of(password).await?),
        _ => None,
    };
    ctx.transact(&policy::ACCEPT_INVITATION, |tx| async move {
        let row = open_invitation(&tx, hash).await?;
        tx.about("Invitation", row.id);
        if let Some(weak) = weak {
            return Err(Stop::Refused(AcceptInvitation::WeakPassword { zh: weak.zh, en: weak.en }));
        }
        let account = become_account(&tx, &row, username.clone(), hashed).await?;
        invitation::Entity::update_many()
            .col_expr(invitation::Column::Status, Expr::value("ACCEPTED"))
            .col_expr(invitation::Column::AccountId, Expr::value(account))
            .filter(invitation::Column::Id.eq(row.id))
            .exec(&tx)
            .await?;
        tell_security(&tx, &row, &username).await?;
        tx.announce(&InvitationAccepted { invitation: row.id, account })?;
        tx.about("Account", account);
        Ok(Outcome::of("Account", account, 1))
    })
    .await
}

async fn open_invitation(tx: &Tx, hash: Vec<u8>) -> Result<invitation::Model, Stop<AcceptInvitation>> {
    let row = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(hash))
        .filter(invitation::Column::Status.eq("SENT"))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(Stop::Refused(AcceptInvitation::InvalidToken))?;
    if row.expires_at <= tx.ctx().now() { Err(Stop::Refused(AcceptInvitation::Expired)) } else { Ok(row) }
}

async fn become_account(
    tx: &Tx,
    row: &invitation::Model,
    username: String,
    password: Option<HashedPassword>,
) -> Result<Uuid, Stop<AcceptInvitation>> {
    let gone = || Stop::Refused(AcceptInvitation::RoleGone);
    let role = kernel_policy::role(&row.role).ok_or_else(gone)?;
    let kind = ScopeKind::parse(&row.scope_kind).ok_or_else(gone)?;
    let ring = tx.ctx().keys().await?;
    let new = NewAccount {
        username,
        display_name: ring.open("invitation", "display_name", row.id, &row.display_name)?,
        email: Some(ring.open("invitation", "email", row.id, &row.email)?),
        password,
        must_change_password: false,
        roles: vec![NewRole { role: role.name, kind, key: row.scope_key.clone() }],
        department: row.department.as_deref().and_then(scopes::department).map(|d| d.name),
        totp_secret: None,
        lang: Lang::from_code(&row.lang),
        assigned_by: row.created_by,
    };
    create_account(tx, new).await.map_err(|stop| match stop {
        Stop::Refused(CreateAccount::InvalidUsername) => Stop::Refused(AcceptInvitation::InvalidUsername),
        Stop::Refused(CreateAccount::UsernameTaken) => Stop::Refused(AcceptInvitation::UsernameTaken),
        Stop::Refused(CreateAccount::EmailInUse) => Stop::Refused(AcceptInvitation::EmailInUse),
        Stop::Refused(CreateAccount::UnsuitableRole { .. } | CreateAccount::Exclusive) => gone(),
        Stop::Refused(other) => Stop::Fault(Stop::Refused(other).into_fault()),
        Stop::Fault(fault) => Stop::Fault(fault),
    })
}

/// Roles are the security administrators' part (三员分立): they hear of one that came by invitation.
async fn tell_security(tx: &Tx, row: &invitation::Model, username: &str) -> Result<(), Fault> {
    let title = kernel_policy::role(&row.role).map(|def| def.title);
    let (kind, key) = (row.scope_kind.as_str(), row.scope_key.as_str());
    let scope = Scopes::of([(kind, key)]).label(tx.ctx(), kind, key).await?;
    for holder in shared::holders(tx, "security_admin").await? {
        shared::write_to(tx, &holder, |to, lang, _| {
            mail::newcomer(to, lang, username, title.map_or(row.role.as_str(), |t| t.get(lang)), &scope)
        })
        .await?;
    }
    Ok(())
}
