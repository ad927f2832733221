//! What is owed, and by when (工资应付与支付时限): M§2.8.

use chrono::{DateTime, Datelike as _, Days, Duration, Months, NaiveDate, NaiveTime, Timelike as _, Utc};
use kernel::calendar::Calendar;
use kernel::clock::{day_of, shanghai};

use crate::kinds::{EngagementStatus, EngagementType, PayDay, WageUnit};
use crate::rows::engagement::Model;

/// The longest pay cycle of part-time work, days: 劳动合同法 art 72.
const PART_TIME_CYCLE: u64 = 15;
/// So many days what was said of a payment can be corrected.
const CORRECTED: i64 = 7;
/// Nobody is asked by text message outside these hours.
const ASKED_FROM: u32 = 8;
const ASKED_UNTIL: u32 = 21;

/// What the agreed wage comes to, in fen; `None` where it cannot be told: pieces that nobody counted, a month of which this is
/// a part. Half a fen is rounded in the worker's favour.
#[must_use]
pub fn owed(wage_fen: i64, unit: WageUnit, minutes: i32, pieces: Option<i32>) -> Option<i64> {
    match unit {
        WageUnit::Hour => Some(wage_fen.checked_mul(minutes.into())?.checked_add(59)? / 60),
        WageUnit::Day | WageUnit::Job => Some(wage_fen),
        WageUnit::Piece => wage_fen.checked_mul(pieces?.into()),
        WageUnit::Month => None,
    }
}

/// The day on which a wage is due for work that ended on `done`.
///
/// On completion and daily: that day (工资支付暂行规定 art 8; 保障农民工工资支付条例 art 13). By the week, half month or month: its last
/// day, or the working day before it where that is a day of rest (same, art 14), never before the work ended, and no later than
/// fifteen days afterwards where the work is part-time (劳动合同法 art 72).
#[must_use]
pub fn due_on(pay: PayDay, engagement: EngagementType, done: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let end = match pay {
        PayDay::OnCompletion | PayDay::Daily => return done,
        PayDay::Weekly => done + Days::new(u64::from(6 - done.weekday().num_days_from_monday())),
        PayDay::HalfMonthly if done.day() <= 15 => done.with_day(15).unwrap_or(done),
        PayDay::HalfMonthly | PayDay::Monthly => last_of_month(done),
    };
    let end = calendar.shift_to_previous_working_day(end).date.max(done);
    if engagement == EngagementType::PartTime { end.min(done + Days::new(PART_TIME_CYCLE)) } else { end }
}

fn last_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// The moment until which a wage is to be paid: the end of the day on which it is due.
#[must_use]
pub fn due_at(pay: PayDay, engagement: EngagementType, done: DateTime<Utc>) -> DateTime<Utc> {
    end_of(due_on(pay, engagement, day_of(done), Calendar::standard())).unwrap_or(done)
}

/// The moment until which an allowance is to be paid (补偿支付时限): the end of the last of the days that the city gives after the
/// cancellation. `None` where the city gives none: no law does.
#[must_use]
pub fn allowance_due_at(cancelled: DateTime<Utc>, days: Option<i32>) -> Option<DateTime<Utc>> {
    let days = u64::try_from(days?).ok()?;
    end_of(day_of(cancelled) + Days::new(days))
}

fn end_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    let midnight = (day + Days::new(1)).and_time(NaiveTime::MIN).and_local_timezone(shanghai());
    midnight.single().map(|at| at.with_timezone(&Utc))
}

/// What a worker is to get, fen (应得): what was agreed, and where that cannot be told what the wage sheet says. Where neither says
/// anything nothing is made up: what was paid is then held against nothing. For a place that the hiring party cancelled late it is
/// the allowance.
#[must_use]
pub fn to_get(row: &Model) -> Option<i64> {
    if row.status == EngagementStatus::CancelledByParty { row.allowance_fen } else { row.agreed_fen.or(row.due_fen) }
}

