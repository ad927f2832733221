//! Who presents a token (身份): the front door of the transport. A session or an API key becomes an actor.
//!
//! What was read is kept for half a minute in this process and forgotten at once when a session, key or role changes;
//! the ends of sessions are looked at each time.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use entities::{account, api_key, role_assignment, session};
use kernel::config::PeopleConfig;
use kernel::crypto::hash;
use kernel::ctx::{AccountActor, Via};
use kernel::fault::{Fault, Never, Stop};
use kernel::policy::Held;
use kernel::{Actor, Ctx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::cache::{Cache, Key, Kind, Known};
use crate::citizens::identity as citizens;
use crate::queries;
use crate::rules::sessions;

/// Begins every session token.
pub const SESSION_PREFIX: &str = "yz_s_";
/// Begins every API key.
pub const KEY_PREFIX: &str = "yz_k_";
/// Begins every token of a citizen's session.
pub const CITIZEN_PREFIX: &str = "yz_c_";
/// No token is longer; what is, is not hashed.
const LONGEST: usize = 80;

/// What a token was claimed to be, and is (身份校验结果).
#[derive(Debug)]
pub enum Claimed {
    /// This actor.
    Actor(Actor),
    /// Unknown here, expired, revoked, or its account is disabled: which, is not told.
    Unknown,
    /// It says itself that it belongs to another tenant.
    OtherTenant,
    /// The key may not be used from this origin.
    OriginNotAllowed,
}

/// A fresh token of this tenant: prefix, tenant code and 32 random bytes. The code is no secret: it lets a token shown
/// at the wrong door be told from a wrong token.
pub(crate) fn new_token(ctx: &Ctx, prefix: &str) -> Result<String, Fault> {
    let random = hash::random_token().map_err(Fault::of("make a token"))?;
    Ok(format!("{prefix}{}_{random}", ctx.tenant().code))
}

/// What is stored of a token.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    hash::sha256(token.as_bytes()).to_vec()
}

/// Says who presents `token` in the tenant of `ctx`; `origin` is what a browser sent that is not our own page.
///
/// A token of another tenant is never looked up: each tenant has its own table.
pub async fn authenticate(ctx: &Ctx, token: &str, origin: Option<&str>) -> Result<Claimed, Fault> {
    let Some((prefix, rest)) = split(token) else { return Ok(Claimed::Unknown) };
    match rest.split_once('_') {
        Some((code, _)) if code == ctx.tenant().code => {}
        Some(_) => return Ok(Claimed::OtherTenant),
        None => return Ok(Claimed::Unknown),
    }
    let key = Key { tenant: ctx.tenant().code.clone(), hash: hash::sha256(token.as_bytes()) };
    let cache = Cache::of(ctx.kernel());
    let now = ctx.now();
    let known = if let Some(known) = cache.get(&key, now) {
        known
    } else {
        let epoch = cache.epoch(&key.tenant);
        let Some(known) = read(ctx, prefix, &key.hash, epoch).await? else { return Ok(Claimed::Unknown) };
        cache.put(key.clone(), known)
    };
    if is_over(&known, now) {
        cache.forget(&key);
        return Ok(Claimed::Unknown);
    }
    if let (Kind::ApiKey { origins, .. }, Some(origin)) = (&known.kind, origin)
        && !origins.iter().any(|allowed| allowed == origin)
    {
        return Ok(Claimed::OriginNotAllowed);
    }
    write_down_use(ctx, &known).await;
    Ok(Claimed::Actor(known.actor.clone()))
}

/// Prefix and rest of a token that has the shape of one.
fn split(token: &str) -> Option<(&'static str, &str)> {
    if token.len() > LONGEST {
        return None;
    }
    let known = [SESSION_PREFIX, KEY_PREFIX, CITIZEN_PREFIX].into_iter();
    known.into_iter().find_map(|prefix| token.strip_prefix(prefix).map(|rest| (prefix, rest)))
}

