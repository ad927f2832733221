//! Hours in words (文字中的工时): 每天工作10小时, 早八点到晚八点上班.

use super::super::finding::{LintRule, Severity};
use super::super::input::Engagement;
use super::super::numbers::ONE;
use super::super::reading::{Facts, Hit, Reading};
use super::super::words::Tag;

/// Part-time work: hours a day and a week (劳动合同法 art 68).
const PART_TIME_DAY: i64 = 4 * ONE;
const PART_TIME_WEEK: i64 = 24 * ONE;
/// A day's work, and with the overtime of a special reason (劳动法 arts 36, 41).
const DAY: i64 = 8 * ONE;
const LONGEST_DAY: i64 = 11 * ONE;
/// A week's work, and with the longest overtime of a month spread over it.
const LONGEST_WEEK: i64 = 53 * ONE;

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Number]) {
        let found = by_the_day(reading, i).or_else(|| by_the_week(reading, i));
        let Some((hours, week, first, last)) = found else { continue };
        let part_time = facts.engagement == Engagement::PartTime;
        let over = |day, seven| hours > if week { seven } else { day };
        let (rule, severity) = if part_time && over(PART_TIME_DAY, PART_TIME_WEEK) {
            (LintRule::PartTimeHours, Severity::Blocks)
        } else if over(LONGEST_DAY, LONGEST_WEEK) && !reading.near(i, 8, &[Tag::NotWork]) {
            (LintRule::LongHours, Severity::Blocks)
        } else if over(DAY, LONGEST_WEEK) {
            (LintRule::LongHours, Severity::Warns)
        } else {
            continue;
        };
        hits.push(Hit { rule, severity, first, last });
    }
}

/// 每天工作10小时, 12小时两班倒: hours, and the words.
fn by_the_day(reading: &Reading<'_>, i: usize) -> Option<(i64, bool, usize, usize)> {
    let token = reading.token(i);
    let last = i + 1;
    if !reading.is(last, &[Tag::Hour]) || token.value > 24 * ONE || reading.near_before(i, 3, &[Tag::NotWork]) {
        return None;
    }
    // A wage by the hour is no length of the day.
    if reading.near_after(last, 2, &[Tag::Yuan]) || reading.was(i, &[Tag::Yuan]) {
        return None;
    }
    let half = if reading.folded(last).starts_with("个半") { ONE / 2 } else { 0 };
    let passed = [Tag::Works, Tag::Filler, Tag::Need, Tag::LessThan, Tag::MoreThan, Tag::Full, Tag::Wage, Tag::Worker];
    let lead = reading.last_but(i, &passed).filter(|(_, t)| t.tag == Tag::EachDay).map(|(j, _)| j);
    let shift = ["制", "班", "倒"].iter().any(|end| reading.folded(last).contains(end))
        || matches!(reading.folded(last + 1).as_str(), "制" | "倒" | "班" | "两" | "工")
        || reading.is(last + 1, &[Tag::EachDay]);
    let works = reading.was(i, &[Tag::Works])
        && matches!(
            reading.folded(i - 1).as_str(),
            "工作时间" | "工时" | "工作时长" | "连续工作" | "上满" | "干满" | "干够"
        );
    let first = lead.or_else(|| (shift || works).then_some(i))?;
    Some((token.value + half, false, first, last))
}

/// 每周工作30小时.
fn by_the_week(reading: &Reading<'_>, i: usize) -> Option<(i64, bool, usize, usize)> {
    let last = i + 1;
    let passed = [Tag::Works, Tag::Filler, Tag::Need, Tag::LessThan, Tag::Full];
    let (first, _) = reading.last_but(i, &passed).filter(|(_, t)| t.tag == Tag::EachWeek)?;
    reading.is(last, &[Tag::Hour]).then_some((reading.token(i).value, true, first, last))
}
