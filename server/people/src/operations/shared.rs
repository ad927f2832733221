//! What several operations of this chapter do alike (共用步骤).

use async_graphql::ID;
use entities::{account, role_assignment, session};
use kernel::ctx::{AccountActor, Via};
use kernel::divisions::Divisions;
use kernel::invalidate::SESSIONS;
use kernel::mail::Letter;
use kernel::policy::{RoleDef, ScopeKind};
use kernel::{Ctx, Fault, Lang, Pii, Tx, places};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use crate::queries;
use crate::rules::roles;
use crate::rules::scopes::{self, ScopeFlaw};

/// The account that acts in its own matters, through a session: a key of a front-end team may not.
pub(crate) fn own_session(ctx: &Ctx) -> Result<(&AccountActor, Uuid), Fault> {
    let account = ctx.account()?;
    match account.via {
        Via::Session(id) => Ok((account, id)),
        Via::ApiKey { .. } => Err(Fault::Forbidden),
    }
}

/// As [`own_session`], for what waits until the account has changed its password and enrolled its second factor.
pub(crate) fn free_session(ctx: &Ctx) -> Result<(&AccountActor, Uuid), Fault> {
    let (account, session) = own_session(ctx)?;
    if account.restricted { Err(Fault::Forbidden) } else { Ok((account, session)) }
}

/// Ends the sessions of an account, all or all but one; they stop working at once, in every process.
pub(crate) async fn end_sessions(tx: &Tx, account: Uuid, except: Option<Uuid>) -> Result<u64, Fault> {
    let mut update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.ctx().now()))
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(except) = except {
        update = update.filter(session::Column::Id.ne(except));
    }
    let ended = update.exec(tx).await?.rows_affected;
    if ended > 0 {
        tx.invalidate(SESSIONS);
    }
    Ok(ended)
}

/// The account, locked until the transaction ends, so that two decisions about it follow each other.
pub(crate) async fn lock_account(tx: &Tx, id: Uuid) -> Result<account::Model, Fault> {
    account::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}

/// Gives an account another status and version.
pub(crate) async fn set_status(tx: &Tx, account: &account::Model, status: &str) -> Result<(), Fault> {
    account::Entity::update_many()
        .col_expr(account::Column::Status, Expr::value(status))
        .col_expr(account::Column::UpdatedAt, Expr::value(tx.ctx().now()))
        .col_expr(account::Column::Version, Expr::value(account.version + 1))
        .filter(account::Column::Id.eq(account.id))
        .exec(tx)
        .await?;
    tx.invalidate(SESSIONS);
    Ok(())
}

/// The key of a scope as it is kept, from what clients call it; a market or agency must be there.
pub(crate) async fn scope_key(
    ctx: &Ctx,
    role: &RoleDef,
    kind: ScopeKind,
    key: Option<&str>,
) -> Result<Result<String, ScopeFlaw>, Fault> {
    let key = match read_key(ctx, role, kind, key) {
        Ok(key) => key,
        Err(flaw) => return Ok(Err(flaw)),
    };
    let there = match (kind, key.parse()) {
        (ScopeKind::Market, Ok(id)) => places::require(ctx, "Market", id).await,
        (ScopeKind::Agency, Ok(id)) => places::require(ctx, "Agency", id).await,
        _ => Ok(()),
    };
    match there {
        Ok(()) => Ok(Ok(key)),
        Err(Fault::NotFound) => Ok(Err(ScopeFlaw::UnknownObject)),
        Err(fault) => Err(fault),
    }
}

