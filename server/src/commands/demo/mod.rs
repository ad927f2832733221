//! `yizhan demo`: eleven cities of sample data, accounts for every role, a mail server of its own, and the server.
//!
//! Deterministic; started again it keeps its data, and makes again what was cut short. `--reset TENANT` gives one city back
//! clean.

mod accounts;
mod agencies;
mod cities;
mod mail_catcher;
mod marker;
mod quick_hire;
mod sample;
#[cfg(test)]
mod tests;
mod venue;

use std::process::ExitCode;
use std::sync::Arc;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use clap::Args;
use kernel::clock::{Clock as _, ManualClock, SystemClock, day_of};
use kernel::fault::Fault;
use kernel::kernel::{Kernel, NewTenant};
use kernel::sms::GatewayKind;
use kernel::store::PLATFORM;
use people::HashedPassword;

use super::Setting;
pub(super) use cities::CITIES;

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
    // Nobody's telephone rings: text messages stand on the page of letters.
    setting.config.sms.gateway = GatewayKind::Page;
    crate::boot::logs(&setting.config);
    let admin = setting.admin_url;
    let last_year = ManualClock::at(last_december(SystemClock.now()));
    let past = crate::boot::kernel_with(setting.config.clone(), Arc::new(last_year.clone()))?;
    let kernel = crate::boot::kernel(setting.config)?;
    let _held = kernel.store.hold()?;
    // Listening first: whoever cannot serve has changed nothing, and the addresses printed are addresses that answer.
    let listener = if demo.prepare_only { None } else { Some(super::serve::listen(&kernel).await?) };
    let house = House { kernel: Arc::clone(&kernel), past, past_clock: last_year, admin };
    if let Some(slug) = &demo.reset {
        house.reset(slug).await?;
    }
    let shown = house.prepare(demo.password, demo.reset.is_some()).await?;
    drop(house);
    welcome(&kernel, shown.as_ref());
    match listener {
        Some(listener) => super::serve::until_stopped(kernel, listener, true).await,
        None => Ok(ExitCode::SUCCESS),
    }
}

/// When last year's returns are handed in: 15 December, nine in the morning in Shanghai.
fn last_december(now: DateTime<Utc>) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(day_of(now).year() - 1, 12, 15);
    day.and_then(|day| day.and_hms_opt(1, 0, 0)).map_or(now, |moment| moment.and_utc())
}

/// A password, and whose it is (演示口令).
struct Shown {
    password: String,
    everywhere: bool,
}

/// The demo's house (演示环境): as it is, and as it was last December, over the same stores.
struct House {
    kernel: Arc<Kernel>,
    past: Arc<Kernel>,
    past_clock: ManualClock,
    admin: Option<String>,
}

impl House {
    /// Makes what is missing; the password, if accounts were made or one was given. After a reset it is set in the cities
    /// that were made anew alone: everybody else keeps the one he has.
    async fn prepare(&self, given: Option<String>, reset: bool) -> Result<Option<Shown>, Fault> {
        self.kernel.ensure_platform(self.admin.as_deref()).await?;
        let fresh = !marker::is_finished(&self.kernel, PLATFORM).await?;
        let mut missing = Vec::new();
        for city in &CITIES {
            if self.kernel.tenant(city.0).await?.is_none() || !marker::is_finished(&self.kernel, city.0).await? {
                missing.push(city);
            }
        }
        if !fresh && missing.is_empty() && (given.is_none() || reset) {
            return Ok(None);
        }
        let everywhere = fresh || (given.is_some() && !reset);
        let password = given.unwrap_or_else(invented);
        let hashed = HashedPassword::of(&password).await?;
        for city in missing {
            self.make(city, &hashed).await?;
        }
        if everywhere {
            accounts::ensure(&self.kernel, &hashed, &self.kernel.tenant_codes().await?).await?;
        }
        if fresh {
            sample::province(&self.kernel, &self.past).await?;
            marker::finish(&self.kernel, PLATFORM).await?;
        }
        Ok(Some(Shown { password, everywhere }))
    }

