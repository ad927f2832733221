//! Why requests were not answered as asked (原因): refusals by their code, errors by their text, each counted; and the deals.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many causes of errors are told one by one, the rest as a number.
const MOST: usize = 12;
/// No cause is longer, in characters.
const LONGEST: usize = 120;

/// Causes, and how often each was met (原因计数).
#[derive(Debug, Default)]
pub(crate) struct Causes(BTreeMap<String, usize>);

impl Causes {
    /// Counts one more of this cause.
    pub(crate) fn add(&mut self, cause: &str) {
        *self.0.entry(shortened(cause)).or_default() += 1;
    }

    fn join(&mut self, other: Self) {
        for (cause, times) in other.0 {
            *self.0.entry(cause).or_default() += times;
        }
    }

    /// The most frequent first.
    fn sorted(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> = self.0.iter().map(|(cause, times)| (cause.as_str(), *times)).collect();
        all.sort_by_key(|(_, times)| Reverse(*times));
        all
    }

    /// All of them in a line.
    fn line(&self) -> String {
        let all: Vec<String> = self.sorted().into_iter().map(|(cause, times)| format!("{cause} {times}")).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(", ") }
    }

    /// A line each; what is beyond the most frequent is summed, so that all are counted.
    fn list(&self) -> String {
        let all = self.sorted();
        let (told, rest) = all.split_at(all.len().min(MOST));
        let mut lines: Vec<String> = told.iter().map(|(cause, times)| format!("- {times} × {cause}")).collect();
        if !rest.is_empty() {
            let times: usize = rest.iter().map(|(_, times)| *times).sum();
            lines.push(format!("- {times} × something else, of {} kinds", rest.len()));
        }
        lines.join("\n")
    }
}

/// A cause as it is counted: on one line, without ids, of which no two are alike, and not too long.
fn shortened(cause: &str) -> String {
    let words: Vec<&str> = cause.split_whitespace().map(|word| if is_id(word) { "…" } else { word }).collect();
    let text: String = words.join(" ").replace('`', "'").chars().take(LONGEST).collect();
    if text.is_empty() { "nothing was said".to_owned() } else { text }
}

fn is_id(word: &str) -> bool {
    word.len() >= 8 && word.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// What is told of a load besides its times (压测附记).
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Refusals, by their codes.
    pub(crate) refused: Causes,
    /// Errors, by their texts.
    pub(crate) failed: Causes,
    /// Sessions that wanted a place, and those that were given one.
    pub(crate) wanted: usize,
    pub(crate) made: usize,
}

impl Tally {
    /// Counts another load in.
    pub(crate) fn join(&mut self, other: Self) {
        self.refused.join(other.refused);
        self.failed.join(other.failed);
        self.wanted += other.wanted;
        self.made += other.made;
    }

    /// A paragraph about this load, and a list of the causes of errors where there are any.
    pub(crate) fn text(&self, load: &str) -> String {
        let Self { refused, failed, wanted, made } = self;
        let mut out = format!("{load}: {wanted} deals wanted, {made} made; refused: {}.\n", refused.line());
        if !failed.0.is_empty() {
            // Writing into a String cannot fail.
            let _written = writeln!(out, "\nErrors:\n\n{}", failed.list());
        }
        out
    }
}
