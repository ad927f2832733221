//! Time and ids (时间与标识): arguments, not globals. The only file that asks the machine for either.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, Utc};
use parking_lot::Mutex;
use uuid::Uuid;

/// Where time and chance come from.
pub trait Clock: Send + Sync + 'static {
    /// Now, cut to microseconds, which both back ends keep.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time comes from")]
    fn now(&self) -> DateTime<Utc> {
        cut(Utc::now())
    }
}

/// A clock that stands still until it is moved: for tests and for the demo's sample data.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<DateTime<Utc>>>);

impl ManualClock {
    /// Stands at `at`.
    #[must_use]
    pub fn at(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(cut(at))))
    }

    /// Moves forward (or back).
    pub fn advance(&self, by: chrono::Duration) {
        let mut now = self.0.lock();
        *now += by;
    }

    /// Puts it at `at`.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock() = cut(at);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock()
    }
}

fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

/// Asia/Shanghai: UTC+8 all year since 1991.
#[must_use]
pub fn shanghai() -> FixedOffset {
    const { FixedOffset::east_opt(8 * 3600).expect("eight hours are within a day") }
}

/// The calendar day in Asia/Shanghai.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&shanghai()).date_naive()
}

/// The calendar year in Asia/Shanghai.
#[must_use]
pub fn year_of(at: DateTime<Utc>) -> i32 {
    day_of(at).year()
}

/// Numbers the ids of this process, so that those of one microsecond sort as they were made.
static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A new UUID version 7 at `at`: sorts by time to the microsecond, then as made, random in the rest (RFC 9562, 6.2).
#[must_use]
pub fn new_id(at: DateTime<Utc>) -> Uuid {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or_default();
    let mut random = random_of_an_id();
    let [_, count @ ..] = COUNTER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    random[..2].copy_from_slice(&fraction(micros));
    // The variant takes the two highest of these.
    random[2..5].copy_from_slice(&count);
    uuid::Builder::from_unix_timestamp_millis(micros / 1000, &random).into_uuid()
}

/// The first of all ids that can be made at `at`, to the microsecond: those from it on are of this moment or later ones.
#[must_use]
pub fn first_id(at: DateTime<Utc>) -> Uuid {
    let micros = u64::try_from(at.timestamp_micros()).unwrap_or_default();
    let mut rest = [0; OF_AN_ID];
    rest[..2].copy_from_slice(&fraction(micros));
    uuid::Builder::from_unix_timestamp_millis(micros / 1000, &rest).into_uuid()
}

/// Microseconds of a millisecond, in the first two bytes after it, of which the version takes the four highest bits.
fn fraction(micros: u64) -> [u8; 2] {
    (u16::try_from(micros % 1000).unwrap_or_default() << 2).to_be_bytes()
}

/// Random bytes of an id.
const OF_AN_ID: usize = 10;

thread_local! {
    /// Those of the next ids of this thread: one way into the operating system for a hundred of them.
    static NEXT: RefCell<Vec<[u8; OF_AN_ID]>> = const { RefCell::new(Vec::new()) };
}

fn random_of_an_id() -> [u8; OF_AN_ID] {
    NEXT.with_borrow_mut(|next| {
        loop {
            if let Some(bytes) = next.pop() {
                return bytes;
            }
            next.resize(100, [0; OF_AN_ID]);
            fill_random(next.as_flattened_mut());
        }
    })
}

/// Fills `buffer` from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness: then no key or token may be made at all.
pub fn fill_random(buffer: &mut [u8]) {
    #[expect(clippy::expect_used, reason = "without randomness no key or token may be made")]
    getrandom::fill(buffer).expect("the operating system gives randomness");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_id_of_a_moment_stands_before_its_ids_and_behind_those_of_the_moment_before() {
        let at = DateTime::from_timestamp_micros(1_795_000_000_123_456).unwrap();
        for micros in [0, 1, 543, 544, 999_999] {
            let at = at + chrono::Duration::microseconds(micros);
            let (before, first, of_it) = (new_id(at - chrono::Duration::microseconds(1)), first_id(at), new_id(at));
            assert!(before < first && first < of_it, "{before} {first} {of_it}");
        }
    }

    #[test]
    fn ids_of_one_moment_sort_as_they_were_made_and_later_ones_after_them() {
        let at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        let ids: Vec<Uuid> = (0..5000).map(|_| new_id(at)).collect();
        assert!(ids.is_sorted());
        assert!(ids.last() < Some(&new_id(at + chrono::Duration::microseconds(1))));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert_eq!(ids.first().unwrap().get_timestamp().unwrap().to_unix(), (1_700_000_000, 123_000_000));
    }
}
