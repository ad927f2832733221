//! The service ledger (服务台账): kept for two years at least, for three where the service was on the network
//! (人力资源市场暂行条例 第三十三条; 网络招聘服务管理规定).

use chrono::{Months, NaiveDate};
use kernel::Pii;

use super::identity::{NAME, PROSE, line, prose};
use crate::agencies::forms::LedgerEntryInput;

/// Workers of one entry at most.
pub const WORKERS: i32 = 10_000;
/// Rows of one exported file.
pub const ROWS: u64 = 10_000;

/// What is wrong with an entry as filled in (填写问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A day to come.
    InFuture,
    /// Nobody was served.
    HiringParty,
    /// A number that is none.
    Workers,
    /// Nothing came of it, not even in words.
    Result,
}

/// An entry, checked (台账记录).
#[derive(Clone, Debug)]
pub struct Entry {
    /// The hiring party's name.
    pub hiring_party: Pii<String>,
    /// What it came to.
    pub result: String,
}

/// The name of a hiring party, which may be a person's.
pub fn hiring_party(typed: &str) -> Option<Pii<String>> {
    line(typed, NAME).map(Pii::new)
}

/// Checks an entry.
pub fn check(input: &LedgerEntryInput, today: NaiveDate) -> Result<Entry, Flaw> {
    if input.served_on.0 > today {
        return Err(Flaw::InFuture);
    }
    if !(0..=WORKERS).contains(&input.workers) {
        return Err(Flaw::Workers);
    }
    Ok(Entry {
        hiring_party: hiring_party(&input.hiring_party).ok_or(Flaw::HiringParty)?,
        result: prose(&input.result, PROSE).ok_or(Flaw::Result)?,
    })
}

/// The last day on which an entry must still be there.
#[must_use]
pub fn kept_until(served_on: NaiveDate, years: i32) -> NaiveDate {
    let months = u32::try_from(years).unwrap_or_default().saturating_mul(12);
    served_on.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

/// The first day of which entries are still kept on `today` (留存起始日): what is older has had its term.
#[must_use]
pub fn kept_from(today: NaiveDate, years: i32) -> NaiveDate {
    let months = u32::try_from(years).unwrap_or_default().saturating_mul(12);
    today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::day;
    use super::*;
    use crate::agencies::kinds::AgencyServiceKind;

    #[test]
    fn an_entry_is_kept_for_years_from_its_day_on_leap_days_too() {
        assert_eq!(kept_until(day("2026-07-01"), 2), day("2028-07-01"));
        assert_eq!(kept_until(day("2028-02-29"), 3), day("2031-02-28"));
    }

    #[test]
    fn an_entry_goes_the_day_after_its_last_and_none_before() {
        assert_eq!(kept_from(day("2028-07-01"), 2), day("2026-07-01"));
        assert_eq!(kept_from(day("2028-07-02"), 2), day("2026-07-02"));
        for today in day("2028-02-20").iter_days().take(20).chain(day("2031-02-20").iter_days().take(20)) {
            let tomorrow = today.succ_opt().unwrap();
            for served_on in day("2025-02-01").iter_days().take(1_200) {
                let until = kept_until(served_on, 3);
                assert!(served_on >= kept_from(today, 3) || until < today, "{served_on} is gone on {today}");
                // On a leap day that the year of the entry has not, one day later.
                assert!(until >= today || served_on < kept_from(tomorrow, 3), "{served_on} stays on {today}");
            }
        }
    }

    #[test]
    fn an_entry_says_whom_was_served_how_many_it_was_about_and_what_it_came_to() {
        let input = LedgerEntryInput {
            served_on: Date(day("2026-07-01")),
            hiring_party: "某某建筑公司".to_owned(),
            household: false,
            kind: AgencyServiceKind::Introduction,
            online: false,
            workers: 10,
            result: "到岗10人".to_owned(),
        };
        let today = day("2026-07-01");
        assert!(check(&input, today).is_ok());
        let flaw = |input: LedgerEntryInput| check(&input, today).err();
        assert_eq!(flaw(LedgerEntryInput { workers: -1, ..input.clone() }), Some(Flaw::Workers));
        assert_eq!(flaw(LedgerEntryInput { hiring_party: " ".to_owned(), ..input.clone() }), Some(Flaw::HiringParty));
        assert_eq!(flaw(LedgerEntryInput { result: String::new(), ..input.clone() }), Some(Flaw::Result));
        assert_eq!(flaw(LedgerEntryInput { served_on: Date(day("2026-07-02")), ..input }), Some(Flaw::InFuture));
    }
}
