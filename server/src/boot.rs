//! Boot (启动): settings, logs, root key, kernel. The only place where the house is put together.

use std::path::Path;
use std::sync::Arc;

use kernel::clock::{Clock, SystemClock};
use kernel::config::Config;
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use kernel::keys::RootKey;

/// Reads the settings: defaults, then the file, then the environment.
pub fn config(file: Option<&Path>) -> Result<Config, Fault> {
    let text = match file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(Fault::of("read the settings file"))?),
        None => None,
    };
    Config::load(text.as_deref(), std::env::vars())
}

/// Starts logging, once per process.
pub fn logs(config: &Config) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&config.log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if config.log.format == "json" { builder.json().try_init() } else { builder.try_init() };
    if started.is_err() {
        tracing::debug!("logs were started before");
    }
}

/// Builds the kernel with the machine's clock.
pub fn kernel(config: Config) -> Result<Arc<Kernel>, Fault> {
    kernel_with(config, Arc::new(SystemClock))
}

/// Builds the kernel with a clock of the caller's.
pub fn kernel_with(config: Config, clock: Arc<dyn Clock>) -> Result<Arc<Kernel>, Fault> {
    let root = match std::env::var("YIZHAN_ROOT_KEY") {
        Ok(hex) => RootKey::from_hex(&hex)?,
        Err(_) => RootKey::load_or_create(&config.data_dir.join("keys").join("root.key"))?,
    };
    Ok(Kernel::build(config, clock, root, crate::plugins::chapters(), crate::plugins::plugins()))
}
