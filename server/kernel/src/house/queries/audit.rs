//! The audit, newest first.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entities::{audit_checkpoint, audit_entry, audit_horizon, audit_seal};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use crate::clock::first_id;
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::house::operations::verify_audit::{LastVerified, last_verified};
use crate::house::policy::AUDIT_READ;
use crate::policy::Place;

/// Which entries (审计查询条件).
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// The operation's name: `market.list`.
    pub operation: Option<String>,
    /// The user name of who acted.
    pub actor: Option<String>,
    /// `DONE`, `REFUSED`, `FORBIDDEN` or `FAILED`.
    pub result: Option<&'static str>,
    /// What it was about.
    pub subject: Option<Uuid>,
    /// Not before.
    pub from: Option<DateTime<Utc>>,
    /// Before.
    pub to: Option<DateTime<Utc>>,
}

/// An entry with the number under which it is sealed.
pub type Sealed = (audit_entry::Model, Option<i64>);

fn condition(filter: &EntryFilter) -> Condition {
    Condition::all()
        .add_option(filter.operation.as_ref().map(|o| audit_entry::Column::Operation.eq(o)))
        .add_option(filter.actor.as_ref().map(|a| audit_entry::Column::ActorLabel.eq(a)))
        .add_option(filter.result.map(|r| audit_entry::Column::Result.eq(r)))
        .add_option(filter.subject.map(|s| audit_entry::Column::SubjectId.eq(s)))
        .add_option(filter.from.map(|at| audit_entry::Column::Id.gte(first_id(at))))
        .add_option(filter.to.map(|at| audit_entry::Column::Id.lt(first_id(at))))
}

/// A page of entries after the id `after`, with what they say about people opened: three statements.
pub async fn entries(ctx: &Ctx, filter: &EntryFilter, after: Option<Uuid>, limit: u64) -> Result<Vec<Sealed>, Fault> {
    ctx.require(&AUDIT_READ, &Place::city()).await?;
    let scope = ctx.scope();
    let mut rows = audit_entry::Entity::find()
        .filter(condition(filter))
        .filter(Condition::all().add_option(after.map(|id| audit_entry::Column::Id.lt(id))))
        .order_by_desc(audit_entry::Column::Id)
        .limit(limit)
        .all(&scope)
        .await?;
    crate::person_key::open_notes(ctx, &mut rows).await?;
    let seals: HashMap<Uuid, i64> = audit_seal::Entity::find()
        .select_only()
        .columns([audit_seal::Column::EntryId, audit_seal::Column::Seq])
        .filter(audit_seal::Column::EntryId.is_in(rows.iter().map(|r| r.id)))
        .into_tuple()
        .all(&scope)
        .await?
        .into_iter()
        .collect();
    Ok(rows.into_iter().map(|row| (seals.get(&row.id).copied(), row)).map(|(seq, row)| (row, seq)).collect())
}

/// How many entries there are.
pub async fn count(ctx: &Ctx, filter: &EntryFilter) -> Result<u64, Fault> {
    Ok(audit_entry::Entity::find().filter(condition(filter)).count(&ctx.scope()).await?)
}

/// How the audit stands (审计状态).
#[derive(Clone, Debug)]
pub struct Status {
    /// Entries there are.
    pub entries: u64,
    /// The number up to which they are sealed.
    pub sealed_to: i64,
    /// When the chain was signed last.
    pub checkpoint_at: Option<DateTime<Utc>>,
    /// What the last verification found.
    pub verified: Option<LastVerified>,
    /// Up to where entries were removed after their time.
    pub horizon: Option<audit_horizon::Model>,
}

/// How the audit stands.
pub async fn status(ctx: &Ctx) -> Result<Status, Fault> {
    ctx.require(&AUDIT_READ, &Place::city()).await?;
    let scope = ctx.scope();
    let head = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&scope).await?;
    let mark = audit_checkpoint::Entity::find().order_by_desc(audit_checkpoint::Column::Seq).one(&scope).await?;
    Ok(Status {
        entries: count(ctx, &EntryFilter::default()).await?,
        sealed_to: head.map_or(0, |h| h.seq),
        checkpoint_at: mark.map(|m| m.signed_at),
        verified: last_verified(ctx).await?,
        horizon: crate::audit::horizon(ctx).await?,
    })
}
