//! Two languages (双语): what a person reads is Chinese in Chinese and English in English.

use kernel::policy::ROLES;

use super::words::{Token, tokens};
use crate::house::manifests;
use crate::workspace::{Source, root, rust_sources, sources};

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// What is wrong with a pair of texts.
fn flaw(zh: &str, en: &str) -> Option<&'static str> {
    if !zh.contains(is_chinese) {
        return Some("the Chinese text is not Chinese");
    }
    if en.trim().is_empty() || en.contains(is_chinese) {
        return Some("the English text is not English");
    }
    None
}

/// The texts in the source: `Text::new(zh, en)`, `Action::new(.., zh, en)`, and `zh / en` of refusals.
fn pairs(tokens: &[Token]) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let window = |phrase: &[&str]| {
            let reads = |(t, word): (&Token, &&str)| t.text == *word || (*word == "_" && t.literal.is_some());
            tokens.len() >= i + phrase.len() && tokens[i..].iter().zip(phrase).all(reads)
        };
        let literal = |n: usize| tokens[i + n].literal.clone().unwrap_or_default();
        if window(&["Text", ":", ":", "new", "(", "_", ",", "_"]) {
            found.push((token.line, literal(5), literal(7)));
        }
        if window(&["Action", ":", ":", "new", "(", "_", ",", "_", ",", "_", ",", "_"]) {
            found.push((token.line, literal(9), literal(11)));
        }
        if window(&[":", "_", "/", "_"]) {
            found.push((token.line, literal(1), literal(3)));
        }
    }
    found
}

/// Lone texts behind `Lang::Zh =>` and `Lang::En =>`.
fn arms(tokens: &[Token]) -> Vec<(usize, &'static str)> {
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let rest: Vec<&Token> = tokens[i + 1..].iter().filter(|t| t.text != ")").take(3).collect();
        let [equals, arrow, text] = rest.as_slice() else { continue };
        let Some(text) = text.literal.as_deref().filter(|_| equals.text == "=" && arrow.text == ">") else { continue };
        let wrong = match token.text.as_str() {
            "Zh" if text.len() > 2 && !text.contains(is_chinese) => "the Chinese text is not Chinese",
            "En" if text.contains(is_chinese) => "the English text is not English",
            _ => continue,
        };
        found.push((token.line, wrong));
    }
    found
}

fn wrong_texts(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let tokens = tokens(source);
        let of_pairs = pairs(&tokens).into_iter().filter_map(|(line, zh, en)| flaw(&zh, &en).map(|why| (line, why)));
        found.extend(of_pairs.chain(arms(&tokens)).map(|(line, why)| format!("{}:{line}: {why}", source.path)));
    }
    found
}

fn server_sources() -> Vec<Source> {
    let ours = |s: &&Source| s.path.starts_with("server/") || s.path.starts_with("plugins/");
    rust_sources().iter().filter(ours).cloned().collect()
}

#[test]
fn every_text_in_the_source_is_in_its_language() {
    let house = server_sources();
    let seen: usize = house.iter().map(|s| pairs(&tokens(s)).len()).sum();
    assert!(seen > 100, "the law sees the texts: {seen}");
    assert_eq!(wrong_texts(&house), Vec::<String>::new());
}

#[test]
fn every_title_of_the_manifests_and_roles_is_in_its_language() {
    let mut titles = Vec::new();
    for manifest in manifests() {
        titles.push((manifest.name.to_owned(), manifest.title));
        titles.extend(manifest.actions.iter().map(|a| (a.name(), a.title)));
        titles.extend(manifest.jobs.iter().map(|j| (j.kind.to_owned(), j.title)));
    }
    titles.extend(ROLES.iter().map(|r| (r.name.to_owned(), r.title)));
    let wrong: Vec<String> =
        titles.iter().filter_map(|(name, t)| flaw(t.zh, t.en).map(|why| format!("{name}: {why}"))).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn texts_in_the_wrong_language_are_caught() {
    let planted = sources(&root().join("tests/fixtures/bad/texts"), &["rs"]);
    assert_eq!(
        wrong_texts(&planted),
        [
            "texts.rs:3: the Chinese text is not Chinese",
            "texts.rs:4: the English text is not English",
            "texts.rs:5: the English text is not English",
            "texts.rs:10: the Chinese text is not Chinese",
            "texts.rs:17: the English text is not English",
        ]
    );
}
