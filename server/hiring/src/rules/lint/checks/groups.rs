//! Conditions by group (群体限制): who is asked for, preferred or turned away for what they are.

use super::super::finding::{LintField, LintRule, Severity};
use super::super::reading::{Facts, Hit, Reading};
use super::super::text::Gap;
use super::super::words::Tag;

/// Words inside the name of a group.
const INSIDE: [Tag; 5] = [Tag::Filler, Tag::Person, Tag::Register, Tag::Local, Tag::Locals];
/// The verbs by which people are taken on.
const TAKEN_ON: [Tag; 4] = [Tag::Want, Tag::Take, Tag::Only, Tag::Press];

/// The start of 只要…, 限…, 不要…, 非… in front of a group.
pub(super) fn led_in(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let between = [Tag::Filler, Tag::Number, Tag::And, Tag::Local, Tag::Place, Tag::Young];
    let (j, token) = reading.last_but(i, &between)?;
    match token.tag {
        Tag::Only | Tag::Refuse | Tag::Forbid => (!reading.was(j, &[Tag::Not, Tag::Never])).then_some(j),
        // 只收… is an exception where money is spoken of, and a limit where people are.
        Tag::Except if matches!(reading.folded(j).as_str(), "只收" | "仅收") => Some(j),
        Tag::Want | Tag::Take if reading.was(j, &[Tag::Not]) => j.checked_sub(1),
        _ => None,
    }
}

/// The end of …不要, …勿扰, …免谈 behind a group.
pub(super) fn turned_away(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let (j, token) = reading.next_but(i, &[Tag::Filler, Tag::Person, Tag::Job, Tag::And, Tag::Man, Tag::Woman])?;
    if token.gap >= Gap::Comma {
        return None;
    }
    match token.tag {
        Tag::Refuse => Some(j),
        Tag::Free if reading.folded(j) == "免" => Some(j),
        Tag::Not | Tag::CanNot => {
            let (k, next) = reading.next_but(j, &[Tag::Filler])?;
            let taken_on = TAKEN_ON.contains(&next.tag) || matches!(next.tag, Tag::Denied | Tag::Allowed);
            (taken_on && reading.token(k + 1).gap > Gap::None).then_some(k)
        }
        _ => None,
    }
}

/// 不限…, …不限, 不论…: it does not matter.
pub(super) fn unlimited(reading: &Reading<'_>, i: usize) -> bool {
    let passed = [
        Tag::Filler,
        Tag::And,
        Tag::Need,
        Tag::Person,
        Tag::Register,
        Tag::Local,
        Tag::Locals,
        Tag::Place,
        Tag::Test,
        Tag::Ethnic,
        Tag::Marital,
        Tag::Rural,
        Tag::Urban,
        Tag::Disabled,
        Tag::Carrier,
    ];
    let before = reading.last_but(i, &passed);
    let behind = reading.next_but(i, &passed);
    let open = |found: Option<(usize, _)>, tags: &[Tag]| found.is_some_and(|(j, _)| reading.is(j, tags));
    open(before, &[Tag::NoLimit]) || open(behind, &[Tag::NoLimit, Tag::Allowed])
}

/// The end of …优先 behind a group.
fn preferred(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let passed = [Tag::Filler, Tag::Person, Tag::And, Tag::Register, Tag::Job, Tag::Man, Tag::Woman];
    reading.next_but(i, &passed).filter(|(_, t)| t.tag == Tag::Prefer).map(|(j, _)| j)
}

/// 要…, 须… in front of a group, and not 不需要….
fn wished(reading: &Reading<'_>, i: usize) -> Option<usize> {
    let between = [Tag::Filler, Tag::Number, Tag::Local, Tag::Place];
    let (j, token) = reading.last_but(i, &between)?;
    let wish = matches!(token.tag, Tag::Want | Tag::Need) && !reading.was(j, &[Tag::Not, Tag::Never, Tag::NoLimit]);
    wish.then_some(j)
}

/// What is done with a group that is named at one place.
struct Group {
    rule: LintRule,
    /// The first token of its name, and the last.
    first: usize,
    last: usize,
    /// Is a preference for it lawful, as for disabled people?
    favoured: bool,
    /// Is asking for it a limit?
    wanted: bool,
    /// Is it a condition when it stands alone?
    alone: bool,
}

