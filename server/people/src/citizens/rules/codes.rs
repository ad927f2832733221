//! Codes by text message (短信验证码): how long they are good, how often they are tried, how many a network may ask for. How many
//! go to one number is the rule of those who send messages: ten a day, with five tries each, leave a guesser one chance in
//! twenty thousand.

use async_graphql::Enum;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A code is good for so long, minutes.
pub(crate) const GOOD_MINUTES: i64 = 5;
/// A code is compared so often at most.
pub(crate) const TRIES: i32 = 5;
/// Codes are counted by network in windows of so long, minutes.
pub(crate) const WINDOW_MINUTES: i64 = 60;
/// Codes that were used or are over are kept so long, hours: the owner of a number may ask what was sent.
pub(crate) const KEPT_HOURS: i64 = 24;

/// What a code is good for (验证码用途). A code for one thing is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize, Deserialize)]
pub enum PhoneCodePurpose {
    /// Signing in (登录).
    SignIn,
    /// Saying at a counter that one agrees to the notice (柜台办理时确认知情同意).
    Consent,
    /// Changing the number: one to the present number, one to the new one (更换手机号).
    ChangePhone,
    /// Having one's own data handed out or erased (导出或删除本人信息).
    OwnData,
}

impl PhoneCodePurpose {
    /// As stored.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "SIGN_IN",
            Self::Consent => "CONSENT",
            Self::ChangePhone => "CHANGE_PHONE",
            Self::OwnData => "OWN_DATA",
        }
    }
}

/// A count of codes (额度).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    /// How many.
    pub(crate) taken: i32,
    /// Since when.
    pub(crate) since: DateTime<Utc>,
}

/// Takes one more of `most` in an hour, or says from when on one may be taken.
pub(crate) fn take(before: Option<Quota>, most: i32, now: DateTime<Utc>) -> Result<Quota, DateTime<Utc>> {
    let window = Duration::minutes(WINDOW_MINUTES);
    match before.filter(|quota| quota.since + window > now) {
        None => Ok(Quota { taken: 1, since: now }),
        Some(running) if running.taken >= most => Err(running.since + window),
        Some(running) => Ok(Quota { taken: running.taken + 1, ..running }),
    }
}

/// Seconds to wait until then, at least one.
pub(crate) fn seconds_until(then: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    ((then - now).num_milliseconds() + 999).div_euclid(1000).max(1)
}

/// The six digits that random bytes give: each code as likely as any other.
pub(crate) fn digits(random: [u8; 8]) -> String {
    format!("{:06}", u64::from_be_bytes(random) % 1_000_000)
}

/// A code as it was typed: digits of either width, without blanks; `None` if it is no code at all.
pub(crate) fn typed(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_782_867_600 + seconds, 0).unwrap()
    }

    #[test]
    fn a_network_that_asked_for_as_many_as_it_may_waits_until_its_hour_is_over() {
        let first = take(None, 3, at(0)).unwrap();
        let third = take(Some(take(Some(first), 3, at(10)).unwrap()), 3, at(20)).unwrap();
        assert_eq!(third, Quota { taken: 3, since: at(0) });
        assert_eq!(take(Some(third), 3, at(30)), Err(at(3600)));
        assert_eq!(take(Some(third), 3, at(3600)), Ok(Quota { taken: 1, since: at(3600) }));
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_and_is_never_none() {
        assert_eq!(seconds_until(at(20), at(0)), 20);
        assert_eq!(seconds_until(at(0) + Duration::milliseconds(1), at(0)), 1);
        assert_eq!(seconds_until(at(0), at(5)), 1);
    }

    #[test]
    fn a_code_has_six_digits_and_is_read_however_it_was_typed() {
        assert_eq!(digits(7_u64.to_be_bytes()), "000007");
        assert_eq!(digits(u64::MAX.to_be_bytes()).len(), 6);
        assert_eq!(typed(" 12 34 56 "), Some("123456".to_owned()));
        assert_eq!(typed("１２３４５６"), Some("123456".to_owned()));
        for none in ["", "12345", "1234567", "12a456"] {
            assert_eq!(typed(none), None, "{none}");
        }
    }
}
