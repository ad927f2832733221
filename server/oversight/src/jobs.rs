//! Repeated work (作业).

use kernel::Text;
use kernel::jobs::{Job, JobKind};
use serde::{Deserialize, Serialize};

use crate::operations::remind_filers::remind_filers;

/// The daily look at the reporting calendar (每日填报提醒).
#[derive(Debug, Serialize, Deserialize)]
pub struct Remind {}

impl Job for Remind {
    const KIND: &'static str = "oversight.remind";
}

/// The chapter's jobs. Reminders go out at half past eight in the morning, Asia/Shanghai.
#[must_use]
pub fn kinds() -> Vec<JobKind> {
    let title = Text::new("提醒名录填报", "Remind of the yearly return");
    vec![JobKind::new::<Remind, _, _>(title, |run, _: Remind| remind_filers(run)).every("30 8 * * *")]
}
