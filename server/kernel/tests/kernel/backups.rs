//! Backups: taken while others write, restored on either back end, refused when they are not whole or not ours.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use entities::{audit_entry, blob_chunk, event, idempotency, job, session, setting};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use kernel::audit::{Broken, checkpoint, seal, verify};
use kernel::backup::{backup, inspect, restore};
use kernel::blob::{EXPORT, read, store};
use kernel::keys::RootKey;
use kernel::mail::Letter;
use kernel::{Ctx, Lang, Never, Once, Outcome, Stop};
use sea_orm::{EntityTrait as _, QueryOrder as _, Set};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::support::{CITY, House, NoteWritten, OTHER, WRITE, put, root, rows, value};
use crate::tasks::Count;

on_both! {
    a_tenant_comes_back_on_the_same_back_end_as_it_was,
    a_backup_taken_while_others_write_shows_one_moment,
    a_changed_cut_or_foreign_backup_is_refused_before_anything_is_written,
    a_tenant_that_is_there_is_never_overwritten,
    checkpoints_signed_after_the_backup_are_set_aside,
    who_was_signed_in_is_not_signed_in_again,
}

fn path(house: &House) -> PathBuf {
    house.dir.path().join("taiyuan.backup")
}

/// A city with something of every type in it; gives the id of a file of 600,000 bytes.
async fn fill(ctx: &Ctx) -> Uuid {
    let bytes: Vec<u8> = (0..600_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let once = Once::from(Some("k".to_owned()), &1);
    let done: Result<Outcome, Stop<Never>> = ctx
        .transact_once(&WRITE, once, |tx| async move {
            put(&tx, "nothing", json!(null)).await?;
            put(&tx, "everything", json!({"b": [1, 2.5, -3e2, true, null], "a": "小店区\n\"零工\"市场"})).await?;
            tx.note("degrees", 37.8);
            tx.note("whole", 100.0);
            let id = store(&tx, &EXPORT, "导出.csv", "text/csv", &bytes, None).await?;
            tx.announce(&NoteWritten { id })?;
            tx.enqueue(&Count { name: "later".to_owned(), how: "ok".to_owned() })?;
            let letter = Letter {
                to: "wang@example.cn".into(),
                template: "note",
                lang: Lang::Zh,
                subject: "题".into(),
                text: "文".into(),
            };
            tx.mail(letter).await?;
            Ok(Outcome::of("File", id, 1))
        })
        .await;
    // The second data key seals what follows; the first opens what was.
    ctx.rotate_keys().await.unwrap();
    seal(ctx).await.unwrap();
    checkpoint(ctx).await.unwrap();
    done.unwrap().id
}

/// Every row of the tables that say most.
async fn dump(ctx: &Ctx) -> String {
    let scope = ctx.scope();
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
        audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id).all(&scope).await.unwrap(),
        setting::Entity::find().order_by_asc(setting::Column::Name).all(&scope).await.unwrap(),
        job::Entity::find().order_by_asc(job::Column::Id).all(&scope).await.unwrap(),
        event::Entity::find().all(&scope).await.unwrap(),
        idempotency::Entity::find().all(&scope).await.unwrap(),
        blob_chunk::Entity::find().order_by_asc(blob_chunk::Column::No).all(&scope).await.unwrap(),
    )
}

/// Backs up from one house and restores in another; what was must be what is.
async fn moves(from: &House, to: &House) {
    let ctx = from.ctx().await;
    let file = fill(&ctx).await;
    let before = dump(&ctx).await;
    let entries = rows::<audit_entry::Entity>(&ctx).await;
    let taken = backup(&from.kernel, CITY, &path(from)).await.unwrap();
    let restored = restore(&to.kernel, &path(from), to.admin.as_deref()).await.unwrap();
    assert_eq!((restored.rows, restored.header.slug.as_str()), (taken.rows, "taiyuan"));
    assert_eq!((restored.verified.sealed, restored.verified.broken.clone()), (entries, None));
    let there = to.ctx().await;
    // One entry more: that it was restored.
    assert_eq!(rows::<audit_entry::Entity>(&there).await, entries + 1);
    let mut raw = to.raw(CITY).await;
    raw.without_triggers().await;
    raw.run("DELETE FROM audit_entry WHERE operation = 'tenant.restore'").await.unwrap();
    assert_eq!(dump(&there).await, before);
    // Sealed values open, with the keys that came along.
    assert_eq!(read(&there, file).await.unwrap().len(), 600_000);
    let letter = entities::mail::Entity::find().one(&there.scope()).await.unwrap().unwrap();
    assert_eq!(kernel::mail::open(&there, &letter).await.unwrap().text, "文".into());
    assert_eq!(there.rotate_keys().await.unwrap(), 3);
    seal(&there).await.unwrap();
    assert_eq!(verify(&there).await.unwrap().broken, None);
    // And its work goes on.
    to.worker().drain(CITY).await.unwrap();
    assert_eq!(value(&there, "later").await, Some(json!(1)));
}

