//! Running one job, under a lease that is renewed while it runs.

use std::future::Future;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entities::job;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::events::Deliver;
use super::{ATTEMPTS, LEASE};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::jobs::{Job as _, JobEnd, JobRun, LIMIT};
use crate::plugins;
use crate::tally::Done;
use crate::text::Words;

/// A job whose worker died so often is given up: it may be what kills them.
const LOST: i32 = 20;

/// The attempt from which the wait grows no more.
const LONGEST: i32 = 10;

/// What is saved of a job's end.
struct Saved {
    status: &'static str,
    message: Option<Words>,
    run_at: Option<DateTime<Utc>>,
    /// Its number of attempts, if they are not one more.
    attempts: Option<i32>,
}

impl Saved {
    fn counted(&self) -> Done {
        match self.status {
            "DONE" => Done::JobDone,
            "CANCELLED" => Done::JobCancelled,
            "QUEUED" => Done::JobAgain,
            _ => Done::JobFailed,
        }
    }
}

/// What a switched-off plugin was to do is looked at again after so long.
const REST: chrono::Duration = chrono::Duration::hours(1);

pub(super) async fn run(ctx: &Ctx, row: job::Model, worker: &str) {
    let (id, kind) = (row.id, row.kind.clone());
    let attempt = row.attempts + 1;
    ctx.kernel().changed_job(&ctx.tenant().code, id);
    if rests(ctx, &row).await {
        let (message, run_at) = (
            Some(Words::new("插件未启用，稍后再试。", "The plugin is switched off; it waits.")),
            Some(ctx.now() + REST),
        );
        let rest = Saved { status: "QUEUED", message, run_at, attempts: Some(row.attempts) };
        if let Err(fault) = save(ctx, id, worker, rest).await {
            tracing::error!(%fault, "a job could not be put to rest; its lease will run out");
        }
        return;
    }
    let end = under_lease(ctx, id, worker, execute(ctx, row, attempt)).await;
    if let Err(fault) = &end {
        tracing::error!(%fault, cause = %fault.cause(), job = kind, tenant = ctx.tenant().code, "a job failed");
    }
    let end = saved(end, attempt, kind == Deliver::KIND, ctx.now());
    let counted = end.counted();
    match save(ctx, id, worker, end).await {
        Ok(true) => ctx.kernel().tally.add(counted, 1),
        Ok(false) => tracing::warn!(job = kind, %id, "a job outlived its lease; another worker has it now"),
        Err(fault) => {
            tracing::error!(%fault, cause = %fault.cause(), "a job's end could not be saved; its lease will run out");
        }
    }
    ctx.kernel().changed_job(&ctx.tenant().code, id);
}

/// A delivery is never given up: what was announced arrives, however long its receiver is away. Its attempts stop
/// counting at the longest wait, so that they do not look like workers it was lost with.
fn saved(end: Result<JobEnd, Fault>, attempt: i32, delivery: bool, now: DateTime<Utc>) -> Saved {
    let attempts = (delivery && end.is_err()).then(|| attempt.min(LONGEST));
    let (status, message, run_at) = match end {
        Ok(JobEnd::Done(message)) => ("DONE", message, None),
        Ok(JobEnd::Cancelled) => ("CANCELLED", None, None),
        Ok(JobEnd::Dead(reason)) => ("FAILED", Some(reason), None),
        Ok(JobEnd::Again(at, reason)) => ("QUEUED", Some(reason), Some(at)),
        Err(fault) if delivery || attempt < ATTEMPTS => {
            ("QUEUED", Some(fault.of_a_job()), Some(now + back_off(attempt)))
        }
        Err(fault) => ("FAILED", Some(fault.of_a_job()), None),
    };
    Saved { status, message, run_at, attempts }
}

/// Does it belong to a plugin that is off? What cannot be told runs: its operations ask again.
async fn rests(ctx: &Ctx, row: &job::Model) -> bool {
    let rests = if row.kind == Deliver::KIND {
        let listener = row.payload.get("listener").and_then(serde_json::Value::as_str).unwrap_or_default();
        plugins::listener_rests(ctx, listener).await
    } else {
        plugins::job_rests(ctx, &row.kind).await
    };
    rests.unwrap_or(false)
}