fn judge(reading: &Reading<'_>, group: &Group, severity: Severity, hits: &mut Vec<Hit>) {
    let (first, last) = (group.first, group.last);
    // A local guarantor is a guarantee, and found as one.
    if reading.near_after(last, 4, &[Tag::Guarantee]) {
        return;
    }
    if reading.was(first, &[Tag::Care, Tag::Towards]) || unlimited(reading, first) || unlimited(reading, last) {
        return;
    }
    let (rule, hit) = (group.rule, |first, last, severity| Hit { rule: group.rule, severity, first, last });
    if let Some(start) = led_in(reading, first).filter(|j| !(group.favoured && reading.is(*j, &[Tag::Only]))) {
        hits.push(hit(start, last, severity));
    } else if let Some(end) = turned_away(reading, last) {
        hits.push(hit(first, end, severity));
    } else if let Some(end) = preferred(reading, last).filter(|_| !group.favoured) {
        let softer = if rule == LintRule::RegionLimit { Severity::Warns } else { severity };
        hits.push(hit(first, end, softer));
    } else if let Some(start) = wished(reading, first).filter(|_| group.wanted) {
        hits.push(hit(start, last, severity));
    } else if group.alone && reading.field != LintField::Place && reading.alone(first, last) {
        hits.push(hit(first, last, severity));
    }
}

pub(super) fn check(reading: &Reading<'_>, facts: Facts, hits: &mut Vec<Hit>) {
    for i in 0..reading.len() {
        let group = match reading.tag(i) {
            Tag::Marital => plain(LintRule::MarriageBirth, reading, i),
            Tag::Ethnic if !ethnic_thing(reading, i) => plain(LintRule::EthnicityReligion, reading, i),
            Tag::Unbelief => plain(LintRule::EthnicityReligion, reading, i),
            Tag::Locals | Tag::Local | Tag::Place | Tag::Register => match region(reading, i) {
                Some(group) => group,
                None => continue,
            },
            Tag::Disabled => {
                Group { favoured: true, wanted: false, alone: false, ..plain(LintRule::Disability, reading, i) }
            }
            Tag::Rural => {
                Group { favoured: true, wanted: false, alone: false, ..plain(LintRule::RuralWorker, reading, i) }
            }
            Tag::Urban => plain(LintRule::RuralWorker, reading, i),
            _ => continue,
        };
        let halal = facts.halal && group.rule == LintRule::EthnicityReligion;
        judge(reading, &group, if halal { Severity::Warns } else { Severity::Blocks }, hits);
    }
    for i in reading.all(&[Tag::BirthTest]) {
        let refused = reading.near_before(i, 4, &[Tag::Not, Tag::Never, Tag::CanNot, Tag::Forbid, Tag::NoLimit]);
        if !refused && !unlimited(reading, i) && !reading.on_duty(i) {
            hits.push(Hit { rule: LintRule::MarriageBirth, severity: Severity::Blocks, first: i, last: i });
        }
    }
    for i in reading.all(&[Tag::AbleBodied]) {
        if reading.folded(i) != "身体健全" && !unlimited(reading, i) {
            hits.push(Hit { rule: LintRule::Disability, severity: Severity::Warns, first: i, last: i });
        }
    }
    carriers(reading, hits);
}

/// A group named by one word.
fn plain(rule: LintRule, reading: &Reading<'_>, i: usize) -> Group {
    let last = if reading.is(i + 1, &[Tag::Person]) && reading.token(i + 1).gap <= Gap::Mark { i + 1 } else { i };
    let adjective = matches!(reading.folded(i).as_str(), "民族" | "宗教信仰" | "孕期" | "单身" | "婚育" | "宝妈");
    Group { rule, first: i, last, favoured: false, wanted: true, alone: !adjective }
}

/// 回民小学, 民族服饰: a name and no condition.
fn ethnic_thing(reading: &Reading<'_>, i: usize) -> bool {
    let next = reading.token(i + 1);
    next.gap <= Gap::Mark
        && matches!(next.tag, Tag::EthnicThing | Tag::SexThing | Tag::Goods | Tag::InKind | Tag::Client)
}

