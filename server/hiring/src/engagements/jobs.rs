//! What the hire does at fixed times (作业).

use chrono::Duration;
use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::{Fault, Text, Words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::operations::invite_again::{Invited, invite_again};
use super::operations::keep;

/// Fills from the stand-by lists at six.
#[derive(Serialize, Deserialize)]
struct Dawn {}

impl Job for Dawn {
    const KIND: &'static str = "engagement.dawn";
}

/// Closes what is over, asks and warns.
#[derive(Serialize, Deserialize)]
struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "engagement.sweep";
}

/// Lets go of what has had its time.
/// Asks the workers of a posting again once its repetition is to be seen.
#[derive(Debug, Serialize, Deserialize)]
pub struct InviteAgain {
    /// The new posting.
    pub posting: Uuid,
    /// The one that is repeated.
    pub of: Uuid,
}

impl Job for InviteAgain {
    const KIND: &'static str = "engagement.invite_again";

    fn unique_key(&self) -> Option<String> {
        Some(format!("engagement.invite_again:{}", self.posting))
    }
}

#[derive(Serialize, Deserialize)]
struct LetGo {}

impl Job for LetGo {
    const KIND: &'static str = "engagement.let_go";
}

/// The jobs.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    vec![
        JobKind::new::<Dawn, _, _>(Text::new("候补递补", "Fill places from the stand-by lists"), |run, _| {
            dawn(run)
        })
        .every("0 6 * * *"),
        JobKind::new::<Sweep, _, _>(
            Text::new("用工到期处理和欠薪预警", "Close what is over, and warn of unpaid wages"),
            |run, _| sweep(run),
        )
        .every("*/15 * * * *"),
        JobKind::new::<LetGo, _, _>(
            Text::new("清理到期记分和工资台账", "Let go of expired points and wage sheets"),
            |run, _| let_go(run),
        )
        .every("25 3 * * *")
        .spread(30),
        JobKind::new::<InviteAgain, _, _>(Text::new("邀请原班人员", "Ask the same workers again"), invite),
    ]
}

async fn dawn(run: JobRun) -> Result<JobEnd, Fault> {
    let filled = keep::fill_from_standby(&run.ctx).await?;
    Ok(JobEnd::Done(Some(Words::new(format!("递补 {filled} 人"), format!("{filled} places filled")))))
}

async fn sweep(run: JobRun) -> Result<JobEnd, Fault> {
    let kept = keep::sweep(&run.ctx).await?;
    Ok(JobEnd::Done(Some(Words::new(
        format!(
            "递补 {}，失效 {}，随岗位取消 {}，自动完工 {}，询问工资 {}，欠薪预警 {}",
            kept.filled, kept.lapsed, kept.cancelled, kept.completed, kept.asked, kept.warned
        ),
        format!(
            "{} filled, {} lapsed, {} cancelled with their posting, {} counted as done, {} asked about pay, {} warned of",
            kept.filled, kept.lapsed, kept.cancelled, kept.completed, kept.asked, kept.warned
        ),
    ))))
}

async fn let_go(run: JobRun) -> Result<JobEnd, Fault> {
    let sheets = keep::let_go(&run.ctx).await?;
    Ok(JobEnd::Done(Some(Words::new(format!("清理工资表 {sheets} 张"), format!("{sheets} wage sheets let go")))))
}

/// While it waits for review nobody is asked: it is looked at again until its work begins.
async fn invite(run: JobRun, job: InviteAgain) -> Result<JobEnd, Fault> {
    Ok(match invite_again(&run.ctx, job.posting, job.of).await? {
        Invited::NotYet => JobEnd::Again(
            run.ctx.now() + Duration::minutes(5),
            Words::new(
                "招聘信息尚未发布，发布后再邀请".to_owned(),
                "Not published yet; they are asked once it is".to_owned(),
            ),
        ),
        Invited::Told(told) => {
            JobEnd::Done(Some(Words::new(format!("已邀请 {told} 人"), format!("{told} workers asked again"))))
        }
    })
}
