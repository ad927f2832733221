//! Boot (启动): settings, logs, root key, kernel. The only place where the house is put together.

use std::path::Path;
use std::sync::Arc;

use kernel::clock::{Clock, SystemClock};
use kernel::config::Config;
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use kernel::keys::{RootFiles, RootHeld, RootKey};

use crate::http::Settings;

/// Reads the settings: defaults, then the file, then the environment.
pub fn config(file: Option<&Path>) -> Result<Config, Fault> {
    let text = match file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(Fault::of("read the settings file"))?),
        None => None,
    };
    let config = Config::load(text.as_deref(), std::env::vars())?;
    transport(&config)?;
    Ok(config)
}

/// What the settings say of the transport.
pub fn transport(config: &Config) -> Result<Settings, Fault> {
    Settings::read(&config.http).map_err(Fault::of("understand the settings of the transport"))
}

/// Starts logging, once per process.
pub fn logs(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(crate::log::Log);
    let started = if config.log.format == "json" { builder.json().try_init() } else { builder.try_init() };
    if started.is_err() {
        tracing::debug!("logs were started before");
    }
    std::panic::set_hook(Box::new(report_panic));
}

/// A panic is one line of the log: where, and not what, for its words may repeat what a row or a form holds.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let at = panic.location().map_or_else(|| "somewhere".to_owned(), ToString::to_string);
    let thread = std::thread::current();
    tracing::error!(target: "yizhan::panic", at, thread = thread.name().unwrap_or("-"), "a task panicked");
}

/// Where the environment hands in the root key.
pub const ROOT_KEY: &str = "YIZHAN_ROOT_KEY";

/// Builds the kernel with the machine's clock.
pub fn kernel(config: Config) -> Result<Arc<Kernel>, Fault> {
    kernel_with(config, Arc::new(SystemClock))
}

/// Builds the kernel with a clock of the caller's.
pub fn kernel_with(config: Config, clock: Arc<dyn Clock>) -> Result<Arc<Kernel>, Fault> {
    let (root, held) = root(&config)?;
    let kernel = kernel_of(config, clock, root);
    if let Some(held) = held {
        // For as long as the process works with it, nobody changes it.
        let _kept = kernel.part(move |_| held);
    }
    Ok(kernel)
}

/// Builds the kernel under a root key that is at hand.
pub(crate) fn kernel_of(config: Config, clock: Arc<dyn Clock>, root: RootKey) -> Arc<Kernel> {
    let kernel = Kernel::build_with(config, clock, root, crate::plugins::chapters(), crate::plugins::plugins());
    // The command line and the worker ask where things stand without ever opening a door.
    crate::plugins::teach(&kernel);
    kernel
}

/// The root key: handed in by the environment, or of its file, which is made where there is nothing at all yet.
fn root(config: &Config) -> Result<(RootKey, Option<RootHeld>), Fault> {
    if let Ok(hex) = std::env::var(ROOT_KEY) {
        return Ok((RootKey::from_hex(&hex)?, None));
    }
    let files = RootFiles::of(config);
    let held = files.hold()?;
    // A new key would open nothing of what is there, and stand in the way of the right one.
    if config.database.url.is_empty() && files.load()?.is_none() && config.data_dir.join("platform.sqlite").exists() {
        return Err(Fault::internal(
            "find the root key of the data that is there: bring it back with `yizhan key restore --from FILE`",
        ));
    }
    Ok((files.load_or_create()?, Some(held)))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Keeps what is written.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_panic_is_one_json_line_that_says_where_and_not_what() {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().json().with_writer(move || writer.clone()).finish();
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(report_panic));
        tracing::subscriber::with_default(log, || {
            let ended = std::panic::catch_unwind(|| panic!("marker-13912345678"));
            assert_eq!(ended.unwrap_err().downcast_ref::<&str>(), Some(&"marker-13912345678"));
        });
        std::panic::set_hook(usual);
        let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        let line: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
        assert_eq!(line["fields"]["message"], "a task panicked");
        assert!(line["fields"]["at"].as_str().unwrap().contains("boot.rs:"), "{text}");
        assert!(!text.contains("marker"), "{text}");
    }
}
