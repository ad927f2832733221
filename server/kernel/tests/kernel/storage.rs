//! The store: who may do what below the application, and what is open.

use entities::{audit_entry, key_ring, setting};
use kernel::audit::{checkpoint, verify};
use kernel::kernel::NewTenant;
use kernel::{Never, Pii, Stop};
use sea_orm::{EntityTrait as _, Set};
use serde_json::json;

use crate::on_both;
use crate::support::{CITY, House, OTHER, Raw, WRITE, entries, rows, value};
use crate::writing::write;

on_both! {
    a_city_that_is_there_is_never_made_again,
    making_a_city_can_be_taken_up_where_it_was_cut_short,
    a_rotated_key_seals_what_comes_and_the_old_one_opens_what_was,
    a_value_opens_only_where_it_was_sealed,
    databases_long_unused_are_closed_and_opened_again,
    a_city_made_anew_begins_its_audit_and_its_keys_anew,
    the_provinces_audit_tells_of_every_city_made_stopped_and_removed,
    what_a_row_holds_does_not_reach_the_log,
    a_city_never_sees_anothers_rows,
}

fn city(code: &str, slug: &str) -> NewTenant {
    NewTenant {
        code: code.to_owned(),
        slug: slug.to_owned(),
        name_zh: "某市".to_owned(),
        name_en: "City".to_owned(),
        hotline: None,
    }
}

async fn a_city_that_is_there_is_never_made_again(house: House) {
    write(&house.ctx().await, "one").await;
    let admin = house.admin.as_deref();
    assert!(house.kernel.create_tenant(city(CITY, "another"), admin).await.is_err());
    assert!(house.kernel.create_tenant(city("140300", "taiyuan"), admin).await.is_err());
    assert!(house.kernel.store.create(CITY, admin).await.is_err());
    assert_eq!(value(&house.ctx().await, "one").await, Some(json!(1)));
    assert!(!house.kernel.store.exists("140300").await.unwrap());
    house.close().await;
}

async fn making_a_city_can_be_taken_up_where_it_was_cut_short(house: House) {
    // The store was made, and then the power went.
    house.kernel.store.create(OTHER, house.admin.as_deref()).await.unwrap();
    house.city(OTHER, "datong").await;
    let ctx = house.ctx_in(OTHER).await;
    ctx.keys().await.unwrap();
    assert_eq!(rows::<key_ring::Entity>(&ctx).await, 2);
    house.close().await;
}

async fn a_rotated_key_seals_what_comes_and_the_old_one_opens_what_was(house: House) {
    let ctx = house.ctx().await;
    let id = ctx.new_id();
    let old = ctx.keys().await.unwrap();
    let before = old.seal("t", "c", id, &Pii::new("旧")).unwrap();
    let (index, link) = (old.blind("phone", &Pii::new("1")), old.link_key());
    assert_eq!(ctx.rotate_keys().await.unwrap(), 2);
    let new = ctx.keys().await.unwrap();
    let after = new.seal("t", "c", id, &Pii::new("新")).unwrap();
    assert_eq!(
        (before.get(1..5), after.get(1..5)),
        (Some(&[0, 0, 0, 1][..]), Some(&[0, 0, 0, 2][..])),
        "the key's number"
    );
    assert_eq!(new.open("t", "c", id, &before).unwrap(), "旧".into());
    assert_eq!(new.open("t", "c", id, &after).unwrap(), "新".into());
    // Indexes and links live on.
    assert_eq!((new.blind("phone", &Pii::new("1")), new.link_key()), (index, link));
    let entry = audit_entry::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((entry.operation.as_str(), entry.detail), ("key.rotate", json!({"generation": 2})));
    house.close().await;
}

async fn a_value_opens_only_where_it_was_sealed(house: House) {
    house.city(OTHER, "datong").await;
    let ctx = house.ctx().await;
    let (id, ring) = (ctx.new_id(), ctx.keys().await.unwrap());
    let sealed = ring.seal("t", "c", id, &Pii::new("x")).unwrap();
    assert!(ring.open("t", "c", id, &sealed).is_ok());
    assert!(ring.open("t", "c", ctx.new_id(), &sealed).is_err());
    assert!(ring.open("t", "d", id, &sealed).is_err());
    let other = house.ctx_in(OTHER).await.keys().await.unwrap();
    assert!(other.open("t", "c", id, &sealed).is_err());
    assert_ne!(ring.blind("phone", &Pii::new("1")), other.blind("phone", &Pii::new("1")));
    house.close().await;
}

