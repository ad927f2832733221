//! The commands (命令) as whoever runs the server runs them: processes of their own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kernel::config::Config;
use serde_json::Value;
use tempfile::TempDir;

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yizhan"));
    command.arg("--data-dir").arg(dir).args(["--listen", "127.0.0.1:0"]).args(arguments);
    for name in ["YIZHAN_CONFIG", "YIZHAN_ROOT_KEY", "YIZHAN_ADMIN_URL", "YIZHAN_DATABASE__URL", PASSPHRASE] {
        command.env_remove(name);
    }
    command
}

fn ran(mut command: Command) -> Output {
    match command.output() {
        Ok(output) => output,
        Err(error) => panic!("the binary does not run: {error}"),
    }
}

fn yizhan(dir: &Path, arguments: &[&str]) -> Output {
    ran(command(dir, arguments))
}

/// Where the passphrase of a backup of the root key may be.
const PASSPHRASE: &str = "YIZHAN_KEY_PASSPHRASE";

/// With a passphrase in the environment.
fn yizhan_knowing(words: &str, dir: &Path, arguments: &[&str]) -> Output {
    let mut command = command(dir, arguments);
    command.env(PASSPHRASE, words);
    ran(command)
}

fn said(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

/// The lines of JSON a command printed.
fn lines(output: &Output) -> Vec<Value> {
    assert!(output.status.success(), "{}", said(&output.stderr));
    let line = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{text} is no JSON: {error}"));
    said(&output.stdout).lines().map(line).collect()
}

#[test]
fn a_second_process_on_one_data_directory_is_refused_by_every_command_that_changes_it() {
    let dir = TempDir::new().unwrap();
    let mut config = Config::load(None, std::iter::empty()).unwrap();
    config.data_dir = dir.path().to_owned();
    let first = yizhan::boot::kernel(config).unwrap();
    let held = first.store.hold().unwrap();
    let commands: [&[&str]; 13] = [
        &["serve"],
        &["work"],
        &["demo", "--prepare-only"],
        &["demo", "--reset", "taiyuan", "--prepare-only"],
        &["migrate"],
        &["restore", "no-such-file"],
        &["key", "rotate", "140100"],
        &["seed"],
        &["account", "administrators", "140100"],
        &["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"],
        &["tenant", "limits", "140100", "depth=8"],
        &["tenant", "hotline", "140100", "12333"],
        &["tenant", "remove", "140100", "--confirm", "140100"],
    ];
    for command in commands {
        let output = yizhan(dir.path(), command);
        let error = said(&output.stderr);
        assert!(!output.status.success(), "{command:?}");
        assert!(error.contains("have the data directory to itself"), "{command:?}: {error}");
        assert!(error.contains("stop that one first"), "{command:?}: {error}");
    }
    assert!(!dir.path().join("platform.sqlite").exists(), "none of them has begun");
    drop(held);
    let made = yizhan(dir.path(), &["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"]);
    assert!(made.status.success(), "{}", said(&made.stderr));
}

#[test]
fn a_real_city_begins_with_three_administrators_whose_passwords_are_printed_once() {
    let dir = TempDir::new().unwrap();
    let create = ["--json", "tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan", "--administrators"];
    let made = lines(&yizhan(dir.path(), &create));
    let roles: Vec<&str> = made.iter().map(|line| line["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system_admin", "security_admin", "audit_admin"]);
    assert!(made.iter().all(|line| line["tenant"] == "140100" && line["oneTimePassword"].as_str().unwrap().len() > 12));
    let again = lines(&yizhan(dir.path(), &["--json", "account", "administrators", "140100"]));
    assert!(again.is_empty(), "nobody was missing");
    let province = lines(&yizhan(dir.path(), &["--json", "account", "administrators", "platform"]));
    assert_eq!(province.len(), 3);
    let officer =
        ["--json", "account", "create", "platform", "wangfang", "--name", "王芳", "--role", "province_officer"];
    let officer = lines(&yizhan(dir.path(), &officer));
    assert_eq!((officer.len(), &officer[0]["username"]), (1, &Value::from("wangfang")));
    let reset = lines(&yizhan(dir.path(), &["--json", "account", "reset", "140100", "sysadmin"]));
    assert_ne!(reset[0]["oneTimePassword"], made[0]["oneTimePassword"]);
}

#[test]
fn an_account_that_cannot_be_is_refused_in_words() {
    let dir = TempDir::new().unwrap();
    let create = ["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"];
    assert!(yizhan(dir.path(), &create).status.success());
    let account = |tenant: &str, role: &str| {
        let output = yizhan(dir.path(), &["account", "create", tenant, "wangfang", "--name", "王芳", "--role", role]);
        assert!(!output.status.success());
        said(&output.stderr)
    };
    assert!(account("140200", "bureau_officer").contains("there is no tenant 140200"));
    assert!(account("140100", "province_officer").contains("cannot be assigned in that scope here"));
    assert!(account("140100", "king").contains("cannot be assigned in that scope here"));
    let nobody = yizhan(dir.path(), &["account", "reset", "140100", "nobody"]);
    assert!(said(&nobody.stderr).contains("nobody there has the user name"));
}

/// Three cities in a folder.
fn fleet(dir: &Path) -> [&'static str; 3] {
    let cities = [("140100", "taiyuan"), ("140200", "datong"), ("140300", "yangquan")];
    for (code, slug) in cities {
        let made = yizhan(dir, &["tenant", "create", code, slug, "--name-en", slug, "--administrators"]);
        assert!(made.status.success(), "{}", said(&made.stderr));
    }
    cities.map(|(code, _)| code)
}

fn statuses(dir: &Path) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = lines(&yizhan(dir, &["--json", "tenant", "list"]));
    let mut all: Vec<_> = list.iter().map(|line| (text(&line["code"]), text(&line["status"]))).collect();
    all.sort();
    all.into_iter().filter(|(code, _)| code != "platform").collect()
}

