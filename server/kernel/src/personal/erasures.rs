//! Who was erased (已删除人员名录): remembered at the platform, outside the store of the tenant, so that a backup from before
//! brings nobody back. It names a tenant, an id and a moment; nothing personal is in it.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entities::{account, citizen, erasure, person_key};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{erase, erase_citizen, providers};
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;
use crate::outbox::{Event, Listener};
use crate::policy::Action;
use crate::store::PLATFORM;
use crate::transact::Tx;

/// Remembering who was erased (登记已删除人员). The house's alone.
pub static REMEMBER: Action = Action::new("person", "remember_erased", "登记已删除人员", "Remember who was erased");
/// Erasing again whom a backup brought back (恢复备份后再次删除). The command line's alone.
pub static ERASE_AGAIN: Action =
    Action::new("person", "erase_again", "恢复备份后再次删除个人信息", "Erase again whom a backup brought back");

/// Rows of one statement.
const AT_ONCE: usize = 500;

/// Of what kind somebody is (人员类别).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Whose {
    /// Somebody with an account (账号).
    Account,
    /// Somebody from the city (个人用户).
    Citizen,
}

impl Whose {
    /// As global ids and the audit name it.
    const fn kind(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Citizen => "Citizen",
        }
    }
}

/// Somebody was erased (个人信息已删除).
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct PersonErased {
    /// Of what kind it was.
    pub whose: Whose,
    /// Who it was.
    pub person: Uuid,
    /// When.
    pub at: DateTime<Utc>,
}

impl Event for PersonErased {
    const KIND: &'static str = "person.erased";
    fn subject(&self) -> (&'static str, Uuid) {
        (self.whose.kind(), self.person)
    }
}

/// Hears in a tenant that somebody was erased, and has the platform remember it.
pub(crate) fn listener() -> Listener {
    Listener::new::<PersonErased, _, _>("house.remember_erased", hear)
}

async fn hear(ctx: Ctx, erased: PersonErased) -> Result<(), Fault> {
    let platform = ctx.kernel().platform_ctx().await?;
    remember(&platform, &ctx.tenant().code, &[erased]).await
}

/// Writes down who was erased in a tenant; told twice it is written once.
async fn remember(platform: &Ctx, tenant: &str, erased: &[PersonErased]) -> Result<(), Fault> {
    if erased.is_empty() {
        return Ok(());
    }
    let row = |one: &PersonErased| erasure::ActiveModel {
        tenant: Set(tenant.to_owned()),
        person: Set(one.person),
        kind: Set(one.whose.kind().to_owned()),
        erased_at: Set(one.at),
    };
    let once = [erasure::Column::Tenant, erasure::Column::Person];
    let done: Result<(), Stop<Never>> = platform
        .transact(&REMEMBER, |tx| async move {
            tx.note("tenant", tenant);
            tx.note("persons", erased.len());
            for some in erased.chunks(AT_ONCE) {
                let keep = OnConflict::columns(once).do_nothing().to_owned();
                let rows = erasure::Entity::insert_many(some.iter().map(row)).on_conflict(keep);
                rows.exec_without_returning(&tx).await?;
            }
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Reads in a tenant's own store who was erased there, before it goes: the platform may not have heard of the last. A store
/// that cannot be read holds nothing up, and is told of in the log.
pub(crate) async fn gather(kernel: &Arc<Kernel>, code: &str) {
    if let Err(fault) = try_gather(kernel, code).await {
        tracing::warn!(%fault, cause = %fault.cause(), tenant = code, "who was erased last could not be read");
    }
}

async fn try_gather(kernel: &Arc<Kernel>, code: &str) -> Result<(), Fault> {
    let listed = code != PLATFORM && kernel.tenant(code).await?.is_some();
    if !listed || !kernel.store.exists(code).await? {
        return Ok(());
    }
    let ctx = kernel.ctx_as_it_is(code, Actor::System("restore")).await?;
    // Whoever is erased has no key any more, and will never have one.
    let gone = person_key::Entity::find().filter(person_key::Column::ForgottenAt.is_not_null());
    let gone = gone.all(&ctx.scope()).await?;
    let accounts = account::Entity::find().select_only().column(account::Column::Id);
    let accounts = accounts.filter(account::Column::Status.eq("ERASED"));
    let accounts: HashSet<Uuid> = accounts.into_tuple().all(&ctx.scope()).await?.into_iter().collect();
    let of = |row: person_key::Model| PersonErased {
        whose: if accounts.contains(&row.person) { Whose::Account } else { Whose::Citizen },
        person: row.person,
        at: row.forgotten_at.unwrap_or(row.created_at),
    };
    let erased: Vec<PersonErased> = gone.into_iter().map(of).collect();
    remember(&kernel.platform_ctx().await?, code, &erased).await
}

/// Erases whoever is remembered as erased and came back with a backup (再次删除); how many. Whoever was erased before the backup
/// was made is not in it.
pub(crate) async fn erase_again(ctx: &Ctx) -> Result<u64, Fault> {
    let platform = ctx.kernel().platform_ctx().await?;
    let known = erasure::Entity::find()
        .filter(erasure::Column::Tenant.eq(&ctx.tenant().code))
        .order_by_asc(erasure::Column::ErasedAt)
        .order_by_asc(erasure::Column::Person)
        .all(&platform.scope())
        .await?;
    let ids: Vec<Uuid> = known.iter().map(|row| row.person).collect();
    let mut here = here(ctx, &ids).await?;
    let mut count = 0;
    for id in ids {
        if !here.contains(&id) {
            continue;
        }
        let done: Result<Vec<Uuid>, Stop<Never>> =
            ctx.transact(&ERASE_AGAIN, |tx| async move { Ok(again(&tx, id).await?) }).await;
        let gone = done.map_err(Stop::into_fault)?;
        here.retain(|id| !gone.contains(id));
        count += 1;
    }
    Ok(count)
}

/// Which of them have a row that says something.
async fn here(ctx: &Ctx, ids: &[Uuid]) -> Result<HashSet<Uuid>, Fault> {
    let mut here = HashSet::new();
    for some in ids.chunks(AT_ONCE) {
        let of = || some.iter().copied();
        let accounts = account::Entity::find().select_only().column(account::Column::Id);
        let accounts = accounts.filter(account::Column::Id.is_in(of())).filter(account::Column::Status.ne("ERASED"));
        let citizens = citizen::Entity::find().select_only().column(citizen::Column::Id);
        let citizens = citizens.filter(citizen::Column::Id.is_in(of()));
        here.extend(accounts.into_tuple::<Uuid>().all(&ctx.scope()).await?);
        here.extend(citizens.into_tuple::<Uuid>().all(&ctx.scope()).await?);
    }
    Ok(here)
}

/// Erases one: every id that went with it.
async fn again(tx: &Tx, id: Uuid) -> Result<Vec<Uuid>, Fault> {
    let all: Vec<_> = providers(tx.ctx().kernel()).map(|(_, _, provider)| provider).collect();
    for provider in all {
        if let Some(person) = provider.person(tx, id).await? {
            tx.about(Whose::Account.kind(), id);
            tx.note("rows", erase(tx, &person).await?);
            return Ok(vec![id]);
        }
        if let Some(citizen) = provider.citizen(tx, id).await? {
            tx.about(Whose::Citizen.kind(), id);
            tx.note("rows", erase_citizen(tx, &citizen).await?);
            return Ok(citizen.ids().collect());
        }
    }
    Err(Fault::internal("erase somebody again: no chapter knows who it is"))
}
