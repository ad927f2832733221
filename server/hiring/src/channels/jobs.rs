//! The jobs of channels (作业).

use kernel::Text;
use kernel::jobs::{Job, JobKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::operations::deliver::deliver;
use super::operations::plan_deliveries::replan;

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

/// The kinds of job of channels.
pub(crate) fn kinds() -> Vec<JobKind> {
    let (deliver_title, replan_title) = (
        Text::new("投递招聘信息到渠道", "Bring postings to a channel"),
        Text::new("按新设置重新安排渠道", "Plan a channel anew"),
    );
    vec![
        JobKind::new::<Deliver, _, _>(deliver_title, |run, job: Deliver| deliver(run, job.channel, job.round)),
        JobKind::new::<Replan, _, _>(replan_title, |run, job: Replan| replan(run, job.channel)),
    ]
}
