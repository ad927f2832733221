//! Settings (配置): one file whose defaults are the manual, every value also as `YIZHAN_…`.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::crypto::password::PasswordPreset;
use crate::fault::Fault;
use crate::sms::SmsConfig;

/// The commented default file; `yizhan config print` shows it with the values in force.
pub const DEFAULT_FILE: &str = include_str!("../config.default.toml");

/// All settings of the house.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where data is kept when the database is SQLite; keys and checkpoints stand there too.
    pub data_dir: PathBuf,
    /// Where the server listens.
    pub listen: String,
    /// The URL under which people reach it, for links and QR codes.
    pub public_url: String,
    /// The database.
    pub database: DatabaseConfig,
    /// Mail.
    pub mail: MailConfig,
    /// Text messages.
    pub sms: SmsConfig,
    /// People and sessions.
    pub people: PeopleConfig,
    /// Hiring parties.
    pub parties: PartiesConfig,
    /// The audit.
    pub audit: AuditConfig,
    /// Where postings are handed on.
    pub channels: ChannelsConfig,
    /// Logs.
    pub log: LogConfig,
    /// The transport: read and checked by the server, which alone knows HTTP.
    pub http: toml::Table,
}

/// The database (数据库).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Empty: SQLite in `data_dir`. `postgres://host/db`: PostgreSQL.
    pub url: String,
    /// Begins the names of roles and schemas.
    pub prefix: String,
    /// Connections to read, per tenant.
    pub readers: u32,
    /// Connections to write, per tenant.
    pub writers: u32,
    /// Connections to PostgreSQL in all, of this process.
    pub connections: u32,
    /// Databases kept open at most.
    pub keep_open: usize,
    /// No statement runs longer (seconds).
    pub statement_timeout_seconds: u64,
}

/// The mail server (邮件服务器).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// Its host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// STARTTLS?
    pub tls: bool,
    /// The sender.
    pub from: String,
    /// User name, where the server asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Password, where the server asks for one; never printed.
    #[serde(default, skip_serializing)]
    pub password: Option<String>,
}

/// People and sessions (账号与会话).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PeopleConfig {
    /// `djbh3` (等保三级) or `asvs`.
    pub password_preset: PasswordPreset,
    /// A session unused for so long ends (minutes).
    pub idle_minutes: i64,
    /// A session ends after so long whatever happens (hours).
    pub session_hours: i64,
    /// A one-time password that nobody used lapses after so long (hours).
    pub one_time_hours: i64,
    /// Must staff use a second factor?
    pub staff_totp: bool,
    /// A citizen's session unused for so long ends (days).
    pub citizen_idle_days: i64,
    /// A citizen's session ends after so long whatever happens (days).
    pub citizen_session_days: i64,
    /// Codes sent to telephones at the request of one network, an hour; a whole hall may share one.
    pub codes_an_hour: i32,
}

/// Hiring parties (用工主体).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartiesConfig {
    /// A party that registered is verified or rejected within so long (minutes).
    pub review_minutes: u32,
    /// So many of a hundred verified parties are looked at again each month; one at least.
    pub recheck_percent: u32,
    /// Within so many working days.
    pub recheck_days: u32,
    /// A party that has not said for so long that it still hires counts as stale (days).
    pub stale_days: u32,
}

/// The audit is kept for at least so many months: 网络安全法 art 23.
pub const LEAST_MONTHS: u32 = 6;

/// The audit (审计).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditConfig {
    /// For so many months nothing may be removed from it.
    pub keep_months: u32,
    /// Where signed checkpoints are written; empty for `checkpoints` in the data directory.
    pub checkpoint_dir: PathBuf,
}

/// Where postings are handed on (发布渠道).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelsConfig {
    /// Where files for partner sites are written; empty for `partner` in the data directory.
    pub partner_dir: PathBuf,
}

/// Logs (日志).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// `json` or `text`.
    pub format: String,
    /// A filter as of `tracing`: `info,yizhan=debug`.
    pub filter: String,
}

impl Config {
    /// The defaults, then `file`, then the environment's `YIZHAN_…` (`YIZHAN_MAIL__HOST` is `mail.host`).
    pub fn load(file: Option<&str>, env: impl Iterator<Item = (String, String)>) -> Result<Self, Fault> {
        let mut table: toml::Table = DEFAULT_FILE.parse().map_err(Fault::of("read the default settings"))?;
        if let Some(text) = file {
            merge(&mut table, text.parse().map_err(Fault::of("read the settings file"))?);
        }
        for (name, value) in env {
            let Some(path) = name.strip_prefix("YIZHAN_") else { continue };
            if !set(&mut table, None, &path.to_ascii_lowercase(), &value) {
                tracing::error!(name, "a setting in the environment is not of its type");
                return Err(Fault::internal("understand the settings: one in the environment is not of its type"));
            }
        }
        let config: Self = table.try_into().map_err(Fault::of("understand the settings"))?;
        config.check()?;
        Ok(config)
    }

    /// What no type says: the prefix stands in names of roles and schemas, which are not quoted.
    fn check(&self) -> Result<(), Fault> {
        let prefix = &self.database.prefix;
        let mut bytes = prefix.bytes();
        let named = bytes.next().is_some_and(|b| b.is_ascii_lowercase())
            && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && prefix.len() <= 20;
        if !named {
            return Err(Fault::internal("understand the settings: database.prefix must be 1 to 20 of a-z, 0-9 and _"));
        }
        if self.parties.review_minutes == 0 || !(1..=100).contains(&self.parties.recheck_percent) {
            return Err(Fault::internal(
                "understand the settings: parties.review_minutes is at least 1, recheck_percent 1 to 100",
            ));
        }
        if self.audit.keep_months < LEAST_MONTHS {
            return Err(Fault::internal(
                "understand the settings: audit.keep_months is at least 6 (网络安全法 art 23)",
            ));
        }
        if self.database.readers == 0 || self.database.writers == 0 || self.database.keep_open == 0 {
            return Err(Fault::internal(
                "understand the settings: database.readers, writers and keep_open are at least 1",
            ));
        }
        if self.database.connections < self.database.readers + self.database.writers {
            return Err(Fault::internal(
                "understand the settings: database.connections are at least readers and writers of one tenant",
            ));
        }
        self.sms.check()
    }

