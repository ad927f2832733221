//! Shifts (班次): what a form may say of them, how those that are kept meet those that are filled in, and how they move.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};
use uuid::Uuid;

use super::flaw::Flaw;
use crate::forms::ShiftInput;

/// Shifts of a posting at most.
pub const MOST: usize = 60;
/// Places of a posting at most.
pub const PLACES: i32 = 500;
/// A posting looks so many days ahead, and is valid for as long at most.
pub const AHEAD: i64 = 90;

/// A shift as it is read (班次).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Unpaid rest, minutes.
    pub break_minutes: i32,
    /// Places.
    pub headcount: i32,
}

/// A shift that is kept (已存班次).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: Uuid,
    /// What is kept.
    pub shift: Shift,
    /// Places that are taken.
    pub taken: i32,
    /// Has anybody ever applied for it?
    pub used: bool,
}

impl Shift {
    fn of(input: &ShiftInput) -> Self {
        Self {
            starts_at: cut(input.starts_at),
            ends_at: cut(input.ends_at),
            break_minutes: input.break_minutes.unwrap_or_default(),
            headcount: input.headcount,
        }
    }

    /// Is it at the same time?
    #[must_use]
    pub fn is_at(&self, other: &Self) -> bool {
        self.starts_at == other.starts_at && self.ends_at == other.ends_at
    }
}

/// A moment as both back ends keep it.
fn cut(at: DateTime<FixedOffset>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or_else(|| at.to_utc())
}

/// The shifts of a form in the order of time, and all that is wrong with them. Two shifts may overlap – an early one and a late
/// one – for a worker holds one of them; at the very same time they are one.
pub fn read(inputs: &[ShiftInput], kept: &[Kept], now: DateTime<Utc>) -> (Vec<Shift>, Vec<Flaw>) {
    let mut flaws = Vec::new();
    if inputs.is_empty() {
        flaws.push(Flaw::NoShifts);
    }
    if inputs.len() > MOST {
        return (Vec::new(), vec![Flaw::TooManyShifts { limit: MOST }]);
    }
    let mut shifts: Vec<Shift> = inputs.iter().map(Shift::of).collect();
    for (shift, row) in shifts.iter().zip(1..) {
        flaws.extend(flaw(shift, row, kept, now));
        if let Some(first) = shifts.iter().take(row - 1).position(|other| other.is_at(shift)) {
            flaws.push(Flaw::ShiftDouble { first: first + 1, second: row });
        }
    }
    let places = shifts.iter().fold(0_i32, |sum, shift| sum.saturating_add(shift.headcount));
    if places > PLACES || shifts.iter().any(|shift| !(1..=PLACES).contains(&shift.headcount)) {
        flaws.push(Flaw::Headcount { limit: PLACES });
    }
    shifts.sort_by_key(|shift| (shift.starts_at, shift.ends_at));
    (shifts, flaws)
}

/// What is wrong with one of them. A shift that was kept at this time may have begun.
fn flaw(shift: &Shift, row: usize, kept: &[Kept], now: DateTime<Utc>) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let length = shift.ends_at - shift.starts_at;
    if length <= Duration::zero() || length > Duration::hours(24) {
        flaws.push(Flaw::ShiftReversed { row });
    } else if i64::from(shift.break_minutes) * 2 > length.num_minutes() || shift.break_minutes < 0 {
        flaws.push(Flaw::ShiftBreak { row });
    }
    let known = kept.iter().any(|kept| kept.shift.is_at(shift));
    if !known && shift.starts_at <= now {
        flaws.push(Flaw::ShiftPast { row });
    }
    if shift.starts_at > now + Duration::days(AHEAD) {
        flaws.push(Flaw::ShiftTooFar { row, days: AHEAD });
    }
    flaws
}

/// What becomes of the shifts of a posting that is amended (班次变更).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New ones.
    pub added: Vec<Shift>,
    /// Kept ones with other places or another rest, by their ids.
    pub changed: Vec<(Uuid, Shift)>,
    /// Those that go.
    pub removed: Vec<Uuid>,
}

impl Changes {
    /// Does a shift that stays get another unpaid break? Its hours, and so its wage, are others then.
    #[must_use]
    pub fn break_changes(&self, kept: &[Kept]) -> bool {
        let before = |id: Uuid| kept.iter().find(|kept| kept.id == id).map(|kept| kept.shift.break_minutes);
        self.changed.iter().any(|(id, shift)| before(*id) != Some(shift.break_minutes))
    }
}

/// Why shifts cannot become what was filled in (班次不能变更).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// Somebody applied for one that would go.
    Used,
    /// One would have fewer places than are taken.
    Taken {
        /// Places that are taken.
        taken: i32,
    },
}

/// Holds what is filled in against what is kept: shifts are known again by their time.
pub fn changes(wanted: &[Shift], kept: &[Kept]) -> Result<Changes, Fixed> {
    let mut changes = Changes::default();
    for shift in wanted {
        match kept.iter().find(|kept| kept.shift.is_at(shift)) {
            None => changes.added.push(*shift),
            // As it was, also where more came than there are places.
            Some(kept) if kept.shift == *shift => {}
            Some(kept) if shift.headcount < kept.taken => return Err(Fixed::Taken { taken: kept.taken }),
            Some(kept) => changes.changed.push((kept.id, *shift)),
        }
    }
    for kept in kept {
        if !wanted.iter().any(|shift| shift.is_at(&kept.shift)) {
            if kept.used {
                return Err(Fixed::Used);
            }
            changes.removed.push(kept.id);
        }
    }
    Ok(changes)
}

