//! Wage, hours and day of pay as figures (数字核对).

use std::collections::BTreeMap;

use super::finding::{LintField, LintRule, Severity};
use super::input::{Draft, Engagement, Figures, Hours, PayDay, Shift, WageUnit};

/// Minutes.
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
/// Part-time work may have so much a day on the average, and so much in a week (劳动合同法 art 68).
const PART_TIME_DAY: i64 = 4 * HOUR;
const PART_TIME_WEEK: i64 = 24 * HOUR;
/// A day's work (劳动法 art 36), and the longest with overtime (art 41).
const WORKING_DAY: i64 = 8 * HOUR;
const LONGEST_DAY: i64 = 11 * HOUR;
/// Paid days of a month, in hundredths: 21.75.
const PAID_DAYS: i64 = 2_175;
/// The longest cycle of part-time pay in days (劳动合同法 art 72).
const PART_TIME_CYCLE: i64 = 15;

/// What a figure breaks: the rule, the field, how serious, and the figures that the explanation names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FigureHit {
    pub(super) rule: LintRule,
    pub(super) field: LintField,
    pub(super) severity: Severity,
    pub(super) about: About,
}

/// What the explanation has to name (说明中的数字).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Hours a day, in minutes.
    HoursADay(i64),
    /// Hours a week, in minutes.
    HoursAWeek(i64),
    /// Wage and the least that it must be, in fen, for the same time.
    Wage { paid: i64, least: i64 },
    /// No minimum is set for this place.
    MinimumUnset,
    /// A wage by the piece, or hours that were not said.
    NotConvertible,
    /// A cycle of so many days.
    Cycle(i64),
    /// The task may end long before the day of pay, or may not.
    LengthUnknown,
}

/// Everything that the figures break.
pub(super) fn figures(draft: &Draft<'_>, figures: &Figures) -> Vec<FigureHit> {
    let mut hits = Vec::new();
    hits.extend(wage(draft, figures));
    hits.extend(hours(draft));
    hits.extend(cycle(draft));
    hits
}

fn worked(shift: &Shift) -> i64 {
    shift.ends.saturating_sub(shift.starts).saturating_sub(shift.rest.max(0)).max(0)
}

/// Each day of work with what one person works of its shifts; the night belongs to the day on which its shift begins.
fn by_day(shifts: &[Shift], of_one: fn(&[Shift]) -> i64) -> BTreeMap<i64, i64> {
    let mut days: BTreeMap<i64, Vec<Shift>> = BTreeMap::new();
    for shift in shifts {
        days.entry(shift.starts.div_euclid(DAY)).or_default().push(*shift);
    }
    days.into_iter().map(|(day, shifts)| (day, of_one(&shifts))).collect()
}

/// Of several shifts of one day somebody works one, the longest for all that is known.
fn longest(shifts: &[Shift]) -> i64 {
    shifts.iter().map(worked).max().unwrap_or(0)
}

/// The most that one person could work of several shifts: of those that overlap, one.
fn most(shifts: &[Shift]) -> i64 {
    let mut by_end = shifts.to_vec();
    by_end.sort_by_key(|shift| shift.ends);
    // Of the first so many.
    let mut sums = vec![0_i64];
    for (n, shift) in by_end.iter().enumerate() {
        let over_before = by_end[..n].partition_point(|other| other.ends <= shift.starts);
        sums.push(sums[n].max(sums[over_before].saturating_add(worked(shift))));
    }
    sums.last().copied().unwrap_or(0)
}

/// A sum that stops at what fits.
fn total(minutes: impl Iterator<Item = i64>) -> i64 {
    minutes.fold(0, i64::saturating_add)
}

/// Minutes of each day of work, as far as one person works them.
fn days(hours: &Hours<'_>, of_one: fn(&[Shift]) -> i64) -> Vec<i64> {
    match hours {
        Hours::Unknown => Vec::new(),
        Hours::Daily { minutes, .. } => vec![*minutes],
        Hours::Shifts(shifts) => by_day(shifts, of_one).into_values().collect(),
    }
}

/// Minutes of each week, from Monday, that one person could work.
fn weeks(hours: &Hours<'_>) -> Vec<i64> {
    match hours {
        Hours::Daily { minutes, days_a_week: Some(days) } => vec![minutes.saturating_mul(*days)],
        Hours::Shifts(shifts) => {
            let mut weeks = BTreeMap::new();
            for (day, minutes) in by_day(shifts, most) {
                let week = weeks.entry((day + 3).div_euclid(7)).or_insert(0_i64);
                *week = week.saturating_add(minutes);
            }
            weeks.into_values().collect()
        }
        _ => Vec::new(),
    }
}

