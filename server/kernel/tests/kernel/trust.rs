//! The audit: what was written stays, and what was changed is found.

use entities::{audit_checkpoint, audit_seal};
use kernel::audit::{Broken, checkpoint, seal, verify};
use kernel::{Ctx, Never, Stop};
use serde_json::json;

use crate::on_both;
use crate::support::{CITY, House, WRITE, put, rows};

on_both! {
    an_untouched_chain_holds,
    a_changed_entry_is_found,
    an_entry_taken_out_is_found,
    an_entry_with_its_seal_taken_out_is_found,
    a_chain_whose_tail_was_cut_off_is_found,
    a_chain_forged_from_the_start_is_found_by_its_signed_checkpoint,
    a_checkpoint_kept_elsewhere_survives_the_one_in_the_store,
    the_database_itself_refuses_to_change_the_audit,
    every_entry_is_sealed_once_by_however_many_sealers,
    an_entry_that_was_committed_late_is_sealed_by_the_next_checkpoint,
}

async fn write(ctx: &Ctx, from: i32, to: i32) {
    for n in from..to {
        let done: Result<(), Stop<Never>> = ctx
            .transact(&WRITE, |tx| async move {
                tx.note("n", n);
                put(&tx, &format!("n{n}"), json!(n)).await?;
                Ok(())
            })
            .await;
        done.unwrap();
    }
}

/// Ten entries, sealed and signed.
async fn ten(house: &House) -> Ctx {
    let ctx = house.ctx().await;
    write(&ctx, 0, 10).await;
    assert_eq!(seal(&ctx).await.unwrap(), 10);
    assert_eq!(checkpoint(&ctx).await.unwrap(), Some(10));
    ctx
}

async fn broken(house: &House, sql: &str) -> Option<Broken> {
    let ctx = ten(house).await;
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run(sql).await.unwrap();
    verify(&house.ctx().await).await.unwrap().broken
}

async fn an_untouched_chain_holds(house: House) {
    let ctx = ten(&house).await;
    let found = verify(&ctx).await.unwrap();
    assert_eq!((found.entries, found.sealed, found.checkpoints, found.broken), (10, 10, 1, None));
    // Nothing new: neither sealed nor signed again.
    assert_eq!(seal(&ctx).await.unwrap(), 0);
    assert_eq!(checkpoint(&ctx).await.unwrap(), None);
    assert_eq!(found.elsewhere, 1);
    // Without the file the checkpoint is the database's own word, and that is said.
    std::fs::remove_file(house.config.checkpoint_dir().join(format!("{CITY}.jsonl"))).unwrap();
    let alone = verify(&ctx).await.unwrap();
    assert_eq!((alone.checkpoints, alone.elsewhere, alone.broken), (1, 0, None));
    house.close().await;
}

const FOURTH: &str = "(SELECT entry_id FROM audit_seal WHERE seq = 4)";

async fn a_changed_entry_is_found(house: House) {
    let found = broken(&house, &format!("UPDATE audit_entry SET result = 'REFUSED' WHERE id = {FOURTH}")).await;
    assert_eq!(found, Some(Broken::Entry(4)));
    house.close().await;
}

async fn an_entry_taken_out_is_found(house: House) {
    let found = broken(&house, &format!("DELETE FROM audit_entry WHERE id = {FOURTH}")).await;
    assert_eq!(found, Some(Broken::Entry(4)));
    house.close().await;
}

async fn an_entry_with_its_seal_taken_out_is_found(house: House) {
    let sql = format!("DELETE FROM audit_entry WHERE id = {FOURTH}; DELETE FROM audit_seal WHERE seq = 4");
    assert_eq!(broken(&house, &sql).await, Some(Broken::Gap(4)));
    house.close().await;
}

const TAIL: &str = "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE seq > 7); \
                    DELETE FROM audit_seal WHERE seq > 7";

