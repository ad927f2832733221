//! What runs by itself (作业): each morning registrations are looked after.

use kernel::jobs::{Job, JobEnd, JobKind};
use kernel::text::Text;
use serde::{Deserialize, Serialize};

use super::operations::tend_workers::tend_workers;

/// Looks after registrations (求职登记日常维护).
#[derive(Serialize, Deserialize)]
struct Tend {}

impl Job for Tend {
    const KIND: &'static str = "workers.tend";
}

/// The job of this area. Half past nine: whoever is asked is awake, and no longer at work before dawn.
pub(crate) fn kind() -> JobKind {
    JobKind::new::<Tend, _, _>(Text::new("求职登记日常维护", "Look after registrations"), |run, _| async move {
        tend_workers(&run.ctx).await.map(|()| JobEnd::Done(None))
    })
    .every("30 9 * * *")
    .spread(30)
}
