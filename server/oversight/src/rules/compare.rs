//! This year against last (同比): which markets came, which went, and what changed about those that stayed.

use std::collections::BTreeMap;

use async_graphql::Enum;
use uuid::Uuid;

/// A market as a return has it (名录行要素).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The market, as its city knows it.
    pub market: Uuid,
    /// Its name.
    pub name: String,
    /// Its nature, as stored.
    pub nature: String,
    /// Seekers, as printed.
    pub seeker_scale: String,
    /// Daily successes, as printed.
    pub daily_successes: String,
}

/// What became of a market (变化类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
pub enum ChangeKind {
    /// It is new (新增).
    Added,
    /// It is gone (减少).
    Removed,
    /// It stayed, and its name, nature or numbers are others (变更).
    Changed,
}

/// A market that came, went or changed (变化).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// As it was.
    pub before: Option<Seen>,
    /// As it is.
    pub now: Option<Seen>,
}

impl Change {
    /// The name it goes by: today's, or its last.
    #[must_use]
    pub fn name(&self) -> &str {
        self.now.as_ref().or(self.before.as_ref()).map_or("", |seen| seen.name.as_str())
    }
}

/// What changed between two returns (增减情况).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What came, then what went, then what changed, each by name.
    pub list: Vec<Change>,
    /// How many markets are in both.
    pub kept: usize,
}

impl Changes {
    /// How many of a kind.
    #[must_use]
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.list.iter().filter(|change| change.kind == kind).count()
    }
}

/// Compares market by market: a new name is no new market. What is left is compared by name, because a city that was set
/// up anew knows its markets by other marks; a name that stands twice is two markets.
#[must_use]
pub fn compare(before: &[Seen], now: &[Seen]) -> Changes {
    let mut by_mark: BTreeMap<Uuid, &Seen> = before.iter().map(|seen| (seen.market, seen)).collect();
    let (mut pairs, mut fresh): (Vec<(&Seen, &Seen)>, Vec<&Seen>) = (Vec::new(), Vec::new());
    for seen in now {
        match by_mark.remove(&seen.market) {
            Some(old) => pairs.push((old, seen)),
            None => fresh.push(seen),
        }
    }
    let mut by_name: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    for old in by_mark.into_values() {
        by_name.entry(old.name.trim()).or_default().push(old);
    }
    let mut changes = Changes::default();
    for seen in fresh {
        match by_name.get_mut(seen.name.trim()).and_then(Vec::pop) {
            Some(old) => pairs.push((old, seen)),
            None => changes.list.push(Change { kind: ChangeKind::Added, before: None, now: Some(seen.clone()) }),
        }
    }
    changes.kept = pairs.len();
    let gone = by_name.into_values().flatten();
    changes.list.extend(gone.map(|old| Change { kind: ChangeKind::Removed, before: Some(old.clone()), now: None }));
    let other = pairs.into_iter().filter(|(old, seen)| differ(old, seen));
    changes.list.extend(other.map(|(old, seen)| Change {
        kind: ChangeKind::Changed,
        before: Some(old.clone()),
        now: Some(seen.clone()),
    }));
    changes.list.sort_by(|a, b| (a.kind, a.name()).cmp(&(b.kind, b.name())));
    changes
}

fn differ(old: &Seen, now: &Seen) -> bool {
    old.name.trim() != now.name.trim()
        || old.nature != now.nature
        || old.seeker_scale != now.seeker_scale
        || old.daily_successes != now.daily_successes
}

/// The difference in rows; none where one of the two years is missing.
#[must_use]
pub fn difference(now: Option<i32>, before: Option<i32>) -> Option<i32> {
    Some(now? - before?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(mark: u128, name: &str) -> Seen {
        Seen {
            market: Uuid::from_u128(mark),
            name: name.to_owned(),
            nature: "PUBLIC".to_owned(),
            seeker_scale: "约300".to_owned(),
            daily_successes: "80".to_owned(),
        }
    }

    fn named(changes: &Changes) -> Vec<(ChangeKind, &str)> {
        changes.list.iter().map(|change| (change.kind, change.name())).collect()
    }

    #[test]
    fn what_came_and_what_went_is_named() {
        let changes = compare(&[seen(1, "甲"), seen(2, "乙")], &[seen(1, "甲"), seen(3, "丁")]);
        assert_eq!(named(&changes), [(ChangeKind::Added, "丁"), (ChangeKind::Removed, "乙")]);
        assert_eq!(changes.kept, 1);
    }

    #[test]
    fn a_new_name_is_a_change_and_no_new_market() {
        let changes = compare(&[seen(1, "旧名")], &[seen(1, "新名")]);
        assert_eq!(named(&changes), [(ChangeKind::Changed, "新名")]);
        assert_eq!(changes.list[0].before.as_ref().unwrap().name, "旧名");
        assert_eq!((changes.kept, changes.count(ChangeKind::Added)), (1, 0));
    }

    #[test]
    fn another_nature_or_number_is_a_change() {
        let before = [seen(1, "甲"), seen(2, "乙"), seen(3, "丙"), seen(4, "丁")];
        let now = [
            Seen { nature: "COMMERCIAL".to_owned(), ..seen(1, "甲") },
            Seen { seeker_scale: "400".to_owned(), ..seen(2, "乙") },
            Seen { daily_successes: "90".to_owned(), ..seen(3, "丙") },
            seen(4, "丁"),
        ];
        assert_eq!(compare(&before, &now).count(ChangeKind::Changed), 3);
    }

    #[test]
    fn a_city_that_was_set_up_anew_is_compared_by_name_and_a_name_that_stands_twice_is_two_markets() {
        let changes = compare(&[seen(1, "桥头"), seen(2, "桥头")], &[seen(9, "桥头 ")]);
        assert_eq!(named(&changes), [(ChangeKind::Removed, "桥头")]);
        assert_eq!(changes.kept, 1);
    }

    #[test]
    fn the_first_year_has_only_new_ones_and_no_difference() {
        assert_eq!(compare(&[], &[seen(1, "甲")]).count(ChangeKind::Added), 1);
        assert_eq!((difference(Some(3), None), difference(Some(3), Some(5))), (None, Some(-2)));
    }
}
