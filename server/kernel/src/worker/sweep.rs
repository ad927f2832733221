//! The sweep (巡检): every tenant is looked at now and then without having asked, because a word that wakes may be lost.
//!
//! Who was found with nothing to do rests twice as long, and nobody rests exactly as long as another: hundreds of idle
//! tenants cost nothing that can be measured, and never all at once.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Duration, Utc};

/// The shortest rest, in seconds.
const SHORTEST: i64 = 60;
/// The first rest where words may get lost, in seconds: a look there opens a connection.
const FIRST: i64 = 4 * 60;
/// The longest rest, in seconds. A job's time and a lost connection are known otherwise.
const LONGEST: i64 = 16 * 60;

/// When to look at whom.
pub(super) struct Sweep {
    next: BTreeSet<(DateTime<Utc>, String)>,
    known: HashMap<String, (DateTime<Utc>, i64)>,
    /// The first rest, in seconds.
    first: i64,
}

impl Sweep {
    /// Of a worker that is told of everything by its own process alone, no word is lost: who was looked at rests long
    /// from the first time on. Elsewhere a listener that is lost makes everybody due, so that four minutes are enough.
    pub(super) fn new(words_get_lost: bool) -> Self {
        let first = if words_get_lost { FIRST } else { LONGEST };
        Self { next: BTreeSet::new(), known: HashMap::new(), first }
    }

    /// The tenants there are: a new one is looked at now, one that is gone no more.
    pub(super) fn list(&mut self, codes: &[String], now: DateTime<Utc>) {
        for code in codes {
            if !self.known.contains_key(code) {
                self.put(code, now, self.first);
            }
        }
        if self.known.len() > codes.len() {
            let there: BTreeSet<&String> = codes.iter().collect();
            let gone: Vec<String> = self.known.keys().filter(|code| !there.contains(code)).cloned().collect();
            for code in gone {
                self.forget(&code);
            }
        }
    }

    /// Those whose rest is over. Each rests longer from now on, unless it turns out to be busy.
    pub(super) fn due(&mut self, now: DateTime<Utc>) -> Vec<String> {
        let mut due = Vec::new();
        while let Some((at, code)) = self.next.first().cloned().filter(|(at, _)| *at <= now) {
            self.next.remove(&(at, code.clone()));
            let rest = self.known.get(&code).map_or(self.first, |(_, rest)| *rest);
            self.put(&code, now + pause(&code, rest), (rest * 2).min(LONGEST));
            due.push(code);
        }
        due
    }

    /// It had something to do: it is looked at again soon.
    pub(super) fn busy(&mut self, code: &str, now: DateTime<Utc>) {
        if self.known.contains_key(code) {
            self.put(code, now + pause(code, self.first), self.first);
        }
    }

    /// It could not be looked at: that is tried again soon.
    pub(super) fn failed(&mut self, code: &str, now: DateTime<Utc>) {
        if self.known.contains_key(code) {
            self.put(code, now + pause(code, SHORTEST), SHORTEST);
        }
    }

    /// Words may have been lost: everybody is looked at now.
    pub(super) fn everybody(&mut self, now: DateTime<Utc>) {
        for code in self.known.keys().cloned().collect::<Vec<_>>() {
            self.put(&code, now, self.first);
        }
    }

    /// When the next rest is over.
    pub(super) fn next(&self) -> Option<DateTime<Utc>> {
        self.next.first().map(|(at, _)| *at)
    }

    fn put(&mut self, code: &str, at: DateTime<Utc>, rest: i64) {
        if let Some((old, _)) = self.known.insert(code.to_owned(), (at, rest)) {
            self.next.remove(&(old, code.to_owned()));
        }
        self.next.insert((at, code.to_owned()));
    }

    fn forget(&mut self, code: &str) {
        if let Some((at, _)) = self.known.remove(code) {
            self.next.remove(&(at, code.to_owned()));
        }
    }
}

/// A rest and up to half of it more, by the code: the same each time, and another for each.
fn pause(code: &str, rest: i64) -> Duration {
    Duration::milliseconds(rest * 1000 + rest * place(code) / 2)
}

/// The place of a city among all, in thousandths of a span over which they are spread.
pub(super) fn place(code: &str) -> i64 {
    let hash = code
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    i64::try_from(hash >> 40).unwrap_or_default() % 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cities(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("{}", 140_000 + n)).collect()
    }

    /// How many are looked at in each of these minutes, second by second.
    fn looks(sweep: &mut Sweep, from: DateTime<Utc>, minutes: i64) -> Vec<usize> {
        let second = |n: i64| from + Duration::seconds(n);
        (0..minutes).map(|m| (0..60).map(|s| sweep.due(second(m * 60 + s)).len()).sum()).collect()
    }

    #[test]
    fn three_hundred_and_forty_idle_tenants_are_looked_at_less_and_less_and_never_all_at_once() {
        let (mut sweep, start) = (Sweep::new(true), DateTime::UNIX_EPOCH);
        sweep.list(&cities(340), start);
        assert_eq!(sweep.due(start).len(), 340, "at the start everybody is looked at");
        looks(&mut sweep, start, 60);
        let later = looks(&mut sweep, start + Duration::hours(1), 60);
        assert!(later.iter().sum::<usize>() <= 340 * 4, "{later:?}");
        assert!(later.iter().all(|count| *count <= 60), "{later:?}");
    }

    #[test]
    fn a_busy_tenant_is_looked_at_again_soon_and_a_removed_one_no_more() {
        let (mut sweep, start) = (Sweep::new(true), DateTime::UNIX_EPOCH);
        sweep.list(&cities(2), start);
        looks(&mut sweep, start, 120);
        let now = start + Duration::hours(2);
        sweep.busy("140000", now);
        assert!(sweep.next().is_some_and(|at| at <= now + Duration::minutes(6)));
        sweep.list(&cities(1), now);
        let seen = sweep.due(now + Duration::hours(1));
        assert_eq!(seen, ["140000"]);
        sweep.everybody(now);
        assert_eq!(sweep.next(), Some(now));
    }
    #[test]
    fn where_no_word_is_lost_an_idle_tenant_rests_long_from_the_start_unless_it_could_not_be_looked_at() {
        let (mut sweep, start) = (Sweep::new(false), DateTime::UNIX_EPOCH);
        sweep.list(&cities(340), start);
        assert_eq!(sweep.due(start).len(), 340, "at the start everybody is looked at");
        sweep.failed("140007", start);
        let minutes = looks(&mut sweep, start, 16);
        assert_eq!((minutes[1], minutes.iter().sum::<usize>()), (1, 4), "the failed one alone, less and less");
    }
}
