//! Time and ids (时间与标识): arguments, not globals. The only file that asks the machine for either.

use std::sync::Arc;

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
    #[expect(clippy::expect_used, reason = "eight hours are within a day")]
    FixedOffset::east_opt(8 * 3600).expect("UTC+8 is a valid offset")
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

/// A new UUID version 7 at `at`: sorts by time, random in the rest.
#[must_use]
pub fn new_id(at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    let mut random = [0_u8; 10];
    fill_random(&mut random);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// Fills `buffer` from the operating system's generator.
///
/// # Panics
/// When the operating system has no randomness: then no key or token may be made at all.
pub fn fill_random(buffer: &mut [u8]) {
    #[expect(clippy::expect_used, reason = "without randomness no key or token may be made")]
    getrandom::fill(buffer).expect("the operating system gives randomness");
}
