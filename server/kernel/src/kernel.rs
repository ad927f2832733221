//! What all requests of a process share (共用服务): store, clock, keys, policy, worker's bell. Built once, in boot.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

use entities::tenant;
use parking_lot::RwLock;
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, Set};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::clock::{Clock, new_id};
use crate::config::Config;
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Never, Stop};
use crate::invalidate::{Invalidation, KEYS, POLICY, TENANTS};
use crate::jobs::JobKind;
use crate::keys::{KeyBook, RootKey};
use crate::outbox::Listener;
use crate::plugin::Manifest;
use crate::policy::{Grant, PolicyBook, default_lines};
use crate::store::{PLATFORM, PostgresSettings, Store, StoreSettings};
use crate::text::Lang;
use crate::worker::Wake;

/// A tenant as requests see it (租户信息).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantInfo {
    /// GB/T 2260 code; `platform` for the province.
    pub code: String,
    /// Its name in URLs.
    pub slug: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// `ACTIVE`, `MAINTENANCE` or `SUSPENDED`.
    pub status: String,
    /// The hotline it publishes.
    pub hotline: Option<String>,
}

impl TenantInfo {
    /// The province's own platform?
    #[must_use]
    pub fn is_platform(&self) -> bool {
        self.code == PLATFORM
    }

    fn platform() -> Self {
        Self {
            code: PLATFORM.to_owned(),
            slug: PLATFORM.to_owned(),
            name_zh: "省级平台".to_owned(),
            name_en: "Provincial platform".to_owned(),
            status: "ACTIVE".to_owned(),
            hotline: None,
        }
    }
}

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
    /// Chapters and plugins, alphabetical.
    pub manifests: Vec<Manifest>,
    tenants: RwLock<HashMap<String, Arc<TenantInfo>>>,
    job_changes: broadcast::Sender<JobChanged>,
    parts: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// A tenant to be made (新建租户).
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// GB/T 2260 code of the city.
    pub code: String,
    /// `^[a-z][a-z0-9-]{1,31}$`.
    pub slug: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Hotline, if it has one.
    pub hotline: Option<String>,
}

