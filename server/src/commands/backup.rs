//! `yizhan backup` and `yizhan restore`: one tenant, to a file and back, on either back end, while writing goes on.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use kernel::fault::Fault;
use serde_json::json;

use super::Setting;

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
    /// The tenant's code, as in the backup.
    tenant: String,
    /// The file.
    file: PathBuf,
}

pub(super) async fn backup(setting: Setting, command: Backup) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let done = kernel::backup::backup(&kernel, &command.tenant, &command.file).await?;
    if setting.json {
        println!("{}", json!({"tenant": command.tenant, "rows": done.rows, "sha256": done.sha256}));
    } else {
        println!("{}: {} rows, sha256 {}", command.tenant, done.rows, done.sha256);
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn restore(setting: Setting, command: Restore) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let admin = setting.admin_url.as_deref();
    kernel.ensure_platform(admin).await?;
    let done = kernel::backup::restore(&kernel, &command.file, &command.tenant, admin).await?;
    if setting.json {
        println!(
            "{}",
            json!({"tenant": command.tenant, "rows": done.rows, "broken": done.verified.broken.as_ref().map(|b| format!("{b:?}"))})
        );
    } else {
        println!("{}: {} rows; audit: {:?}", command.tenant, done.rows, done.verified);
    }
    Ok(if done.verified.broken.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