fn in_status(codes: [&str; 3], status: [&str; 3]) -> Vec<(String, String)> {
    codes.into_iter().zip(status).map(|(code, status)| (code.to_owned(), status.to_owned())).collect()
}

#[test]
fn a_city_that_cannot_be_migrated_is_in_maintenance_alone_and_comes_back() {
    let dir = TempDir::new().unwrap();
    let codes = fleet(dir.path());
    let file = dir.path().join("tenants").join("140200.sqlite");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, "no database at all, and long enough to be read as the header of one: ".repeat(60)).unwrap();
    // As a canary it stops the run before anybody else is touched.
    let stopped = yizhan(dir.path(), &["--json", "migrate", "--canary", "140200"]);
    assert!(!stopped.status.success());
    let stopped: Vec<String> = said(&stopped.stdout).lines().map(str::to_owned).collect();
    assert_eq!(stopped.len(), 1, "{stopped:?}");
    assert!(stopped[0].contains("140200") && stopped[0].contains("failed"), "{stopped:?}");
    // In the fleet it fails by itself, and the others are done.
    let run = yizhan(dir.path(), &["--json", "migrate", "--at-once", "2"]);
    assert!(!run.status.success());
    let mut told: Vec<Value> = said(&run.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    told.sort_by_key(|line| line["tenant"].to_string());
    let failed: Vec<bool> = told.iter().map(|line| line.get("failed").is_some()).collect();
    assert_eq!(failed, [false, true, false], "{told:?}");
    assert_eq!(statuses(dir.path()), in_status(codes, ["ACTIVE", "MAINTENANCE", "ACTIVE"]));
    let doctor = yizhan(dir.path(), &["doctor"]);
    assert!(!doctor.status.success());
    assert!(said(&doctor.stdout).contains("WRONG 140200"), "{}", said(&doctor.stdout));
    assert!(said(&doctor.stdout).contains("ok    140100"), "{}", said(&doctor.stdout));
    assert!(said(&doctor.stdout).contains("ok    directory of checkpoints"), "{}", said(&doctor.stdout));
    // Taken up again with its file back, it is as before.
    std::fs::write(&file, whole).unwrap();
    let again = lines(&yizhan(dir.path(), &["--json", "migrate"]));
    assert!(again.iter().all(|line| line["applied"] == 0), "{again:?}");
    assert_eq!(statuses(dir.path()), in_status(codes, ["ACTIVE"; 3]));
    // One that was suspended on purpose stays so, whatever is migrated.
    assert!(yizhan(dir.path(), &["tenant", "suspend", "140300"]).status.success());
    assert!(yizhan(dir.path(), &["migrate", "--canary", "140300"]).status.success());
    assert_eq!(statuses(dir.path()), in_status(codes, ["ACTIVE", "ACTIVE", "SUSPENDED"]));
    assert!(yizhan(dir.path(), &["tenant", "resume", "140300"]).status.success());
    assert_eq!(statuses(dir.path()), in_status(codes, ["ACTIVE"; 3]));
    assert!(!yizhan(dir.path(), &["tenant", "suspend", "149900"]).status.success());
    let hotline = |number: &str| yizhan(dir.path(), &["tenant", "hotline", "140300", number]).status.success();
    assert!(hotline("0353-2012333") && !hotline("123"), "a number that can be dialled and no other");
    assert_eq!(lines(&yizhan(dir.path(), &["--json", "tenant", "list"]))[2]["hotline"], "0353-2012333");
}

