//! What may be done with a return, and when (填报状态规则).

use async_graphql::Enum;
use chrono::NaiveDate;
use kernel::Pii;
use kernel::checks::phone::Phone;
use uuid::Uuid;

use super::calendar::open_years;
use crate::operations::export_return::ExportReturn;
use crate::operations::freeze_return::FreezeReturn;
use crate::operations::submit_return::SubmitReturn;
use crate::operations::unfreeze_return::UnfreezeReturn;

/// Characters a filer's name may have.
pub const MAX_FILER: usize = 50;
/// Characters a reason may have.
pub const MAX_REASON: usize = 500;

/// Where a return stands (填报状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ReturnStatus {
    /// Not frozen: the directory still changes (待填报).
    Open,
    /// The snapshot is taken (已冻结).
    Frozen,
    /// Handed in (已报送).
    Submitted,
    /// Sent back by the province with a reason (已退回).
    Returned,
    /// Accepted by the province (已接收).
    Accepted,
}

impl ReturnStatus {
    const ALL: [Self; 5] = [Self::Open, Self::Frozen, Self::Submitted, Self::Returned, Self::Accepted];

    /// As stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Frozen => "FROZEN",
            Self::Submitted => "SUBMITTED",
            Self::Returned => "RETURNED",
            Self::Accepted => "ACCEPTED",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == text)
    }

    /// Does the city still have to do something, so that it is reminded?
    #[must_use]
    pub const fn is_with_city(self) -> bool {
        matches!(self, Self::Open | Self::Frozen | Self::Returned)
    }
}

/// A return as the rules see it (填报现状).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its status.
    pub status: ReturnStatus,
    /// Number of the last snapshot; 0 before the first.
    pub version_no: i32,
    /// Was the last submitted version returned?
    pub was_returned: bool,
    /// Counts changes.
    pub version: i32,
}

/// What freezing leads to (冻结结果).
#[derive(Debug, PartialEq, Eq)]
pub struct Freezing {
    /// The number of the new snapshot.
    pub version_no: i32,
    /// The filer, tidied.
    pub filer: Pii<String>,
    /// The filer's telephone, as people write it.
    pub phone: Pii<String>,
}

