//! The commands (命令): one file each.

mod account;
mod answer;
mod audit;
mod backup;
mod config;
mod control;
mod demo;
mod doctor;
mod key;
mod migrate;
mod passphrase;
mod schema;
mod seed;
pub mod serve;
mod tenant;
mod work;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use kernel::config::Config;
use kernel::fault::Fault;
use kernel::kernel::Kernel;

use self::answer::Answer;

/// Yizhan (驿站): the server on which cities run their casual-labour markets.
#[derive(Parser)]
#[command(name = "yizhan", version, about)]
struct Arguments {
    /// The settings file.
    #[arg(long, global = true, env = "YIZHAN_CONFIG")]
    config: Option<PathBuf>,
    /// Where data is kept; overrides the settings.
    #[arg(long, global = true)]
    data_dir: Option<PathBuf>,
    /// PostgreSQL: `postgres://host/db`; overrides the settings.
    #[arg(long, global = true)]
    database_url: Option<String>,
    /// Where to listen; overrides the settings.
    #[arg(long, global = true)]
    listen: Option<String>,
    /// PostgreSQL's administrator, for commands that make schemas and roles.
    #[arg(long, global = true, env = "YIZHAN_ADMIN_URL", hide_env_values = true)]
    admin_url: Option<String>,
    /// Answer in JSON, for programs.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make accounts with one-time passwords.
    #[command(subcommand)]
    Account(account::Account),
    /// Verify or sign the audit chain.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Write one tenant to a file while the server goes on.
    Backup(backup::Backup),
    /// Show the settings.
    #[command(subcommand)]
    Config(config::Show),
    /// Start with eleven cities of sample data.
    Demo(demo::Demo),
    /// Look for what is wrong on this machine.
    Doctor,
    /// Rotate keys, and back up the root key.
    #[command(subcommand)]
    Key(key::Key),
    /// Bring every store up to date.
    Migrate(migrate::Migrate),
    /// Read one tenant from a file into an empty place.
    Restore(backup::Restore),
    /// Print the GraphQL schema.
    Schema,
    /// Fill an empty place with made-up cities, for the benchmark.
    Seed(seed::Seed),
    /// Serve.
    Serve(serve::Serve),
    /// Make, list and remove tenants.
    #[command(subcommand)]
    Tenant(tenant::Tenant),
    /// Work off jobs without serving.
    Work,
}

/// What every command gets.
pub(crate) struct Setting {
    pub(crate) config: Config,
    pub(crate) admin_url: Option<String>,
    pub(crate) json: bool,
}

/// Runs what the arguments say.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("yizhan: could not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(dispatch(arguments));
    crate::log::flush();
    match done {
        Ok(code) => code,
        Err(fault) => Answer::broken(&fault).print(),
    }
}

async fn dispatch(arguments: Arguments) -> Result<ExitCode, Fault> {
    let mut config = crate::boot::config(arguments.config.as_deref())?;
    if let Some(dir) = arguments.data_dir {
        config.data_dir = dir;
    }
    if let Some(url) = arguments.database_url {
        config.database.url = url;
    }
    if let Some(address) = arguments.listen {
        listen_at(&mut config, address)?;
    }
    let setting = Setting { config, admin_url: arguments.admin_url, json: arguments.json };
    match arguments.command {
        Command::Audit(command) => audit::run(setting, command).await,
        Command::Backup(command) => backup::backup(setting, command).await,
        Command::Config(command) => config::run(&setting, command),
        Command::Demo(command) => demo::run(setting, command).await,
        Command::Doctor => doctor::run(setting).await,
        Command::Key(command) => key::run(setting, command).await,
        Command::Migrate(command) => migrate::run(setting, command).await,
        Command::Schema => schema::run(),
        Command::Seed(command) => seed::run(setting, command).await,
        Command::Serve(command) => serve::run(setting, command).await,
        Command::Work => work::run(setting).await,
        command @ (Command::Account(_) | Command::Restore(_) | Command::Tenant(_)) => {
            here_or_there(setting, command).await
        }
    }
}

/// Does what changes cities in this process, or has it done by the one that holds the data directory.
async fn here_or_there(setting: Setting, command: Command) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let reads = matches!(&command, Command::Tenant(command) if command.reads());
    // Whoever only reads holds nothing, not even for a moment: a server that starts would be turned away.
    let held = if reads { None } else { Some(kernel.store.hold()) };
    let _held = match held {
        Some(Err(taken)) => {
            let answer = control::ask(&kernel.config.data_dir).await?;
            return answer.map(Answer::print).ok_or(taken);
        }
        held => held,
    };
    Ok(act(&kernel, setting.admin_url.as_deref(), setting.json, command).await?.print())
}

/// Changes cities.
async fn act(kernel: &Arc<Kernel>, admin: Option<&str>, json: bool, command: Command) -> Result<Answer, Fault> {
    match command {
        Command::Account(command) => account::act(kernel, admin, json, command).await,
        Command::Restore(command) => backup::restore(kernel, admin, json, command).await,
        Command::Tenant(command) => tenant::act(kernel, admin, json, command).await,
        _ => Ok(Answer::refused("this is no work for the process that serves; stop it first")),
    }
}

/// Listens at `address`. Where people are sent – in letters, on posters – follows only if the settings say nothing of it:
/// behind a proxy it is another place.
fn listen_at(config: &mut Config, address: String) -> Result<(), Fault> {
    let usual = Config::load(None, std::iter::empty())?.public_url;
    if config.public_url == usual {
        let reached = match address.parse::<SocketAddr>() {
            Ok(all) if all.ip().is_unspecified() => format!("127.0.0.1:{}", all.port()),
            _ => address.clone(),
        };
        config.public_url = format!("http://{reached}");
    }
    config.listen = address;
    Ok(())
}

/// Under which name this process takes jobs: another each time, for two containers may have the same process number.
fn worker_name(kernel: &Kernel, command: &str) -> String {
    format!("{command}-{}", kernel::clock::new_id(kernel.clock.now()).simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_sent_where_the_settings_say_wherever_the_server_listens() {
        let sent_to = |own: Option<&str>, address: &str| {
            let own = own.map(|own| ("YIZHAN_PUBLIC_URL".to_owned(), own.to_owned()));
            let mut config = Config::load(None, own.into_iter()).unwrap();
            listen_at(&mut config, address.to_owned()).unwrap();
            assert_eq!(config.listen, address);
            config.public_url
        };
        let own = "https://ty.example.gov.cn";
        assert_eq!(sent_to(Some(own), "0.0.0.0:9000"), own);
        assert_eq!(sent_to(None, "192.0.2.7:9000"), "http://192.0.2.7:9000");
        for all in ["0.0.0.0:9000", "[::]:9000"] {
            assert_eq!(sent_to(None, all), "http://127.0.0.1:9000", "{all} is no address to go to");
        }
    }
}
