//! What postings are held to in a city (招聘信息标准): minimum wages from a day on, the target of review, when a posting is stale.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kernel::clock::day_of;
use serde::{Deserialize, Serialize};

use super::lint;
use super::shifts::Shift;
use crate::forms::{MinimumWageInput, PostingFiguresInput};

/// Minutes within which a posting is to be reviewed, unless the city says otherwise.
pub const REVIEW_MINUTES: i32 = 30;
/// Days after which a posting nobody confirmed is stale, unless the city says otherwise.
pub const STALE_DAYS: i32 = 7;
/// Lines of minimum wages at most.
pub const MOST: usize = 200;

/// The figures of a city (招聘信息标准).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Counts its changes; 0 where nobody has set anything.
    pub version: i32,
    /// Minimum wages.
    pub minimum_wages: Vec<MinimumWageInput>,
    /// The target of review, minutes.
    pub review_minutes: i32,
    /// Days after which a posting is stale.
    pub stale_days: i32,
}

impl Default for Figures {
    fn default() -> Self {
        Self { version: 0, minimum_wages: Vec::new(), review_minutes: REVIEW_MINUTES, stale_days: STALE_DAYS }
    }
}

impl Figures {
    /// Until when what is confirmed now counts as fresh (失鲜时间).
    #[must_use]
    pub fn fresh_until(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + Duration::days(self.stale_days.into())
    }

    /// By when what was handed in then is to be reviewed (审核时限).
    #[must_use]
    pub fn review_due(&self, submitted: DateTime<Utc>) -> DateTime<Utc> {
        submitted + Duration::minutes(self.review_minutes.into())
    }

    /// What the linter compares with in a county: of each wage the highest in force on any day of these shifts, which may lie on
    /// both sides of a change.
    #[must_use]
    pub fn over(&self, county: &str, shifts: &[Shift]) -> lint::Figures {
        let days: BTreeSet<NaiveDate> = shifts.iter().flat_map(days_of).collect();
        let figures = days.into_iter().map(|day| self.at(county, day));
        let highest = figures.reduce(|one, other| lint::Figures {
            minimum_hourly_fen: one.minimum_hourly_fen.max(other.minimum_hourly_fen),
            minimum_monthly_fen: one.minimum_monthly_fen.max(other.minimum_monthly_fen),
        });
        highest.unwrap_or_default()
    }

    /// What is in force in a county on a day: of each wage the newest in force there, else in the rest of the
    /// city; unset where there is none.
    fn at(&self, county: &str, day: NaiveDate) -> lint::Figures {
        let newest = |wage: fn(&MinimumWageInput) -> Option<i64>| {
            let of = |place: Option<&str>| {
                let here = self.minimum_wages.iter().filter(|line| line.county.as_deref() == place);
                let there = here.filter(|line| line.from.0 <= day && wage(line).is_some());
                there.max_by_key(|line| line.from).and_then(wage)
            };
            of(Some(county)).or_else(|| of(None))
        };
        lint::Figures {
            minimum_hourly_fen: newest(|line| line.hourly_fen),
            minimum_monthly_fen: newest(|line| line.monthly_fen),
        }
    }
}

/// The days on which a shift is worked; one that ends at midnight ends with the day before.
fn days_of(shift: &Shift) -> impl Iterator<Item = NaiveDate> + use<> {
    let (first, last) = (day_of(shift.starts_at), day_of(shift.ends_at - Duration::seconds(1)));
    first.iter_days().take_while(move |day| *day <= last)
}

/// What is wrong with figures as filled in (标准填报问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The target of review.
    ReviewMinutes,
    /// The days.
    StaleDays,
    /// More lines than are kept.
    TooMany,
    /// A line of minimum wages, by its place from 1.
    Line(usize),
    /// A line that says what another says.
    Double(usize),
}

