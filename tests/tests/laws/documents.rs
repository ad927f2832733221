//! Documents name what exists: a path, a test, a linked page. What drifts is caught the day it drifts.

use std::path::Path;

use crate::workspace::{Source, root, rust_sources, sources};

/// What stands between backticks, and the targets of links, with their lines.
fn mentions(text: &str) -> Vec<(usize, String, bool)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (i, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced || line.starts_with("    ") {
            continue;
        }
        found.extend(line.split('`').skip(1).step_by(2).map(|span| (i + 1, span.to_owned(), false)));
        for link in line.split("](").skip(1) {
            let target = link.split(')').next().unwrap_or_default();
            found.push((i + 1, target.split('#').next().unwrap_or_default().to_owned(), true));
        }
    }
    found
}

/// A test or function of ours, by its long name.
fn is_sentence(span: &str) -> bool {
    span.matches('_').count() >= 4 && span.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A path of ours: it begins in a folder of the repository and has no placeholder. What a build makes is not asked for:
/// whether `target` holds it depends on what was built here before.
fn is_path(span: &str, root: &Path) -> bool {
    let first = span.split('/').next().unwrap_or_default();
    if first == "target" {
        return false;
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    span.contains('/') && !first.is_empty() && root.join(first).is_dir() && span.chars().all(plain)
}

/// What `documents` name that is not there.
fn missing(documents: &[Source], root: &Path, functions: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for document in documents {
        let folder = Path::new(&document.path).parent().unwrap_or(Path::new(""));
        for (line, what, is_link) in mentions(&document.text) {
            let gone = if is_link {
                !what.is_empty() && !what.contains("://") && !root.join(folder).join(&what).exists()
            } else if is_sentence(&what) {
                !functions(&what)
            } else {
                is_path(&what, root) && !root.join(&what).exists() && !root.join(folder).join(&what).exists()
            };
            if gone {
                found.push(format!("{}:{line}: {what}", document.path));
            }
        }
    }
    found
}

#[test]
fn the_documents_name_only_what_exists() {
    let documents = sources(root(), &["md"]);
    assert!(documents.iter().any(|d| d.path == "ARCHITECTURE.md"), "the law sees the documents");
    let house = rust_sources();
    let exists = |name: &str| house.iter().any(|s| s.text.contains(&format!("fn {name}(")));
    assert_eq!(missing(&documents, root(), &exists), Vec::<String>::new());
}

#[test]
fn a_document_that_names_what_is_gone_is_caught() {
    let text = "See `server/kernel` and `server/gone.rs`, [here](README.md), [there](docs/none.md#part) and `GET /{city}`, `target/never/built`.\n\
                `a_test_that_is_there_now` but `a_test_that_was_never_there`; [away](https://example.org/none).\n\
                ```\n`server/fenced.rs`\n```\n";
    let planted = Source { path: "PLANTED.md".to_owned(), text: text.to_owned() };
    let exists = |name: &str| name == "a_test_that_is_there_now";
    assert_eq!(
        missing(&[planted], root(), &exists),
        ["PLANTED.md:1: server/gone.rs", "PLANTED.md:1: docs/none.md", "PLANTED.md:2: a_test_that_was_never_there"]
    );
}
