//! Signing in (登录): user name, password, and for whoever has enrolled one a one-time code.

use entities::{account, session};
use kernel::crypto::password;
use kernel::crypto::totp::{self, OtpHash};
use kernel::fault::{Fault, Stop};
use kernel::{Actor, Ctx, Text, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, Set};
use uuid::Uuid;

use super::attempts::{self, Attempt};
use crate::identity;
use crate::rules::{contact, roles, sessions};
use crate::source::Source;
use crate::{policy, prepare, queries};

kernel::refusals! {
    /// Why nobody was signed in (登录被拒绝).
    pub SignIn => SignInRefused, SignInRefusalCode {
        /// User name, password or code is wrong, or the account is disabled: which, is not told.
        InvalidCredentials:
            "用户名、口令或动态口令不正确，或账号已停用。如忘记口令，请联系系统管理员。" /
            "The user name, password or one-time code is wrong, or the account is disabled. If you forgot your password, ask the system administrator.",
        /// It was right, and came too late. Whoever does not know it hears that it is wrong.
        OneTimePasswordLapsed { hours: i64 } @ "password":
            "该一次性口令签发后已超过{hours}小时，不能再用。请联系系统管理员重新重置口令；系统管理员本人请由运维人员在服务器上执行 yizhan account reset。" /
            "This one-time password was issued more than {hours} hours ago and works no longer. Ask the system administrator to reset the password again; a system administrator has whoever runs the server use: yizhan account reset.",
        /// Too many failures from this network.
        TooManyAttempts { minutes: i64 }:
            "从您所在网络登录失败次数过多，请在{minutes}分钟后再试；其他网络上的登录不受影响。" /
            "Too many failed attempts from this network: try again in {minutes} min. Other networks are not affected.",
    }
}

/// What is typed at sign-in (登录信息).
pub struct SignInInput {
    /// The user name.
    pub username: String,
    /// The password.
    pub password: String,
    /// The one-time code, if it was asked for.
    pub totp: Option<String>,
}

/// How an attempt to sign in ended, if it was not refused (登录结果).
pub enum SignedIn {
    /// Signed in.
    Done {
        /// The token, given once.
        token: String,
        /// Who it is from now on.
        actor: Actor,
    },
    /// A one-time code is needed as well.
    TotpRequired {
        /// Because somebody is guessing at this account.
        under_attack: bool,
    },
}

/// What to do when a one-time code is needed.
#[must_use]
pub(crate) const fn code_needed(under_attack: bool) -> Text {
    if under_attack {
        Text::new(
            "该用户名近期登录失败次数过多，从陌生网络登录须同时输入动态口令；您也可以在以往用过的网络登录，或联系系统管理员。",
            "There were many failed attempts with this user name: from a network it never used, a one-time code is needed as well. You may also sign in from a network you used before, or ask the system administrator.",
        )
    } else {
        Text::new("请输入身份验证器上的六位动态口令。", "Enter the six-digit code that your authenticator shows.")
    }
}

/// Signs in (登录). The same answer and the same work for a user name that does not exist.
pub async fn sign_in(ctx: &Ctx, input: SignInInput, source: &Source) -> Result<SignedIn, Stop<SignIn>> {
    let username = contact::username(&input.username);
    let code = input.totp.filter(|code| !code.trim().is_empty());
    let attempt = match attempts::take(ctx, &username, source, code.is_some()).await? {
        Ok(attempt) => attempt,
        Err(blocked) => return refuse(ctx, SignIn::TooManyAttempts { minutes: blocked.minutes(ctx.now()) }).await,
    };
    if attempt.code_first && code.is_none() {
        attempt.give_back(ctx).await?;
        return Ok(SignedIn::TotpRequired { under_attack: true });
    }
    let account = queries::account_named(&ctx.scope(), &username).await?;
    let phc = account.as_ref().and_then(|a| a.password_hash.as_deref());
    let right = prepare::verify(&input.password, phc).await?;
    let anew = match phc {
        Some(phc) if right && password::needs_rehash(phc) => Some(prepare::hash(&input.password).await?),
        _ => None,
    };
    let proof = Proof { right, code, code_first: attempt.code_first, anew };
    let ended = decide(ctx, account.as_ref(), &proof, &attempt, source).await;
    match (&ended, account) {
        (Ok(SignedIn::TotpRequired { .. }) | Err(Stop::Refused(SignIn::OneTimePasswordLapsed { .. })), _) => {
            attempt.give_back(ctx).await?;
        }
        (Err(Stop::Refused(_)), Some(owner)) if right && proof.code.is_some() => {
            attempt.count_wrong_code(ctx, &owner).await?;
        }
        _ => {}
    }
    match (ended, attempt.closed) {
        // Said as if it had not been looked at: whether the name is used in this network is nobody's business.
        (Err(Stop::Refused(SignIn::InvalidCredentials)), Some(blocked)) => {
            Err(Stop::Refused(SignIn::TooManyAttempts { minutes: blocked.minutes(ctx.now()) }))
        }
        (ended, _) => ended,
    }
}

