//! A PostgreSQL database of its own for each test, on the server that `scripts/with-postgres` started.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kernel::Kernel;
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use sea_orm::{ConnectionTrait as _, Database, DatabaseBackend, DatabaseConnection, Statement};

/// A database that nobody else uses, and the names under which a house in it keeps its schemas and roles.
pub(crate) struct Fresh {
    /// As the administrator reaches it.
    pub(crate) url: String,
    pub(crate) prefix: String,
}

impl Fresh {
    pub(crate) async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let admin = std::env::var("YIZHAN_TEST_PG_ADMIN_URL")
            .expect("PostgreSQL is not here; run this as: scripts/with-postgres cargo test …");
        // Roles belong to the whole server, so each test has names of its own.
        let prefix = format!("law{}_{}_", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let name = prefix.trim_end_matches('_');
        connect(&admin).await.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
        let (server, _) = admin.rsplit_once('/').expect("the URL names a database");
        Self { url: format!("{server}/{name}"), prefix: prefix.clone() }
    }

    /// How many transactions are open in it and wait for their client.
    pub(crate) async fn open_transactions(&self) -> i64 {
        let name = self.prefix.trim_end_matches('_');
        let query = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}' AND state LIKE 'idle in transaction%'"
        );
        let rows =
            connect(&self.url).await.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, query)).await;
        let rows = rows.expect("PostgreSQL says what it does");
        rows[0].try_get_by_index(0).expect("a number")
    }

    /// The schema of a tenant.
    pub(crate) fn schema(&self, code: &str) -> String {
        format!("{}t_{code}", self.prefix)
    }
}

#[expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "making a database is an administrator's business"
)]
async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("PostgreSQL opens")
}

/// A house in `fresh` with the platform and one city.
pub(crate) async fn house(fresh: &Fresh) -> Arc<Kernel> {
    let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
    config.database.url.clone_from(&fresh.url);
    config.database.prefix.clone_from(&fresh.prefix);
    let noon = chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a moment in 2026");
    let manifests = crate::house::manifests();
    let kernel = Kernel::build(config, Arc::new(ManualClock::at(noon)), RootKey::new([7; 32]), manifests);
    kernel.ensure_platform(Some(&fresh.url)).await.expect("the platform is made");
    city(&kernel, fresh, "140100", "taiyuan").await;
    kernel
}

/// Another city in `kernel`.
pub(crate) async fn city(kernel: &Arc<Kernel>, fresh: &Fresh, code: &str, slug: &str) {
    let new = NewTenant {
        code: code.to_owned(),
        slug: slug.to_owned(),
        name_zh: "某市".to_owned(),
        name_en: "A city".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(new, Some(&fresh.url)).await.expect("the city is made");
}
