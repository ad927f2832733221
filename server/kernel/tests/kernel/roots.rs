//! The root key: replaced under everything that lies under it, cut short, taken up, and held against what it had signed.

use std::sync::Arc;

use entities::{audit_checkpoint, audit_seal};
use kernel::audit::{Broken, checkpoint, seal, verify};
use kernel::backup::{backup, restore};
use kernel::crypto::{join, sign};
use kernel::keys::{RootFiles, RootKey, last_backup, remember_backup, rotate_root};
use kernel::store::PLATFORM;
use kernel::{Actor, Ctx, Kernel, Lang, Never, Pii, Stop};
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use serde_json::json;

use crate::on_both;
use crate::support::{CITY, House, OTHER, build_under, entries, root, value};
use crate::writing::write;

on_both! {
    what_was_sealed_opens_under_the_new_root_key_and_under_the_old_one_nothing_does,
    a_replacement_cut_short_leaves_everything_open_and_is_taken_up,
    a_key_that_was_replaced_vouches_for_nothing_that_came_after,
    whoever_has_the_old_key_cannot_rewrite_what_it_had_signed,
    a_signing_key_counts_only_with_the_signature_of_the_one_that_followed,
    an_older_backup_comes_back_while_the_old_key_is_kept,
    the_platform_remembers_which_root_key_was_backed_up,
}

fn next() -> RootKey {
    RootKey::new([8; 32])
}

async fn ctx_in(kernel: &Arc<Kernel>, code: &str) -> Ctx {
    kernel.ctx(code, Actor::System("test"), Lang::Zh).await.unwrap()
}

/// Replaces the root key of the whole house, which knows the new one alone afterwards.
async fn replaced(house: &mut House, from: RootKey, to: fn() -> RootKey) {
    let both = build_under(&house.config, &house.clock, from.with_next(to()));
    for code in both.tenant_codes().await.unwrap() {
        house.kernel.store.close(&code).await.unwrap();
        assert_eq!(rotate_root(&both, &code, house.admin.as_deref()).await.unwrap().keys, 2, "{code}");
    }
    house.kernel = build_under(&house.config, &house.clock, to());
}

async fn what_was_sealed_opens_under_the_new_root_key_and_under_the_old_one_nothing_does(mut house: House) {
    house.city(OTHER, "datong").await;
    let ctx = house.ctx().await;
    let (id, old) = (ctx.new_id(), ctx.keys().await.unwrap());
    let sealed = old.seal("t", "c", id, &Pii::new("13800001234")).unwrap();
    write(&ctx, "before").await;
    checkpoint(&ctx).await.unwrap();
    drop(ctx);
    replaced(&mut house, root(), next).await;
    let ctx = house.ctx().await;
    let ring = ctx.keys().await.unwrap();
    assert_eq!(ring.open("t", "c", id, &sealed).unwrap(), "13800001234".into());
    // Blind indexes find; cursors and signed addresses, whose key is the ring's, live on.
    assert_eq!(ring.blind("phone", &Pii::new("1")), old.blind("phone", &Pii::new("1")));
    assert_eq!(ring.link_key(), old.link_key());
    let told = entries(&ctx).await.pop().unwrap();
    let detail = json!({"from": root().fingerprint(), "to": next().fingerprint(), "keys": 2});
    assert_eq!((told.operation.as_str(), told.detail), ("key.rotate_root", detail));
    write(&ctx, "after").await;
    assert_eq!(ctx.rotate_keys().await.unwrap(), 2);
    checkpoint(&ctx).await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, None, "what the old key signed holds still");
    assert!(house.ctx_in(OTHER).await.keys().await.is_ok());
    assert!(house.kernel.platform_ctx().await.unwrap().keys().await.is_ok());
    // The old key opens no ring, and no schema.
    let stale = house.neighbour();
    let opened = async { stale.ctx(CITY, Actor::System("test"), Lang::Zh).await?.keys().await };
    assert!(opened.await.is_err());
    house.close().await;
}

