//! The shape of a chapter: whoever has read one finds everything in the next.

use std::path::Path;

use crate::workspace::{Source, metadata, root, sources};

/// What a chapter must have; of alternatives, one.
const ROOMS: [&[&str]; 7] = [
    &["README.md"],
    &["src/lib.rs"],
    &["src/policy.rs"],
    &["src/rules.rs", "src/rules/mod.rs"],
    &["src/operations/mod.rs", "src/operations.rs"],
    &["src/queries.rs", "src/queries/mod.rs"],
    &["src/schema.rs", "src/schema/mod.rs"],
];
/// What a pure decision has no use for: waiting, the database, the context, files, the network.
const NOT_IN_RULES: [&str; 9] = ["async", "await", "tokio", "sea_orm", "Ctx", "Tx", "Scope", "fs", "net"];

/// The folders of the chapters and plugins: every member under `server/` but the kernel, and every plugin.
fn chapters() -> Vec<String> {
    let house = metadata(root());
    let members = house.workspace_packages();
    let mut folders: Vec<String> = members
        .iter()
        .filter_map(|p| p.manifest_path.strip_prefix(&house.workspace_root).ok()?.parent().map(ToString::to_string))
        .filter(|dir| dir.starts_with("plugins/") || (dir.starts_with("server/") && dir != "server/kernel"))
        .collect();
    folders.sort();
    folders
}

fn missing_rooms(root: &Path, chapter: &str) -> Vec<String> {
    ROOMS
        .iter()
        .filter(|alternatives| !alternatives.iter().any(|file| root.join(chapter).join(file).is_file()))
        .map(|alternatives| format!("{chapter}: no {}", alternatives.join(" or ")))
        .collect()
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The first line of documentation of a file, inner or outer.
fn first_doc_line(text: &str) -> Option<&str> {
    let line = text.lines().map(str::trim_start).find(|l| l.starts_with("///") || l.starts_with("//!"))?;
    Some(line.trim_start_matches(['/', '!']).trim())
}

/// Files of operations whose first line of documentation does not say the Chinese term.
fn without_a_term(sources: &[Source]) -> Vec<String> {
    let silent = |s: &&Source| !first_doc_line(&s.text).is_some_and(|line| line.contains(is_chinese));
    let operation = |s: &&Source| s.path.contains("/operations/") && !s.path.ends_with("/mod.rs");
    sources.iter().filter(operation).filter(silent).map(|s| s.path.clone()).collect()
}

/// Rules that wait, ask the clock or touch a database, as `file:line: word`.
fn impure(sources: &[Source]) -> Vec<String> {
    let rules = |s: &&Source| s.path.ends_with("/rules.rs") || s.path.contains("/rules/");
    let mut found = Vec::new();
    for source in sources.iter().filter(rules) {
        for word in super::words::tokens(source) {
            if NOT_IN_RULES.contains(&word.text.as_str()) {
                found.push(format!("{}:{}: {}", source.path, word.line, word.text));
            }
        }
    }
    found
}

/// Transactions that begin outside an operation: there a resolver, a query or a job would decide.
fn deciding_elsewhere(sources: &[Source]) -> Vec<String> {
    let outside = |s: &&Source| !s.path.contains("/operations/") && !s.path.contains("/src/operations.rs");
    let mut found = Vec::new();
    for source in sources.iter().filter(outside) {
        for pair in super::words::tokens(source).windows(2) {
            if let [dot, name] = pair
                && dot.text == "."
                && matches!(name.text.as_str(), "transact" | "transact_once")
            {
                found.push(format!("{}:{}: {}", source.path, name.line, name.text));
            }
        }
    }
    found
}

fn of_chapters() -> Vec<Source> {
    let chapters = chapters();
    let rust = crate::workspace::rust_sources().iter();
    rust.filter(|s| chapters.iter().any(|c| s.path.starts_with(&format!("{c}/src/")))).cloned().collect()
}

#[test]
fn every_chapter_has_its_rooms() {
    let missing: Vec<String> = chapters().iter().flat_map(|c| missing_rooms(root(), c)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_operation_says_its_chinese_term_first() {
    assert_eq!(without_a_term(&of_chapters()), Vec::<String>::new());
}

#[test]
fn rules_neither_wait_nor_touch_the_world() {
    assert_eq!(impure(&of_chapters()), Vec::<String>::new());
}

#[test]
fn only_operations_begin_a_transaction() {
    assert_eq!(deciding_elsewhere(&of_chapters()), Vec::<String>::new());
}

#[test]
fn a_chapter_without_rooms_terms_and_purity_is_caught_on_each() {
    let bad = root().join("tests/fixtures/bad");
    assert_eq!(
        missing_rooms(&bad, "chapter"),
        [
            "chapter: no README.md",
            "chapter: no src/policy.rs",
            "chapter: no src/queries.rs or src/queries/mod.rs",
        ]
    );
    let planted = sources(&bad.join("chapter"), &["rs"]);
    assert_eq!(without_a_term(&planted), ["src/operations/close.rs", "src/operations/open.rs"]);
    assert_eq!(
        impure(&planted),
        ["src/rules.rs:3: tokio", "src/rules.rs:3: fs", "src/rules.rs:6: async", "src/rules.rs:6: Ctx", "src/rules.rs:7: await"]
    );
    assert_eq!(deciding_elsewhere(&planted), ["src/schema.rs:5: transact"]);
}
