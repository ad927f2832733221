//! `yizhan serve` as a process of its own, and where it lives: a data directory, a database, an address.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::town::{City, TAIYUAN};
use super::within;
use crate::postgres::Fresh;

/// The root key of every place, as the environment hands it to the process.
pub(super) const ROOT_KEY: [u8; 32] = [7; 32];

/// The binary beside this test's, which `scripts/test rust` has built before.
fn binary() -> PathBuf {
    let here = std::env::current_exe().expect("a test knows where it stands");
    let folder = here.ancestors().nth(2).expect("target/debug/deps/this");
    let binary = folder.join("yizhan");
    assert!(binary.is_file(), "{} is not built; first: cargo build -p yizhan", binary.display());
    let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
    let sources = std::fs::read_to_string(folder.join("yizhan.d")).expect("cargo says what the binary is made of");
    for source in
        sources.split_whitespace().skip(1).map(Path::new).filter(|path| path.extension() == Some("rs".as_ref()))
    {
        assert!(
            changed(source) <= changed(&binary),
            "{} changed since; first: cargo build -p yizhan",
            source.display()
        );
    }
    binary
}

/// Where a server lives.
pub(super) struct Place {
    pub(super) home: tempfile::TempDir,
    /// Under `home`; a test may put another disk in its place.
    pub(super) data: PathBuf,
    pub(super) database: Option<Fresh>,
    /// An address of this machine that nobody else uses, so that the port is free however often it is taken.
    pub(super) host: String,
    /// Handed in by the environment; without it the server keeps a key of its own.
    pub(super) key: Option<[u8; 32]>,
    environment: Vec<(String, String)>,
}

impl Place {
    pub(super) fn new(database: Option<Fresh>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        let process = std::process::id() & 0xffff;
        let host = format!("127.{}.{}.{}", 64 + (process >> 9), (process >> 1) & 0xff, {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            assert!(count < 127, "a test process has an address for each of its places");
            count * 2 + (process & 1)
        });
        let home = tempfile::tempdir().expect("a directory");
        let data = home.path().canonicalize().expect("a path").join("data");
        Self { home, data, database, host, key: Some(ROOT_KEY), environment: Vec::new() }
    }

    /// A setting for the processes that start here from now on.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.environment.push((name.to_owned(), value.into()));
    }

    /// Gives a command the settings of this place.
    pub(super) fn surround(&self, command: &mut Command) {
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
    }

    /// `yizhan` with these arguments.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .env_remove("YIZHAN_ROOT_KEY")
            .env("YIZHAN_PEOPLE__STAFF_TOTP", "false")
            .env("YIZHAN_LOG__FORMAT", "text");
        if let Some(key) = self.key {
            command.env("YIZHAN_ROOT_KEY", key.map(|byte| format!("{byte:02x}")).concat());
        }
        self.surround(&mut command);
        if let Some(fresh) = &self.database {
            command.env("YIZHAN_DATABASE__PREFIX", &fresh.prefix).arg("--database-url").arg(&fresh.url);
        }
        command.arg("--data-dir").arg(&self.data).arg("--listen").arg(format!("{}:7373", self.host)).args(arguments);
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command to its end; what it said.
    pub(super) fn run(&self, arguments: &[&str]) -> String {
        let done = self.command(arguments).output().expect("yizhan starts");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&done.stderr));
        said
    }

    /// Starts the server and waits until it is ready.
    pub(super) async fn serve(&self) -> Server {
        let log = self.home.path().join("log");
        let file: File = OpenOptions::new().create(true).append(true).open(&log).expect("a log");
        let began = Instant::now();
        let child = self.command(&["serve"]).stdout(Stdio::null()).stderr(file).spawn().expect("yizhan starts");
        let base = format!("http://{}:7373", self.host);
        let caller = Caller::from(base, None);
        let mut server = Server { child, caller, log, ready_in: Duration::ZERO, worked: Duration::ZERO };
        within(server.until_ready()).await;
        (server.ready_in, server.worked) = (began.elapsed(), server.cpu());
        server
    }

    /// Is the chain of Taiyuan whole, with every entry sealed? The entries it has.
    pub(super) fn verified(&self) -> u64 {
        self.verified_in(&TAIYUAN)
    }

    /// The same of any city.
    pub(super) fn verified_in(&self, city: &City) -> u64 {
        self.run(&["audit", "checkpoint", city.code]);
        let said = self.run(&["--json", "audit", "verify", city.code]);
        let found: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert!(found["broken"].is_null() && found["entries"] == found["sealed"], "the chain is whole: {found}");
        found["entries"].as_u64().expect("a number of entries")
    }
}

/// Somebody who asks a server for a city.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) base: String,
    pub(super) client: reqwest::Client,
    pub(super) city: &'static City,
}

impl Caller {
    /// Asks Taiyuan from this address of the machine, or from the usual one.
    pub(super) fn from(base: String, address: Option<std::net::IpAddr>) -> Self {
        let client = reqwest::Client::builder().no_proxy().local_address(address);
        // Sooner than the server does, which would otherwise close a connection at the moment of its next request.
        let client = client.pool_idle_timeout(Duration::from_secs(5)).build().expect("a client");
        Self { base, client, city: &TAIYUAN }
    }

    /// Asks the same server for this city.
    pub(super) fn in_city(&self, city: &'static City) -> Self {
        Self { city, ..self.clone() }
    }

    /// Does this path answer with 200?
    pub(super) async fn answers(&self, path: &str) -> bool {
        self.client.get(format!("{}{path}", self.base)).send().await.is_ok_and(|answer| answer.status() == 200)
    }
}

/// A running server; killed when it is dropped.
pub(super) struct Server {
    child: Child,
    /// Asks it from the usual address.
    pub(super) caller: Caller,
    log: PathBuf,
    /// From its start to its first answer on `/readyz`.
    pub(super) ready_in: Duration,
    /// How long cores worked for it until then, whatever else the machine did.
    pub(super) worked: Duration,
}

impl Server {
    async fn until_ready(&mut self) {
        let mut look = tokio::time::interval(Duration::from_millis(10));
        while !self.caller.answers("/readyz").await {
            self.lives();
            look.tick().await;
        }
    }

    /// The process is still the one that was started.
    pub(super) fn lives(&mut self) {
        if let Some(status) = self.child.try_wait().expect("a child can be asked") {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            panic!("the server ended with {status}; its log:\n{log}");
        }
    }

    /// Everything it logged until now.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).expect("a log")
    }

    /// Kilobytes of memory it held at most.
    pub(super) fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
        line.trim().trim_end_matches(" kB").parse().expect("a number of kilobytes")
    }

    /// How long cores have worked for it, in hundredths of a second as Linux counts them.
    fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("it runs");
        let (_, fields) = stat.rsplit_once(')').expect("its name stands in brackets");
        let ticks = fields.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().expect("a number"));
        Duration::from_millis(10 * ticks.sum::<u64>())
    }

    /// SIGKILL, and no goodbye.
    pub(super) fn kill(&mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
