//! The work of imports that does not fit into a request (导入作业).

use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::{Fault, Text, Words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::operations::import_purge::purge_imports;
use crate::operations::import_run::{Progress, finish, give_back, run_some};

/// Takes the good rows of an import in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ApplyJob {
    /// The import.
    pub import: Uuid,
    /// May whoever asked publish by right?
    pub publishes: bool,
    /// Who asked.
    pub account: Option<Uuid>,
}

impl Job for ApplyJob {
    const KIND: &'static str = "posting.import";

    fn unique_key(&self) -> Option<String> {
        Some(format!("posting.import:{}", self.import))
    }
}

/// The daily look at imports (每日清理导入).
#[derive(Debug, Serialize, Deserialize)]
pub struct PurgeJob {}

impl Job for PurgeJob {
    const KIND: &'static str = "posting.import.purge";
}

/// The kinds of jobs of imports.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    vec![
        JobKind::new::<ApplyJob, _, _>(Text::new("导入招聘信息", "Import postings"), apply).cancellable(),
        JobKind::new::<PurgeJob, _, _>(
            Text::new("清理过期的招聘信息导入", "Throw away old imports of postings"),
            |run, _: PurgeJob| purge(run),
        )
        .every("50 3 * * *")
        .spread(50),
    ]
}

/// Takes rows in some at a time, each batch a transaction of its own: whatever stops it, what is in stays in, and begun again it
/// goes on from there.
async fn apply(job: JobRun, task: ApplyJob) -> Result<JobEnd, Fault> {
    loop {
        match run_some(&job.ctx, task).await? {
            Progress::Over => return Ok(JobEnd::Done(None)),
            Progress::Stopped(words) => {
                give_back(&job.ctx, task.import).await?;
                return Ok(JobEnd::Dead(words));
            }
            Progress::More { done, total } => {
                if job.progress(done, total).await? {
                    give_back(&job.ctx, task.import).await?;
                    return Ok(JobEnd::Cancelled);
                }
            }
            Progress::AllIn => {
                let (published, in_review) = finish(&job.ctx, task.import).await?;
                return Ok(JobEnd::Done(Some(Words::new(
                    format!("已发布 {published} 条，待审核 {in_review} 条"),
                    format!("{published} published, {in_review} wait for review"),
                ))));
            }
        }
    }
}

async fn purge(run: JobRun) -> Result<JobEnd, Fault> {
    let gone = purge_imports(&run.ctx).await?;
    Ok(JobEnd::Done((gone > 0).then(|| {
        Words::new(format!("已清理过期导入 {gone} 份"), format!("{gone} imports past their time thrown away"))
    })))
}