async fn a_tenant_comes_back_on_the_same_back_end_as_it_was(house: House) {
    let other = House::bare(house.admin.clone(), |_| {}).await;
    moves(&house, &other).await;
    other.close().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tenant_moves_from_sqlite_to_postgres() {
    let Ok(admin) = std::env::var("YIZHAN_TEST_PG_ADMIN_URL") else { return };
    let (from, to) = (House::sqlite().await, House::bare(Some(admin), |_| {}).await);
    moves(&from, &to).await;
    to.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tenant_moves_from_postgres_to_sqlite() {
    let Some(from) = House::postgres().await else { return };
    let to = House::bare(None, |_| {}).await;
    moves(&from, &to).await;
    from.close().await;
}

async fn write(ctx: &Ctx, n: usize) {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            // Two rows that are there together or not at all.
            put(&tx, &format!("a{n}"), json!(n)).await?;
            put(&tx, &format!("b{n}"), json!(n)).await?;
            Ok(())
        })
        .await;
    done.unwrap();
}

async fn a_backup_taken_while_others_write_shows_one_moment(house: House) {
    let ctx = house.ctx().await;
    for n in 0..700 {
        write(&ctx, n).await;
    }
    let stop = Arc::new(AtomicBool::new(false));
    let (writing, writer) = (Arc::clone(&stop), house.ctx().await);
    let task = tokio::spawn(async move {
        let mut n = 700;
        while !writing.load(Ordering::Relaxed) {
            write(&writer, n).await;
            n += 1;
        }
        n
    });
    let files = ["1", "2", "3"].map(|n| path(&house).with_extension(n));
    for file in &files {
        backup(&house.kernel, CITY, file).await.unwrap();
    }
    // What is there is never written over.
    assert!(backup(&house.kernel, CITY, &files[2]).await.is_err());
    stop.store(true, Ordering::Relaxed);
    assert!(task.await.unwrap() > 700, "nothing was written meanwhile");
    let other = House::bare(house.admin.clone(), |_| {}).await;
    let restored = restore(&other.kernel, &files[2], other.admin.as_deref()).await.unwrap();
    assert_eq!(restored.verified.broken, None);
    let names: Vec<String> =
        setting::Entity::find().all(&other.ctx().await.scope()).await.unwrap().into_iter().map(|s| s.name).collect();
    for name in names.iter().filter(|n| n.starts_with('a')) {
        assert!(names.contains(&name.replace('a', "b")), "{name} came without its other half");
    }
    // A change and its entry are of one moment as well; two backups before this one have an entry each.
    let pairs = names.len() as u64 / 2;
    let entries = rows::<audit_entry::Entity>(&other.ctx().await).await;
    assert_eq!(entries, pairs + 2 + 1);
    other.close().await;
    house.close().await;
}

fn unpacked(path: &PathBuf) -> Vec<u8> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes
}

