//! What all requests of a process share (共用服务): store, clock, keys, policy, worker's bell. Built once, in boot.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::RwLock;
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::cache::Cache;
use crate::clock::{Clock, new_id};
use crate::config::Config;
use crate::ctx::{Actor, Ctx};
use crate::fault::Fault;
use crate::house::watch::JobViews;
use crate::invalidate::{ALL, Invalidation, KEYS, PLUGINS, POLICY, TENANTS};
use crate::jobs::JobKind;
use crate::keys::{KeyBook, RootKey};
use crate::outbox::Listener;
use crate::plugin::{Manifest, Plugin};
use crate::plugins::PluginBook;
use crate::policy::{Grant, PolicyBook, default_lines};
use crate::store::{PostgresSettings, Store, StoreSettings};
use crate::tally::Tally;
use crate::text::Lang;
use crate::worker::{Alive, Hint, Wake};

pub use crate::tenants::{NewTenant, TenantInfo};

/// A job that changed, for those who watch it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobChanged {
    /// In which tenant.
    pub tenant: String,
    /// Which.
    pub id: Uuid,
}

/// What all requests share.
pub struct Kernel {
    /// The settings.
    pub config: Config,
    /// The databases.
    pub store: Store,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The root key.
    pub root: Arc<RootKey>,
    /// The opened data keys.
    pub keys: KeyBook,
    /// The policies.
    pub policy: PolicyBook,
    /// What became stale.
    pub invalidation: Invalidation,
    /// The worker's bell.
    pub wake: Wake,
    /// Whether the worker of this process lives.
    pub alive: Alive,
    /// What was done in the background.
    pub tally: Tally,
    /// Chapters and plugins, each after those it stands on.
    pub manifests: Vec<Manifest>,
    /// The plugins among them.
    pub plugins: Vec<Plugin>,
    pub(crate) plugin_states: PluginBook,
    pub(crate) tenants: Cache<TenantInfo>,
    job_changes: broadcast::Sender<JobChanged>,
    parts: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    pub(crate) job_views: JobViews,
}

impl Kernel {
    /// Builds the house from its settings and its list of chapters.
    pub fn build(config: Config, clock: Arc<dyn Clock>, root: RootKey, manifests: Vec<Manifest>) -> Arc<Self> {
        Self::build_with(config, clock, root, manifests, Vec::new())
    }

    /// Builds the house from its settings and its lists of chapters and plugins.
    pub fn build_with(
        config: Config,
        clock: Arc<dyn Clock>,
        root: RootKey,
        mut manifests: Vec<Manifest>,
        plugins: Vec<Plugin>,
    ) -> Arc<Self> {
        manifests.extend(plugins.iter().map(|p| p.manifest.clone()));
        let root = Arc::new(root);
        let mut sets = vec![migrations::CORE, migrations::PLATFORM];
        sets.extend(manifests.iter().flat_map(|m| m.migrations.iter().copied()));
        let settings = if config.database.url.is_empty() {
            StoreSettings::Sqlite { dir: config.data_dir.clone(), statement_timeout: config.statement_timeout() }
        } else {
            StoreSettings::Postgres(PostgresSettings {
                url: config.database.url.clone(),
                prefix: config.database.prefix.clone(),
                writers: config.database.writers,
                readers: config.database.readers,
                connections: config.database.connections,
                statement_timeout: config.statement_timeout(),
            })
        };
        let store = Store::new(settings, Arc::clone(&root), sets, config.database.keep_open);
        let grants: Vec<&'static Grant> = manifests.iter().flat_map(|m| m.grants).collect();
        let policy = PolicyBook::new(default_lines(&grants));
        Arc::new(Self {
            config,
            store,
            clock,
            root,
            keys: KeyBook::default(),
            policy,
            invalidation: Invalidation::default(),
            wake: Wake::default(),
            alive: Alive::default(),
            tally: Tally::default(),
            manifests,
            plugins,
            plugin_states: PluginBook::default(),
            tenants: Cache::default(),
            job_changes: broadcast::channel(256).0,
            parts: RwLock::default(),
            job_views: JobViews::default(),
        })
    }

    /// A context in the tenant of `code`.
    pub async fn ctx(self: &Arc<Self>, code: &str, actor: Actor, lang: Lang) -> Result<Ctx, Fault> {
        let tenant = self.tenant(code).await?.ok_or(Fault::NotFound)?;
        self.ctx_of(tenant, actor, lang, new_id(self.clock.now())).await
    }

