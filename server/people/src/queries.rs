//! What is read (查询): keyset pages, batches by id, never a query per row.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{account, api_key, policy_line, role_assignment, session};
use kernel::fault::Fault;
use kernel::keys::KeyRing;
use kernel::policy::{self, Held};
use kernel::{Action, Ctx, Pii};
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, SqlErr,
};
use uuid::Uuid;

use crate::identity;
use crate::rows::{invitation, liaison};
use crate::rules::contact;

/// The account of this id.
pub(crate) async fn account<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Option<account::Model>, Fault> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// The account of this user name, which is in lower case.
pub(crate) async fn account_named<C: ConnectionTrait>(db: &C, username: &str) -> Result<Option<account::Model>, Fault> {
    Ok(account::Entity::find().filter(account::Column::Username.eq(username)).one(db).await?)
}

/// The working name of an account, opened.
pub(crate) async fn display_name(ctx: &Ctx, row: &account::Model) -> Result<Pii<String>, Fault> {
    ctx.keys().await?.open("account", "display_name", row.id, &row.display_name)
}

/// What finds the accounts of this working name.
pub(crate) fn name_index(ring: &KeyRing, name: &Pii<String>) -> Vec<u8> {
    ring.blind("display_name", &name.map(|name| contact::name_sought(name)))
}

/// What finds the account or invitation of this address.
pub(crate) fn email_index(ring: &KeyRing, email: &Pii<String>) -> Vec<u8> {
    ring.blind("email", &email.map(|email| email.to_lowercase()))
}

/// Has an account this address?
pub(crate) async fn has_address<C: ConnectionTrait>(db: &C, index: &[u8]) -> Result<bool, Fault> {
    let of = account::Entity::find().filter(account::Column::EmailIndex.eq(index.to_vec()));
    Ok(of.one(db).await?.is_some())
}

/// What another account has, of that which no two may have.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Its address.
    Address,
    /// Its user name, or its id.
    Other,
}

/// What the table itself refused to take twice, where two came at one moment. SQLite names the column, PostgreSQL the
/// index, which has the column in its name.
pub(crate) fn taken(error: &DbErr) -> Option<Taken> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(what)) if what.contains("email_index") => Some(Taken::Address),
        Some(SqlErr::UniqueConstraintViolation(_)) => Some(Taken::Other),
        _ => None,
    }
}

