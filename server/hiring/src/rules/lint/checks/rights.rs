//! Waivers of responsibility (工伤免责) and insurance (放弃社保), and work that the law forbids (违法工作).

use super::super::finding::{LintRule, Severity};
use super::super::input::Engagement;
use super::super::reading::{Facts, Hit, Reading};
use super::super::text::Gap;
use super::super::words::Tag;
use super::groups::turned_away;

const NEGATIONS: [Tag; 5] = [Tag::Not, Tag::Never, Tag::CanNot, Tag::Forbid, Tag::Unless];

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    waivers(reading, hits);
    insurance(reading, facts, hits);
    forbidden(reading, hits);
}

fn waivers(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Waiver, Tag::Injury]) {
        let denied =
            reading.last_but(i, &[Tag::Filler, Tag::Need, Tag::Give]).is_some_and(|(_, t)| NEGATIONS.contains(&t.tag));
        if i < done || denied || reading.on_duty(i) {
            continue;
        }
        let last = if reading.is(i, &[Tag::Waiver]) { Some(i) } else { waived(reading, i) };
        if let Some(last) = last {
            hits.push(Hit { rule: LintRule::SafetyWaiver, severity: Severity::Blocks, first: i, last });
            done = last + 1;
        }
    }
}

/// The end of 受伤…概不负责, in the clause or the next.
fn waived(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let clause = reading.token(i).clause;
    for (j, token) in reading.after(i) {
        let lost = token.tag == Tag::Property;
        let borne_by_the_party = matches!(token.tag, Tag::Borne | Tag::Payer) && token.clause == clause;
        if token.clause > clause + 1 || lost {
            return None;
        }
        let waives = matches!(token.tag, Tag::Waive | Tag::OwnCost) || unconnected(reading, j);
        if waives && !reading.was(j, &[Tag::Not, Tag::Never, Tag::CanNot]) {
            return Some(j);
        }
        // 工伤由公司承担 answers the question; 受伤公司不负责 does not.
        if borne_by_the_party && reading.is(j, &[Tag::Borne]) && !reading.was(j, &[Tag::Not, Tag::CanNot]) {
            return None;
        }
    }
    None
}

/// 与…无关.
fn unconnected(reading: &Reading<'_>, j: usize) -> bool {
    reading.is(j, &[Tag::Not]) && reading.folded(j + 1) == "关"
}

fn insurance(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Insurance]) {
        let passed = [Tag::Filler, Tag::Give, Tag::Buy, Tag::And, Tag::Insurance];
        let before = reading.last_but(i, &passed).filter(|(_, t)| t.tag == Tag::Abandon);
        let behind = reading.next_but(i, &passed).filter(|(_, t)| t.tag == Tag::Abandon);
        let Some((j, _)) = before.or(behind) else {
            if facts.engagement == Engagement::Phased {
                uninsured(reading, i, hits);
            }
            continue;
        };
        let refused = reading
            .last_but(j, &[Tag::Filler, Tag::Need, Tag::Worker, Tag::Towards])
            .is_some_and(|(_, t)| NEGATIONS.contains(&t.tag));
        if !refused && !reading.on_duty(i) {
            let (first, last) = (i.min(j), i.max(j));
            hits.push(Hit { rule: LintRule::InsuranceWaiver, severity: Severity::Blocks, first, last });
        }
    }
}

/// 不缴社保 where weeks and months are worked.
fn uninsured(reading: &Reading<'_>, i: usize, hits: &mut Vec<Hit>) {
    let social = reading.folded(i) != "保险" && reading.folded(i) != "公积金";
    let negation =
        reading.last_but(i, &[Tag::Filler, Tag::Give, Tag::Buy, Tag::Works]).filter(|(_, t)| t.tag == Tag::Not);
    if let Some((first, _)) = negation.filter(|_| social) {
        hits.push(Hit { rule: LintRule::InsuranceWaiver, severity: Severity::Warns, first, last: i });
    }
}

fn forbidden(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Illegal]) {
        if !spoken_against(reading, i) {
            hits.push(Hit { rule: LintRule::IllegalWork, severity: Severity::Blocks, first: i, last: i });
        }
    }
    for i in reading.all(&[Tag::Account]) {
        let passed = [
            Tag::Filler,
            Tag::Other,
            Tag::Towards,
            Tag::Want,
            Tag::Number,
            Tag::Allowed,
            Tag::And,
            Tag::Account,
            Tag::Channel,
            Tag::Worker,
        ];
        let let_out = |found: Option<(usize, _)>| found.map(|(j, _)| j).filter(|j| reading.is(*j, &[Tag::RentOut]));
        let found = let_out(reading.last_but(i, &passed)).or_else(|| let_out(reading.next_but(i, &passed)));
        if let Some(j) = found.filter(|j| !spoken_against(reading, (*j).min(i))) {
            hits.push(Hit { rule: LintRule::IllegalWork, severity: Severity::Blocks, first: i.min(j), last: i.max(j) });
        }
    }
}

/// 不刷单, 打击传销, 反诈宣传: the words are there to be fought.
fn spoken_against(reading: &Reading<'_>, i: usize) -> bool {
    let passed = [Tag::Filler, Tag::Illegal, Tag::And, Tag::Need, Tag::Want, Tag::Account, Tag::RentOut, Tag::Works];
    let negated =
        reading.last_but(i, &passed).is_some_and(|(_, t)| NEGATIONS.contains(&t.tag) || t.tag == Tag::NoLimit);
    let listed = reading.before(i).any(|(j, t)| {
        t.tag == Tag::Not && reading.is(j + 1, &[Tag::Illegal, Tag::Advance]) && reading.token(i).gap == Gap::List
    });
    negated
        || listed
        || turned_away(reading, i).is_some()
        || reading.warned(i)
        || reading.near_before(i, 8, &[Tag::Warning])
}
