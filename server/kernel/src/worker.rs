//! The worker (后台执行器): dispatches events, seals the audit, runs jobs. No polling storm: it is woken after a commit,
//! at the next due time, and by a sweep each minute.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entities::{event, job};
use parking_lot::Mutex;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::jobs::{Job, JobEnd, JobRun};
use crate::kernel::Kernel;
use crate::text::Lang;

const SWEEP: Duration = Duration::from_secs(60);
const LEASE: chrono::Duration = chrono::Duration::minutes(5);
const AT_ONCE: usize = 4;
const BATCH: u64 = 50;
/// After so many attempts a job that faults is given up and shown.
const ATTEMPTS: i32 = 8;

/// Who waits to be looked at (唤醒器).
#[derive(Debug, Default)]
pub struct Wake {
    tenants: Mutex<BTreeSet<String>>,
    notify: Notify,
}

impl Wake {
    /// Something may be due in this tenant.
    pub fn notify(&self, code: &str) {
        self.tenants.lock().insert(code.to_owned());
        self.notify.notify_one();
    }

    fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.tenants.lock())
    }
}

/// Delivery of one event to one listener, as a job.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Deliver {
    listener: String,
    event: Uuid,
    payload: serde_json::Value,
}

impl Job for Deliver {
    const KIND: &'static str = "event.deliver";
    fn unique_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.listener, self.event))
    }
}

/// The worker of one process.
pub struct Worker {
    kernel: Arc<Kernel>,
    name: String,
    running: Arc<Semaphore>,
    due: BTreeMap<DateTime<Utc>, String>,
}

impl Worker {
    /// A worker; `name` tells leases of processes apart.
    #[must_use]
    pub fn new(kernel: Arc<Kernel>, name: String) -> Self {
        Self { kernel, name, running: Arc::new(Semaphore::new(AT_ONCE)), due: BTreeMap::new() }
    }

    /// Works until told to stop; jobs at work are finished first.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut sweep_at = self.kernel.clock.now();
        while !stop.is_cancelled() {
            let now = self.kernel.clock.now();
            let mut codes = self.kernel.wake.take();
            while let Some((at, _)) = self.due.first_key_value() {
                if *at > now {
                    break;
                }
                codes.extend(self.due.pop_first().map(|(_, code)| code));
            }
            if now >= sweep_at {
                codes.extend(self.kernel.tenant_codes().await.unwrap_or_default());
                sweep_at = now + chrono::Duration::from_std(SWEEP).unwrap_or_default();
            }
            for code in codes {
                if let Err(fault) = self.tend(&code).await {
                    tracing::error!(%fault, source = ?std::error::Error::source(&fault), tenant = code, "could not tend a tenant");
                }
            }
            let next = self.due.first_key_value().map_or(sweep_at, |(at, _)| (*at).min(sweep_at));
            let wait = (next - self.kernel.clock.now()).to_std().unwrap_or_default().min(SWEEP);
            tokio::select! {
                () = stop.cancelled() => break,
                _ = tokio::time::timeout(wait, self.kernel.wake.notify.notified()) => {}
            }
        }
        let all = u32::try_from(AT_ONCE).unwrap_or(1);
        let _finished = self.running.acquire_many(all).await;
    }

    /// Does what is due in one tenant, and waits for it: for tests and the command line.
    pub async fn drain(&mut self, code: &str) -> Result<(), Fault> {
        loop {
            self.tend(code).await?;
            let all = u32::try_from(AT_ONCE).unwrap_or(1);
            drop(self.running.acquire_many(all).await);
            let ctx = self.ctx(code).await?;
            let waiting = event::Entity::find().filter(event::Column::DispatchedAt.is_null()).one(&ctx.scope()).await?;
            let due = job::Entity::find().filter(crate::jobs::due(ctx.now())).one(&ctx.scope()).await?;
            if waiting.is_none() && due.is_none() {
                return crate::audit::seal(&ctx).await.map(|_| ());
            }
        }
    }

    async fn ctx(&self, code: &str) -> Result<Ctx, Fault> {
        self.kernel.ctx(code, Actor::System("worker"), Lang::Zh).await
    }

    async fn tend(&mut self, code: &str) -> Result<(), Fault> {
        let ctx = self.ctx(code).await?;
        self.queue_repeated(&ctx).await?;
        while dispatch(&ctx).await? > 0 {}
        crate::audit::seal(&ctx).await?;
        loop {
            let taken = take(&ctx, &self.name).await?;
            if taken.is_empty() {
                break;
            }
            for row in taken {
                let permit = Arc::clone(&self.running).acquire_owned().await.map_err(Fault::of("wait for a worker"))?;
                let ctx = self.ctx(code).await?;
                tokio::spawn(async move {
                    run(ctx, row).await;
                    drop(permit);
                });
            }
        }
        let next = job::Entity::find()
            .filter(job::Column::Status.eq("QUEUED"))
            .order_by_asc(job::Column::RunAt)
            .one(&ctx.scope())
            .await?;
        if let Some(next) = next {
            self.due.insert(next.run_at, code.to_owned());
        }
        Ok(())
    }

    /// Repeated jobs exist once, waiting for their next time.
    async fn queue_repeated(&self, ctx: &Ctx) -> Result<(), Fault> {
        let kinds: Vec<_> = self.kernel.jobs().filter(|k| k.cron.is_some()).collect();
        if kinds.is_empty() {
            return Ok(());
        }
        let waiting: Vec<String> = job::Entity::find()
            .select_only()
            .column(job::Column::UniqueKey)
            .filter(job::Column::UniqueKey.starts_with("cron:"))
            .filter(job::Column::Status.is_in(["QUEUED", "RUNNING"]))
            .into_tuple::<Option<String>>()
            .all(&ctx.scope())
            .await?
            .into_iter()
            .flatten()
            .collect();
        for kind in kinds {
            let key = format!("cron:{}", kind.kind);
            if waiting.contains(&key) {
                continue;
            }
            let Some(at) = kind.cron.and_then(|pattern| next_time(pattern, ctx.now())) else { continue };
            let row = repeated(ctx, kind.kind, &key, at);
            let queued: Result<(), Stop<Never>> = ctx
                .quietly(|tx| async move {
                    let keep = OnConflict::new().do_nothing().to_owned();
                    job::Entity::insert(row).on_conflict(keep).exec_without_returning(&tx).await?;
                    Ok(())
                })
                .await;
            queued.map_err(Stop::into_fault)?;
        }
        Ok(())
    }
}

