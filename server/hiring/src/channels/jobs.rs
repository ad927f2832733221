//! The jobs of channels (作业).

use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::{Fault, Text, Words};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::operations::deliver::deliver;
use super::operations::keep_up::keep_up;
use super::operations::plan_deliveries::replan;
use super::operations::report_paces::report_paces;

/// Brings a channel what waits for it (渠道投递).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Deliver {
    pub(crate) channel: Uuid,
    pub(crate) round: i32,
}

impl Job for Deliver {
    const KIND: &'static str = "hiring.deliver";
    fn unique_key(&self) -> Option<String> {
        Some(format!("hiring.deliver:{}:{}", self.channel, self.round))
    }
}

/// Plans a channel anew that was set up differently (重新安排渠道).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Replan {
    pub(crate) channel: Uuid,
    pub(crate) version: i32,
}

impl Job for Replan {
    const KIND: &'static str = "hiring.replan";
    fn unique_key(&self) -> Option<String> {
        Some(format!("hiring.replan:{}:{}", self.channel, self.version))
    }
}

/// Keeps what channels show true to the day (渠道随时更新).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeepUp {}

impl Job for KeepUp {
    const KIND: &'static str = "hiring.keep_up";
}

/// The kinds of job of channels.
pub(crate) fn kinds() -> Vec<JobKind> {
    let (deliver_title, replan_title, keep_up_title) = (
        Text::new("投递招聘信息到渠道", "Bring postings to a channel"),
        Text::new("按新设置重新安排渠道", "Plan a channel anew"),
        Text::new("渠道撤下失鲜信息、补上当日信息", "Take stale postings off channels, and put up those of the day"),
    );
    vec![
        JobKind::new::<Deliver, _, _>(deliver_title, |run, job: Deliver| deliver(run, job.channel, job.round)),
        JobKind::new::<Replan, _, _>(replan_title, |run, job: Replan| replan(run, job.channel)),
        JobKind::new::<KeepUp, _, _>(keep_up_title, |run, _: KeepUp| kept_up(run)).every("*/5 * * * *").spread(3),
    ]
}

async fn kept_up(run: JobRun) -> Result<JobEnd, Fault> {
    let planned = keep_up(&run.ctx).await?;
    if let Err(fault) = report_paces(&run.ctx).await {
        // It hears of it the next time.
        let city = &run.ctx.tenant().code;
        tracing::warn!(%fault, cause = %fault.cause(), city, "the province does not hear how channels keep up");
    }
    let words = || {
        Words::new(
            format!("已按有效期和新鲜度调整 {planned} 条"),
            format!("{planned} postings put up or taken down by the day"),
        )
    };
    Ok(JobEnd::Done((planned > 0).then(words)))
}
