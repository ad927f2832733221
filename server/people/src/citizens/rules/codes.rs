//! Codes by text message (短信验证码): how long they are good, how often they are tried, how many are sent.

use async_graphql::Enum;
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A code is good for so long, minutes.
pub(crate) const GOOD_MINUTES: i64 = 5;
/// A code is compared so often at most.
pub(crate) const TRIES: i32 = 5;
/// Between two codes to one number, seconds.
pub(crate) const PAUSE_SECONDS: i64 = 60;
/// Codes to one number a day: with [`TRIES`] each, a guesser has one chance in twenty thousand.
pub(crate) const A_DAY: i32 = 10;
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
    /// The last.
    pub(crate) last_at: DateTime<Utc>,
}

/// Nothing is sent before this moment (稍后再试).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait(pub(crate) DateTime<Utc>);

impl Wait {
    /// Seconds to wait from `now`, at least one.
    pub(crate) fn seconds(self, now: DateTime<Utc>) -> i64 {
        (self.0 - now).num_seconds().max(1)
    }

    /// Minutes to wait from `now`, rounded up.
    pub(crate) fn minutes(self, now: DateTime<Utc>) -> i64 {
        (self.seconds(now) + 59) / 60
    }
}

/// Takes one more of `most` in `window`, with a pause between two.
pub(crate) fn take(
    before: Option<Quota>,
    most: i32,
    window: Duration,
    pause: Duration,
    now: DateTime<Utc>,
) -> Result<Quota, Wait> {
    let Some(running) = before.filter(|quota| quota.since + window > now) else {
        // The pause holds over the end of the window as well.
        return match before.map(|quota| quota.last_at + pause).filter(|until| *until > now) {
            Some(until) => Err(Wait(until)),
            None => Ok(Quota { taken: 1, since: now, last_at: now }),
        };
    };
    if running.last_at + pause > now {
        return Err(Wait(running.last_at + pause));
    }
    if running.taken >= most {
        return Err(Wait(running.since + window));
    }
    Ok(Quota { taken: running.taken + 1, since: running.since, last_at: now })
}

/// The six digits that random bytes give: each as likely as any other, to one in four thousand million million.
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

    fn to_a_number(before: Option<Quota>, now: DateTime<Utc>) -> Result<Quota, Wait> {
        take(before, A_DAY, Duration::days(1), Duration::seconds(PAUSE_SECONDS), now)
    }

    #[test]
    fn a_second_code_within_a_minute_is_told_when_to_come_again() {
        let first = to_a_number(None, at(0)).unwrap();
        assert_eq!(to_a_number(Some(first), at(40)).unwrap_err().seconds(at(40)), 20);
        assert_eq!(to_a_number(Some(first), at(60)).unwrap().taken, 2);
    }

    #[test]
    fn the_eleventh_code_of_a_day_waits_for_the_next() {
        let mut quota = to_a_number(None, at(0)).unwrap();
        for n in 1..10 {
            quota = to_a_number(Some(quota), at(n * 60)).unwrap();
        }
        assert_eq!(quota.taken, A_DAY);
        assert_eq!(to_a_number(Some(quota), at(3600)), Err(Wait(at(86_400))));
        assert_eq!(Wait(at(86_400)).minutes(at(3600)), 23 * 60);
        assert_eq!(to_a_number(Some(quota), at(86_400)).unwrap().taken, 1);
    }

    #[test]
    fn the_pause_holds_where_one_day_ends_and_the_next_begins() {
        let late = Quota { taken: 3, since: at(0), last_at: at(86_390) };
        assert_eq!(to_a_number(Some(late), at(86_400)), Err(Wait(at(86_450))));
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
