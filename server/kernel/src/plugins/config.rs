//! Settings of plugins: default ← tenant ← market, key by key.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{TenantPlugins, key, of, plugin};
use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::plugin::Plugin;

/// Where a setting's value came from (来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The plugin's own default.
    Default,
    /// The tenant.
    Tenant,
    /// The market.
    Market,
}

/// A setting in force (生效配置项).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
}

/// Lays the layers over each other; `null` in a layer says nothing.
pub(super) fn merge(default: &Value, tenant: &Value, market: &Value) -> Vec<Setting> {
    let mut settings: Map<String, Value> = Map::new();
    let mut sources: Map<String, Value> = Map::new();
    for (layer, source) in [(default, 0), (tenant, 1), (market, 2)] {
        for (key, value) in layer.as_object().into_iter().flatten() {
            if source == 0 || !value.is_null() {
                settings.insert(key.clone(), value.clone());
                sources.insert(key.clone(), Value::from(source));
            }
        }
    }
    let source = |key: &str| match sources.get(key).and_then(Value::as_i64) {
        Some(1) => Source::Tenant,
        Some(2) => Source::Market,
        _ => Source::Default,
    };
    settings.into_iter().map(|(key, value)| Setting { source: source(&key), key, value }).collect()
}

/// The settings as one object.
pub(super) fn object(settings: Vec<Setting>) -> Value {
    Value::Object(settings.into_iter().map(|s| (s.key, s.value)).collect())
}

/// The settings in force under these states, with `replaced` in place of the layer of `at`.
pub(super) fn layers(
    states: &TenantPlugins,
    plugin: &Plugin,
    market: Option<Uuid>,
    replaced: Option<&Value>,
) -> Vec<Setting> {
    let name = plugin.manifest.name;
    let layer = |market: &str| states.row(name, market).map_or(Value::Null, |r| r.1.clone());
    let default = plugin.config.map_or(Value::Null, |c| (c.default)());
    let mut tenant = layer("");
    let mut own = market.map_or(Value::Null, |_| layer(&key(market)));
    if let Some(value) = replaced {
        *(if market.is_some() { &mut own } else { &mut tenant }) = value.clone();
    }
    merge(&default, &tenant, &own)
}

/// The settings of `plugin_name` in force in the tenant or at a market, as the plugin's own type.
pub async fn config<C: DeserializeOwned>(ctx: &Ctx, plugin_name: &str, market: Option<Uuid>) -> Result<C, Fault> {
    let settings = explain_config(ctx, plugin_name, market).await?;
    serde_json::from_value(object(settings)).map_err(Fault::of("read the settings of a plugin"))
}

/// The settings of `plugin_name` in force, each with where it came from (配置来源说明).
pub async fn explain_config(ctx: &Ctx, plugin_name: &str, market: Option<Uuid>) -> Result<Vec<Setting>, Fault> {
    let plugin = plugin(ctx.kernel(), plugin_name)?;
    Ok(layers(&*of(ctx).await?, plugin, market, None))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_key_comes_from_the_nearest_layer_that_has_it() {
        let settings =
            merge(&json!({"a": 1, "b": 2, "c": 3}), &json!({"b": 20, "c": 30}), &json!({"c": 300, "b": null}));
        let told: Vec<_> = settings.iter().map(|s| (s.key.as_str(), s.value.clone(), s.source)).collect();
        assert_eq!(
            told,
            [("a", json!(1), Source::Default), ("b", json!(20), Source::Tenant), ("c", json!(300), Source::Market),]
        );
    }
}