/// What the actor of a long-lived connection is at this moment (重新核对身份): its roles may have been given or taken since.
/// `None` when its session or key is over. `used` when it begins something, and not when it is only looked at.
pub async fn refresh(ctx: &Ctx, actor: &Actor, used: bool) -> Result<Option<Actor>, Fault> {
    let known = match actor {
        Actor::Account(account) => known_now(ctx, account).await?,
        Actor::Citizen(citizen) => citizens::by_id(ctx, citizen.session).await?,
        Actor::Anonymous | Actor::System(_) => return Ok(Some(actor.clone())),
    };
    let Some(known) = known else { return Ok(None) };
    if is_over(&known, ctx.now()) {
        return Ok(None);
    }
    if used {
        write_down_use(ctx, &known).await;
    }
    Ok(Some(known.actor))
}

/// The session or key of an account, read again.
async fn known_now(ctx: &Ctx, account: &AccountActor) -> Result<Option<Known>, Fault> {
    let scope = ctx.scope();
    Ok(Some(match &account.via {
        Via::Session(id) => {
            let found = live_sessions().filter(session::Column::Id.eq(*id)).one(&scope).await?;
            let Some((row, Some(account))) = found.filter(|f| is_active(f.1.as_ref())) else { return Ok(None) };
            known_session(ctx, row, &account, queries::held(&scope, account.id).await?, 0)
        }
        Via::ApiKey { id, .. } => {
            let found = live_keys().filter(api_key::Column::Id.eq(*id)).one(&scope).await?;
            let Some((row, Some(account))) = found.filter(|f| is_active(f.1.as_ref())) else { return Ok(None) };
            known_key(ctx, row, &account, queries::held(&scope, account.id).await?, 0)?
        }
    }))
}

/// Has its end come, or was it unused for too long?
fn is_over(known: &Known, now: DateTime<Utc>) -> bool {
    known.ends <= now || known.idle.is_some_and(|idle| known.last_used() + idle <= now)
}

/// Writes down a use, once a minute.
async fn write_down_use(ctx: &Ctx, known: &Known) {
    let now = ctx.now();
    if known.last_used() + Duration::seconds(sessions::TOUCH_SECONDS) > now {
        return;
    }
    known.set_last_used(now);
    // That a last use could not be written down ends no request.
    if let Err(fault) = touch(ctx, &known.kind).await {
        tracing::warn!(%fault, tenant = ctx.tenant().code, "the last use of a token could not be written down");
    }
}

/// Does a live key of the tenant name this origin, so that a browser there may call at all?
pub async fn origin_known(ctx: &Ctx, origin: &str) -> Result<bool, Fault> {
    let (tenant, now, cache) = (ctx.tenant().code.as_str(), ctx.now(), Cache::of(ctx.kernel()));
    if let Some(known) = cache.names_origin(tenant, origin, now) {
        return Ok(known);
    }
    let epoch = cache.epoch(tenant);
    let rows: Vec<serde_json::Value> = api_key::Entity::find()
        .select_only()
        .column(api_key::Column::Origins)
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(now))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let mut names = HashSet::new();
    for row in rows {
        names.extend(serde_json::from_value::<Vec<String>>(row).map_err(Fault::of("read the origins of a key"))?);
    }
    let known = names.contains(origin);
    cache.put_origins(tenant, names, now, epoch);
    Ok(known)
}

fn live_sessions() -> sea_orm::SelectTwo<session::Entity, account::Entity> {
    let owner =
        session::Entity::belongs_to(account::Entity).from(session::Column::AccountId).to(account::Column::Id).into();
    session::Entity::find()
        .filter(session::Column::RevokedAt.is_null())
        .join(JoinType::InnerJoin, owner)
        .select_also(account::Entity)
}

fn live_keys() -> sea_orm::SelectTwo<api_key::Entity, account::Entity> {
    let owner =
        api_key::Entity::belongs_to(account::Entity).from(api_key::Column::AccountId).to(account::Column::Id).into();
    api_key::Entity::find()
        .filter(api_key::Column::RevokedAt.is_null())
        .join(JoinType::InnerJoin, owner)
        .select_also(account::Entity)
}

