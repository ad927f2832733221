//! The reporting calendar (报送日历): when a return is due, for which working day people are reminded, and when.

use chrono::{Datelike as _, NaiveDate};
use kernel::calendar::Calendar;

/// To whom is reported (报送对象).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// Cities to the province.
    Province,
    /// The province to the ministry.
    Ministry,
}

/// A due day that comes round every year while it is in force (报送期限规则). Data, with its source.
#[derive(Debug)]
pub struct DueRule {
    /// To whom.
    pub to: Addressee,
    /// First year for which it holds.
    pub from_year: i32,
    /// Last year for which it holds.
    pub until_year: Option<i32>,
    /// Month of the due day.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
    /// Where it is written.
    pub source: &'static str,
}

const fn rule(
    to: Addressee,
    from_year: i32,
    until_year: Option<i32>,
    (month, day): (u32, u32),
    source: &'static str,
) -> DueRule {
    DueRule { to, from_year, until_year, month, day, source }
}

/// The rules in force. One return a year: that of 2022 is the first report.
pub const DUE_RULES: &[DueRule] = &[
    rule(Addressee::Province, 2022, Some(2022), (9, 20), "晋人社厅发〔2022〕60号 附件2 备注：首次于2022年9月20日前"),
    rule(Addressee::Province, 2023, None, (12, 20), "晋人社厅发〔2022〕60号 附件2 备注：以后每年12月20日前"),
    rule(Addressee::Ministry, 2022, Some(2022), (9, 30), "人社部发〔2022〕38号：2022年9月底前首次报送"),
    rule(Addressee::Ministry, 2023, None, (12, 31), "人社部发〔2022〕38号：每年年底前更新报送"),
];

/// Reminders go out so many working days before, the earliest first.
pub const REMIND_BEFORE: [u32; 4] = [30, 10, 3, 1];

/// The reporting calendar of one year (年度报送安排).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The year that is reported.
    pub year: i32,
    /// The day as the notice says it.
    pub due_on: NaiveDate,
    /// The last working day up to it: people are reminded for this day (2026-12-20 is a Sunday, so Friday the 18th).
    pub remind_on: NaiveDate,
    /// A year without a published working calendar was counted by the plain week.
    pub provisional: bool,
    /// When reminders go out, the earliest first.
    pub reminders: Vec<Stage>,
}

/// A reminder (提醒).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The day it goes out, a working day.
    pub on: NaiveDate,
    /// Working days before [`Schedule::remind_on`].
    pub days_before: u32,
}

/// The due day of a year; none before the first report.
#[must_use]
pub fn due_on(to: Addressee, year: i32) -> Option<NaiveDate> {
    let rule = DUE_RULES
        .iter()
        .find(|r| r.to == to && r.from_year <= year && r.until_year.is_none_or(|last| year <= last))?;
    NaiveDate::from_ymd_opt(year, rule.month, rule.day)
}

/// A city's due day: a city that joined later has a first report of its own, and none before it.
#[must_use]
pub fn city_due_on(year: i32, first: Option<NaiveDate>) -> Option<NaiveDate> {
    match first {
        Some(first) if year < first.year() => None,
        Some(first) if year == first.year() => Some(first),
        _ => due_on(Addressee::Province, year),
    }
}

/// The calendar of a city's return.
#[must_use]
pub fn schedule(calendar: &Calendar, year: i32, first: Option<NaiveDate>) -> Option<Schedule> {
    let due_on = city_due_on(year, first)?;
    let remind = calendar.shift_to_previous_working_day(due_on);
    let mut provisional = remind.provisional || !calendar.is_published(due_on.year());
    let reminders = REMIND_BEFORE
        .into_iter()
        .map(|days_before| {
            let due = calendar.working_days_before(remind.date, days_before);
            provisional |= due.provisional;
            Stage { on: due.date, days_before }
        })
        .collect();
    Some(Schedule { year, due_on, remind_on: remind.date, provisional, reminders })
}

/// The reminder to send today: the last whose day has come, unless it was sent; none once the due day is past.
/// What a standing server missed is not sent later: one letter says it all.
#[must_use]
pub fn reminder_due(schedule: &Schedule, sent: &[u32], today: NaiveDate) -> Option<Stage> {
    if today > schedule.due_on {
        return None;
    }
    let reached = schedule.reminders.iter().filter(|stage| stage.on <= today);
    reached.min_by_key(|stage| stage.days_before).copied().filter(|stage| !sent.contains(&stage.days_before))
}

/// The years a city may file on `today`: this one and, late, the one before, from its first report on. A city whose
/// first report lies ahead may file that one early.
#[must_use]
pub fn open_years(first: Option<NaiveDate>, today: NaiveDate) -> (i32, i32) {
    let first_year = first.map_or(2022, |day| day.year());
    let last = today.year().max(first_year);
    ((today.year() - 1).max(first_year), last)
}

