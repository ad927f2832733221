//! A server in a process of its own (子进程), and what the system says of it.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};

use crate::{Result, client};

/// Ticks of `/proc` in a second, on every Linux that we run on.
const TICKS: f64 = 100.0;
/// A server that has not answered by then will not.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; ended when dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
    /// From the start of the process to its first answer.
    pub(crate) started: Duration,
}

/// A port that is free at this moment.
pub(crate) fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A command without settings of somebody else's.
pub(crate) fn command(program: &Path, log: &Path) -> Result<Command> {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("YIZHAN_")) {
        command.env_remove(name);
    }
    let log = std::fs::OpenOptions::new().create(true).append(true).open(log)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    Ok(command)
}

impl Server {
    /// Starts `command`, which listens on `port`, and waits until `path` answers 200.
    pub(crate) async fn start(mut command: Command, port: u16, path: &str) -> Result<Self> {
        let began = Instant::now();
        let mut server = Self { child: command.spawn()?, port, started: Duration::ZERO };
        let mut look = interval(Duration::from_millis(2));
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            look.tick().await;
            if client::get(port, path).await.is_ok_and(|status| status == 200) {
                server.started = began.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended at its start: {status}").into());
            }
            if began.elapsed() > PATIENCE {
                return Err("the server did not answer".into());
            }
        }
    }

    /// CPU seconds used so far.
    pub(crate) fn cpu(&self) -> Result<f64> {
        cpu_of(&self.child.id().to_string())
    }

    /// Memory that is resident, in MB.
    pub(crate) fn resident(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse::<f64>()? / 1024.0)
    }

    /// Open files, sockets included.
    pub(crate) fn files(&self) -> Result<usize> {
        Ok(std::fs::read_dir(format!("/proc/{}/fd", self.child.id()))?.count())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: the stores must bear it, and nothing is measured any more.
        let _killed = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// CPU seconds of a process, or of this one (`self`).
pub(crate) fn cpu_of(process: &str) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, rest) = stat.rsplit_once(')').ok_or("an unreadable stat")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |i: usize| -> Result<f64> { Ok(fields.get(i).ok_or("a short stat")?.parse()?) };
    // utime and stime are the 14th and 15th field; the third is the first here.
    Ok((ticks(11)? + ticks(12)?) / TICKS)
}
