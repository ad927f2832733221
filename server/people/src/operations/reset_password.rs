//! Resetting a forgotten password (重置口令): a one-time password, by mail to its owner or shown once to the system
//! administrator who hands it over.

use std::sync::OnceLock;

use entities::account;
use kernel::fault::{Fault, Never, Stop};
use kernel::{Ctx, Once, Outcome, Pii, Place, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{change_password, shared};
use crate::rules::contact;
use crate::{mail, policy, prepare, queries};

kernel::refusals! {
    /// Why the password stays (不予重置口令).
    pub ResetPassword => ResetPasswordReason, ResetPasswordRefusalCode {
        /// Somebody else changed the account.
        Conflict { current: i32 } @ "version":
            "该账号已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this account (now version {current}); reload and try again.",
        /// A reason is needed.
        ReasonNeeded @ "reason": "请填写原因（不超过200字）。" / "Give a reason of at most 200 characters.",
        /// It is one's own.
        OwnAccount:
            "请用“修改口令”修改自己的口令；如已忘记，请由另一名系统管理员办理。" /
            "Change your own password with “Change the password”; if you forgot it, ask another system administrator.",
        /// It cannot sign in anyway.
        NotActive: "该账号未启用，请先启用。" / "This account is not active; enable it first.",
        /// Whoever resets it would hold another administrator's password.
        NeedsMail:
            "安全管理员和审计管理员的一次性口令只发给本人，但该账号没有邮箱。请在服务器上由运维人员执行 yizhan account reset。" /
            "The one-time password of a security or audit administrator goes to its owner alone, and this account has no mail address. Have whoever runs the server use: yizhan account reset.",
    }
}

/// A password that was reset (口令重置结果).
pub struct PasswordReset {
    /// Whose.
    pub id: Uuid,
    /// The one-time password, given once; nothing when it went by mail or the request was repeated.
    pub shown: Option<String>,
}

/// Resets a password (重置口令): the sessions end, and another one must be chosen at the next sign-in.
///
/// The password of a security or audit administrator is never shown to the system administrator: one person would be
/// two of the three.
pub async fn reset_password(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    reason: &str,
    once: Option<Once>,
) -> Result<PasswordReset, Stop<ResetPassword>> {
    let one_time = prepare::one_time().await?;
    let (given, shown) = (&one_time, OnceLock::new());
    let to_show = &shown;
    let outcome = ctx
        .transact_once(&policy::RESET_PASSWORD, once, |tx| async move {
            let account = shared::lock_account(&tx, id).await?;
            tx.about("Account", id);
            tx.authorize(&policy::RESET_PASSWORD, &Place::city()).await?;
            let reason = contact::line(reason, 200).ok_or(Stop::Refused(ResetPassword::ReasonNeeded))?;
            let guarded = shared::is_guarded(&tx, id).await?;
            decide(&account, version, tx.ctx().actor().account_id(), guarded).map_err(Stop::Refused)?;
            tx.note_about(id, "reason", reason);
            tx.note("mailed", account.email.is_some());
            replace(&tx, &account, &given.hashed).await?;
            if account.email.is_some() {
                let hours = tx.ctx().kernel().config.people.one_time_hours;
                let letter =
                    |to: Pii<String>, lang, name: &str| mail::password_reset(to, lang, name, &given.shown, hours);
                shared::write_to(&tx, &account, letter).await?;
            } else if to_show.set(given.shown.clone()).is_err() {
                return Err(Stop::Fault(Fault::internal("show a one-time password twice")));
            }
            Ok(Outcome::of("Account", id, version + 1))
        })
        .await?;
    Ok(PasswordReset { id: outcome.id, shown: shown.into_inner() })
}

/// Gives the account of this name a one-time password (签发一次性口令): for the command line, where an administrator
/// who forgot it begins again. Nothing if nobody has the name.
pub async fn issue_password(ctx: &Ctx, username: &str) -> Result<Option<String>, Fault> {
    let username = contact::username(username);
    let one_time = prepare::one_time().await?;
    let issued: Result<bool, Stop<Never>> = ctx
        .transact(&policy::RESET_PASSWORD, |tx| async move {
            let Some(found) = queries::account_named(&tx, &username).await? else { return Ok(false) };
            let account = shared::lock_account(&tx, found.id).await?;
            tx.about("Account", account.id);
            if account.status == "ERASED" {
                return Ok(false);
            }
            replace(&tx, &account, &one_time.hashed).await?;
            Ok(true)
        })
        .await;
    Ok(issued.map_err(Stop::into_fault)?.then_some(one_time.shown))
}

/// May this account's password be reset by this person?
fn decide(account: &account::Model, version: i32, by: Option<Uuid>, guarded: bool) -> Result<(), ResetPassword> {
    if by == Some(account.id) {
        return Err(ResetPassword::OwnAccount);
    }
    if account.version != version {
        return Err(ResetPassword::Conflict { current: account.version });
    }
    if account.status != "ACTIVE" {
        return Err(ResetPassword::NotActive);
    }
    if guarded && account.email.is_none() {
        return Err(ResetPassword::NeedsMail);
    }
    Ok(())
}

async fn replace(
    tx: &Tx,
    account: &account::Model,
    password: &super::create_account::HashedPassword,
) -> Result<(), Fault> {
    let now = tx.ctx().now();
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(password.phc()))
        .col_expr(account::Column::PasswordChangedAt, Expr::value(now))
        .col_expr(account::Column::MustChangePassword, Expr::value(true))
        .col_expr(account::Column::UpdatedAt, Expr::value(now))
        .col_expr(account::Column::Version, Expr::value(account.version + 1))
        .filter(account::Column::Id.eq(account.id))
        .exec(tx)
        .await?;
    if let Some(old) = &account.password_hash {
        change_password::remember(tx, account.id, old).await?;
    }
    shared::end_sessions(tx, account.id, None).await?;
    tx.invalidate(kernel::invalidate::SESSIONS);
    Ok(())
}
