//! Builders for tests (测试构造器): a province with two cities in a temporary directory, its officers, its worker.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::ctx::{AccountActor, Via};
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::policy::{Held, ScopeKind};
use kernel::worker::Worker;
use kernel::{Actor, Ctx, Fault, Kernel, Lang};
use uuid::Uuid;

/// Code of the first city.
pub const TAIYUAN: &str = "140100";
/// Code of the second.
pub const DATONG: &str = "140200";
/// Code of the province's store.
pub const PLATFORM: &str = "platform";

/// With `YIZHAN_STORIES_ON=postgres` the same stories run on the server that `scripts/with-postgres` started, each house
/// under names of its own; gives back the administrator's URL.
fn on_postgres(config: &mut Config) -> Option<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if std::env::var("YIZHAN_STORIES_ON").as_deref() != Ok("postgres") {
        return None;
    }
    let url = std::env::var("YIZHAN_TEST_PG_ADMIN_URL").ok()?;
    config.database.prefix = format!("oversight{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    config.database.url.clone_from(&url);
    Some(url)
}

/// A province (省) with two cities.
pub struct Province {
    /// Its kernel.
    pub kernel: Arc<Kernel>,
    /// Its clock.
    pub clock: ManualClock,
    admin: Option<String>,
}

impl Province {
    /// Builds it under `dir`; the clock stands at `now`.
    pub async fn build(dir: &Path, now: DateTime<Utc>) -> Result<Self, Fault> {
        let mut config = Config::load(None, std::iter::empty())?;
        config.data_dir = dir.to_owned();
        let admin = on_postgres(&mut config);
        let clock = ManualClock::at(now);
        let manifests = vec![kernel::house::manifest(), people::manifest(), markets::manifest(), crate::manifest()];
        let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests);
        kernel.ensure_platform(admin.as_deref()).await?;
        let province = Self { kernel, clock, admin };
        province.found(TAIYUAN).await?;
        province.found(DATONG).await?;
        Ok(province)
    }

    /// Sets a city up, empty.
    async fn found(&self, code: &str) -> Result<(), Fault> {
        let (slug, zh, en) =
            if code == TAIYUAN { ("taiyuan", "太原", "Taiyuan") } else { ("datong", "大同市", "Datong") };
        let tenant = NewTenant {
            code: code.to_owned(),
            slug: slug.to_owned(),
            name_zh: zh.to_owned(),
            name_en: en.to_owned(),
            hotline: None,
        };
        self.kernel.create_tenant(tenant, self.admin.as_deref()).await
    }

    /// Takes a city away and sets it up anew, empty.
    pub async fn reset(&self, code: &str) -> Result<(), Fault> {
        self.kernel.remove_tenant(code, self.admin.as_deref()).await?;
        self.found(code).await
    }

    /// Somebody with `role` in the whole of `tenant`.
    pub async fn officer(&self, tenant: &str, role: &str) -> Result<Ctx, Fault> {
        self.actor(tenant, role, ScopeKind::City, "", Lang::Zh).await
    }

    /// Somebody with `role` in a scope of `tenant`.
    pub async fn actor(&self, tenant: &str, role: &str, kind: ScopeKind, key: &str, lang: Lang) -> Result<Ctx, Fault> {
        let account = AccountActor {
            id: Uuid::from_u128(1),
            username: format!("{role}1"),
            held: Arc::from([Held { role: role.to_owned(), kind, key: key.to_owned(), until: None }]),
            via: Via::Session(Uuid::from_u128(2)),
            restricted: false,
        };
        self.kernel.ctx(tenant, Actor::Account(account), lang).await
    }

    /// The house itself in `tenant`.
    pub async fn house(&self, tenant: &str) -> Result<Ctx, Fault> {
        self.kernel.ctx(tenant, Actor::System("test"), Lang::Zh).await
    }

    /// Does everything that waits in every store, there and back.
    pub async fn settle(&self) -> Result<(), Fault> {
        let mut worker = Worker::new(Arc::clone(&self.kernel), "test".to_owned());
        for code in [TAIYUAN, DATONG, PLATFORM, TAIYUAN, DATONG] {
            worker.drain(code).await?;
        }
        Ok(())
    }
}
