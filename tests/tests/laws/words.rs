//! Words that do not stand in the house: silenced lints, guards, things left undone, raw SQL, tests that rest.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::workspace::{Source, root, rust_sources, sources};

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) line: usize,
    /// What a string literal says.
    pub(super) literal: Option<String>,
}

impl Token {
    fn new(text: impl Into<String>, line: usize) -> Self {
        Self { text: text.into(), line, literal: None }
    }
}

/// The tokens of a file in order, brackets among them; comments are no tokens, and what stands in strings is not seen.
pub(super) fn tokens(source: &Source) -> Vec<Token> {
    let stream: TokenStream = source.text.parse().unwrap_or_else(|e| panic!("{} is not Rust: {e}", source.path));
    let mut found = Vec::new();
    flatten(stream, &mut found);
    found
}

fn flatten(stream: TokenStream, found: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                found.push(Token::new(open, line));
                flatten(group.stream(), found);
                found.push(Token::new(close, group.span_close().start().line));
            }
            TokenTree::Ident(ident) => found.push(Token::new(ident.to_string(), line)),
            TokenTree::Punct(punct) => found.push(Token::new(punct.as_char(), line)),
            TokenTree::Literal(literal) => {
                let said = syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|s| s.value());
                found.push(Token { literal: said, ..Token::new("literal", line) });
            }
        }
    }
}

/// A phrase of tokens, what to say of it, and where it may stand all the same.
struct Ban {
    phrase: &'static [&'static str],
    why: &'static str,
    except: &'static [&'static str],
}

/// Where SQL is at home: the store, and the ear that hears PostgreSQL's NOTIFY, which no builder can say.
const SQL: &[&str] = &["server/kernel/src/store/", "server/kernel/src/invalidate/listen.rs"];
const NOWHERE: &[&str] = &[];
/// Where a transaction leaves no entry in the audit: the kernel's own book-keeping, attempts to sign in and the use of a
/// session, and the stages of an import, whose checking and applying are in the audit.
const QUIET: &[&str] = &[
    "server/kernel/src/",
    "server/people/src/identity.rs",
    "server/people/src/operations/attempts.rs",
    "server/people/src/citizens/attempts.rs",
    "server/markets/src/imports/",
];

const fn ban(phrase: &'static [&'static str], why: &'static str, except: &'static [&'static str]) -> Ban {
    Ban { phrase, why, except }
}

const BANS: [Ban; 16] = [
    ban(&["[", "allow", "("], "a silenced lint: #[expect] with a reason", NOWHERE),
    ban(&[",", "allow", "("], "a silenced lint: #[expect] with a reason", NOWHERE),
    ban(&["[", "ignore"], "a test that rests", NOWHERE),
    ban(&["todo", "!"], "left undone", NOWHERE),
    ban(&["unimplemented", "!"], "left undone", NOWHERE),
    ban(&["dbg", "!"], "left behind", NOWHERE),
    ban(&["thread", ":", ":", "sleep"], "waiting for luck: wait for the thing itself", NOWHERE),
    ban(&[".", "quietly"], "a change without an entry in the audit", QUIET),
    ban(&["sqlx", ":", ":"], "raw SQL outside the store", SQL),
    ban(&[".", "execute_unprepared"], "raw SQL outside the store", SQL),
    ban(&[".", "execute_raw"], "raw SQL outside the store", SQL),
    ban(&[".", "query_one_raw"], "raw SQL outside the store", SQL),
    ban(&[".", "query_all_raw"], "raw SQL outside the store", SQL),
    ban(&["Statement", ":", ":", "from"], "raw SQL outside the store", SQL),
    ban(&["Expr", ":", ":", "cust"], "raw SQL outside the store", SQL),
    ban(&["from_raw_sql"], "raw SQL outside the store", SQL),
];

/// Does this token begin with the word (the last word of a phrase stands for its family: `from_string`, `cust_with_…`)?
fn reads(token: &Token, word: &str, last: bool) -> bool {
    token.text == word || (last && word.len() > 2 && token.text.starts_with(&format!("{word}_")))
}