#[test]
fn a_city_lowers_its_limits_and_raises_none() {
    let dir = TempDir::new().unwrap();
    let codes = fleet(dir.path());
    let limits = |more: &[&str]| yizhan(dir.path(), &[&["--json", "tenant", "limits", codes[0]], more].concat());
    assert_eq!(lines(&limits(&[]))[0]["lowered"], serde_json::json!({}));
    let lowered = lines(&limits(&["depth=8", "cost=5000"]));
    assert_eq!((&lowered[0]["limits"]["depth"], &lowered[0]["limits"]["nodes"]), (&8.into(), &1_000.into()));
    assert_eq!(lines(&limits(&[]))[0]["lowered"], serde_json::json!({"depth": 8, "cost": 5_000}));
    for (wrong, says) in [
        ("depth=13", "not raise it to 13"),
        ("dept=3", "there is no limit dept"),
        ("depth=0", "suspend the city"),
        ("depth=deep", "deep is not a whole number"),
    ] {
        let refused = limits(&[wrong]);
        assert!(!refused.status.success() && said(&refused.stderr).contains(says), "{}", said(&refused.stderr));
    }
    let kept = lines(&limits(&["--reset", "depth=9"]));
    assert_eq!(kept[0]["lowered"], serde_json::json!({"depth": 9}));
    assert_eq!(lines(&limits(&["--reset"]))[0]["lowered"], serde_json::json!({}));
    let nobody = yizhan(dir.path(), &["tenant", "limits", "149900"]);
    assert!(!nobody.status.success() && said(&nobody.stderr).contains("there is no tenant 149900"));
}

#[test]
fn a_city_goes_to_a_file_and_comes_back_from_it() {
    let dir = TempDir::new().unwrap();
    let codes = fleet(dir.path());
    let file = dir.path().join("datong.backup");
    let path = file.to_str().unwrap();
    let written = lines(&yizhan(dir.path(), &["--json", "backup", "140200", path]));
    assert!(written[0]["rows"].as_u64().unwrap() > 3, "{written:?}");
    let twice = yizhan(dir.path(), &["backup", "140200", path]);
    assert!(!twice.status.success(), "a backup is never written over");
    let gone = yizhan(dir.path(), &["tenant", "remove", "140200", "--confirm", "140200"]);
    assert!(gone.status.success(), "{}", said(&gone.stderr));
    assert_eq!(statuses(dir.path()).len(), 2);
    // One byte of it changed, and nothing of it is taken.
    let bytes = std::fs::read(&file).unwrap();
    let mut forged = bytes.clone();
    let middle = forged.len() / 2;
    forged[middle] ^= 1;
    let other = dir.path().join("forged.backup");
    std::fs::write(&other, forged).unwrap();
    assert!(!yizhan(dir.path(), &["restore", other.to_str().unwrap()]).status.success());
    let back = lines(&yizhan(dir.path(), &["--json", "restore", path]));
    assert_eq!((&back[0]["tenant"], &back[0]["rows"]), (&Value::from("140200"), &written[0]["rows"]));
    assert_eq!(back[0]["broken"], Value::Null);
    assert_eq!(statuses(dir.path()), in_status(codes, ["ACTIVE"; 3]));
    let nobody_missing = lines(&yizhan(dir.path(), &["--json", "account", "administrators", "140200"]));
    assert!(nobody_missing.is_empty(), "its administrators came back with it");
    assert!(yizhan(dir.path(), &["audit", "verify", "140200"]).status.success());
}