async fn a_replacement_cut_short_leaves_everything_open_and_is_taken_up(mut house: House) {
    house.city(OTHER, "datong").await;
    for code in [PLATFORM, CITY, OTHER] {
        house.kernel.store.close(code).await.unwrap();
    }
    let both = build_under(&house.config, &house.clock, root().with_next(next()));
    let admin = house.admin.clone();
    rotate_root(&both, PLATFORM, admin.as_deref()).await.unwrap();
    if admin.is_some() {
        // Cut between the ring and the passwords.
        assert!(rotate_root(&both, CITY, None).await.is_err());
    } else {
        rotate_root(&both, CITY, None).await.unwrap();
    }
    // A server that starts now serves everybody, and signs what happens.
    let server = build_under(&house.config, &house.clock, root().with_next(next()));
    for code in [PLATFORM, CITY, OTHER] {
        let ctx = ctx_in(&server, code).await;
        ctx.keys().await.unwrap();
        write(&ctx, "meanwhile").await;
        checkpoint(&ctx).await.unwrap();
        assert_eq!(verify(&ctx).await.unwrap().broken, None, "{code}");
    }
    // So does one that makes a data key, or another city.
    assert_eq!(ctx_in(&server, CITY).await.rotate_keys().await.unwrap(), 2);
    for code in [PLATFORM, CITY, OTHER] {
        server.store.close(code).await.unwrap();
        both.store.close(code).await.unwrap();
    }
    let mut keys = Vec::new();
    let again = build_under(&house.config, &house.clock, root().with_next(next()));
    for code in [PLATFORM, CITY, OTHER] {
        keys.push(rotate_root(&again, code, admin.as_deref()).await.unwrap().keys);
    }
    assert_eq!(keys, [0, 1, 2], "what was done is not done again");
    house.kernel = build_under(&house.config, &house.clock, next());
    for code in [PLATFORM, CITY, OTHER] {
        let ctx = house.ctx_in(code).await;
        ctx.keys().await.unwrap();
        assert_eq!(value(&ctx, "meanwhile").await, Some(json!(1)));
        assert_eq!(verify(&ctx).await.unwrap().broken, None, "{code}");
    }
    house.close().await;
}

/// A checkpoint at the head of the chain by the key of `root`, as whoever holds it could put it there.
async fn forge(ctx: &Ctx, root: &RootKey) -> i64 {
    seal(ctx).await.unwrap();
    let head = audit_seal::Entity::find().order_by_desc(audit_seal::Column::Seq).one(&ctx.scope()).await;
    let head = head.unwrap().unwrap();
    let parts: [&[u8]; 4] = [b"yizhan-checkpoint-1", CITY.as_bytes(), &head.seq.to_be_bytes(), &head.hash];
    let row = audit_checkpoint::ActiveModel {
        id: Set(ctx.new_id()),
        seq: Set(head.seq),
        hash: Set(head.hash.clone()),
        signature: Set(sign::sign(&root.checkpoint_seed(CITY), &join(&parts)).to_vec()),
        key_id: Set("forged".to_owned()),
        signed_at: Set(ctx.now()),
    };
    let done: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            audit_checkpoint::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    head.seq
}

async fn a_key_that_was_replaced_vouches_for_nothing_that_came_after(mut house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "before").await;
    // Signed by the key of the day it holds, whoever did it.
    forge(&ctx, &root()).await;
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    drop(ctx);
    replaced(&mut house, root(), next).await;
    let ctx = house.ctx().await;
    write(&ctx, "after").await;
    forge(&ctx, &next()).await;
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    write(&ctx, "more").await;
    let seq = forge(&ctx, &root()).await;
    assert_eq!(verify(&ctx).await.unwrap().broken, Some(Broken::Checkpoint(seq)));
    house.close().await;
}

async fn whoever_has_the_old_key_cannot_rewrite_what_it_had_signed(mut house: House) {
    let ctx = house.ctx().await;
    for n in 0..4 {
        write(&ctx, &format!("n{n}")).await;
    }
    drop(ctx);
    replaced(&mut house, root(), next).await;
    let ctx = house.ctx().await;
    seal(&ctx).await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    // An entry is changed, the chain sealed anew from the start and signed with the old key, which counted then.
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    let second = "(SELECT entry_id FROM audit_seal WHERE seq = 2)";
    raw.run(&format!("UPDATE audit_entry SET result = 'REFUSED' WHERE id = {second}; DELETE FROM audit_seal"))
        .await
        .unwrap();
    seal(&ctx).await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, Some(Broken::Checkpoint(4)));
    house.close().await;
}

