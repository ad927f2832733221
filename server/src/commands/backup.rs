//! `yizhan backup` and `yizhan restore`: one tenant, to a file and back, on either back end, while writing goes on.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use kernel::fault::Fault;
use kernel::kernel::Kernel;
use serde_json::json;

use super::Setting;
use super::answer::Answer;

/// What to write where.
#[derive(Args)]
pub(crate) struct Backup {
    /// The tenant's code, or `platform`.
    tenant: String,
    /// The file; it must not exist.
    file: PathBuf,
}

/// What to read.
#[derive(Args)]
pub(crate) struct Restore {
    /// The file.
    pub(super) file: PathBuf,
    /// Put it into a PostgreSQL database of its own: postgres://host:port/database, without a user; --admin-url reaches
    /// it then.
    #[arg(long, value_name = "URL")]
    own_database: Option<String>,
}

pub(super) async fn backup(setting: Setting, command: Backup) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let done = kernel::backup::backup(&kernel, &command.tenant, &command.file).await?;
    if setting.json {
        let taken_at = done.taken_at.to_rfc3339();
        println!(
            "{}",
            json!({"tenant": command.tenant, "tables": done.tables, "rows": done.rows, "sha256": done.sha256, "takenAt": taken_at})
        );
    } else {
        println!("{}: {} rows of {} tables; SHA-256 {}", command.tenant, done.rows, done.tables, done.sha256);
        println!("The root key is not in the file; back it up elsewhere.");
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn restore(
    kernel: &Arc<Kernel>,
    admin: Option<&str>,
    json: bool,
    command: Restore,
) -> Result<Answer, Fault> {
    let mut answer = Answer::default();
    kernel.ensure_platform(admin).await?;
    let done = kernel::backup::restore_at(kernel, &command.file, command.own_database.as_deref(), admin).await?;
    let whole = done.verified.broken.is_none();
    let aside = done.set_aside.as_ref().map(|path| path.display().to_string());
    if json {
        let broken = done.verified.broken.as_ref().map(|b| format!("{b:?}"));
        answer.say(
            json!({"tenant": done.header.code, "tables": done.tables, "rows": done.rows, "audit": done.verified.sealed,
                   "broken": broken, "erasedAgain": done.erased_again, "checkpointsSetAside": aside}),
        );
    } else {
        let audit = if whole { "whole" } else { "BROKEN" };
        answer.say(format!("{}: {} rows of {} tables; the audit is {audit}", done.header.code, done.rows, done.tables));
        answer.say(format!("Erased since the backup, and erased again: {}", done.erased_again));
        if let Some(aside) = aside {
            answer.say(format!("Checkpoints signed since the backup were set aside: {aside}"));
        }
    }
    Ok(if whole { answer } else { answer.failed() })
}
