//! The worker (后台执行器): dispatches events, seals the audit, runs jobs. No polling storm: it is woken after a commit, at
//! the next due time, and by a sweep that leaves idle tenants alone. What comes quickly one after the other is gathered,
//! so that the worker's own transactions are few beside those that wake it.

mod alive;
mod events;
mod lanes;
mod repeat;
mod run;
mod sweep;
mod wake;

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entities::{event, job};
use futures_util::FutureExt as _;
use migrations::Backend;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use tokio_util::sync::CancellationToken;

use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;
use crate::tally::Done;
use crate::tenants::RESTORING;
use crate::text::Lang;

pub use alive::Alive;
use lanes::Lane;
use sweep::Sweep;
pub use wake::{Hint, Wake};

/// The list of tenants is read again after so long.
const LIST: Duration = Duration::from_mins(1);
/// After a panic of its own the worker takes a breath.
const BREATH: Duration = Duration::from_secs(1);
/// The first to wake is looked at at once; who comes so soon after is looked at together.
const GATHER: Duration = Duration::from_millis(100);
/// So long nobody else takes a job that was taken; renewed while it runs.
const LEASE: Duration = Duration::from_mins(5);
/// After so many attempts a job that faults is given up and shown; a delivery never is.
const ATTEMPTS: i32 = 8;

/// The worker of one process.
pub struct Worker {
    kernel: Arc<Kernel>,
    name: String,
    lanes: [Lane; 3],
    /// When to look at which tenant again, for a job.
    due: BTreeSet<(DateTime<Utc>, String)>,
    /// Tenants whose jobs found no free hand.
    waiting: BTreeSet<String>,
    sweep: Sweep,
    list_at: DateTime<Utc>,
}

impl Worker {
    /// A worker; `name` tells leases of processes apart.
    #[must_use]
    pub fn new(kernel: Arc<Kernel>, name: String) -> Self {
        let (due, waiting) = (BTreeSet::new(), BTreeSet::new());
        let list_at = DateTime::<Utc>::MIN_UTC;
        let sweep = Sweep::new(kernel.store.backend() == Backend::Postgres);
        Self { kernel, name, lanes: Lane::all(), due, waiting, sweep, list_at }
    }

    /// Works until told to stop; jobs at work are finished first. A panic of the house's own, in one tenant or between
    /// them, ends neither the others' work nor the worker.
    pub async fn run(mut self, stop: CancellationToken) {
        let kernel = Arc::clone(&self.kernel);
        let at_work = kernel.alive.begins();
        while !stop.is_cancelled() {
            // The hook has logged the panic.
            let (busy, wait) = AssertUnwindSafe(self.turn()).catch_unwind().await.unwrap_or((false, BREATH));
            if busy && tokio::time::timeout(GATHER, stop.cancelled()).await.is_ok() {
                break;
            }
            tokio::select! {
                () = stop.cancelled() => break,
                _ = tokio::time::timeout(wait, kernel.wake.woken()) => {}
            }
        }
        for lane in &self.lanes {
            lane.rest().await;
        }
        at_work.ended();
    }

