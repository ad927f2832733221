//! The rules about words (文字规则), one file for what belongs together.

mod age;
mod groups;
mod hours;
mod lures;
mod money;
mod pay;
mod rights;
mod sex;
mod unrelated;

use super::finding::{LintField, LintRule, Severity};
use super::input::Draft;
use super::reading::{Facts, Hit, Reading};

/// Everything that the words of one field break.
pub(super) fn words(reading: &Reading<'_>, draft: &Draft<'_>, facts: Facts) -> Vec<Hit> {
    let mut hits = Vec::new();
    sex::check(reading, facts, &mut hits);
    age::check(reading, facts, &mut hits);
    groups::check(reading, facts, &mut hits);
    unrelated::check(reading, &mut hits);
    money::check(reading, &mut hits);
    lures::check(reading, &mut hits);
    pay::check(reading, facts, &mut hits);
    pay::contradictions(reading, draft, &mut hits);
    hours::check(reading, facts, &mut hits);
    rights::check(reading, facts, &mut hits);
    hits
}

/// A hazardous trade whose draft nowhere says that the worker must be eighteen (未写明满18周岁).
pub(super) fn grown(readings: &[Reading<'_>], draft: &Draft<'_>) -> Option<(LintRule, LintField, Severity)> {
    let said = readings.iter().filter(|r| r.field != LintField::Place).any(age::says_grown);
    (draft.hazardous && !said).then_some((LintRule::MinorHazard, LintField::Conditions, Severity::Blocks))
}