    /// Makes one city from nothing: what a run that was cut short left of it is taken away first.
    async fn make(&self, (code, slug, name_en): &(&str, &str, &str), hashed: &HashedPassword) -> Result<(), Fault> {
        let admin = self.admin.as_deref();
        if self.kernel.tenant(code).await?.is_some() {
            self.remove(code).await?;
        }
        let name_zh = kernel::divisions::Divisions::standard().get(code).map_or(*slug, |d| d.name.as_str()).to_owned();
        let new = NewTenant {
            code: (*code).to_owned(),
            slug: (*slug).to_owned(),
            name_zh,
            name_en: (*name_en).to_owned(),
            hotline: Some("12333".to_owned()),
        };
        self.past.create_tenant(new, admin).await?;
        sample::last_year(&self.past, code).await?;
        sample::this_year(&self.kernel, code).await?;
        accounts::ensure(&self.kernel, hashed, &[(*code).to_owned()]).await?;
        if *code == sample::TAIYUAN {
            let december = self.past_clock.now();
            Box::pin(quick_hire::make(&self.kernel, &self.past, &self.past_clock)).await?;
            self.past_clock.set(december);
        }
        marker::finish(&self.kernel, code).await
    }

    async fn reset(&self, slug: &str) -> Result<(), Fault> {
        let Some((code, ..)) = CITIES.iter().find(|(_, s, _)| *s == slug) else {
            return Err(Fault::internal("reset: there is no such city in the demo"));
        };
        self.kernel.ensure_platform(self.admin.as_deref()).await?;
        if self.kernel.tenant(code).await?.is_some() { self.remove(code).await } else { Ok(()) }
    }

    /// Takes a city away, at home and at the province.
    async fn remove(&self, code: &str) -> Result<(), Fault> {
        self.kernel.remove_tenant(code, self.admin.as_deref()).await?;
        self.past.store.close(code).await?;
        self.past.stale(code, kernel::invalidate::ALL);
        let province = self.kernel.platform_ctx().await?;
        people::forget_city(&province, code).await?;
        hiring::forget_city(&province, code).await?;
        oversight::forget_city(&province, code).await
    }
}

/// A password that satisfies both presets.
fn invented() -> String {
    let mut bytes = [0_u8; 9];
    kernel::clock::fill_random(&mut bytes);
    format!("Yz-{}7", data_encoding::BASE64URL_NOPAD.encode(&bytes))
}

fn welcome(kernel: &Kernel, shown: Option<&Shown>) {
    let url = &kernel.config.public_url;
    println!("\n驿站演示已启动 · The demo is running");
    println!("  公众页面 public pages     {url}/   {url}/taiyuan");
    println!("  管理端   admin            {url}/admin");
    println!("  接口     GraphQL          {url}/taiyuan/graphql   {url}/platform/graphql");
    println!("  邮件短信 mail and SMS     {url}/admin/taiyuan/mail (sysadmin)");
    println!("\n  账号 accounts (taiyuan):");
    for (username, what) in accounts::shown() {
        println!("    {username:<16} {what}");
    }
    println!("\n  手机登录 by telephone (验证码见邮件短信页 the code is on the page of mail and SMS):");
    for (phone, who) in quick_hire::TELEPHONES {
        println!("    {phone:<16} {who}");
    }
    println!("  其他十个城市 other cities: bureau, sysadmin, secadmin, auditadmin");
    println!("  省级平台 platform: province, provincewatch, sysadmin, secadmin, auditadmin");
    match shown {
        Some(Shown { password, everywhere: true }) => println!("\n  口令 password of all accounts: {password}\n"),
        Some(Shown { password, everywhere: false }) => {
            println!("\n  口令 password of the cities made anew: {password}; everywhere else it is as before\n");
        }
        None => println!("\n  口令 password: as printed when the data was made; `--password` sets a new one\n"),
    }
}
