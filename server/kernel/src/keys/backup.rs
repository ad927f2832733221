//! A backup of the root key (根密钥备份): a small file, sealed under a passphrase, to be kept away from the data.
//!
//! It says how its passphrase becomes a key, which root key it holds, and since when. While a rotation is under way it
//! holds both keys, for the stores may need either.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entities::setting;
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait as _, Set};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KEY_BACKUP, RootKey, files};
use crate::crypto::hash::random_bytes;
use crate::crypto::passphrase::{Cost, FOR_YEARS};
use crate::crypto::{aead, join, passphrase};
use crate::fault::{Fault, Never, Stop};
use crate::kernel::Kernel;

const FORMAT: &str = "yizhan-root-key";
const VERSION: u32 = 1;
/// A passphrase has at least so many characters: the file may be carried away and guessed at for years.
pub const PASSPHRASE: usize = 12;
/// The setting of the platform that remembers the last backup.
const REMEMBERED: &str = "root_key.backup";

/// The file, as it is written (备份文件).
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SealedRoot {
    format: String,
    version: u32,
    fingerprint: String,
    made_at: DateTime<Utc>,
    kdf: String,
    cost: Cost,
    salt: String,
    sealed: String,
}

impl SealedRoot {
    fn aad(&self) -> Vec<u8> {
        join(&[
            self.format.as_bytes(),
            &self.version.to_be_bytes(),
            self.fingerprint.as_bytes(),
            &self.made_at.timestamp_micros().to_be_bytes(),
        ])
    }
}

/// The last backup of a root key (上次备份).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// Of which key.
    pub fingerprint: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes `root` to a new file at `path`, sealed under `passphrase` (备份根密钥). Takes about a second.
pub fn seal_root(root: &RootKey, path: &Path, words: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    seal_root_at(root, path, words, now, FOR_YEARS)
}

fn seal_root_at(root: &RootKey, path: &Path, words: &str, now: DateTime<Utc>, cost: Cost) -> Result<(), Fault> {
    if words.chars().count() < PASSPHRASE {
        return Err(Fault::internal("back up the root key: a passphrase has at least 12 characters"));
    }
    let salt: [u8; 16] = random_bytes().map_err(Fault::of("back up the root key"))?;
    let key = passphrase::key(words, &salt, cost).map_err(Fault::of("back up the root key"))?;
    let mut file = SealedRoot {
        format: FORMAT.to_owned(),
        version: VERSION,
        fingerprint: root.fingerprint(),
        made_at: now,
        kdf: "argon2id".to_owned(),
        cost,
        salt: data_encoding::HEXLOWER.encode(&salt),
        sealed: String::new(),
    };
    let keys = Zeroizing::new(root.at_hand().flat_map(|root| *root.bytes()).collect::<Vec<u8>>());
    let sealed = aead::seal(&key, 0, &file.aad(), &keys).map_err(Fault::of("back up the root key"))?;
    file.sealed = data_encoding::HEXLOWER.encode(&sealed);
    let mut text = serde_json::to_vec_pretty(&file).map_err(Fault::of("back up the root key"))?;
    text.push(b'\n');
    files::private(path, &text).map_err(Fault::of("write the backup of the root key"))
}

