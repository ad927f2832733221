//! `yizhan migrate`: brings the platform, then canary tenants, then the fleet up to date, some at a time.
//!
//! A tenant that fails is put in maintenance alone and the run goes on; a canary that fails stops the run.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use futures_util::StreamExt as _;
use kernel::fault::Fault;
use kernel::kernel::{Kernel, TenantInfo};
use serde_json::json;

use super::Setting;

/// How to migrate.
#[derive(Args)]
pub(crate) struct Migrate {
    /// Tenants that go first; if one fails, no other is touched.
    #[arg(long, value_delimiter = ',')]
    canary: Vec<String>,
    /// How many at a time.
    #[arg(long, default_value_t = 4)]
    at_once: usize,
}

pub(super) async fn run(setting: Setting, migrate: Migrate) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    kernel.ensure_platform(setting.admin_url.as_deref()).await?;
    let (first, rest): (Vec<TenantInfo>, Vec<TenantInfo>) =
        kernel.all_tenants().await?.into_iter().partition(|tenant| migrate.canary.contains(&tenant.code));
    for canary in &migrate.canary {
        let Some(tenant) = first.iter().find(|tenant| tenant.code == *canary) else {
            eprintln!("yizhan: there is no tenant {canary}");
            return Ok(ExitCode::FAILURE);
        };
        let result = one(&kernel, tenant).await;
        println!("{}", line(canary, &result, setting.json));
        if result.is_err() {
            return Ok(ExitCode::FAILURE);
        }
    }
    let results: Vec<(String, Result<usize, Fault>)> = futures_util::stream::iter(rest)
        .map(|tenant| {
            let kernel = Arc::clone(&kernel);
            async move {
                let result = one(&kernel, &tenant).await;
                (tenant.code, result)
            }
        })
        .buffer_unordered(migrate.at_once.max(1))
        .collect()
        .await;
    let failed = results.iter().any(|(_, result)| result.is_err());
    for (code, result) in &results {
        println!("{}", line(code, result, setting.json));
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// One tenant; in maintenance if it fails, back from it if it succeeds. One that was suspended stays so.
async fn one(kernel: &Arc<Kernel>, tenant: &TenantInfo) -> Result<usize, Fault> {
    let (from, to) = ("ACTIVE", "MAINTENANCE");
    match kernel.migrate_tenant(&tenant.code).await {
        Ok(applied) => {
            if tenant.status == to {
                kernel.set_tenant_status(&tenant.code, from).await?;
            }
            Ok(applied)
        }
        Err(fault) => {
            if tenant.status == from {
                kernel.set_tenant_status(&tenant.code, to).await?;
            }
            Err(fault)
        }
    }
}

fn line(code: &str, result: &Result<usize, Fault>, as_json: bool) -> String {
    match (result, as_json) {
        (Ok(applied), true) => json!({"tenant": code, "applied": applied}).to_string(),
        (Ok(applied), false) => format!("{code}: {applied} applied"),
        (Err(fault), true) => json!({"tenant": code, "failed": fault.to_string()}).to_string(),
        (Err(fault), false) => format!("{code}: FAILED, in maintenance: {fault}"),
    }
}
