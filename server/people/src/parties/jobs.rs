//! What runs by itself (作业): each month some verified parties are drawn to be looked at again.

use kernel::jobs::{Job, JobEnd, JobKind};
use kernel::text::{Text, Words};
use serde::{Deserialize, Serialize};

use super::operations::draw_rechecks::draw_rechecks;

/// Draws whom to look at again (抽取抽查名单).
#[derive(Serialize, Deserialize)]
struct Draw {}

impl Job for Draw {
    const KIND: &'static str = "people.draw_rechecks";
}

/// The jobs of hiring parties.
pub(crate) fn kinds() -> Vec<JobKind> {
    let draw = JobKind::new::<Draw, _, _>(
        Text::new("抽取用工主体抽查名单", "Draw hiring parties for sampling checks"),
        |run, _| async move {
            let drawn = draw_rechecks(&run.ctx).await?;
            Ok(JobEnd::Done(Some(Words::new(format!("抽取 {drawn} 家"), format!("{drawn} drawn")))))
        },
    );
    vec![draw.every("20 4 1 * *").spread(50)]
}