impl Kernel {
    /// Builds the house from its settings and its list of chapters and plugins.
    pub fn build(config: Config, clock: Arc<dyn Clock>, root: RootKey, manifests: Vec<Manifest>) -> Arc<Self> {
        let root = Arc::new(root);
        let mut sets = vec![migrations::CORE, migrations::PLATFORM];
        sets.extend(manifests.iter().flat_map(|m| m.migrations.iter().copied()));
        let settings = if config.database.url.is_empty() {
            StoreSettings::Sqlite { dir: config.data_dir.clone() }
        } else {
            StoreSettings::Postgres(PostgresSettings {
                url: config.database.url.clone(),
                prefix: config.database.prefix.clone(),
                writers: config.database.writers,
                readers: config.database.readers,
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
            manifests,
            tenants: RwLock::default(),
            job_changes: broadcast::channel(256).0,
            parts: RwLock::default(),
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
        Ok(Ctx::new(Arc::clone(self), tenant, db, actor, lang, request_id))
    }

    /// The tenant of this code or slug.
    pub async fn tenant(self: &Arc<Self>, code_or_slug: &str) -> Result<Option<Arc<TenantInfo>>, Fault> {
        if code_or_slug == PLATFORM {
            return Ok(Some(Arc::new(TenantInfo::platform())));
        }
        if let Some(found) = self.tenants.read().get(code_or_slug) {
            return Ok(Some(Arc::clone(found)));
        }
        let platform = self.platform_ctx().await?;
        let row = tenant::Entity::find()
            .filter(Condition::any().add(tenant::Column::Code.eq(code_or_slug)).add(tenant::Column::Slug.eq(code_or_slug)))
            .one(&platform.scope())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let info = Arc::new(info(row));
        let mut tenants = self.tenants.write();
        tenants.insert(info.code.clone(), Arc::clone(&info));
        tenants.insert(info.slug.clone(), Arc::clone(&info));
        Ok(Some(info))
    }

    /// All tenants, by code.
    pub async fn all_tenants(self: &Arc<Self>) -> Result<Vec<TenantInfo>, Fault> {
        let platform = self.platform_ctx().await?;
        let rows = tenant::Entity::find().order_by_asc(tenant::Column::Code).all(&platform.scope()).await?;
        Ok(rows.into_iter().map(info).collect())
    }

    /// The codes of all stores: the platform's first.
    pub async fn tenant_codes(self: &Arc<Self>) -> Result<Vec<String>, Fault> {
        let mut codes = vec![PLATFORM.to_owned()];
        codes.extend(self.all_tenants().await?.into_iter().map(|t| t.code));
        Ok(codes)
    }

    /// The house itself in the platform's store.
    pub async fn platform_ctx(self: &Arc<Self>) -> Result<Ctx, Fault> {
        let tenant = Arc::new(TenantInfo::platform());
        self.ctx_of(tenant, Actor::System("platform"), Lang::Zh, new_id(self.clock.now())).await
    }

    /// Makes the platform's store if there is none, and brings it up to date.
    pub async fn ensure_platform(self: &Arc<Self>, admin_url: Option<&str>) -> Result<(), Fault> {
        if self.store.exists(PLATFORM).await? {
            self.store.migrate(PLATFORM).await?;
            return Ok(());
        }
        self.store.create(PLATFORM, admin_url).await?;
        self.platform_ctx().await?.create_keys().await
    }

    /// Makes a tenant: its store, its keys, its line in the platform.
    pub async fn create_tenant(self: &Arc<Self>, new: NewTenant, admin_url: Option<&str>) -> Result<(), Fault> {
        self.store.create(&new.code, admin_url).await?;
        let platform = self.platform_ctx().await?;
        let now = platform.now();
        let code = new.code.clone();
        let tenant = Arc::new(TenantInfo {
            code: new.code.clone(),
            slug: new.slug.clone(),
            name_zh: new.name_zh.clone(),
            name_en: new.name_en.clone(),
            status: "ACTIVE".to_owned(),
            hotline: new.hotline.clone(),
        });
        let request = platform.request_id();
        self.ctx_of(tenant, Actor::System("tenant"), Lang::Zh, request).await?.create_keys().await?;
        // The line comes last: a tenant that is listed is whole.
        let row = tenant::ActiveModel {
            code: Set(new.code),
            slug: Set(new.slug),
            name_zh: Set(new.name_zh),
            name_en: Set(new.name_en),
            status: Set("ACTIVE".to_owned()),
            generation: Set(1),
            database_url: Set(None),
            hotline: Set(new.hotline),
            created_at: Set(now),
        };
        let saved: Result<(), Stop<Never>> = platform
            .quietly(|tx| async move {
                tenant::Entity::insert(row).exec_without_returning(&tx).await?;
                tx.invalidate(TENANTS);
                Ok(())
            })
            .await;
        saved.map_err(Stop::into_fault)?;
        self.wake.notify(&code);
        Ok(())
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

    /// Drops what became stale, here.
    pub fn heed(&self, tenant: &str, name: &str) {
        match name {
            POLICY => self.policy.forget(tenant),
            KEYS => self.keys.forget(tenant),
            TENANTS => self.tenants.write().clear(),
            _ => {}
        }
    }

    /// What a chapter keeps for the life of this process (a cache, a registry): made when first asked for, one of a type.
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

    /// Tells those who watch a job.
    pub fn changed_job(&self, tenant: &str, id: Uuid) {
        // Nobody watching is no fault.
        let _receivers = self.job_changes.send(JobChanged { tenant: tenant.to_owned(), id });
    }

    /// Watches jobs.
    #[must_use]
    pub fn watch_jobs(&self) -> broadcast::Receiver<JobChanged> {
        self.job_changes.subscribe()
    }
}

fn info(row: tenant::Model) -> TenantInfo {
    TenantInfo {
        code: row.code,
        slug: row.slug,
        name_zh: row.name_zh,
        name_en: row.name_en,
        status: row.status,
        hotline: row.hotline,
    }
}

impl Kernel {
    /// Sets a tenant's status: `ACTIVE`, `MAINTENANCE` or `SUSPENDED`.
    pub async fn set_tenant_status(self: &Arc<Self>, code: &str, status: &'static str) -> Result<(), Fault> {
        let platform = self.platform_ctx().await?;
        let code = code.to_owned();
        let saved: Result<(), Stop<Never>> = platform
            .quietly(|tx| async move {
                tenant::Entity::update_many()
                    .col_expr(tenant::Column::Status, sea_orm::sea_query::Expr::value(status))
                    .filter(tenant::Column::Code.eq(code))
                    .filter(tenant::Column::Status.ne(status))
                    .exec(&tx)
                    .await?;
                tx.invalidate(TENANTS);
                Ok(())
            })
            .await;
        self.tenants.write().clear();
        saved.map_err(Stop::into_fault)
    }

    /// Removes a tenant: its line first, so that nobody finds it half gone, then its store.
    pub async fn remove_tenant(self: &Arc<Self>, code: &str, admin_url: Option<&str>) -> Result<(), Fault> {
        let platform = self.platform_ctx().await?;
        let key = code.to_owned();
        let saved: Result<(), Stop<Never>> = platform
            .quietly(|tx| async move {
                tenant::Entity::delete_many().filter(tenant::Column::Code.eq(key)).exec(&tx).await?;
                tx.invalidate(TENANTS);
                Ok(())
            })
            .await;
        saved.map_err(Stop::into_fault)?;
        self.tenants.write().clear();
        self.keys.forget(code);
        self.policy.forget(code);
        self.store.remove(code, admin_url).await
    }
}