fn read_key(ctx: &Ctx, role: &RoleDef, kind: ScopeKind, key: Option<&str>) -> Result<String, ScopeFlaw> {
    if !roles::fits(role, kind) {
        return Err(ScopeFlaw::KindUnsuitable);
    }
    let key = key.map(str::trim).filter(|key| !key.is_empty());
    let object = |object: &'static str, key: &str| {
        ctx.parse_id(object, &ID(key.to_owned())).map(|id| id.to_string()).map_err(|_| ScopeFlaw::UnknownObject)
    };
    match (kind, key) {
        (ScopeKind::City, None) => Ok(String::new()),
        (ScopeKind::City, Some(_)) => Err(ScopeFlaw::KeyUnwanted),
        (_, None) => Err(ScopeFlaw::KeyNeeded),
        (ScopeKind::County, Some(key)) => scopes::county(key, &ctx.tenant().code, Divisions::standard()),
        (ScopeKind::Department, Some(key)) => {
            scopes::department(key).map(|d| d.name.to_owned()).ok_or(ScopeFlaw::UnknownDepartment)
        }
        (ScopeKind::Market, Some(key)) => object("Market", key),
        (ScopeKind::Agency, Some(key)) => object("Agency", key),
    }
}

/// The active accounts that hold a role today.
pub(crate) async fn holders(tx: &Tx, role: &str) -> Result<Vec<account::Model>, Fault> {
    let today = tx.ctx().today();
    let holds = role_assignment::Entity::find()
        .select_only()
        .column(role_assignment::Column::AccountId)
        .filter(role_assignment::Column::Role.eq(role))
        .filter(
            Condition::any()
                .add(role_assignment::Column::ValidUntil.is_null())
                .add(role_assignment::Column::ValidUntil.gte(today)),
        )
        .into_query();
    let rows = account::Entity::find()
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Id.in_subquery(holds))
        .order_by_asc(account::Column::Id)
        .all(tx)
        .await?;
    Ok(rows)
}

/// Does the account hold a role that excludes the system administrator?
pub(crate) async fn is_guarded(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    let held = queries::held(tx, id).await?;
    let other =
        |role: &str| kernel::policy::role(role).is_some_and(|d| d.exclusive.is_some() && d.name != "system_admin");
    Ok(held.iter().any(|h| other(&h.role)))
}

/// The administrator's role that nobody else would hold for good if this account lost `only`, or all it has.
pub(crate) async fn last_administrator(
    tx: &Tx,
    account: Uuid,
    only: Option<&str>,
) -> Result<Option<&'static RoleDef>, Fault> {
    let today = tx.ctx().today();
    for held in queries::held(tx, account).await? {
        let lost = only.is_none_or(|only| only == held.role);
        let Some(def) = kernel::policy::role(&held.role).filter(|d| d.exclusive.is_some() && lost) else { continue };
        if !roles::holds_now(&held, today) {
            continue;
        }
        lock_role(tx, def.name).await?;
        if for_good(tx, def.name).await?.iter().all(|other| *other == account) {
            return Ok(Some(def));
        }
    }
    Ok(None)
}

/// The active accounts that hold a role without a last day: one whose role ends leaves nobody once it does.
async fn for_good(tx: &Tx, role: &str) -> Result<Vec<Uuid>, Fault> {
    let ids: Vec<Uuid> = holders(tx, role).await?.into_iter().map(|holder| holder.id).collect();
    let rows = queries::roles_of(tx, &ids).await?;
    let lasts = |id: &Uuid| {
        let held = rows.get(id).into_iter().flatten();
        held.filter(|row| row.role == role).any(|row| row.valid_until.is_none())
    };
    Ok(ids.into_iter().filter(lasts).collect())
}

/// Whoever takes a role from its holders waits for whoever does so already: two who each leave the other one would leave
/// nobody.
async fn lock_role(tx: &Tx, role: &str) -> Result<(), Fault> {
    role_assignment::Entity::find()
        .filter(role_assignment::Column::Role.eq(role))
        .order_by_asc(role_assignment::Column::Id)
        .lock_exclusive()
        .all(tx)
        .await?;
    Ok(())
}

/// Writes a letter to an account, if it has an address: `letter(address, language, user name)`.
pub(crate) async fn write_to(
    tx: &Tx,
    account: &account::Model,
    letter: impl FnOnce(Pii<String>, Lang, &str) -> Letter,
) -> Result<(), Fault> {
    let Some(sealed) = account.email.as_deref() else { return Ok(()) };
    let to = tx.ctx().keys().await?.open("account", "email", account.id, sealed)?;
    tx.mail(letter(to, Lang::from_code(&account.lang), &account.username)).await?;
    Ok(())
}
