//! The horizon of the audit: what is older may be removed below a signed one, and nothing else, by nobody else.

use chrono::{Duration, Months, NaiveDate};
use entities::{audit_entry, audit_horizon, audit_seal};
use kernel::audit::{Broken, checkpoint, prune, seal, verify};
use kernel::backup::{backup, restore};
use kernel::keys::{RootKey, rotate_root};
use kernel::store::PLATFORM;
use kernel::{Ctx, Never, Stop};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::on_both;
use crate::support::{CITY, House, WRITE, build_under, entries, put, root, rows};

on_both! {
    what_is_old_enough_goes_and_what_stays_still_holds,
    nothing_younger_than_it_must_be_kept_is_removed,
    the_database_lets_nothing_go_above_the_horizon_and_changes_nothing_below,
    a_removal_cut_short_is_taken_up,
    a_forged_horizon_is_found,
    what_is_deleted_above_the_horizon_is_found,
    a_horizon_that_vanished_is_found_by_the_file_elsewhere,
    a_chain_that_does_not_hold_is_not_cut,
    a_backup_carries_the_horizon,
    a_horizon_holds_under_the_next_root_key_and_not_under_the_old_one_alone,
}

async fn write(ctx: &Ctx, from: i32, to: i32) {
    for n in from..to {
        let done: Result<(), Stop<Never>> = ctx
            .transact(&WRITE, |tx| async move {
                put(&tx, &format!("n{n}"), json!(n)).await?;
                Ok(())
            })
            .await;
        done.unwrap();
    }
}

/// Six entries, four years later four more; the day that lies between.
async fn years(house: &House) -> (Ctx, NaiveDate) {
    let ctx = house.ctx().await;
    write(&ctx, 0, 6).await;
    assert_eq!(checkpoint(&ctx).await.unwrap(), Some(6));
    house.clock.advance(Duration::days(4 * 365));
    write(&ctx, 6, 10).await;
    checkpoint(&ctx).await.unwrap();
    let day = ctx.today().checked_sub_months(Months::new(36)).unwrap();
    (ctx, day)
}

async fn horizons(ctx: &Ctx) -> Vec<audit_horizon::Model> {
    audit_horizon::Entity::find().order_by_asc(audit_horizon::Column::Id).all(&ctx.scope()).await.unwrap()
}

async fn broken(ctx: &Ctx) -> Option<Broken> {
    verify(ctx).await.unwrap().broken
}

async fn what_is_old_enough_goes_and_what_stays_still_holds(house: House) {
    let (ctx, day) = years(&house).await;
    let kept: Vec<_> = entries(&ctx).await.split_off(6);
    let done = prune(&ctx, day, "到期清理").await.unwrap();
    assert_eq!((done.seq, done.entries), (6, 6));
    let found = verify(&ctx).await.unwrap();
    // Four that stay, and the one that says what went.
    assert_eq!((found.entries, found.sealed, found.broken), (5, 5, None));
    let mut left = entries(&ctx).await;
    let told = left.pop().unwrap();
    assert_eq!(left, kept);
    let detail =
        json!({"before": "2027-02-28T16:00:00+00:00", "seq": 6, "entries": 6, "keptMonths": 36, "reason": "到期清理"});
    assert_eq!((told.operation.as_str(), told.result.as_str(), told.detail), ("audit.prune", "DONE", detail));
    // The chain goes on from there, and a second run finds nothing.
    assert_eq!(prune(&ctx, day, "").await.unwrap().entries, 0);
    assert_eq!(horizons(&ctx).await.len(), 1);
    write(&ctx, 10, 12).await;
    checkpoint(&ctx).await.unwrap();
    assert_eq!(broken(&ctx).await, None);
    // Even when everything is old the head stays, for the chain to go on from.
    house.clock.advance(Duration::days(4 * 365));
    let day = ctx.today().checked_sub_months(Months::new(36)).unwrap();
    let head =
        audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!(prune(&ctx, day, "").await.unwrap().seq, head.seq - 1);
    write(&ctx, 12, 14).await;
    checkpoint(&ctx).await.unwrap();
    assert_eq!(broken(&ctx).await, None);
    house.close().await;
}

async fn nothing_younger_than_it_must_be_kept_is_removed(house: House) {
    let (ctx, day) = years(&house).await;
    let before = rows::<audit_entry::Entity>(&ctx).await;
    for day in [day.succ_opt().unwrap(), ctx.today(), ctx.today().checked_sub_months(Months::new(6)).unwrap()] {
        let refused = prune(&ctx, day, "").await.unwrap_err();
        let why = std::error::Error::source(&refused).unwrap().to_string();
        assert!(why.contains("kept for 36 months"), "{why}");
    }
    assert_eq!((rows::<audit_entry::Entity>(&ctx).await, horizons(&ctx).await.len()), (before, 0));
    // An entry that came late, or was dated by a clock set back, lies where it was sealed.
    house.clock.advance(Duration::days(-4 * 365));
    write(&ctx, 20, 21).await;
    house.clock.advance(Duration::days(4 * 365));
    seal(&ctx).await.unwrap();
    checkpoint(&ctx).await.unwrap();
    assert_eq!(prune(&ctx, day, "").await.unwrap().seq, 6);
    assert_eq!(broken(&ctx).await, None);
    house.close().await;
}

