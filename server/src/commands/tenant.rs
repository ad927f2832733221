//! `yizhan tenant create|list|suspend|resume|remove`: the cities of this installation.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Subcommand;
use kernel::ctx::Actor;
use kernel::divisions::{Divisions, Level};
use kernel::fault::Fault;
use kernel::kernel::{Kernel, NewTenant};
use kernel::text::Lang;
use serde_json::json;

use super::Setting;

/// What to do with tenants.
#[derive(Subcommand)]
pub(crate) enum Tenant {
    /// Make a city's tenant.
    Create {
        /// GB/T 2260 code of the city: 140100.
        code: String,
        /// Its name in URLs: taiyuan.
        slug: String,
        /// English name.
        #[arg(long)]
        name_en: String,
        /// Its hotline.
        #[arg(long)]
        hotline: Option<String>,
        /// A PostgreSQL database of its own: postgres://host:port/database, without a user; --admin-url reaches it then.
        #[arg(long, value_name = "URL")]
        own_database: Option<String>,
        /// Make its three administrators, and print their one-time passwords once.
        #[arg(long, visible_alias = "admins")]
        administrators: bool,
    },
    /// List tenants.
    List,
    /// Let nobody in until it is resumed; its data stays.
    Suspend {
        /// Its code.
        code: String,
    },
    /// Let people in again.
    Resume {
        /// Its code.
        code: String,
    },
    /// Remove a tenant for good.
    Remove {
        /// Its code.
        code: String,
        /// Its code again, so that it is not removed by a slip.
        #[arg(long)]
        confirm: String,
    },
}

pub(super) async fn run(setting: Setting, command: Tenant) -> Result<ExitCode, Fault> {
    crate::boot::logs(&setting.config);
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = if matches!(command, Tenant::List) { None } else { Some(kernel.store.hold()?) };
    let admin = setting.admin_url.as_deref();
    match command {
        Tenant::Create { code, slug, name_en, hotline, own_database, administrators } => {
            let Some(city) = Divisions::standard().get(&code).filter(|d| d.level == Level::City) else {
                eprintln!("yizhan: {code} is not the code of a city in force");
                return Ok(ExitCode::FAILURE);
            };
            if !is_slug(&slug) {
                eprintln!("yizhan: a slug is a lower-case letter and up to 31 more letters, digits or hyphens");
                return Ok(ExitCode::FAILURE);
            }
            kernel.ensure_platform(admin).await?;
            let new = NewTenant { code, slug, name_zh: city.name.clone(), name_en, hotline };
            let made = new.code.clone();
            kernel.create_tenant_at(new, own_database.as_deref(), admin).await?;
            if administrators {
                let ctx = kernel.ctx(&made, Actor::System("tenant"), Lang::Zh).await?;
                return super::account::told(&ctx, people::appoint_administrators(&ctx).await, setting.json);
            }
        }
        Tenant::List => {
            for t in kernel.all_tenants().await? {
                if setting.json {
                    println!("{}", json!({"code": t.code, "slug": t.slug, "name": t.name_zh, "status": t.status}));
                } else {
                    println!("{} {} {} {}", t.code, t.slug, t.name_zh, t.status);
                }
            }
        }
        Tenant::Suspend { code } => return set_status(&kernel, &code, "SUSPENDED").await,
        Tenant::Resume { code } => return set_status(&kernel, &code, "ACTIVE").await,
        Tenant::Remove { code, confirm } if code == confirm => kernel.remove_tenant(&code, admin).await?,
        Tenant::Remove { .. } => {
            eprintln!("yizhan: --confirm must repeat the code");
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn set_status(kernel: &Arc<Kernel>, code: &str, status: &'static str) -> Result<ExitCode, Fault> {
    if !kernel.all_tenants().await?.iter().any(|tenant| tenant.code == code) {
        eprintln!("yizhan: there is no tenant {code}");
        return Ok(ExitCode::FAILURE);
    }
    kernel.set_tenant_status(code, status).await?;
    Ok(ExitCode::SUCCESS)
}

/// `^[a-z][a-z0-9-]{1,31}$`, and not a path of the server's own.
fn is_slug(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && (2..=32).contains(&text.len())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !matches!(text, "platform" | "admin" | "metrics" | "livez" | "readyz" | "assets")
}
