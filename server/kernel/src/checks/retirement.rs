//! The statutory age of retirement (法定退休年龄), which rises since 1 January 2025 (全国人民代表大会常务委员会关于实施渐进式延迟
//! 法定退休年龄的决定, and its tables).
//!
//! Each category begins at the month in which the first who is delayed was born. From there on one month is added for each
//! step of months of birth begun, up to a cap.

use chrono::{Datelike as _, Months, NaiveDate};

/// Whose retirement (退休类别). A woman's depends on her last post; nobody infers it from anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetirementKind {
    /// Men: 60, rising to 63 (男职工).
    Male60,
    /// Women in managerial and technical posts: 55, rising to 58 (女干部、管理技术岗位).
    Female55,
    /// Other women: 50, rising to 55 (女工人).
    Female50,
}

/// The figures of a category.
struct Scale {
    /// Statutory age before the change, years.
    base: u32,
    /// The first year of birth that is delayed; each begins in January.
    start: i32,
    /// So many months of birth for one month of delay.
    step: i32,
    /// Months of delay at most.
    cap: i32,
}

impl RetirementKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Male60, Self::Female55, Self::Female50];

    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Male60 => "MALE_60",
            Self::Female55 => "FEMALE_55",
            Self::Female50 => "FEMALE_50",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }

    const fn scale(self) -> Scale {
        match self {
            Self::Male60 => Scale { base: 60, start: 1965, step: 4, cap: 36 },
            Self::Female55 => Scale { base: 55, start: 1970, step: 4, cap: 36 },
            Self::Female50 => Scale { base: 50, start: 1975, step: 2, cap: 60 },
        }
    }

    /// The statutory age of whoever was born on this day, in months.
    #[must_use]
    pub fn age_in_months(self, born: NaiveDate) -> u32 {
        let scale = self.scale();
        let since = (born.year() - scale.start) * 12 + i32::try_from(born.month0()).unwrap_or_default();
        let delay = if since < 0 { 0 } else { scale.cap.min(since / scale.step + 1) };
        scale.base * 12 + u32::try_from(delay).unwrap_or_default()
    }

    /// The day on which whoever was born on this day reaches that age; the last of its month where the month is shorter.
    #[must_use]
    pub fn reached_on(self, born: NaiveDate) -> NaiveDate {
        born.checked_add_months(Months::new(self.age_in_months(born))).unwrap_or(NaiveDate::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn born(year: i32, month: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, 15).unwrap()
    }

    #[test]
    fn the_ages_are_those_of_the_official_tables() {
        use RetirementKind::{Female50, Female55, Male60};
        for (kind, born, age, on) in [
            (Male60, born(1964, 12), (60, 0), (2024, 12)),
            (Male60, born(1965, 1), (60, 1), (2025, 2)),
            (Male60, born(1965, 5), (60, 2), (2025, 7)),
            (Female50, born(1976, 5), (50, 9), (2027, 2)),
            (Male60, born(1976, 9), (63, 0), (2039, 9)),
            (Male60, born(1970, 1), (61, 4), (2031, 5)),
            (Female50, born(1978, 3), (51, 8), (2029, 11)),
            (Female55, born(1969, 12), (55, 0), (2024, 12)),
            (Female55, born(1970, 1), (55, 1), (2025, 2)),
            (Female55, born(1981, 12), (58, 0), (2039, 12)),
            (Female50, born(1984, 12), (55, 0), (2039, 12)),
        ] {
            let months = kind.age_in_months(born);
            assert_eq!((months / 12, months % 12), age, "{kind:?} born {born}");
            let day = kind.reached_on(born);
            assert_eq!((day.year(), day.month(), day.day()), (on.0, on.1, 15), "{kind:?} born {born}");
        }
    }

    #[test]
    fn whoever_was_born_on_the_last_of_a_month_reaches_the_age_on_the_last_of_a_shorter_one() {
        let born = NaiveDate::from_ymd_opt(1965, 1, 31).unwrap();
        assert_eq!(RetirementKind::Male60.reached_on(born), NaiveDate::from_ymd_opt(2025, 2, 28).unwrap());
    }

    #[test]
    fn a_category_is_known_by_its_name() {
        for kind in RetirementKind::ALL {
            assert_eq!(RetirementKind::parse(kind.name()), Some(kind));
        }
        assert_eq!(RetirementKind::parse("MALE_55"), None);
    }
}
