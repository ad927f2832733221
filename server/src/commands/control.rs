//! The control socket (控制通道): the process that holds an embedded data directory does what another command on the same
//! machine asks of it, because two may not work on it at once. So one city is restored while the others go on.
//!
//! A request is one line of JSON, the arguments as they were typed and where; the answer is another. Only the user of the
//! server and the administrator of the machine are heard. PostgreSQL needs none of this.

use std::ffi::OsString;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use kernel::store::PLATFORM;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::Arguments;
use super::answer::Answer;

/// The socket, in the data directory.
const NAME: &str = "control";
/// Bytes of a request at most.
const LONGEST: u64 = 64 * 1024;
/// A request is there within so long; the answer takes as long as the work.
const PATIENCE: Duration = Duration::from_secs(10);

/// What another command asks for.
#[derive(Serialize, Deserialize)]
struct Order {
    /// As they were typed.
    arguments: Vec<String>,
    /// Where they were typed: names of files begin there.
    folder: PathBuf,
}

/// Opens the socket of a process that holds its data directory; nothing on PostgreSQL. It is closed once `stop` is
/// cancelled and the work at hand is done.
pub(super) fn open(kernel: &Arc<Kernel>, stop: CancellationToken) -> Option<JoinHandle<()>> {
    kernel.store.file(PLATFORM)?;
    let path = kernel.config.data_dir.join(NAME);
    match bind(&path) {
        Ok((listener, owner)) => Some(tokio::spawn(heed(Arc::clone(kernel), listener, owner, path, stop))),
        Err(error) => {
            tracing::warn!(%error, "there is no control socket; commands that change cities need this process stopped");
            None
        }
    }
}

/// The listener, and whose it is. What a killed process left is in the way: the directory is ours now.
fn bind(path: &Path) -> std::io::Result<(UnixListener, u32)> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    Ok((listener, std::fs::metadata(path)?.uid()))
}

/// The user of the server, and the administrator of the machine.
const fn is_heard(owner: u32, who: u32) -> bool {
    who == owner || who == 0
}

/// One order after the other: two that change cities could meet in one.
async fn heed(kernel: Arc<Kernel>, listener: UnixListener, owner: u32, path: PathBuf, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else { continue };
        if !stream.peer_cred().is_ok_and(|peer| is_heard(owner, peer.uid())) {
            tracing::warn!(target: "security", "somebody else asked at the control socket");
            continue;
        }
        if let Err(error) = obey(&kernel, stream).await {
            tracing::warn!(%error, "an order at the control socket was not answered");
        }
    }
    let _gone = tokio::fs::remove_file(path).await;
}

async fn obey(kernel: &Arc<Kernel>, mut stream: UnixStream) -> std::io::Result<()> {
    let mut line = String::new();
    let (reading, mut writing) = stream.split();
    let mut reading = BufReader::new(reading.take(LONGEST));
    tokio::time::timeout(PATIENCE, reading.read_line(&mut line)).await??;
    let answer = match serde_json::from_str::<Order>(&line).map(understood) {
        Ok(Ok(arguments)) => done(kernel, arguments).await,
        Ok(Err(unclear)) => Answer::refused(unclear),
        Err(error) => Answer::refused(error),
    };
    let mut text = serde_json::to_vec(&answer)?;
    text.push(b'\n');
    writing.write_all(&text).await?;
    writing.shutdown().await
}

/// The arguments, with names of files as they are from here.
fn understood(order: Order) -> Result<Arguments, clap::Error> {
    let mut arguments = Arguments::try_parse_from(order.arguments)?;
    if let super::Command::Restore(restore) = &mut arguments.command {
        restore.file = order.folder.join(&restore.file);
    }
    Ok(arguments)
}

/// Done to its end, even where whoever asked goes away.
async fn done(kernel: &Arc<Kernel>, arguments: Arguments) -> Answer {
    let (kernel, Arguments { admin_url, json, command, .. }) = (Arc::clone(kernel), arguments);
    let work = tokio::spawn(async move { super::act(&kernel, admin_url.as_deref(), json, command).await });
    match work.await {
        Ok(Ok(answer)) => answer,
        Ok(Err(fault)) => Answer::broken(&fault),
        Err(error) => Answer::broken(&Fault::of("do what was asked")(error)),
    }
}

/// Asks the process that holds `data_dir` to do what this one was called for; nothing where nobody listens there.
pub(super) async fn ask(data_dir: &Path) -> Result<Option<Answer>, Fault> {
    let typed: Result<Vec<String>, OsString> = std::env::args_os().map(OsString::into_string).collect();
    let (Ok(arguments), Ok(folder)) = (typed, std::env::current_dir()) else { return Ok(None) };
    let Ok(mut stream) = UnixStream::connect(data_dir.join(NAME)).await else { return Ok(None) };
    let mut order = serde_json::to_vec(&Order { arguments, folder }).map_err(Fault::of("write an order"))?;
    order.push(b'\n');
    let asked = async {
        stream.write_all(&order).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = asked.await.map_err(Fault::of("ask the process that serves"))?;
    serde_json::from_slice(&answer).map(Some).map_err(Fault::of("understand the process that serves"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_servers_user_and_root_are_heard_at_the_control_socket() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join(NAME);
        let (_listener, owner) = bind(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(is_heard(owner, owner) && is_heard(1000, 0) && !is_heard(1000, 1001));
        // One that a killed process left is in nobody's way.
        assert!(bind(&path).is_ok());
    }
}
