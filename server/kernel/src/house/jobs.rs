//! What the house does by itself at fixed times: signing the audit, and throwing away what has had its time.

use chrono::{DateTime, Duration, Utc};
use entities::{blob, blob_chunk, event, idempotency, job, mail};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::house::operations::verify_audit::{self, VerifyJob};
use crate::jobs::{Job, JobEnd, JobKind, JobRun};
use crate::plugins::{self, CheckPlugins};
use crate::text::{Text, Words};

/// An idempotency key is kept for so long.
const KEYS_KEPT: Duration = Duration::hours(24);
/// Finished jobs, dispatched events and sent letters are kept for so long.
const DONE_KEPT: Duration = Duration::days(30);
/// Rows thrown away in one transaction: a city has one writer, and somebody is always waiting for it.
const BATCH: u64 = 200;

/// Signs the head of the audit.
#[derive(Serialize, Deserialize)]
struct Checkpoint {}

impl Job for Checkpoint {
    const KIND: &'static str = "audit.checkpoint";
}

/// Throws away idempotency keys.
#[derive(Serialize, Deserialize)]
struct PurgeKeys {}

impl Job for PurgeKeys {
    const KIND: &'static str = "idempotency.purge";
}

/// Throws away expired files.
#[derive(Serialize, Deserialize)]
struct PurgeFiles {}

impl Job for PurgeFiles {
    const KIND: &'static str = "file.purge";
}

/// Throws away finished jobs, dispatched events and sent letters.
#[derive(Serialize, Deserialize)]
struct PurgeDone {}

impl Job for PurgeDone {
    const KIND: &'static str = "job.purge";
}

pub(super) fn kinds() -> Vec<JobKind> {
    vec![
        crate::mail::kind(),
        crate::sms::kind(),
        crate::sms::purge_kind(),
        JobKind::new::<Checkpoint, _, _>(Text::new("签署审计检查点", "Sign the audit"), |run, _| {
            checkpoint(run)
        })
        .every("7 * * * *")
        .spread(50),
        JobKind::new::<VerifyJob, _, _>(Text::new("校验审计日志", "Verify the audit"), |run, _| {
            verify_audit::run(run)
        })
        .every("10 2 * * *")
        .spread(50),
        JobKind::new::<CheckPlugins, _, _>(Text::new("检查插件", "Check the plugins"), |run, _| {
            plugins::run_check(run)
        })
        .every("*/10 * * * *"),
        JobKind::new::<PurgeKeys, _, _>(Text::new("清理幂等键", "Throw away idempotency keys"), |run, _| {
            purge_keys(run)
        })
        .every("23 */6 * * *")
        .spread(50),
        JobKind::new::<PurgeFiles, _, _>(Text::new("清理过期文件", "Throw away expired files"), |run, _| {
            purge_files(run)
        })
        .every("41 */6 * * *")
        .spread(50),
        JobKind::new::<PurgeDone, _, _>(
            Text::new("清理已完成的作业、事件和邮件", "Throw away finished jobs, events and letters"),
            |run, _| purge_done(run),
        )
        .every("20 3 * * *")
        .spread(50),
    ]
}

async fn checkpoint(run: JobRun) -> Result<JobEnd, Fault> {
    let signed = crate::audit::checkpoint(&run.ctx).await?;
    Ok(JobEnd::Done(signed.map(|seq| Words::new(format!("已签署至第 {seq} 条"), format!("Signed up to entry {seq}")))))
}

async fn purge_keys(run: JobRun) -> Result<JobEnd, Fault> {
    let before = run.ctx.now() - KEYS_KEPT;
    let deleted: Result<u64, Stop<Never>> = run
        .ctx
        .quietly(|tx| async move {
            let old = idempotency::Column::CreatedAt.lt(before);
            Ok(idempotency::Entity::delete_many().filter(old).exec(&tx).await?.rows_affected)
        })
        .await;
    Ok(done(deleted.map_err(Stop::into_fault)?))
}

/// Chunks go first, a file at a time; then the row. A file that another table points at keeps its row, without content.
async fn purge_files(run: JobRun) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let rows: Vec<Uuid> = blob::Entity::find()
        .select_only()
        .column(blob::Column::Id)
        .filter(blob::Column::ExpiresAt.lte(ctx.now()))
        .filter(blob::Column::Status.ne("PURGED"))
        .order_by_asc(blob::Column::ExpiresAt)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let count = rows.len() as u64;
    for id in rows {
        purge_file(ctx, id).await?;
    }
    Ok(done(count))
}

async fn purge_file(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    let purged: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            blob_chunk::Entity::delete_many().filter(blob_chunk::Column::BlobId.eq(id)).exec(&tx).await?;
            blob::Entity::update_many()
                .col_expr(blob::Column::Status, sea_orm::sea_query::Expr::value("PURGED"))
                .filter(blob::Column::Id.eq(id))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    purged.map_err(Stop::into_fault)
}

async fn purge_done(run: JobRun) -> Result<JobEnd, Fault> {
    let before = run.ctx.now() - DONE_KEPT;
    let mut count = purge_jobs(&run.ctx, before).await?;
    count += purge_events(&run.ctx, before).await?;
    count += purge_letters(&run.ctx, before).await?;
    Ok(done(count))
}

/// Throws away in small transactions what `old` finds, until it finds nothing more.
macro_rules! purge {
    ($(#[$doc:meta])* $name:ident, $table:ident, $before:ident => $old:expr) => {
        $(#[$doc])*
        async fn $name(ctx: &Ctx, $before: DateTime<Utc>) -> Result<u64, Fault> {
            let old: Condition = $old;
            let mut count = 0;
            loop {
                let ids: Vec<Uuid> = $table::Entity::find()
                    .select_only()
                    .column($table::Column::Id)
                    .filter(old.clone())
                    .limit(BATCH)
                    .into_tuple()
                    .all(&ctx.scope())
                    .await?;
                if ids.is_empty() {
                    return Ok(count);
                }
                let deleted: Result<u64, Stop<Never>> = ctx
                    .quietly(|tx| async move {
                        let these = $table::Column::Id.is_in(ids);
                        Ok($table::Entity::delete_many().filter(these).exec(&tx).await?.rows_affected)
                    })
                    .await;
                count += deleted.map_err(Stop::into_fault)?;
            }
        }
    };
}

purge! {
    purge_jobs, job, before => Condition::all()
        .add(job::Column::Status.is_in(["DONE", "CANCELLED", "FAILED"]))
        .add(job::Column::FinishedAt.lt(before))
}
purge! { purge_events, event, before => Condition::all().add(event::Column::DispatchedAt.lt(before)) }
purge! {
    /// Letters hold personal data; one that went has done its work.
    purge_letters, mail, before => Condition::all()
        .add(mail::Column::Status.is_in(["SENT", "DEAD"]))
        .add(mail::Column::QueuedAt.lt(before))
}

fn done(count: u64) -> JobEnd {
    JobEnd::Done((count > 0).then(|| Words::new(format!("已清理 {count} 条"), format!("{count} thrown away"))))
}
