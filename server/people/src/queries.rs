//! What is read (查询): keyset pages, batches by id, never a query per row.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{account, role_assignment, session};
use kernel::Ctx;
use kernel::fault::Fault;
use kernel::policy::Held;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::identity;

/// The account of this id.
pub(crate) async fn account<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Option<account::Model>, Fault> {
    Ok(account::Entity::find_by_id(id).one(db).await?)
}

/// The account of this user name, which is in lower case.
pub(crate) async fn account_named<C: ConnectionTrait>(db: &C, username: &str) -> Result<Option<account::Model>, Fault> {
    Ok(account::Entity::find().filter(account::Column::Username.eq(username)).one(db).await?)
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
    let owner = session::Entity::belongs_to(account::Entity)
        .from(session::Column::AccountId)
        .to(account::Column::Id)
        .into();
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
