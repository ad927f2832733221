//! `yizhan work`: jobs, events and mail without the web server; several may run on one PostgreSQL.

use std::process::ExitCode;
use std::sync::Arc;

use kernel::fault::Fault;
use kernel::worker::Worker;
use tokio_util::sync::CancellationToken;

use super::Setting;

pub(super) async fn run(setting: Setting) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    super::serve::no_page_in_public(&setting.config)?;
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    kernel.ensure_platform(None).await?;
    let stop = CancellationToken::new();
    let waiting = stop.clone();
    tokio::spawn(async move {
        super::serve::asked_to_stop().await;
        waiting.cancel();
    });
    let heeding = tokio::spawn(kernel::invalidate::run(Arc::clone(&kernel), stop.clone()));
    Worker::new(Arc::clone(&kernel), super::worker_name(&kernel, "work")).run(stop).await;
    heeding.await.map_err(Fault::of("stop listening to other processes"))?;
    Ok(ExitCode::SUCCESS)
}
