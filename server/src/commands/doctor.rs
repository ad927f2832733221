//! `yizhan doctor`: looks at what the server rests on and says what is wrong, in words.

use std::process::ExitCode;
use std::sync::Arc;

use kernel::Kernel;
use kernel::config::Config;
use kernel::fault::Fault;
use kernel::keys::RootFiles;
use kernel::sms::GatewayKind;
use kernel::store::PLATFORM;
use serde_json::json;

use super::Setting;
use crate::boot::ROOT_KEY;

struct Finding {
    what: String,
    wrong: Option<String>,
}

pub(super) async fn run(setting: Setting) -> Result<ExitCode, Fault> {
    let as_json = setting.json;
    let files = RootFiles::of(&setting.config);
    let is_there = files.key().exists() || std::env::var_os(ROOT_KEY).is_some();
    let mut findings = vec![check("root key", || root_key(&files))];
    let mail = format!("{}:{}", setting.config.mail.host, setting.config.mail.port);
    let reached = tokio::net::TcpStream::connect(&mail).await;
    findings.push(check("directory of checkpoints", || no_checkpoints(&setting.config)));
    findings.push(check("mail server", || reached.err().map(|_| format!("{mail} does not answer; letters will wait"))));
    let no_texts = no_texts(&setting.config).await;
    findings.push(check("gateway for text messages", || no_texts));
    // Looking makes nothing: a new root key would stand in the way of one that is to be restored.
    if is_there {
        stores(&crate::boot::kernel(setting.config)?, &mut findings).await;
    }
    for f in &findings {
        match (&f.wrong, as_json) {
            (wrong, true) => println!("{}", json!({"what": f.what, "wrong": wrong})),
            (None, false) => println!("ok    {}", f.what),
            (Some(wrong), false) => println!("WRONG {}: {wrong}", f.what),
        }
    }
    let well = findings.iter().all(|f| f.wrong.is_none());
    Ok(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn root_key(files: &RootFiles) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let path = files.key();
    match std::fs::metadata(&path) {
        Ok(meta) if meta.permissions().mode() & 0o077 != 0 => Some(format!("others can read {}", path.display())),
        Ok(_) => None,
        Err(_) if std::env::var_os(ROOT_KEY).is_some() => None,
        Err(_) => Some("there is none yet; the first start makes one, `yizhan key restore` brings one back".to_owned()),
    }
}

/// Why no checkpoint of the audit can be written. The directory beside the data is made with the first; one that the
/// settings name is there.
fn no_checkpoints(config: &Config) -> Option<String> {
    let dir = config.checkpoint_dir();
    if config.audit.checkpoint_dir.as_os_str().is_empty() && !dir.exists() {
        return None;
    }
    let probe = dir.join(".doctor");
    let tried = std::fs::File::create(&probe).and_then(|_| std::fs::remove_file(&probe));
    tried.err().map(|error| format!("checkpoints cannot be written to {}: {error}", dir.display()))
}

/// Why text messages do not go out.
async fn no_texts(config: &Config) -> Option<String> {
    let sms = &config.sms;
    match sms.gateway {
        GatewayKind::None => Some("none is set (sms.gateway); every text message fails".to_owned()),
        GatewayKind::Page if sms.must_not_serve(&config.public_url) => Some(
            "they go to a page, which is for a demo on this machine; nobody serves `public_url` like that".to_owned(),
        ),
        GatewayKind::Page => None,
        GatewayKind::Http => {
            let (host, port) = sms.address()?;
            let reached = tokio::net::TcpStream::connect((host.as_str(), port)).await;
            reached.err().map(|_| format!("{host}:{port} does not answer; text messages will wait"))
        }
    }
}

/// Was the root key that is in force ever backed up?
async fn backed_up(kernel: &Arc<Kernel>) -> Option<String> {
    if kernel.root.next().is_some() {
        return Some("it is being replaced: run `yizhan key rotate-root` again".to_owned());
    }
    match kernel::keys::last_backup(kernel).await {
        Ok(Some(last)) if last.fingerprint == kernel.root.fingerprint() => None,
        Ok(_) => Some("no backup of it was ever made: run `yizhan key backup --to FILE`".to_owned()),
        Err(fault) => Some(fault.to_string()),
    }
}

/// The platform's store and the tenants'.
async fn stores(kernel: &Arc<Kernel>, findings: &mut Vec<Finding>) {
    let there = kernel.store.exists(PLATFORM).await;
    let found = matches!(there, Ok(true));
    findings.push(check("database", || match there {
        Ok(true) => None,
        Ok(false) => Some("the platform has no store yet".to_owned()),
        Err(fault) => Some(fault.to_string()),
    }));
    if !found {
        return;
    }
    let backed_up = backed_up(kernel).await;
    findings.push(check("backup of the root key", || backed_up));
    for tenant in kernel.all_tenants().await.unwrap_or_default() {
        let opened = kernel.store.db(&tenant.code).await;
        findings.push(check(&tenant.code, || match opened {
            Ok(_) if tenant.status != "ACTIVE" => Some(format!("is {}", tenant.status)),
            Ok(db) => db.misfit().map(|misfit| format!("is in maintenance, run `yizhan migrate`: {misfit}")),
            Err(fault) => Some(fault.to_string()),
        }));
    }
}

fn check(what: &str, look: impl FnOnce() -> Option<String>) -> Finding {
    Finding { what: what.to_owned(), wrong: look() }
}