async fn a_chain_whose_tail_was_cut_off_is_found(house: House) {
    assert_eq!(broken(&house, TAIL).await, Some(Broken::CutOff(10)));
    house.close().await;
}

async fn a_chain_forged_from_the_start_is_found_by_its_signed_checkpoint(house: House) {
    let ctx = ten(&house).await;
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    // Whoever owns the machine rewrites an entry and has the whole chain sealed anew.
    raw.run(&format!("UPDATE audit_entry SET result = 'REFUSED' WHERE id = {FOURTH}; DELETE FROM audit_seal"))
        .await
        .unwrap();
    assert_eq!(seal(&ctx).await.unwrap(), 10);
    assert_eq!(verify(&ctx).await.unwrap().broken, Some(Broken::Checkpoint(10)));
    house.close().await;
}

async fn a_checkpoint_kept_elsewhere_survives_the_one_in_the_store(house: House) {
    let found = broken(&house, &format!("{TAIL}; DELETE FROM audit_checkpoint")).await;
    assert_eq!(found, Some(Broken::CutOff(10)));
    assert_eq!(rows::<audit_checkpoint::Entity>(&house.ctx().await).await, 0);
    house.close().await;
}

async fn the_database_itself_refuses_to_change_the_audit(house: House) {
    ten(&house).await;
    let mut owner = house.owner(CITY).await;
    for sql in [
        "UPDATE audit_entry SET result = 'REFUSED'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET algorithm = 2",
        "DELETE FROM audit_seal",
    ] {
        let refused = owner.run(sql).await.unwrap_err().to_string();
        assert!(refused.contains("the audit only grows"), "{sql}: {refused}");
    }
    assert_eq!(verify(&house.ctx().await).await.unwrap().broken, None);
    house.close().await;
}

async fn every_entry_is_sealed_once_by_however_many_sealers(house: House) {
    write(&house.ctx().await, 0, 40).await;
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let ctx = house.ctx().await;
        tasks.push(tokio::spawn(async move { seal(&ctx).await.unwrap() }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let ctx = house.ctx().await;
    seal(&ctx).await.unwrap();
    assert_eq!(rows::<audit_seal::Entity>(&ctx).await, 40);
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    house.close().await;
}

async fn an_entry_that_was_committed_late_is_sealed_by_the_next_checkpoint(house: House) {
    let ctx = ten(&house).await;
    // A clock that was set back: the entry is older than what is sealed.
    house.clock.advance(chrono::Duration::days(-3));
    write(&ctx, 10, 11).await;
    house.clock.advance(chrono::Duration::days(3));
    assert_eq!(checkpoint(&ctx).await.unwrap(), Some(11));
    let found = verify(&ctx).await.unwrap();
    assert_eq!((found.entries, found.sealed, found.broken), (11, 11, None));
    house.close().await;
}

#[tokio::test]
async fn checkpoints_are_written_where_the_settings_say_and_vouch_for_the_chain_from_there() {
    let elsewhere = tempfile::tempdir().unwrap();
    let dir = elsewhere.path().to_owned();
    let house = House::with(None, |config| config.audit.checkpoint_dir.clone_from(&dir)).await;
    let found = broken(&house, &format!("{TAIL}; DELETE FROM audit_checkpoint")).await;
    assert_eq!(found, Some(Broken::CutOff(10)));
    let file = dir.join(format!("{CITY}.jsonl"));
    assert!(file.exists());
    assert!(!house.config.data_dir.join("checkpoints").exists(), "nothing of it stays beside the data");
    house.close().await;
    // A disk that is not mounted is not made up for.
    let absent = dir.join("unmounted");
    let house = House::with(None, |config| config.audit.checkpoint_dir.clone_from(&absent)).await;
    write(&house.ctx().await, 0, 1).await;
    seal(&house.ctx().await).await.unwrap();
    assert!(checkpoint(&house.ctx().await).await.is_err());
    assert!(!absent.exists());
    house.close().await;
}
