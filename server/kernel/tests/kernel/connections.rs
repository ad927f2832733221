//! Connections: which come to rest, which are closed, and how many there are.

use entities::setting;
use kernel::{Fault, Never, Stop};
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::json;
use tokio::sync::oneshot;

use crate::on_both;
use crate::support::{CITY, House, OTHER, WRITE, put, value};
use crate::writing::write;

on_both! {
    a_connection_whose_use_broke_off_is_never_used_again,
    a_statement_that_takes_too_long_is_ended_and_the_next_one_runs,
    a_snapshot_reads_one_moment_however_long_it_is_held,
}

async fn a_connection_whose_use_broke_off_is_never_used_again(house: House) {
    let ctx = house.ctx().await;
    for round in 0..3 {
        let (inside, began) = oneshot::channel();
        let writer = ctx.clone();
        let broken = tokio::spawn(async move {
            let done: Result<(), Stop<Never>> = writer
                .transact(&WRITE, |tx| async move {
                    put(&tx, "half", json!(1)).await?;
                    let _told = inside.send(());
                    std::future::pending().await
                })
                .await;
            done
        });
        began.await.unwrap();
        broken.abort();
        assert!(broken.await.unwrap_err().is_cancelled());
        // SQLite has one writer: this one would wait for ever, or find itself in the middle of the other's transaction.
        let whole: Result<(), Stop<Never>> = ctx
            .transact(&WRITE, |tx| async move {
                assert!(setting::Entity::find_by_id("half").one(&tx).await?.is_none());
                put(&tx, &format!("whole{round}"), json!(round)).await?;
                Ok(())
            })
            .await;
        whole.unwrap();
        assert_eq!(value(&ctx, &format!("whole{round}")).await, Some(json!(round)));
    }
    assert_eq!(value(&ctx, "half").await, None);
    house.close().await;
}

async fn a_statement_that_takes_too_long_is_ended_and_the_next_one_runs(house: House) {
    let admin = house.admin.clone();
    house.close().await;
    let house = House::with(admin, |c| c.database.statement_timeout_seconds = 1).await;
    let ctx = house.ctx().await;
    let filled: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            for n in 0..60 {
                put(&tx, &format!("n{n}"), json!(n)).await?;
            }
            Ok(())
        })
        .await;
    filled.unwrap();
    // Sixty to the seventh rows.
    let mut endless = Query::select();
    endless.expr(Expr::cust("count(*)"));
    for n in 0..7 {
        endless.from_as("setting", Alias::new(format!("s{n}")));
    }
    let scope = ctx.scope();
    let ended = scope.query_one(&endless).await.unwrap_err();
    assert!(matches!(Fault::from(ended), Fault::Deadline));
    assert_eq!(value(&ctx, "n7").await, Some(json!(7)));
    // And inside a transaction, which is rolled back as a whole.
    let failed: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, "late", json!(1)).await?;
            tx.query_one(&endless).await?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Stop::Fault(Fault::Deadline))));
    assert_eq!(value(&ctx, "late").await, None);
    house.close().await;
}

#[tokio::test]
async fn who_waits_too_long_for_others_is_told_that_it_took_too_long() {
    let house = House::with(None, |_| {}).await;
    let ctx = house.ctx().await;
    let (inside, began) = oneshot::channel();
    let writer = ctx.clone();
    let holding = tokio::spawn(async move {
        let done: Result<(), Stop<Never>> = writer
            .transact(&WRITE, |tx| async move {
                put(&tx, "held", json!(1)).await?;
                let _told = inside.send(());
                std::future::pending().await
            })
            .await;
        done
    });
    began.await.unwrap();
    let late: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, "late", json!(1)).await?;
            Ok(())
        })
        .await;
    assert!(matches!(late, Err(Stop::Fault(Fault::Deadline))), "{late:?}");
    holding.abort();
    assert!(holding.await.unwrap_err().is_cancelled());
    assert_eq!(value(&ctx, "late").await, None);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_needs_a_connection_gets_that_of_one_that_rests() {
    let Some(house) = House::postgres().await else { return };
    let admin = house.admin.clone();
    house.close().await;
    let most = 3;
    let house = House::with(admin, |c| {
        (c.database.readers, c.database.writers, c.database.connections) = (2, 1, most);
    })
    .await;
    let codes = [CITY, OTHER, "140300", "140400"];
    for (n, code) in codes.iter().enumerate().skip(1) {
        house.city(code, &format!("city{n}")).await;
    }
    for round in 0..3 {
        for code in codes {
            let ctx = house.ctx_in(code).await;
            let name = format!("{code}:{round}");
            let written: Result<(), Stop<Never>> = ctx
                .transact(&WRITE, |tx| async move {
                    put(&tx, &name, json!(round)).await?;
                    Ok(())
                })
                .await;
            written.unwrap();
            assert_eq!(value(&ctx, &format!("{code}:{round}")).await, Some(json!(round)));
            assert!((1..=most).contains(&house.kernel.store.connections()));
        }
    }
    // All at once: each waits for its turn, and none is refused.
    let all = codes.map(|code| {
        let (kernel, name) = (std::sync::Arc::clone(&house.kernel), format!("{code}:2"));
        tokio::spawn(async move {
            let ctx = kernel.ctx(code, kernel::Actor::System("test"), kernel::Lang::Zh).await.unwrap();
            value(&ctx, &name).await
        })
    });
    for one in all {
        assert_eq!(one.await.unwrap(), Some(json!(2)));
    }
    house.close().await;
}

async fn a_snapshot_reads_one_moment_however_long_it_is_held(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "one").await;
    let snapshot = ctx.snapshot().await.unwrap();
    let seen = async || setting::Entity::find().all(&snapshot).await.unwrap().len();
    let before = seen().await;
    write(&ctx, "two").await;
    assert_eq!(seen().await, before, "what was committed since is of another moment");
    assert_eq!(setting::Entity::find().all(&ctx.scope()).await.unwrap().len(), before + 1);
    let refused = setting::Entity::delete_by_id("one").exec(&snapshot).await;
    assert!(refused.is_err(), "a snapshot only reads");
    snapshot.end().await.unwrap();
    // One that is dropped on the way costs a connection and holds nobody up.
    drop(ctx.snapshot().await.unwrap());
    for _ in 0..10 {
        ctx.snapshot().await.unwrap().end().await.unwrap();
    }
    write(&ctx, "three").await;
    house.close().await;
}
