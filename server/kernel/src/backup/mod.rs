//! Backups (备份): one tenant in one file, taken while it is written to, restored on either back end.
//!
//! The file is gzip of lines of JSON: a header (format, tenant, moment, migrations), then for each table its columns and
//! its rows, and at the end the SHA-256 of everything before and its MAC under the root key. It holds what the store
//! holds: personal values sealed, data keys wrapped by the root key. The root key is not in it; back it up elsewhere.
//! Sessions are not in it either: who was signed in then is not therefore signed in again. Whoever was erased since it was made
//! is erased again before the tenant is opened.

mod file;
mod restore;
mod take;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::policy::Action;

pub use file::inspect;
pub use restore::{Restored, restore, restore_at};
pub use take::{Taken, backup};

/// Taking a backup (备份).
pub static BACKUP: Action = Action::new("tenant", "backup", "备份", "Back up");
/// Restoring a tenant (恢复).
pub static RESTORE: Action = Action::new("tenant", "restore", "恢复备份", "Restore a backup");

const FORMAT: &str = "yizhan-backup";
const VERSION: u32 = 1;
/// Tables whose rows stay behind.
const LEFT_BEHIND: [&str; 2] = ["citizen_session", "session"];

/// What a backup says of itself (备份说明).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    format: String,
    version: u32,
    /// The tenant's code.
    pub code: String,
    /// Its slug.
    pub slug: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its name in English.
    pub name_en: String,
    /// Its hotline.
    pub hotline: Option<String>,
    /// The moment it shows.
    pub taken_at: DateTime<Utc>,
    /// The migrations that made its tables: owner and name.
    pub migrations: Vec<(String, String)>,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Line {
    /// The first.
    Backup(Header),
    /// From here on rows of this table.
    Table { name: String, columns: Vec<String> },
    /// A row, its values in the order of the columns.
    Row(Vec<serde_json::Value>),
    /// The last: how many rows there are, the SHA-256 of all lines before this one, and its MAC.
    End { rows: u64, sha256: String, mac: String },
}
