//! The posting linter (招聘信息合规检查): what the law does not let a posting say, with the words, the article and what to
//! write instead. Pure: the same draft and the same figures give the same findings in the same order.

mod advice;
mod checks;
mod figures;
mod finding;
mod input;
mod negation;
mod numbers;
mod reading;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
mod trie;
mod words;

use std::collections::BTreeMap;

pub use finding::{Finding, LintField, LintRule, Severity, Span};
pub use input::{Draft, Engagement, Figures, Hours, PayDay, Shift, WageUnit};

use reading::{Facts, Hit, Reading};
use words::Tag;

/// So many places are named for one rule in one field; an author who repeats a word a thousand times has seen it by then.
const MOST_PLACES: usize = 20;

/// Everything that a draft breaks (检查草稿), by field, place and rule.
#[must_use]
pub fn lint(draft: &Draft<'_>, figures: &Figures) -> Vec<Finding> {
    counted(draft, figures).0
}

/// The findings, and how many words and characters were looked at for them.
fn counted(draft: &Draft<'_>, given: &Figures) -> (Vec<Finding>, usize) {
    let readings = draft.texts().map(|(field, text)| Reading::new(field, text));
    let facts = facts(&readings, draft);
    let mut findings = Vec::new();
    for reading in &readings {
        for hit in few(checks::words(reading, draft, facts)) {
            let span = reading.span(hit.first, hit.last);
            let words = reading.quote(hit.first, hit.last);
            findings.push(advice::finding((hit.rule, hit.severity), draft.engagement, reading.field, span, words));
        }
    }
    let named = |rule| findings.iter().any(|f: &Finding| f.rule == rule);
    if let Some((rule, field, severity)) = checks::grown(&readings, draft).filter(|(rule, ..)| !named(*rule)) {
        findings.push(advice::unsaid(rule, field, severity));
    }
    findings.extend(figures::figures(draft, given).iter().map(|hit| advice::figure(hit, draft.engagement)));
    findings.sort_by_key(|f| (f.field, f.span, f.rule));
    let steps = readings.iter().map(Reading::steps).sum();
    (findings, steps)
}

/// What is true of the whole draft.
fn facts(readings: &[Reading<'_>], draft: &Draft<'_>) -> Facts {
    let spoken_of = |tags: &[Tag]| readings.iter().any(|r| r.all(tags).next().is_some());
    let one_sex =
        spoken_of(&[Tag::Heavy, Tag::Private]) || readings.iter().any(|r| heavy_load(r) || close_to_the_body(r));
    Facts { engagement: draft.engagement, hazardous: draft.hazardous, one_sex, halal: spoken_of(&[Tag::Halal]) }
}

/// Baths and changing rooms, whatever word they stand in.
fn close_to_the_body(reading: &Reading<'_>) -> bool {
    let rooms = reading.all(&[Tag::SexThing, Tag::Harmless]).map(|i| reading.folded(i));
    rooms.into_iter().any(|word| ["浴", "澡", "更衣"].iter().any(|sign| word.contains(sign)))
}

/// Loads over twenty kilogrammes, which the law keeps women from lifting often.
fn heavy_load(reading: &Reading<'_>) -> bool {
    reading.all(&[Tag::Number]).any(|i| {
        let unit: String = (i + 1..i + 3).map(|j| reading.folded(j)).collect();
        let kilos = reading.token(i).value / numbers::ONE;
        (unit.starts_with("公斤") || unit.starts_with("kg") || unit.starts_with("千克")) && kilos > 20
            || unit.starts_with('斤') && kilos > 40
    })
}

/// Each place once, and no more than a few for one rule.
fn few(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.first, h.last, h.rule));
    hits.dedup_by_key(|h| (h.first, h.last, h.rule));
    let mut places: BTreeMap<LintRule, usize> = BTreeMap::new();
    hits.retain(|h| {
        let count = places.entry(h.rule).or_default();
        *count += 1;
        *count <= MOST_PLACES
    });
    hits
}

/// The text by which "the same text is not published again" is judged (同文判定): every written field without case,
/// width, script, blanks and punctuation.
#[must_use]
pub fn normalised_hash_text(title: &str, duties: &str, conditions: &str, place: &str, pay_text: &str) -> String {
    let fields = [title, duties, conditions, place, pay_text];
    let mut squashed = String::with_capacity(fields.iter().map(|f| f.len()).sum());
    for (n, field) in fields.into_iter().enumerate() {
        if n > 0 {
            squashed.push('\n');
        }
        squashed.extend(text::squashed(field));
    }
    squashed
}
