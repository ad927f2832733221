//! Fees (收费): by the published list, with a receipt, and paid back where the placement failed (就业服务与就业管理规定 第五十五条).

use chrono::NaiveDate;

use super::identity::{NUMBER, line};
use super::ledger;
use crate::agencies::forms::FeeReceiptInput;

/// Units of one receipt at most.
pub const QUANTITY: i32 = 10_000;

/// What is wrong with a receipt as filled in (填写问题).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No number.
    Number,
    /// A day to come.
    InFuture,
    /// A number of units that is none.
    Quantity,
    /// Nothing was paid.
    Nothing,
    /// More than the list says: the most.
    AboveTheList(i64),
}

/// Checks a receipt against the price of one unit; its number as it is kept.
pub fn check(input: &FeeReceiptInput, fen: i64, today: NaiveDate) -> Result<String, Flaw> {
    let number = line(&input.receipt_no, NUMBER).ok_or(Flaw::Number)?;
    if input.issued_on.0 > today {
        return Err(Flaw::InFuture);
    }
    if !(1..=QUANTITY).contains(&input.quantity) {
        return Err(Flaw::Quantity);
    }
    if input.fen <= 0 {
        return Err(Flaw::Nothing);
    }
    let most = fen.saturating_mul(input.quantity.into());
    if input.fen > most { Err(Flaw::AboveTheList(most)) } else { Ok(number) }
}

/// Why a fee is not marked (不予标记).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// It is due already.
    DueAlready,
    /// Nobody said that the placement failed.
    NotDue,
    /// It was paid back.
    PaidBack,
    /// A day before the one it follows, or to come.
    Day,
}

/// May a fee become due to be paid back?
pub fn due(
    issued_on: NaiveDate,
    failed_on: Option<NaiveDate>,
    refunded_on: Option<NaiveDate>,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<(), Barred> {
    match (failed_on, refunded_on) {
        (_, Some(_)) => Err(Barred::PaidBack),
        (Some(_), None) => Err(Barred::DueAlready),
        _ if day < issued_on || day > today => Err(Barred::Day),
        _ => Ok(()),
    }
}

/// May a fee be marked as paid back?
pub fn paid_back(
    failed_on: Option<NaiveDate>,
    refunded_on: Option<NaiveDate>,
    day: NaiveDate,
    today: NaiveDate,
) -> Result<(), Barred> {
    match (failed_on, refunded_on) {
        (_, Some(_)) => Err(Barred::PaidBack),
        (None, None) => Err(Barred::NotDue),
        (Some(failed), None) if day < failed || day > today => Err(Barred::Day),
        _ => Ok(()),
    }
}

/// The last day on which a receipt must still be there (保存至): it is one of the records of a service (人力资源市场暂行条例 第三十三条),
/// counted from the day on which all was settled. None while it is due to be paid back.
#[must_use]
pub fn kept_until(
    issued_on: NaiveDate,
    failed_on: Option<NaiveDate>,
    refunded_on: Option<NaiveDate>,
    years: i32,
) -> Option<NaiveDate> {
    let settled = refunded_on.or(failed_on.is_none().then_some(issued_on))?;
    Some(ledger::kept_until(settled, years))
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::day;
    use super::*;

    fn receipt(quantity: i32, fen: i64) -> FeeReceiptInput {
        FeeReceiptInput {
            receipt_no: "0001".to_owned(),
            issued_on: Date(day("2026-07-01")),
            hiring_party: "某某建筑公司".to_owned(),
            household: false,
            quantity,
            fen,
        }
    }

    #[test]
    fn nobody_pays_more_than_the_list_says() {
        let of = |quantity, fen| check(&receipt(quantity, fen), 5000, day("2026-07-01"));
        assert_eq!(of(2, 10_000), Ok("0001".to_owned()));
        assert_eq!(of(2, 9000), Ok("0001".to_owned()), "less is theirs to take");
        assert_eq!(of(2, 10_001), Err(Flaw::AboveTheList(10_000)));
        assert_eq!(of(0, 1), Err(Flaw::Quantity));
        assert_eq!(of(1, 0), Err(Flaw::Nothing));
    }

    #[test]
    fn a_receipt_is_kept_for_years_after_all_was_settled_and_as_long_as_it_is_due() {
        let (issued, failed, refunded) = (day("2026-07-01"), day("2026-07-03"), day("2026-08-01"));
        assert_eq!(kept_until(issued, None, None, 2), Some(day("2028-07-01")));
        assert_eq!(kept_until(issued, Some(failed), None, 2), None);
        assert_eq!(kept_until(issued, Some(failed), Some(refunded), 2), Some(day("2028-08-01")));
    }

    #[test]
    fn a_fee_is_paid_back_once_and_only_after_the_placement_failed() {
        let (issued, failed, today) = (day("2026-07-01"), day("2026-07-03"), day("2026-07-10"));
        assert_eq!(paid_back(None, None, failed, today), Err(Barred::NotDue));
        assert_eq!(due(issued, None, None, day("2026-06-30"), today), Err(Barred::Day));
        assert_eq!(due(issued, None, None, failed, today), Ok(()));
        assert_eq!(due(issued, Some(failed), None, failed, today), Err(Barred::DueAlready));
        assert_eq!(paid_back(Some(failed), None, issued, today), Err(Barred::Day));
        assert_eq!(paid_back(Some(failed), None, today, today), Ok(()));
        assert_eq!(paid_back(Some(failed), Some(today), today, today), Err(Barred::PaidBack));
        assert_eq!(due(issued, Some(failed), Some(today), failed, today), Err(Barred::PaidBack));
    }
}