/// Says whether the job was still this worker's.
async fn save(ctx: &Ctx, id: Uuid, worker: &str, end: Saved) -> Result<bool, Fault> {
    let now = ctx.now();
    let saved: Result<bool, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let update = job::Entity::update_many()
                .col_expr(job::Column::Status, Expr::value(end.status))
                .col_expr(job::Column::Message, Expr::value(end.message.as_ref().map(Words::stored)))
                .col_expr(job::Column::LeasedBy, Expr::value(Option::<String>::None))
                .col_expr(job::Column::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None));
            let update = match end.run_at {
                Some(at) => update.col_expr(job::Column::RunAt, Expr::value(at)),
                None => update.col_expr(job::Column::FinishedAt, Expr::value(now)),
            };
            let update = match end.attempts {
                Some(attempts) => update.col_expr(job::Column::Attempts, Expr::value(attempts)),
                None => update,
            };
            Ok(update.filter(mine(id, worker)).exec(&tx).await?.rows_affected == 1)
        })
        .await;
    saved.map_err(Stop::into_fault)
}

fn mine(id: Uuid, worker: &str) -> Condition {
    Condition::all()
        .add(job::Column::Id.eq(id))
        .add(job::Column::Status.eq("RUNNING"))
        .add(job::Column::LeasedBy.eq(worker))
}

/// Runs `work` and renews the lease meanwhile.
async fn under_lease(
    ctx: &Ctx,
    id: Uuid,
    worker: &str,
    work: impl Future<Output = Result<JobEnd, Fault>>,
) -> Result<JobEnd, Fault> {
    let mut work = std::pin::pin!(work);
    loop {
        match tokio::time::timeout(LEASE / 3, &mut work).await {
            Ok(end) => return end,
            Err(_) => renew(ctx, id, worker).await,
        }
    }
}

async fn renew(ctx: &Ctx, id: Uuid, worker: &str) {
    let until = ctx.now() + LEASE;
    let renewed: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let update = job::Entity::update_many().col_expr(job::Column::LeasedUntil, Expr::value(until));
            update.filter(mine(id, worker)).exec(&tx).await?;
            Ok(())
        })
        .await;
    if let Err(Stop::Fault(fault)) = renewed {
        tracing::warn!(%fault, "a lease could not be renewed");
    }
}

/// 10 s, 20 s, 40 s … at most an hour.
fn back_off(attempt: i32) -> chrono::Duration {
    let doublings = u32::try_from(attempt.clamp(1, LONGEST) - 1).unwrap_or_default();
    chrono::Duration::seconds((10 * 2_i64.pow(doublings)).min(3600))
}

async fn execute(ctx: &Ctx, row: job::Model, attempt: i32) -> Result<JobEnd, Fault> {
    let kernel = Arc::clone(ctx.kernel());
    let job = JobRun { ctx: ctx.clone(), id: row.id, attempt, created_by: row.created_by };
    if row.cancel_requested {
        return Ok(JobEnd::Cancelled);
    }
    if row.status == "RUNNING" && attempt > LOST {
        return Ok(JobEnd::Dead(Words::new("执行进程多次中断，作业已放弃。", "Its worker was lost too often.")));
    }
    let (limit, mut task) = if row.kind == Deliver::KIND {
        let deliver: Deliver = serde_json::from_value(row.payload).map_err(Fault::of("read a delivery"))?;
        let Some(listener) = kernel.listeners().find(|l| l.name == deliver.listener).cloned() else {
            return Ok(JobEnd::Dead(Words::new(
                "没有处理该事件的程序。",
                format!("There is no listener {}.", deliver.listener),
            )));
        };
        let ctx = ctx.clone();
        let heard = async move { (listener.hear)(ctx, deliver.payload).await.map(|()| JobEnd::Done(None)) };
        (LIMIT, tokio::spawn(heard))
    } else {
        let Some(kind) = kernel.jobs().find(|k| k.kind == row.kind).cloned() else {
            return Ok(JobEnd::Dead(Words::new("没有执行该作业的程序。", format!("There is no job {}.", row.kind))));
        };
        (kind.limit, tokio::spawn(async move { (kind.run)(job, row.payload).await }))
    };
    // A panic ends this job, not the worker; nor does one that never comes back hold it for ever.
    match tokio::time::timeout(limit, &mut task).await {
        Ok(ended) => ended.map_err(Fault::of("run a job"))?,
        Err(_) => {
            task.abort();
            let _broken_off = task.await;
            Err(Fault::internal("run a job within its time"))
        }
    }
}
