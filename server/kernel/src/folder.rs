//! Folders (目录): a new name is safe from a power cut only once the folder that holds it was synced as well.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Makes `path` and the folders above it that are missing, each on disk before this returns.
pub(crate) fn make(path: &Path) -> io::Result<()> {
    // Nothing before the name: here.
    let path = std::path::absolute(Path::new(".").join(path))?;
    let missing: Vec<PathBuf> = path.ancestors().take_while(|folder| !folder.is_dir()).map(Path::to_owned).collect();
    std::fs::create_dir_all(&path)?;
    missing.iter().rev().try_for_each(|folder| keep_name(folder))
}

/// The name of `path` is on disk once this returns; what is in the file is the caller's to sync, before.
pub(crate) fn keep_name(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}
