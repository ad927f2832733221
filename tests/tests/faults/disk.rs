//! A disk that keeps only what was synced: `synced.c` before the server, and the directory a power cut would have left.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::server::Place;
use crate::workspace::root;

/// Compiles the shim of this name beside the data of `place`.
pub(super) fn shim(place: &Place, name: &str) -> PathBuf {
    let shim = place.home.path().join(format!("{name}.so"));
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-o"])
        .arg(&shim)
        .arg(root().join(format!("tests/tests/faults/{name}.c")))
        .output()
        .expect("a C compiler (scripts/setup)");
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stderr));
    shim
}

/// The disk of a place.
pub(super) struct Disk {
    home: PathBuf,
    shim: PathBuf,
    cuts: usize,
}

impl Disk {
    /// A disk beside the data of `place`.
    pub(super) fn of(place: &Place) -> Self {
        Self { home: place.data.with_file_name("disk"), shim: shim(place, "synced"), cuts: 0 }
    }

    /// What is in the data directory now counts as synced; the processes that start here write to this disk.
    pub(super) fn put_under(&self, place: &mut Place, deaf: bool) {
        let _ = fs::remove_dir_all(&self.home);
        fs::create_dir_all(self.home.join("i")).expect("a folder for contents");
        self.adopt(&place.data, &self.home.join("d"));
        place.set("LD_PRELOAD", self.shim.to_str().expect("a plain path"));
        let data = place.data.to_str().expect("a plain path").to_owned();
        place.set("SYNCED_ROOT", data);
        place.set("SYNCED_DISK", self.home.to_str().expect("a plain path"));
        if deaf {
            place.set("SYNCED_DEAF", "1");
        }
    }

    fn adopt(&self, live: &Path, names: &Path) {
        fs::create_dir_all(names).expect("a folder for names");
        for entry in fs::read_dir(live).expect("a folder") {
            let entry = entry.expect("an entry");
            let (path, name) = (entry.path(), names.join(entry.file_name()));
            let found = fs::symlink_metadata(&path).expect("it is there");
            if found.is_dir() {
                self.adopt(&path, &name);
            } else if found.is_file() {
                let content = self.home.join("i").join(found.ino().to_string());
                fs::copy(&path, &content).expect("a copy");
                symlink(&content, &name).expect("a name");
            }
        }
    }

    /// The power is cut: the data directory of `place` is what was synced, and nothing else.
    pub(super) fn cut(&mut self, place: &mut Place) {
        self.cuts += 1;
        let left = place.data.with_file_name(format!("left-{}", self.cuts));
        restore(&self.home.join("d"), &left);
        place.data = left;
    }
}

/// Copies names with their contents; a name whose content was never synced is an empty file.
fn restore(names: &Path, into: &Path) {
    fs::create_dir_all(into).expect("a folder");
    for entry in fs::read_dir(names).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, target) = (entry.path(), into.join(entry.file_name()));
        if entry.file_type().expect("its kind").is_dir() {
            restore(&path, &target);
        } else {
            let content = fs::read_link(&path).expect("a link to its content");
            if content.is_file() {
                fs::copy(content, target).expect("a copy");
            } else {
                fs::write(target, b"").expect("an empty file");
            }
        }
    }
}