#[tokio::test]
async fn however_few_months_are_set_it_is_six() {
    let house = House::with(None, |c| c.audit.keep_months = 1).await;
    let ctx = house.ctx().await;
    let six = ctx.today().checked_sub_months(Months::new(6)).unwrap();
    assert!(prune(&ctx, six.succ_opt().unwrap(), "").await.is_err());
    assert_eq!(prune(&ctx, six, "").await.unwrap().entries, 0);
}

async fn the_database_lets_nothing_go_above_the_horizon_and_changes_nothing_below(house: House) {
    let (ctx, day) = years(&house).await;
    let mut owner = house.owner(CITY).await;
    let refused = |result: Result<(), sqlx::Error>| result.unwrap_err().to_string();
    for sql in ["DELETE FROM audit_seal WHERE seq = 1", "DELETE FROM audit_entry"] {
        assert!(refused(owner.run(sql).await).contains("the audit only grows"), "{sql}");
    }
    prune(&ctx, day, "").await.unwrap();
    for sql in [
        "DELETE FROM audit_seal WHERE seq = 7",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET result = 'REFUSED'",
        "UPDATE audit_seal SET algorithm = 2",
        "UPDATE audit_horizon SET seq = 9",
        "DELETE FROM audit_horizon",
        "UPDATE audit_key SET until_seq = 9",
    ] {
        let told = owner.run(sql).await;
        if sql.contains("audit_key") {
            assert!(told.is_ok(), "there is none to change");
            continue;
        }
        assert!(refused(told).contains("the audit only grows"), "{sql}");
    }
    if house.admin.is_some() {
        for sql in ["TRUNCATE audit_seal", "TRUNCATE audit_horizon"] {
            assert!(refused(owner.run(sql).await).contains("the audit only grows"), "{sql}");
        }
        let mut app = house.application(CITY).await;
        for sql in ["DELETE FROM audit_entry", "DELETE FROM audit_seal", "UPDATE audit_horizon SET seq = 9"] {
            assert!(refused(app.run(sql).await).contains("permission denied"), "{sql}");
        }
    }
    assert_eq!(broken(&ctx).await, None);
    drop(owner);
    house.close().await;
}

async fn a_removal_cut_short_is_taken_up(house: House) {
    let (ctx, day) = years(&house).await;
    prune(&ctx, day, "").await.unwrap();
    house.clock.advance(Duration::days(4 * 365));
    let day = ctx.today().checked_sub_months(Months::new(36)).unwrap();
    write(&ctx, 10, 12).await;
    // The horizon is stored; then the power goes, before it stands in the file and anything is removed.
    let file = house.config.data_dir.join("checkpoints").join(format!("{CITY}.jsonl"));
    let before = std::fs::read_to_string(&file).unwrap();
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run("CREATE TABLE kept_entry AS SELECT * FROM audit_entry; CREATE TABLE kept_seal AS SELECT * FROM audit_seal")
        .await
        .unwrap();
    assert!(prune(&ctx, day, "").await.unwrap().entries > 0);
    raw.run(
        "INSERT INTO audit_entry SELECT * FROM kept_entry WHERE id NOT IN (SELECT id FROM audit_entry); \
         INSERT INTO audit_seal SELECT * FROM kept_seal WHERE seq NOT IN (SELECT seq FROM audit_seal)",
    )
    .await
    .unwrap();
    std::fs::write(&file, before).unwrap();
    assert_eq!(broken(&ctx).await, None, "what is to go vouches for nothing, and what stays holds");
    let done = prune(&ctx, day, "").await.unwrap();
    assert!(done.entries > 0);
    assert_eq!(horizons(&ctx).await.len(), 2, "it is not decided a second time");
    assert_eq!(std::fs::read_to_string(&file).unwrap().matches("\"horizon\"").count(), 2);
    assert_eq!(rows::<audit_seal::Entity>(&ctx).await, verify(&ctx).await.unwrap().sealed);
    assert_eq!(broken(&ctx).await, None);
    drop(raw);
    house.close().await;
}

/// Deletes what is sealed up to `seq`, past all triggers.
async fn delete(house: &House, upto: i64) {
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run(&format!(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE seq <= {upto}); \
         DELETE FROM audit_seal WHERE seq <= {upto}"
    ))
    .await
    .unwrap();
}

async fn a_forged_horizon_is_found(house: House) {
    let (ctx, _) = years(&house).await;
    let eighth = audit_seal::Entity::find_by_id(8).one(&ctx.scope()).await.unwrap().unwrap();
    // Whoever owns the machine, without the root key: the right hash, and a signature of his own.
    let row = audit_horizon::ActiveModel {
        id: sea_orm::Set(ctx.new_id()),
        seq: sea_orm::Set(8),
        hash: sea_orm::Set(eighth.hash),
        entries: sea_orm::Set(8),
        older_than: sea_orm::Set(ctx.now()),
        kept_months: sea_orm::Set(36),
        reason: sea_orm::Set(String::new()),
        removed_at: sea_orm::Set(ctx.now()),
        signature: sea_orm::Set(vec![7; 64]),
        key_id: sea_orm::Set("forged".to_owned()),
    };
    let done: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            audit_horizon::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    delete(&house, 8).await;
    assert_eq!(broken(&ctx).await, Some(Broken::Horizon(8)));
    house.close().await;
}

