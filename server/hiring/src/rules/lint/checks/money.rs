//! Deposits and guarantees (押金担保), documents kept (扣押证件) and fees (收费).

use super::super::finding::{LintField, LintRule, Severity};
use super::super::reading::{Hit, Reading};
use super::super::text::Gap;
use super::super::tokens::Token;
use super::super::words::Tag;

const PAYING: [Tag; 5] = [Tag::Give, Tag::Take, Tag::Hold, Tag::Press, Tag::Except];
const FEES: [Tag; 4] = [Tag::Fee, Tag::SoftFee, Tag::FeePhrase, Tag::Advance];

pub(super) fn check(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    deposits(reading, hits);
    documents(reading, hits);
    fees(reading, hits);
}

fn blocks(rule: LintRule, first: usize, last: usize) -> Hit {
    Hit { rule, severity: Severity::Blocks, first, last }
}

fn lawful(reading: &Reading<'_>, i: usize) -> bool {
    reading.denied(i) || reading.warned(i) || reading.on_duty(i)
}

fn deposits(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&[Tag::Deposit, Tag::Earnest, Tag::Guarantee, Tag::Pledge, Tag::Press]) {
        let asked = match reading.tag(i) {
            Tag::Deposit => true,
            Tag::Earnest => reading.near_before(i, 4, &PAYING),
            Tag::Press => pressed(reading, i),
            // 担保 and 抵押 are also trades: a worker is asked for them where something is needed or given.
            _ => {
                let needed = [Tag::Need, Tag::Want, Tag::Give, Tag::By, Tag::Towards];
                let document = reading.near(i, 6, &[Tag::Document]);
                reading.near_before(i, 8, &needed) && !document && reading.field != LintField::Title
            }
        };
        if asked && !lawful(reading, i) && !reading.borne_by_party(i) {
            hits.push(blocks(LintRule::Deposit, i, i));
        }
    }
}

/// 押二百, 押东西: money or things put down.
fn pressed(reading: &Reading<'_>, i: usize) -> bool {
    let Some((j, token)) = reading.next_but(i, &[Tag::Filler, Tag::Payer]) else { return false };
    match token.tag {
        Tag::InKind => reading.folded(j) == "东西",
        Tag::Number => {
            let wages = reading.is(j + 1, &[Tag::Month, Tag::Day, Tag::Wage]);
            !wages && (reading.is(j + 1, &[Tag::Yuan]) || reading.token(j + 1).gap > Gap::Mark)
        }
        _ => false,
    }
}

/// A document of the worker that somebody else keeps.
fn documents(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Document, Tag::Account]) {
        if i < done
            || (reading.is(i, &[Tag::Account]) && reading.folded(i) != "银行卡")
            || reading.near(i, 6, &[Tag::Copy, Tag::KeepOwn])
            || reading.on_duty(i)
            || reading.warned(i)
        {
            continue;
        }
        let kept = |found: Option<(usize, _)>| {
            found.map(|(j, _)| j).filter(|j| reading.is(*j, &[Tag::Hold, Tag::Press, Tag::Pledge, Tag::Take]))
        };
        let passed = [
            Tag::Filler,
            Tag::And,
            Tag::Document,
            Tag::Payer,
            Tag::Need,
            Tag::Worker,
            Tag::Towards,
            Tag::Give,
            Tag::By,
            Tag::Other,
            Tag::Denied,
            Tag::SexThing,
            Tag::Job,
            Tag::Desk,
            Tag::Telephone,
        ];
        let before = kept(reading.last_but(i, &passed));
        let behind = kept(reading.next_but(i, &passed));
        let (keeper, first, last) = match (before, behind) {
            (_, Some(j)) => (j, i, j),
            (Some(j), None) => (j, j, i),
            (None, None) => continue,
        };
        let denied =
            reading.denied(i) || reading.was(keeper, &[Tag::Not, Tag::Never, Tag::CanNot, Tag::Forbid, Tag::NoLimit]);
        if !denied {
            hits.push(blocks(LintRule::KeptDocument, first, last));
            done = last + 1;
        }
    }
}

