//! `yizhan key …`: a new data key for a tenant, a backup of the root key, and another root key for everybody.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use kernel::clock::SystemClock;
use kernel::ctx::Actor;
use kernel::fault::Fault;
use kernel::keys::{RootFiles, RootKey, open_root, remember_backup, rotate_root, seal_root};
use kernel::store::PLATFORM;
use kernel::text::Lang;
use serde_json::json;

use super::Setting;
use super::passphrase::passphrase;
use crate::boot::{ROOT_KEY, kernel_of};

/// What to do with keys.
#[derive(Subcommand)]
pub(crate) enum Key {
    /// Add a data key.
    Rotate {
        /// The tenant's code.
        tenant: String,
    },
    /// Write the root key to a file, sealed under a passphrase.
    Backup {
        /// The file; it must not exist.
        #[arg(long)]
        to: PathBuf,
        #[command(flatten)]
        words: Words,
    },
    /// Write the root key from a backup to its place, where there is none.
    Restore {
        /// The file.
        #[arg(long)]
        from: PathBuf,
        #[command(flatten)]
        words: Words,
    },
    /// Replace the root key: every store's keys are wrapped anew. Cut short, it is run again.
    RotateRoot {
        /// Back up both keys to this file before any store is touched.
        #[arg(long)]
        backup_to: Option<PathBuf>,
        #[command(flatten)]
        words: Words,
    },
}

/// Where the passphrase comes from.
#[derive(Args)]
pub(crate) struct Words {
    /// A file whose first line is the passphrase; else `YIZHAN_KEY_PASSPHRASE`, else it is asked for.
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

impl Words {
    fn ask(&self, new: bool) -> Result<String, Fault> {
        passphrase(self.passphrase_file.as_deref(), new)
    }
}

pub(super) async fn run(setting: Setting, command: Key) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    match command {
        Key::Rotate { tenant } => rotate(setting, &tenant).await,
        Key::Backup { to, words } => backup(setting, to, &words).await,
        Key::Restore { from, words } => restore(&setting, &from, &words),
        Key::RotateRoot { backup_to, words } => replace(setting, backup_to, &words).await,
    }
}

async fn rotate(setting: Setting, tenant: &str) -> Result<ExitCode, Fault> {
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    let ctx = kernel.ctx(tenant, Actor::System("key"), Lang::Zh).await?;
    println!("{tenant}: data key {}", ctx.rotate_keys().await?);
    Ok(ExitCode::SUCCESS)
}

async fn backup(setting: Setting, to: PathBuf, words: &Words) -> Result<ExitCode, Fault> {
    let kernel = crate::boot::kernel(setting.config)?;
    if !kernel.store.exists(PLATFORM).await? {
        return Ok(refuse("there is nothing yet that a root key would open: make a tenant or start the server first"));
    }
    seal_root(&kernel.root, &to, &words.ask(true)?, kernel.clock.now())?;
    // Before the file is there nothing is remembered; a backup that is not remembered is made again.
    remember_backup(&kernel, &kernel.root).await?;
    let fingerprint = kernel.root.fingerprint();
    if setting.json {
        println!("{}", json!({"rootKey": fingerprint, "file": to.display().to_string()}));
    } else {
        println!("The root key {fingerprint} is in {}.", to.display());
        println!(
            "Keep it away from the data, and the passphrase away from it. 备份与口令须分开保管，并与数据异地存放。"
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn restore(setting: &Setting, from: &std::path::Path, words: &Words) -> Result<ExitCode, Fault> {
    if std::env::var_os(ROOT_KEY).is_some() {
        return Ok(refuse("the root key is handed in as YIZHAN_ROOT_KEY; a file would not be read"));
    }
    let files = RootFiles::of(&setting.config);
    let _alone = files.hold_alone()?;
    let there = files.load()?;
    let root = open_root(from, &words.ask(false)?)?;
    let (name, path) = (root.fingerprint(), files.key());
    match there {
        Some(there) if there.fingerprint() == name => println!("The root key {name} is there already."),
        Some(there) => {
            let there = there.fingerprint();
            return Ok(refuse(&format!(
                "another root key, {there}, stands in {}; move it away first if nothing was sealed under it",
                path.display()
            )));
        }
        None => {
            files.write(&root)?;
            println!("The root key {name} stands in {}.", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn replace(setting: Setting, backup_to: Option<PathBuf>, words: &Words) -> Result<ExitCode, Fault> {
    if std::env::var_os(ROOT_KEY).is_some() {
        return Ok(refuse(
            "the root key is handed in as YIZHAN_ROOT_KEY: write it to keys/root.key in the data directory, unset the \
             variable, run this again, and hand in what then stands in the file",
        ));
    }
    let files = RootFiles::of(&setting.config);
    let _alone = files.hold_alone()?;
    let Some(root) = files.load()? else { return Ok(refuse("there is no root key yet")) };
    // Nobody else may be at work; asked before anything is changed.
    let before = kernel_of(setting.config.clone(), Arc::new(SystemClock), root);
    let _held = before.store.hold()?;
    before.store.alone(setting.admin_url.as_deref()).await?;
    drop(before);
    let root = files.begin()?;
    if let Some(to) = backup_to {
        let now = kernel::clock::Clock::now(&SystemClock);
        seal_root(&root, &to, &words.ask(true)?, now)?;
    }
    wrap_all(&setting, &files, root).await
}

/// Wraps every store's keys under the next root key and, when all are done, makes that the root key.
async fn wrap_all(setting: &Setting, files: &RootFiles, root: RootKey) -> Result<ExitCode, Fault> {
    let kernel = kernel_of(setting.config.clone(), Arc::new(SystemClock), root);
    let admin = setting.admin_url.as_deref();
    kernel.ensure_platform(admin).await?;
    let mut failed = 0_u32;
    // The platform first: from there on no process that knows the old key alone comes in.
    for code in kernel.tenant_codes().await? {
        match rotate_root(&kernel, &code, admin).await {
            Ok(done) if setting.json => println!("{}", json!({"tenant": code, "keys": done.keys})),
            Ok(done) => println!("{code}: {} keys wrapped anew", done.keys),
            Err(fault) => {
                failed += 1;
                eprintln!("yizhan: {code}: {fault}: {}", fault.cause());
            }
        }
    }
    if failed > 0 {
        eprintln!(
            "yizhan: {failed} could not be done. Both root keys stay and everything opens; put it right and run \
             `yizhan key rotate-root` again."
        );
        return Ok(ExitCode::FAILURE);
    }
    let name = kernel.root.next().map(RootKey::fingerprint).unwrap_or_default();
    let aside = files.promote(kernel.clock.now())?;
    if setting.json {
        println!("{}", json!({"rootKey": name, "before": aside.display().to_string()}));
    } else {
        println!("The root key is now {name}. Back it up: yizhan key backup. 请立即备份新的根密钥。");
        println!("The old one is kept in {}.", aside.display());
        println!(
            "Backups taken until now need it; remove it when you keep none of them. 旧备份仍需旧密钥，不再保留旧备份后方可删除。"
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn refuse(why: &str) -> ExitCode {
    eprintln!("yizhan: {why}");
    ExitCode::FAILURE
}
