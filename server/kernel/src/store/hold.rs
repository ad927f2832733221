//! The data directory, held by one process (独占数据目录): a second one would take over its files under its feet.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::fault::Fault;

/// The file that is locked.
const NAME: &str = "lock";

/// The data directory belongs to this process for as long as this lives, and is free again however the process ends.
#[derive(Debug)]
#[must_use = "the directory is free again as soon as this is dropped"]
pub struct Held(#[expect(dead_code, reason = "the lock is held by the open file")] Option<File>);

impl Held {
    /// Nothing to hold: PostgreSQL keeps several processes apart itself.
    pub(super) const fn nothing() -> Self {
        Self(None)
    }

    /// Takes the directory, or says that another process has it. Never waits.
    pub(super) fn take(dir: &Path) -> Result<Self, Fault> {
        crate::folder::make(dir).map_err(Fault::of("make the data directory"))?;
        let path = dir.join(NAME);
        // Never cut short: the file may be another's at this moment.
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(Fault::of("open the lock of the data directory"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Some(file))),
            Err(TryLockError::WouldBlock) => Err(Fault::of("have the data directory to itself")(Taken(path))),
            Err(TryLockError::Error(error)) => Err(Fault::of("lock the data directory")(error)),
        }
    }
}

/// Another process has it.
#[derive(Debug)]
struct Taken(std::path::PathBuf);

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let path = self.0.display();
        write!(
            f,
            "another yizhan process works on it and holds {path}: stop that one first, or give --data-dir another place"
        )
    }
}

impl std::error::Error for Taken {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_on_one_data_directory_is_refused_until_the_first_has_gone() {
        let dir = tempfile::TempDir::new().unwrap();
        let first = Held::take(dir.path()).unwrap();
        let refused = Held::take(dir.path()).unwrap_err();
        assert_eq!(refused.to_string(), "could not have the data directory to itself");
        let because = std::error::Error::source(&refused).unwrap().to_string();
        assert!(because.contains("stop that one first"), "{because}");
        drop(first);
        assert!(Held::take(dir.path()).is_ok());
    }
}
