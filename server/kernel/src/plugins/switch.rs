//! Switching plugins on and off, and setting them.

use entities::plugin_state::{self, Column};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use serde_json::Value;
use uuid::Uuid;

use super::{State, TenantPlugins, config, key, plugin};
use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::invalidate::PLUGINS;
use crate::places;
use crate::plugin::Plugin;
use crate::policy::{Action, Place};
use crate::transact::{Once, Outcome, Tx};

/// Switching plugins (启停插件).
pub static SWITCH: Action = Action::new("plugin", "switch", "启用、停用和设置插件", "Switch and set plugins");

crate::refusals! {
    /// Why a plugin was not switched on (不予启用插件).
    pub EnablePlugin => EnablePluginRefused, EnablePluginRefusalCode {
        /// It needs another one.
        Needs { plugin: String } @ "input.name":
            "请先启用它所依赖的插件“{plugin}”。" / "First switch on the plugin it needs: {plugin}.",
        /// The tenant has it off.
        OffInTenant @ "input.marketId":
            "本城市尚未启用该插件，请先在城市范围启用。" / "The city has it switched off; switch it on there first.",
        /// Its settings are not what it can read.
        BadConfig { detail: String } @ "input.config":
            "设置不符合该插件的要求，请对照设置说明修改：{detail}" /
            "The plugin cannot read these settings; compare them with its form: {detail}",
    }
}

crate::refusals! {
    /// Why a plugin was not switched off (不予停用插件).
    pub DisablePlugin => DisablePluginRefused, DisablePluginRefusalCode {
        /// Another one needs it.
        NeededBy { plugin: String } @ "input.name":
            "插件“{plugin}”依赖它，请先停用该插件。" / "{plugin} needs it; switch that one off first.",
        /// It is not on.
        NotOn @ "input.name": "该插件没有启用。" / "The plugin is not switched on.",
        /// No reason was given.
        NoReason @ "input.reason": "请填写停用原因。" / "Give the reason for switching it off.",
    }
}

/// The states as this transaction sees them.
pub(super) async fn current(tx: &Tx) -> Result<TenantPlugins, Fault> {
    let rows = plugin_state::Entity::find().all(tx).await?;
    Ok(TenantPlugins(rows.into_iter().map(|r| ((r.plugin, r.market), (State::parse(&r.state), r.config))).collect()))
}

pub(super) async fn write(tx: &Tx, name: &str, market: Option<Uuid>, state: State, config: Value) -> Result<(), Fault> {
    let row = plugin_state::ActiveModel {
        plugin: Set(name.to_owned()),
        market: Set(key(market)),
        state: Set(state.name().to_owned()),
        config: Set(config),
        changed_at: Set(tx.ctx().now()),
        changed_by: Set(tx.ctx().actor().account_id()),
    };
    let replace = OnConflict::columns([Column::Plugin, Column::Market])
        .update_columns([Column::State, Column::Config, Column::ChangedAt, Column::ChangedBy])
        .to_owned();
    plugin_state::Entity::insert(row).on_conflict(replace).exec_without_returning(tx).await?;
    tx.invalidate(PLUGINS);
    Ok(())
}

fn note(tx: &Tx, name: &str, market: Option<Uuid>) {
    tx.note("plugin", name);
    if let Some(market) = market {
        tx.about("Market", market);
    }
}

/// A plugin is known by its name; what it is now is read again.
pub(super) fn switched() -> Outcome {
    Outcome::of("Plugin", Uuid::nil(), 0)
}

/// Switches a plugin on (启用插件), in the tenant or at a market, or changes its settings there. `settings` replaces the
/// layer of the tenant or market; without it the layer stays.
pub async fn enable_plugin(
    ctx: &Ctx,
    name: &str,
    market: Option<Uuid>,
    settings: Option<Value>,
    once: Option<Once>,
) -> Result<(), Stop<EnablePlugin>> {
    let name = name.to_owned();
    ctx.transact_once(&SWITCH, once, |tx| async move {
        let ctx = tx.ctx();
        tx.authorize(&SWITCH, &Place::city()).await?;
        places::require_market(tx.ctx(), market).await?;
        let plugin = plugin(ctx.kernel(), &name)?;
        let states = current(&tx).await?;
        note(&tx, &name, market);
        decide_enable(&states, plugin, market, settings.as_ref()).map_err(Stop::Refused)?;
        let kept = states.row(&name, &key(market)).map(|r| r.1.clone());
        let layer = settings.or(kept).unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        tx.note("config", layer.clone());
        write(&tx, &name, market, State::Enabled, layer).await?;
        Ok(switched())
    })
    .await
    .map(|_| ())
}

fn decide_enable(
    states: &TenantPlugins,
    plugin: &Plugin,
    market: Option<Uuid>,
    settings: Option<&Value>,
) -> Result<(), EnablePlugin> {
    if let Some(missing) = plugin.needs.iter().find(|n| !states.state(n, market).is_on()) {
        return Err(EnablePlugin::Needs { plugin: (*missing).to_owned() });
    }
    if market.is_some() && !states.state(plugin.manifest.name, None).is_on() {
        return Err(EnablePlugin::OffInTenant);
    }
    let bad = |detail: String| EnablePlugin::BadConfig { detail };
    match (settings, plugin.config) {
        (Some(value), None) if value.as_object().is_none_or(|o| !o.is_empty()) => Err(bad("{}".to_owned())),
        (Some(value), Some(_)) if !value.is_object() => Err(bad("{ … }".to_owned())),
        (value, Some(kind)) => {
            let settings = config::layers(states, plugin, market, value);
            (kind.check)(config::object(settings)).map_err(bad)
        }
        _ => Ok(()),
    }
}

/// Switches a plugin off (停用插件), in the tenant or at a market. Its data stay.
pub async fn disable_plugin(
    ctx: &Ctx,
    name: &str,
    market: Option<Uuid>,
    reason: &str,
    once: Option<Once>,
) -> Result<(), Stop<DisablePlugin>> {
    let (name, reason) = (name.to_owned(), reason.trim().to_owned());
    ctx.transact_once(&SWITCH, once, |tx| async move {
        let ctx = tx.ctx();
        tx.authorize(&SWITCH, &Place::city()).await?;
        places::require_market(tx.ctx(), market).await?;
        let plugin = plugin(ctx.kernel(), &name)?;
        let states = current(&tx).await?;
        note(&tx, &name, market);
        tx.note("reason", reason.as_str());
        decide_disable(&states, &ctx.kernel().plugins, plugin, market, &reason).map_err(Stop::Refused)?;
        let layer = states.row(&name, &key(market)).map(|r| r.1.clone());
        let layer = layer.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
        write(&tx, &name, market, State::Disabled, layer).await?;
        Ok(switched())
    })
    .await
    .map(|_| ())
}

fn decide_disable(
    states: &TenantPlugins,
    all: &[Plugin],
    plugin: &Plugin,
    market: Option<Uuid>,
    reason: &str,
) -> Result<(), DisablePlugin> {
    let name = plugin.manifest.name;
    if !states.state(name, market).is_on() {
        return Err(DisablePlugin::NotOn);
    }
    let needing = all.iter().find(|p| p.needs.contains(&name) && states.state(p.manifest.name, market).is_on());
    if let Some(needing) = needing {
        return Err(DisablePlugin::NeededBy { plugin: needing.manifest.name.to_owned() });
    }
    if reason.is_empty() { Err(DisablePlugin::NoReason) } else { Ok(()) }
}