/// What was shown, and what is known of it before the transaction.
struct Proof {
    right: bool,
    code: Option<String>,
    code_first: bool,
    anew: Option<String>,
}

async fn refuse(ctx: &Ctx, refusal: SignIn) -> Result<SignedIn, Stop<SignIn>> {
    ctx.transact(&policy::SIGN_IN, |_| async { Err(Stop::Refused(refusal)) }).await
}

async fn decide(
    ctx: &Ctx,
    seen: Option<&account::Model>,
    proof: &Proof,
    attempt: &Attempt,
    source: &Source,
) -> Result<SignedIn, Stop<SignIn>> {
    ctx.transact(&policy::SIGN_IN, |tx| async move {
        // Of a name that nobody has it is noted about nobody: the work must not tell the two apart.
        tx.note_about(seen.map_or(Uuid::nil(), |seen| seen.id), "network", source.network.as_str());
        let invalid = || Stop::Refused(SignIn::InvalidCredentials);
        // A name that nobody has is looked up as well: the work must not tell it from one that somebody has.
        let account = queries::account(&tx, seen.map_or(Uuid::nil(), |seen| seen.id)).await?;
        let (Some(seen), Some(account)) = (seen, account) else { return Err(invalid()) };
        tx.about("Account", seen.id);
        // The password that was checked must still be the password.
        if !proof.right || account.password_hash != seen.password_hash || account.status != "ACTIVE" {
            return Err(invalid());
        }
        if account.totp_confirmed {
            let Some(code) = &proof.code else { return Ok(SignedIn::TotpRequired { under_attack: false }) };
            if !use_code(&tx, &account, code).await? {
                return Err(invalid());
            }
        } else if proof.code_first {
            return Err(invalid());
        }
        let config = &tx.ctx().kernel().config.people;
        if sessions::has_lapsed(&account, config, tx.ctx().now()) {
            return Err(Stop::Refused(SignIn::OneTimePasswordLapsed { hours: config.one_time_hours }));
        }
        attempt.forgive(&tx).await?;
        let (token, actor) = open_session(&tx, &account, source).await?;
        remember(&tx, account.id, proof.anew.as_deref()).await?;
        tx.acted(account.id, &account.username);
        Ok(SignedIn::Done { token, actor })
    })
    .await
}

/// Takes a one-time code, once: the step it belongs to is written down, and no step is taken twice.
async fn use_code(tx: &Tx, account: &account::Model, code: &str) -> Result<bool, Fault> {
    let ctx = tx.ctx();
    let Some(sealed) = &account.totp_secret else { return Ok(false) };
    let secret = ctx.keys().await?.open_secret("account", "totp_secret", account.id, sealed)?;
    let unix = u64::try_from(ctx.now().timestamp()).unwrap_or_default();
    let last = account.totp_last_step.and_then(|step| u64::try_from(step).ok());
    let Some(step) = totp::verify(secret.expose(), OtpHash::Sha1, code.trim(), unix, last) else { return Ok(false) };
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    let fresh =
        Condition::any().add(account::Column::TotpLastStep.is_null()).add(account::Column::TotpLastStep.lt(step));
    let taken = account::Entity::update_many()
        .col_expr(account::Column::TotpLastStep, Expr::value(step))
        .filter(account::Column::Id.eq(account.id))
        .filter(fresh)
        .exec(tx)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Opens a session; an administrator has one at a time (GB/T 22239-2019 8.1.4.1 b).
async fn open_session(tx: &Tx, account: &account::Model, source: &Source) -> Result<(String, Actor), Fault> {
    let ctx = tx.ctx();
    let (now, today, config) = (ctx.now(), ctx.today(), &ctx.kernel().config.people);
    let held = queries::held(tx, account.id).await?;
    if held.iter().any(|h| roles::holds_now(h, today) && roles::is_administrator(&h.role)) {
        super::shared::end_sessions(tx, account.id, None).await?;
    }
    let token = identity::new_token(ctx, identity::SESSION_PREFIX)?;
    let id = ctx.new_id();
    let row = session::ActiveModel {
        id: Set(id),
        account_id: Set(account.id),
        token_hash: Set(identity::token_hash(&token)),
        user_agent: Set(source.user_agent.clone()),
        ip_masked: Set(Some(source.network.clone()).filter(|n| !n.is_empty())),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(sessions::ends(config, now)),
        revoked_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok((token, identity::session_actor(account, held, id, config, today)))
}

async fn remember(tx: &Tx, id: Uuid, anew: Option<&str>) -> Result<(), Fault> {
    let mut update =
        account::Entity::update_many().col_expr(account::Column::LastSignInAt, Expr::value(tx.ctx().now()));
    if let Some(phc) = anew {
        update = update.col_expr(account::Column::PasswordHash, Expr::value(phc));
    }
    update.filter(account::Column::Id.eq(id)).exec(tx).await?;
    Ok(())
}
