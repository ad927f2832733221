//! Bands of ages (年龄段), by the day of birth. Where a woman did not say which post she last had, the earliest statutory age
//! counts: she may be beyond it, and whoever hires her must ask.

use chrono::{Datelike as _, Months, NaiveDate};
use kernel::checks::RetirementKind;
use kernel::checks::citizen_id::{CitizenId, Sex};

use crate::workers::kinds::AgeBand;

/// From which age work is hard to find (大龄), years: 40 and 50 by the Shanxi rules of 2024, as the city has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OlderFrom {
    /// Women.
    pub(crate) women: i32,
    /// Men.
    pub(crate) men: i32,
}

/// The least and the most that a city may set for either (大龄起点范围), years.
pub(crate) const OLDER_WITHIN: (i32, i32) = (30, 60);

/// The age at which the last come to be over age (最晚法定退休年龄), years: men, once the statutory age has risen.
const LAST_RETIREMENT: i32 = 63;

/// Of full age (成年) from 18 years: 劳动法 art 58.
pub(crate) const FULL_AGE: u32 = 18;

/// Of what is known of somebody's retirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retirement {
    kind: RetirementKind,
    /// Did the person say so, or is it the same for everybody of that sex?
    pub(crate) certain: bool,
}

impl Retirement {
    /// By sex, and by what a woman said of her last post.
    pub(crate) fn of(id: &CitizenId, said: Option<RetirementKind>) -> Self {
        match (id.sex(), said) {
            (Sex::Male, _) => Self { kind: RetirementKind::Male60, certain: true },
            (Sex::Female, Some(kind)) if kind != RetirementKind::Male60 => Self { kind, certain: true },
            (Sex::Female, _) => Self { kind: RetirementKind::Female50, certain: false },
        }
    }

    /// The day from which the person is, or may be, over age (超龄劳动者).
    pub(crate) fn from(self, id: &CitizenId) -> NaiveDate {
        self.kind.reached_on(id.birth_date())
    }
}

/// The band on a day, of whoever is old enough to work.
pub(crate) fn band(id: &CitizenId, said: Option<RetirementKind>, older: OlderFrom, day: NaiveDate) -> AgeBand {
    let age = id.age_on(day).unwrap_or_default();
    let older = match id.sex() {
        Sex::Male => older.men,
        Sex::Female => older.women,
    };
    if age < FULL_AGE {
        AgeBand::Minor
    } else if Retirement::of(id, said).from(id) <= day {
        AgeBand::OverAge
    } else if i64::from(age) >= i64::from(older) {
        AgeBand::Older
    } else {
        AgeBand::Adult
    }
}

/// So many months ahead it is noted who comes to be over age: a shift begins ninety days after its place is given, at most.
const AHEAD: Months = Months::new(6);

/// The first day of the month in which somebody comes to be over age (超龄起始月): of whoever is not yet, and soon is. The official
/// tables know no days either.
pub(crate) fn over_age_soon(id: &CitizenId, said: Option<RetirementKind>, day: NaiveDate) -> Option<NaiveDate> {
    let from = Retirement::of(id, said).from(id);
    let near = day.checked_add_months(AHEAD).is_some_and(|until| from <= until);
    if from > day && near { from.with_day(1) } else { None }
}

