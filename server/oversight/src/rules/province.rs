//! What the province decides (省级审核规则), and what is late.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use uuid::Uuid;

use super::returns::{MAX_REASON, ReasonWrong, ReturnStatus, tidy_reason};
use crate::operations::accept_return::AcceptReturn;
use crate::operations::return_to_city::ReturnToCity;
use crate::operations::set_ministry_deadline::SetMinistryDeadline;

/// Is what arrives news to the province? The same snapshot is a repetition, and one handed in before the known one comes
/// too late. Version numbers say nothing: a city that is set up anew or restored counts from 1 again.
#[must_use]
pub fn is_news(known: Option<(Uuid, DateTime<Utc>)>, arriving: (Uuid, DateTime<Utc>)) -> bool {
    known.is_none_or(|(snapshot, submitted_at)| snapshot != arriving.0 && submitted_at <= arriving.1)
}

/// Sends a return back; the reason, tidied.
pub fn send_back(status: ReturnStatus, reason: &str) -> Result<String, ReturnToCity> {
    match status {
        ReturnStatus::Submitted => {}
        ReturnStatus::Accepted => return Err(ReturnToCity::AlreadyAccepted),
        ReturnStatus::Returned | ReturnStatus::Open | ReturnStatus::Frozen => {
            return Err(ReturnToCity::AlreadyReturned);
        }
    }
    tidy_reason(reason).map_err(|wrong| match wrong {
        ReasonWrong::Missing => ReturnToCity::ReasonMissing,
        ReasonWrong::TooLong => ReturnToCity::ReasonTooLong { most: MAX_REASON },
    })
}

/// Accepts a return.
pub fn accept(status: ReturnStatus) -> Result<(), AcceptReturn> {
    match status {
        ReturnStatus::Submitted => Ok(()),
        ReturnStatus::Accepted => Err(AcceptReturn::AlreadyAccepted),
        ReturnStatus::Returned | ReturnStatus::Open | ReturnStatus::Frozen => Err(AcceptReturn::AlreadyReturned),
    }
}

/// May the province set this day for its own report? Within the year reported (人社部发〔2022〕38号: 每年年底前), not
/// before the cities are due, and not for a year that is over.
pub fn ministry_deadline(
    year: i32,
    due_on: NaiveDate,
    cities: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), SetMinistryDeadline> {
    let Some(cities) = cities else { return Err(SetMinistryDeadline::WrongYear { year }) };
    if year < today.year() || year > today.year() + 1 {
        return Err(SetMinistryDeadline::WrongYear { year });
    }
    if due_on.year() != year {
        return Err(SetMinistryDeadline::OutsideYear { year });
    }
    if due_on < cities {
        return Err(SetMinistryDeadline::BeforeCities { cities });
    }
    Ok(())
}

/// Late (逾期): first handed in after the due day, or not yet and the due day is past.
#[must_use]
pub fn is_late(due_on: NaiveDate, first_submitted_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    first_submitted_on.unwrap_or(today) > due_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_repeated_or_belated_snapshot_is_no_news_and_another_is_whatever_its_number() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let known = (Uuid::from_u128(1), at("2026-12-01T00:00:00Z"));
        assert!(is_news(None, known));
        assert!(!is_news(Some(known), known));
        assert!(is_news(Some(known), (Uuid::from_u128(2), at("2026-12-02T00:00:00Z"))));
        assert!(!is_news(Some(known), (Uuid::from_u128(2), at("2026-11-30T00:00:00Z"))));
    }

    #[test]
    fn only_what_lies_with_the_province_is_returned_and_a_reason_is_needed() {
        assert_eq!(send_back(ReturnStatus::Submitted, " 缺地址 "), Ok("缺地址".to_owned()));
        assert_eq!(send_back(ReturnStatus::Submitted, ""), Err(ReturnToCity::ReasonMissing));
        assert_eq!(send_back(ReturnStatus::Returned, "缺"), Err(ReturnToCity::AlreadyReturned));
        assert_eq!(send_back(ReturnStatus::Accepted, "缺"), Err(ReturnToCity::AlreadyAccepted));
    }

    #[test]
    fn only_what_lies_with_the_province_is_accepted() {
        assert_eq!(accept(ReturnStatus::Submitted), Ok(()));
        assert_eq!(accept(ReturnStatus::Returned), Err(AcceptReturn::AlreadyReturned));
        assert_eq!(accept(ReturnStatus::Accepted), Err(AcceptReturn::AlreadyAccepted));
    }

    #[test]
    fn the_ministrys_day_lies_in_the_year_and_not_before_the_cities() {
        let cities = Some(day("2026-12-20"));
        let set = |year, due: &str| ministry_deadline(year, day(due), cities, day("2026-11-23"));
        assert_eq!(set(2026, "2026-12-25"), Ok(()));
        assert_eq!(set(2026, "2026-12-20"), Ok(()));
        assert_eq!(set(2026, "2026-12-19"), Err(SetMinistryDeadline::BeforeCities { cities: day("2026-12-20") }));
        assert_eq!(set(2026, "2027-01-05"), Err(SetMinistryDeadline::OutsideYear { year: 2026 }));
        assert_eq!(set(2025, "2025-12-31"), Err(SetMinistryDeadline::WrongYear { year: 2025 }));
        assert_eq!(set(2028, "2028-12-31"), Err(SetMinistryDeadline::WrongYear { year: 2028 }));
        let before = ministry_deadline(2021, day("2021-12-31"), None, day("2021-01-01"));
        assert_eq!(before, Err(SetMinistryDeadline::WrongYear { year: 2021 }));
    }

    #[test]
    fn who_hands_in_on_the_due_day_is_not_late() {
        let late = |submitted: Option<&str>, today| is_late(day("2026-12-20"), submitted.map(day), day(today));
        assert!(!late(Some("2026-12-20"), "2027-03-01"));
        assert!(late(Some("2026-12-21"), "2027-03-01"));
        assert!(!late(None, "2026-12-20"));
        assert!(late(None, "2026-12-21"));
    }
}
