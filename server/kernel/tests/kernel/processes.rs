//! Two processes over one PostgreSQL: each hears what the other changes.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Actor, Kernel, Lang};
use tokio_util::sync::CancellationToken;

use crate::support::{CITY, House};

/// Waits until `what` holds; the test's own patience is the bound.
pub(crate) async fn until(what: impl AsyncFn() -> bool) {
    let waiting = async {
        while !what().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.expect("it never happened");
}

/// Starts listening and waits until it listens.
pub(crate) async fn listening(kernel: &Arc<Kernel>, stop: &CancellationToken) -> tokio::task::JoinHandle<()> {
    let mut stale = kernel.invalidation.subscribe();
    let task = tokio::spawn(kernel::invalidate::run(Arc::clone(kernel), stop.clone()));
    // Whoever begins to listen takes everything for stale.
    let first = tokio::time::timeout(Duration::from_secs(30), stale.recv()).await.unwrap().unwrap();
    assert!(first.concerns(CITY, "keys") && first.concerns("140900", "policy"));
    task
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_rotated_here_is_used_there() {
    let Some(house) = House::postgres().await else { return };
    let (there, stop) = (house.neighbour(), CancellationToken::new());
    let task = listening(&there, &stop).await;
    let ctx_there = there.ctx(CITY, Actor::System("there"), Lang::Zh).await.unwrap();
    let old = ctx_there.keys().await.unwrap();
    let here = house.ctx().await;
    here.rotate_keys().await.unwrap();
    let id = here.new_id();
    let sealed = here.keys().await.unwrap().seal("t", "c", id, &kernel::Pii::new("x")).unwrap();
    assert!(old.open("t", "c", id, &sealed).is_err(), "the old ring does not know the new key");
    until(async || ctx_there.keys().await.unwrap().open("t", "c", id, &sealed).is_ok()).await;
    stop.cancel();
    task.await.unwrap();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_made_anew_here_is_the_new_one_there() {
    let Some(house) = House::postgres().await else { return };
    let (there, stop) = (house.neighbour(), CancellationToken::new());
    let task = listening(&there, &stop).await;
    // There it is known: its keys are opened, its connections are in use.
    let known = there.ctx(CITY, Actor::System("there"), Lang::Zh).await.unwrap();
    known.keys().await.unwrap();
    drop(known);
    house.kernel.remove_tenant(CITY, house.admin.as_deref()).await.unwrap();
    house.city(CITY, "taiyuan").await;
    let here = house.ctx().await;
    let id = here.new_id();
    let sealed = here.keys().await.unwrap().seal("t", "c", id, &kernel::Pii::new("x")).unwrap();
    until(async || {
        let Ok(ctx) = there.ctx(CITY, Actor::System("there"), Lang::Zh).await else { return false };
        let Ok(keys) = ctx.keys().await else { return false };
        keys.open("t", "c", id, &sealed).is_ok()
    })
    .await;
    stop.cancel();
    task.await.unwrap();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_changes_here_is_seen_to_change_there() {
    let Some(house) = House::postgres().await else { return };
    let (there, stop) = (house.neighbour(), CancellationToken::new());
    let tasks = [listening(&there, &stop).await, listening(&house.kernel, &stop).await];
    let mut changes = there.watch_jobs();
    let id = house.ctx().await.new_id();
    house.kernel.changed_job(CITY, id);
    let change = tokio::time::timeout(Duration::from_secs(30), changes.recv()).await.unwrap().unwrap();
    assert_eq!((change.tenant.as_str(), change.id), (CITY, id));
    stop.cancel();
    for task in tasks {
        task.await.unwrap();
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lost_connection_everything_is_taken_for_stale_and_heard_again() {
    let Some(house) = House::postgres().await else { return };
    let (there, stop) = (house.neighbour(), CancellationToken::new());
    let task = listening(&there, &stop).await;
    let mut stale = there.invalidation.subscribe();
    let mut raw = house.raw(CITY).await;
    let listener = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{}t_platform_app' \
         AND query LIKE 'LISTEN%'",
        house.config.database.prefix
    );
    raw.run(&listener).await.unwrap();
    for _ in 0..2 {
        // Once when the connection was lost, once when there is a new one.
        let heard = tokio::time::timeout(Duration::from_secs(30), stale.recv()).await.unwrap().unwrap();
        assert_eq!(heard.name, kernel::invalidate::ALL);
    }
    house.ctx().await.rotate_keys().await.unwrap();
    let heard = tokio::time::timeout(Duration::from_secs(30), stale.recv()).await.unwrap().unwrap();
    assert_eq!((heard.tenant.as_str(), heard.name.as_str()), (CITY, "keys"));
    stop.cancel();
    task.await.unwrap();
    house.close().await;
}

#[tokio::test]
async fn one_process_with_sqlite_has_nobody_to_listen_to() {
    let house = House::sqlite().await;
    kernel::invalidate::run(Arc::clone(&house.kernel), CancellationToken::new()).await;
}
