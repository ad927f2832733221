//! Sealing: entries get a number and a hash over the one before.

use chrono::{DateTime, Duration, Utc};
use entities::{audit_entry, audit_seal};
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
};
use sha2::{Digest as _, Sha256};

use crate::clock::first_id;
use crate::crypto::join;
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::tally::Done;

const BATCH: u64 = 500;
/// No transaction runs so long, and no two clocks differ by so much.
const BACK: Duration = Duration::days(1);
/// SHA-256; another number is another algorithm, so that SM3 can follow.
pub(super) const SHA256: i32 = 1;

/// The hash of an entry after `previous`.
#[must_use]
pub fn link(previous: &[u8], seq: i64, e: &audit_entry::Model) -> Vec<u8> {
    let id = |id: Option<uuid::Uuid>| id.map(|i| i.as_bytes().to_vec()).unwrap_or_default();
    let text = |t: &Option<String>| t.clone().unwrap_or_default().into_bytes();
    // Both back ends give an object's keys back in an order of their own.
    let detail = canonical(&e.detail);
    let parts: [&[u8]; 14] = [
        previous,
        &seq.to_be_bytes(),
        e.id.as_bytes(),
        &e.at.timestamp_micros().to_be_bytes(),
        e.actor_kind.as_bytes(),
        &id(e.actor_id),
        &text(&e.actor_label),
        e.operation.as_bytes(),
        &text(&e.subject_kind),
        &id(e.subject_id),
        e.result.as_bytes(),
        detail.as_bytes(),
        e.request_id.as_bytes(),
        b"yizhan-audit-1",
    ];
    Sha256::digest(join(&parts)).to_vec()
}

/// JSON with sorted keys.
fn canonical(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort();
            let inner: Vec<String> = keys
                .into_iter()
                .map(|k| {
                    format!("{}:{}", serde_json::Value::from(k.as_str()), map.get(k).map(canonical).unwrap_or_default())
                })
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Seals what is not sealed yet, in batches; says how many. It looks back over the last day: what was committed later
/// than that, or dated by a clock that was set back, is found by [`seal_all`].
pub async fn seal(ctx: &Ctx) -> Result<usize, Fault> {
    let last = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&ctx.scope()).await?;
    batches(ctx, last.map(|l| l.sealed_at - BACK)).await
}

/// Seals everything that is not sealed yet, however old: with every checkpoint, for it walks the whole audit.
pub async fn seal_all(ctx: &Ctx) -> Result<usize, Fault> {
    batches(ctx, None).await
}

async fn batches(ctx: &Ctx, since: Option<DateTime<Utc>>) -> Result<usize, Fault> {
    let mut total = 0;
    loop {
        if unsealed(since).one(&ctx.scope()).await?.is_none() {
            return Ok(total);
        }
        let sealed = match batch(ctx, since).await {
            Ok(sealed) => sealed,
            // Another process sealed the same numbers first: theirs stands.
            Err(Stop::Fault(fault)) if is_unique_violation(&fault) => 0,
            Err(stop) => return Err(stop.into_fault()),
        };
        if sealed == 0 {
            return Ok(total);
        }
        ctx.kernel().tally.add(Done::EntrySealed, sealed);
        total += sealed;
    }
}

fn unsealed(since: Option<DateTime<Utc>>) -> sea_orm::Select<audit_entry::Entity> {
    let sealed = Query::select().column(audit_seal::Column::EntryId).from(audit_seal::Entity).to_owned();
    audit_entry::Entity::find()
        .filter(audit_entry::Column::Id.not_in_subquery(sealed))
        .filter(Condition::all().add_option(since.map(|at| audit_entry::Column::Id.gte(first_id(at)))))
        .order_by_asc(audit_entry::Column::Id)
}

async fn batch(ctx: &Ctx, since: Option<DateTime<Utc>>) -> Result<usize, Stop<Never>> {
    ctx.quietly(|tx| async move {
        let last = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&tx).await?;
        let (mut seq, mut previous) = last.map_or((0, vec![0; 32]), |l| (l.seq, l.hash));
        let entries = unsealed(since).limit(BATCH).all(&tx).await?;
        let now = tx.ctx().now();
        let mut rows = Vec::with_capacity(entries.len());
        for entry in &entries {
            seq += 1;
            previous = link(&previous, seq, entry);
            rows.push(audit_seal::ActiveModel {
                seq: Set(seq),
                entry_id: Set(entry.id),
                algorithm: Set(SHA256),
                hash: Set(previous.clone()),
                sealed_at: Set(now),
            });
        }
        let count = rows.len();
        if count > 0 {
            audit_seal::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        }
        Ok(count)
    })
    .await
}

fn is_unique_violation(fault: &Fault) -> bool {
    use std::error::Error as _;
    fault
        .source()
        .and_then(|s| s.downcast_ref::<sea_orm::DbErr>())
        .and_then(sea_orm::DbErr::sql_err)
        .is_some_and(|e| matches!(e, sea_orm::SqlErr::UniqueConstraintViolation(_)))
}