fn forbidden(source: &Source) -> Vec<String> {
    let tokens = tokens(source);
    let mut found = guards(source, &tokens);
    // The proof looks behind the store's back.
    let at_home = |ban: &Ban| {
        ban.except.iter().any(|home| source.path.starts_with(home)) || (!ban.except.is_empty() && source.is_proof())
    };
    for ban in BANS.iter().filter(|ban| !at_home(ban)) {
        for window in tokens.windows(ban.phrase.len()) {
            let last = ban.phrase.len() - 1;
            if window.iter().zip(ban.phrase).enumerate().all(|(i, (token, word))| reads(token, word, i == last)) {
                found.push((window[0].line, format!("{}: {}", ban.phrase.concat(), ban.why)));
            }
        }
    }
    found.extend(unfinished(source));
    found.sort();
    found.dedup();
    found.into_iter().map(|(line, what)| format!("{}:{line}: {what}", source.path)).collect()
}

/// `guard =` inside an attribute: a refused guard nulls the whole answer.
fn guards(source: &Source, tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    for (i, token) in tokens.iter().enumerate() {
        let before = |n: usize| i.checked_sub(n).and_then(|at| tokens.get(at)).map(|t| t.text.as_str());
        match token.text.as_str() {
            "[" if depth > 0 || before(1) == Some("#") || (before(1) == Some("!") && before(2) == Some("#")) => {
                depth += 1;
            }
            "]" if depth > 0 => depth -= 1,
            "guard" if depth > 0 && tokens.get(i + 1).is_some_and(|t| t.text == "=") => {
                found.push((token.line, "guard=: the check stands inside the operation".to_owned()));
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{}: brackets pair", source.path);
    found
}

/// Comments that put something off.
fn unfinished(source: &Source) -> Vec<(usize, String)> {
    let marks = ["FIXME", "TODO", "XXX", "HACK"];
    let mut found = Vec::new();
    for (i, line) in source.text.lines().enumerate() {
        let Some((_, comment)) = line.split_once("//") else { continue };
        let words = comment.split(|c: char| !c.is_ascii_alphanumeric());
        found.extend(words.filter(|w| marks.contains(w)).map(|w| (i + 1, format!("{w}: left undone"))));
    }
    found
}

#[test]
fn no_forbidden_word_stands_in_the_house() {
    let found: Vec<String> = rust_sources().iter().flat_map(forbidden).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_forbidden_word_is_caught_where_it_was_planted_and_not_in_strings() {
    let planted = sources(&root().join("tests/fixtures/bad/words"), &["rs"]);
    let found: Vec<String> = planted.iter().flat_map(forbidden).collect();
    assert_eq!(
        found,
        [
            "words.rs:3: [allow(: a silenced lint: #[expect] with a reason",
            "words.rs:6: ,allow(: a silenced lint: #[expect] with a reason",
            "words.rs:8: todo!: left undone",
            "words.rs:9: FIXME: left undone",
            "words.rs:10: unimplemented!: left undone",
            "words.rs:13: guard=: the check stands inside the operation",
            "words.rs:16: sqlx::: raw SQL outside the store",
            "words.rs:17: .execute_unprepared: raw SQL outside the store",
            "words.rs:18: Statement::from: raw SQL outside the store",
            "words.rs:19: Expr::cust: raw SQL outside the store",
            "words.rs:20: thread::sleep: waiting for luck: wait for the thing itself",
            "words.rs:21: dbg!: left behind",
            "words.rs:22: .quietly: a change without an entry in the audit",
            "words.rs:26: [ignore: a test that rests",
        ]
    );
}

#[test]
fn the_store_may_speak_sql() {
    let text = "fn f() { sqlx::query(\"SELECT 1\"); }".to_owned();
    let at = |path: &str| forbidden(&Source { path: path.to_owned(), text: text.clone() }).len();
    assert_eq!((at("server/kernel/src/store/sqlite.rs"), at("server/kernel/src/audit/chain.rs")), (0, 1));
}
