//! Numbers of work slips and groups (单号): the day, and twelve characters that are nobody else's.
//!
//! No counter: one row that every hire of a city changes would make all of them wait for each other. An id is made of the
//! microsecond and of a count of its process, and the number is made of those.

use chrono::NaiveDate;
use uuid::Uuid;

/// Read aloud none of them sounds or looks like another: no I, L, O, U.
const LETTERS: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const MICROS_OF_A_DAY: u64 = 86_400_000_000;
/// Bits of the count that an id keeps.
const COUNT_BITS: u32 = 22;

/// The number of what has this id, made on this day: `20261124-7K3M-0Q9T-00AZ`.
#[must_use]
pub fn number(day: NaiveDate, id: Uuid) -> String {
    let bits = id.as_u128();
    let millis = u64::try_from(bits >> 80).unwrap_or_default();
    let micros = u64::try_from((bits >> 66) & 0x3ff).unwrap_or_default();
    let count = u64::try_from((bits >> 40) & 0x3f_ffff).unwrap_or_default();
    let moment = (millis * 1000 + micros) % MICROS_OF_A_DAY;
    let whole = (moment << COUNT_BITS) | count;
    let letter = |n: u32| {
        let at = usize::try_from((whole >> (5 * (11 - n))) & 0x1f).unwrap_or_default();
        LETTERS.get(at).copied().unwrap_or('0')
    };
    let piece = |from: u32| (from..from + 4).map(letter).collect::<String>();
    format!("{}-{}-{}-{}", day.format("%Y%m%d"), piece(0), piece(4), piece(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_thousand_numbers_of_one_moment_differ() {
        let at = chrono::DateTime::from_timestamp_micros(1_795_000_000_123_456).unwrap();
        let day = kernel::clock::day_of(at);
        let numbers: std::collections::HashSet<String> =
            (0..100_000).map(|_| number(day, kernel::clock::new_id(at))).collect();
        assert_eq!(numbers.len(), 100_000);
    }

    #[test]
    fn a_number_says_its_day_and_can_be_read_aloud() {
        let at = chrono::DateTime::from_timestamp_micros(1_795_000_000_123_456).unwrap();
        let number = number(kernel::clock::day_of(at), kernel::clock::new_id(at));
        assert_eq!(number.len(), 23);
        assert!(number.starts_with("202611"));
        assert!(!number.contains(['I', 'L', 'O', 'U']));
    }
}