/// Years of birth of those whose band may change (待复核出生年份): the others need not be looked at. Whoever comes of age; and, because a
/// city may change at any time from which age somebody counts as older, all of the ages that it may choose from, up to the last
/// who come to be over age.
pub(crate) fn years_to_look_at(day: NaiveDate) -> Vec<i32> {
    let full = i32::try_from(FULL_AGE).unwrap_or_default();
    // And those of the year before: a server may have stood still over New Year.
    let ages = (full..=full + 1).chain(OLDER_WITHIN.0..=LAST_RETIREMENT + 1);
    ages.map(|age| day.year() - age).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLDER: OlderFrom = OlderFrom { women: 40, men: 50 };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A valid number of a man (odd) or woman (even) born on a day.
    fn born(on: &str, sequence: &str) -> CitizenId {
        let body = format!("140105{}{sequence}", on.replace('-', ""));
        let mut checks = "0123456789X".chars();
        checks.find_map(|check| CitizenId::parse(&format!("{body}{check}")).ok()).unwrap()
    }

    #[test]
    fn a_minor_is_of_full_age_on_the_eighteenth_birthday() {
        let boy = born("2009-06-15", "001");
        assert_eq!(band(&boy, None, OLDER, day("2027-06-14")), AgeBand::Minor);
        assert_eq!(band(&boy, None, OLDER, day("2027-06-15")), AgeBand::Adult);
    }

    #[test]
    fn women_are_older_from_forty_and_men_from_fifty_or_as_the_city_says() {
        let (man, woman) = (born("1980-03-01", "001"), born("1980-03-01", "002"));
        let on = day("2026-11-26");
        assert_eq!((band(&man, None, OLDER, on), band(&woman, None, OLDER, on)), (AgeBand::Adult, AgeBand::Older));
        let later = OlderFrom { women: 50, men: 45 };
        assert_eq!((band(&man, None, later, on), band(&woman, None, later, on)), (AgeBand::Older, AgeBand::Adult));
    }

    #[test]
    fn a_man_is_over_age_from_the_day_of_the_official_table() {
        let man = born("1965-05-20", "001");
        assert_eq!(Retirement::of(&man, None).from(&man), day("2025-07-20"));
        assert_eq!(band(&man, None, OLDER, day("2025-07-19")), AgeBand::Older);
        assert_eq!(band(&man, None, OLDER, day("2025-07-20")), AgeBand::OverAge);
    }

    #[test]
    fn a_woman_who_did_not_say_which_post_she_had_may_be_over_age_from_the_earlier_day() {
        let woman = born("1976-05-10", "002");
        let unsaid = Retirement::of(&woman, None);
        assert_eq!((unsaid.from(&woman), unsaid.certain), (day("2027-02-10"), false));
        let said = Retirement::of(&woman, Some(RetirementKind::Female55));
        assert!(said.certain);
        assert_eq!(band(&woman, None, OLDER, day("2027-02-10")), AgeBand::OverAge);
        assert_eq!(band(&woman, Some(RetirementKind::Female55), OLDER, day("2027-02-10")), AgeBand::Older);
    }

    #[test]
    fn who_comes_to_be_over_age_within_half_a_year_is_noted_by_the_month_and_nobody_else_is() {
        let man = born("1965-05-20", "001");
        let noted = |on: &str| over_age_soon(&man, None, day(on));
        assert_eq!(noted("2025-01-19"), None);
        assert_eq!(noted("2025-01-20"), Some(day("2025-07-01")));
        assert_eq!(noted("2025-07-19"), Some(day("2025-07-01")));
        assert_eq!(noted("2025-07-20"), None, "the band says so");
        let woman = born("1976-05-10", "002");
        let on = day("2027-01-05");
        assert_eq!(over_age_soon(&woman, None, on), Some(day("2027-02-01")));
        assert_eq!(over_age_soon(&woman, Some(RetirementKind::Female55), on), None);
    }

    #[test]
    fn whoever_changes_band_this_year_was_born_in_a_year_that_is_looked_at() {
        let on = day("2026-11-26");
        let years = years_to_look_at(on);
        for (born, sequence, said) in [
            ("2008-11-26", "001", None),
            ("1986-11-26", "002", None),
            ("1976-11-26", "001", None),
            ("1963-11-26", "001", None),
            ("1965-09-26", "001", None),
            ("1975-12-26", "002", None),
            ("1971-05-26", "002", Some(RetirementKind::Female55)),
        ] {
            let id = self::born(born, sequence);
            let before = band(&id, said, OLDER, on.pred_opt().unwrap());
            if band(&id, said, OLDER, on) != before {
                assert!(years.contains(&id.birth_date().year()), "{born}");
            }
        }
        assert!(!years.contains(&2000));
    }

    #[test]
    fn whoever_is_older_or_no_longer_since_the_city_changed_the_age_was_born_in_a_year_that_is_looked_at() {
        let on = day("2026-11-26");
        let years = years_to_look_at(on);
        let (least, most) = OLDER_WITHIN;
        let mut changed = 0;
        for (before, after) in [(40, 50), (50, 40), (least, most), (most, least)] {
            let older = |age| OlderFrom { women: age, men: age };
            for (year, sequence) in (1955..=2010).flat_map(|year| [(year, "001"), (year, "002")]) {
                let id = born(&format!("{year}-11-27"), sequence);
                if band(&id, None, older(before), on) != band(&id, None, older(after), on) {
                    assert!(years.contains(&year), "{year}");
                    changed += 1;
                }
            }
        }
        assert!(changed > 40, "{changed}");
    }
}
