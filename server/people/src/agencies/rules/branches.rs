//! Branches (分支机构): set up, and reported in writing within fifteen days (人力资源市场暂行条例 第二十条).

use chrono::{Days, NaiveDate};

use super::identity::{NAME, county, line};
use crate::agencies::forms::AgencyBranchInput;
use crate::rules::scopes::ScopeFlaw;

/// What is wrong with a branch as filled in (填写问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No name.
    Name,
    /// No address.
    Address,
    /// Not a county.
    County(ScopeFlaw),
    /// Set up on a day to come.
    SetUpInFuture,
    /// Reported before it was set up, or on a day to come.
    Reported,
    /// Closed before it was set up, or on a day to come.
    Closed,
}

/// A branch, checked (分支机构).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its county, of whichever city.
    pub county: String,
}

/// Checks a branch.
pub fn check(input: &AgencyBranchInput, today: NaiveDate) -> Result<Branch, Flaw> {
    let set_up = input.set_up_on.0;
    let branch = Branch {
        name: line(&input.name, NAME).ok_or(Flaw::Name)?,
        address: line(&input.address, NAME).ok_or(Flaw::Address)?,
        county: county(&input.county).map_err(Flaw::County)?,
    };
    if set_up > today {
        return Err(Flaw::SetUpInFuture);
    }
    let off = |day: NaiveDate| day < set_up || day > today;
    if input.reported_on.is_some_and(|day| off(day.0)) {
        return Err(Flaw::Reported);
    }
    if input.closed_on.is_some_and(|day| off(day.0)) {
        return Err(Flaw::Closed);
    }
    Ok(branch)
}

/// By when a branch is reported: so many days after the day on which it was set up.
#[must_use]
pub fn due_on(set_up_on: NaiveDate, days: i32) -> NaiveDate {
    set_up_on + Days::new(u64::try_from(days).unwrap_or_default())
}

/// Was it not reported in time, or is it late by now?
#[must_use]
pub fn is_overdue(set_up_on: NaiveDate, reported_on: Option<NaiveDate>, days: i32, today: NaiveDate) -> bool {
    reported_on.unwrap_or(today) > due_on(set_up_on, days)
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::day;
    use super::*;

    #[test]
    fn a_branch_is_overdue_from_the_sixteenth_day_until_it_is_reported_and_late_ever_after() {
        let set_up = day("2026-06-15");
        assert_eq!(due_on(set_up, 15), day("2026-06-30"));
        assert!(!is_overdue(set_up, None, 15, day("2026-06-30")));
        assert!(is_overdue(set_up, None, 15, day("2026-07-01")));
        assert!(!is_overdue(set_up, Some(day("2026-06-30")), 15, day("2026-09-01")));
        assert!(is_overdue(set_up, Some(day("2026-07-01")), 15, day("2026-09-01")));
    }

    #[test]
    fn a_branch_is_not_reported_before_it_is_there() {
        let input = AgencyBranchInput {
            name: "大同分公司".to_owned(),
            address: "迎宾街1号".to_owned(),
            county: "140213".to_owned(),
            set_up_on: Date(day("2026-06-15")),
            reported_on: Some(Date(day("2026-06-14"))),
            closed_on: None,
        };
        let today = day("2026-07-01");
        assert_eq!(check(&input, today), Err(Flaw::Reported));
        let input = AgencyBranchInput { reported_on: None, ..input };
        assert_eq!(check(&input, today).unwrap().county, "140213");
        let closed = AgencyBranchInput { closed_on: Some(Date(day("2026-07-02"))), ..input.clone() };
        assert_eq!(check(&closed, today), Err(Flaw::Closed));
        let nowhere = AgencyBranchInput { county: "999999".to_owned(), ..input };
        assert_eq!(check(&nowhere, today), Err(Flaw::County(ScopeFlaw::UnknownDivision)));
    }
}
