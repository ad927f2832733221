//! Builders for tests (测试构造器): a province with two cities in a temporary directory, its officers, its worker.

use std::path::Path;
use std::sync::Arc;

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

/// A province (省) with two cities.
pub struct Province {
    /// Its kernel.
    pub kernel: Arc<Kernel>,
    /// Its clock.
    pub clock: ManualClock,
}

impl Province {
    /// Builds it under `dir`; the clock stands at `now`.
    pub async fn build(dir: &Path, now: DateTime<Utc>) -> Result<Self, Fault> {
        let mut config = Config::load(None, std::iter::empty())?;
        config.data_dir = dir.to_owned();
        let clock = ManualClock::at(now);
        let manifests = vec![kernel::house::manifest(), crate::manifest()];
        let kernel = Kernel::build(config, Arc::new(clock.clone()), RootKey::new([7; 32]), manifests);
        kernel.ensure_platform(None).await?;
        for (code, slug, zh, en) in [(TAIYUAN, "taiyuan", "太原", "Taiyuan"), (DATONG, "datong", "大同市", "Datong")] {
            let tenant = NewTenant {
                code: code.to_owned(),
                slug: slug.to_owned(),
                name_zh: zh.to_owned(),
                name_en: en.to_owned(),
                hotline: None,
            };
            kernel.create_tenant(tenant, None).await?;
        }
        Ok(Self { kernel, clock })
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