    /// Looks once at everybody whose turn it is; whether there was anybody, and how long nothing is due then.
    async fn turn(&mut self) -> (bool, Duration) {
        let now = self.kernel.clock.now();
        if now >= self.list_at {
            self.list(now).await;
        }
        if self.kernel.wake.words_were_lost() {
            self.sweep.everybody(now);
        }
        let mut codes = self.kernel.wake.take();
        for code in &codes {
            self.sweep.busy(code, now);
        }
        if self.lanes.iter().any(|lane| lane.free() > 0) {
            codes.append(&mut self.waiting);
        }
        while self.due.first().is_some_and(|(at, _)| *at <= now) {
            codes.extend(self.due.pop_first().map(|(_, code)| code));
        }
        codes.extend(self.sweep.due(now));
        let busy = !codes.is_empty();
        for code in codes {
            match AssertUnwindSafe(self.tend(&code)).catch_unwind().await {
                // Done; or removed since it asked, or told of as it was opened.
                Ok(Ok(()) | Err(Fault::NotFound | Fault::Maintenance)) => {}
                Ok(Err(fault)) => {
                    tracing::error!(%fault, cause = %fault.cause(), tenant = code, "could not tend a tenant");
                    self.kernel.tally.add(Done::TendingFailed, 1);
                    self.sweep.failed(&code, now);
                }
                Err(_) => {
                    tracing::error!(tenant = code, "tending a tenant panicked; the others go on");
                    self.kernel.tally.add(Done::TendingFailed, 1);
                    self.sweep.failed(&code, now);
                }
            }
        }
        let due = self.due.first().map(|(at, _)| *at);
        let next = [due, self.sweep.next(), Some(self.list_at)].into_iter().flatten().min();
        let wait = next.map(|next| (next - self.kernel.clock.now()).to_std().unwrap_or_default());
        (busy, wait.unwrap_or(LIST).min(LIST))
    }

    async fn list(&mut self, now: DateTime<Utc>) {
        self.list_at = now + LIST;
        match self.kernel.tenant_codes().await {
            Ok(codes) => self.sweep.list(&codes, now),
            Err(fault) => tracing::error!(%fault, cause = %fault.cause(), "could not list the tenants"),
        }
    }

    /// Does what is due in one tenant, and waits for it: for tests and the command line.
    pub async fn drain(&mut self, code: &str) -> Result<(), Fault> {
        loop {
            self.tend(code).await?;
            for lane in &self.lanes {
                lane.rest().await;
            }
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
        let ctx = self.kernel.ctx(code, Actor::System("worker"), Lang::Zh).await?;
        if ctx.tenant().status == RESTORING { Err(Fault::Maintenance) } else { Ok(ctx) }
    }

    async fn tend(&mut self, code: &str) -> Result<(), Fault> {
        let ctx = self.ctx(code).await?;
        repeat::queue(&ctx).await?;
        while events::dispatch(&ctx).await? > 0 {}
        crate::audit::seal(&ctx).await?;
        self.start_jobs(&ctx).await?;
        let next = job::Entity::find()
            .filter(crate::jobs::unfinished())
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

    /// Starts as many due jobs as there are free hands in their lane; nobody else waits for a long one.
    async fn start_jobs(&mut self, ctx: &Ctx) -> Result<(), Fault> {
        for lane in &self.lanes {
            loop {
                let free = lane.free();
                if free == 0 {
                    self.waiting.insert(ctx.tenant().code.clone());
                    break;
                }
                let taken = take(ctx, &self.name, lane, free as u64).await?;
                if taken.is_empty() {
                    break;
                }
                for row in taken {
                    let hand = lane.hand().await?;
                    let (ctx, name) = (self.ctx(&ctx.tenant().code).await?, self.name.clone());
                    tokio::spawn(async move {
                        run::run(&ctx, row, &name).await;
                        drop(hand);
                        // Whoever waits for a free hand is looked at again, and this tenant for what the job queued.
                        ctx.kernel().wake.here(&ctx.tenant().code);
                    });
                }
            }
        }
        Ok(())
    }
}

/// Takes due jobs of a lane under a lease.
async fn take(ctx: &Ctx, name: &str, lane: &Lane, most: u64) -> Result<Vec<job::Model>, Fault> {
    let now = ctx.now();
    let due = crate::jobs::due(now);
    let due = sea_orm::Condition::all().add(due).add(lane.jobs());
    // Look first, without the writer's lock: most of the time nothing is due.
    if job::Entity::find().filter(due.clone()).one(&ctx.scope()).await?.is_none() {
        return Ok(Vec::new());
    }
    let name = name.to_owned();
    let result: Result<Vec<job::Model>, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let rows = job::Entity::find()
                .filter(due)
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
