//! The commands (命令) as whoever runs the server runs them: processes of their own.

use std::path::Path;
use std::process::{Command, Output};

use kernel::config::Config;
use serde_json::Value;
use tempfile::TempDir;

fn yizhan(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yizhan"));
    command.arg("--data-dir").arg(dir).args(["--listen", "127.0.0.1:0"]).args(arguments);
    for name in ["YIZHAN_CONFIG", "YIZHAN_ROOT_KEY", "YIZHAN_ADMIN_URL", "YIZHAN_DATABASE__URL"] {
        command.env_remove(name);
    }
    match command.output() {
        Ok(output) => output,
        Err(error) => panic!("the binary does not run: {error}"),
    }
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
    let commands: [&[&str]; 9] = [
        &["serve"],
        &["work"],
        &["demo", "--prepare-only"],
        &["demo", "--reset", "taiyuan", "--prepare-only"],
        &["migrate"],
        &["restore", "no-such-file"],
        &["key", "rotate", "140100"],
        &["tenant", "create", "140100", "taiyuan", "--name-en", "Taiyuan"],
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
    let text = |value: &Value| value.as_str().unwrap().to_owned();
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
