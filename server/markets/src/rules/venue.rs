//! The venue (场地): what is wrong with a zone, a facility, a bay, a contract or a project as filled in.

use chrono::NaiveDate;
use kernel::sheet::text;

use super::place::name_key;
use super::spans::{Span, clash};
use crate::forms::{BayInput, ContractInput, FacilityInput, ProjectInput, ZoneInput};
use crate::kinds::ZoneKind;

/// Characters of a name.
pub const NAME: usize = 100;
/// Characters of a longer text.
pub const TEXT: usize = 500;
/// Indicators of a contract, milestones of a project.
pub const MOST: usize = 50;

/// A text of one to so many characters.
#[must_use]
pub fn fits(written: &str, limit: usize) -> bool {
    (1..=limit).contains(&text::tidy(written).chars().count())
}

/// An optional text of at most so many characters.
#[must_use]
pub fn may_fit(written: Option<&str>, limit: usize) -> bool {
    written.is_none_or(|t| text::tidy(t).chars().count() <= limit)
}

/// A zone as it stands (现有分区).
#[derive(Clone, Debug)]
pub struct Standing {
    /// What it is for.
    pub kind: ZoneKind,
    /// Its name.
    pub name: String,
    /// Its times; none: all the time.
    pub times: Vec<Span>,
}

/// The zone that uses the same place at the same time, if there is one (分时分区共享, 人社部发〔2022〕38号 六).
#[must_use]
pub fn clashing<'a>(name: &str, times: &[Span], others: &'a [Standing]) -> Option<&'a Standing> {
    let key = name_key(name);
    others.iter().find(|other| {
        name_key(&other.name) == key
            && (times.is_empty()
                || other.times.is_empty()
                || times.iter().any(|a| other.times.iter().any(|b| clash(a, b))))
    })
}

/// Figures of a zone that can be.
#[must_use]
pub fn zone_figures(input: &ZoneInput) -> bool {
    input.area_square_metres.is_none_or(|n| (1..=1_000_000).contains(&n))
        && input.capacity.is_none_or(|n| (1..=100_000).contains(&n))
}

/// A number of facilities that can be.
#[must_use]
pub fn facility_quantity(input: &FacilityInput) -> bool {
    (0..=100_000).contains(&input.quantity)
}

/// Figures of a bay that can be: up to a thousand vehicles, a stay of up to a day.
#[must_use]
pub fn bay_figures(input: &BayInput) -> bool {
    (1..=1000).contains(&input.capacity) && (1..=1440).contains(&input.max_stay_minutes)
}

/// What is wrong with a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractFlaw {
    /// No operator.
    Operator,
    /// No scope.
    Coverage,
    /// It ends before it begins.
    Term,
    /// Too many indicators, or one without name, unit or a target that can be.
    Indicator(usize),
}

/// Checks a contract.
pub fn contract(input: &ContractInput) -> Result<(), ContractFlaw> {
    if !fits(&input.operator, NAME) {
        return Err(ContractFlaw::Operator);
    }
    if !fits(&input.scope, TEXT) {
        return Err(ContractFlaw::Coverage);
    }
    if input.ends_on < input.starts_on {
        return Err(ContractFlaw::Term);
    }
    for (at, indicator) in input.indicators.iter().enumerate() {
        let numbers = indicator.target >= 0 && indicator.actual.is_none_or(|n| n >= 0);
        if at >= MOST || !fits(&indicator.name, NAME) || !fits(&indicator.unit, 20) || !numbers {
            return Err(ContractFlaw::Indicator(at + 1));
        }
    }
    Ok(())
}

/// What is wrong with a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectFlaw {
    /// No title.
    Title,
    /// Too many milestones, or one without a title.
    Milestone(usize),
    /// A milestone done on a day to come.
    DoneInFuture(usize),
}

/// Checks a project.
pub fn project(input: &ProjectInput, today: NaiveDate) -> Result<(), ProjectFlaw> {
    if !fits(&input.title, NAME) {
        return Err(ProjectFlaw::Title);
    }
    for (at, milestone) in input.milestones.iter().enumerate() {
        if at >= MOST || !fits(&milestone.title, NAME) {
            return Err(ProjectFlaw::Milestone(at + 1));
        }
        if milestone.done_on.is_some_and(|day| day.0 > today) {
            return Err(ProjectFlaw::DoneInFuture(at + 1));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{ContractIndicatorInput, HoursInput, MilestoneInput};
    use crate::kinds::{ConstructionMode, Season, Weekday};
    use crate::rules::spans::read;

    fn times(opens: &str, closes: &str) -> Vec<Span> {
        read(&[HoursInput {
            season: Season::AllYear,
            from_month: None,
            to_month: None,
            weekdays: Weekday::ALL.to_vec(),
            opens: opens.into(),
            closes: closes.into(),
        }])
        .unwrap()
    }

    #[test]
    fn one_place_is_shared_by_time_and_not_used_twice_at_once() {
        let there = [Standing { kind: ZoneKind::Waiting, name: "一楼大厅".into(), times: times("05:00", "09:00") }];
        assert!(clashing("一楼 大厅", &times("08:00", "12:00"), &there).is_some());
        assert!(clashing("一楼大厅", &times("09:00", "12:00"), &there).is_none());
        assert!(clashing("一楼大厅", &[], &there).is_some(), "all the time");
        assert!(clashing("二楼", &[], &there).is_none());
    }

    fn day(text: &str) -> kernel::gql::Date {
        kernel::gql::Date(text.parse().unwrap())
    }

    #[test]
    fn a_contract_ends_after_it_begins_and_its_indicators_have_names() {
        let mut input = ContractInput {
            operator: "某某公司".into(),
            scope: "日常运营".into(),
            starts_on: day("2026-01-01"),
            ends_on: day("2026-12-31"),
            indicators: vec![ContractIndicatorInput {
                name: "日均服务".into(),
                target: 100,
                unit: "人次".into(),
                actual: None,
            }],
        };
        assert_eq!(contract(&input), Ok(()));
        input.indicators[0].unit = " ".into();
        assert_eq!(contract(&input), Err(ContractFlaw::Indicator(1)));
        input.ends_on = day("2025-12-31");
        assert_eq!(contract(&input), Err(ContractFlaw::Term));
    }

    #[test]
    fn a_milestone_is_not_done_tomorrow() {
        let input = ProjectInput {
            mode: ConstructionMode::Conversion,
            title: "闲置厂房改造".into(),
            planned_open_on: None,
            milestones: vec![MilestoneInput {
                title: "施划标线".into(),
                due_on: day("2026-12-01"),
                done_on: Some(day("2026-11-24")),
            }],
        };
        assert_eq!(project(&input, "2026-11-23".parse().unwrap()), Err(ProjectFlaw::DoneInFuture(1)));
        assert_eq!(project(&input, "2026-11-24".parse().unwrap()), Ok(()));
    }
}