/// Looks at figures as filled in; counties are those of the city.
pub fn check(input: &PostingFiguresInput, city: &str) -> Result<(), Wrong> {
    if !(5..=10_080).contains(&input.review_minutes) {
        return Err(Wrong::ReviewMinutes);
    }
    if !(1..=90).contains(&input.stale_days) {
        return Err(Wrong::StaleDays);
    }
    if input.minimum_wages.len() > MOST {
        return Err(Wrong::TooMany);
    }
    for (line, row) in input.minimum_wages.iter().zip(1..) {
        let hourly = line.hourly_fen.is_none_or(|fen| (100..=100_000).contains(&fen));
        let monthly = line.monthly_fen.is_none_or(|fen| (10_000..=10_000_000).contains(&fen));
        let said = line.hourly_fen.is_some() || line.monthly_fen.is_some();
        let placed = line.county.as_deref().is_none_or(|code| markets::county_in(city, code).as_deref() == Ok(code));
        let based = (1..=200).contains(&line.basis.trim().chars().count());
        if !(hourly && monthly && said && placed && based) {
            return Err(Wrong::Line(row));
        }
        let same = |other: &&MinimumWageInput| (&other.county, other.from) == (&line.county, line.from);
        if input.minimum_wages.iter().take(row - 1).any(|other| same(&other)) {
            return Err(Wrong::Double(row));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::*;

    fn line(county: Option<&str>, from: &str, hourly: Option<i64>, monthly: Option<i64>) -> MinimumWageInput {
        MinimumWageInput {
            county: county.map(str::to_owned),
            hourly_fen: hourly,
            monthly_fen: monthly,
            from: Date(from.parse().unwrap()),
            basis: "晋政发〔2026〕1号".to_owned(),
        }
    }

    fn figures(lines: &[MinimumWageInput]) -> Figures {
        Figures { minimum_wages: lines.to_vec(), ..Figures::default() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_countys_own_figure_goes_before_the_citys_and_the_newest_in_force_before_older_ones() {
        let figures = figures(&[
            line(None, "2025-01-01", Some(2_000), Some(190_000)),
            line(None, "2026-01-01", Some(2_200), None),
            line(Some("140105"), "2026-01-01", None, Some(210_000)),
            line(None, "2027-01-01", Some(2_400), Some(230_000)),
        ]);
        let here = figures.at("140105", day("2026-11-23"));
        assert_eq!((here.minimum_hourly_fen, here.minimum_monthly_fen), (Some(2_200), Some(210_000)));
        let there = figures.at("140106", day("2026-11-23"));
        assert_eq!((there.minimum_hourly_fen, there.minimum_monthly_fen), (Some(2_200), Some(190_000)));
    }

    #[test]
    fn shifts_are_held_to_the_highest_minimum_of_any_of_their_days() {
        let figures = figures(&[
            line(None, "2026-01-01", Some(2_200), Some(190_000)),
            line(None, "2027-01-01", Some(2_400), None),
            line(None, "2027-02-01", Some(2_300), None),
        ]);
        let shift = |from: &str, until: &str| Shift {
            starts_at: from.parse().unwrap(),
            ends_at: until.parse().unwrap(),
            break_minutes: 0,
            headcount: 1,
        };
        let hourly = |shifts: &[Shift]| figures.over("140105", shifts).minimum_hourly_fen;
        let before = shift("2026-12-31T12:00:00+08:00", "2027-01-01T00:00:00+08:00");
        let night = shift("2026-12-31T22:00:00+08:00", "2027-01-01T06:00:00+08:00");
        let later = shift("2027-02-01T08:00:00+08:00", "2027-02-01T12:00:00+08:00");
        assert_eq!(hourly(&[before]), Some(2_200), "it ends with the year");
        assert_eq!(hourly(&[night]), Some(2_400));
        assert_eq!(hourly(&[later]), Some(2_300));
        assert_eq!(hourly(&[before, night, later]), Some(2_400));
        assert_eq!(figures.over("140105", &[night]).minimum_monthly_fen, Some(190_000), "the older line still holds");
        assert_eq!(figures.over("140105", &[]), lint::Figures::default());
    }

    #[test]
    fn what_nobody_has_set_is_unset() {
        assert_eq!(Figures::default().at("140105", day("2026-11-23")), lint::Figures::default());
        let later = figures(&[line(None, "2027-01-01", Some(2_400), None)]);
        assert_eq!(later.at("140105", day("2026-11-23")), lint::Figures::default());
    }

    #[test]
    fn figures_that_cannot_be_are_named_by_their_line() {
        let input = |lines: &[MinimumWageInput]| PostingFiguresInput {
            minimum_wages: lines.to_vec(),
            review_minutes: 30,
            stale_days: 7,
        };
        let good = line(None, "2026-01-01", Some(2_200), None);
        assert_eq!(check(&input(std::slice::from_ref(&good)), "140100"), Ok(()));
        assert_eq!(check(&input(&[good.clone(), good.clone()]), "140100"), Err(Wrong::Double(2)));
        let elsewhere = line(Some("140214"), "2026-01-01", Some(2_200), None);
        assert_eq!(check(&input(&[good.clone(), elsewhere]), "140100"), Err(Wrong::Line(2)));
        assert_eq!(check(&input(&[line(None, "2026-01-01", None, None)]), "140100"), Err(Wrong::Line(1)));
        assert_eq!(
            check(&PostingFiguresInput { review_minutes: 1, ..input(&[]) }, "140100"),
            Err(Wrong::ReviewMinutes)
        );
        assert_eq!(check(&PostingFiguresInput { stale_days: 91, ..input(&[]) }, "140100"), Err(Wrong::StaleDays));
    }
}
