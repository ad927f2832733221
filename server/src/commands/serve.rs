//! `yizhan serve`: the web server and, unless told otherwise, the worker.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use kernel::config::Config;
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use kernel::worker::Worker;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Setting;
use crate::door::Door;
use crate::http::{Front, Metrics, Settings, serve};

/// How to serve.
#[derive(Args)]
pub(crate) struct Serve {
    /// Leave jobs to `yizhan work`.
    #[arg(long)]
    no_worker: bool,
}

pub(super) async fn run(setting: Setting, command: Serve) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    no_page_in_public(&setting.config)?;
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    kernel.ensure_platform(setting.admin_url.as_deref()).await?;
    let listener = listen(&kernel).await?;
    until_stopped(kernel, listener, !command.no_worker).await
}

/// Text messages that go to a page instead of a telephone are for a demo on this machine.
pub(super) fn no_page_in_public(config: &Config) -> Result<(), Fault> {
    if config.sms.must_not_serve(&config.public_url) {
        return Err(Fault::internal(
            "start: sms.gateway is \"page\", which is for a demo, and public_url is not of this machine; set a gateway, or \"none\"",
        ));
    }
    Ok(())
}

/// Binds the address of the settings.
pub(super) async fn listen(kernel: &Kernel) -> Result<TcpListener, Fault> {
    TcpListener::bind(&kernel.config.listen).await.map_err(Fault::of("listen"))
}

/// Serves until SIGTERM or SIGINT, then drains requests, sockets and jobs.
pub(super) async fn until_stopped(kernel: Arc<Kernel>, listener: TcpListener, work: bool) -> Result<ExitCode, Fault> {
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        asked.cancel();
    });
    let control = super::control::open(&kernel, stop.clone());
    let ended = run_until(kernel, listener, work, stop.clone()).await;
    stop.cancel();
    if let Some(control) = control {
        control.await.map_err(Fault::of("finish what another command asked for"))?;
    }
    ended
}

/// Serves until `stop` is cancelled.
pub async fn run_until(
    kernel: Arc<Kernel>,
    listener: TcpListener,
    work: bool,
    stop: CancellationToken,
) -> Result<ExitCode, Fault> {
    let Settings { options, limits } = crate::boot::transport(&kernel.config)?;
    let heeding = tokio::spawn(kernel::invalidate::run(Arc::clone(&kernel), stop.clone()));
    let worker = work.then(|| {
        // Only one process holds an embedded database; on PostgreSQL leases keep several workers apart.
        let worker = Worker::new(Arc::clone(&kernel), super::worker_name(&kernel, "serve"));
        tokio::spawn(worker.run(stop.clone()))
    });
    let metrics = Metrics::new();
    crate::background::watch(&metrics, Arc::clone(&kernel)).map_err(Fault::of("count the background work"))?;
    let front = Front::new(Arc::new(Door::new(kernel, limits)), options, metrics);
    let stopped = stop.clone();
    serve(front, listener, async move { stopped.cancelled().await }).await;
    stop.cancel();
    if let Some(worker) = worker {
        worker.await.map_err(Fault::of("finish the jobs at work"))?;
    }
    heeding.abort();
    Ok(ExitCode::SUCCESS)
}

/// Resolves at SIGTERM or SIGINT.
pub(super) async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