/// The id of a year's return: made of the year, so that it is the same before and after anything is written.
#[must_use]
pub fn return_id(year: i32) -> Uuid {
    let mut bytes = *b"directory-return";
    let (_, tail) = bytes.split_at_mut(12);
    tail.copy_from_slice(&year.to_be_bytes());
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// May the year be filed today?
pub fn year_is_open(year: i32, first: Option<NaiveDate>, today: NaiveDate) -> Result<(), FreezeReturn> {
    let (from, to) = open_years(first, today);
    if (from..=to).contains(&year) { Ok(()) } else { Err(FreezeReturn::WrongYear { from, to }) }
}

/// Takes the snapshot: from open, or again after the province returned it.
pub fn freeze(
    standing: &Standing,
    filer: &Pii<String>,
    phone: &Pii<String>,
    rows: usize,
) -> Result<Freezing, FreezeReturn> {
    match standing.status {
        ReturnStatus::Open | ReturnStatus::Returned => {}
        ReturnStatus::Frozen => return Err(FreezeReturn::AlreadyFrozen),
        ReturnStatus::Submitted => return Err(FreezeReturn::AlreadySubmitted),
        ReturnStatus::Accepted => return Err(FreezeReturn::AlreadyAccepted),
    }
    if filer.is_blank() {
        return Err(FreezeReturn::FilerMissing);
    }
    let filer = filer.map(|filer| filer.split_whitespace().collect::<Vec<_>>().join(" "));
    let printable = |filer: &String| filer.chars().count() <= MAX_FILER && !filer.chars().any(char::is_control);
    if filer.try_map(|filer| printable(filer).then_some(())).is_none() {
        return Err(FreezeReturn::FilerInvalid { most: MAX_FILER });
    }
    if phone.is_blank() {
        return Err(FreezeReturn::PhoneMissing);
    }
    let phone = phone.try_map(|phone| Phone::parse(phone).ok().map(|phone| phone.display()));
    let phone = phone.ok_or(FreezeReturn::PhoneInvalid)?;
    if rows == 0 {
        return Err(FreezeReturn::NothingToReport);
    }
    Ok(Freezing { version_no: standing.version_no + 1, filer, phone })
}

/// Takes the snapshot back before it is submitted; the status it falls back to.
pub fn unfreeze(standing: &Standing, version: i32, reason: &str) -> Result<(ReturnStatus, String), UnfreezeReturn> {
    if standing.version != version {
        return Err(UnfreezeReturn::Conflict { current: standing.version });
    }
    match standing.status {
        ReturnStatus::Frozen => {}
        ReturnStatus::Open | ReturnStatus::Returned => return Err(UnfreezeReturn::NotFrozen),
        ReturnStatus::Submitted => return Err(UnfreezeReturn::AlreadySubmitted),
        ReturnStatus::Accepted => return Err(UnfreezeReturn::AlreadyAccepted),
    }
    let reason = tidy_reason(reason).map_err(|wrong| match wrong {
        ReasonWrong::Missing => UnfreezeReturn::ReasonMissing,
        ReasonWrong::TooLong => UnfreezeReturn::ReasonTooLong { most: MAX_REASON },
    })?;
    let back = if standing.was_returned { ReturnStatus::Returned } else { ReturnStatus::Open };
    Ok((back, reason))
}

/// Hands in.
pub fn submit(standing: &Standing, version: i32) -> Result<(), SubmitReturn> {
    if standing.version != version {
        return Err(SubmitReturn::Conflict { current: standing.version });
    }
    match standing.status {
        ReturnStatus::Frozen => Ok(()),
        ReturnStatus::Open | ReturnStatus::Returned => Err(SubmitReturn::NotFrozen),
        ReturnStatus::Submitted => Err(SubmitReturn::AlreadySubmitted),
        ReturnStatus::Accepted => Err(SubmitReturn::AlreadyAccepted),
    }
}

/// Prints the form: only what is frozen stays as it is printed.
pub fn export(standing: &Standing) -> Result<(), ExportReturn> {
    if standing.status == ReturnStatus::Open { Err(ExportReturn::NotFrozen) } else { Ok(()) }
}

/// Why a reason is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonWrong {
    /// Nothing was written.
    Missing,
    /// More than [`MAX_REASON`] characters.
    TooLong,
}