    /// A context in a tenant that is known already.
    pub async fn ctx_of(
        self: &Arc<Self>,
        tenant: Arc<TenantInfo>,
        actor: Actor,
        lang: Lang,
        request_id: Uuid,
    ) -> Result<Ctx, Fault> {
        let db = self.store.db(&tenant.code).await?;
        if db.misfit().is_some() {
            return Err(Fault::Maintenance);
        }
        Ok(Ctx::new(Arc::clone(self), tenant, db, actor, lang, request_id))
    }

    /// A context in a tenant whatever its tables are: it is backed up before it is migrated.
    pub(crate) async fn ctx_as_it_is(self: &Arc<Self>, code: &str, actor: Actor) -> Result<Ctx, Fault> {
        let tenant = self.tenant(code).await?.ok_or(Fault::NotFound)?;
        let db = self.store.db(code).await?;
        Ok(Ctx::new(Arc::clone(self), tenant, db, actor, Lang::Zh, new_id(self.clock.now())))
    }

    /// The house itself in the platform's store.
    pub async fn platform_ctx(self: &Arc<Self>) -> Result<Ctx, Fault> {
        let tenant = Arc::new(TenantInfo::platform());
        self.ctx_of(tenant, Actor::System("platform"), Lang::Zh, new_id(self.clock.now())).await
    }

    /// Every kind of job in the house.
    pub fn jobs(&self) -> impl Iterator<Item = &JobKind> {
        self.manifests.iter().flat_map(|m| &m.jobs)
    }

    /// Every listener in the house.
    pub fn listeners(&self) -> impl Iterator<Item = &Listener> {
        self.manifests.iter().flat_map(|m| &m.listeners)
    }

    /// Every action in the house, in the order of the manifests.
    pub fn actions(&self) -> impl Iterator<Item = &'static crate::policy::Action> {
        self.manifests.iter().flat_map(|m| m.actions.iter().copied())
    }

    /// Drops what became stale, in the kernel's own caches.
    pub fn heed(&self, tenant: &str, name: &str) {
        match name {
            ALL => {
                self.policy.forget_all();
                self.keys.forget_all();
                self.plugin_states.forget_all();
                self.tenants.forget_all();
                if tenant == "*" {
                    // Nobody knows what was said meanwhile, of work neither.
                    self.wake.lose_words();
                } else {
                    // Removed, or made anew: the connections are those of another store.
                    self.store.forget(tenant);
                }
            }
            POLICY => self.policy.forget(tenant),
            KEYS => self.keys.forget(tenant),
            PLUGINS => self.plugin_states.forget(tenant),
            TENANTS => self.tenants.forget_all(),
            _ => {}
        }
    }

    /// Something became stale: drops it here, and tells everybody in this process who caches.
    pub fn stale(&self, tenant: &str, name: &str) {
        self.heed(tenant, name);
        self.invalidation.publish(tenant, name);
    }

    /// Everything of a tenant became stale, and its store is another one: here, and in every other process.
    pub(crate) async fn stale_everywhere(&self, tenant: &str) -> Result<(), Fault> {
        self.stale(tenant, ALL);
        self.store
            .notify(crate::store::PLATFORM, &crate::invalidate::channel(self), vec![format!("{tenant}:{ALL}")])
            .await
    }

    /// What a chapter keeps for the life of this process (a cache, a registry): made when first asked for, one of a type.
    ///
    /// # Panics
    /// Never: it is kept under the id of its own type.
    pub fn part<T: Any + Send + Sync>(&self, make: impl FnOnce(&Self) -> T) -> Arc<T> {
        let id = TypeId::of::<T>();
        let kept = self.parts.read().get(&id).map(Arc::clone);
        let part = kept.unwrap_or_else(|| {
            // Made outside the lock, so that making one part may ask for another; the first to be kept wins.
            let fresh: Arc<dyn Any + Send + Sync> = Arc::new(make(self));
            Arc::clone(self.parts.write().entry(id).or_insert(fresh))
        });
        let Ok(part) = part.downcast::<T>() else { unreachable!("a part is of the type it is kept under") };
        part
    }

    /// Tells those who watch a job, here and in other processes.
    pub fn changed_job(&self, tenant: &str, id: Uuid) {
        self.changed_job_here(tenant, id);
        self.wake.tell(|| Hint::Job(tenant.to_owned(), id));
    }

    pub(crate) fn changed_job_here(&self, tenant: &str, id: Uuid) {
        // Nobody watching is no fault.
        let _receivers = self.job_changes.send(JobChanged { tenant: tenant.to_owned(), id });
    }

    /// Watches jobs.
    #[must_use]
    pub fn watch_jobs(&self) -> broadcast::Receiver<JobChanged> {
        self.job_changes.subscribe()
    }
}