fn pack(path: &PathBuf, bytes: &[u8]) {
    let mut out = GzEncoder::new(std::fs::File::create(path).unwrap(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap();
}

async fn a_changed_cut_or_foreign_backup_is_refused_before_anything_is_written(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, 1).await;
    backup(&house.kernel, CITY, &path(&house)).await.unwrap();
    assert_eq!(inspect(&root(), &path(&house)).unwrap().code, CITY);
    let whole = unpacked(&path(&house));
    let other = House::bare(house.admin.clone(), |_| {}).await;
    let refused = async |path: &PathBuf| {
        let refused = restore(&other.kernel, path, other.admin.as_deref()).await.unwrap_err().to_string();
        for code in [CITY, OTHER] {
            assert!(!other.kernel.store.exists(code).await.unwrap(), "{refused}");
        }
        refused
    };
    let bad = house.dir.path().join("bad.backup");
    let text = String::from_utf8(whole.clone()).unwrap();
    pack(&bad, text.replacen("\"a1\"", "\"a2\"", 1).as_bytes());
    assert!(refused(&bad).await.contains("it was changed"));
    let without_a_row: String = text.split_inclusive('\n').filter(|l| !l.contains("\"a1\"")).collect();
    pack(&bad, without_a_row.as_bytes());
    assert!(refused(&bad).await.contains("it was changed"));
    pack(&bad, text.get(..text.trim_end().rfind('\n').unwrap() + 1).unwrap().as_bytes());
    assert!(refused(&bad).await.contains("not whole"));
    pack(&bad, &[whole.as_slice(), b"{\"row\":[]}\n"].concat());
    assert!(refused(&bad).await.contains("it was changed"));
    std::fs::write(&bad, b"no gzip at all").unwrap();
    assert!(refused(&bad).await.contains("read a backup"));
    assert!(inspect(&RootKey::new([8; 32]), &path(&house)).unwrap_err().to_string().contains("another root key"));
    // It cannot be passed off as another city's.
    pack(&bad, text.replacen(CITY, OTHER, 1).as_bytes());
    assert!(refused(&bad).await.contains("it was changed"));
    // The good one still comes in.
    restore(&other.kernel, &path(&house), other.admin.as_deref()).await.unwrap();
    other.close().await;
    house.close().await;
}

async fn a_tenant_that_is_there_is_never_overwritten(house: House) {
    let ctx = house.ctx().await;
    backup(&house.kernel, CITY, &path(&house)).await.unwrap();
    write(&ctx, 1).await;
    let refused = restore(&house.kernel, &path(&house), house.admin.as_deref()).await.unwrap_err();
    assert!(refused.to_string().contains("it is not empty"), "{refused}");
    assert_eq!(value(&house.ctx().await, "a1").await, Some(json!(1)));
    write(&house.ctx().await, 2).await;
    house.close().await;
}

async fn checkpoints_signed_after_the_backup_are_set_aside(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, 1).await;
    checkpoint(&ctx).await.unwrap();
    backup(&house.kernel, CITY, &path(&house)).await.unwrap();
    write(&ctx, 2).await;
    checkpoint(&ctx).await.unwrap();
    drop(ctx);
    house.kernel.store.remove(CITY, house.admin.as_deref()).await.unwrap();
    let restored = restore(&house.kernel, &path(&house), house.admin.as_deref()).await.unwrap();
    assert_eq!(restored.verified.broken, None);
    let aside = std::fs::read_to_string(restored.set_aside.unwrap()).unwrap();
    assert_eq!(aside.lines().count(), 2, "what was signed is not lost");
    // The chain goes on from where the backup was, and cutting it off is found again.
    let ctx = house.ctx().await;
    checkpoint(&ctx).await.unwrap();
    assert_eq!(verify(&ctx).await.unwrap().broken, None);
    let mut raw = house.raw(CITY).await;
    raw.without_triggers().await;
    raw.run("DELETE FROM audit_seal WHERE seq > 1").await.unwrap();
    assert!(matches!(verify(&ctx).await.unwrap().broken, Some(Broken::CutOff(_))));
    house.close().await;
}

async fn who_was_signed_in_is_not_signed_in_again(house: House) {
    let ctx = house.ctx().await;
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let (now, account) = (tx.ctx().now(), tx.ctx().new_id());
            let row = entities::account::ActiveModel {
                id: Set(account),
                username: Set("wang".to_owned()),
                display_name: Set(vec![1]),
                display_name_index: Set(vec![2]),
                email: Set(None),
                email_index: Set(None),
                department: Set(None),
                status: Set("ACTIVE".to_owned()),
                lang: Set("zh".to_owned()),
                password_hash: Set(None),
                password_changed_at: Set(None),
                must_change_password: Set(true),
                totp_secret: Set(None),
                totp_last_step: Set(Some(7)),
                totp_confirmed: Set(false),
                last_sign_in_at: Set(Some(now)),
                created_at: Set(now),
                updated_at: Set(now),
                version: Set(1),
            };
            entities::account::Entity::insert(row).exec_without_returning(&tx).await?;
            let row = session::ActiveModel {
                id: Set(tx.ctx().new_id()),
                account_id: Set(account),
                token_hash: Set(vec![1; 32]),
                user_agent: Set(None),
                ip_masked: Set(None),
                created_at: Set(now),
                last_used_at: Set(now),
                expires_at: Set(now),
                revoked_at: Set(None),
            };
            session::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.unwrap();
    backup(&house.kernel, CITY, &path(&house)).await.unwrap();
    let other = House::bare(house.admin.clone(), |_| {}).await;
    restore(&other.kernel, &path(&house), other.admin.as_deref()).await.unwrap();
    let there = other.ctx().await;
    assert_eq!(rows::<session::Entity>(&there).await, 0);
    let account = entities::account::Entity::find().one(&there.scope()).await.unwrap();
    assert_eq!(account, entities::account::Entity::find().one(&ctx.scope()).await.unwrap());
    other.close().await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_readable_by_its_owner_only_and_unfinished_ones_have_no_name() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::sqlite().await;
    backup(&house.kernel, CITY, &path(&house)).await.unwrap();
    assert_eq!(std::fs::metadata(path(&house)).unwrap().permissions().mode() & 0o777, 0o600);
    let nowhere = house.dir.path().join("no/such/dir/x.backup");
    assert!(backup(&house.kernel, CITY, &nowhere).await.is_err());
    assert!(backup(&house.kernel, OTHER, &house.dir.path().join("y.backup")).await.is_err());
    assert!(!house.dir.path().join("y.backup").exists());
    // The platform's own store is backed up alike.
    backup(&house.kernel, "platform", &house.dir.path().join("platform.backup")).await.unwrap();
    let other = House::bare(None, |_| {}).await;
    let refused = restore(&other.kernel, &house.dir.path().join("platform.backup"), None).await;
    assert!(refused.unwrap_err().to_string().contains("it is not empty"));
}
