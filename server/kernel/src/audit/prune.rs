//! Removing entries after their time (清理到期审计记录): only below a signed horizon, in batches, and itself an entry.

use chrono::{DateTime, Months, NaiveDate, NaiveTime, TimeZone as _, Utc};
use entities::{audit_entry, audit_horizon, audit_seal};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::chain::seal_all;
use super::checkpoint::checkpoint;
use super::horizon::{active, export, horizon, signed};
use super::verify::{Broken, verify};
use crate::clock::{first_id, shanghai};
use crate::config::LEAST_MONTHS;
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::policy::Action;

/// Removing entries of the audit after their time (清理到期审计记录). The command line's alone.
pub static PRUNE: Action =
    Action::new("audit", "prune", "清理到期审计记录", "Remove entries of the audit after their time");

/// What was removed (清理结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// The number up to which entries are gone.
    pub seq: i64,
    /// How many this run removed.
    pub entries: u64,
}

/// Why nothing was removed (不予清理).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPruned {
    /// The audit is kept for longer.
    #[error("the audit is kept for {months} months: entries before {latest} may be removed now, and none after it")]
    TooYoung {
        /// For how many months.
        months: u32,
        /// The latest day that may be asked for.
        latest: NaiveDate,
    },
    /// What does not hold is not signed away.
    #[error("the chain does not hold ({0:?}); nothing is removed from it")]
    Broken(Broken),
}

/// Removes the entries of the tenant of `ctx` that are older than the day `before` (清理到期审计记录): a horizon is signed
/// and stored with the entry that says so, written to the file elsewhere, and only then is anything removed. Cut short, it
/// is run again.
pub async fn prune(ctx: &Ctx, before: NaiveDate, reason: &str) -> Result<Pruned, Fault> {
    let months = ctx.kernel().config.audit.keep_months.max(LEAST_MONTHS);
    let latest = ctx.today().checked_sub_months(Months::new(months)).unwrap_or_default();
    let refused = |why: NotPruned| Fault::of("remove entries from the audit")(why);
    if before > latest {
        return Err(refused(NotPruned::TooYoung { months, latest }));
    }
    checkpoint(ctx).await?;
    if let Some(broken) = verify(ctx).await?.broken {
        return Err(refused(NotPruned::Broken(broken)));
    }
    let last = horizon(ctx).await?;
    let mut entries = 0;
    if let Some(last) = &last {
        // What an earlier run left behind.
        entries += remove(ctx, last).await?;
    }
    let reached = last.map_or(0, |last| last.seq);
    let next = next(ctx, before, reached, reason).await?;
    let Some(next) = next else { return Ok(Pruned { seq: reached, entries }) };
    store(ctx, &next).await?;
    entries += remove(ctx, &next).await?;
    Ok(Pruned { seq: next.seq, entries })
}

/// The horizon that leaves everything younger than `before`, and the head of the chain, where it is; `None` where that is
/// no further than the last one.
async fn next(ctx: &Ctx, before: NaiveDate, reached: i64, reason: &str) -> Result<Option<audit_horizon::Model>, Fault> {
    let before = start_of(before);
    let scope = ctx.scope();
    let young = audit_entry::Entity::find()
        .select_only()
        .column(audit_entry::Column::Id)
        .filter(audit_entry::Column::Id.gte(first_id(before)));
    let young = sea_orm::QueryTrait::into_query(young);
    let first = audit_seal::Entity::find()
        .filter(audit_seal::Column::Seq.gt(reached))
        .filter(
            Condition::any()
                .add(audit_seal::Column::SealedAt.gte(before))
                .add(audit_seal::Column::EntryId.in_subquery(young)),
        )
        .order_by_asc(audit_seal::Column::Seq)
        .one(&scope)
        .await?;
    let head = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&scope).await?;
    let kept = first.or(head).map_or(0, |seal| seal.seq);
    let Some(last) = audit_seal::Entity::find_by_id(kept - 1).one(&scope).await?.filter(|l| l.seq > reached) else {
        return Ok(None);
    };
    let months = ctx.kernel().config.audit.keep_months.max(LEAST_MONTHS);
    let row = audit_horizon::Model {
        id: ctx.new_id(),
        seq: last.seq,
        hash: last.hash,
        entries: last.seq - reached,
        older_than: before,
        kept_months: i32::try_from(months).map_err(Fault::of("sign a horizon"))?,
        reason: reason.to_owned(),
        removed_at: ctx.now(),
        signature: Vec::new(),
        key_id: String::new(),
    };
    Ok(Some(signed(&ctx.kernel().root, &ctx.tenant().code, row)))
}

/// The first moment of a day in Shanghai.
fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let at = day.and_time(NaiveTime::MIN);
    shanghai().from_local_datetime(&at).single().map_or_else(|| at.and_utc(), |at| at.to_utc())
}

/// Stores the horizon, with the entry that says what will be gone.
async fn store(ctx: &Ctx, row: &audit_horizon::Model) -> Result<(), Fault> {
    let (row, before) = (row.clone(), row.older_than.to_rfc3339());
    let stored: Result<(), Stop<Never>> = ctx
        .transact(&PRUNE, |tx| async move {
            tx.note("before", before);
            tx.note("seq", row.seq);
            tx.note("entries", row.entries);
            tx.note("keptMonths", row.kept_months);
            tx.note("reason", row.reason.as_str());
            tx.put(active(row));
            Ok(())
        })
        .await;
    stored.map_err(Stop::into_fault)
}

/// Removes what lies at or below a stored horizon, once the file elsewhere has it too.
async fn remove(ctx: &Ctx, row: &audit_horizon::Model) -> Result<u64, Fault> {
    export(ctx, row).await?;
    let removed = ctx.kernel().store.prune_audit(&ctx.tenant().code, row.seq).await?;
    // The entry that tells of it is in the chain before anybody looks.
    seal_all(ctx).await?;
    Ok(removed)
}
