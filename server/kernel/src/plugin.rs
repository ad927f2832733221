//! The contract of chapters and plugins (插件契约): a manifest one can review in a minute.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use migrations::MigrationSet;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ctx::Ctx;
use crate::fault::Fault;
use crate::jobs::JobKind;
use crate::outbox::Listener;
use crate::personal::PersonalData;
use crate::policy::{Action, Grant};
use crate::text::Text;

/// What a chapter or plugin adds to the house (清单).
#[derive(Clone)]
pub struct Manifest {
    /// Its name: folder, crate, owner of its migrations.
    pub name: &'static str,
    /// In words.
    pub title: Text,
    /// Can tenants switch it off? Chapters cannot be; plugins can.
    pub switchable: bool,
    /// The root fields of GraphQL that are its own; consulted once after the parse for switchable ones.
    pub root_fields: &'static [&'static str],
    /// Its tables.
    pub migrations: Vec<MigrationSet>,
    /// What can be done in it.
    pub actions: &'static [&'static Action],
    /// Who may do it by default.
    pub grants: &'static [Grant],
    /// Its jobs.
    pub jobs: Vec<JobKind>,
    /// What it listens to.
    pub listeners: Vec<Listener>,
    /// What it knows of people, if it knows anything: shown for a reason, handed out, erased.
    pub personal: Option<Arc<dyn PersonalData>>,
}

/// A plugin (插件): a manifest that each tenant, and each market, can switch on and off while the server runs.
#[derive(Clone)]
pub struct Plugin {
    /// What it adds; [`Manifest::switchable`] is true.
    pub manifest: Manifest,
    /// Plugins that must be on where this one is.
    pub needs: &'static [&'static str],
    /// Its settings, if it has any.
    pub config: Option<ConfigKind>,
    /// Asked now and then where it is on; a plugin that fails is degraded, and the rest of the house goes on.
    pub check: Option<Check>,
    /// Asked before its data are purged; a fault says that they must stay: open cases, a statutory retention.
    pub may_purge: Option<Check>,
}

impl Plugin {
    /// A plugin without settings, needs or checks.
    #[must_use]
    pub const fn new(manifest: Manifest) -> Self {
        Self { manifest, needs: &[], config: None, check: None, may_purge: None }
    }
}

/// A question to a plugin in a tenant.
pub type Check = Arc<dyn Fn(Ctx) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync>;

/// The type of a plugin's settings (配置类型): its defaults, its JSON Schema for the generated form, and its reader.
#[derive(Clone, Copy, Debug)]
pub struct ConfigKind {
    pub(crate) default: fn() -> Value,
    pub(crate) schema: fn() -> Value,
    pub(crate) check: fn(Value) -> Result<(), String>,
}

impl ConfigKind {
    /// Settings of type `C`, an object. Unknown keys are refused where `C` says `deny_unknown_fields`.
    #[must_use]
    pub const fn of<C: Default + Serialize + DeserializeOwned + JsonSchema>() -> Self {
        Self {
            default: || serde_json::to_value(C::default()).unwrap_or_default(),
            schema: || schemars::schema_for!(C).to_value(),
            check: |value| serde_json::from_value::<C>(value).map(|_| ()).map_err(|e| e.to_string()),
        }
    }
}
