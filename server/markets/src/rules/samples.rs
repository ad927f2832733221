//! Figures computed from samples (抽样计算): the mean of what was counted on the days of a window, and how it came about.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::figures::MOST;

/// Days of the longest window.
pub const WINDOW: u64 = 366;

/// What was counted at one session of one day (抽样).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The day.
    pub day: NaiveDate,
    /// Seekers who were there.
    pub seekers: i32,
    /// Of them, those who found work.
    pub successes: i32,
}

/// The means of a window (抽样平均).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Means {
    /// Samples that were counted.
    pub samples: i32,
    /// Days on which they were.
    pub days: i32,
    /// Seekers a day.
    pub seekers: i32,
    /// Successes a day.
    pub successes: i32,
}

/// The means: what was counted at the sessions of a day is added up, and the days are averaged; half a person and more is
/// rounded up. None where there is no sample.
#[must_use]
pub fn means(samples: &[Sample]) -> Option<Means> {
    let mut days: BTreeMap<NaiveDate, (i64, i64)> = BTreeMap::new();
    for sample in samples {
        let day = days.entry(sample.day).or_default();
        day.0 += i64::from(sample.seekers);
        day.1 += i64::from(sample.successes);
    }
    let n = i64::try_from(days.len()).ok().filter(|n| *n > 0)?;
    let mean = |sum: i64| i32::try_from((2 * sum + n) / (2 * n)).unwrap_or(MOST).min(MOST);
    Some(Means {
        samples: i32::try_from(samples.len()).unwrap_or(i32::MAX),
        days: i32::try_from(n).unwrap_or(i32::MAX),
        seekers: mean(days.values().map(|day| day.0).sum()),
        successes: mean(days.values().map(|day| day.1).sum()),
    })
}

/// Numbers that can be counted: nobody finds work who was not there.
#[must_use]
pub fn counted(seekers: i32, successes: i32) -> bool {
    (0..=MOST).contains(&seekers) && (0..=seekers).contains(&successes)
}

/// A window from its first to its last day, of a year at most.
#[must_use]
pub fn is_window(from: NaiveDate, to: NaiveDate) -> bool {
    from <= to && from.checked_add_days(Days::new(WINDOW)).is_none_or(|end| to < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(day: u32, seekers: i32, successes: i32) -> Sample {
        Sample { day: NaiveDate::from_ymd_opt(2026, 11, day).unwrap(), seekers, successes }
    }

    #[test]
    fn sessions_of_a_day_are_added_up_and_days_are_averaged() {
        assert_eq!(means(&[]), None);
        let found = means(&[sample(2, 100, 40), sample(2, 50, 21), sample(3, 101, 50)]).unwrap();
        assert_eq!(found, Means { samples: 3, days: 2, seekers: 126, successes: 56 }, "251/2 and 111/2, half up");
        let third = means(&[sample(2, 1, 0), sample(3, 0, 0), sample(4, 0, 0)]).unwrap();
        assert_eq!(third.seekers, 0, "a third is rounded down");
    }

    #[test]
    fn nobody_finds_work_who_was_not_there() {
        assert!(counted(10, 10));
        assert!(!counted(10, 11));
        assert!(!counted(-1, 0));
        assert!(!counted(500_001, 0));
    }

    #[test]
    fn a_window_is_a_year_at_most() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_window(day("2026-11-01"), day("2026-11-01")));
        assert!(!is_window(day("2026-11-02"), day("2026-11-01")));
        assert!(is_window(day("2026-01-01"), day("2027-01-01")));
        assert!(!is_window(day("2026-01-01"), day("2027-01-02")));
    }
}