#[test]
fn the_root_key_goes_to_a_file_under_a_passphrase_and_comes_back_from_it() {
    let dir = TempDir::new().unwrap();
    fleet(dir.path());
    let doctor = |dir: &Path| said(&yizhan(dir, &["doctor"]).stdout);
    assert!(doctor(dir.path()).contains("WRONG backup of the root key: no backup of it was ever made"));
    let file = dir.path().join("root.backup");
    let (to, from) =
        (["key", "backup", "--to", file.to_str().unwrap()], ["key", "restore", "--from", file.to_str().unwrap()]);
    let (words, others) = ("更上一层楼更上一层楼更上", "白日依山尽白日依山尽白日");
    let short = yizhan_knowing("更上一层楼", dir.path(), &to);
    assert!(said(&short.stderr).contains("at least 12 characters") && !file.exists(), "{}", said(&short.stderr));
    let written = yizhan_knowing(words, dir.path(), &to);
    assert!(written.status.success(), "{}", said(&written.stderr));
    assert!(doctor(dir.path()).contains("ok    backup of the root key"), "{}", doctor(dir.path()));
    assert!(!yizhan_knowing(words, dir.path(), &to).status.success(), "never over another");
    // The key is lost: nothing makes another one in its place, and the right one comes back.
    let key = dir.path().join("keys").join("root.key");
    std::fs::remove_file(&key).unwrap();
    assert!(doctor(dir.path()).contains("`yizhan key restore` brings one back"));
    let lost = yizhan(dir.path(), &["account", "reset", "140200", "sysadmin"]);
    assert!(said(&lost.stderr).contains("bring it back with `yizhan key restore"), "{}", said(&lost.stderr));
    let wrong = yizhan_knowing(others, dir.path(), &from);
    assert!(said(&wrong.stderr).contains("another passphrase") && !key.exists(), "{}", said(&wrong.stderr));
    assert!(yizhan_knowing(words, dir.path(), &from).status.success());
    assert_eq!(lines(&yizhan(dir.path(), &["--json", "account", "reset", "140200", "sysadmin"])).len(), 1);
    assert!(said(&yizhan_knowing(words, dir.path(), &from).stdout).contains("is there already"));
    // Where another key stands it stays.
    let other = TempDir::new().unwrap();
    assert!(yizhan(other.path(), &["migrate"]).status.success());
    let refused = yizhan_knowing(words, other.path(), &from);
    assert!(!refused.status.success());
    assert!(said(&refused.stderr).contains("another root key"), "{}", said(&refused.stderr));
    assert!(yizhan(other.path(), &["migrate"]).status.success());
}

