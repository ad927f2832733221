//! The worker (后台执行器): dispatches events, seals the audit, runs jobs. No polling storm: it is woken after a commit,
//! at the next due time, and by a sweep each minute. What comes quickly one after the other is gathered, so that the
//! worker's own transactions are few beside those that wake it.

mod events;
mod repeat;
mod run;
mod sweep;
mod wake;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entities::{event, job};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;
use crate::text::Lang;

pub(crate) use run::back_off;
pub use wake::{Hint, Wake};

const SWEEP: Duration = Duration::from_mins(1);
/// The first to wake is looked at at once; who comes so soon after is looked at together.
const GATHER: Duration = Duration::from_millis(100);
/// So long nobody else takes a job that was taken; renewed while it runs.
const LEASE: Duration = Duration::from_mins(5);
const AT_ONCE: u32 = 4;
/// After so many attempts a job that faults is given up and shown.
const ATTEMPTS: i32 = 8;

/// The worker of one process.
pub struct Worker {
    kernel: Arc<Kernel>,
    name: String,
    running: Arc<Semaphore>,
    /// When to look at which tenant again.
    due: BTreeSet<(DateTime<Utc>, String)>,
    /// Tenants whose jobs found no free hand.
    waiting: BTreeSet<String>,
}

impl Worker {
    /// A worker; `name` tells leases of processes apart.
    #[must_use]
    pub fn new(kernel: Arc<Kernel>, name: String) -> Self {
        let running = Arc::new(Semaphore::new(AT_ONCE as usize));
        Self { kernel, name, running, due: BTreeSet::new(), waiting: BTreeSet::new() }
    }

    /// Works until told to stop; jobs at work are finished first.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut sweep_at = self.kernel.clock.now();
        let mut sweep = sweep::Sweep::default();
        while !stop.is_cancelled() {
            let now = self.kernel.clock.now();
            let mut codes = self.kernel.wake.take();
            if self.running.available_permits() > 0 {
                codes.append(&mut self.waiting);
            }
            while self.due.first().is_some_and(|(at, _)| *at <= now) {
                codes.extend(self.due.pop_first().map(|(_, code)| code));
            }
            if now >= sweep_at {
                codes.extend(sweep.next(self.everybody().await));
                sweep_at = now + SWEEP;
            }
            let busy = !codes.is_empty();
            for code in codes {
                if let Err(fault) = self.tend(&code).await {
                    tracing::error!(%fault, source = ?std::error::Error::source(&fault), tenant = code, "could not tend a tenant");
                }
            }
            if busy && tokio::time::timeout(GATHER, stop.cancelled()).await.is_ok() {
                break;
            }
            let next = self.due.first().map_or(sweep_at, |(at, _)| std::cmp::min(*at, sweep_at));
            let wait = (next - self.kernel.clock.now()).to_std().unwrap_or_default().min(SWEEP);
            tokio::select! {
                () = stop.cancelled() => break,
                _ = tokio::time::timeout(wait, self.kernel.wake.woken()) => {}
            }
        }
        let _finished = self.running.acquire_many(AT_ONCE).await;
    }

    async fn everybody(&self) -> Vec<String> {
        match self.kernel.tenant_codes().await {
            Ok(codes) => codes,
            Err(fault) => {
                tracing::error!(%fault, source = ?std::error::Error::source(&fault), "could not list the tenants");
                Vec::new()
            }
        }
    }

    /// Does what is due in one tenant, and waits for it: for tests and the command line.
    pub async fn drain(&mut self, code: &str) -> Result<(), Fault> {
        loop {
            self.tend(code).await?;
            drop(self.running.acquire_many(AT_ONCE).await);
            let ctx = self.ctx(code).await?;
            let waiting = event::Entity::find().filter(event::Column::DispatchedAt.is_null()).one(&ctx.scope()).await?;
            let due = job::Entity::find().filter(crate::jobs::due(ctx.now())).one(&ctx.scope()).await?;
            if waiting.is_none() && due.is_none() {
                // What ran by itself waits for its next time.
                repeat::queue(&ctx).await?;
                return crate::audit::seal(&ctx).await.map(|_| ());
            }
        }
    }

    async fn ctx(&self, code: &str) -> Result<Ctx, Fault> {
        self.kernel.ctx(code, Actor::System("worker"), Lang::Zh).await
    }

    async fn tend(&mut self, code: &str) -> Result<(), Fault> {
        let ctx = self.ctx(code).await?;
        repeat::queue(&ctx).await?;
        while events::dispatch(&ctx).await? > 0 {}
        crate::audit::seal(&ctx).await?;
        self.start_jobs(&ctx).await?;
        let next = job::Entity::find()
            .filter(job::Column::Status.eq("QUEUED"))
            .order_by_asc(job::Column::RunAt)
            .one(&ctx.scope())
            .await?;
        if let Some(next) = next.filter(|n| n.run_at > ctx.now()) {
            self.due.retain(|(_, other)| other != code);
            self.due.insert((next.run_at, code.to_owned()));
        }
        Ok(())
    }

    /// Starts as many due jobs as there are free hands; nobody else waits for a long one.
    async fn start_jobs(&mut self, ctx: &Ctx) -> Result<(), Fault> {
        loop {
            let free = self.running.available_permits();
            if free == 0 {
                self.waiting.insert(ctx.tenant().code.clone());
                return Ok(());
            }
            let taken = take(ctx, &self.name, free as u64).await?;
            if taken.is_empty() {
                return Ok(());
            }
            for row in taken {
                let permit = Arc::clone(&self.running).acquire_owned().await.map_err(Fault::of("wait for a worker"))?;
                let (ctx, name) = (self.ctx(&ctx.tenant().code).await?, self.name.clone());
                tokio::spawn(async move {
                    run::run(&ctx, row, &name).await;
                    drop(permit);
                    // Whoever waits for a free hand is looked at again, and this tenant for what the job queued.
                    ctx.kernel().wake.here(&ctx.tenant().code);
                });
            }
        }
    }
}

/// Takes due jobs under a lease.
async fn take(ctx: &Ctx, name: &str, most: u64) -> Result<Vec<job::Model>, Fault> {
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
                .limit(most)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(&tx)
                .await?;
            job::Entity::update_many()
                .col_expr(job::Column::Status, Expr::value("RUNNING"))
                .col_expr(job::Column::LeasedBy, Expr::value(name))
                .col_expr(job::Column::LeasedUntil, Expr::value(now + LEASE))
                .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
                .filter(job::Column::Id.is_in(rows.iter().map(|r| r.id)))
                .exec(&tx)
                .await?;
            Ok(rows)
        })
        .await;
    result.map_err(Stop::into_fault)
}