fn fees(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    for i in reading.all(&FEES) {
        let workers = |(j, t): (usize, Token)| t.tag == Tag::Borne && reading.was(j, &[Tag::Worker]);
        let own = reading.near(i, 6, &[Tag::OwnCost])
            || own_in_turn(reading, i)
            || reading.after_in_clause(i).take(6).any(workers);
        let asked = match reading.tag(i) {
            Tag::FeePhrase => true,
            Tag::Advance => !reading.was(i, &[Tag::Payer]),
            _ => own || paid(reading, i),
        };
        let soft = reading.is(i, &[Tag::SoftFee]);
        if !asked || reading.denied(i) || reading.warned(i) || (!own && (reading.borne(i) || reading.on_duty(i))) {
            continue;
        }
        let severity = if soft { Severity::Warns } else { Severity::Blocks };
        hits.push(Hit { rule: LintRule::Fee, severity, first: i, last: i });
    }
    for i in reading.all(&[Tag::Give, Tag::Buy, Tag::Test, Tag::Goods, Tag::SexThing, Tag::OwnCost]) {
        let last = match reading.tag(i) {
            Tag::Give => entrance(reading, i),
            Tag::Buy => purchase(reading, i),
            Tag::OwnCost => at_own_cost(reading, i),
            _ => own_cost(reading, i),
        };
        if let Some(last) = last.filter(|_| !lawful(reading, i)) {
            let soft = reading.is(i, &[Tag::Test, Tag::Goods, Tag::SexThing, Tag::OwnCost]);
            let severity = if soft { Severity::Warns } else { Severity::Blocks };
            hits.push(Hit { rule: LintRule::Fee, severity, first: i, last });
        }
    }
}

/// 服装费公司先垫，从工资里扣: the next clause says who bears it.
fn own_in_turn(reading: &Reading<'_>, i: usize) -> bool {
    let next = reading.token(i).clause + 1;
    reading.after(i).take(8).find(|(_, t)| t.clause == next).is_some_and(|(_, t)| t.tag == Tag::OwnCost)
}

/// Is the fee asked for, or given with a sum?
fn paid(reading: &Reading<'_>, i: usize) -> bool {
    let asked = reading.near_before(i, 5, &[Tag::Give, Tag::Take, Tag::Hold, Tag::Need, Tag::Except]);
    let behind = reading.next_but(i, &[Tag::Filler, Tag::And, Tag::Fee, Tag::Need, Tag::Wage, Tag::Worker]);
    let given = reading.last_but(i, &[Tag::Filler, Tag::Yuan, Tag::Number]);
    let summed = reading.near_before(i, 2, &[Tag::Yuan])
        && !given.is_some_and(|(_, t)| matches!(t.tag, Tag::Allowance | Tag::Borne | Tag::Return));
    let deducted = reading.near_after(i, 6, &[Tag::Hold, Tag::Take]);
    asked
        || summed
        || deducted
        || behind.is_some_and(|(_, t)| {
            matches!(t.tag, Tag::Number | Tag::Yuan | Tag::Give | Tag::Take | Tag::Hold | Tag::EachDay)
        })
}

/// 上岗前交300元: money for the place itself.
fn entrance(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let (j, token) = reading.next_but(i, &[Tag::Filler])?;
    let sum = token.tag == Tag::Number && token.value > 0 && reading.is(j + 1, &[Tag::Yuan]);
    let named = reading.near(i, 8, &[Tag::Deposit, Tag::Fee, Tag::SoftFee, Tag::Wage, Tag::Allowance, Tag::Earnest]);
    let place = reading.near(i, 8, &[Tag::Worker, Tag::Denied, Tag::Insurance]) && !reading.was(i, &[Tag::Payer]);
    (matches!(reading.folded(i).as_str(), "交" | "缴" | "缴纳" | "交纳" | "预交" | "预缴" | "缴费" | "交费")
        && sum
        && place
        && !named)
        .then_some(j + 1)
}

/// 必须购买工服: what is sold to those who want the place.
fn purchase(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let needed =
        reading.last_but(i, &[Tag::Filler, Tag::Worker]).is_some_and(|(_, t)| matches!(t.tag, Tag::Need | Tag::Denied));
    let (j, token) = reading.next_but(i, &[Tag::Filler, Tag::Payer, Tag::Number, Tag::Yuan])?;
    let own = reading.folded(i).starts_with('自') && reading.is(j + 1, &[Tag::Number]);
    let needed = needed || own || reading.near_after(j, 4, &[Tag::Denied]);
    let sold = token.tag == Tag::Goods || matches!(reading.folded(j).as_str(), "产品" | "商品");
    (needed && sold).then_some(j)
}

/// 自费办理健康证: the same the other way round.
fn at_own_cost(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let needed = |(j, t): &(usize, Token)| matches!(t.tag, Tag::Test | Tag::Goods) || reading.folded(*j) == "健康证";
    reading.after_in_clause(i).take(3).find(needed).map(|(j, _)| j)
}

/// 体检、工服自费: what the work needs at the worker's cost.
fn own_cost(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let named = matches!(reading.folded(i).as_str(), "体检" | "工服" | "工装" | "服装" | "工作服" | "制服" | "衣服");
    let (j, _) = reading.next_but(i, &[Tag::Filler, Tag::And, Tag::Wage]).filter(|(_, t)| t.tag == Tag::OwnCost)?;
    named.then_some(j)
}
