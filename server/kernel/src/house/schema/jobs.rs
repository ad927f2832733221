//! The types of jobs.

use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, FixedOffset};
use entities::job;

use crate::ctx::Ctx;
use crate::gql::moment;
use crate::text::{Text, Words};

/// How a job stands (作业状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum JobStatus {
    /// It waits (等待中).
    Queued,
    /// It runs (进行中).
    Running,
    /// Done (已完成).
    Done,
    /// Given up (失败).
    Failed,
    /// Cancelled (已取消).
    Cancelled,
}

impl JobStatus {
    fn parse(text: &str) -> Self {
        match text {
            "QUEUED" => Self::Queued,
            "RUNNING" => Self::Running,
            "DONE" => Self::Done,
            "CANCELLED" => Self::Cancelled,
            _ => Self::Failed,
        }
    }
}

/// A job that runs after the request that asked for it (后台作业).
#[derive(Clone, Debug, SimpleObject)]
pub struct Job {
    /// Its id (标识).
    id: ID,
    /// Its kind: `mail.send` (类型).
    kind: String,
    /// Its kind in words (名称).
    title: String,
    /// How it stands (状态).
    status: JobStatus,
    /// Steps done (已完成数).
    progress: i32,
    /// Steps there are (总数).
    total: Option<i32>,
    /// How often it was tried (尝试次数).
    attempts: i32,
    /// When it may run (计划时间).
    run_at: DateTime<FixedOffset>,
    /// When it ended (结束时间).
    finished_at: Option<DateTime<FixedOffset>>,
    /// A word on its end, or on why it waits (说明).
    message: Option<String>,
    /// Can it be cancelled now (可否取消)?
    cancellable: bool,
}

/// A delivery of an event, which is nobody's kind.
const DELIVERY: Text = Text::new("事件通知", "Tell a listener of an event");

impl Job {
    /// The job as its readers see it.
    #[must_use]
    pub fn new(ctx: &Ctx, row: &job::Model) -> Self {
        let kind = ctx.kernel().jobs().find(|k| k.kind == row.kind);
        let open = matches!(row.status.as_str(), "QUEUED" | "RUNNING");
        Self {
            id: ctx.gid("Job", row.id),
            kind: row.kind.clone(),
            title: kind.map_or(DELIVERY, |k| k.title).get(ctx.lang()).to_owned(),
            status: JobStatus::parse(&row.status),
            progress: row.progress,
            total: row.total,
            attempts: row.attempts,
            run_at: moment(row.run_at),
            finished_at: row.finished_at.map(moment),
            message: row.message.as_deref().map(|words| Words::read(words).get(ctx.lang()).to_owned()),
            cancellable: open && !row.cancel_requested && kind.is_some_and(|k| k.cancellable),
        }
    }
}