/// The next time of a cron pattern in Asia/Shanghai, after `now`.
fn next_time(pattern: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    use std::str::FromStr as _;
    let cron = croner::Cron::from_str(pattern).ok()?;
    let local = now.with_timezone(&chrono_tz::Asia::Shanghai);
    cron.find_next_occurrence(&local, false).ok().map(|t| t.with_timezone(&Utc))
}

fn repeated(ctx: &Ctx, kind: &str, key: &str, at: DateTime<Utc>) -> job::ActiveModel {
    use sea_orm::Set;
    job::ActiveModel {
        id: Set(ctx.new_id()),
        kind: Set(kind.to_owned()),
        payload: Set(serde_json::json!({})),
        unique_key: Set(Some(key.to_owned())),
        status: Set("QUEUED".to_owned()),
        run_at: Set(at),
        attempts: Set(0),
        leased_by: Set(None),
        leased_until: Set(None),
        progress: Set(0),
        total: Set(None),
        message: Set(None),
        cancel_requested: Set(false),
        created_by: Set(None),
        created_at: Set(ctx.now()),
        finished_at: Set(None),
    }
}

/// Turns undispatched events into one delivery job per listener. By status, never by "id greater than the last seen".
async fn dispatch(ctx: &Ctx) -> Result<usize, Fault> {
    let none = event::Entity::find().filter(event::Column::DispatchedAt.is_null()).one(&ctx.scope()).await?.is_none();
    if none {
        return Ok(0);
    }
    let result: Result<usize, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let ctx = tx.ctx().clone();
            let rows = event::Entity::find()
                .filter(event::Column::DispatchedAt.is_null())
                .order_by_asc(event::Column::Id)
                .limit(BATCH)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(&tx)
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
            for row in rows {
                for listener in ctx.kernel().listeners().filter(|l| l.kind == row.kind) {
                    let deliver =
                        Deliver { listener: listener.name.to_owned(), event: row.id, payload: row.payload.clone() };
                    tx.enqueue(&deliver)?;
                }
            }
            let count = ids.len();
            event::Entity::update_many()
                .col_expr(event::Column::DispatchedAt, Expr::value(ctx.now()))
                .filter(event::Column::Id.is_in(ids))
                .exec(&tx)
                .await?;
            Ok(count)
        })
        .await;
    result.map_err(Stop::into_fault)
}

