//! The arrival code (到岗码): four digits that change each minute. Whoever is on the site reads them to the worker.

use chrono::{DateTime, Utc};
use kernel::crypto::{Key, blind, join};
use uuid::Uuid;

/// A step, seconds.
pub const STEP: i64 = 60;
/// Wrong codes in a row before the counter or the hiring party must record the arrival.
pub const TRIES: i32 = 5;
/// How many codes there are.
const CODES: u32 = 10_000;

/// The step of a moment.
#[must_use]
pub const fn step(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP)
}

/// The code of a shift in a step.
#[must_use]
pub fn code(key: &Key, shift: Uuid, step: i64) -> String {
    let mac = blind::mac(key, &join(&[b"arrival-1", shift.as_bytes(), &step.to_be_bytes()]));
    let [a, b, c, d, ..] = mac;
    format!("{:04}", u32::from_be_bytes([a, b, c, d]) % CODES)
}

/// Is it the code of this minute, or of the one before?
#[must_use]
pub fn fits(key: &Key, shift: Uuid, now: DateTime<Utc>, typed: &str) -> bool {
    let typed = kernel::sheet::text::tidy(typed);
    let now = step(now);
    [now, now - 1].into_iter().any(|step| code(key, shift, step) == typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [3; 32];

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_code_fits_in_its_minute_and_the_next_and_no_longer() {
        let shift = Uuid::from_u128(7);
        let said = code(&KEY, shift, step(at("2026-11-24T22:00:10Z")));
        assert_eq!(said.len(), 4);
        for (when, good) in [
            ("2026-11-24T22:00:00Z", true),
            ("2026-11-24T22:00:59Z", true),
            ("2026-11-24T22:01:59Z", true),
            ("2026-11-24T22:02:00Z", false),
            ("2026-11-24T21:59:59Z", false),
        ] {
            assert_eq!(fits(&KEY, shift, at(when), &said), good, "{when}");
        }
        assert!(fits(&KEY, shift, at("2026-11-24T22:00:30Z"), &format!(" {said} ")));
    }

    #[test]
    fn another_shift_and_another_city_have_other_codes() {
        let codes = |key: &Key, shift: u128| (0..50).map(|n| code(key, Uuid::from_u128(shift), n)).collect::<Vec<_>>();
        assert_ne!(codes(&KEY, 7), codes(&KEY, 8));
        assert_ne!(codes(&KEY, 7), codes(&[4; 32], 7));
    }
}
