//! Pay in words (报酬说明): vague, contradicting the figure, in goods, held back, forfeited, late; trials and probation.

use super::super::finding::{LintField, LintRule, Severity};
use super::super::input::{Draft, Engagement, WageUnit};
use super::super::numbers::ONE;
use super::super::reading::{Facts, Hit, Reading};
use super::super::text::Gap;
use super::super::tokens::Token;
use super::super::words::Tag;

const NEGATIONS: [Tag; 5] = [Tag::Not, Tag::Never, Tag::CanNot, Tag::Forbid, Tag::NoLimit];
/// Part-time pay may not wait longer.
const PART_TIME_DAYS: i64 = 15;

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    vague(reading, hits);
    in_kind(reading, hits);
    withheld(reading, hits);
    trials(reading, facts, hits);
    cycles(reading, facts, hits);
}

fn negated(reading: &Reading<'_>, i: usize) -> bool {
    reading.last_but(i, &[Tag::Filler, Tag::Need, Tag::Want]).is_some_and(|(_, t)| NEGATIONS.contains(&t.tag))
}

/// 工资面议.
fn vague(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Vague]) {
        let wages = [Tag::Wage, Tag::PerDay, Tag::PerHour, Tag::PerMonth];
        let other =
            reading.near_before(i, 4, &[Tag::Arrange, Tag::Works, Tag::NotWork]) && !reading.near_before(i, 4, &wages);
        let wage = reading.near_before(i, 6, &wages);
        let about_pay = wage || reading.field == LintField::PayText || reading.folded(i).starts_with("看着给");
        if about_pay && !other && !negated(reading, i) {
            let first = if reading.was(i, &wages) && reading.token(i).gap <= Gap::Blank { i - 1 } else { i };
            hits.push(Hit { rule: LintRule::WageVague, severity: Severity::Warns, first, last: i });
        }
    }
}

/// 用白酒抵工资, 工资用购物卡发.
fn in_kind(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Offset]) {
        let wage = reading.after_in_clause(i).take(4).find(|(_, t)| t.tag == Tag::Wage);
        let deposit = reading.near_before(i, 4, &[Tag::Deposit, Tag::Fee]);
        if let Some((last, _)) =
            wage.filter(|_| !deposit && !reading.near_before(i, 8, &NEGATIONS) && !reading.warned(i))
        {
            let first = reading.before_in_clause(i).take(5).find(|(_, t)| t.tag == Tag::InKind).map_or(i, |(j, _)| j);
            hits.push(Hit { rule: LintRule::PayInKind, severity: Severity::Blocks, first, last });
        }
    }
    for i in reading.all(&[Tag::InKind]) {
        let by = reading.last_but(i, &[Tag::Filler, Tag::Number, Tag::Other]).filter(|(_, t)| t.tag == Tag::By);
        let Some((j, _)) = by else { continue };
        let wage = reading.before_in_clause(j).take(4).find(|(_, t)| matches!(t.tag, Tag::Wage | Tag::PerDay));
        let found = hits.iter().any(|h| h.rule == LintRule::PayInKind && (h.first..=h.last).contains(&i));
        if let Some((first, _)) = wage.filter(|_| !found && !reading.near_before(i, 8, &NEGATIONS)) {
            hits.push(Hit { rule: LintRule::PayInKind, severity: Severity::Blocks, first, last: i });
        }
    }
}