/// The root key in the file at `path` (恢复根密钥), or why it does not open.
pub fn open_root(path: &Path, words: &str) -> Result<RootKey, Fault> {
    let text = std::fs::read(path).map_err(Fault::of("read the backup of a root key"))?;
    let file: SealedRoot = serde_json::from_slice(&text).map_err(Fault::of("read the backup of a root key"))?;
    if file.format != FORMAT || file.version != VERSION || file.kdf != "argon2id" {
        return Err(Fault::internal("read the backup of a root key: this build does not know its version"));
    }
    let bytes = |hex: &str| data_encoding::HEXLOWER.decode(hex.as_bytes());
    let salt = bytes(&file.salt).map_err(Fault::of("read the backup of a root key"))?;
    let sealed = bytes(&file.sealed).map_err(Fault::of("read the backup of a root key"))?;
    let key = passphrase::key(words, &salt, file.cost).map_err(Fault::of("read the backup of a root key"))?;
    let keys = aead::open(|_| Some(key), &file.aad(), &sealed)
        .map_err(|_| Fault::internal("open the backup of a root key: another passphrase, or it was changed"))?;
    let mut keys = keys.chunks(32);
    let root = RootKey::from_bytes(keys.next().unwrap_or_default())?;
    let root = match keys.next() {
        Some(next) => root.with_next(RootKey::from_bytes(next)?),
        None => root,
    };
    if root.fingerprint() != file.fingerprint || keys.next().is_some() {
        return Err(Fault::internal("open the backup of a root key: it holds another key than it says"));
    }
    Ok(root)
}

/// Remembers on the platform that the root key was backed up: which, and when.
pub async fn remember_backup(kernel: &Arc<Kernel>, root: &RootKey) -> Result<(), Fault> {
    let ctx = kernel.platform_ctx().await?;
    let last = LastBackup { fingerprint: root.fingerprint(), at: ctx.now() };
    let saved: Result<(), Stop<Never>> = ctx
        .transact(&KEY_BACKUP, |tx| async move {
            tx.note("fingerprint", last.fingerprint.as_str());
            let row = setting::ActiveModel {
                name: Set(REMEMBERED.to_owned()),
                value: Set(serde_json::to_value(last).map_err(Fault::of("remember a backup"))?),
                changed_at: Set(tx.ctx().now()),
                changed_by: Set(None),
            };
            let replace = OnConflict::column(setting::Column::Name)
                .update_columns([setting::Column::Value, setting::Column::ChangedAt])
                .to_owned();
            setting::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    saved.map_err(Stop::into_fault)
}

/// The last backup that was made of a root key, of this one or another.
pub async fn last_backup(kernel: &Arc<Kernel>) -> Result<Option<LastBackup>, Fault> {
    let ctx = kernel.platform_ctx().await?;
    let row = setting::Entity::find_by_id(REMEMBERED).one(&ctx.scope()).await?;
    row.map(|r| serde_json::from_value(r.value)).transpose().map_err(Fault::of("read when the root key was backed up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 32, passes: 1, lanes: 1 };
    const WORDS: &str = "白日依山尽黄河入海流欲穷千";

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_000_000, 0).unwrap()
    }

    #[test]
    fn a_backup_gives_the_key_back_to_who_knows_the_passphrase() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("root.backup");
        let root = RootKey::new([7; 32]);
        seal_root_at(&root, &path, WORDS, now(), CHEAP).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(open_root(&path, WORDS).unwrap().bytes(), &[7; 32]);
        let refused = open_root(&path, "白日依山尽黄河入海流欲穷万").unwrap_err().to_string();
        assert!(refused.contains("another passphrase"), "{refused}");
        assert!(seal_root_at(&root, &path, WORDS, now(), CHEAP).is_err(), "never over another file");
        assert!(seal_root_at(&root, &dir.path().join("x"), "too short", now(), CHEAP).is_err());
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains(root.hex().as_str()), "{text}");
        for (from, to) in
            [("1970-01-12", "1970-01-13"), (&root.fingerprint(), &"0".repeat(16)), ("\"passes\": 1", "\"passes\": 2")]
        {
            std::fs::write(&path, text.replace(from, to)).unwrap();
            assert!(open_root(&path, WORDS).is_err(), "{from}");
        }
    }

    #[test]
    fn in_the_middle_of_a_rotation_both_keys_are_in_the_backup() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("root.backup");
        let root = RootKey::new([7; 32]).with_next(RootKey::new([8; 32]));
        seal_root_at(&root, &path, WORDS, now(), CHEAP).unwrap();
        let opened = open_root(&path, WORDS).unwrap();
        assert_eq!((opened.bytes(), opened.next().unwrap().bytes()), (&[7; 32], &[8; 32]));
    }
}
