//! The types of plugins.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::plugins::{self, Source, State};

/// How a plugin stands (插件状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum PluginState {
    /// It was never switched on (可启用).
    Available,
    /// It is on (已启用).
    Enabled,
    /// It is on, but its check failed (异常).
    Degraded,
    /// It is off; its data are kept (已停用).
    Disabled,
    /// It is off and its data are gone (已清除).
    Purged,
}

impl From<State> for PluginState {
    fn from(state: State) -> Self {
        match state {
            State::Available => Self::Available,
            State::Enabled => Self::Enabled,
            State::Degraded => Self::Degraded,
            State::Disabled => Self::Disabled,
            State::Purged => Self::Purged,
        }
    }
}

/// Where a setting's value came from (配置来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SettingSource {
    /// The plugin's own default (默认值).
    Default,
    /// The city (城市).
    Tenant,
    /// The market (市场).
    Market,
}

/// A setting in force (生效配置项).
#[derive(Clone, Debug, SimpleObject)]
pub struct PluginSetting {
    /// Its key (键).
    key: String,
    /// Its value, as JSON (值).
    value: String,
    /// Where it came from (来源).
    source: SettingSource,
}

/// A plugin (插件), as it stands in this city or at one of its markets.
#[derive(Clone, Debug, SimpleObject)]
pub struct Plugin {
    /// Its name (名称).
    name: String,
    /// In words (标题).
    title: String,
    /// How it stands (状态).
    state: PluginState,
    /// Plugins that must be on where it is (依赖).
    needs: Vec<String>,
    /// The JSON Schema of its settings (设置的结构).
    config_schema: Option<String>,
    /// The settings in force, each with where it came from (生效设置).
    config: Vec<PluginSetting>,
}

impl Plugin {
    /// The plugin of this name as it stands.
    pub(super) async fn of(ctx: &Ctx, name: &str, market: Option<Uuid>) -> Result<Self, Fault> {
        let plugin = ctx.kernel().plugins.iter().find(|p| p.manifest.name == name).ok_or(Fault::NotFound)?;
        let settings = plugins::explain_config(ctx, name, market).await?;
        Ok(Self {
            name: name.to_owned(),
            title: plugin.manifest.title.get(ctx.lang()).to_owned(),
            state: plugins::state(ctx, name, market).await?.into(),
            needs: plugin.needs.iter().map(ToString::to_string).collect(),
            config_schema: plugin.config.map(|c| (c.schema)().to_string()),
            config: settings
                .into_iter()
                .map(|s| PluginSetting {
                    key: s.key,
                    value: s.value.to_string(),
                    source: match s.source {
                        Source::Default => SettingSource::Default,
                        Source::Tenant => SettingSource::Tenant,
                        Source::Market => SettingSource::Market,
                    },
                })
                .collect(),
        })
    }
}

/// A plugin to be switched on or set (启用插件).
#[derive(Clone, Debug, InputObject)]
pub struct EnablePluginInput {
    /// Its name (名称).
    pub name: String,
    /// At this market only; else in the city (市场).
    pub market_id: Option<ID>,
    /// Settings of the city or market, a JSON object; without it they stay (设置).
    pub config: Option<String>,
}

/// A plugin to be switched off (停用插件).
#[derive(Clone, Debug, InputObject)]
pub struct DisablePluginInput {
    /// Its name (名称).
    pub name: String,
    /// At this market only; else in the city (市场).
    pub market_id: Option<ID>,
    /// Why, for the audit (原因).
    pub reason: String,
}