/// 压一个月工资; 干不满七天不发工资; 中途走人不结账.
fn withheld(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let hit = |first, last| Hit { rule: LintRule::WageWithheld, severity: Severity::Blocks, first, last };
    for i in reading.all(&[Tag::HoldWage, Tag::Press, Tag::Hold]) {
        let wages = match reading.tag(i) {
            Tag::HoldWage => Some(i),
            _ if matches!(reading.folded(i).as_str(), "押" | "压" | "扣" | "扣押" | "扣留") => {
                wages_held(reading, i)
            }
            _ => None,
        };
        let refused = reading.was(i, &NEGATIONS) || negated(reading, i) || reading.denied(i);
        if let Some(last) = wages.filter(|_| !refused && !reading.warned(i)) {
            hits.push(hit(i, last));
        }
    }
    for i in reading.all(&[Tag::Hold]) {
        let penalty = (reading.folded(i) == "扣").then(|| days_deducted(reading, i)).flatten();
        let named = hits.iter().any(|h| h.rule == LintRule::WageWithheld && (h.first..=h.last).contains(&i));
        if let Some(last) = penalty.filter(|_| !named && !negated(reading, i)) {
            hits.push(Hit { severity: Severity::Warns, ..hit(i, last) });
        }
    }
    for i in reading.all(&[Tag::TooShort, Tag::Leaves]) {
        let timed = reading.is(i, &[Tag::Leaves])
            || reading
                .after_in_clause(i)
                .take(3)
                .any(|(_, t)| matches!(t.tag, Tag::Month | Tag::Day | Tag::Number | Tag::EachWeek | Tag::EachDay));
        let forfeited = reading.after(i).take(12).find_map(|(j, t)| {
            let deducted = t.tag == Tag::Hold && reading.folded(j) == "扣";
            let last = if deducted { days_deducted(reading, j) } else { (t.tag == Tag::NoPay).then_some(j) };
            last.filter(|_| !reading.was(j, &NEGATIONS))
        });
        if let Some(last) = forfeited.filter(|_| timed && !reading.was(i, &NEGATIONS)) {
            hits.push(hit(i, last));
        }
    }
}

/// 扣三天工资.
fn days_deducted(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let length = reading.is(i + 1, &[Tag::Number]) && reading.is(i + 2, &[Tag::Day, Tag::Month]);
    let length = length || reading.is(i + 1, &[Tag::EachDay]);
    let (wage, _) =
        reading.next_but(i + 1, &[Tag::Filler, Tag::Day, Tag::Month]).filter(|(_, t)| t.tag == Tag::Wage)?;
    length.then_some(wage)
}

/// 押十天工资, 压半个月.
fn wages_held(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let (j, token) = reading.next_but(i, &[Tag::Filler, Tag::EachDay])?;
    let length = token.tag == Tag::Number && reading.is(j + 1, &[Tag::Month, Tag::Day]);
    let end = if length { j + 1 } else { i };
    let wage = reading.next_but(end, &[Tag::Filler]).filter(|(_, t)| t.tag == Tag::Wage).map(|(k, _)| k);
    let about_wages = reading.near_before(i, 3, &[Tag::Wage]);
    let keeps = matches!(reading.folded(i).as_str(), "押" | "压" | "扣押" | "扣留");
    match wage {
        Some(k) if keeps && (length || j == k) => Some(k),
        None if length && about_wages && keeps => Some(end),
        _ => None,
    }
}

/// 试用期 where none may be agreed; 试工无工资 anywhere.
fn trials(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Trial, Tag::Probation]) {
        if negated(reading, i) || reading.denied(i) || reading.on_duty(i) {
            continue;
        }
        let unpaid = reading.after(i).take(8).find(|(j, t)| {
            let none = matches!(t.tag, Tag::NoPay) || (t.tag == Tag::Free && reading.token(j + 1).gap > Gap::Mark);
            none && !reading.was(*j, &NEGATIONS)
        });
        let gratis = reading.folded(i).starts_with("免费")
            || reading.folded(i).starts_with("无偿")
            || reading.was(i, &[Tag::Free]);
        if let Some(last) = unpaid.map(|(j, _)| j).or_else(|| gratis.then_some(i)) {
            hits.push(Hit { rule: LintRule::UnpaidTrial, severity: Severity::Blocks, first: i, last });
        } else if reading.is(i, &[Tag::Probation]) && facts.engagement != Engagement::Phased {
            let timed = reading.is(i + 1, &[Tag::Number]) && reading.is(i + 2, &[Tag::Day, Tag::Month, Tag::EachWeek]);
            let period = reading.folded(i) != "试用" || timed;
            let last = if timed && reading.folded(i) == "试用" { i + 2 } else { i };
            if period {
                hits.push(Hit { rule: LintRule::Probation, severity: Severity::Blocks, first: i, last });
            }
        }
    }
}

