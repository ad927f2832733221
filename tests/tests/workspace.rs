//! The source of the house, as the laws read it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cargo_metadata::{Metadata, MetadataCommand};

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.parent().expect("tests/ stands in the workspace").to_path_buf()
    });
    &ROOT
}

/// What cargo says of the members of the workspace at `root`, without resolving what they depend on.
pub(crate) fn metadata(root: &Path) -> Metadata {
    MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo describes the workspace")
}

/// A file of ours: where it stands, with `/`, from the root, and what is in it.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn read(root: &Path, path: &str) -> Self {
        let text = std::fs::read_to_string(root.join(path)).expect("a source file is readable text");
        Self { path: path.to_owned(), text }
    }

    /// Is it the proof of a crate rather than its work: tests beside the code, builders for them, examples?
    pub(crate) fn is_proof(&self) -> bool {
        let folder =
            |name: &str| self.path.starts_with(&format!("{name}/")) || self.path.contains(&format!("/{name}/"));
        folder("tests")
            || folder("testing")
            || folder("examples")
            || ["tests.rs", "testing.rs"].iter().any(|end| self.path.ends_with(end))
    }

    pub(crate) fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|e| panic!("{} is not Rust: {e}", self.path))
    }
}

/// Every Rust file of the house, in order of path; what was planted to break a law stands in `tests/fixtures`.
pub(crate) fn rust_sources() -> &'static [Source] {
    static ALL: LazyLock<Vec<Source>> = LazyLock::new(|| sources(root(), &["rs"]));
    &ALL
}

/// The files under `root` that end in one of `endings`.
pub(crate) fn sources(root: &Path, endings: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(root, root, endings, &mut paths);
    paths.sort();
    paths.iter().map(|path| Source::read(root, path)).collect()
}

/// What git does not keep, what is generated, and what breaks laws on purpose.
const NOT_OURS: [&str; 9] = [
    "target",
    "data",
    ".git",
    "admin-ui/dist",
    "admin-ui/node_modules",
    "admin-ui/src/admin/gql",
    "admin-ui/src/public/gql",
    "admin-ui/src/public/work/gql",
    "tests/fixtures/bad",
];

fn walk(root: &Path, dir: &Path, endings: &[&str], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).expect("a folder of the house is readable") {
        let path = entry.expect("an entry of a folder is readable").path();
        let inside = path.strip_prefix(root).expect("the walk stays inside the root").to_string_lossy().into_owned();
        if path.is_dir() {
            if !NOT_OURS.contains(&inside.as_str()) && !inside.ends_with("node_modules") {
                walk(root, &path, endings, found);
            }
        } else if path.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)) {
            found.push(inside);
        }
    }
}
