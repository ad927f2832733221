//! Limits by age (限定年龄), children (童工) and hazardous work (未成年工禁忌劳动).

use super::super::finding::{LintField, LintRule, Severity};
use super::super::numbers::ONE;
use super::super::reading::{Facts, Hit, Reading};
use super::super::text::Gap;
use super::super::words::Tag;
use super::groups::{led_in, turned_away};

/// The age from which work is lawful, and that from which hazardous work is.
const WORKING: i64 = 16;
const GROWN: i64 = 18;
/// A preference for people of this age and older is what the policy on hard-to-employ people asks for.
const OLDER: i64 = 40;

/// Ages as a posting states them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ages {
    from: Option<i64>,
    to: Option<i64>,
    first: usize,
    last: usize,
}

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Number]) {
        if i < done {
            continue;
        }
        let Some(ages) = ages(reading, i) else { continue };
        done = ages.last + 1;
        if !of_others(reading, &ages) {
            judge(reading, facts, &ages, hits);
        }
    }
    for i in reading.all(&[Tag::CaredFor]) {
        let old = matches!(reading.folded(i).as_str(), "老人" | "老年人") && !reading.was(i, &[Tag::Care]);
        if let Some(last) = turned_away(reading, i).filter(|_| old) {
            hits.push(Hit { rule: LintRule::AgeLimit, severity: Severity::Warns, first: i, last });
        }
    }
    for i in reading.all(&[Tag::BornIn, Tag::Young, Tag::Old]) {
        if let Some((first, last)) = generation(reading, i) {
            hits.push(Hit { rule: LintRule::AgeLimit, severity: Severity::Warns, first, last });
        }
    }
    pupils(reading, hits);
}

/// The number at `i` as an age below a hundred.
fn age(reading: &Reading<'_>, i: usize) -> Option<i64> {
    let token = reading.token(i);
    let whole = token.tag == Tag::Number && token.value % ONE == 0 && (3 * ONE..100 * ONE).contains(&token.value);
    whole.then_some(token.value / ONE)
}

/// Reads the ages that begin with the number at `i`.
fn ages(reading: &Reading<'_>, i: usize) -> Option<Ages> {
    let low = age(reading, i)?;
    let mut last = i;
    let mut unit = take(reading, &mut last, &[Tag::Years]);
    if unit && reading.folded(last + 1) == "含" {
        last += 1;
    }
    let ranged = reading.is(last + 1, &[Tag::Until])
        || matches!(reading.token(last + 1).separator, Some('-' | '~' | '—' | '–' | '－' | '―'));
    let second = if reading.is(last + 1, &[Tag::Until]) { last + 2 } else { last + 1 };
    let high = if ranged { age(reading, second).filter(|high| *high > low) } else { None };
    if high.is_some() {
        last = second;
        unit |= take(reading, &mut last, &[Tag::Years]);
        take(reading, &mut last, &[Tag::Below]);
    }
    let headed = reading.last_but(
        i,
        &[Tag::Filler, Tag::Need, Tag::LessThan, Tag::MoreThan, Tag::Full, Tag::Only, Tag::Prefer, Tag::Other],
    );
    let heading = headed.is_some_and(|(_, t)| t.tag == Tag::Age);
    if high.is_some() {
        // 限18到40: nothing else is counted so.
        let limited =
            headed.is_none() && i > 0 && reading.is(i - 1, &[Tag::Only]) && reading.token(last + 1).gap >= Gap::Comma;
        let of_age = unit || heading || (limited && (WORKING..80).contains(&low));
        return of_age.then_some(Ages { from: Some(low), to: high, first: i, last });
    }
    open_ended(reading, i, last, low, unit || heading)
}

/// Ages with one end: 35岁以下, 不超过50岁, 满16岁, 四十往上的免谈.
fn open_ended(reading: &Reading<'_>, i: usize, mut last: usize, value: i64, of_age: bool) -> Option<Ages> {
    let lead = i.checked_sub(1).filter(|j| reading.token(*j).clause == reading.token(i).clause);
    let led = |tags: &[Tag]| lead.filter(|j| reading.is(*j, tags));
    let below = take(reading, &mut last, &[Tag::Below]);
    let above = !below && take(reading, &mut last, &[Tag::Above]);
    let away = turned_away(reading, last).is_some();
    let preferred = reading.next_but(last, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Prefer);
    let open = reading.next_but(last, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Allowed);
    let full = open && value < GROWN && led(&[Tag::Full]).is_some() && !below;
    let over = away && led(&[Tag::MoreThan]).is_some();
    let bare = (below || above) && (away || preferred || open) && (WORKING..80).contains(&value);
    let entry = below && value >= GROWN && reading.field == LintField::Conditions && reading.alone(i, last);
    if !(of_age || full || over || ((bare || entry) && reading.is(last, &[Tag::Below, Tag::Above]))) {
        return None;
    }
    let not_full =
        led(&[Tag::Full, Tag::MoreThan]).filter(|j| reading.was(*j, &[Tag::Not])).and_then(|j| j.checked_sub(1));
    let found = |from, to, first| Some(Ages { from, to, first, last });
    if let Some(first) = led(&[Tag::LessThan, Tag::TooShort]).or(not_full) {
        return found(None, Some(value), first);
    }
    if below {
        return found(None, Some(value), i);
    }
    if let Some(first) = led(&[Tag::MoreThan]) {
        return if away { found(None, Some(value), first) } else { found(Some(value), None, first) };
    }
    if above && away {
        return found(None, Some(value), i);
    }
    let first = led(&[Tag::Full]).unwrap_or(i);
    let lower =
        above || first < i || reading.next_but(last, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Allowed);
    lower.then_some(Ages { from: Some(value), to: None, first, last })
}

