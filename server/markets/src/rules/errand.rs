//! An annotation as a task of somebody (标注任务): who does it, and by which day.

use chrono::NaiveDate;
use kernel::calendar::Calendar;

use crate::kinds::AnnotationStatus;

/// What is wrong with a task as given (任务问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrandFlaw {
    /// A day without somebody who keeps it.
    Nobody,
    /// The day is past.
    Past,
    /// Nobody works on that day; the next on which one does.
    NotWorking(NaiveDate),
}

/// Is there something left to do? What the map has approved is done.
#[must_use]
pub fn is_open(status: AnnotationStatus) -> bool {
    status != AnnotationStatus::Approved
}

/// Was it to be done before today?
#[must_use]
pub fn is_overdue(status: AnnotationStatus, due: Option<NaiveDate>, today: NaiveDate) -> bool {
    is_open(status) && due.is_some_and(|day| day < today)
}

/// A task as given: a due day has somebody who keeps it, is a working day, and is not past; one that stood already stands.
pub fn errand(
    assigned: bool,
    due: Option<NaiveDate>,
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), ErrandFlaw> {
    let Some(day) = due else { return Ok(()) };
    if !assigned {
        return Err(ErrandFlaw::Nobody);
    }
    if before == Some(day) {
        return Ok(());
    }
    if day < today {
        return Err(ErrandFlaw::Past);
    }
    let next = Calendar::standard().shift_to_next_working_day(day).date;
    if next == day { Ok(()) } else { Err(ErrandFlaw::NotWorking(next)) }
}

/// Working days that are left, the due day counted; none once it is past.
#[must_use]
pub fn days_left(due: NaiveDate, today: NaiveDate) -> u32 {
    Calendar::standard().working_days_between(today, due)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_due_day_is_a_working_day_to_come_and_somebodys() {
        let today = day("2026-11-23");
        let given = |assigned, due: &str| errand(assigned, Some(day(due)), None, today);
        assert_eq!(given(false, "2026-11-30"), Err(ErrandFlaw::Nobody));
        assert_eq!(given(true, "2026-11-22"), Err(ErrandFlaw::Past));
        assert_eq!(given(true, "2026-11-28"), Err(ErrandFlaw::NotWorking(day("2026-11-30"))));
        assert_eq!(given(true, "2026-11-30"), Ok(()));
        assert_eq!(errand(false, None, None, today), Ok(()));
        assert_eq!(errand(true, Some(day("2026-11-02")), Some(day("2026-11-02")), today), Ok(()), "it stands already");
    }

    #[test]
    fn what_the_map_has_approved_is_never_overdue() {
        let (due, today) = (Some(day("2026-11-20")), day("2026-11-23"));
        assert!(is_overdue(AnnotationStatus::Todo, due, today));
        assert!(is_overdue(AnnotationStatus::Submitted, due, today));
        assert!(!is_overdue(AnnotationStatus::Approved, due, today));
        assert!(!is_overdue(AnnotationStatus::Todo, Some(today), today));
        assert_eq!(days_left(day("2026-11-30"), today), 5);
        assert_eq!(days_left(day("2026-11-20"), today), 0);
    }
}
