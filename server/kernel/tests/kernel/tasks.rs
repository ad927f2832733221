//! The jobs of the house under test.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kernel::jobs::{Job, JobEnd, JobKind};
use kernel::{Ctx, Text};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::support::add;

/// A job that writes how often it ran.
#[derive(Serialize, Deserialize)]
pub(crate) struct Count {
    /// Under this name.
    pub(crate) name: String,
    /// `ok`, `fault`, `panic`.
    pub(crate) how: String,
}

impl Job for Count {
    const KIND: &'static str = "note.count";
}

/// A job that never comes back.
#[derive(Serialize, Deserialize)]
pub(crate) struct Wait;

impl Job for Wait {
    const KIND: &'static str = "note.wait";
}

/// What jobs of the kind `steal` wait for, by their names.
pub(crate) static STEAL: Mutex<BTreeMap<String, oneshot::Receiver<()>>> = Mutex::new(BTreeMap::new());

async fn count(ctx: Ctx, job: Count) -> Result<JobEnd, kernel::Fault> {
    add(&ctx, &job.name).await?;
    match job.how.as_str() {
        "fault" => Err(kernel::Fault::internal("count")),
        "panic" => panic!("a job's own bug"),
        "steal" => {
            let wait = STEAL.lock().unwrap().remove(&job.name);
            wait.unwrap().await.unwrap();
            Ok(JobEnd::Done(None))
        }
        _ => Ok(JobEnd::Done(None)),
    }
}

/// Their kinds.
pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind::new::<Count, _, _>(Text::new("计数", "Count"), |run, job: Count| count(run.ctx, job)),
        JobKind::new::<Wait, _, _>(Text::new("空等", "Wait"), |_, Wait| std::future::pending())
            .within(std::time::Duration::from_millis(20)),
    ]
}