/// The same shifts so many days later (班次顺延).
#[must_use]
pub fn moved(shifts: &[ShiftInput], days: i64) -> Vec<ShiftInput> {
    let by = Duration::days(days);
    let later = |shift: &ShiftInput| ShiftInput {
        starts_at: shift.starts_at + by,
        ends_at: shift.ends_at + by,
        ..shift.clone()
    };
    shifts.iter().map(later).collect()
}

/// Days from the first of them to `day`, in Shanghai.
#[must_use]
pub fn days_to(shifts: &[ShiftInput], day: NaiveDate) -> i64 {
    let first = shifts.iter().map(|shift| shift.starts_at.to_utc()).min();
    first.map_or(0, |at| (day - kernel::clock::day_of(at)).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-23T02:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn input(starts: &str, ends: &str, headcount: i32) -> ShiftInput {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        ShiftInput { starts_at: at(starts), ends_at: at(ends), headcount, break_minutes: None }
    }

    fn tomorrow(headcount: i32) -> ShiftInput {
        input("2026-11-24T06:00:00+08:00", "2026-11-24T14:00:00+08:00", headcount)
    }

    fn kept(shift: &ShiftInput, taken: i32, used: bool) -> Kept {
        Kept { id: Uuid::from_u128(7), shift: Shift::of(shift), taken, used }
    }

    #[test]
    fn everything_wrong_with_the_shifts_is_told_at_once() {
        let shifts = [
            tomorrow(0),
            tomorrow(3),
            input("2026-11-23T06:00:00+08:00", "2026-11-23T14:00:00+08:00", 1),
            input("2026-11-24T06:00:00+08:00", "2026-11-24T05:00:00+08:00", 1),
            input("2027-06-01T06:00:00+08:00", "2027-06-01T14:00:00+08:00", 1),
        ];
        let (_, flaws) = read(&shifts, &[], at(NOW));
        assert_eq!(
            flaws,
            [
                Flaw::ShiftDouble { first: 1, second: 2 },
                Flaw::ShiftPast { row: 3 },
                Flaw::ShiftReversed { row: 4 },
                Flaw::ShiftTooFar { row: 5, days: AHEAD },
                Flaw::Headcount { limit: PLACES },
            ]
        );
    }

    #[test]
    fn an_early_and_a_late_shift_of_one_posting_may_overlap() {
        let late = input("2026-11-24T10:00:00+08:00", "2026-11-24T18:00:00+08:00", 5);
        let (shifts, flaws) = read(&[late, tomorrow(5)], &[], at(NOW));
        assert_eq!(flaws, []);
        assert!(shifts.is_sorted_by_key(|shift| shift.starts_at));
    }

    #[test]
    fn sixty_one_shifts_and_five_hundred_and_one_places_are_too_many() {
        let many = vec![tomorrow(1); 61];
        assert_eq!(read(&many, &[], at(NOW)).1, [Flaw::TooManyShifts { limit: MOST }]);
        assert_eq!(read(&[tomorrow(501)], &[], at(NOW)).1, [Flaw::Headcount { limit: PLACES }]);
        assert_eq!(read(&[tomorrow(500)], &[], at(NOW)).1, []);
    }

    #[test]
    fn a_shift_that_is_kept_may_have_begun_and_a_new_one_may_not() {
        let begun = input("2026-11-23T06:00:00+08:00", "2026-11-23T18:00:00+08:00", 5);
        assert_eq!(read(std::slice::from_ref(&begun), &[], at(NOW)).1, [Flaw::ShiftPast { row: 1 }]);
        assert_eq!(read(std::slice::from_ref(&begun), &[kept(&begun, 2, true)], at(NOW)).1, []);
    }

    #[test]
    fn a_rest_of_more_than_half_the_shift_is_none() {
        let rest = |minutes| ShiftInput { break_minutes: Some(minutes), ..tomorrow(1) };
        assert_eq!(read(&[rest(240)], &[], at(NOW)).1, []);
        assert_eq!(read(&[rest(241)], &[], at(NOW)).1, [Flaw::ShiftBreak { row: 1 }]);
        assert_eq!(read(&[rest(-1)], &[], at(NOW)).1, [Flaw::ShiftBreak { row: 1 }]);
    }

    #[test]
    fn places_that_are_taken_are_not_taken_away() {
        let five = kept(&tomorrow(5), 3, true);
        let wanted = |headcount| [Shift::of(&tomorrow(headcount))];
        assert_eq!(changes(&wanted(2), &[five]), Err(Fixed::Taken { taken: 3 }));
        assert_eq!(changes(&wanted(3), &[five]).unwrap().changed.len(), 1);
        assert_eq!(changes(&wanted(5), &[five]), Ok(Changes::default()));
        assert_eq!(changes(&wanted(5), &[Kept { taken: 6, ..five }]), Ok(Changes::default()), "one more came");
        assert_eq!(changes(&[], &[five]), Err(Fixed::Used));
        assert_eq!(changes(&[], &[kept(&tomorrow(5), 0, false)]).unwrap().removed, [Uuid::from_u128(7)]);
    }

    #[test]
    fn the_same_ten_tomorrow_work_at_the_same_hours() {
        let later = moved(&[tomorrow(10)], 1);
        assert_eq!(later[0].starts_at.to_rfc3339(), "2026-11-25T06:00:00+08:00");
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        assert_eq!(days_to(&[tomorrow(10)], day), 6);
    }
}
