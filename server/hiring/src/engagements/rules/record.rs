//! The worker's own record (零工履历): what it says, and how it is signed (M§6.8). It is the worker's; nobody is ranked by it.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::crypto::{Key, hash, join, sign};
use serde::{Deserialize, Serialize};

/// A piece of work that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The day.
    pub day: NaiveDate,
    /// Code of the trade.
    pub trade: String,
    /// Its name.
    pub trade_name: String,
    /// Time worked, minutes.
    pub minutes: i32,
    /// What the worker says was paid, fen.
    pub paid_fen: Option<i64>,
}

/// A trade in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfTrade {
    /// Code of the trade.
    pub trade: String,
    /// Its name.
    pub trade_name: String,
    /// Days.
    pub days: i64,
    /// Minutes.
    pub minutes: i64,
    /// Paid, fen.
    pub paid_fen: i64,
}

/// What a record comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// Days on which work was done.
    pub days: i64,
    /// Minutes.
    pub minutes: i64,
    /// Paid, fen.
    pub paid_fen: i64,
    /// By trade, the most days first.
    pub trades: Vec<OfTrade>,
}

/// Adds up what was done: a day counts once, and once in each trade.
#[must_use]
pub fn sums(done: &[Done]) -> Sums {
    use std::collections::{BTreeMap, BTreeSet};
    let days: BTreeSet<NaiveDate> = done.iter().map(|one| one.day).collect();
    let mut trades: BTreeMap<&str, (BTreeSet<NaiveDate>, OfTrade)> = BTreeMap::new();
    for one in done {
        let (days, of) = trades.entry(&one.trade).or_insert_with(|| {
            let of = OfTrade {
                trade: one.trade.clone(),
                trade_name: one.trade_name.clone(),
                days: 0,
                minutes: 0,
                paid_fen: 0,
            };
            (BTreeSet::new(), of)
        });
        days.insert(one.day);
        of.minutes += i64::from(one.minutes);
        of.paid_fen += one.paid_fen.unwrap_or(0);
    }
    let count = |days: &BTreeSet<NaiveDate>| i64::try_from(days.len()).unwrap_or(i64::MAX);
    let mut trades: Vec<OfTrade> =
        trades.into_values().map(|(days, of)| OfTrade { days: count(&days), ..of }).collect();
    trades.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.trade.cmp(&b.trade)));
    Sums {
        days: count(&days),
        minutes: done.iter().map(|one| i64::from(one.minutes)).sum(),
        paid_fen: done.iter().filter_map(|one| one.paid_fen).sum(),
        trades,
    }
}

/// A record as it is handed out; its bytes are what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number.
    pub number: String,
    /// GB/T 2260 code of the city.
    pub city: String,
    /// The city.
    pub city_name: String,
    /// The worker's name.
    pub name: String,
    /// When it was handed out.
    pub issued_at: DateTime<Utc>,
    /// What it comes to.
    pub sums: Sums,
    /// What was done, the newest first.
    pub done: Vec<Done>,
}

/// A record's fingerprint and signature, in lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// SHA-256 of the record's text.
    pub digest: String,
    /// Ed25519 over city, number and digest.
    pub signature: String,
}

fn message(city: &str, number: &str, digest: &str) -> Vec<u8> {
    join(&[b"yizhan-record-1", city.as_bytes(), number.as_bytes(), digest.as_bytes()])
}

/// Signs the text of a record.
#[must_use]
pub fn signed(seed: &Key, city: &str, number: &str, text: &[u8]) -> Signed {
    let digest = hash::sha256_hex(text);
    let signature = sign::sign(seed, &message(city, number, &digest));
    Signed { digest, signature: hex(&signature) }
}

/// Did this city sign a record of this number and fingerprint?
#[must_use]
pub fn is_signed(seed: &Key, city: &str, number: &str, signed: &Signed) -> bool {
    let Some(signature) = unhex(&signed.signature) else { return false };
    let Ok(signature) = <[u8; 64]>::try_from(signature.as_slice()) else { return false };
    let digest = signed.digest.trim().to_ascii_lowercase();
    sign::verify(&sign::public_key(seed), &message(city, number.trim(), &digest), &signature)
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // A string takes whatever is written to it.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16)?.try_into().ok()).collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    pairs.remainder().is_empty().then(|| pairs.map(|pair| pair.iter().fold(0, |byte, d| byte << 4 | d)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(day: &str, trade: &str, minutes: i32, paid_fen: Option<i64>) -> Done {
        let trade_name = format!("工种{trade}");
        Done { day: day.parse().unwrap(), trade: trade.to_owned(), trade_name, minutes, paid_fen }
    }

    #[test]
    fn two_shifts_of_one_day_are_one_day_and_two_trades_of_one_day_are_one_in_each() {
        let sums = sums(&[
            done("2026-11-24", "A", 240, Some(8_000)),
            done("2026-11-24", "A", 180, Some(6_000)),
            done("2026-11-24", "B", 60, None),
            done("2026-11-25", "A", 480, Some(18_000)),
        ]);
        assert_eq!((sums.days, sums.minutes, sums.paid_fen), (2, 960, 32_000));
        let trades: Vec<_> = sums.trades.iter().map(|t| (t.trade.as_str(), t.days, t.minutes, t.paid_fen)).collect();
        assert_eq!(trades, [("A", 2, 900, 32_000), ("B", 1, 60, 0)]);
    }

    #[test]
    fn a_record_is_the_citys_as_it_was_handed_out_and_no_other() {
        let seed = [5; 32];
        let good = signed(&seed, "140100", "20261124-AAAA", b"{}");
        assert!(is_signed(&seed, "140100", "20261124-AAAA", &good));
        let spaced = Signed { signature: format!(" {} ", good.signature.to_uppercase()), ..good.clone() };
        assert!(is_signed(&seed, "140100", "20261124-AAAA", &spaced), "as it is typed from paper");
        assert!(!is_signed(&seed, "140200", "20261124-AAAA", &good), "another city");
        assert!(!is_signed(&seed, "140100", "20261124-AAAB", &good), "another number");
        let changed = Signed { digest: hash::sha256_hex(b"{ }"), ..good.clone() };
        assert!(!is_signed(&seed, "140100", "20261124-AAAA", &changed), "another text");
        for signature in ["", "zz", "abc"] {
            let bad = Signed { signature: signature.to_owned(), ..good.clone() };
            assert!(!is_signed(&seed, "140100", "20261124-AAAA", &bad), "{signature}");
        }
    }
}