fn hours(draft: &Draft<'_>) -> Option<FigureHit> {
    let hit = |rule, severity, about| Some(FigureHit { rule, field: LintField::Hours, severity, about });
    if draft.engagement == Engagement::PartTime {
        let days = days(&draft.hours, most);
        let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
        let total = total(days.iter().copied());
        // The law speaks of the average day of a worker with one employer: who takes the morning may take the evening.
        if total > PART_TIME_DAY.saturating_mul(count) {
            return hit(LintRule::PartTimeHours, Severity::Blocks, About::HoursADay(total / count.max(1)));
        }
        if let Some(week) = weeks(&draft.hours).into_iter().max().filter(|week| *week > PART_TIME_WEEK) {
            return hit(LintRule::PartTimeHours, Severity::Blocks, About::HoursAWeek(week));
        }
        return None;
    }
    match days(&draft.hours, longest).into_iter().max()? {
        long if long > LONGEST_DAY => hit(LintRule::LongHours, Severity::Blocks, About::HoursADay(long)),
        over if over > WORKING_DAY => hit(LintRule::LongHours, Severity::Warns, About::HoursADay(over)),
        _ => None,
    }
}

/// Minutes for which the wage is paid, with overtime weighed one and a half times, and what an hour must bring in fen ×
/// hundredths of a month's days.
fn wage(draft: &Draft<'_>, figures: &Figures) -> Option<FigureHit> {
    let hit =
        |severity, about| Some(FigureHit { rule: LintRule::WageBelowMinimum, field: LintField::Wage, severity, about });
    let minimum =
        if draft.engagement == Engagement::PartTime { figures.minimum_hourly_fen } else { figures.minimum_monthly_fen };
    let Some(minimum) = minimum else { return hit(Severity::CannotCheck, About::MinimumUnset) };
    let Some(minutes) = paid_minutes(draft) else { return hit(Severity::CannotCheck, About::NotConvertible) };
    let least = if draft.engagement == Engagement::PartTime {
        ceil(i128::from(minimum) * i128::from(minutes), HOUR)
    } else {
        // A month's wage, over 21.75 days of eight hours.
        ceil((i128::from(minimum) * i128::from(minutes)).saturating_mul(100), PAID_DAYS * WORKING_DAY)
    };
    // A whole month is the month's own figure, without the rounding of days.
    let whole = draft.wage_unit == WageUnit::Month && draft.engagement != Engagement::PartTime;
    let least = if whole && minutes >= month(WORKING_DAY) { least.max(minimum) } else { least };
    (draft.wage_fen < least).then(|| hit(Severity::Blocks, About::Wage { paid: draft.wage_fen, least })).flatten()
}

/// Minutes of a month of such days.
fn month(day: i64) -> i64 {
    day.saturating_mul(PAID_DAYS) / 100
}

/// The least whole fen.
fn ceil(product: i128, by: i64) -> i64 {
    let by = i128::from(by);
    i64::try_from(product.saturating_add(by - 1).div_euclid(by)).unwrap_or(i64::MAX)
}

/// Overtime is paid one and a half times (劳动法 art 44); part-time work knows none.
fn weighed(engagement: Engagement, minutes: i64) -> i64 {
    let over = if engagement == Engagement::PartTime { 0 } else { (minutes - WORKING_DAY).max(0) };
    minutes.saturating_add(over / 2)
}

/// Minutes that the wage pays for, by its unit; nothing where they are not known.
fn paid_minutes(draft: &Draft<'_>) -> Option<i64> {
    let days = days(&draft.hours, longest);
    let weigh = |minutes: &i64| weighed(draft.engagement, *minutes);
    match draft.wage_unit {
        WageUnit::Hour => Some(HOUR),
        WageUnit::Piece => None,
        WageUnit::Day => days.iter().map(weigh).max(),
        WageUnit::Job => match draft.hours {
            Hours::Shifts(shifts) if !shifts.is_empty() => Some(total(days.iter().map(weigh))),
            _ => None,
        },
        WageUnit::Month => {
            let average = total(days.iter().map(weigh)).checked_div(i64::try_from(days.len()).ok()?);
            match draft.hours {
                // A month that says no hours is a whole one.
                Hours::Unknown if draft.engagement != Engagement::PartTime => Some(month(WORKING_DAY)),
                // Fewer days than five make less of a month; more make no more of it.
                Hours::Daily { days_a_week: Some(days), .. } => {
                    average.map(month).map(|full| full.saturating_mul(days.clamp(0, 5)) / 5)
                }
                _ => average.map(month),
            }
        }
    }
}

fn cycle(draft: &Draft<'_>) -> Option<FigureHit> {
    let days = draft.pay_day.days();
    let hit = |severity, about| Some(FigureHit { rule: LintRule::PayCycle, field: LintField::PayDay, severity, about });
    match draft.engagement {
        Engagement::PartTime if days > PART_TIME_CYCLE => hit(Severity::Blocks, About::Cycle(days)),
        Engagement::Temporary if days > PayDay::Daily.days() => match length(&draft.hours) {
            // Work that outlasts the cycle is paid while it goes on, and for the rest when it is done.
            Some(length) if length >= days => None,
            Some(_) => hit(Severity::Blocks, About::Cycle(days)),
            None => hit(Severity::Warns, About::LengthUnknown),
        },
        _ => None,
    }
}

/// Days from the first shift to the last, both counted.
fn length(hours: &Hours<'_>) -> Option<i64> {
    let Hours::Shifts(shifts) = hours else { return None };
    let first = shifts.iter().map(|s| s.starts.div_euclid(DAY)).min()?;
    let last = shifts.iter().map(|s| s.ends.div_euclid(DAY)).max()?;
    Some(last.saturating_sub(first).saturating_add(1))
}