/// How much less than it was to get was paid, fen; below zero, how much more. `None` where one of the two cannot be told.
#[must_use]
pub fn short_fen(to_get: Option<i64>, paid: Option<i64>) -> Option<i64> {
    Some(to_get? - paid?)
}

/// Was less paid than the worker was to get (少付)?
#[must_use]
pub fn is_short(to_get: Option<i64>, paid: Option<i64>) -> bool {
    short_fen(to_get, paid).is_some_and(|fen| fen > 0)
}

/// Is some of the wage, or of the allowance, owed still, as far as the worker says?
#[must_use]
pub fn is_owed(status: EngagementStatus, to_get: Option<i64>, paid: Option<i64>) -> bool {
    match status {
        EngagementStatus::Completed => true,
        EngagementStatus::Paid => is_short(to_get, paid),
        EngagementStatus::CancelledByParty => is_short(to_get, paid.or(Some(0))),
        _ => false,
    }
}

/// A payment as it was confirmed.
#[derive(Clone, Copy, Debug)]
pub struct Confirmed {
    /// When it first was.
    pub at: DateTime<Utc>,
    /// What the worker was to get, fen, as far as that can be said.
    pub to_get: Option<i64>,
    /// What was paid, fen.
    pub paid: Option<i64>,
}

impl Confirmed {
    /// May another sum be said instead (更正收款)? Within a week any; later only that the rest came, while it is less than that.
    #[must_use]
    pub fn may_become(&self, paid: i64, now: DateTime<Utc>) -> bool {
        let rest = is_short(self.to_get, self.paid) && self.paid.is_none_or(|was| paid > was);
        now < self.at + Duration::days(CORRECTED) || rest
    }
}

/// Is this an hour at which people are asked by text message?
#[must_use]
pub fn may_ask(now: DateTime<Utc>) -> bool {
    (ASKED_FROM..ASKED_UNTIL).contains(&now.with_timezone(&shanghai()).hour())
}