async fn databases_long_unused_are_closed_and_opened_again(house: House) {
    let admin = house.admin.clone();
    house.close().await;
    let house = House::with(admin, |c| c.database.keep_open = 3).await;
    let codes = ["140200", "140300", "140400", "140500"];
    for (n, code) in codes.iter().enumerate() {
        house.city(code, &format!("city{n}")).await;
        write(&house.ctx_in(code).await, code).await;
        assert!(house.kernel.store.open_count() <= 3);
    }
    for code in codes {
        assert_eq!(value(&house.ctx_in(code).await, code).await, Some(json!(1)));
    }
    // A database in use is never closed under its user.
    let held = house.ctx_in("140200").await;
    for code in codes {
        house.ctx_in(code).await;
    }
    write(&held, "still").await;
    assert_eq!(value(&held, "still").await, Some(json!(1)));
    house.close().await;
}

async fn a_city_never_sees_anothers_rows(house: House) {
    house.city(OTHER, "datong").await;
    write(&house.ctx().await, "mine").await;
    let other = house.ctx_in(OTHER).await;
    assert_eq!(rows::<setting::Entity>(&other).await, 0);
    assert_eq!(rows::<audit_entry::Entity>(&other).await, 0);
    house.close().await;
}

#[tokio::test]
async fn postgres_binds_the_application_to_its_own_rows() {
    let Some(house) = House::postgres().await else { return };
    house.city(OTHER, "datong").await;
    write(&house.ctx().await, "one").await;
    let prefix = house.config.database.prefix.clone();
    let mut app = house.application(CITY).await;
    app.run("SELECT * FROM audit_entry").await.unwrap();
    app.run("UPDATE setting SET changed_by = NULL").await.unwrap();
    for (sql, refusal) in [
        ("UPDATE audit_entry SET result = 'X'", "permission denied"),
        ("DELETE FROM audit_entry", "permission denied"),
        ("TRUNCATE audit_entry CASCADE", "permission denied"),
        ("UPDATE audit_seal SET algorithm = 2", "permission denied"),
        ("DELETE FROM audit_seal", "permission denied"),
        ("UPDATE audit_checkpoint SET seq = 0", "permission denied"),
        ("DELETE FROM audit_checkpoint", "permission denied"),
        ("DROP TABLE setting", "must be owner"),
        ("ALTER TABLE setting ADD COLUMN x text", "must be owner"),
        ("ALTER TABLE audit_entry DISABLE TRIGGER ALL", "must be owner"),
        ("CREATE TABLE mine (x int)", "permission denied"),
        ("CREATE TABLE public.mine (x int)", "permission denied"),
        ("SET session_replication_role = replica", "permission denied"),
        (&format!("SET ROLE {prefix}t_{CITY}_ddl"), "permission denied"),
        (&format!("SELECT * FROM {prefix}t_{OTHER}.setting"), "permission denied for schema"),
        (&format!("SELECT * FROM {prefix}t_platform.tenant"), "permission denied for schema"),
        (&format!("INSERT INTO {prefix}t_{OTHER}.setting SELECT * FROM setting"), "permission denied for schema"),
    ] {
        let refused = app.run(sql).await.expect_err(sql).to_string();
        assert!(refused.contains(refusal), "{sql}: {refused}");
    }
    // The owner of the tables is not the owner of other cities' either.
    let mut ddl = house.owner(CITY).await;
    let refused = ddl.run(&format!("SELECT * FROM {prefix}t_{OTHER}.setting")).await.unwrap_err().to_string();
    assert!(refused.contains("permission denied for schema"), "{refused}");
    drop((app, ddl));
    house.close().await;
}

#[tokio::test]
async fn postgres_keeps_its_connections_between_transactions() {
    let Some(house) = House::postgres().await else { return };
    let ctx = house.ctx().await;
    write(&ctx, "warm").await;
    let pids = |raw: Raw| async {
        let Raw::Postgres(mut c) = raw else { unreachable!() };
        let sql = format!(
            "SELECT pid FROM pg_stat_activity WHERE usename = '{}t_{CITY}_app' ORDER BY pid",
            house.config.database.prefix
        );
        sqlx::query_scalar::<_, i32>(sqlx::AssertSqlSafe(sql)).fetch_all(&mut c).await.unwrap()
    };
    let before = pids(house.raw(CITY).await).await;
    assert!(!before.is_empty());
    for n in 0..20 {
        write(&ctx, &format!("n{n}")).await;
    }
    let after = pids(house.raw(CITY).await).await;
    // Of those before some may have been on their way out; nothing new was opened.
    assert!(!after.is_empty() && after.iter().all(|pid| before.contains(pid)), "{before:?} became {after:?}");
    house.close().await;
}

