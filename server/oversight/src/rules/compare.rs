//! This year against last (同比): which markets came and which went.

use std::collections::BTreeMap;

/// What changed between two returns (增减情况).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Names that are new, sorted.
    pub added: Vec<String>,
    /// Names that are gone, sorted.
    pub removed: Vec<String>,
    /// How many are in both.
    pub kept: usize,
}

/// Compares by name, since annex 2 knows no other mark of a market. A name that stands twice is two markets.
#[must_use]
pub fn compare(before: &[String], now: &[String]) -> Change {
    let mut balance: BTreeMap<&str, i64> = BTreeMap::new();
    for name in now {
        *balance.entry(name.trim()).or_default() += 1;
    }
    for name in before {
        *balance.entry(name.trim()).or_default() -= 1;
    }
    let mut change = Change::default();
    for (name, count) in balance {
        let many = usize::try_from(count.unsigned_abs()).unwrap_or(0);
        let list = if count > 0 { &mut change.added } else { &mut change.removed };
        list.extend(std::iter::repeat_n(name.to_owned(), many));
    }
    change.kept = now.len() - change.added.len();
    change
}

/// The difference in rows; none where one of the two years is missing.
#[must_use]
pub fn difference(now: Option<i32>, before: Option<i32>) -> Option<i32> {
    Some(now? - before?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_came_and_what_went_is_named() {
        let change = compare(&names(&["甲", "乙", "丙"]), &names(&["丙", "丁", "甲 "]));
        assert_eq!(change, Change { added: names(&["丁"]), removed: names(&["乙"]), kept: 2 });
    }

    #[test]
    fn a_name_that_stands_twice_is_two_markets() {
        let change = compare(&names(&["桥头", "桥头"]), &names(&["桥头"]));
        assert_eq!(change, Change { added: vec![], removed: names(&["桥头"]), kept: 1 });
    }

    #[test]
    fn the_first_year_has_only_new_ones_and_no_difference() {
        assert_eq!(compare(&[], &names(&["甲"])).added, names(&["甲"]));
        assert_eq!((difference(Some(3), None), difference(Some(3), Some(5))), (None, Some(-2)));
    }
}