async fn a_signing_key_counts_only_with_the_signature_of_the_one_that_followed(mut house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "one").await;
    let seq = checkpoint(&ctx).await.unwrap().unwrap();
    drop(ctx);
    replaced(&mut house, root(), next).await;
    replaced(&mut house, next(), || RootKey::new([9; 32])).await;
    let ctx = house.ctx().await;
    assert_eq!(verify(&ctx).await.unwrap().broken, None, "through two replacements");
    let mut raw = house.raw(CITY).await;
    if house.admin.is_none() {
        raw.run("DROP TRIGGER audit_key_no_update; DROP TRIGGER audit_key_no_delete").await.unwrap();
    }
    // It counts up to where its follower said, and not a number further.
    raw.run("UPDATE audit_key SET until_seq = until_seq + 1 WHERE until_seq = 1").await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, Some(Broken::Checkpoint(seq)));
    raw.run("UPDATE audit_key SET until_seq = until_seq - 1 WHERE until_seq = 2 AND until_hash = (SELECT hash FROM audit_seal WHERE seq = 1)")
        .await
        .unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    raw.run("DELETE FROM audit_key").await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, Some(Broken::Checkpoint(seq)));
    house.close().await;
}

async fn an_older_backup_comes_back_while_the_old_key_is_kept(mut house: House) {
    let path = house.dir.path().join("taiyuan.backup");
    let ctx = house.ctx().await;
    let id = ctx.new_id();
    let sealed = ctx.keys().await.unwrap().seal("t", "c", id, &Pii::new("王芳")).unwrap();
    write(&ctx, "kept").await;
    checkpoint(&ctx).await.unwrap();
    backup(&house.kernel, CITY, &path).await.unwrap();
    drop(ctx);
    let files = RootFiles::of(&house.config);
    files.write(&root()).unwrap();
    let both = build_under(&house.config, &house.clock, files.begin().unwrap());
    for code in [PLATFORM, CITY] {
        house.kernel.store.close(code).await.unwrap();
        rotate_root(&both, code, house.admin.as_deref()).await.unwrap();
    }
    let old = files.promote(house.kernel.clock.now()).unwrap();
    house.kernel = build_under(&house.config, &house.clock, files.load().unwrap().unwrap());
    house.kernel.remove_tenant(CITY, house.admin.as_deref()).await.unwrap();
    let away = house.dir.path().join("away.key");
    std::fs::rename(&old, &away).unwrap();
    let refused = restore(&house.kernel, &path, house.admin.as_deref()).await.unwrap_err().to_string();
    assert!(refused.contains("another root key"), "{refused}");
    std::fs::rename(&away, &old).unwrap();
    let restored = restore(&house.kernel, &path, house.admin.as_deref()).await.unwrap();
    assert_eq!(restored.verified.broken, None);
    std::fs::remove_file(old).unwrap();
    // From here on it needs the new key alone.
    house.kernel = build_under(&house.config, &house.clock, files.load().unwrap().unwrap());
    let ctx = house.ctx().await;
    assert_eq!(value(&ctx, "kept").await, Some(json!(1)));
    assert_eq!(ctx.keys().await.unwrap().open("t", "c", id, &sealed).unwrap(), "王芳".into());
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    house.close().await;
}

async fn the_platform_remembers_which_root_key_was_backed_up(house: House) {
    assert_eq!(last_backup(&house.kernel).await.unwrap(), None);
    remember_backup(&house.kernel, &root()).await.unwrap();
    let last = last_backup(&house.kernel).await.unwrap().unwrap();
    assert_eq!((last.fingerprint, last.at), (root().fingerprint(), house.kernel.clock.now()));
    let platform = house.kernel.platform_ctx().await.unwrap();
    let told = entries(&platform).await.pop().unwrap();
    assert_eq!((told.operation.as_str(), told.detail), ("key.backup", json!({"fingerprint": root().fingerprint()})));
    remember_backup(&house.kernel, &next()).await.unwrap();
    assert_eq!(last_backup(&house.kernel).await.unwrap().unwrap().fingerprint, next().fingerprint());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_root_key_is_not_replaced_while_another_process_is_connected_to_postgresql() {
    let Some(house) = House::postgres().await else { return };
    let there = house.neighbour();
    assert!(there.store.alone(None).await.is_err(), "nobody can be sure without the administrator");
    let refused = there.store.alone(house.admin.as_deref()).await.unwrap_err();
    let told = std::error::Error::source(&refused).unwrap().to_string();
    assert!(told.contains("t_platform_app") && told.contains("stop them first"), "{told}");
    for code in [PLATFORM, CITY] {
        house.kernel.store.close(code).await.unwrap();
    }
    there.store.alone(house.admin.as_deref()).await.unwrap();
    house.close().await;
}