/// Pay that comes at the end of the year, or of the month where it must come sooner.
fn cycles(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    let hit = |first, last| Hit { rule: LintRule::PayCycle, severity: Severity::Blocks, first, last };
    let mut done = 0;
    for i in reading.all(&[Tag::YearEnd, Tag::EndOfYear, Tag::Monthly, Tag::Below, Tag::Month, Tag::Number, Tag::Other])
    {
        if i < done || negated(reading, i) || reading.on_duty(i) {
            continue;
        }
        let last = match reading.tag(i) {
            Tag::YearEnd => Some(i),
            Tag::EndOfYear => year_end(reading, facts, i),
            Tag::Monthly if facts.engagement != Engagement::Phased => Some(i),
            Tag::Number => spaced(reading, facts, i),
            Tag::Other | Tag::Below | Tag::Month if facts.engagement != Engagement::Phased => monthly(reading, i),
            _ => None,
        };
        if let Some(last) = last {
            hits.push(hit(i, last));
            done = last + 1;
        }
    }
}

/// 年底…结清; the end of the works is late only where the work has stages.
fn year_end(reading: &Reading<'_>, facts: Facts, i: usize) -> Option<usize> {
    let (last, _) = reading.after_in_clause(i).take(5).find(|(_, t)| matches!(t.tag, Tag::Settle | Tag::YearEnd))?;
    let done = reading.folded(i).starts_with("完工") || reading.folded(i).contains("完工");
    let bonus = reading.near_after(i, 3, &[Tag::Allowance]);
    (!bonus && (!done || facts.engagement != Engagement::Temporary)).then_some(last)
}

/// 三个月一结, 二十天一结.
fn spaced(reading: &Reading<'_>, facts: Facts, i: usize) -> Option<usize> {
    let token = reading.token(i);
    let days = match reading.tag(i + 1) {
        Tag::Month => 30,
        Tag::Day if matches!(reading.folded(i + 1).as_str(), "天" | "日") => 1,
        Tag::Day => 7,
        _ => return None,
    };
    let (one, _) =
        reading.next_but(i + 1, &[Tag::Filler, Tag::Settle]).filter(|(_, t)| t.tag == Tag::Number && t.value == ONE)?;
    let times = matches!(reading.folded(one + 1).as_str(), "次" | "回") && reading.was(one, &[Tag::Settle]);
    let settled = reading.is(one + 1, &[Tag::Settle]) || times;
    let cycle = token.value * days / ONE;
    let longest = match facts.engagement {
        Engagement::PartTime => PART_TIME_DAYS,
        Engagement::Temporary | Engagement::Phased => 31,
    };
    (settled && cycle > longest).then_some(one + 1)
}

/// 每月10号发工资, 月底统一结算.
fn monthly(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let word: String = (i..i + 2).map(|j| reading.folded(j)).collect();
    let (last, _) = reading.after_in_clause(i).take(8).find(|(_, t)| t.tag == Tag::Settle)?;
    let date = |(j, t): (usize, Token)| t.tag == Tag::Number && matches!(reading.folded(j + 1).as_str(), "号" | "日");
    let dated = || reading.after_in_clause(i).take(4).any(date);
    let ends = matches!(word.as_str(), "月底" | "月末") && !reading.was(i, &[Tag::Number]);
    let month = ends || (matches!(word.as_str(), "每月" | "次月" | "下月" | "每个") && dated());
    // 月底另发全勤奖 is no day of pay.
    let bonus = reading.near_after(i, 6, &[Tag::Allowance]);
    (month && !(ends && bonus)).then_some(last)
}

