//! Who may depend on whom: arrows point one way, and one crate alone knows each of the big libraries.

use cargo_metadata::{DependencyKind, Metadata};

use crate::workspace::{Source, metadata, root, rust_sources, sources};

/// The chapters from the ground up: each may use what stands before it.
const ORDER: [&str; 8] = ["entities", "migrations", "kernel", "people", "markets", "cases", "hiring", "oversight"];
/// What a plugin may use: the nouns, the kernel, and the front doors that were opened to plugins.
const OPEN_TO_PLUGINS: [&str; 6] = ["entities", "migrations", "kernel", "people", "cases", "hiring"];
const SERVER: &str = "yizhan";
const PROOF: &str = "yizhan-tests";
/// The benchmark: it measures the server beside the same work by hand.
const LOAD: &str = "yizhan-load";
/// What the work by hand speaks itself; all else it has from the house.
const BY_HAND: [&str; 2] = ["poem*", "sqlx*"];
/// A library (or, with `*`, a family of them) and the one crate that may know it.
const KNOWN_BY_ONE: [(&str, &str); 4] =
    [("poem*", SERVER), ("casbin", "kernel"), ("lettre", "kernel"), ("sqlx*", "kernel")];

/// Every arrow that points where it must not, as `from → to: why`.
fn broken(metadata: &Metadata) -> Vec<String> {
    let members: Vec<&str> = metadata.workspace_packages().iter().map(|p| p.name.as_str()).collect();
    let mut found = Vec::new();
    for package in metadata.workspace_packages() {
        let from = package.name.as_str();
        let inside = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap_or(&package.manifest_path);
        let home = inside.as_str().split('/').next().unwrap_or_default();
        for dependency in &package.dependencies {
            let to = dependency.name.as_str();
            let why = if members.contains(&to) { inner(from, home, to) } else { outer(from, to) };
            if let Some(why) = why {
                found.push(format!("{from} → {to}: {why}"));
            }
        }
        if home != "tests" && home != "plugins" && from != SERVER && !ORDER.contains(&from) {
            found.push(format!("{from}: not on the map of the house"));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Why `from` may not use the member `to`.
fn inner(from: &str, home: &str, to: &str) -> Option<&'static str> {
    if from == PROOF || from == LOAD {
        return (to == PROOF || to == LOAD).then_some("nothing rests on the proof");
    }
    if to == PROOF || to == LOAD {
        return Some("nothing rests on the proof");
    }
    if home == "tests" {
        return Some("a fixture stands alone");
    }
    if to == SERVER {
        return Some("nothing stands on the server");
    }
    if from == SERVER {
        return None;
    }
    if home == "plugins" {
        return (!OPEN_TO_PLUGINS.contains(&to)).then_some("not open to plugins");
    }
    let place = |name: &str| ORDER.iter().position(|n| *n == name);
    match (place(from), place(to)) {
        // The nouns and their tables stand side by side on the ground.
        (Some(0 | 1), Some(_)) => Some("the nouns and their tables rest on nothing"),
        (Some(a), Some(b)) if b < a => None,
        (Some(_), Some(_)) => Some("the arrow points up"),
        _ => Some("nothing but the server knows a plugin"),
    }
}

/// Why `from` may not use the library `to`.
fn outer(from: &str, to: &str) -> Option<&'static str> {
    let is = |pattern: &str| pattern.strip_suffix('*').map_or(pattern == to, |family| to.starts_with(family));
    let (pattern, owner) = KNOWN_BY_ONE.iter().find(|(pattern, _)| is(pattern))?;
    let by_hand = from == LOAD && BY_HAND.contains(pattern);
    (from != *owner && !by_hand).then_some("known by one crate alone")
}

/// The members of a workspace must be listed one by one, and every crate of ours must be among them.
fn unlisted(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let members = manifest.get("workspace").and_then(|w| w.get("members")).and_then(toml::Value::as_array);
    let members: Vec<&str> = members.into_iter().flatten().filter_map(toml::Value::as_str).collect();
    let mut found: Vec<String> =
        members.iter().filter(|m| m.contains(['*', '?'])).map(|m| format!("{m}: a glob, not a decision")).collect();
    let mut sorted = members.clone();
    sorted.sort_unstable();
    if sorted != members {
        found.push("members: not in alphabetical order".to_owned());
    }
    found
}

/// Dependencies of the server's crates that no line of their source names.
fn unused(metadata: &Metadata, sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for package in metadata.workspace_packages() {
        let folder = package.manifest_path.strip_prefix(&metadata.workspace_root).ok().and_then(|p| p.parent());
        let folder = folder.map(ToString::to_string).unwrap_or_default();
        let src = format!("{folder}/src/");
        let own: Vec<&Source> = sources.iter().filter(|s| s.path.starts_with(&src)).collect();
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let name = dependency.rename.as_deref().unwrap_or(&dependency.name).replace('-', "_");
            let named = |s: &&Source| s.text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name);
            if !folder.starts_with("tests") && !own.iter().any(named) {
                found.push(format!("{} → {}: used nowhere", package.name, dependency.name));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_dependency_is_used() {
    assert_eq!(unused(&metadata(root()), rust_sources()), Vec::<String>::new());
}

#[test]
fn a_dependency_that_is_used_nowhere_is_caught() {
    let bad = root().join("tests/fixtures/bad/walls");
    let found = unused(&metadata(&bad), &sources(&bad, &["rs"]));
    assert_eq!(
        found.iter().filter(|f| f.starts_with("kernel")).collect::<Vec<_>>(),
        ["kernel → casbin: used nowhere", "kernel → lettre: used nowhere", "kernel → poem-derive: used nowhere",]
    );
}

#[test]
fn every_crate_depends_only_on_what_stands_below_it() {
    assert_eq!(broken(&metadata(root())), Vec::<String>::new());
}

#[test]
fn a_workspace_whose_arrows_point_wrong_is_caught_arrow_by_arrow() {
    let planted = metadata(&root().join("tests/fixtures/bad/walls"));
    assert_eq!(
        broken(&planted),
        [
            "credit → markets: not open to plugins",
            "credit → poem: known by one crate alone",
            "entities → kernel: the nouns and their tables rest on nothing",
            "kernel → poem-derive: known by one crate alone",
            "markets → lettre: known by one crate alone",
            "markets → oversight: the arrow points up",
            "markets → sqlx-core: known by one crate alone",
            "oversight → credit: nothing but the server knows a plugin",
            "oversight → yizhan: nothing stands on the server",
            "stray: not on the map of the house",
            "yizhan → casbin: known by one crate alone",
            "yizhan → sqlx: known by one crate alone",
        ]
    );
}

#[test]
fn the_benchmark_speaks_sql_and_http_by_hand_and_nothing_rests_on_it() {
    let one_alone = Some("known by one crate alone");
    assert_eq!([outer(LOAD, "sqlx"), outer(LOAD, "poem"), inner(LOAD, "tests", SERVER)], [None; 3]);
    assert_eq!([outer(LOAD, "casbin"), outer(LOAD, "lettre"), outer(PROOF, "sqlx")], [one_alone; 3]);
    for (from, home) in [(SERVER, "server"), ("kernel", "server"), (PROOF, "tests"), ("merge_a", "tests")] {
        assert_eq!(inner(from, home, LOAD), Some("nothing rests on the proof"), "{from}");
    }
}

#[test]
fn the_members_of_the_workspace_are_listed_one_by_one() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    assert_eq!(unlisted(&manifest), Vec::<String>::new());
}

#[test]
fn a_globbed_or_unsorted_list_of_members_is_caught() {
    let planted = "[workspace]\nmembers = [\"server\", \"plugins/*\", \"entities\"]";
    assert_eq!(unlisted(planted), ["plugins/*: a glob, not a decision", "members: not in alphabetical order"]);
}

#[test]
fn every_crate_of_the_repository_is_a_member() {
    let listed = metadata(root());
    let mut listed: Vec<String> = listed
        .workspace_packages()
        .iter()
        .map(|p| p.manifest_path.strip_prefix(&listed.workspace_root).expect("a member stands inside").to_string())
        .collect();
    listed.sort();
    let found: Vec<String> =
        sources(root(), &["toml"]).into_iter().filter(|s| s.path.ends_with("/Cargo.toml")).map(|s| s.path).collect();
    assert_eq!(found, listed);
}