/// The roles of these accounts, in the order they were assigned.
pub(crate) async fn roles_of<C: ConnectionTrait>(
    db: &C,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, Vec<role_assignment::Model>>, Fault> {
    let mut roles: HashMap<Uuid, Vec<role_assignment::Model>> = HashMap::new();
    if accounts.is_empty() {
        return Ok(roles);
    }
    let rows = role_assignment::Entity::find()
        .filter(role_assignment::Column::AccountId.is_in(accounts.iter().copied()))
        .order_by_asc(role_assignment::Column::Id)
        .all(db)
        .await?;
    for row in rows {
        roles.entry(row.account_id).or_default().push(row);
    }
    Ok(roles)
}

/// The roles of one account as policy reads them.
pub(crate) async fn held<C: ConnectionTrait>(db: &C, account: Uuid) -> Result<Vec<Held>, Fault> {
    let rows = roles_of(db, &[account]).await?.remove(&account).unwrap_or_default();
    Ok(rows.into_iter().filter_map(identity::held_of).collect())
}

/// Did the account of this user name ever sign in from this network, as far as is remembered? Costs the same for a name
/// that nobody has.
pub(crate) async fn is_known_network(ctx: &Ctx, username: &str, network: &str) -> Result<bool, Fault> {
    if network.is_empty() {
        return Ok(false);
    }
    let owner =
        session::Entity::belongs_to(account::Entity).from(session::Column::AccountId).to(account::Column::Id).into();
    let seen = session::Entity::find()
        .join(JoinType::InnerJoin, owner)
        .filter(account::Column::Username.eq(username))
        .filter(session::Column::IpMasked.eq(network))
        .one(&ctx.scope())
        .await?;
    Ok(seen.is_some())
}

/// A session of this id.
pub(crate) async fn session<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Option<session::Model>, Fault> {
    Ok(session::Entity::find_by_id(id).one(db).await?)
}

/// The sessions of an account that hold at `now` and were used after `since`, the newest first.
pub(crate) async fn live_sessions_of<C: ConnectionTrait>(
    db: &C,
    account: Uuid,
    now: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<Vec<session::Model>, Fault> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(session::Column::LastUsedAt.gt(since))
        .order_by_desc(session::Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}

/// Which accounts are wanted.
#[derive(Default)]
pub(crate) struct AccountsWanted {
    /// Part of the user name, or the whole working name: that lies sealed, and only its equal is found.
    pub(crate) search: Option<String>,
    /// Blind index of the working name that is sought.
    pub(crate) name: Option<Vec<u8>>,
    /// The status as stored.
    pub(crate) status: Option<&'static str>,
    /// A role that is held.
    pub(crate) role: Option<String>,
}

impl AccountsWanted {
    fn condition(&self) -> Condition {
        let mut all = Condition::all();
        if let Some(search) = self.search.as_deref().map(str::trim).filter(|s| !s.is_empty()) {
            let part = LikeExpr::new(format!("%{}%", escape(&search.to_lowercase()))).escape('\\');
            let named = self.name.as_ref().map(|index| account::Column::DisplayNameIndex.eq(index.clone()));
            let username = Expr::col((account::Entity, account::Column::Username)).like(part);
            all = all.add(Condition::any().add(username).add_option(named));
        }
        if let Some(status) = self.status {
            all = all.add(account::Column::Status.eq(status));
        }
        if let Some(role) = &self.role {
            let holders = role_assignment::Entity::find()
                .select_only()
                .column(role_assignment::Column::AccountId)
                .filter(role_assignment::Column::Role.eq(role.as_str()))
                .into_query();
            all = all.add(account::Column::Id.in_subquery(holders));
        }
        all
    }
}

/// A text to be found by `LIKE` as it stands.
pub(crate) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// A page of accounts by user name.
pub(crate) async fn accounts<C: ConnectionTrait>(
    db: &C,
    wanted: &AccountsWanted,
    after: Option<&str>,
    limit: u64,
) -> Result<Vec<account::Model>, Fault> {
    let mut query = account::Entity::find().filter(wanted.condition());
    if let Some(after) = after {
        query = query.filter(account::Column::Username.gt(after));
    }
    Ok(query.order_by_asc(account::Column::Username).limit(limit).all(db).await?)
}

/// How many accounts there are.
pub(crate) async fn count_accounts<C: ConnectionTrait>(db: &C, wanted: &AccountsWanted) -> Result<i64, Fault> {
    let count = account::Entity::find().filter(wanted.condition()).count(db).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The city's own line about a role and an action.
pub(crate) fn policy_line_about(role: &str, action: &Action) -> Select<policy_line::Entity> {
    use policy_line::Column;
    let about = Condition::all()
        .add(Column::Role.eq(role))
        .add(Column::Class.eq("*"))
        .add(Column::Object.eq(action.object))
        .add(Column::Act.eq(action.act));
    policy_line::Entity::find().filter(about)
}

/// The roles that this version of the house knows: a line of any other is left out before a page is cut.
fn known_roles() -> impl Iterator<Item = &'static str> {
    policy::ROLES.iter().map(|role| role.name)
}

/// A page of the city's own lines of policy, the newest first.
pub(crate) async fn policy_lines<C: ConnectionTrait>(
    db: &C,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<policy_line::Model>, Fault> {
    let mut query = policy_line::Entity::find().filter(policy_line::Column::Role.is_in(known_roles()));
    if let Some(after) = after {
        query = query.filter(policy_line::Column::Id.lt(after));
    }
    Ok(query.order_by_desc(policy_line::Column::Id).limit(limit).all(db).await?)
}

/// A page of invitations, the newest first.
pub(crate) async fn invitations<C: ConnectionTrait>(
    db: &C,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<invitation::Model>, Fault> {
    let mut query = invitation::Entity::find().filter(invitation::Column::Role.is_in(known_roles()));
    if let Some(after) = after {
        query = query.filter(invitation::Column::Id.lt(after));
    }
    Ok(query.order_by_desc(invitation::Column::Id).limit(limit).all(db).await?)
}

/// A page of API keys with their owners' user names, the newest first; of one owner, or of all.
pub(crate) async fn api_keys<C: ConnectionTrait>(
    db: &C,
    owner: Option<Uuid>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<(api_key::Model, Option<account::Model>)>, Fault> {
    let to_account =
        api_key::Entity::belongs_to(account::Entity).from(api_key::Column::AccountId).to(account::Column::Id).into();
    let mut query = api_key::Entity::find().join(JoinType::InnerJoin, to_account);
    if let Some(owner) = owner {
        query = query.filter(api_key::Column::AccountId.eq(owner));
    }
    if let Some(after) = after {
        query = query.filter(api_key::Column::Id.lt(after));
    }
    Ok(query.order_by_desc(api_key::Column::Id).limit(limit).select_also(account::Entity).all(db).await?)
}

/// The liaison persons, the present one first.
pub(crate) async fn liaisons<C: ConnectionTrait>(db: &C, limit: u64) -> Result<Vec<liaison::Model>, Fault> {
    Ok(liaison::Entity::find().order_by_desc(liaison::Column::Version).limit(limit).all(db).await?)
}
