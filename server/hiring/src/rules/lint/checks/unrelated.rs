//! Conditions that the work does not need (与岗位无关的条件): height, looks, stars, a dialect.

use super::super::finding::{LintField, LintRule, Severity};
use super::super::reading::{Hit, Reading};
use super::super::words::Tag;
use super::groups::{led_in, turned_away, unlimited};

pub(super) fn check(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    if reading.field == LintField::Place {
        return;
    }
    for i in reading.all(&[Tag::Height, Tag::Looks, Tag::Stars, Tag::Dialect]) {
        if unlimited(reading, i)
            || reading.negator(i).is_some()
            || reading.was(i, &[Tag::Care, Tag::Towards, Tag::Test])
        {
            continue;
        }
        let last = match reading.tag(i) {
            Tag::Height => height(reading, i),
            Tag::Dialect => dialect(reading, i),
            Tag::Looks => looks(reading, i),
            _ => condition(reading, i),
        };
        if let Some(last) = last {
            hits.push(Hit { rule: LintRule::UnrelatedCondition, severity: Severity::Warns, first: i, last });
        }
    }
}

/// 身高一米六五以上: a figure follows, or a preference.
fn height(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let number = reading.after_in_clause(i).take(5).find(|(_, t)| t.tag == Tag::Number);
    let tall = matches!(reading.folded(i + 1).as_str(), "高");
    number.map(|(j, _)| j).or_else(|| condition(reading, i)).or_else(|| tall.then_some(i + 1))
}

/// What makes a condition of a word: a preference, a refusal, a demand.
fn condition(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let preferred = reading.after_in_clause(i).take(4).find(|(_, t)| t.tag == Tag::Prefer).map(|(j, _)| j);
    let asked =
        reading.was(i, &[Tag::Need, Tag::Want, Tag::Only]) && !reading.near_before(i, 2, &[Tag::Not, Tag::Never]);
    preferred.or_else(|| turned_away(reading, i)).or_else(|| (asked || led_in(reading, i).is_some()).then_some(i))
}

/// Looks are a condition among the conditions, whatever is said of them.
fn looks(reading: &Reading<'_>, i: usize) -> Option<usize> {
    condition(reading, i).or_else(|| {
        let entry = matches!(reading.field, LintField::Conditions | LintField::Title);
        let person =
            !matches!(reading.folded(i).as_str(), "漂亮" | "好看的" | "外貌" | "长相" | "容貌" | "五官" | "颜值");
        (entry && person).then_some(i)
    })
}

/// 会说平遥话的优先: preferred, or asked for.
fn dialect(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let spoken = reading
        .before_in_clause(i)
        .take(3)
        .any(|(j, _)| matches!(reading.folded(j).as_str(), "会" | "说" | "讲" | "懂" | "能"));
    let asked = reading.near_before(i, 4, &[Tag::Need, Tag::Only, Tag::Want]);
    let entry = reading.field == LintField::Conditions && spoken;
    condition(reading, i).or_else(|| (asked || entry).then_some(i))
}
