//! The files of the root key (根密钥文件): `root.key`; beside it `root.next` while it is being changed, and those it
//! replaced, `root.before-….key`, until the operator removes them.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::RootKey;
use crate::config::Config;
use crate::fault::Fault;

/// Where the root key stands.
#[derive(Clone, Debug)]
pub struct RootFiles {
    dir: PathBuf,
}

/// Nobody changes the root key under a process that has read it, and nobody reads it while it is changed: held for as
/// long as this lives.
#[derive(Debug)]
#[must_use = "the root key may be changed as soon as this is dropped"]
pub struct RootHeld(#[expect(dead_code, reason = "the lock is held by the open file")] File);

impl RootFiles {
    /// Those of the data directory.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self { dir: config.data_dir.join("keys") }
    }

    /// The file of the root key.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.dir.join("root.key")
    }

    fn next(&self) -> PathBuf {
        self.dir.join("root.next")
    }

    /// Keeps the root key as it is while this process lives; fails while it is being changed.
    pub fn hold(&self) -> Result<RootHeld, Fault> {
        let (file, path) = self.lock()?;
        match file.try_lock_shared() {
            Ok(()) => Ok(RootHeld(file)),
            Err(TryLockError::WouldBlock) => Err(Fault::of("read the root key")(Busy(
                path,
                "the root key is being changed by `yizhan key rotate-root`: start this again when that has ended",
            ))),
            Err(TryLockError::Error(error)) => Err(Fault::of("lock the root key")(error)),
        }
    }

    /// Keeps everybody else away; fails while another process of this machine has read the root key.
    pub fn hold_alone(&self) -> Result<RootHeld, Fault> {
        let (file, path) = self.lock()?;
        match file.try_lock() {
            Ok(()) => Ok(RootHeld(file)),
            Err(TryLockError::WouldBlock) => Err(Fault::of("change the root key")(Busy(
                path,
                "another yizhan process works with it: stop that one first",
            ))),
            Err(TryLockError::Error(error)) => Err(Fault::of("lock the root key")(error)),
        }
    }

    fn lock(&self) -> Result<(File, PathBuf), Fault> {
        let path = self.dir.join("lock");
        crate::folder::make(&self.dir).map_err(Fault::of("make the folder of the keys"))?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        Ok((file.map_err(Fault::of("open the lock of the root key"))?, path))
    }

    /// The root key, with the next one while there is one; `None` where there is no file.
    pub fn load(&self) -> Result<Option<RootKey>, Fault> {
        let Some(root) = read(&self.key())? else { return Ok(None) };
        Ok(Some(match read(&self.next())? {
            Some(next) => root.with_next(next),
            None => root,
        }))
    }

    /// The root key, made where there is none yet.
    pub fn load_or_create(&self) -> Result<RootKey, Fault> {
        match self.load()? {
            Some(root) => Ok(root),
            None => {
                let root = RootKey::fresh();
                self.write(&root)?;
                Ok(root)
            }
        }
    }

    /// Writes a root key, and its next one if it has one, where there is none.
    pub fn write(&self, root: &RootKey) -> Result<(), Fault> {
        // The next one first: a key that is there is there with all that it needs.
        if let Some(next) = root.next() {
            write(&self.next(), next)?;
        }
        write(&self.key(), root)
    }

    /// Begins a rotation: the next key is on the disk before anything is wrapped under it. One that was begun goes on.
    pub fn begin(&self) -> Result<RootKey, Fault> {
        let root = self.load()?.ok_or(Fault::internal("change the root key: there is none"))?;
        if root.next().is_some() {
            return Ok(root);
        }
        let next = RootKey::fresh();
        write(&self.next(), &next)?;
        Ok(root.with_next(next))
    }

    /// Ends a rotation: the next key becomes the root key, and the old one stays beside it; says where.
    pub fn promote(&self, now: DateTime<Utc>) -> Result<PathBuf, Fault> {
        let aside = self.dir.join(format!("root.before-{}.key", now.format("%Y%m%dT%H%M%SZ")));
        // A second name for the old one, then the new one under its first: at no moment is there none.
        match std::fs::hard_link(self.key(), &aside) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(Fault::of("keep the old root key")(e)),
            _ => crate::folder::keep_name(&aside).map_err(Fault::of("keep the old root key"))?,
        }
        std::fs::rename(self.next(), self.key()).map_err(Fault::of("name the new root key"))?;
        crate::folder::keep_name(&self.key()).map_err(Fault::of("name the new root key"))?;
        Ok(aside)
    }

    /// The keys that were the root key before and are still here.
    pub fn earlier(&self) -> Result<Vec<RootKey>, Fault> {
        let mut keys = Vec::new();
        let folder = match std::fs::read_dir(&self.dir) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(keys),
            folder => folder.map_err(Fault::of("look for earlier root keys"))?,
        };
        for entry in folder {
            let entry = entry.map_err(Fault::of("look for earlier root keys"))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("root.before-") {
                keys.extend(read(&entry.path())?);
            }
        }
        Ok(keys)
    }
}

