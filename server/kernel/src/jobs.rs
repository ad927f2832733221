//! Jobs (作业): a serialisable struct with a name and a run, queued in the transaction of the change that needs it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use entities::job;
use futures_util::future::BoxFuture;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, Set};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::text::{Text, Words};

/// A unit of work that runs after the commit, at least once (作业). It must be idempotent.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name: `mail.send`.
    const KIND: &'static str;
    /// While a job with this key waits or runs, another is not queued.
    fn unique_key(&self) -> Option<String> {
        None
    }
    /// When it may run; now unless said otherwise.
    fn run_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now
    }
}

/// How a job ended (作业结果).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobEnd {
    /// Done, with a word for the tray.
    Done(Option<Words>),
    /// It saw the request to cancel and stopped, whole.
    Cancelled,
    /// Not now: again at this time, with the reason.
    Again(DateTime<Utc>, Words),
    /// Given up, with the reason.
    Dead(Words),
}

type Run = Arc<dyn Fn(JobRun, serde_json::Value) -> BoxFuture<'static, Result<JobEnd, Fault>> + Send + Sync>;

/// How long a run may take unless its kind says otherwise; what waits for ever must not hold a worker for ever.
pub(crate) const LIMIT: Duration = Duration::from_secs(3600);

/// A kind of job and how it runs (作业类型).
#[derive(Clone)]
pub struct JobKind {
    /// Its name.
    pub kind: &'static str,
    /// In words, for the jobs tray.
    pub title: Text,
    /// Does it look at the request to cancel?
    pub cancellable: bool,
    /// For repeated jobs: a cron pattern in Asia/Shanghai.
    pub cron: Option<&'static str>,
    /// For repeated jobs: the cities take their turns within so long after that time.
    pub spread: chrono::Duration,
    /// How long one run may take; what takes longer is broken off and tried again like any that failed.
    pub limit: Duration,
    pub(crate) run: Run,
}

impl JobKind {
    /// A kind of job.
    pub fn new<J, F, Fut>(title: Text, f: F) -> Self
    where
        J: Job,
        F: Fn(JobRun, J) -> Fut + Send + Sync + Copy + 'static,
        Fut: Future<Output = Result<JobEnd, Fault>> + Send + 'static,
    {
        let run = move |job: JobRun, payload: serde_json::Value| -> BoxFuture<'static, Result<JobEnd, Fault>> {
            Box::pin(async move {
                let payload = serde_json::from_value(payload).map_err(Fault::of("read a job"))?;
                f(job, payload).await
            })
        };
        Self {
            kind: J::KIND,
            title,
            cancellable: false,
            cron: None,
            spread: chrono::Duration::zero(),
            limit: LIMIT,
            run: Arc::new(run),
        }
    }

    /// It can be cancelled.
    #[must_use]
    pub fn cancellable(mut self) -> Self {
        self.cancellable = true;
        self
    }

    /// One run takes no longer than this, instead of an hour.
    #[must_use]
    pub const fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// It runs by itself at the times of `pattern`.
    #[must_use]
    pub fn every(mut self, pattern: &'static str) -> Self {
        self.cron = Some(pattern);
        self
    }

    /// Not in all cities at one moment: each has its turn within so many minutes after the time of its pattern.
    #[must_use]
    pub const fn spread(mut self, minutes: i64) -> Self {
        self.spread = chrono::Duration::minutes(minutes);
        self
    }
}

/// A job at work (运行中的作业).
#[derive(Clone, Debug)]
pub struct JobRun {
    /// The house, acting for the tenant.
    pub ctx: Ctx,
    /// The job.
    pub id: Uuid,
    /// The number of this attempt, from 1.
    pub attempt: i32,
    /// Who asked for it.
    pub created_by: Option<Uuid>,
}

impl JobRun {
    /// Tells how far it is, and learns whether it shall stop.
    pub async fn progress(&self, done: usize, total: usize) -> Result<bool, Fault> {
        let id = self.id;
        let outcome: Result<bool, Stop<Never>> = self
            .ctx
            .quietly(|tx| async move {
                job::Entity::update_many()
                    .col_expr(job::Column::Progress, Expr::value(i32::try_from(done).unwrap_or(i32::MAX)))
                    .col_expr(job::Column::Total, Expr::value(i32::try_from(total).unwrap_or(i32::MAX)))
                    .filter(job::Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                let row = job::Entity::find_by_id(id).one(&tx).await?;
                Ok(row.is_none_or(|r| r.cancel_requested))
            })
            .await;
        let stop = outcome.map_err(Stop::into_fault)?;
        self.ctx.kernel().changed_job(&self.ctx.tenant().code, id);
        Ok(stop)
    }
}

/// The row a queued job becomes.
pub(crate) fn row<J: Job>(ctx: &Ctx, job: &J) -> Result<(Uuid, job::ActiveModel), Fault> {
    let id = ctx.new_id();
    let now = ctx.now();
    let payload = serde_json::to_value(job).map_err(Fault::of("write a job"))?;
    let row = job::ActiveModel {
        id: Set(id),
        kind: Set(J::KIND.to_owned()),
        payload: Set(payload),
        unique_key: Set(job.unique_key()),
        status: Set("QUEUED".to_owned()),
        run_at: Set(job.run_at(now)),
        attempts: Set(0),
        leased_by: Set(None),
        leased_until: Set(None),
        progress: Set(0),
        total: Set(None),
        message: Set(None),
        cancel_requested: Set(false),
        created_by: Set(ctx.actor().account_id()),
        created_at: Set(now),
        finished_at: Set(None),
    };
    Ok((id, row))
}

/// The condition under which a job may be taken: due, and nobody's lease on it runs.
pub(crate) fn due(now: DateTime<Utc>) -> sea_orm::Condition {
    let due = sea_orm::Condition::any()
        .add(job::Column::Status.eq("QUEUED").and(job::Column::RunAt.lte(now)))
        .add(job::Column::Status.eq("RUNNING").and(job::Column::LeasedUntil.lte(now)));
    sea_orm::Condition::all().add(unfinished()).add(due)
}

/// Jobs that are not over, in the words of the index that holds them: what is bound, no plan looks at.
pub(crate) fn unfinished() -> Expr {
    let written = |status: &str| Expr::Constant(status.into());
    job::Column::Status.into_expr().is_in([written("QUEUED"), written("RUNNING")])
}
