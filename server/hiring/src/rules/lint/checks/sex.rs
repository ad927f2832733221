//! Limits by sex (限定性别).

use super::super::finding::{LintField, LintRule, Severity};
use super::super::reading::{Facts, Hit, Reading};
use super::super::text::Gap;
use super::super::words::Tag;
use super::groups::{led_in, turned_away, unlimited};

const SEXES: [Tag; 2] = [Tag::Man, Tag::Woman];
/// What makes the word before it an attribute of something else: clothes, rooms, people who are served.
const OTHERS: [Tag; 4] = [Tag::SexThing, Tag::Goods, Tag::Client, Tag::CaredFor];
/// Between a wish and the people wished for.
const BETWEEN: [Tag; 6] = [Tag::Filler, Tag::Number, Tag::Young, Tag::Old, Tag::Other, Tag::Marital];

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    let severity = if facts.one_sex { Severity::Warns } else { Severity::Blocks };
    let mut done = 0;
    for i in reading.all(&SEXES) {
        if i < done || spoken_of_others(reading, i) || open_to_both(reading, i) {
            continue;
        }
        let last = with_job(reading, i);
        if let Some((first, last)) = pay_by_sex(reading, i).or_else(|| limit(reading, i, last)) {
            hits.push(Hit { rule: LintRule::SexLimit, severity, first, last });
            done = last + 1;
        }
    }
    for i in reading.all(&[Tag::Both]) {
        if let Some(last) = quota(reading, i) {
            hits.push(Hit { rule: LintRule::SexLimit, severity: Severity::Warns, first: i, last });
        }
    }
}

/// The end of the words for the worker: 女 and 女收银员 are both one.
fn with_job(reading: &Reading<'_>, i: usize) -> usize {
    let job = reading.is(i + 1, &[Tag::Job]) && reading.token(i + 1).gap <= Gap::Mark;
    if job { i + 1 } else { i }
}

/// Is it about people or things that are no workers: 女士内衣, 照顾男性老人, 给女士化妆?
fn spoken_of_others(reading: &Reading<'_>, i: usize) -> bool {
    let next = reading.token(i + 1);
    let attribute = OTHERS.contains(&next.tag) && next.gap <= Gap::Slash;
    let cared_for = reading.last_but(i, &[Tag::Filler, Tag::Number, Tag::Years, Tag::CaredFor]);
    let object = cared_for.is_some_and(|(_, t)| matches!(t.tag, Tag::Care | Tag::Towards));
    let both_are = next.gap == Gap::List && SEXES.contains(&next.tag) && OTHERS.contains(&reading.tag(i + 2));
    attribute || object || both_are
}

