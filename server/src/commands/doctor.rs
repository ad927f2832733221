//! `yizhan doctor`: looks at what the server rests on and says what is wrong, in words.

use std::process::ExitCode;

use kernel::fault::Fault;
use kernel::store::PLATFORM;
use serde_json::json;

use super::Setting;

struct Finding {
    what: String,
    wrong: Option<String>,
}

pub(super) async fn run(setting: Setting) -> Result<ExitCode, Fault> {
    let as_json = setting.json;
    let mut findings = vec![check("root key", || {
        use std::os::unix::fs::PermissionsExt as _;
        let path = setting.config.data_dir.join("keys").join("root.key");
        match std::fs::metadata(&path) {
            Ok(meta) if meta.permissions().mode() & 0o077 != 0 => Some(format!("others can read {}", path.display())),
            Ok(_) => None,
            Err(_) if std::env::var("YIZHAN_ROOT_KEY").is_ok() => None,
            Err(_) => Some("there is none yet; the first start makes one".to_owned()),
        }
    })];
    let mail = format!("{}:{}", setting.config.mail.host, setting.config.mail.port);
    let reached = tokio::net::TcpStream::connect(&mail).await;
    findings.push(check("mail server", || reached.err().map(|_| format!("{mail} does not answer; letters will wait"))));
    let kernel = crate::boot::kernel(setting.config)?;
    let there = kernel.store.exists(PLATFORM).await;
    findings.push(check("database", || match there {
        Ok(true) => None,
        Ok(false) => Some("the platform has no store yet".to_owned()),
        Err(fault) => Some(fault.to_string()),
    }));
    for tenant in kernel.all_tenants().await.unwrap_or_default() {
        let opened = kernel.store.db(&tenant.code).await;
        findings.push(check(&tenant.code, || match opened {
            Ok(_) if tenant.status != "ACTIVE" => Some(format!("is {}", tenant.status)),
            Ok(_) => None,
            Err(fault) => Some(fault.to_string()),
        }));
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

fn check(what: &str, look: impl FnOnce() -> Option<String>) -> Finding {
    Finding { what: what.to_owned(), wrong: look() }
}
