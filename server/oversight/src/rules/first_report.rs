//! A city's own first report (首次报送规则): a city that joined later is first asked for on a day of its own.

use chrono::{Datelike as _, NaiveDate};

use crate::operations::set_first_report::SetFirstReport;

/// May this day be set? Not once the city has handed in, not in the past, not later than next year. None takes it away.
pub fn first_report(day: Option<NaiveDate>, handed_in: bool, today: NaiveDate) -> Result<(), SetFirstReport> {
    if handed_in {
        return Err(SetFirstReport::AlreadyReported);
    }
    match day {
        Some(day) if day < today => Err(SetFirstReport::InPast),
        Some(day) if day.year() > today.year() + 1 => Err(SetFirstReport::TooFar { year: today.year() + 1 }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_report_lies_ahead_and_not_after_next_year_and_is_set_before_it_is_made() {
        let today: NaiveDate = "2026-05-01".parse().unwrap();
        let set = |day: &str, handed_in| first_report(Some(day.parse().unwrap()), handed_in, today);
        assert_eq!(set("2026-05-01", false), Ok(()));
        assert_eq!(set("2027-12-31", false), Ok(()));
        assert_eq!(set("2026-04-30", false), Err(SetFirstReport::InPast));
        assert_eq!(set("2028-01-01", false), Err(SetFirstReport::TooFar { year: 2027 }));
        assert_eq!(set("2026-06-30", true), Err(SetFirstReport::AlreadyReported));
        assert_eq!(first_report(None, false, today), Ok(()));
    }
}
