//! Price lists (收费标准): published, and paid by whoever hires. A worker is charged for nothing (人社部发〔2022〕38号 第一条;
//! 就业促进法 第四十一条).

use chrono::NaiveDate;

use super::identity::{NAME, line};
use crate::agencies::forms::{PriceItemInput, PriceListInput};
use crate::agencies::kinds::FeePayer;

/// Items of a list.
pub const ITEMS: usize = 100;
/// Characters of a unit.
pub const UNIT: usize = 20;
/// The highest price of one: a million yuan.
pub const MOST: i64 = 100_000_000;

/// What is wrong with a price list as filled in (填写问题); rows count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing on it, or too much.
    Items,
    /// An item without a name or a unit.
    Item(usize),
    /// An item that stands on it twice.
    Twice(usize),
    /// A price that is none.
    Price(usize),
    /// A worker would pay.
    ChargedToWorker(usize),
    /// It would begin to hold before the one that follows it in time.
    BeforeTheLast(NaiveDate),
}

/// An item, checked (收费项目).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is charged for.
    pub name: String,
    /// By what it is counted.
    pub unit: String,
    /// The price of one.
    pub fen: i64,
}

/// Checks a price list; `last` is the first day of the newest one there is.
pub fn check(input: &PriceListInput, last: Option<NaiveDate>) -> Result<Vec<Item>, Flaw> {
    if !(1..=ITEMS).contains(&input.items.len()) {
        return Err(Flaw::Items);
    }
    let mut items: Vec<Item> = Vec::with_capacity(input.items.len());
    for (row, typed) in (1..).zip(&input.items) {
        let item = item(row, typed)?;
        if items.iter().any(|other| other.name == item.name && other.unit == item.unit) {
            return Err(Flaw::Twice(row));
        }
        items.push(item);
    }
    match last {
        Some(last) if input.effective_from.0 < last => Err(Flaw::BeforeTheLast(last)),
        _ => Ok(items),
    }
}

fn item(row: usize, typed: &PriceItemInput) -> Result<Item, Flaw> {
    if typed.payer == FeePayer::Worker {
        return Err(Flaw::ChargedToWorker(row));
    }
    let (name, unit) = (line(&typed.item, NAME), line(&typed.unit, UNIT));
    let (Some(name), Some(unit)) = (name, unit) else { return Err(Flaw::Item(row)) };
    if (0..=MOST).contains(&typed.fen) { Ok(Item { name, unit, fen: typed.fen }) } else { Err(Flaw::Price(row)) }
}

/// Which of these lists holds on a day: the one that began last, and of those of one day the newest. Each is its first day
/// and its number.
#[must_use]
pub fn in_force(lists: &[(NaiveDate, i32)], day: NaiveDate) -> Option<usize> {
    let begun = lists.iter().enumerate().filter(|(_, (from, _))| *from <= day);
    begun.max_by_key(|(_, list)| **list).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use kernel::gql::Date;

    use super::super::licence::tests::day;
    use super::*;

    fn priced(item: &str, fen: i64, payer: FeePayer) -> PriceItemInput {
        PriceItemInput { item: item.to_owned(), unit: "人次".to_owned(), fen, payer }
    }

    fn list(items: Vec<PriceItemInput>) -> PriceListInput {
        PriceListInput { effective_from: Date(day("2026-07-01")), items }
    }

    #[test]
    fn a_worker_is_charged_for_nothing_and_not_even_nothing_for_something() {
        let hired = priced("代理招聘", 5000, FeePayer::HiringParty);
        let charged = list(vec![hired.clone(), priced("登记费", 100, FeePayer::Worker)]);
        assert_eq!(check(&charged, None), Err(Flaw::ChargedToWorker(2)));
        let free = list(vec![priced("求职登记", 0, FeePayer::Worker)]);
        assert_eq!(check(&free, None), Err(Flaw::ChargedToWorker(1)));
        assert_eq!(check(&list(vec![hired]), None).unwrap().len(), 1);
    }

    #[test]
    fn an_item_has_a_name_a_unit_and_a_price_and_stands_there_once() {
        let of = |items| check(&list(items), None);
        let hired = |item: &str, fen| priced(item, fen, FeePayer::HiringParty);
        assert_eq!(of(Vec::new()), Err(Flaw::Items));
        assert_eq!(of(vec![hired(" ", 1)]), Err(Flaw::Item(1)));
        assert_eq!(of(vec![hired("代理招聘", -1)]), Err(Flaw::Price(1)));
        assert_eq!(of(vec![hired("代理招聘", 1), hired("代理招聘", 2)]), Err(Flaw::Twice(2)));
    }

    #[test]
    fn the_list_that_began_last_holds_and_a_new_one_does_not_begin_before_it() {
        let lists = [(day("2026-01-01"), 1), (day("2026-07-01"), 2), (day("2026-07-01"), 3), (day("2027-01-01"), 4)];
        assert_eq!(in_force(&lists, day("2025-12-31")), None);
        assert_eq!(in_force(&lists, day("2026-06-30")), Some(0));
        assert_eq!(in_force(&lists, day("2026-07-01")), Some(2));
        let early = list(vec![priced("代理招聘", 1, FeePayer::HiringParty)]);
        assert_eq!(check(&early, Some(day("2026-07-02"))), Err(Flaw::BeforeTheLast(day("2026-07-02"))));
    }
}
