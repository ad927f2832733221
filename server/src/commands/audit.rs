//! `yizhan audit verify|checkpoint`: is the chain whole?

use std::process::ExitCode;

use clap::Subcommand;
use kernel::audit::{checkpoint, seal, verify};
use kernel::ctx::Actor;
use kernel::fault::Fault;
use kernel::text::Lang;
use serde_json::json;

use super::Setting;

/// What to do with the audit.
#[derive(Subcommand)]
pub(crate) enum Audit {
    /// Walk the chain and hold the checkpoints against it.
    Verify {
        /// One tenant's code; all without it.
        tenant: Option<String>,
    },
    /// Sign the head of the chain now.
    Checkpoint {
        /// One tenant's code; all without it.
        tenant: Option<String>,
    },
}

pub(super) async fn run(setting: Setting, command: Audit) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let (tenant, sign) = match command {
        Audit::Verify { tenant } => (tenant, false),
        Audit::Checkpoint { tenant } => (tenant, true),
    };
    let codes = match tenant {
        Some(code) => vec![code],
        None => kernel.tenant_codes().await?,
    };
    let mut whole = true;
    for code in codes {
        let ctx = kernel.ctx(&code, Actor::System("audit"), Lang::Zh).await?;
        if sign {
            seal(&ctx).await?;
            let signed = checkpoint(&ctx).await?;
            println!("{code}: {}", signed.map_or_else(|| "nothing new".to_owned(), |seq| format!("signed to {seq}")));
            continue;
        }
        let found = verify(&ctx).await?;
        whole &= found.broken.is_none();
        if setting.json {
            println!(
                "{}",
                json!({"tenant": code, "entries": found.entries, "sealed": found.sealed, "checkpoints": found.checkpoints,
                       "broken": found.broken.map(|b| format!("{b:?}"))})
            );
        } else {
            let state = found.broken.as_ref().map_or_else(|| "whole".to_owned(), |b| format!("BROKEN at {b:?}"));
            println!("{code}: {} entries, {} sealed, {} checkpoints, {state}", found.entries, found.sealed, found.checkpoints);
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
