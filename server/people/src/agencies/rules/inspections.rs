//! Inspections (监督检查): by two at least (人力资源市场暂行条例 第三十五条; R33).

use chrono::NaiveDate;
use kernel::Pii;
use kernel::sheet::text;
use uuid::Uuid;

use crate::agencies::forms::{AgencyInspectionInput, InspectionFollowUpInput};

/// Inspectors at least.
pub const LEAST: usize = 2;
/// And at most.
pub const MOST: usize = 10;

/// Who inspected (检查人员): somebody with an account, or a name.
#[derive(Clone, Debug)]
pub struct Inspector {
    /// The account.
    pub account: Option<Uuid>,
    /// The name.
    pub name: Pii<String>,
}

/// What is wrong with an inspection as filled in (填写问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Fewer than two inspectors, or too many.
    Inspectors,
    /// One inspector twice.
    SamePerson,
    /// A day to come.
    InFuture,
    /// To be looked at again before it was looked at.
    FollowUp,
    /// A day that does not follow the inspection.
    FollowedUp,
}

/// One inspector is not two: by account, or by name where one of them has none here.
pub fn inspectors(all: &[Inspector]) -> Result<(), Flaw> {
    let name = |one: &Inspector| one.name.map(|name| text::squash(name));
    for (at, one) in all.iter().enumerate() {
        let same = |other: &Inspector| match (one.account, other.account) {
            (Some(one), Some(other)) => one == other,
            _ => name(one) == name(other),
        };
        if all.iter().skip(at + 1).any(same) {
            return Err(Flaw::SamePerson);
        }
    }
    if (LEAST..=MOST).contains(&all.len()) { Ok(()) } else { Err(Flaw::Inspectors) }
}

/// Checks the days of an inspection.
pub fn days(input: &AgencyInspectionInput, today: NaiveDate) -> Result<(), Flaw> {
    if input.inspected_on.0 > today {
        return Err(Flaw::InFuture);
    }
    if input.follow_up_on.is_some_and(|day| day.0 <= input.inspected_on.0) {
        return Err(Flaw::FollowUp);
    }
    Ok(())
}

/// Checks the day of a follow-up.
pub fn follow_up(input: &InspectionFollowUpInput, inspected_on: NaiveDate, today: NaiveDate) -> Result<(), Flaw> {
    let day = input.followed_up_on.0;
    if day < inspected_on || day > today { Err(Flaw::FollowedUp) } else { Ok(()) }
}

/// Is it late that somebody looked again?
#[must_use]
pub fn is_overdue(follow_up_on: Option<NaiveDate>, followed_up_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    followed_up_on.is_none() && follow_up_on.is_some_and(|day| day < today)
}

#[cfg(test)]
mod tests {
    use super::super::licence::tests::day;
    use super::*;

    fn named(name: &str) -> Inspector {
        Inspector { account: None, name: name.into() }
    }

    fn with_account(id: u128, name: &str) -> Inspector {
        Inspector { account: Some(Uuid::from_u128(id)), ..named(name) }
    }

    #[test]
    fn one_inspector_is_not_enough_and_one_who_is_named_twice_is_one() {
        assert_eq!(inspectors(&[]), Err(Flaw::Inspectors));
        assert_eq!(inspectors(&[named("张伟")]), Err(Flaw::Inspectors));
        assert_eq!(inspectors(&[named("张伟"), named("张 伟")]), Err(Flaw::SamePerson));
        assert_eq!(inspectors(&[with_account(1, "张伟"), named("张伟")]), Err(Flaw::SamePerson));
        assert_eq!(inspectors(&[with_account(1, "张伟"), with_account(1, "张伟")]), Err(Flaw::SamePerson));
        assert_eq!(inspectors(&[named("张伟"), named("李强")]), Ok(()));
        assert_eq!(inspectors(&[with_account(1, "张伟"), with_account(2, "张伟")]), Ok(()), "two of one name");
    }

    #[test]
    fn what_is_to_be_looked_at_again_is_late_once_its_day_is_over() {
        let on = Some(day("2026-07-10"));
        assert!(!is_overdue(on, None, day("2026-07-10")));
        assert!(is_overdue(on, None, day("2026-07-11")));
        assert!(!is_overdue(on, Some(day("2026-07-20")), day("2026-07-21")));
        assert!(!is_overdue(None, None, day("2026-07-11")));
    }
}
