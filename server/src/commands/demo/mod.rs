//! `yizhan demo`: eleven cities of sample data, accounts for every role, a mail server of its own, and the server.
//!
//! Deterministic; started again it keeps its data. `--reset TENANT` gives one city back clean.

mod accounts;
mod cities;
mod mail_catcher;
mod sample;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use kernel::fault::Fault;
use kernel::kernel::{Kernel, NewTenant};
use kernel::store::PLATFORM;
use people::HashedPassword;

use super::Setting;
use cities::CITIES;

/// How to demonstrate.
#[derive(Args)]
pub(crate) struct Demo {
    /// The password of all accounts; without it one is made and printed once.
    #[arg(long, env = "YIZHAN_DEMO_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Give this city back clean (its slug), then start.
    #[arg(long)]
    reset: Option<String>,
    /// Make the data and stop.
    #[arg(long)]
    prepare_only: bool,
}

pub(super) async fn run(mut setting: Setting, demo: Demo) -> Result<ExitCode, Fault> {
    // People who look around shall not need a telephone; they can still enrol a second factor.
    setting.config.people.staff_totp = false;
    setting.config.mail.host = "127.0.0.1".to_owned();
    setting.config.mail.port = mail_catcher::start().await.map_err(Fault::of("start the demo's mail server"))?;
    crate::boot::logs(&setting.config);
    let admin = setting.admin_url;
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    // Listening first: whoever cannot serve has changed nothing, and the addresses printed are addresses that answer.
    let listener = if demo.prepare_only { None } else { Some(super::serve::listen(&kernel).await?) };
    if let Some(slug) = &demo.reset {
        reset(&kernel, slug, admin.as_deref()).await?;
    }
    let shown = prepare(&kernel, demo.password, admin.as_deref()).await?;
    welcome(&kernel, shown.as_deref());
    match listener {
        Some(listener) => super::serve::until_stopped(kernel, listener, true).await,
        None => Ok(ExitCode::SUCCESS),
    }
}

/// Makes what is missing; the password, if accounts were made or it was given.
async fn prepare(kernel: &Arc<Kernel>, given: Option<String>, admin: Option<&str>) -> Result<Option<String>, Fault> {
    let fresh = !kernel.store.exists(PLATFORM).await?;
    kernel.ensure_platform(admin).await?;
    let missing: Vec<_> = {
        let there = kernel.all_tenants().await?;
        CITIES.iter().filter(|(code, ..)| !there.iter().any(|t| t.code == *code)).collect()
    };
    if !fresh && missing.is_empty() && given.is_none() {
        return Ok(None);
    }
    let password = given.unwrap_or_else(invented);
    let hashed = HashedPassword::of(&password).await?;
    for (code, slug, name_en) in missing {
        let name_zh = kernel::divisions::Divisions::standard().get(code).map_or(*slug, |d| d.name.as_str()).to_owned();
        let new = NewTenant {
            code: (*code).to_owned(),
            slug: (*slug).to_owned(),
            name_zh,
            name_en: (*name_en).to_owned(),
            hotline: Some("12333".to_owned()),
        };
        kernel.create_tenant(new, admin).await?;
        sample::fill(kernel, code).await?;
    }
    accounts::ensure(kernel, &hashed).await?;
    Ok(Some(password))
}

async fn reset(kernel: &Arc<Kernel>, slug: &str, admin: Option<&str>) -> Result<(), Fault> {
    let Some((code, ..)) = CITIES.iter().find(|(_, s, _)| *s == slug) else {
        return Err(Fault::internal("reset: there is no such city in the demo"));
    };
    if kernel.tenant(code).await?.is_some() {
        kernel.remove_tenant(code, admin).await?;
    }
    Ok(())
}

/// A password that satisfies both presets.
fn invented() -> String {
    let mut bytes = [0_u8; 9];
    kernel::clock::fill_random(&mut bytes);
    format!("Yz-{}7", data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

fn welcome(kernel: &Kernel, password: Option<&str>) {
    let url = &kernel.config.public_url;
    println!("\n驿站演示已启动 · The demo is running");
    println!("  公众页面 public pages     {url}/   {url}/taiyuan");
    println!("  管理端   admin            {url}/admin");
    println!("  接口     GraphQL          {url}/taiyuan/graphql   {url}/platform/graphql");
    println!("\n  账号 accounts (taiyuan):");
    for (username, what) in accounts::shown() {
        println!("    {username:<16} {what}");
    }
    println!("  其他十个城市 other cities: bureau, sysadmin, secadmin, auditadmin");
    println!("  省级平台 platform: province, provincewatch, sysadmin, secadmin, auditadmin");
    match password {
        Some(password) => println!("\n  口令 password of all accounts: {password}\n"),
        None => println!("\n  口令 password: as printed when the data was made; `--password` sets a new one\n"),
    }
}