/// Replaces the root key and kills the process when it has told of so many stores.
fn killed_after(dir: &Path, told: usize) {
    let mut child = command(dir, &["key", "rotate-root"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    for line in output.lines().take(told) {
        assert!(line.unwrap().contains("keys wrapped anew"));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_replacement_of_the_root_key_that_is_killed_or_fails_leaves_everything_open_and_is_taken_up() {
    let dir = TempDir::new().unwrap();
    let codes = fleet(dir.path());
    let keys = dir.path().join("keys");
    let names = || {
        let names = std::fs::read_dir(&keys).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    };
    let old = std::fs::read_to_string(keys.join("root.key")).unwrap();
    let everything_opens = || {
        for code in codes {
            assert_eq!(lines(&yizhan(dir.path(), &["--json", "account", "reset", code, "sysadmin"])).len(), 1);
        }
        let verified = yizhan(dir.path(), &["audit", "verify"]);
        assert!(verified.status.success(), "{}", said(&verified.stdout));
    };
    // Not beside a process that has read the old key.
    let mut config = Config::load(None, std::iter::empty()).unwrap();
    config.data_dir = dir.path().to_owned();
    let server = yizhan::boot::kernel(config).unwrap();
    let refused = said(&yizhan(dir.path(), &["key", "rotate-root"]).stderr);
    assert!(refused.contains("another yizhan process works with it: stop that one first"), "{refused}");
    drop(server);
    assert_eq!(names(), ["root.key"]);
    // One city cannot be opened: the others are done, and both keys stay.
    let file = dir.path().join("tenants").join("140200.sqlite");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, "no database at all, and long enough to be read as the header of one: ".repeat(60)).unwrap();
    let failed = yizhan(dir.path(), &["key", "rotate-root"]);
    assert!(!failed.status.success());
    assert!(said(&failed.stdout).contains("140300: 2 keys wrapped anew"), "{}", said(&failed.stdout));
    assert!(said(&failed.stderr).contains("Both root keys stay"), "{}", said(&failed.stderr));
    std::fs::write(&file, whole).unwrap();
    assert_eq!(names(), ["root.key", "root.next"]);
    everything_opens();
    assert!(said(&yizhan(dir.path(), &["doctor"]).stdout).contains("run `yizhan key rotate-root` again"));
    killed_after(dir.path(), 1);
    everything_opens();
    killed_after(dir.path(), 3);
    everything_opens();
    let done = lines(&yizhan(dir.path(), &["--json", "key", "rotate-root"]));
    assert_eq!(done.len(), 5, "{done:?}");
    everything_opens();
    assert!(names().iter().all(|name| name == "root.key" || name.starts_with("root.before-")), "{:?}", names());
    assert_ne!(std::fs::read_to_string(keys.join("root.key")).unwrap(), old);
    // Under the old key alone nothing opens any more.
    for (arguments, told) in [
        (["key", "rotate", "140100"].as_slice(), "unwrap a data key"),
        (&["key", "rotate-root"], "handed in as YIZHAN_ROOT_KEY"),
    ] {
        let mut stale = command(dir.path(), arguments);
        stale.env("YIZHAN_ROOT_KEY", &old);
        let refused = ran(stale);
        assert!(!refused.status.success());
        assert!(said(&refused.stderr).contains(told), "{}", said(&refused.stderr));
    }
}

/// The settings of one of several machines on PostgreSQL, under names of their own.
fn on_postgres(admin: &str) -> [(String, String); 2] {
    let at = admin.rfind('@').map_or_else(|| admin.find("//").unwrap() + 2, |at| at + 1);
    let url = format!("postgres://{}", admin.get(at..).unwrap());
    let prefix = format!("c{}_", std::process::id());
    [("YIZHAN_DATABASE__URL".to_owned(), url), ("YIZHAN_DATABASE__PREFIX".to_owned(), prefix)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_the_root_key_is_replaced_when_no_other_machine_is_at_work() {
    let Ok(admin) = std::env::var("YIZHAN_TEST_PG_ADMIN_URL") else { return };
    let (here, there) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let run = |dir: &TempDir, arguments: &[&str]| {
        let mut command = command(dir.path(), arguments);
        command.envs(on_postgres(&admin)).env("YIZHAN_ADMIN_URL", &admin);
        ran(command)
    };
    let machine = |dir: &TempDir| {
        let mut config = Config::load(None, on_postgres(&admin).into_iter()).unwrap();
        config.data_dir = dir.path().to_owned();
        yizhan::boot::kernel(config).unwrap()
    };
    let made = run(&here, &["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"]);
    assert!(made.status.success(), "{}", said(&made.stderr));
    let key = |dir: &TempDir| dir.path().join("keys").join("root.key");
    std::fs::create_dir(there.path().join("keys")).unwrap();
    std::fs::copy(key(&here), key(&there)).unwrap();
    let at_work = machine(&there);
    assert_eq!(at_work.all_tenants().await.unwrap().len(), 1);
    let refused = said(&run(&here, &["key", "rotate-root"]).stderr);
    assert!(refused.contains("others are connected, stop them first"), "{refused}");
    at_work.store.close("platform").await.unwrap();
    drop(at_work);
    assert_eq!(lines(&run(&here, &["--json", "key", "rotate-root"])).len(), 3);
    assert!(run(&here, &["key", "rotate", "140100"]).status.success());
    // The other machine gets in again with the new key, and not before.
    assert!(!run(&there, &["key", "rotate", "140100"]).status.success());
    std::fs::copy(key(&here), key(&there)).unwrap();
    let again = run(&there, &["key", "rotate", "140100"]);
    assert!(again.status.success(), "{}", said(&again.stderr));
    assert!(run(&here, &["tenant", "remove", "140100", "--confirm", "140100"]).status.success());
    machine(&here).store.remove("platform", Some(&admin)).await.unwrap();
}