/// Two statements: token with account, and roles.
async fn read(ctx: &Ctx, prefix: &str, hash: &[u8; 32], epoch: u64) -> Result<Option<Known>, Fault> {
    let scope = ctx.scope();
    if prefix == CITIZEN_PREFIX {
        citizens::by_token(ctx, hash, epoch).await
    } else if prefix == SESSION_PREFIX {
        let found = live_sessions().filter(session::Column::TokenHash.eq(hash.to_vec())).one(&scope).await?;
        let Some((row, Some(account))) = found.filter(|f| is_active(f.1.as_ref())) else { return Ok(None) };
        Ok(Some(known_session(ctx, row, &account, queries::held(&scope, account.id).await?, epoch)))
    } else {
        let found = live_keys().filter(api_key::Column::TokenHash.eq(hash.to_vec())).one(&scope).await?;
        let Some((row, Some(account))) = found.filter(|f| is_active(f.1.as_ref())) else { return Ok(None) };
        Ok(Some(known_key(ctx, row, &account, queries::held(&scope, account.id).await?, epoch)?))
    }
}

fn is_active(account: Option<&account::Model>) -> bool {
    account.is_some_and(|a| a.status == "ACTIVE")
}

fn known_session(ctx: &Ctx, row: session::Model, account: &account::Model, held: Vec<Held>, epoch: u64) -> Known {
    let (config, today) = (&ctx.kernel().config.people, ctx.today());
    let idle = Some(sessions::idle(config, &held, today));
    let actor = session_actor(account, held, row.id, config, today);
    Known::new(actor, Kind::Session(row.id), row.expires_at, idle, row.last_used_at, ctx.now(), epoch)
}

fn known_key(
    ctx: &Ctx,
    row: api_key::Model,
    account: &account::Model,
    held: Vec<Held>,
    epoch: u64,
) -> Result<Known, Fault> {
    let scopes: Vec<String> = serde_json::from_value(row.scopes).map_err(Fault::of("read the scopes of a key"))?;
    let origins: Vec<String> = serde_json::from_value(row.origins).map_err(Fault::of("read the origins of a key"))?;
    let via = Via::ApiKey { id: row.id, scopes: scopes.into() };
    // A key outlives its owner's password: it is no way to use the password, and ends by its own date.
    let actor = account_actor(account, held, via, false);
    let ends = row.expires_at.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let last_used = row.last_used_at.unwrap_or(row.created_at);
    let kind = Kind::ApiKey { id: row.id, origins: origins.into() };
    Ok(Known::new(actor, kind, ends, None, last_used, ctx.now(), epoch))
}

/// The actor a session makes of an account.
pub(crate) fn session_actor(
    account: &account::Model,
    held: Vec<Held>,
    session: Uuid,
    config: &PeopleConfig,
    today: NaiveDate,
) -> Actor {
    let restricted =
        sessions::must_change_password(account, config, today) || sessions::must_enrol_totp(account, &held, config);
    account_actor(account, held, Via::Session(session), restricted)
}

fn account_actor(account: &account::Model, held: Vec<Held>, via: Via, restricted: bool) -> Actor {
    let (id, username, held) = (account.id, account.username.clone(), Arc::from(held));
    Actor::Account(AccountActor { id, username, held, via, restricted })
}

async fn touch(ctx: &Ctx, kind: &Kind) -> Result<(), Fault> {
    let now = ctx.now();
    let touched: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            match kind {
                Kind::Session(id) => {
                    session::Entity::update_many()
                        .col_expr(session::Column::LastUsedAt, Expr::value(now))
                        .filter(session::Column::Id.eq(*id))
                        .exec(&tx)
                        .await?;
                }
                Kind::ApiKey { id, .. } => {
                    api_key::Entity::update_many()
                        .col_expr(api_key::Column::LastUsedAt, Expr::value(now))
                        .filter(api_key::Column::Id.eq(*id))
                        .exec(&tx)
                        .await?;
                }
                Kind::Citizen(id) => citizens::touch(&tx, *id).await?,
            }
            Ok(())
        })
        .await;
    touched.map_err(Stop::into_fault)
}

/// A role as it is kept, as policy reads it.
pub(crate) fn held_of(row: role_assignment::Model) -> Option<Held> {
    let kind = kernel::policy::ScopeKind::parse(&row.scope_kind)?;
    Some(Held { role: row.role, kind, key: row.scope_key, until: row.valid_until })
}