/// Takes due jobs under a lease.
async fn take(ctx: &Ctx, name: &str) -> Result<Vec<job::Model>, Fault> {
    let now = ctx.now();
    // Look first, without the writer's lock: most of the time nothing is due.
    if job::Entity::find().filter(crate::jobs::due(now)).one(&ctx.scope()).await?.is_none() {
        return Ok(Vec::new());
    }
    let name = name.to_owned();
    let result: Result<Vec<job::Model>, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let rows = job::Entity::find()
                .filter(crate::jobs::due(now))
                .order_by_asc(job::Column::RunAt)
                .order_by_asc(job::Column::Id)
                .limit(AT_ONCE as u64)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(&tx)
                .await?;
            job::Entity::update_many()
                .col_expr(job::Column::Status, Expr::value("RUNNING"))
                .col_expr(job::Column::LeasedBy, Expr::value(name))
                .col_expr(job::Column::LeasedUntil, Expr::value(now + LEASE))
                .col_expr(job::Column::Attempts, sea_orm::ExprTrait::add(Expr::col(job::Column::Attempts), 1))
                .filter(job::Column::Id.is_in(rows.iter().map(|r| r.id)))
                .exec(&tx)
                .await?;
            Ok(rows)
        })
        .await;
    result.map_err(Stop::into_fault)
}

async fn run(ctx: Ctx, row: job::Model) {
    let attempt = row.attempts + 1;
    let end = execute(&ctx, &row, attempt).await;
    let now = ctx.now();
    let (status, message, run_at) = match end {
        Ok(JobEnd::Done(message)) => ("DONE", message, None),
        Ok(JobEnd::Cancelled) => ("CANCELLED", None, None),
        Ok(JobEnd::Dead(reason)) => ("FAILED", Some(reason), None),
        Ok(JobEnd::Again(at, reason)) => ("QUEUED", Some(reason), Some(at)),
        Err(fault) => {
            tracing::error!(%fault, source = ?std::error::Error::source(&fault), job = row.kind, tenant = ctx.tenant().code, "a job failed");
            if attempt < ATTEMPTS {
                ("QUEUED", Some(fault.to_string()), Some(now + back_off(attempt)))
            } else {
                ("FAILED", Some(fault.to_string()), None)
            }
        }
    };
    let saved: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let mut update = job::Entity::update_many()
                .col_expr(job::Column::Status, Expr::value(status))
                .col_expr(job::Column::Message, Expr::value(message))
                .col_expr(job::Column::LeasedBy, Expr::value(Option::<String>::None));
            update = match run_at {
                Some(at) => update.col_expr(job::Column::RunAt, Expr::value(at)),
                None => update.col_expr(job::Column::FinishedAt, Expr::value(now)),
            };
            update.filter(job::Column::Id.eq(row.id)).exec(&tx).await?;
            Ok(())
        })
        .await;
    if let Err(Stop::Fault(fault)) = saved {
        tracing::error!(%fault, "a job's end could not be saved; its lease will run out");
    }
    ctx.kernel().wake.notify(&ctx.tenant().code);
    ctx.kernel().changed_job(&ctx.tenant().code, row.id);
}

/// 10 s, 20 s, 40 s … at most an hour.
pub(crate) fn back_off(attempt: i32) -> chrono::Duration {
    let doublings = u32::try_from(attempt.clamp(1, 10) - 1).unwrap_or_default();
    chrono::Duration::seconds((10 * 2_i64.pow(doublings)).min(3600))
}

async fn execute(ctx: &Ctx, row: &job::Model, attempt: i32) -> Result<JobEnd, Fault> {
    let kernel = Arc::clone(ctx.kernel());
    let job = JobRun { ctx: ctx.clone(), id: row.id, attempt, created_by: row.created_by };
    if row.cancel_requested {
        return Ok(JobEnd::Cancelled);
    }
    let task = if row.kind == Deliver::KIND {
        let deliver: Deliver = serde_json::from_value(row.payload.clone()).map_err(Fault::of("read a delivery"))?;
        let Some(listener) = kernel.listeners().find(|l| l.name == deliver.listener).cloned() else {
            return Ok(JobEnd::Dead(format!("no listener {}", deliver.listener)));
        };
        let ctx = ctx.clone();
        tokio::spawn(async move { (listener.hear)(ctx, deliver.payload).await.map(|()| JobEnd::Done(None)) })
    } else {
        let Some(kind) = kernel.jobs().find(|k| k.kind == row.kind).cloned() else {
            return Ok(JobEnd::Dead(format!("no job {}", row.kind)));
        };
        let payload = row.payload.clone();
        tokio::spawn(async move { (kind.run)(job, payload).await })
    };
    // A panic ends this job, not the worker.
    task.await.map_err(Fault::of("run a job"))?
}
