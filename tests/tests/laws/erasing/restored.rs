//! Backups and what comes of them (备份与恢复): one made after erasing holds nothing of the person; one made before is restored by the
//! command itself, and nobody who was erased comes back with it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use entities::{audit_entry, erasure};
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::invalidate::ALL;
use kernel::keys::RootKey;
use kernel::{Actor, Kernel, Lang};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::Value;

use super::life::lived;
use super::places::{Sought, found, found_elsewhere, found_in};
use super::{WHY, account, caller, citizen, kept};
use crate::world::dump::Window;
use crate::world::{PLATFORM, TAIYUAN, World};

/// `yizhan` over the stores of the world; the line of JSON that it says, if it says one.
fn yizhan(world: &World, arguments: &[&str]) -> Value {
    let here = std::env::current_exe().expect("a test knows where it stands");
    let binary = here.ancestors().nth(2).expect("target/debug/deps/this").join("yizhan");
    let mut command = Command::new(binary);
    command.env("YIZHAN_ROOT_KEY", "07".repeat(32)).env("YIZHAN_PEOPLE__STAFF_TOTP", "false");
    command.arg("--json").arg("--data-dir").arg(&world.kernel.config.data_dir);
    if let Some(fresh) = &world.fresh {
        command.env("YIZHAN_DATABASE__PREFIX", &fresh.prefix).env("YIZHAN_ADMIN_URL", &fresh.url);
        command.arg("--database-url").arg(&fresh.url);
    }
    let done = command.args(arguments).output().expect("yizhan is built and starts");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap_or_default()
}

/// What a backup holds: it is opened in a house that knows nothing of anybody.
async fn held_by(backup: &Path, sought: &Sought) -> BTreeSet<String> {
    let dir = tempfile::tempdir().expect("a directory");
    let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
    config.data_dir = dir.path().to_owned();
    let clock = ManualClock::at("2026-11-25T02:00:00Z".parse().expect("a moment"));
    let kernel = Kernel::build(config, Arc::new(clock), RootKey::new([7; 32]), crate::house::manifests());
    yizhan::plugins::teach(&kernel);
    kernel.ensure_platform(None).await.expect("the platform is made");
    let restored = kernel::backup::restore(&kernel, backup, None).await.expect("it is a backup");
    assert_eq!(restored.erased_again, 0, "nobody told this house");
    let window = Window::on_file(&dir.path().join(format!("tenants/{TAIYUAN}.sqlite"))).await;
    let ctx = kernel.ctx(TAIYUAN, Actor::System("test"), Lang::Zh).await.expect("a context");
    found_in(&ctx, &window, sought).await
}

/// What the restored city holds.
async fn held(world: &World, sought: &Sought) -> BTreeSet<String> {
    let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    found_in(&ctx, &world.look(TAIYUAN).await, sought).await
}

/// How many the province remembers.
async fn remembered(world: &World) -> u64 {
    let province = world.ctx(world.town(PLATFORM), Actor::System("test")).await;
    erasure::Entity::find().count(&province.scope()).await.expect("who was erased is read")
}

async fn nobody_comes_back(world: World) {
    let life = lived(&world).await;
    let leaver = account::marked(&world).await;
    let dir = tempfile::tempdir().expect("a directory");
    let [before, after] = ["before", "after"].map(|name| dir.path().join(name));
    kernel::backup::backup(&world.kernel, TAIYUAN, &before).await.expect("a backup");
    let mut stood = found(&world, &life.sought).await;
    // Sessions stay behind: whoever was signed in then is not signed in again.
    stood.retain(|place| place.starts_with(TAIYUAN) && !place.contains("session"));
    assert_eq!(held_by(&before, &life.sought).await, stood, "in the backup from before");
    let security = caller(&world, "secadmin").await;
    people::erase_personal_data(&security, leaver, 2, WHY, None).await.expect("erased");
    world.drain(TAIYUAN).await;
    assert_eq!(remembered(&world).await, 1, "the province heard of the account");
    citizen::erased(&world, &life).await;
    kernel::backup::backup(&world.kernel, TAIYUAN, &after).await.expect("another");
    assert_eq!(held_by(&after, &life.sought).await, kept::places(), "in the backup from after");
    assert_eq!(remembered(&world).await, 1, "of the citizen it has not heard yet");

    world.kernel.store.close(TAIYUAN).await.expect("closed");
    yizhan(&world, &["tenant", "remove", TAIYUAN, "--confirm", TAIYUAN]);
    let said = yizhan(&world, &["restore", before.to_str().expect("a path")]);
    assert_eq!((&said["erasedAgain"], &said["broken"]), (&Value::from(2), &Value::Null), "{said}");
    world.kernel.stale(TAIYUAN, ALL);
    world.kernel.stale(PLATFORM, ALL);
    assert_eq!(held(&world, &life.sought).await, kept::places(), "in the city that came back");
    let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    assert_eq!(ctx.tenant().status, "ACTIVE");
    let again = audit_entry::Entity::find().filter(audit_entry::Column::Operation.eq("person.erase_again"));
    let again = again.all(&ctx.scope()).await.expect("the audit");
    let said: Vec<_> = again.iter().map(|entry| (entry.actor_kind.as_str(), entry.result.as_str())).collect();
    assert_eq!(said, [("SYSTEM", "DONE"); 2]);
    world.drain(TAIYUAN).await;
    world.drain(PLATFORM).await;
    assert_eq!(held(&world, &life.sought).await, kept::places(), "and nothing brings it back");
    let elsewhere = found_elsewhere(&world, &life.sought).await;
    assert_eq!(elsewhere, BTreeSet::new(), "at the province and with its partners neither");
    lost_and_restored(&world, &life.sought, &before).await;
}

/// The store of a suspended city is lost: there is nothing to ask but the province, and the city stays suspended.
async fn lost_and_restored(world: &World, sought: &Sought, before: &Path) {
    yizhan(world, &["tenant", "suspend", TAIYUAN]);
    let admin = world.fresh.as_ref().map(|fresh| fresh.url.as_str());
    world.kernel.store.remove(TAIYUAN, admin).await.expect("it is lost");
    let said = yizhan(world, &["restore", before.to_str().expect("a path")]);
    assert_eq!(said["erasedAgain"], 2, "{said}");
    world.kernel.stale(TAIYUAN, ALL);
    assert_eq!(held(world, sought).await, kept::places(), "in the city that was lost");
    let ctx = world.ctx(world.town(TAIYUAN), Actor::System("test")).await;
    assert_eq!(ctx.tenant().status, "SUSPENDED");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_was_erased_comes_back_with_a_backup_on_sqlite() {
    nobody_comes_back(World::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_who_was_erased_comes_back_with_a_backup_on_postgresql() {
    nobody_comes_back(World::on_postgres().await).await;
}
