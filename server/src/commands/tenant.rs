//! `yizhan tenant create|list|hotline|limits|suspend|resume|remove`: the cities of this installation.

use std::sync::Arc;

use clap::Subcommand;
use kernel::checks::Phone;
use kernel::ctx::Actor;
use kernel::divisions::{Divisions, Level};
use kernel::fault::Fault;
use kernel::kernel::{Kernel, NewTenant, TenantInfo};
use kernel::text::Lang;
use serde_json::json;

use super::answer::Answer;

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
    /// Set the hotline that a city publishes, or none without a number.
    Hotline {
        /// Its code.
        code: String,
        /// The number, with area code: 0351-5278313, 12333, 400-…
        number: Option<String>,
    },
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
    /// Show the limits of its requests, or lower some: what a city lowers is held under what the configuration allows.
    Limits {
        /// Its code.
        code: String,
        /// A limit and its number: depth=8.
        #[arg(value_name = "NAME=NUMBER", value_parser = pair)]
        lower: Vec<(String, u64)>,
        /// Lower nothing any more, save what is named in the same command.
        #[arg(long)]
        reset: bool,
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

impl Tenant {
    /// Does it change nothing?
    pub(super) fn reads(&self) -> bool {
        match self {
            Self::List => true,
            Self::Limits { lower, reset, .. } => lower.is_empty() && !reset,
            _ => false,
        }
    }
}

pub(super) async fn act(
    kernel: &Arc<Kernel>,
    admin: Option<&str>,
    json: bool,
    command: Tenant,
) -> Result<Answer, Fault> {
    match command {
        Tenant::Create { code, slug, name_en, hotline, own_database, administrators } => {
            let new = match new_city(code, slug, name_en, hotline.as_deref()) {
                Ok(new) => new,
                Err(refused) => return Ok(refused),
            };
            kernel.ensure_platform(admin).await?;
            let made = new.code.clone();
            kernel.create_tenant_at(new, own_database.as_deref(), admin).await?;
            if administrators {
                let ctx = kernel.ctx(&made, Actor::System("tenant"), Lang::Zh).await?;
                return super::account::told(&ctx, people::appoint_administrators(&ctx).await, json);
            }
            Ok(Answer::default())
        }
        Tenant::List => list(kernel, json).await,
        Tenant::Limits { code, lower, reset } => limits(kernel, &code, &lower, reset, json).await,
        Tenant::Hotline { code, number } => set_hotline(kernel, &code, number.as_deref()).await,
        Tenant::Suspend { code } => set_status(kernel, &code, "SUSPENDED").await,
        Tenant::Resume { code } => set_status(kernel, &code, "ACTIVE").await,
        Tenant::Remove { code, confirm } if code == confirm => {
            kernel.remove_tenant(&code, admin).await?;
            Ok(Answer::default())
        }
        Tenant::Remove { .. } => Ok(Answer::refused("--confirm must repeat the code")),
    }
}

async fn list(kernel: &Arc<Kernel>, json: bool) -> Result<Answer, Fault> {
    let mut answer = Answer::default();
    for t in kernel.all_tenants().await? {
        if json {
            answer.say(
                json!({"code": t.code, "slug": t.slug, "name": t.name_zh, "status": t.status, "hotline": t.hotline}),
            );
        } else {
            answer.say(format!("{} {} {} {}", t.code, t.slug, t.name_zh, t.status));
        }
    }
    Ok(answer)
}

/// A city to be made, or what is wrong with what was said of it.
fn new_city(code: String, slug: String, name_en: String, hotline: Option<&str>) -> Result<NewTenant, Answer> {
    let Some(city) = Divisions::standard().get(&code).filter(|d| d.level == Level::City) else {
        return Err(Answer::refused(format!("{code} is not the code of a city in force")));
    };
    if !is_slug(&slug) {
        return Err(Answer::refused("a slug is a lower-case letter and up to 31 more letters, digits or hyphens"));
    }
    let hotline = hotline.map(phone).transpose()?.map(|phone| phone.display());
    Ok(NewTenant { code, slug, name_zh: city.name.clone(), name_en, hotline })
}

async fn set_hotline(kernel: &Arc<Kernel>, code: &str, number: Option<&str>) -> Result<Answer, Fault> {
    let number = match number.map(phone).transpose() {
        Ok(number) => number,
        Err(refused) => return Ok(refused),
    };
    if listed(kernel, code).await?.is_none() {
        return Ok(unknown(code));
    }
    kernel.set_tenant_hotline(code, number.as_ref()).await?;
    Ok(Answer::default())
}

/// Shows the limits that hold for a city, and with `lower` or `reset` changes what it lowers.
async fn limits(
    kernel: &Arc<Kernel>,
    code: &str,
    lower: &[(String, u64)],
    reset: bool,
    json: bool,
) -> Result<Answer, Fault> {
    let allowed = crate::boot::transport(&kernel.config)?.limits;
    let Some(tenant) = listed(kernel, code).await? else { return Ok(unknown(code)) };
    let mut lowered = tenant.limits;
    if reset || !lower.is_empty() {
        if reset {
            lowered.clear();
        }
        lowered.extend(lower.iter().cloned());
        if let Err(flaw) = allowed.check_lowered(&lowered) {
            return Ok(Answer::refused(flaw));
        }
        kernel.set_tenant_limits(code, &lowered).await?;
    }
    let held = serde_json::to_value(allowed.lowered_by(&lowered)).map_err(Fault::of("write the limits"))?;
    let mut answer = Answer::default();
    if json {
        answer.say(json!({"code": code, "lowered": lowered, "limits": held}));
        return Ok(answer);
    }
    for (name, number) in held.as_object().into_iter().flatten() {
        let own = if lowered.contains_key(name) { "  (this city)" } else { "" };
        answer.say(format!("{name} = {number}{own}"));
    }
    Ok(answer)
}

/// The city of this code, if there is one.
async fn listed(kernel: &Arc<Kernel>, code: &str) -> Result<Option<TenantInfo>, Fault> {
    Ok(kernel.all_tenants().await?.into_iter().find(|tenant| tenant.code == code))
}

fn unknown(code: &str) -> Answer {
    Answer::refused(format!("there is no tenant {code}"))
}

/// A number that can be printed and dialled, or what is wrong with it.
fn phone(text: &str) -> Result<Phone, Answer> {
    Phone::parse(text).map_err(Answer::refused)
}

/// `depth=8`.
fn pair(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text.split_once('=').ok_or("write a limit as name=number: depth=8")?;
    let number = number.parse().map_err(|_| format!("{number} is not a whole number"))?;
    Ok((name.to_owned(), number))
}

async fn set_status(kernel: &Arc<Kernel>, code: &str, status: &'static str) -> Result<Answer, Fault> {
    if listed(kernel, code).await?.is_none() {
        return Ok(unknown(code));
    }
    kernel.set_tenant_status(code, status).await?;
    Ok(Answer::default())
}

/// `^[a-z][a-z0-9-]{1,31}$`, and not a path of the server's own.
fn is_slug(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && (2..=32).contains(&text.len())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !matches!(text, "platform" | "admin" | "metrics" | "livez" | "readyz" | "assets")
}
