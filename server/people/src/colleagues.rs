//! Colleagues (同事): who else may do something at a place, for whoever needs a witness, or somebody to take work over.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{ID, SimpleObject};
use chrono::NaiveDate;
use entities::{account, role_assignment};
use kernel::ctx::{AccountActor, Via};
use kernel::policy::{Held, ScopeKind};
use kernel::{Action, Actor, Ctx, Fault, Pii, Place, Tx};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::queries;

/// No list of colleagues is longer: more are found by their names.
const MOST: usize = 50;

/// Somebody on the staff, as colleagues know them (同事).
#[derive(Clone, Debug, SimpleObject)]
pub struct Colleague {
    /// The account (账号).
    pub id: ID,
    /// The name colleagues know (姓名).
    pub name: String,
}

impl Colleague {
    /// Whoever of these has this account; nobody where it is gone.
    pub(crate) fn of(ctx: &Ctx, id: Option<Uuid>, names: &HashMap<Uuid, Pii<String>>) -> Option<Self> {
        let id = id?;
        Some(Self { id: ctx.gid("Account", id), name: names.get(&id)?.expose().clone() })
    }
}

/// The working names of these accounts, opened; those that are not there are left out.
pub(crate) async fn names(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    accounts: Vec<Uuid>,
) -> Result<HashMap<Uuid, Pii<String>>, Fault> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let ring = ctx.keys().await?;
    let rows = account::Entity::find().filter(account::Column::Id.is_in(accounts)).all(db).await?;
    let open = |row: account::Model| Ok((row.id, ring.open("account", "display_name", row.id, &row.display_name)?));
    rows.into_iter().map(open).collect()
}

/// A role of an account that is in use: account, role, kind and key of its scope, last day, user name, sealed working name.
type Row = (Uuid, String, String, String, Option<NaiveDate>, String, Vec<u8>);

/// Whoever else may do all of `actions` at `place`, as policy stands now, by name; only those with `search` in their name where
/// something is searched for, and never more than fifty.
pub async fn who_may(
    ctx: &Ctx,
    actions: &[&Action],
    place: &Place,
    search: Option<&str>,
) -> Result<Vec<Colleague>, Fault> {
    let mut staff: BTreeMap<Uuid, (String, Vec<Held>, Vec<u8>)> = BTreeMap::new();
    for (id, role, kind, key, until, username, name) in roles(ctx).await? {
        let Some(kind) = ScopeKind::parse(&kind) else { continue };
        let held = Held { role, kind, key, until };
        if place.is_within(&held) {
            staff.entry(id).or_insert_with(|| (username, Vec::new(), name)).1.push(held);
        }
    }
    let (policy, ring, today) = (ctx.kernel().policy.of(ctx).await?, ctx.keys().await?, ctx.today());
    let sought = search.map(|text| text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let mut found = Vec::new();
    for (id, (username, held, name)) in staff {
        let actor = actor(id, username, held);
        if actions.iter().all(|action| policy.decide(&actor, action, place, today).allowed) {
            let name: Pii<String> = ring.open("account", "display_name", id, &name)?;
            found.push(Colleague { id: ctx.gid("Account", id), name: name.expose().clone() });
        }
    }
    found.retain(|one| sought.as_ref().is_none_or(|sought| one.name.to_lowercase().contains(sought)));
    found.sort_by(|a, b| (&a.name, &a.id.0).cmp(&(&b.name, &b.id.0)));
    found.truncate(MOST);
    Ok(found)
}

/// May the owner of this account do all of `actions` at `place`, as policy stands now? Not where it is out of use.
pub async fn may(tx: &Tx, account: &account::Model, actions: &[&Action], place: &Place) -> Result<bool, Fault> {
    if account.status != "ACTIVE" {
        return Ok(false);
    }
    let actor = actor(account.id, account.username.clone(), queries::held(tx, account.id).await?);
    let (policy, today) = (tx.ctx().kernel().policy.of(tx.ctx()).await?, tx.ctx().today());
    Ok(actions.iter().all(|action| policy.decide(&actor, action, place, today).allowed))
}

/// Somebody as policy sees them at a screen.
fn actor(id: Uuid, username: String, held: Vec<Held>) -> Actor {
    let via = Via::Session(Uuid::nil());
    Actor::Account(AccountActor { id, username, held: held.into(), via, restricted: false })
}

/// The roles of everybody else whose account is in use.
async fn roles(ctx: &Ctx) -> Result<Vec<Row>, Fault> {
    use role_assignment::Column;
    let owner = role_assignment::Entity::belongs_to(account::Entity).from(Column::AccountId).to(account::Column::Id);
    let rows = role_assignment::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Role, Column::ScopeKind, Column::ScopeKey, Column::ValidUntil])
        .columns([account::Column::Username, account::Column::DisplayName])
        .join(JoinType::InnerJoin, owner.into())
        .filter(account::Column::Status.eq("ACTIVE"))
        .filter(account::Column::Id.ne(ctx.account()?.id));
    Ok(rows.into_tuple().all(&ctx.scope()).await?)
}