async fn what_is_deleted_above_the_horizon_is_found(house: House) {
    let (ctx, day) = years(&house).await;
    prune(&ctx, day, "").await.unwrap();
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run("UPDATE audit_entry SET result = 'REFUSED' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 7)")
        .await
        .unwrap();
    assert_eq!(broken(&ctx).await, Some(Broken::Entry(7)));
    raw.run("UPDATE audit_entry SET result = 'DONE'").await.unwrap();
    assert_eq!(broken(&ctx).await, None);
    drop(raw);
    house.close().await;
}

async fn a_horizon_that_vanished_is_found_by_the_file_elsewhere(house: House) {
    let (ctx, day) = years(&house).await;
    prune(&ctx, day, "").await.unwrap();
    let mut raw = house.raw(CITY).await;
    if house.admin.is_none() {
        raw.run("DROP TRIGGER audit_horizon_no_update; DROP TRIGGER audit_horizon_no_delete").await.unwrap();
    }
    // Nor can it be made to reach further, or say another reason.
    raw.run("UPDATE audit_horizon SET reason = 'x'").await.unwrap();
    assert_eq!(broken(&ctx).await, Some(Broken::Horizon(6)));
    raw.run("UPDATE audit_horizon SET reason = ''").await.unwrap();
    assert_eq!(broken(&ctx).await, None);
    raw.run("DELETE FROM audit_horizon").await.unwrap();
    assert_eq!(broken(&ctx).await, Some(Broken::Horizon(6)));
    drop(raw);
    house.close().await;
}

async fn a_chain_that_does_not_hold_is_not_cut(house: House) {
    let (ctx, day) = years(&house).await;
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run("UPDATE audit_entry SET result = 'REFUSED' WHERE id = (SELECT entry_id FROM audit_seal WHERE seq = 3)")
        .await
        .unwrap();
    let before = rows::<audit_entry::Entity>(&ctx).await;
    let refused = prune(&ctx, day, "").await.unwrap_err();
    let why = std::error::Error::source(&refused).unwrap().to_string();
    assert!(why.contains("the chain does not hold (Entry(3))"), "{why}");
    assert_eq!((rows::<audit_entry::Entity>(&ctx).await, horizons(&ctx).await.len()), (before, 0));
    drop(raw);
    house.close().await;
}

async fn a_backup_carries_the_horizon(house: House) {
    let (ctx, day) = years(&house).await;
    prune(&ctx, day, "").await.unwrap();
    let path = house.dir.path().join("taiyuan.backup");
    backup(&house.kernel, CITY, &path).await.unwrap();
    let was = horizons(&ctx).await;
    let other = House::bare(house.admin.clone(), |_| {}).await;
    let restored = restore(&other.kernel, &path, other.admin.as_deref()).await.unwrap();
    assert_eq!(restored.verified.broken, None);
    let there = other.ctx().await;
    assert_eq!(horizons(&there).await, was);
    let file = other.config.data_dir.join("checkpoints").join(format!("{CITY}.jsonl"));
    assert!(std::fs::read_to_string(file).unwrap().contains("\"horizon\""));
    let mut owner = other.owner(CITY).await;
    assert!(owner.run("DELETE FROM audit_seal").await.unwrap_err().to_string().contains("the audit only grows"));
    drop(owner);
    other.close().await;
    house.close().await;
}

async fn a_horizon_holds_under_the_next_root_key_and_not_under_the_old_one_alone(mut house: House) {
    let (ctx, day) = years(&house).await;
    prune(&ctx, day, "").await.unwrap();
    drop(ctx);
    let next = || RootKey::new([8; 32]);
    let both = build_under(&house.config, &house.clock, root().with_next(next()));
    for code in [PLATFORM, CITY] {
        house.kernel.store.close(code).await.unwrap();
        rotate_root(&both, code, house.admin.as_deref()).await.unwrap();
    }
    house.kernel = build_under(&house.config, &house.clock, next());
    let ctx = house.ctx().await;
    assert_eq!(broken(&ctx).await, None);
    let [first, second] = horizons(&ctx).await.try_into().unwrap();
    assert_eq!((first.seq, first.removed_at, first.hash), (second.seq, second.removed_at, second.hash));
    let mut raw = house.raw(CITY).await;
    if house.admin.is_none() {
        raw.run("DROP TRIGGER audit_horizon_no_delete").await.unwrap();
    }
    raw.run(&format!("DELETE FROM audit_horizon WHERE key_id = '{}'", second.key_id)).await.unwrap();
    assert_eq!(broken(&ctx).await, Some(Broken::Horizon(6)));
    drop(raw);
    house.close().await;
}
