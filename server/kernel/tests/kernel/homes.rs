//! Cities with a PostgreSQL server of their own.

use std::sync::Arc;

use kernel::kernel::NewTenant;
use kernel::keys::{RootKey, rotate_root};
use kernel::{Actor, Kernel, Lang};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tokio_util::sync::CancellationToken;

use crate::processes::{listening, until};
use crate::support::{House, OTHER, build_under, root, value};
use crate::writing;

/// Another database, as a city of its own would have it on another machine.
struct Elsewhere {
    name: String,
    admin: String,
    /// Without a user, as the platform keeps it.
    url: String,
}

impl Elsewhere {
    async fn of(house: &House) -> Self {
        let admin = house.admin.as_deref().unwrap();
        let name = format!("{}elsewhere", house.config.database.prefix);
        run(admin, &format!("CREATE DATABASE {name}")).await;
        let at = |url: &str| format!("{}/{name}", url.rsplit_once('/').unwrap().0);
        Self { admin: at(admin), url: at(&house.config.database.url), name }
    }

    async fn city(&self, house: &House) {
        let new = NewTenant {
            code: OTHER.to_owned(),
            slug: "datong".to_owned(),
            name_zh: "某市".to_owned(),
            name_en: "City".to_owned(),
            hotline: None,
        };
        house.kernel.create_tenant_at(new, Some(&self.url), Some(&self.admin)).await.unwrap();
    }

    /// Removes the city, the house and the database.
    async fn close(self, house: House) {
        house.kernel.remove_tenant(OTHER, Some(&self.admin)).await.unwrap();
        let admin = house.admin.clone().unwrap();
        house.close().await;
        run(&admin, &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn run(url: &str, sql: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
}

/// Is there a schema of this city in the database?
async fn is_in(house: &House, url: &str) -> bool {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let schema = format!("{}t_{OTHER}", house.config.database.prefix);
    let found = sqlx::query("SELECT 1 FROM pg_namespace WHERE nspname = $1").bind(schema);
    found.fetch_optional(&mut connection).await.unwrap().is_some()
}

async fn write(kernel: &Arc<Kernel>, name: &'static str) {
    let ctx = kernel.ctx(OTHER, Actor::System("test"), Lang::Zh).await.unwrap();
    writing::write(&ctx, name).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_lives_on_a_server_of_its_own_and_every_process_finds_it_there() {
    let Some(house) = House::postgres().await else { return };
    let elsewhere = Elsewhere::of(&house).await;
    elsewhere.city(&house).await;
    assert!(is_in(&house, &elsewhere.admin).await);
    assert!(!is_in(&house, house.admin.as_deref().unwrap()).await, "nothing of it is beside the platform");
    write(&house.kernel, "one").await;
    // A process that learns of the city from the platform's list alone.
    let there = house.neighbour();
    let ctx = there.ctx(OTHER, Actor::System("there"), Lang::Zh).await.unwrap();
    assert_eq!(value(&ctx, "one").await, Some(json!(1)));
    // What becomes stale in that city is said on its own server, and heard.
    let stop = CancellationToken::new();
    let mut stale = there.invalidation.subscribe();
    let task = listening(&there, &stop).await;
    for _ in 0..2 {
        // Of each server once, when it is listened to.
        assert_eq!(stale.recv().await.unwrap().name, kernel::invalidate::ALL);
    }
    let here = house.ctx_in(OTHER).await;
    here.rotate_keys().await.unwrap();
    let sealed = here.keys().await.unwrap().seal("t", "c", here.request_id(), &kernel::Pii::new("x")).unwrap();
    until(async || ctx.keys().await.unwrap().open("t", "c", here.request_id(), &sealed).is_ok()).await;
    stop.cancel();
    task.await.unwrap();
    drop(ctx);
    elsewhere.close(house).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_moves_to_a_server_of_its_own_with_a_backup() {
    let Some(house) = House::postgres().await else { return };
    house.city(OTHER, "datong").await;
    write(&house.kernel, "one").await;
    let file = house.config.data_dir.join("datong.backup");
    kernel::backup::backup(&house.kernel, OTHER, &file).await.unwrap();
    let elsewhere = Elsewhere::of(&house).await;
    // The roles are the cluster's: in this test, as on one machine, the old ones have to go first.
    house.kernel.store.remove(OTHER, house.admin.as_deref()).await.unwrap();
    kernel::backup::restore_at(&house.kernel, &file, Some(&elsewhere.url), Some(&elsewhere.admin)).await.unwrap();
    assert!(is_in(&house, &elsewhere.admin).await);
    write(&house.kernel, "two").await;
    let there = house.neighbour().ctx(OTHER, Actor::System("there"), Lang::Zh).await.unwrap();
    assert_eq!(value(&there, "one").await, Some(json!(1)));
    assert_eq!(value(&there, "two").await, Some(json!(1)));
    drop(there);
    elsewhere.close(house).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_its_own_is_refused_where_the_platform_is_in_files() {
    let house = House::sqlite().await;
    let new = NewTenant {
        code: OTHER.to_owned(),
        slug: "datong".to_owned(),
        name_zh: "某市".to_owned(),
        name_en: "City".to_owned(),
        hotline: None,
    };
    let refused = house.kernel.create_tenant_at(new, Some("postgres://db7/yizhan"), None).await.unwrap_err();
    assert!(refused.to_string().contains("the platform is in files"), "{refused}");
    assert!(house.kernel.tenant(OTHER).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_root_key_is_replaced_on_every_server() {
    let Some(mut house) = House::postgres().await else { return };
    let elsewhere = Elsewhere::of(&house).await;
    elsewhere.city(&house).await;
    write(&house.kernel, "before").await;
    let next = || RootKey::new([8; 32]);
    let both = build_under(&house.config, &house.clock, root().with_next(next()));
    for code in both.tenant_codes().await.unwrap() {
        house.kernel.store.close(&code).await.unwrap();
        assert_eq!(rotate_root(&both, &code, house.admin.as_deref()).await.unwrap().keys, 2, "{code}");
    }
    house.kernel = build_under(&house.config, &house.clock, next());
    write(&house.kernel, "after").await;
    house.kernel.ctx(OTHER, Actor::System("test"), Lang::Zh).await.unwrap().keys().await.unwrap();
    elsewhere.close(house).await;
}
