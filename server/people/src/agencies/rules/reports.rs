//! The annual report (年度报告; 人力资源市场暂行条例 第三十六条): within the time that is set, which the law leaves to the organ.

use chrono::{Datelike as _, NaiveDate};

/// What is wrong with a report as filled in (填写问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A year that is not over, or before there were such reports.
    Year,
    /// A day within the year it is about, or to come.
    Day,
}

/// The first year of which there is such a report: the regulations came into force in 2018.
pub const FIRST: i32 = 2018;

/// Checks a report.
pub fn check(year: i32, reported_on: NaiveDate, today: NaiveDate) -> Result<(), Flaw> {
    if !(FIRST..today.year()).contains(&year) {
        return Err(Flaw::Year);
    }
    if reported_on.year() <= year || reported_on > today { Err(Flaw::Day) } else { Ok(()) }
}

/// Is a report of a year asked for (应否报告)? Not of one before there was a licence. A licence that was renewed bears a later day than
/// the first: whoever was entered before that day had one then. Where no day of issue is known, it is asked for.
#[must_use]
pub fn is_asked(year: i32, issued_on: Option<NaiveDate>, entered_on: NaiveDate) -> bool {
    issued_on.is_none_or(|issued| issued.min(entered_on).year() <= year)
}

/// By when the report of a year is due: the day of the year after that is set, `331` for 31 March; nothing where none is.
#[must_use]
pub fn due_on(year: i32, by: Option<i32>) -> Option<NaiveDate> {
    let (month, day) = month_and_day(by?)?;
    NaiveDate::from_ymd_opt(year.checked_add(1)?, month, day)
}

/// A month and a day written as one number; nothing where it is not a day of every year.
#[must_use]
pub fn month_and_day(by: i32) -> Option<(u32, u32)> {
    let by = u32::try_from(by).ok()?;
    let (month, day) = (by / 100, by % 100);
    // A year without a leap day.
    NaiveDate::from_ymd_opt(2025, month, day).map(|_| (month, day))
}

/// Is the report late? Never where no day is set.
#[must_use]
pub fn is_overdue(due_on: Option<NaiveDate>, reported_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    due_on.is_some_and(|due| reported_on.unwrap_or(today) > due)
}

#[cfg(test)]
mod tests {
    use super::super::licence::tests::day;
    use super::*;

    #[test]
    fn a_report_is_about_a_year_that_is_over_and_comes_after_it() {
        let today = day("2026-07-01");
        assert_eq!(check(2025, day("2026-03-01"), today), Ok(()));
        assert_eq!(check(2026, day("2026-07-01"), today), Err(Flaw::Year));
        assert_eq!(check(2017, day("2026-03-01"), today), Err(Flaw::Year));
        assert_eq!(check(2025, day("2025-12-31"), today), Err(Flaw::Day));
        assert_eq!(check(2025, day("2026-07-02"), today), Err(Flaw::Day));
    }

    #[test]
    fn where_no_day_is_set_no_report_is_late() {
        assert_eq!(due_on(2025, None), None);
        assert!(!is_overdue(None, None, day("2030-01-01")));
        let due = due_on(2025, Some(331));
        assert_eq!(due, Some(day("2026-03-31")));
        assert!(!is_overdue(due, None, day("2026-03-31")));
        assert!(is_overdue(due, None, day("2026-04-01")));
        assert!(is_overdue(due, Some(day("2026-04-02")), day("2026-07-01")));
    }

    #[test]
    fn no_report_is_asked_for_of_a_year_before_the_licence_and_one_is_of_its_first() {
        let asked = |issued: Option<&str>, entered: &str| is_asked(2025, issued.map(day), day(entered));
        assert!(!asked(Some("2026-01-01"), "2026-02-01"));
        assert!(asked(Some("2025-12-31"), "2026-02-01"));
        assert!(asked(Some("2026-01-01"), "2025-12-31"), "it was renewed");
        assert!(asked(None, "2026-02-01"));
    }

    #[test]
    fn the_twenty_ninth_of_february_is_no_day_of_every_year() {
        assert_eq!(month_and_day(229), None);
        assert_eq!(month_and_day(1231), Some((12, 31)));
        assert_eq!(month_and_day(-1), None);
    }
}
