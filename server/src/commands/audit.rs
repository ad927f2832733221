//! `yizhan audit verify|checkpoint|prune`: is the chain whole, and how far back does it reach?

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;
use kernel::audit::{checkpoint, prune, seal, verify};
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
    /// Remove what is older than a day, once its time is over (`audit.keep_months`).
    Prune {
        /// The tenant's code, or `platform`.
        tenant: String,
        /// Entries of this day and later stay: 2025-01-01.
        #[arg(long)]
        before: NaiveDate,
        /// Why, for the audit.
        #[arg(long, default_value = "保存期满")]
        reason: String,
    },
}

pub(super) async fn run(setting: Setting, command: Audit) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let (tenant, sign) = match command {
        Audit::Prune { tenant, before, reason } => {
            let _held = kernel.store.hold()?;
            let ctx = kernel.ctx(&tenant, Actor::System("audit"), Lang::Zh).await?;
            let done = prune(&ctx, before, &reason).await?;
            if setting.json {
                println!("{}", json!({"tenant": tenant, "seq": done.seq, "entries": done.entries}));
            } else {
                println!("{tenant}: {} entries removed; the chain begins after {}", done.entries, done.seq);
            }
            return Ok(ExitCode::SUCCESS);
        }
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
                json!({"tenant": code, "entries": found.entries, "sealed": found.sealed, "checkpoints": found.checkpoints, "elsewhere": found.elsewhere,
                       "broken": found.broken.map(|b| format!("{b:?}"))})
            );
        } else {
            let state = found.broken.as_ref().map_or_else(|| "whole".to_owned(), |b| format!("BROKEN at {b:?}"));
            println!(
                "{code}: {} entries, {} sealed, {} checkpoints, {state}",
                found.entries, found.sealed, found.checkpoints
            );
            if found.elsewhere < found.checkpoints {
                println!(
                    "{code}: {} checkpoints stand in the database alone: the file outside it was lost or set aside",
                    found.checkpoints - found.elsewhere
                );
            }
        }
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
