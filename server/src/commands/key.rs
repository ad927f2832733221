//! `yizhan key rotate`: a new data key for a tenant; what was sealed before still opens.

use std::process::ExitCode;

use clap::Subcommand;
use kernel::ctx::Actor;
use kernel::fault::Fault;
use kernel::text::Lang;

use super::Setting;

/// What to do with keys.
#[derive(Subcommand)]
pub(crate) enum Key {
    /// Add a data key.
    Rotate {
        /// The tenant's code.
        tenant: String,
    },
}

pub(super) async fn run(setting: Setting, command: Key) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    let Key::Rotate { tenant } = command;
    let ctx = kernel.ctx(&tenant, Actor::System("key"), Lang::Zh).await?;
    println!("{tenant}: data key {}", ctx.rotate_keys().await?);
    Ok(ExitCode::SUCCESS)
}