/// The minutes of a shift that are paid.
#[must_use]
pub fn minutes(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, break_minutes: i32) -> i32 {
    let whole = i32::try_from((ends_at - starts_at).num_minutes()).unwrap_or(i32::MAX);
    whole.saturating_sub(break_minutes).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn due(pay: PayDay, done: &str) -> String {
        due_on(pay, EngagementType::Temporary, day(done), Calendar::standard()).to_string()
    }

    #[test]
    fn work_paid_when_done_or_daily_is_due_that_day_even_on_a_holiday() {
        assert_eq!(due(PayDay::OnCompletion, "2026-10-01"), "2026-10-01");
        assert_eq!(due(PayDay::Daily, "2026-11-29"), "2026-11-29");
    }

    #[test]
    fn a_week_is_paid_before_its_sunday_of_rest() {
        assert_eq!(due(PayDay::Weekly, "2026-11-24"), "2026-11-27");
        assert_eq!(due(PayDay::Weekly, "2026-11-29"), "2026-11-29", "never before the work ended");
        assert_eq!(due(PayDay::Weekly, "2026-09-16"), "2026-09-20", "a Sunday that is worked");
    }

    #[test]
    fn half_a_month_and_a_month_are_paid_before_a_day_of_rest() {
        assert_eq!(due(PayDay::HalfMonthly, "2026-11-03"), "2026-11-13");
        assert_eq!(due(PayDay::HalfMonthly, "2026-11-16"), "2026-11-30");
        assert_eq!(due(PayDay::Monthly, "2026-10-09"), "2026-10-30");
        assert_eq!(due(PayDay::Monthly, "2026-12-31"), "2026-12-31");
    }

    #[test]
    fn part_time_work_is_paid_within_fifteen_days() {
        let part = |done| due_on(PayDay::Monthly, EngagementType::PartTime, day(done), Calendar::standard());
        assert_eq!(part("2026-11-03"), day("2026-11-18"));
        assert_eq!(part("2026-11-24"), day("2026-11-30"));
    }

    #[test]
    fn a_day_ends_at_midnight_in_shanghai() {
        let done = "2026-11-24T10:00:00Z".parse().unwrap();
        let at = due_at(PayDay::Daily, EngagementType::Temporary, done);
        assert_eq!(at, "2026-11-24T16:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert!(!may_ask(at));
        assert!(may_ask("2026-11-25T00:00:00Z".parse().unwrap()), "at eight in the morning");
        assert!(!may_ask("2026-11-25T13:00:00Z".parse().unwrap()), "at nine in the evening");
    }

    #[test]
    fn an_allowance_is_due_by_the_days_that_the_city_gives_and_by_none_where_it_gives_none() {
        let cancelled: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let until = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(allowance_due_at(cancelled, Some(7)), until("2026-11-30T16:00:00Z"));
        assert_eq!(allowance_due_at(cancelled, Some(0)), until("2026-11-23T16:00:00Z"));
        assert_eq!(allowance_due_at(cancelled, None), None);
    }

    #[test]
    fn what_is_owed_follows_the_unit_and_is_unknown_where_nobody_counted() {
        assert_eq!(owed(2_000, WageUnit::Hour, 450, None), Some(15_000));
        assert_eq!(owed(1_999, WageUnit::Hour, 1, None), Some(34), "rounded up");
        assert_eq!(owed(18_000, WageUnit::Day, 240, None), Some(18_000));
        assert_eq!(owed(50, WageUnit::Piece, 0, Some(300)), Some(15_000));
        assert_eq!(owed(50, WageUnit::Piece, 0, None), None);
        assert_eq!(owed(400_000, WageUnit::Month, 480, None), None);
        assert_eq!(owed(i64::MAX, WageUnit::Hour, 61, None), None);
    }

    #[test]
    fn what_is_short_is_owed_and_what_cannot_be_told_is_not() {
        assert_eq!(short_fen(Some(22_000), Some(100)), Some(21_900));
        assert!(is_short(Some(22_000), Some(21_999)));
        assert!(!is_short(Some(22_000), Some(22_000)));
        assert!(!is_short(Some(22_000), Some(30_000)));
        assert!(!is_short(None, Some(100)), "pieces that nobody counted");
        assert!(is_owed(EngagementStatus::Completed, None, None));
        assert!(is_owed(EngagementStatus::Paid, Some(22_000), Some(100)));
        assert!(!is_owed(EngagementStatus::Paid, Some(22_000), Some(22_000)));
        assert!(!is_owed(EngagementStatus::NoShow, Some(22_000), None));
        assert!(is_owed(EngagementStatus::CancelledByParty, Some(10_800), None), "an allowance");
        assert!(!is_owed(EngagementStatus::CancelledByParty, Some(10_800), Some(10_800)));
        assert!(!is_owed(EngagementStatus::CancelledByParty, None, None), "no allowance");
    }

    #[test]
    fn a_sum_is_corrected_within_a_week_and_later_only_by_the_rest_of_it() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (within, later) = (at("2026-12-01T07:59:59Z"), at("2026-12-01T08:00:00Z"));
        let full = Confirmed { at: at("2026-11-24T08:00:00Z"), to_get: Some(22_000), paid: Some(22_000) };
        assert!(full.may_become(100, within));
        assert!(!full.may_become(100, later));
        let short = Confirmed { paid: Some(100), ..full };
        assert!(short.may_become(22_000, later));
        assert!(!short.may_become(100, later));
        assert!(!short.may_become(0, later));
        assert!(!Confirmed { to_get: None, ..short }.may_become(22_000, later));
    }

    #[test]
    fn the_rest_is_not_paid_time() {
        let (from, to) = ("2026-11-23T22:00:00Z".parse().unwrap(), "2026-11-24T08:00:00Z".parse().unwrap());
        assert_eq!(minutes(from, to, 60), 540);
        assert_eq!(minutes(from, to, 700), 0);
    }
}
