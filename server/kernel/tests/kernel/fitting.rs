//! Stores and builds that do not fit each other: one city in maintenance, the others at work.

use std::sync::Arc;
use std::time::Duration;

use kernel::backup::{backup, inspect};
use kernel::{Actor, Fault, Kernel, Lang};
use migrations::{Migration, MigrationSet, Step, table};
use tokio_util::sync::CancellationToken;

use crate::on_both;
use crate::support::{CITY, House, OTHER, build_newer, root};

on_both! {
    a_city_whose_tables_are_not_those_of_the_build_is_in_maintenance_alone,
    a_city_that_was_migrated_is_taken_up_without_a_restart,
}

/// What the newer build brings along.
pub(crate) const LATER: MigrationSet =
    MigrationSet { owner: "later", migrations: &[Migration { name: "0001_later", steps: later }] };

fn later() -> Vec<Step> {
    vec![Step::Create(table("later").id())]
}

async fn opens(kernel: &Arc<Kernel>, code: &str) -> bool {
    match kernel.ctx(code, Actor::System("test"), Lang::Zh).await {
        Ok(_) => true,
        Err(Fault::Maintenance) => false,
        Err(fault) => panic!("{fault}"),
    }
}

async fn a_city_whose_tables_are_not_those_of_the_build_is_in_maintenance_alone(mut house: House) {
    house.city(OTHER, "datong").await;
    assert_eq!((opens(&house.kernel, CITY).await, opens(&house.kernel, OTHER).await), (true, true));
    let newer = build_newer(&house.config, &house.clock);
    newer.ensure_platform(house.admin.as_deref()).await.unwrap();
    assert_eq!((opens(&newer, CITY).await, opens(&newer, OTHER).await), (false, false));
    assert_eq!(newer.migrate_tenant(OTHER).await.unwrap(), 1);
    assert_eq!((opens(&newer, CITY).await, opens(&newer, OTHER).await), (false, true));
    let found = newer.store.db(CITY).await.unwrap();
    let found = found.misfit().unwrap();
    assert_eq!((found.lacks.as_slice(), found.unknown.len()), (["later/0001_later".to_owned()].as_slice(), 0));
    // It is listed, and can be backed up before it is migrated.
    assert_eq!(newer.all_tenants().await.unwrap().len(), 2);
    let path = house.dir.path().join("taiyuan.backup");
    backup(&newer, CITY, &path).await.unwrap();
    assert_eq!(inspect(&root(), &path).unwrap().code, CITY);
    // An older build, which opens it after it was migrated, does not know its tables.
    assert_eq!((opens(&house.kernel, CITY).await, opens(&house.kernel, OTHER).await), (true, true), "it has it open");
    house.kernel.stale(OTHER, kernel::invalidate::ALL);
    assert_eq!((opens(&house.kernel, CITY).await, opens(&house.kernel, OTHER).await), (true, false));
    assert_eq!(house.kernel.store.db(OTHER).await.unwrap().misfit().unwrap().unknown, ["later/0001_later"]);
    house.kernel = newer;
    house.close().await;
}

/// Waits until the city opens.
async fn comes_back(kernel: &Arc<Kernel>) {
    let back = async {
        while !opens(kernel, CITY).await {
            let _passed = tokio::time::timeout(Duration::from_millis(50), std::future::pending::<()>()).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), back).await.unwrap();
}

async fn a_city_that_was_migrated_is_taken_up_without_a_restart(mut house: House) {
    let server = build_newer(&house.config, &house.clock);
    server.ensure_platform(house.admin.as_deref()).await.unwrap();
    assert!(!opens(&server, CITY).await);
    // Whoever does not hear of it looks again after a while.
    let deaf = build_newer(&house.config, &house.clock);
    assert!(!opens(&deaf, CITY).await);
    let stop = CancellationToken::new();
    let listening = tokio::spawn(kernel::invalidate::run(Arc::clone(&server), stop.clone()));
    let elsewhere = build_newer(&house.config, &house.clock);
    assert_eq!(elsewhere.migrate_tenant(CITY).await.unwrap(), 1);
    comes_back(&server).await;
    comes_back(&deaf).await;
    assert!(opens(&elsewhere, CITY).await);
    stop.cancel();
    listening.await.unwrap();
    house.kernel = server;
    house.close().await;
}
