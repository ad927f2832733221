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
