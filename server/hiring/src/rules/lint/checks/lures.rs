//! Lures (夸大噱头), private channels (变相引流) and numbers to call (联系方式).

use super::super::finding::{LintField, LintRule, Severity};
use super::super::numbers::{ONE, numeral};
use super::super::reading::{Hit, Reading};
use super::super::text::{Gap, Glyph};
use super::super::words::Tag;

/// What nobody earns in a day of odd jobs without skill, and in a month, in hundredths of a yuan.
const MUCH_A_DAY: i64 = 500 * ONE;
const MUCH_A_MONTH: i64 = 10_000 * ONE;
/// With the promise that nothing need be known, this is enough.
const DAY_WITHOUT_SKILL: i64 = 1_000 * ONE;

/// No number to call has more digits.
const LONGEST: usize = 12;

pub(super) fn check(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    hype(reading, hits);
    channels(reading, hits);
    for (first, last) in numbers_to_call(reading) {
        let (first, last) = (reading.token_of(first), reading.token_of(last));
        hits.push(Hit { rule: LintRule::ContactInText, severity: Severity::Warns, first, last });
    }
}

fn hype(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Hype, Tag::HighPay, Tag::Earns, Tag::NoSkill]) {
        let denied = reading.near_before(i, 3, &[Tag::Not, Tag::Never, Tag::Forbid, Tag::CanNot]);
        if denied || reading.warned(i) || reading.in_sentence(i, &[Tag::Warning]) {
            continue;
        }
        let last = match reading.tag(i) {
            Tag::Hype | Tag::HighPay => Some(i),
            Tag::Earns => promised(reading, i),
            _ => unskilled(reading, i),
        };
        if let Some(last) = last {
            let soft = reading.is(i, &[Tag::HighPay]) || reading.folded(i).contains("上不封顶");
            let severity = if soft { Severity::Warns } else { Severity::Blocks };
            hits.push(Hit { rule: LintRule::Hype, severity, first: i, last });
        }
    }
}

/// 日赚千元: a large sum after a word that promises it.
fn promised(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let (j, token) = reading.next_but(i, &[Tag::Filler, Tag::NoSkill])?;
    let month = reading.folded(i).contains('月');
    let much = if month { MUCH_A_MONTH } else { MUCH_A_DAY };
    let sum = token.tag == Tag::Number && token.value >= much;
    sum.then_some(if reading.is(j + 1, &[Tag::Yuan]) { j + 1 } else { j })
}

/// 无需经验，日结1000: nothing need be known, and a large sum follows in the sentence.
fn unskilled(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let by_day = [Tag::PerDay, Tag::EachDay, Tag::Day, Tag::Earns];
    let (j, _) = reading.after(i).find(|(j, t)| {
        t.tag == Tag::Number
            && t.value >= DAY_WITHOUT_SKILL
            && (reading.near(*j, 3, &by_day))
            && t.value < MUCH_A_MONTH * 10
    })?;
    Some(if reading.is(j + 1, &[Tag::Yuan]) { j + 1 } else { j })
}

fn channels(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Divert, Tag::Channel]) {
        let refused = reading.last_but(i, &[Tag::Filler, Tag::Need, Tag::Want, Tag::Worker]).is_some_and(|(_, t)| {
            matches!(t.tag, Tag::Not | Tag::Never | Tag::CanNot | Tag::Forbid | Tag::Warning | Tag::NoLimit)
        });
        let account = reading.is(i, &[Tag::Divert]) || account(reading, i);
        // 引导顾客扫码关注 is the work; 扫码添加客服 is not.
        let written = matches!(reading.field, LintField::Title | LintField::Duties);
        let served =
            reading.near_before(i, 10, &[Tag::Duty, Tag::Client, Tag::Care]) || (written && reading.on_duty(i));
        if i < done || refused || !account || reading.warned(i) || served {
            continue;
        }
        hits.push(Hit { rule: LintRule::Diversion, severity: Severity::Blocks, first: i, last: i });
        // One way in is one finding: 加QQ群456789 does not name three.
        done = i + 4;
    }
}

/// Does a name or number of an account follow: 微信：lao888?
fn account(reading: &Reading<'_>, i: usize) -> bool {
    let start = reading.token(i).glyphs.1;
    let run = reading.glyphs().get(start..).unwrap_or_default().iter().take(20);
    let name = run.take_while(|g| g.gap <= Gap::Colon && g.folded.is_ascii_alphanumeric()).count();
    name >= 5
}

/// The first and last glyphs of numbers to call.
fn numbers_to_call(reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let groups = groups(reading.glyphs());
    reading.looked(reading.glyphs().len());
    let mut found = Vec::new();
    let mut next = 0;
    for (n, group) in groups.iter().enumerate() {
        if n < next {
            continue;
        }
        let mut digits = String::new();
        for (m, part) in groups.iter().enumerate().skip(n).take(11) {
            if digits.len() > LONGEST || (m > n && !part.joined) {
                break;
            }
            reading.looked(part.run.len());
            digits.push_str(&part.run);
            let ends = groups.get(m + 1).is_none_or(|g| !g.joined || digits.len() >= 11);
            if ends && (is_to_call(&digits) || (n == m && announced(reading, group, &digits))) {
                found.push((group.first, part.last));
                next = m + 1;
                break;
            }
        }
    }
    found
}

/// Digits that touch.
struct Digits {
    run: String,
    first: usize,
    last: usize,
    /// Only one blank or mark divides them from the digits before.
    joined: bool,
}

fn groups(glyphs: &[Glyph]) -> Vec<Digits> {
    let mut found: Vec<Digits> = Vec::new();
    for (i, glyph) in glyphs.iter().enumerate() {
        let Some(digit) = digit(glyph.folded) else { continue };
        let follows = found.last().is_some_and(|g| g.last + 1 == i);
        match found.last_mut().filter(|_| follows && glyph.gap == Gap::None) {
            Some(group) => {
                // A run that is too long to be called is only counted on.
                if group.run.len() <= LONGEST {
                    group.run.push(digit);
                }
                group.last = i;
            }
            None => {
                let joined = follows && glyph.gap <= Gap::Blank;
                found.push(Digits { run: digit.to_string(), first: i, last: i, joined });
            }
        }
    }
    found
}

fn digit(c: char) -> Option<char> {
    let value = c.to_digit(10).map(i64::from).or_else(|| numeral(c).filter(|_| c != '两'))?;
    u32::try_from(value).ok().and_then(|d| char::from_digit(d, 10))
}

/// A mobile number, a fixed line with its area, a service line.
fn is_to_call(digits: &str) -> bool {
    let second = digits.chars().nth(1);
    match digits.len() {
        11 if digits.starts_with('1') => second.is_some_and(|c| ('3'..='9').contains(&c)),
        11 | 12 if digits.starts_with('0') => second.is_some_and(|c| c != '0'),
        10 => digits.starts_with("400") || digits.starts_with("800"),
        _ => false,
    }
}

/// 电话5278313: a local number behind the word for it.
fn announced(reading: &Reading<'_>, group: &Digits, digits: &str) -> bool {
    let token = reading.token_of(group.first);
    matches!(digits.len(), 7 | 8)
        && reading.last_but(token, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Telephone)
}
