//! The power is cut: what was not synced is gone, and what was acknowledged is not.

use std::process::Command;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

use super::disk::Disk;
use super::server::Place;
use super::writers::{ask_again, sign_in, write_until_killed};
use super::{Dice, report, times, town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_write_is_lost_when_the_power_is_cut() {
    let (cuts, mut dice) = (times("YIZHAN_FAULT_CUTS", 5), Dice(20_260_403));
    let mut place = town::on_sqlite().await;
    let mut disk = Disk::of(&place);
    disk.put_under(&mut place, false);
    let mut server = place.serve().await;
    let (tokens, reader) = sign_in(&server.caller).await;
    let (mut there, mut again) = (Vec::new(), 0);
    for round in 0..cuts {
        let enough = 1 + dice.below(40);
        let remembered = write_until_killed(&mut server, &tokens, round, enough, &mut dice).await;
        disk.cut(&mut place);
        disk.put_under(&mut place, false);

        // Those who were signed in are signed in still: that, too, was acknowledged.
        server = place.serve().await;
        there.extend(remembered.acknowledged);
        let found = server.caller.markets(&reader).await;
        let lost: Vec<_> = there.iter().filter(|name| found.binary_search(name).is_err()).collect();
        assert!(lost.is_empty(), "acknowledged, and gone after cut {round}: {lost:?}");
        again += remembered.unanswered.len();
        there.extend(ask_again(&server.caller, &tokens, remembered.unanswered).await);
        there.sort();
        assert_eq!(server.caller.markets(&reader).await, there, "each exactly once after cut {round}");
        assert!(place.verified() >= there.len() as u64, "every write left its entry");
    }
    report(&format!(
        "| power cut while four people write, SQLite with synchronous=FULL | {cuts} cuts | {} writes acknowledged, {again} \
         unanswered and asked again under the same key | none lost, none done twice, chain whole after each |",
        there.len() - again,
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_syncing_a_power_cut_loses_what_a_killed_process_keeps() {
    let mut place = town::on_sqlite().await;
    let (tokens, reader) = sign_in(&place.serve().await.caller).await;
    let mut disk = Disk::of(&place);
    disk.put_under(&mut place, true);
    let mut server = place.serve().await;
    let remembered = write_until_killed(&mut server, &tokens, 0, 20, &mut Dice(20_260_404)).await;

    let found = kept(&place, &reader).await;
    assert!(remembered.acknowledged.iter().all(|name| found.contains(name)), "the page cache outlives the process");
    disk.cut(&mut place);
    let found = kept(&place, &reader).await;
    assert_eq!(found, Vec::<String>::new(), "and not the machine: the disk was deaf to every sync");
    report(&format!(
        "| the same with syncs swallowed (synchronous=OFF) | 1 cut | {} writes acknowledged | all lost, as they must be: the \
         cut is real |",
        remembered.acknowledged.len(),
    ));
}

async fn kept(place: &Place, token: &str) -> Vec<String> {
    place.serve().await.caller.markets(token).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_that_was_made_is_there_after_a_power_cut() {
    let mut place = Place::new(None);
    // The key with which everything is sealed is made by the first command, and as much to be kept.
    place.key = None;
    std::fs::create_dir(&place.data).expect("a folder");
    let mut disk = Disk::of(&place);
    disk.put_under(&mut place, false);
    place.run(&["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"]);
    let key = |place: &Place| std::fs::read(place.data.join("keys/root.key")).expect("the root key");
    let made = key(&place);
    disk.cut(&mut place);
    assert_eq!(key(&place), made);
    assert_eq!(place.run(&["tenant", "list"]).trim(), "140100 taiyuan 太原市 ACTIVE");
    place.verified();
    assert!(place.serve().await.caller.answers("/readyz").await);
}

/// Set in a process that is to write under this setting until its power is cut.
const WRITER: &str = "YIZHAN_FAULT_WRITER";

#[tokio::test]
async fn of_the_settings_of_sqlite_only_full_outlives_a_power_cut() {
    if let Ok(setting) = std::env::var(WRITER) {
        write_under(&setting).await;
    }
    for (setting, left) in [("FULL", 100), ("NORMAL", 0), ("OFF", 0)] {
        let mut place = Place::new(None);
        std::fs::create_dir(&place.data).expect("a folder");
        let file = open(&place).await;
        file.execute_unprepared("PRAGMA journal_mode = WAL; CREATE TABLE t (n)").await.expect("a table");
        file.close().await.expect("it closes");
        let mut disk = Disk::of(&place);
        disk.put_under(&mut place, false);

        let mut writer = Command::new(std::env::current_exe().expect("this test"));
        writer.args(["--exact", "faults::power::of_the_settings_of_sqlite_only_full_outlives_a_power_cut"]);
        place.surround(&mut writer);
        let done = writer.env(WRITER, setting).current_dir(&place.data).output().expect("this test starts again");
        assert!(done.status.success(), "{setting}: {}", String::from_utf8_lossy(&done.stderr));

        assert_eq!(rows(&place).await, 100, "{setting}: written");
        disk.cut(&mut place);
        assert_eq!(rows(&place).await, left, "{setting}: left");
    }
}

/// A hundred transactions, and then nothing: neither the connection nor the process says goodbye.
async fn write_under(setting: &str) -> ! {
    let file = connect("sqlite://x.sqlite").await;
    file.execute_unprepared(&format!("PRAGMA synchronous = {setting}")).await.expect("a setting");
    for n in 0..100 {
        file.execute_unprepared(&format!("INSERT INTO t VALUES ({n})")).await.expect("a row");
    }
    std::process::exit(0);
}

async fn open(place: &Place) -> DatabaseConnection {
    connect(&format!("sqlite://{}?mode=rwc", place.data.join("x.sqlite").display())).await
}

#[expect(clippy::disallowed_methods, reason = "a file of SQLite without a house around it")]
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(url);
    Database::connect(options.max_connections(1).to_owned()).await.expect("SQLite opens")
}

async fn rows(place: &Place) -> i64 {
    let file = open(place).await;
    let count =
        file.query_one_raw(sea_orm::Statement::from_string(file.get_database_backend(), "SELECT count(*) AS n FROM t"));
    let count = count.await.expect("an answer").expect("a row").try_get("", "n").expect("a number");
    file.close().await.expect("it closes");
    count
}