/// A reason without the blanks around it.
pub fn tidy_reason(reason: &str) -> Result<String, ReasonWrong> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(ReasonWrong::Missing),
        n if n > MAX_REASON => Err(ReasonWrong::TooLong),
        _ => Ok(reason.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: &str = "0351-5278313";

    fn standing(status: ReturnStatus) -> Standing {
        Standing { status, version_no: 1, was_returned: false, version: 4 }
    }

    fn frozen(status: ReturnStatus) -> Result<i32, FreezeReturn> {
        freeze(&standing(status), &"王 建国".into(), &PHONE.into(), 3).map(|f| f.version_no)
    }

    #[test]
    fn every_snapshot_has_a_number_of_its_own() {
        assert_eq!(frozen(ReturnStatus::Open), Ok(2));
        assert_eq!(frozen(ReturnStatus::Returned), Ok(2));
    }

    #[test]
    fn what_is_frozen_submitted_or_accepted_is_not_frozen_again() {
        assert_eq!(frozen(ReturnStatus::Frozen), Err(FreezeReturn::AlreadyFrozen));
        assert_eq!(frozen(ReturnStatus::Submitted), Err(FreezeReturn::AlreadySubmitted));
        assert_eq!(frozen(ReturnStatus::Accepted), Err(FreezeReturn::AlreadyAccepted));
    }

    #[test]
    fn a_filer_with_a_telephone_is_needed() {
        let with = |filer: &str, phone: &str| {
            freeze(&standing(ReturnStatus::Open), &filer.into(), &phone.into(), 1).map(|f| f.filer)
        };
        assert_eq!(with("  王\u{3000}建国 ", "138 0000 1234"), Ok("王 建国".into()));
        assert_eq!(with(" ", PHONE), Err(FreezeReturn::FilerMissing));
        assert_eq!(with(&"王".repeat(51), PHONE), Err(FreezeReturn::FilerInvalid { most: 50 }));
        assert_eq!(with("王\u{7}", PHONE), Err(FreezeReturn::FilerInvalid { most: 50 }));
        assert_eq!(with("王建国", " "), Err(FreezeReturn::PhoneMissing));
        assert_eq!(with("王建国", "5278313"), Err(FreezeReturn::PhoneInvalid));
    }

    #[test]
    fn an_empty_directory_is_not_reported() {
        let nothing = freeze(&standing(ReturnStatus::Open), &"王建国".into(), &PHONE.into(), 0);
        assert_eq!(nothing, Err(FreezeReturn::NothingToReport));
    }

    #[test]
    fn only_the_open_years_are_filed() {
        let today = "2026-11-23".parse().unwrap();
        assert_eq!(year_is_open(2026, None, today), Ok(()));
        assert_eq!(year_is_open(2025, None, today), Ok(()));
        assert_eq!(year_is_open(2024, None, today), Err(FreezeReturn::WrongYear { from: 2025, to: 2026 }));
        assert_eq!(year_is_open(2027, None, today), Err(FreezeReturn::WrongYear { from: 2025, to: 2026 }));
    }

    #[test]
    fn unfreezing_needs_a_reason_and_falls_back_to_where_the_return_was() {
        let undo = |standing: &Standing, reason: &str| unfreeze(standing, 4, reason);
        let first = standing(ReturnStatus::Frozen);
        assert_eq!(undo(&first, " 漏了一家 "), Ok((ReturnStatus::Open, "漏了一家".to_owned())));
        let second = Standing { was_returned: true, ..first };
        assert_eq!(undo(&second, "漏了一家").map(|(status, _)| status), Ok(ReturnStatus::Returned));
        assert_eq!(undo(&first, " "), Err(UnfreezeReturn::ReasonMissing));
        assert_eq!(undo(&first, &"因".repeat(501)), Err(UnfreezeReturn::ReasonTooLong { most: 500 }));
        assert_eq!(undo(&standing(ReturnStatus::Submitted), "因"), Err(UnfreezeReturn::AlreadySubmitted));
        assert_eq!(undo(&standing(ReturnStatus::Open), "因"), Err(UnfreezeReturn::NotFrozen));
        assert_eq!(unfreeze(&first, 3, "因"), Err(UnfreezeReturn::Conflict { current: 4 }));
    }

    #[test]
    fn only_what_is_frozen_is_submitted_and_only_as_it_was_seen() {
        assert_eq!(submit(&standing(ReturnStatus::Frozen), 4), Ok(()));
        assert_eq!(submit(&standing(ReturnStatus::Frozen), 3), Err(SubmitReturn::Conflict { current: 4 }));
        assert_eq!(submit(&standing(ReturnStatus::Open), 4), Err(SubmitReturn::NotFrozen));
        assert_eq!(submit(&standing(ReturnStatus::Returned), 4), Err(SubmitReturn::NotFrozen));
        assert_eq!(submit(&standing(ReturnStatus::Submitted), 4), Err(SubmitReturn::AlreadySubmitted));
        assert_eq!(submit(&standing(ReturnStatus::Accepted), 4), Err(SubmitReturn::AlreadyAccepted));
    }

    #[test]
    fn a_years_return_has_the_same_id_whenever_it_is_asked_for() {
        assert_eq!(return_id(2026), return_id(2026));
        assert_ne!(return_id(2026), return_id(2025));
        assert_eq!(return_id(2026).get_version_num(), 8);
    }

    #[test]
    fn a_status_survives_the_way_to_the_store_and_back() {
        for status in ReturnStatus::ALL {
            assert_eq!(ReturnStatus::parse(status.name()), Some(status));
        }
        assert_eq!(ReturnStatus::parse("LOST"), None);
    }
}
