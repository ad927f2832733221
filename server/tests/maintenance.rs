//! Maintenance (维护): a city whose tables are not those of the build answers so, and nobody else notices.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use kernel::config::Config;
use kernel::kernel::{Kernel, NewTenant};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

async fn city(kernel: &Arc<Kernel>, code: &str, slug: &str) {
    let new = NewTenant {
        code: code.to_owned(),
        slug: slug.to_owned(),
        name_zh: "某市".to_owned(),
        name_en: "City".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(new, None).await.unwrap();
}

#[expect(clippy::disallowed_methods, reason = "another build's work, behind the store's back")]
async fn migrated_by_a_later_build(kernel: &Arc<Kernel>, code: &str) {
    kernel.store.close(code).await.unwrap();
    let file = kernel.store.file(code).unwrap();
    let db = sea_orm::Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    let line = "INSERT INTO migration_ledger (owner, name, checksum) VALUES ('core', '9999_later', 'x')";
    db.execute_unprepared(line).await.unwrap();
    db.close().await.unwrap();
}

async fn asked(address: &str, slug: &str) -> (u16, Value) {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let question = json!({"query": "{ city { slug } }"});
    let answer = client.post(format!("http://{address}/{slug}/graphql")).json(&question).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_does_not_fit_the_build_answers_maintenance_and_the_others_and_readyz_go_on() {
    let dir = TempDir::new().unwrap();
    let mut config = Config::load(None, std::iter::empty()).unwrap();
    config.data_dir = dir.path().to_owned();
    let kernel = yizhan::boot::kernel(config).unwrap();
    kernel.ensure_platform(None).await.unwrap();
    city(&kernel, "140100", "taiyuan").await;
    city(&kernel, "140200", "datong").await;
    migrated_by_a_later_build(&kernel, "140200").await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(yizhan::commands::serve::run_until(kernel, listener, true, stop.clone()));
    let (status, answer) = asked(&address, "taiyuan").await;
    assert_eq!((status, &answer["data"]["city"]["slug"]), (200, &json!("taiyuan")), "{answer}");
    for _ in 0..2 {
        let (status, answer) = asked(&address, "datong").await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (503, &json!("MAINTENANCE")), "{answer}");
        assert_eq!(answer.get("data"), None, "{answer}");
    }
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ready = async || client.get(format!("http://{address}/readyz")).send().await.unwrap().status().as_u16();
    // It is not ready while its stores take long to answer, which a busy machine may make them.
    let asking = async { while ready().await != 200 {} };
    tokio::time::timeout(std::time::Duration::from_secs(30), asking).await.unwrap();
    stop.cancel();
    serving.await.unwrap().unwrap();
}