    /// Where signed checkpoints of the audit are written.
    #[must_use]
    pub fn checkpoint_dir(&self) -> PathBuf {
        if self.audit.checkpoint_dir.as_os_str().is_empty() {
            return self.data_dir.join("checkpoints");
        }
        self.audit.checkpoint_dir.clone()
    }

    /// Where files for partner sites are written, and whether the folder is ours to make: a share that is not mounted is not.
    #[must_use]
    pub fn partner_dir(&self) -> (PathBuf, bool) {
        let set = &self.channels.partner_dir;
        if set.as_os_str().is_empty() { (self.data_dir.join("partner"), true) } else { (set.clone(), false) }
    }

    /// How long a statement may run.
    #[must_use]
    pub const fn statement_timeout(&self) -> Duration {
        Duration::from_secs(self.database.statement_timeout_seconds)
    }
}

fn merge(into: &mut toml::Table, from: toml::Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(toml::Value::Table(inner)), toml::Value::Table(more)) => merge(inner, more),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}

/// Settings that have no default and so stand nowhere in the default file: section and name.
const WITHOUT_DEFAULT: [(&str, &str); 3] = [("mail", "username"), ("mail", "password"), ("sms", "secret")];

/// Sets `a__b` to `value`, read as the type that stands there; says whether it could be. Names that are no setting are
/// somebody else's.
fn set(table: &mut toml::Table, section: Option<&str>, path: &str, value: &str) -> bool {
    if let Some((head, rest)) = path.split_once("__") {
        return match table.get_mut(head) {
            Some(toml::Value::Table(inner)) => set(inner, Some(head), rest, value),
            _ => true,
        };
    }
    let parsed = match table.get(path) {
        Some(toml::Value::Integer(_)) => value.parse().ok().map(toml::Value::Integer),
        Some(toml::Value::Boolean(_)) => value.parse().ok().map(toml::Value::Boolean),
        Some(toml::Value::String(_)) => Some(toml::Value::String(value.to_owned())),
        Some(toml::Value::Array(_)) => Some(list(value)),
        _ if WITHOUT_DEFAULT.iter().any(|(s, n)| section == Some(*s) && *n == path) => {
            Some(toml::Value::String(value.to_owned()))
        }
        _ => return true,
    };
    match parsed {
        Some(parsed) => {
            table.insert(path.to_owned(), parsed);
            true
        }
        None => false,
    }
}

/// A list of texts, separated by commas.
fn list(value: &str) -> toml::Value {
    let items = value.split(',').map(str::trim).filter(|item| !item.is_empty());
    toml::Value::Array(items.map(|item| toml::Value::String(item.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_file_is_a_whole_configuration() {
        let config = Config::load(None, std::iter::empty()).expect("defaults load");
        assert_eq!(config.listen, "127.0.0.1:8080");
    }

    #[test]
    fn the_environment_overrides_the_file_and_an_unknown_setting_in_the_file_is_refused() {
        let env =
            [("YIZHAN_MAIL__PORT".to_owned(), "2525".to_owned()), ("YIZHAN_LISTEN".to_owned(), "[::1]:1".to_owned())];
        let config = Config::load(Some("listen = \"0.0.0.0:9\""), env.into_iter()).expect("loads");
        assert_eq!((config.mail.port, config.listen.as_str()), (2525, "[::1]:1"));
        assert!(Config::load(Some("[database]\nprefix = \"x; DROP\""), std::iter::empty()).is_err());
        let bad = [("YIZHAN_MAIL__PORT".to_owned(), "twenty-five".to_owned())];
        assert!(Config::load(None, bad.into_iter()).is_err());
        assert!(Config::load(Some("lisen = \"typo\""), std::iter::empty()).is_err());
        assert!(Config::load(Some("[audit]\nkeep_months = 5"), std::iter::empty()).is_err());
        assert!(Config::load(Some("[parties]\nrecheck_percent = 0"), std::iter::empty()).is_err());
    }

    #[test]
    fn a_password_of_somebody_else_in_the_environment_does_not_stop_the_start() {
        let env = |name: &str| [(name.to_owned(), "secret".to_owned())].into_iter();
        for name in ["YIZHAN_PASSWORD", "YIZHAN_USERNAME", "YIZHAN_LOG__PASSWORD", "YIZHAN_MAIL", "YIZHAN_HTTP"] {
            let config = Config::load(None, env(name)).expect(name);
            assert_eq!((config.mail.username, config.mail.password), (None, None), "{name}");
        }
        let config = Config::load(None, env("YIZHAN_MAIL__PASSWORD")).expect("loads");
        assert_eq!(config.mail.password.as_deref(), Some("secret"));
    }

    #[test]
    fn a_list_in_the_environment_is_separated_by_commas() {
        let env = [("YIZHAN_HTTP__TRUSTED_PROXIES".to_owned(), "10.0.0.1, 10.0.0.2".to_owned())];
        let config = Config::load(None, env.into_iter()).expect("loads");
        let proxies: Vec<&str> =
            config.http["trusted_proxies"].as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect();
        assert_eq!(proxies, ["10.0.0.1", "10.0.0.2"]);
    }
}