/// Working days left until the day reminded for, for the letter.
#[must_use]
pub fn working_days_left(calendar: &Calendar, schedule: &Schedule, today: NaiveDate) -> u32 {
    calendar.working_days_between(today, schedule.remind_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year(year: i32) -> Schedule {
        schedule(Calendar::standard(), year, None).unwrap()
    }

    fn days(schedule: &Schedule) -> Vec<(u32, String)> {
        schedule.reminders.iter().map(|s| (s.days_before, s.on.to_string())).collect()
    }

    #[test]
    fn the_first_report_was_due_in_september_and_every_later_one_on_the_twentieth_of_december() {
        assert_eq!(due_on(Addressee::Province, 2021), None);
        assert_eq!(due_on(Addressee::Province, 2022), Some(day("2022-09-20")));
        assert_eq!(due_on(Addressee::Province, 2023), Some(day("2023-12-20")));
        assert_eq!(due_on(Addressee::Province, 2040), Some(day("2040-12-20")));
        assert_eq!(due_on(Addressee::Ministry, 2022), Some(day("2022-09-30")));
        assert_eq!(due_on(Addressee::Ministry, 2026), Some(day("2026-12-31")));
    }

    #[test]
    fn no_two_rules_hold_for_the_same_year_and_every_rule_names_its_source() {
        for to in [Addressee::Province, Addressee::Ministry] {
            for year in 2022..2100 {
                let holding = DUE_RULES
                    .iter()
                    .filter(|r| r.to == to && r.from_year <= year && r.until_year.is_none_or(|last| year <= last));
                assert_eq!(holding.count(), 1, "{to:?} {year}");
            }
        }
        assert!(DUE_RULES.iter().all(|r| r.source.contains("2022")));
    }

    #[test]
    fn a_sunday_is_reminded_for_on_the_friday_before() {
        let of_2026 = year(2026);
        assert_eq!(of_2026.due_on, day("2026-12-20"));
        assert_eq!(of_2026.remind_on, day("2026-12-18"));
        assert!(!of_2026.provisional);
        let expected = [(30, "2026-11-06"), (10, "2026-12-04"), (3, "2026-12-15"), (1, "2026-12-17")];
        assert_eq!(days(&of_2026), expected.map(|(n, on)| (n, on.to_owned())).to_vec());
    }

    #[test]
    fn a_saturday_of_2025_is_reminded_for_on_the_friday_before() {
        let of_2025 = year(2025);
        assert_eq!((of_2025.due_on, of_2025.remind_on), (day("2025-12-20"), day("2025-12-19")));
    }

    #[test]
    fn a_first_report_on_a_weekend_that_is_worked_stays_where_it_is() {
        // Sunday 20 September 2026 is worked to make up for the holiday.
        let of_2026 = schedule(Calendar::standard(), 2026, Some(day("2026-09-20"))).unwrap();
        assert_eq!(of_2026.remind_on, day("2026-09-20"));
        assert_eq!(of_2026.reminders[3], Stage { on: day("2026-09-18"), days_before: 1 });
    }

    #[test]
    fn a_first_report_in_a_holiday_is_reminded_for_before_the_holiday() {
        let of_2026 = schedule(Calendar::standard(), 2026, Some(day("2026-10-05"))).unwrap();
        assert_eq!(of_2026.remind_on, day("2026-09-30"));
    }

    #[test]
    fn a_year_without_a_published_calendar_is_provisional() {
        assert!(year(2027).provisional);
        assert!(year(2023).provisional);
        // The thirtieth working day before lies in the unpublished year before.
        assert!(schedule(Calendar::standard(), 2025, Some(day("2025-01-10"))).unwrap().provisional);
    }

    #[test]
    fn a_city_that_joined_later_has_its_own_first_report_and_none_before() {
        let first = Some(day("2026-06-30"));
        assert_eq!(city_due_on(2025, first), None);
        assert_eq!(city_due_on(2026, first), first);
        assert_eq!(city_due_on(2027, first), Some(day("2027-12-20")));
    }

    #[test]
    fn a_reminder_is_due_once_and_a_missed_one_gives_way_to_the_next() {
        let of_2026 = year(2026);
        let due = |sent: &[u32], today| reminder_due(&of_2026, sent, day(today)).map(|s| s.days_before);
        assert_eq!(due(&[], "2026-11-05"), None);
        assert_eq!(due(&[], "2026-11-06"), Some(30));
        assert_eq!(due(&[30], "2026-11-07"), None);
        assert_eq!(due(&[], "2026-11-08"), Some(30), "a day the server stood still");
        assert_eq!(due(&[], "2026-12-16"), Some(3), "thirty and ten were missed");
        assert_eq!(due(&[3], "2026-12-16"), None, "and are not sent later");
        assert_eq!(due(&[30, 10, 3], "2026-12-17"), Some(1));
        assert_eq!(due(&[], "2026-12-20"), Some(1));
        assert_eq!(due(&[], "2026-12-21"), None, "too late to remind");
    }

    #[test]
    fn this_year_and_late_the_year_before_may_be_filed() {
        assert_eq!(open_years(None, day("2026-11-23")), (2025, 2026));
        assert_eq!(open_years(Some(day("2026-06-30")), day("2026-11-23")), (2026, 2026));
        assert_eq!(open_years(Some(day("2027-01-15")), day("2026-11-23")), (2027, 2027));
        assert_eq!(open_years(None, day("2022-08-01")), (2022, 2022));
    }

    #[test]
    fn working_days_left_are_counted_to_the_day_reminded_for() {
        let left = |today| working_days_left(Calendar::standard(), &year(2026), day(today));
        assert_eq!((left("2026-11-06"), left("2026-12-17"), left("2026-12-18"), left("2026-12-19")), (30, 1, 0, 0));
    }
}