/// People of a place, by where they come from or where they are registered.
fn region(reading: &Reading<'_>, i: usize) -> Option<Group> {
    let touches = |j: usize| reading.token(j).gap <= Gap::Mark;
    if reading.was(i, &[Tag::Local, Tag::Place]) && touches(i) {
        return None;
    }
    let mut last = i;
    let card = |j: usize| reading.folded(j) == "身份证";
    while last < i + 4 && (reading.is(last + 1, &INSIDE) || card(last + 1)) && touches(last + 1) {
        last += 1;
    }
    while last > i && reading.is(last, &[Tag::Filler]) {
        last -= 1;
    }
    let named = (i..=last).any(|j| reading.is(j, &[Tag::Locals, Tag::Person, Tag::Register]) || card(j));
    let registered = (i..=last).any(|j| reading.is(j, &[Tag::Register]));
    let bare = !named;
    if bare && reading.is(i, &[Tag::Place]) {
        // 太原 alone is an address; 四川的不要 is not.
        let end = (i..i + 4).take_while(|j| reading.is(*j, &[Tag::Place])).last().unwrap_or(i);
        let away =
            reading.folded(end + 1) == "的" && (turned_away(reading, end).is_some() || led_in(reading, i).is_some());
        return away.then_some(Group {
            rule: LintRule::RegionLimit,
            first: i,
            last: end,
            favoured: false,
            wanted: false,
            alone: false,
        });
    }
    // 本地 and 外地 alone are a group only where the next word says what becomes of it.
    let told = matches!(reading.tag(last + 1), Tag::Refuse | Tag::Prefer | Tag::Not)
        || reading.was(i, &[Tag::Only, Tag::Unless]);
    if bare && !told && !reading.is(last + 1, &[Tag::Filler]) {
        return None;
    }
    // 户口必须在太原: the register first and its place behind.
    if registered && i == last && reading.near_after(i, 2, &[Tag::Need]) {
        let place = reading.after_in_clause(i).take(5).find(|(_, t)| matches!(t.tag, Tag::Place | Tag::Local));
        if let Some((end, _)) = place {
            return Some(Group {
                rule: LintRule::RegionLimit,
                first: i,
                last: end,
                favoured: false,
                wanted: true,
                alone: true,
            });
        }
    }
    let fellow = matches!(reading.folded(i).as_str(), "老乡" | "同乡");
    let heading = registered && i == last;
    let whole = !(bare || fellow || heading);
    Some(Group { rule: LintRule::RegionLimit, first: i, last, favoured: false, wanted: whole, alone: whole })
}

/// Carriers turned away, or a test that finds them.
fn carriers(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    let mut done = 0;
    for i in reading.all(&[Tag::Carrier]) {
        if i < done
            || unlimited(reading, i)
            || reading.near_before(i, 6, &[Tag::NoLimit])
            || reading.was(i, &[Tag::Care])
        {
            continue;
        }
        let tested = reading.last_but(i, &[Tag::Filler, Tag::And, Tag::Carrier]).filter(|(_, t)| t.tag == Tag::Test);
        let away = turned_away(reading, i);
        let without = reading.was(i, &[Tag::Not, Tag::Unless]);
        let normal =
            reading.next_but(i, &[Tag::Filler, Tag::Test]).filter(|(_, t)| t.tag == Tag::Normal).map(|(j, _)| j);
        let found = match tested {
            Some((j, _)) if reading.near_before(j, 3, &[Tag::Not, Tag::Never, Tag::CanNot, Tag::Forbid]) => None,
            Some((j, _)) => Some((j, i)),
            None => away.or(normal).map(|end| (i, end)).or_else(|| without.then_some((i.saturating_sub(1), i))),
        };
        let report = reading
            .next_but(i, &[Tag::Filler])
            .filter(|(_, t)| t.tag == Tag::Test && reading.near_before(i, 5, &[Tag::Need]));
        let found = found.or_else(|| report.map(|(end, _)| (i, end)));
        let led = led_in(reading, i).map(|start| (start, i));
        if let Some((first, last)) = found.or(led) {
            hits.push(Hit { rule: LintRule::Carrier, severity: Severity::Blocks, first, last });
            done = last + 1;
        }
    }
}
