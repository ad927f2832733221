//! Precision and recall over the labelled lines, by line and rule; and the words that are pointed at.

use super::super::{Severity, lint};
use super::sample::{Sample, phrases, samples};
use super::{LOW, codes, cut};

/// Right, wrong and missed, counted by line and rule.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
}

impl Score {
    fn of<'s>(samples: impl Iterator<Item = &'s Sample>) -> Self {
        let mut score = Self::default();
        for sample in samples {
            let found = codes(&lint(&sample.draft(), &LOW));
            for code in &found {
                if sample.expects.contains(code) {
                    score.right += 1;
                } else {
                    score.wrong.push(format!("{} {code}: {}", sample.id, sample.text));
                }
            }
            let missed = sample.expects.iter().filter(|code| !found.contains(code));
            score.missed.extend(missed.map(|code| format!("{} {code}: {}", sample.id, sample.text)));
        }
        score
    }

    /// At least 95 of a hundred findings are right, and at least 90 of a hundred violations are found.
    fn assert(&self, of: &str) {
        let (right, wrong, missed) = (self.right, self.wrong.len(), self.missed.len());
        let figures =
            format!("{of}: {right} right, {wrong} wrong {:#?}, {missed} missed {:#?}", self.wrong, self.missed);
        assert!(right * 100 >= (right + wrong) * 95, "precision of {figures}");
        assert!(right * 100 >= (right + missed) * 90, "recall of {figures}");
    }
}

#[test]
fn at_least_two_hundred_lines_half_of_them_lawful_and_half_of_them_held_back() {
    let samples = samples();
    let lawful = |s: &&Sample| s.expects.is_empty();
    let held: Vec<&Sample> = samples.iter().filter(|s| s.held).collect();
    assert!(samples.len() >= 200 && samples.iter().filter(lawful).count() >= 100);
    assert_eq!((held.len() * 2, held.iter().copied().filter(lawful).count() * 2 >= held.len()), (samples.len(), true));
    let mut ids: Vec<&str> = samples.iter().map(|s| s.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), samples.len(), "ids are unique");
}

#[test]
fn the_tuned_half_reaches_the_precision_and_the_recall() {
    Score::of(samples().iter().filter(|s| !s.held)).assert("tune");
}

#[test]
fn the_held_half_reaches_the_precision_and_the_recall() {
    Score::of(samples().iter().filter(|s| s.held)).assert("held");
}

#[test]
fn all_lines_together_reach_the_precision_and_the_recall() {
    Score::of(samples().iter()).assert("all");
}

#[test]
fn every_phrase_that_sharpened_the_rules_is_read_as_labelled() {
    let phrases = phrases();
    let score = Score::of(phrases.iter());
    assert!(phrases.len() > 1_000, "{}", phrases.len());
    assert_eq!((score.wrong, score.missed), (Vec::new(), Vec::new()));
}

#[test]
fn the_offending_words_are_pointed_at_exactly() {
    let (mut lines, mut wrong) = (0, Vec::new());
    for sample in samples().iter().filter(|s| !s.words.is_empty()) {
        lines += 1;
        let found: Vec<String> =
            lint(&sample.draft(), &LOW).iter().filter(|f| f.span.is_some()).map(|f| cut(sample.text, f)).collect();
        let all = sample.words.iter().all(|word| found.iter().any(|f| f == word));
        if !all {
            wrong.push(format!("{}: {:?} in {found:?}", sample.id, sample.words));
        }
    }
    assert!(lines >= 40, "{lines} lines say their words");
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_lawful_line_may_be_published() {
    for sample in samples().iter().filter(|s| s.expects.is_empty()) {
        let blocks: Vec<_> =
            lint(&sample.draft(), &LOW).into_iter().filter(|f| f.severity == Severity::Blocks).collect();
        assert_eq!(blocks, [], "{}: {}", sample.id, sample.text);
    }
}