async fn a_city_made_anew_begins_its_audit_and_its_keys_anew(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "one").await;
    checkpoint(&ctx).await.unwrap();
    let (id, old) = (ctx.new_id(), ctx.keys().await.unwrap());
    drop(ctx);
    house.kernel.remove_tenant(CITY, house.admin.as_deref()).await.unwrap();
    let kept = house.config.data_dir.join("checkpoints");
    let names: Vec<String> =
        std::fs::read_dir(&kept).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.len(), 1, "what was signed is not lost");
    assert!(names[0].starts_with("140100.before-"), "{names:?}");
    house.city(CITY, "taiyuan").await;
    let ctx = house.ctx().await;
    write(&ctx, "two").await;
    checkpoint(&ctx).await.unwrap();
    let found = verify(&ctx).await.unwrap();
    assert_eq!((found.checkpoints, found.broken), (1, None));
    let sealed = ctx.keys().await.unwrap().seal("t", "c", id, &Pii::new("x")).unwrap();
    assert!(old.open("t", "c", id, &sealed).is_err(), "the keys are others");
    house.close().await;
}

async fn the_provinces_audit_tells_of_every_city_made_stopped_and_removed(house: House) {
    house.kernel.set_tenant_status(CITY, "MAINTENANCE").await.unwrap();
    house.kernel.set_tenant_status(CITY, "MAINTENANCE").await.unwrap();
    house.kernel.remove_tenant(CITY, house.admin.as_deref()).await.unwrap();
    let platform = house.kernel.platform_ctx().await.unwrap();
    let told: Vec<_> = entries(&platform).await.into_iter().map(|e| (e.operation, e.detail["code"].clone())).collect();
    let line = |operation: &str| (operation.to_owned(), json!(CITY));
    assert_eq!(told, [line("tenant.create"), line("tenant.set_status"), line("tenant.remove")]);
    house.close().await;
}

async fn what_a_row_holds_does_not_reach_the_log(house: House) {
    let ctx = house.ctx().await;
    let insert = async |name: &str| {
        let row = tenant(name);
        let done: Result<(), Stop<Never>> = house
            .kernel
            .platform_ctx()
            .await
            .unwrap()
            .transact(&WRITE, |tx| async move {
                entities::tenant::Entity::insert(row).exec_without_returning(&tx).await?;
                Ok(())
            })
            .await;
        done.map_err(Stop::into_fault)
    };
    insert("140800").await.unwrap();
    let fault = insert("140900").await.unwrap_err();
    if house.admin.is_some() {
        assert!(format!("{fault:?}").contains("marker-slug"), "the database repeats it: {fault:?}");
    }
    let cause = fault.cause().to_string();
    assert!(cause.contains("the database answered") && cause.contains("tenant"), "{cause}");
    assert!(!cause.contains("marker-slug") && !fault.to_string().contains("marker-slug"), "{cause}");
    drop(ctx);
    let platform = house.kernel.platform_ctx().await.unwrap();
    let removed: Result<(), Stop<Never>> = platform
        .quietly(|tx| async move {
            entities::tenant::Entity::delete_by_id("140800").exec(&tx).await?;
            Ok(())
        })
        .await;
    removed.unwrap();
    house.close().await;
}

/// Two of these cannot be listed: they have one slug.
fn tenant(code: &str) -> entities::tenant::ActiveModel {
    entities::tenant::ActiveModel {
        code: Set(code.to_owned()),
        slug: Set("marker-slug".to_owned()),
        name_zh: Set("某市".to_owned()),
        name_en: Set("City".to_owned()),
        status: Set("ACTIVE".to_owned()),
        generation: Set(1),
        database_url: Set(None),
        hotline: Set(None),
        limits: Set(None),
        created_at: Set(chrono::DateTime::UNIX_EPOCH),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_is_slow_to_open_makes_no_other_city_wait() {
    let house = House::sqlite().await;
    house.city(OTHER, "datong").await;
    let mut raw = house.raw(CITY).await;
    house.kernel.store.close(CITY).await.unwrap();
    house.kernel.store.close(OTHER).await.unwrap();
    // Whoever opens the file now waits until this lets go of it.
    raw.run("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK").await.unwrap();
    let asked = async |code: &'static str| rows::<setting::Entity>(&house.ctx_in(code).await).await;
    let mut slow = std::pin::pin!(asked(CITY));
    assert!(futures_util::poll!(slow.as_mut()).is_pending());
    assert_eq!(asked(OTHER).await, 0);
    assert!(futures_util::poll!(slow.as_mut()).is_pending(), "the first one waits still");
    drop(raw);
    assert_eq!(slow.await, 0);
}