fn read(path: &Path) -> Result<Option<RootKey>, Fault> {
    match std::fs::read_to_string(path).map(zeroize::Zeroizing::new) {
        Ok(text) => RootKey::from_hex(&text).map(Some),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Fault::of("read the root key")(e)),
    }
}

/// Writes a key beside its place, readable by its owner only, and gives it its name when it is whole. Everything is
/// sealed under it: a key that a power cut takes away takes all personal data with it.
fn write(path: &Path, key: &RootKey) -> Result<(), Fault> {
    private(path, key.hex().as_bytes()).map_err(Fault::of("write the root key"))
}

/// Writes a file that only its owner reads, whole or not at all, and never over another.
pub(super) fn private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    if let Some(parent) = path.parent() {
        crate::folder::make(parent)?;
    }
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    // What a cut left behind may be half a key.
    match std::fs::remove_file(&partial) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&partial)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // A link fails where a rename would replace.
    let named = std::fs::hard_link(&partial, path);
    std::fs::remove_file(&partial)?;
    named?;
    crate::folder::keep_name(path)
}

/// Somebody else works with the root key.
#[derive(Debug)]
struct Busy(PathBuf, &'static str);

impl std::fmt::Display for Busy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} is locked)", self.1, self.0.display())
    }
}

impl std::error::Error for Busy {}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> (tempfile::TempDir, RootFiles) {
        let dir = tempfile::TempDir::new().unwrap();
        let files = RootFiles { dir: dir.path().join("keys") };
        (dir, files)
    }

    #[test]
    fn a_rotation_that_was_cut_short_anywhere_goes_on_with_the_same_key() {
        let (_dir, files) = files();
        let old = files.load_or_create().unwrap().fingerprint();
        // Half of the next key, as a power cut leaves it.
        std::fs::write(files.dir.join("root.next.partial"), "00ff").unwrap();
        let begun = files.begin().unwrap();
        let next = begun.next().unwrap().fingerprint();
        assert_eq!(
            (begun.fingerprint(), files.begin().unwrap().next().unwrap().fingerprint()),
            (old.clone(), next.clone())
        );
        assert_eq!(files.load().unwrap().unwrap().next().unwrap().fingerprint(), next);
        // Cut between the old one's second name and the new one's first.
        let now = DateTime::from_timestamp(1_000_000, 0).unwrap();
        std::fs::hard_link(files.key(), files.dir.join("root.before-19700112T134640Z.key")).unwrap();
        assert_eq!(files.load().unwrap().unwrap().fingerprint(), old);
        let aside = files.promote(now).unwrap();
        let root = files.load().unwrap().unwrap();
        assert_eq!((root.fingerprint(), root.next().is_none()), (next, true));
        assert_eq!(read(&aside).unwrap().unwrap().fingerprint(), old);
        assert_eq!(files.earlier().unwrap().len(), 1);
    }

    #[test]
    fn a_key_is_readable_by_its_owner_only_and_never_written_over() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, files) = files();
        let first = files.load_or_create().unwrap();
        assert_eq!(std::fs::metadata(files.key()).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(files.write(&RootKey::new([1; 32])).is_err());
        assert_eq!(files.load().unwrap().unwrap().fingerprint(), first.fingerprint());
        assert_eq!(std::fs::read_dir(&files.dir).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn who_reads_the_key_and_who_changes_it_keep_each_other_away() {
        let (_dir, files) = files();
        let reading = [files.hold().unwrap(), files.hold().unwrap()];
        let refused = std::error::Error::source(&files.hold_alone().unwrap_err()).unwrap().to_string();
        assert!(refused.contains("stop that one first"), "{refused}");
        drop(reading);
        let changing = files.hold_alone().unwrap();
        assert!(files.hold().is_err() && files.hold_alone().is_err());
        drop(changing);
        assert!(files.hold().is_ok());
    }
}
