//! Asking plugins how they are: one that fails is degraded, and shown to be.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::switch::{SWITCH, current, write};
use super::{State, of};
use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::jobs::{Job, JobEnd, JobRun};
use crate::plugin::Plugin;

/// A plugin that does not answer in so long has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks every plugin that is on.
#[derive(Serialize, Deserialize)]
pub(crate) struct CheckPlugins {}

impl Job for CheckPlugins {
    const KIND: &'static str = "plugin.check";
}

/// Is no plugin on here that can be asked?
pub(super) async fn nobody_to_ask(ctx: &Ctx) -> Result<bool, Fault> {
    let asked = || ctx.kernel().plugins.iter().filter(|plugin: &&Plugin| plugin.check.is_some());
    if asked().next().is_none() {
        return Ok(true);
    }
    let states = of(ctx).await?;
    Ok(!asked().any(|plugin: &Plugin| states.state(plugin.manifest.name, None).is_on()))
}

/// The job.
pub(crate) async fn run(run: JobRun) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let states = of(ctx).await?;
    let on: Vec<&Plugin> =
        ctx.kernel().plugins.iter().filter(|p| states.state(p.manifest.name, None).is_on()).collect();
    for plugin in on {
        let Some(check) = plugin.check.clone() else { continue };
        // Its own task: a panic in it is its own failure.
        let answer = tokio::time::timeout(PATIENCE, tokio::spawn(check(ctx.clone()))).await;
        let well = matches!(answer, Ok(Ok(Ok(()))));
        let was = states.state(plugin.manifest.name, None);
        let is = if well { State::Enabled } else { State::Degraded };
        if is != was {
            change(&run, plugin.manifest.name, is).await?;
        }
    }
    Ok(JobEnd::Done(None))
}

async fn change(run: &JobRun, name: &'static str, is: State) -> Result<(), Fault> {
    tracing::warn!(plugin = name, state = is.name(), tenant = run.ctx.tenant().code, "a plugin's state changed");
    let changed: Result<(), Stop<Never>> = run
        .ctx
        .transact(&SWITCH, |tx| async move {
            tx.note("plugin", name);
            tx.note("state", is.name());
            let states = current(&tx).await?;
            // Somebody may have switched it off meanwhile.
            if let Some((_, layer)) = states.row(name, "").filter(|r| r.0.is_on()) {
                write(&tx, name, None, is, layer.clone()).await?;
            }
            Ok(())
        })
        .await;
    changed.map_err(Stop::into_fault)
}
