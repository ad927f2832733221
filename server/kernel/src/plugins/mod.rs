//! Plugins in a tenant (插件状态): which are on, in the tenant and at each market, and with which settings.
//!
//! States: available → enabled → degraded → disabled → purged. A market can only switch off, or set, what its tenant
//! has on. The states of a tenant are read once and kept until one changes, in whichever process.

mod check;
mod config;
mod purge;
mod switch;

use std::collections::HashMap;
use std::sync::Arc;

use entities::plugin_state;
use sea_orm::EntityTrait as _;
use serde_json::Value;
use uuid::Uuid;

use crate::cache::Cache;
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::kernel::Kernel;
use crate::plugin::Plugin;

pub(crate) use check::{CheckPlugins, run as run_check};
pub use config::{Setting, Source, config, explain_config};
pub use purge::{PurgePlugin, PurgePluginRefusalCode, PurgePluginRefused, purge_plugin};
pub use switch::{
    DisablePlugin, DisablePluginRefusalCode, DisablePluginRefused, EnablePlugin, EnablePluginRefusalCode,
    EnablePluginRefused, SWITCH, disable_plugin, enable_plugin,
};

/// How a plugin stands (插件状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was never switched on.
    Available,
    /// It is on.
    Enabled,
    /// It is on, but its check failed.
    Degraded,
    /// It is off; its data are kept.
    Disabled,
    /// It is off and its data are gone.
    Purged,
}

impl State {
    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Available => "AVAILABLE",
            Self::Enabled => "ENABLED",
            Self::Degraded => "DEGRADED",
            Self::Disabled => "DISABLED",
            Self::Purged => "PURGED",
        }
    }

    fn parse(text: &str) -> Self {
        [Self::Enabled, Self::Degraded, Self::Disabled, Self::Purged]
            .into_iter()
            .find(|s| s.name() == text)
            .unwrap_or(Self::Available)
    }

    /// Is it on?
    #[must_use]
    pub const fn is_on(self) -> bool {
        matches!(self, Self::Enabled | Self::Degraded)
    }
}

/// What one tenant has switched.
#[derive(Debug, Default)]
pub struct TenantPlugins(HashMap<(String, String), (State, Value)>);

/// The states of all tenants.
pub(crate) type PluginBook = Cache<TenantPlugins>;

impl TenantPlugins {
    fn row(&self, plugin: &str, market: &str) -> Option<&(State, Value)> {
        self.0.get(&(plugin.to_owned(), market.to_owned()))
    }

    /// The state in the tenant, or at a market where that has one of its own.
    fn state(&self, plugin: &str, market: Option<Uuid>) -> State {
        let tenant = self.row(plugin, "").map_or(State::Available, |r| r.0);
        let market = market.and_then(|id| self.row(plugin, &id.to_string())).map(|r| r.0);
        match market {
            Some(own) if tenant.is_on() && !own.is_on() => own,
            _ => tenant,
        }
    }
}

async fn of(ctx: &Ctx) -> Result<Arc<TenantPlugins>, Fault> {
    let (book, code) = (&ctx.kernel().plugin_states, &ctx.tenant().code);
    if let Some(known) = book.get(code) {
        return Ok(known);
    }
    let epoch = book.epoch(code);
    let rows = plugin_state::Entity::find().all(&ctx.scope()).await?;
    let states = rows.into_iter().map(|r| ((r.plugin, r.market), (State::parse(&r.state), r.config))).collect();
    Ok(book.keep(code, epoch, Arc::new(TenantPlugins(states))))
}

/// How `plugin` stands in the tenant, or at a market.
pub async fn state(ctx: &Ctx, plugin: &str, market: Option<Uuid>) -> Result<State, Fault> {
    Ok(of(ctx).await?.state(plugin, market))
}

/// Is `plugin` on, in the tenant or at a market? What cannot be switched is on.
pub async fn enabled(ctx: &Ctx, plugin: &str, market: Option<Uuid>) -> Result<bool, Fault> {
    let switchable = ctx.kernel().manifests.iter().any(|m| m.name == plugin && m.switchable);
    Ok(!switchable || state(ctx, plugin, market).await?.is_on())
}

/// Refuses with [`Fault::PluginDisabled`] unless `plugin` is on: in the authorise beat of its operations.
pub async fn require(ctx: &Ctx, plugin: &'static str, market: Option<Uuid>) -> Result<(), Fault> {
    if enabled(ctx, plugin, market).await? { Ok(()) } else { Err(Fault::PluginDisabled(plugin)) }
}

/// Reads the tenant's plugin states, so that [`is_on`] knows them.
pub async fn look(ctx: &Ctx) -> Result<(), Fault> {
    of(ctx).await.map(|_| ())
}

/// Is `plugin` on in the tenant, as last looked? What was never looked at is off; news that come between the look and
/// this question count from the next look on.
#[must_use]
pub fn is_on(kernel: &Kernel, code: &str, plugin: &str) -> bool {
    kernel.plugin_states.last_read(code).is_some_and(|states| states.state(plugin, None).is_on())
}

/// Does this job rest here: its owner is off, or it asks plugins of which none is on?
pub(crate) async fn job_rests(ctx: &Ctx, kind: &str) -> Result<bool, Fault> {
    if kind == <CheckPlugins as crate::jobs::Job>::KIND {
        return check::nobody_to_ask(ctx).await;
    }
    let owner = ctx.kernel().manifests.iter().find(|m| m.switchable && m.jobs.iter().any(|j| j.kind == kind));
    Ok(match owner {
        Some(owner) => !state(ctx, owner.name, None).await?.is_on(),
        None => false,
    })
}

/// Does the owner of this listener rest here?
pub(crate) async fn listener_rests(ctx: &Ctx, name: &str) -> Result<bool, Fault> {
    let owner = ctx.kernel().manifests.iter().find(|m| m.switchable && m.listeners.iter().any(|l| l.name == name));
    Ok(match owner {
        Some(owner) => !state(ctx, owner.name, None).await?.is_on(),
        None => false,
    })
}

/// The plugin of this name, or [`Fault::NotFound`].
fn plugin<'k>(kernel: &'k Kernel, name: &str) -> Result<&'k Plugin, Fault> {
    kernel.plugins.iter().find(|p| p.manifest.name == name).ok_or(Fault::NotFound)
}

fn key(market: Option<Uuid>) -> String {
    market.map(|id| id.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKET: Uuid = Uuid::from_u128(7);

    fn states(tenant: Option<State>, market: Option<State>) -> TenantPlugins {
        let mut rows = HashMap::new();
        if let Some(state) = tenant {
            rows.insert(("p".to_owned(), String::new()), (state, Value::Null));
        }
        if let Some(state) = market {
            rows.insert(("p".to_owned(), MARKET.to_string()), (state, Value::Null));
        }
        TenantPlugins(rows)
    }

    #[test]
    fn a_market_switches_off_what_its_tenant_has_on_and_cannot_switch_on_what_it_has_off() {
        let at_market = |tenant, market| states(tenant, market).state("p", Some(MARKET));
        assert_eq!(at_market(None, None), State::Available);
        assert_eq!(at_market(Some(State::Enabled), None), State::Enabled);
        assert_eq!(at_market(Some(State::Enabled), Some(State::Disabled)), State::Disabled);
        assert_eq!(at_market(Some(State::Disabled), Some(State::Enabled)), State::Disabled);
        assert_eq!(at_market(Some(State::Degraded), Some(State::Enabled)), State::Degraded);
        assert_eq!(states(Some(State::Enabled), Some(State::Disabled)).state("p", None), State::Enabled);
    }
}