fn take(reading: &Reading<'_>, last: &mut usize, tags: &[Tag]) -> bool {
    // 35周岁（含）以下: the bracket divides nothing.
    let included = reading.folded(*last) == "含";
    let found = reading.is(*last + 1, tags) && (included || reading.token(*last + 1).gap <= Gap::Blank);
    *last += usize::from(found);
    found
}

/// Are they the ages of those who are cared for or served?
fn of_others(reading: &Reading<'_>, ages: &Ages) -> bool {
    let cared = reading.near_before(ages.first, 6, &[Tag::Care, Tag::Client]);
    let spoken_of = reading.near_after(ages.last, 5, &[Tag::CaredFor, Tag::Client, Tag::Care]);
    let children = reading.near_before(ages.first, 3, &[Tag::CaredFor]);
    cared || spoken_of || children
}

fn judge(reading: &Reading<'_>, facts: Facts, ages: &Ages, hits: &mut Vec<Hit>) {
    let (first, last) = (ages.first, ages.last);
    let hit = |rule, severity| Hit { rule, severity, first, last };
    let open = reading.next_but(last, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Allowed);
    if let Some(to) = ages.to.filter(|to| *to <= WORKING) {
        // 不满16岁也可以; 不满16岁勿扰 is what the law says.
        if open && to <= WORKING {
            hits.push(hit(LintRule::ChildLabour, Severity::Blocks));
        }
        return;
    }
    let refused = reading.was(first, &[Tag::Not, Tag::Never, Tag::NoLimit, Tag::Forbid])
        || reading.was(first, &[Tag::Want]) && reading.near_before(first, 2, &[Tag::Not, Tag::Forbid]);
    let lifted = refused && reading.near_after(last, 3, &[Tag::NoLimit, Tag::Filler]) && ages.from.is_none();
    if let Some(from) = ages.from {
        let stated = reading.is(first, &[Tag::Full]) || reading.is(last, &[Tag::Above]) || ages.to.is_some() || open;
        if from < WORKING && stated && !refused {
            hits.push(hit(LintRule::ChildLabour, Severity::Blocks));
        } else if from < GROWN && facts.hazardous && !refused {
            hits.push(hit(LintRule::MinorHazard, Severity::Blocks));
        }
    }
    let preferred = reading.near_after(last, 8, &[Tag::Prefer]);
    let upper = ages.to.is_some_and(|to| to > GROWN) && !lifted;
    let lower =
        ages.from.is_some_and(|from| from > GROWN && !open && !(preferred && from >= OLDER && ages.to.is_none()));
    if upper || lower {
        hits.push(hit(LintRule::AgeLimit, Severity::Warns));
    }
}

/// 90后优先, 年轻人优先, 年纪大的不要; a preference for older people is not one of these.
fn generation(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let older = reading.is(i, &[Tag::Old]);
    if reading.was(i, &[Tag::Care, Tag::Towards]) {
        return None;
    }
    if let Some(end) = turned_away(reading, i) {
        return Some((i, end));
    }
    let next = reading.next_but(i, &[Tag::Filler, Tag::Man, Tag::Woman, Tag::Job]);
    if let Some((end, _)) = next.filter(|(_, t)| t.tag == Tag::Prefer && !older) {
        return Some((i, end));
    }
    let negative = led_in(reading, i).filter(|j| !(older && reading.is(*j, &[Tag::Only])));
    let wished =
        reading.was(i, &[Tag::Want, Tag::Need]) && !older && !reading.near_before(i, 2, &[Tag::Not, Tag::Never]);
    negative.map(|start| (start, i)).or_else(|| (wished || (!older && reading.alone(i, i))).then_some((i, i)))
}

/// Pupils who are asked to work, and children by name.
fn pupils(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Pupil, Tag::ChildWorker]) {
        let others = reading.near_before(i, 5, &[Tag::Care, Tag::Client, Tag::Towards, Tag::Duty]);
        if i < done || reading.denied(i) || others || turned_away(reading, i).is_some() || led_in(reading, i).is_some()
        {
            continue;
        }
        let wished = reading.last_but(i, &[Tag::Filler, Tag::Number]).is_some_and(|(_, t)| t.tag == Tag::Want);
        let works = reading.near_after(i, 5, &[Tag::PupilWorks, Tag::Allowed, Tag::Prefer, Tag::Works]);
        let named = reading.is(i, &[Tag::ChildWorker]) && !reading.warned(i);
        if wished || works || named {
            hits.push(Hit { rule: LintRule::ChildLabour, severity: Severity::Blocks, first: i, last: i });
            done = i + 2;
        }
    }
}

/// Does any field say that the worker must be grown?
pub(super) fn says_grown(reading: &Reading<'_>) -> bool {
    let numbers = reading.all(&[Tag::Number]).filter_map(|i| ages(reading, i));
    numbers.into_iter().any(|a| a.from.is_some_and(|from| from >= GROWN)) || reading.all(&[Tag::Adult]).next().is_some()
}