/// Is the other sex named with it, or said to be welcome too: 男的女的都行, 女士也可以?
fn open_to_both(reading: &Reading<'_>, i: usize) -> bool {
    let own = reading.tag(i);
    let other = SEXES.into_iter().filter(|t| *t != own).collect::<Vec<_>>();
    let welcome = reading.near_after(i, 6, &[Tag::Allowed, Tag::NoLimit]) || reading.near_before(i, 3, &[Tag::NoLimit]);
    let both = reading.near(i, 4, &other);
    let also = reading.next_but(i, &[Tag::Job, Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Allowed);
    (welcome && both) || also || unlimited(reading, i)
}

/// 男工200，女工150: a wage for each sex.
fn pay_by_sex(reading: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
    let (_, own) = sum_after(reading, i)?;
    let other = reading.after(i).find(|(_, t)| SEXES.contains(&t.tag) && t.tag != reading.tag(i))?.0;
    let (last, value) = sum_after(reading, other)?;
    (own != value).then_some((i, last))
}

/// The sum that follows a sex; a number of people is none.
fn sum_after(reading: &Reading<'_>, i: usize) -> Option<(usize, i64)> {
    let passed = [Tag::Filler, Tag::EachDay, Tag::PerDay, Tag::PerHour, Tag::PerMonth, Tag::Wage, Tag::Job, Tag::Hour];
    let (j, token) = reading.next_but(i, &passed)?;
    let people = matches!(reading.folded(j + 1).as_str(), "名" | "人" | "个" | "位");
    let years = reading.is(j + 1, &[Tag::Years, Tag::Until]);
    let money = reading.is(j + 1, &[Tag::Yuan]) || token.value >= 1_000;
    let ends = if reading.is(j + 1, &[Tag::Yuan]) { j + 1 } else { j };
    (token.tag == Tag::Number && !people && !years && money).then_some((ends, token.value))
}

/// 男女各五名: so many of each.
fn quota(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let each = reading.folded(i + 1) == "各";
    let number = if each { i + 2 } else { i + 1 };
    let counted = reading.is(number, &[Tag::Number]) && each;
    let unit = matches!(reading.folded(number + 1).as_str(), "名" | "人" | "个" | "位");
    counted.then_some(if unit { number + 1 } else { number })
}

/// The words by which a sex is asked for or turned away.
fn limit(reading: &Reading<'_>, i: usize, last: usize) -> Option<(usize, usize)> {
    if let Some((heading, _)) =
        reading.last_but(i, &[Tag::Filler, Tag::Need, Tag::Only]).filter(|(_, t)| t.tag == Tag::Sex)
    {
        return Some((heading, i));
    }
    if let Some(first) = led_in(reading, i) {
        return Some((first, last));
    }
    if let Some(end) = turned_away(reading, last).or_else(|| preferred(reading, last)) {
        return Some((i, end));
    }
    let wished = reading
        .last_but(i, &BETWEEN)
        .is_some_and(|(j, t)| matches!(t.tag, Tag::Want | Tag::Need) && !reading.was(j, &[Tag::Not, Tag::Never]));
    // Workers of one sex by name: in the duties they may be colleagues.
    let word = reading.folded(i);
    let trade = word.chars().count() > 2 && word.ends_with(['工', '员']);
    let named = last > i || trade || matches!(word.as_str(), "男工" | "女工" | "小伙" | "小伙子" | "小姑娘" | "妇女");
    let heads = named && matches!(reading.field, LintField::Title | LintField::Conditions) && opens(reading, i);
    // In a title the worker stands at the end: 洗浴中心女搓澡工.
    let titled = named && reading.field == LintField::Title && closes(reading, last);
    let suited = reading.last_but(i, &[Tag::Filler]).is_some_and(|(j, _)| reading.folded(j) == "适合");
    let counted = reading.is(last + 1, &[Tag::Number])
        && (counted_people(reading, last + 1)
            || SEXES.contains(&reading.tag(last + 2))
            || reading.near_before(i, 2, &SEXES));
    // 男50以下: a sex with its age.
    let aged = reading.is(last + 1, &[Tag::Number])
        && reading.near_after(last + 1, 2, &[Tag::Years, Tag::Below])
        && opens(reading, i)
        && !named_too(reading, i);
    // 身体健壮的男性: a description that ends in a sex.
    let described = reading.field == LintField::Conditions
        && i > 0
        && reading.folded(i - 1) == "的"
        && reading.token(last + 1).gap >= Gap::Comma
        && !reading.near_before(i, 8, &[Tag::Care, Tag::Client, Tag::Towards]);
    (wished || heads || titled || suited || described || aged || counted || stands_alone(reading, i, last))
        .then_some((i, last))
}

/// Is the other sex named in the sentence?
fn named_too(reading: &Reading<'_>, i: usize) -> bool {
    let own = reading.tag(i);
    SEXES.into_iter().any(|tag| tag != own && reading.in_sentence(i, &[tag]))
}

/// Does a clause begin with it?
fn opens(reading: &Reading<'_>, i: usize) -> bool {
    reading.last_but(i, &[Tag::Filler, Tag::Number, Tag::PerDay, Tag::HighPay]).is_none()
}

/// Does nothing follow but a number of people?
fn closes(reading: &Reading<'_>, last: usize) -> bool {
    let next = reading.token(last + 1);
    next.gap > Gap::Mark || matches!(next.tag, Tag::Number | Tag::Filler)
}

fn counted_people(reading: &Reading<'_>, number: usize) -> bool {
    matches!(reading.folded(number + 1).as_str(), "名" | "人" | "个" | "位")
        && reading.token(number + 2).gap >= Gap::Blank
}

fn preferred(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let passed = [Tag::Filler, Tag::Worker, Tag::Job, Tag::Person];
    let (j, _) = reading.next_but(i, &passed).filter(|(_, t)| t.tag == Tag::Prefer)?;
    Some(j)
}

/// An entry of its own among the conditions: 男，50岁以内，会砌墙.
fn stands_alone(reading: &Reading<'_>, i: usize, last: usize) -> bool {
    !matches!(reading.field, LintField::Place | LintField::Duties) && reading.alone(i, last)
}