/// A sum in words with its unit.
#[derive(Clone, Copy, Debug)]
struct Sum {
    low: i64,
    high: i64,
    first: usize,
    last: usize,
}

/// Sums in the words of a field that say another wage than the figure does.
pub(super) fn contradictions(reading: &Reading<'_>, draft: &Draft<'_>, hits: &mut Vec<Hit>) {
    let sums: Vec<Sum> = reading.all(&[Tag::Number]).filter_map(|i| sum(reading, i, draft.wage_unit)).collect();
    let agrees = |sum: &Sum| (sum.low..=sum.high).contains(&draft.wage_fen);
    if draft.wage_fen <= 0 || sums.iter().any(agrees) {
        return;
    }
    if let Some(sum) = sums.first() {
        hits.push(Hit { rule: LintRule::WageContradicts, severity: Severity::Warns, first: sum.first, last: sum.last });
    }
}

/// The sum at `i` when it is a wage in this unit: 日薪300元, 一天180, 20元/小时, 180-200元一天.
fn sum(reading: &Reading<'_>, i: usize, unit: WageUnit) -> Option<Sum> {
    let (words, after): (&[Tag], &[Tag]) = match unit {
        WageUnit::Hour => (&[Tag::PerHour], &[Tag::Hour, Tag::PerHour]),
        WageUnit::Day => (&[Tag::PerDay, Tag::EachDay], &[Tag::Day, Tag::EachDay]),
        WageUnit::Month => (&[Tag::PerMonth], &[Tag::Month]),
        WageUnit::Piece | WageUnit::Job => return None,
    };
    let token = reading.token(i);
    let ranged =
        |j: usize| reading.is(j, &[Tag::Until]) || matches!(reading.token(j).separator, Some('-' | '~' | '—' | '–'));
    if reading.was(i, &[Tag::Number, Tag::Until]) && (ranged(i) || reading.was(i, &[Tag::Until])) {
        return None;
    }
    let high = if reading.is(i + 1, &[Tag::Until]) { i + 2 } else { i + 1 };
    let high = if ranged(i + 1) && reading.is(high, &[Tag::Number]) { high } else { i };
    let yuan = reading.is(high + 1, &[Tag::Yuan]);
    let last = if yuan { high + 1 } else { high };
    let lead = reading
        .last_but(i, &[Tag::Filler, Tag::Wage, Tag::Yuan])
        .filter(|(_, t)| words.contains(&t.tag))
        .map(|(j, _)| j);
    let wage_lead = reading.last_but(i, &[Tag::Filler]).is_some_and(|(_, t)| t.tag == Tag::Wage);
    let unit_next = reading.token(last + 1);
    let behind = after.contains(&unit_next.tag) && (unit_next.gap <= Gap::Slash || unit_next.gap == Gap::Blank);
    let money = yuan || lead.is_some_and(|j| !reading.is(j, &[Tag::EachDay])) || token.value >= 30 * ONE;
    let pay_field = matches!(reading.field, LintField::PayText | LintField::Title);
    let about_pay = pay_field || wage_lead || lead.is_some_and(|j| !reading.is(j, &[Tag::EachDay]));
    let other = reading.near_before(i, 4, &[Tag::Allowance]) || reading.is(last + 2, &[Tag::Allowance]);
    let counted = reading.is(last + 1, &[Tag::Hour, Tag::Years, Tag::Job]) && unit != WageUnit::Hour;
    let wage = money && about_pay && !other && !counted && (lead.is_some() || behind);
    let first = lead.unwrap_or(i);
    let last = if lead.is_none() && behind { last + 1 } else { last };
    wage.then_some(Sum { low: token.value, high: reading.token(high).value, first, last })
}
