//! Repeated work (作业): each morning the clocks of open cases are looked at.

use kernel::Text;
use kernel::jobs::{Job, JobKind};
use serde::{Deserialize, Serialize};

use crate::operations::watch_clocks::watch_clocks;

/// The morning's look at the clocks (每日时限检查).
#[derive(Debug, Serialize, Deserialize)]
struct Watch {}

impl Job for Watch {
    const KIND: &'static str = "cases.watch";
}

/// The chapter's jobs. The clocks are looked at before offices open, Asia/Shanghai.
pub(crate) fn kinds() -> Vec<JobKind> {
    let title = Text::new("标记办件预警和超时", "Mark cases that are nearly due or late");
    vec![JobKind::new::<Watch, _, _>(title, |run, _: Watch| watch_clocks(run)).every("10 7 * * *").spread(30)]
}
