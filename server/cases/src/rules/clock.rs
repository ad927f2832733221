//! Clocks (时限): when a case is due, when its owner is warned, when it is late. 黄牌 one working day before, 红牌 on the first
//! overdue working day.

use chrono::NaiveDate;
use kernel::calendar::{Calendar, DayCount, Due};

/// When a case that came in on `received` is due: the day it came in is not counted (民法典 art 201), and where calendar days
/// end on a day off, the next working day is the last (民法典 art 203). Provisional where a year without a published calendar
/// was counted.
#[must_use]
pub fn due(calendar: &Calendar, received: NaiveDate, value: u32, count: DayCount) -> Due {
    let counted = calendar.add_days(received, value, count);
    let last = calendar.shift_to_next_working_day(counted.date);
    Due { date: last.date, provisional: counted.provisional || last.provisional }
}

/// The days whose cases get their warning on `today`, from and to: one working day is left, or none.
#[must_use]
pub fn warned_on(calendar: &Calendar, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (today, calendar.add_working_days(today, 1).date)
}

/// Are breaches marked on `today`? Nobody is late on a day on which nobody works.
#[must_use]
pub fn marks_breaches(calendar: &Calendar, today: NaiveDate) -> bool {
    calendar.is_working(today)
}

/// Is it after its last day?
#[must_use]
pub fn is_late(due_on: NaiveDate, today: NaiveDate) -> bool {
    today > due_on
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn standard() -> &'static Calendar {
        Calendar::standard()
    }

    #[test]
    fn working_days_are_those_of_the_published_calendar() {
        for (received, days, due_on) in [
            ("2026-09-18", 5, "2026-09-24"),
            ("2026-02-13", 5, "2026-02-27"),
            ("2025-09-26", 5, "2025-10-10"),
            ("2025-01-24", 5, "2025-02-07"),
            ("2026-04-30", 5, "2026-05-11"),
            ("2026-03-02", 60, "2026-05-28"),
            ("2026-03-02", 90, "2026-07-10"),
        ] {
            let due = due(standard(), day(received), days, DayCount::Working);
            assert_eq!(due, Due { date: day(due_on), provisional: false }, "{received} + {days}");
        }
    }

    #[test]
    fn calendar_days_that_end_on_a_day_off_end_on_the_next_working_day() {
        let on = |received, days| due(standard(), day(received), days, DayCount::Calendar);
        assert_eq!(on("2026-11-23", 4).date, day("2026-11-27"), "a Friday");
        assert_eq!(on("2026-11-23", 5).date, day("2026-11-30"), "a Saturday, so Monday");
        assert_eq!(on("2026-09-20", 5).date, day("2026-09-28"), "the Mid-Autumn days off, so the Monday behind them");
    }

    #[test]
    fn what_ends_in_a_year_without_a_calendar_is_provisional() {
        assert!(due(standard(), day("2026-12-30"), 5, DayCount::Working).provisional);
        assert!(due(standard(), day("2026-12-25"), 15, DayCount::Calendar).provisional);
        assert!(!due(standard(), day("2026-12-21"), 5, DayCount::Working).provisional);
    }

    #[test]
    fn one_working_day_before_means_friday_where_monday_is_the_last() {
        assert_eq!(warned_on(standard(), day("2026-11-27")), (day("2026-11-27"), day("2026-11-30")));
        assert_eq!(warned_on(standard(), day("2026-11-26")), (day("2026-11-26"), day("2026-11-27")));
        assert_eq!(warned_on(standard(), day("2026-09-19")), (day("2026-09-19"), day("2026-09-20")), "a Sunday worked");
        let worked = ["2026-11-27", "2026-11-28", "2026-11-30", "2026-09-20"];
        assert_eq!(worked.map(|on| marks_breaches(standard(), day(on))), [true, false, true, true]);
    }

    proptest! {
        #[test]
        fn a_deadline_equals_a_count_day_by_day(offset in 0_u64..700, days in 0_u32..90) {
            let received = day("2025-01-01") + chrono::Days::new(offset);
            let mut date = received;
            let mut left = days;
            while left > 0 || !standard().is_working(date) {
                date = date.succ_opt().unwrap();
                left -= u32::from(left > 0 && standard().is_working(date));
            }
            prop_assert_eq!(due(standard(), received, days, DayCount::Working).date, date);
        }

        #[test]
        fn every_case_is_warned_of_on_some_morning_before_it_is_late(offset in 0_u64..700, days in 1_u32..30) {
            let received = day("2025-01-01") + chrono::Days::new(offset);
            let due_on = due(standard(), received, days, DayCount::Working).date;
            let mornings = received.iter_days().skip(1).take_while(|morning| !is_late(due_on, *morning));
            let warned: Vec<NaiveDate> = mornings
                .filter(|morning| { let (from, to) = warned_on(standard(), *morning); from <= due_on && due_on <= to })
                .collect();
            // The first of them is the working day before, unless the case came in on it or later.
            let first = standard().working_days_before(due_on, 1).date.max(received.succ_opt().unwrap());
            prop_assert_eq!(warned.first(), Some(&first));
        }
    }
}
