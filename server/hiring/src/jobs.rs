//! The chapter's jobs (作业): what the house does with postings by itself.

use kernel::jobs::{Job, JobEnd, JobKind, JobRun};
use kernel::{Fault, Text, Words};
use serde::{Deserialize, Serialize};

use crate::imports;
use crate::operations::expire_postings::{anything_due, expire_postings};

/// Ending postings whose time is over (到期处理).
#[derive(Debug, Serialize, Deserialize)]
pub struct ExpireJob {}

impl Job for ExpireJob {
    const KIND: &'static str = "posting.expire";
}

/// The kinds of jobs of postings.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    let mut kinds = vec![
        JobKind::new::<ExpireJob, _, _>(
            Text::new("处理到期招聘信息", "End postings whose time is over"),
            |run, _: ExpireJob| expire(run),
        )
        .every("*/5 * * * *")
        .spread(3),
    ];
    kinds.extend(imports::jobs::kinds());
    kinds
}

async fn expire(run: JobRun) -> Result<JobEnd, Fault> {
    let mut ended = 0;
    while anything_due(&run.ctx).await? {
        ended += expire_postings(&run.ctx).await?;
    }
    Ok(JobEnd::Done((ended > 0).then(|| {
        Words::new(format!("已结束到期招聘信息 {ended} 条"), format!("{ended} postings past their time ended"))
    })))
}
