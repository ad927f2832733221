//! Lock-out that does not become a weapon (登录失败处理, GB/T 22239-2019 8.1.4.1 b).
//!
//! Failures count per user name *and* network, so that a stranger who guesses cannot keep the owner out. Whoever spreads
//! guesses over many networks meets the account's own, slower count: from then on a network the owner never used must
//! show a one-time code before the password is even looked at. Unknown user names are counted and answered alike.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};

/// So many failures from one network, and it waits for [`BLOCK_MINUTES`].
pub(crate) const FAILURES: i32 = 5;
/// How long it waits then, in minutes; each further failure doubles it, to a day at most.
pub(crate) const BLOCK_MINUTES: i64 = 20;
/// So many failures of one account from anywhere within a day, and strange networks need a one-time code.
pub(crate) const ALARM: i32 = 50;
/// So many wrong codes behind the right password within a day, and strange networks are not looked at.
pub(crate) const WRONG_CODES: i32 = 10;
/// Failures are remembered for so long, in hours.
pub(crate) const MEMORY_HOURS: i64 = 24;

/// A count of failures (失败计数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many.
    pub failures: i32,
    /// Since when.
    pub first_at: DateTime<Utc>,
    /// The last.
    pub last_at: DateTime<Utc>,
    /// Until when nothing is looked at.
    pub blocked_until: Option<DateTime<Utc>>,
}

impl Tally {
    /// Does it still count at `now`?
    #[must_use]
    pub(crate) fn is_remembered(&self, now: DateTime<Utc>) -> bool {
        self.last_at + Duration::hours(MEMORY_HOURS) > now || self.blocked_until.is_some_and(|until| until > now)
    }

    /// Did it pass `limit` within the day that its first failure began?
    #[must_use]
    pub(crate) fn has_passed(&self, limit: i32, now: DateTime<Utc>) -> bool {
        self.failures >= limit && self.first_at + Duration::hours(MEMORY_HOURS) > now
    }
}

/// No attempt is looked at before this moment (稍后再试).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Blocked(pub DateTime<Utc>);

impl Blocked {
    /// Minutes to wait from `now`, rounded up.
    #[must_use]
    pub(crate) fn minutes(self, now: DateTime<Utc>) -> i64 {
        let seconds = (self.0 - now).num_seconds();
        (seconds.max(1) + 59) / 60
    }
}

/// Takes an attempt from a network: counted as a failure at once, so that parallel guesses cannot pass together; what
/// turns out to be right is given back.
pub(crate) fn take(before: Option<Tally>, now: DateTime<Utc>) -> Result<Tally, Blocked> {
    let before = before.filter(|tally| tally.is_remembered(now));
    if let Some(until) = before.and_then(|tally| tally.blocked_until).filter(|until| *until > now) {
        return Err(Blocked(until));
    }
    let failures = before.map_or(0, |tally| tally.failures).saturating_add(1);
    Ok(Tally {
        failures,
        first_at: before.map_or(now, |tally| tally.first_at),
        last_at: now,
        blocked_until: delay(failures).map(|wait| now + wait),
    })
}

/// Counts a failure of the account as a whole, in windows of a day.
#[must_use]
pub(crate) fn count(before: Option<Tally>, now: DateTime<Utc>) -> Tally {
    let running = before.filter(|tally| tally.first_at + Duration::hours(MEMORY_HOURS) > now);
    Tally {
        failures: running.map_or(0, |tally| tally.failures).saturating_add(1),
        first_at: running.map_or(now, |tally| tally.first_at),
        last_at: now,
        blocked_until: None,
    }
}

/// Gives an attempt back that was no failure; `None` when nothing is left to remember.
#[must_use]
pub(crate) fn give_back(tally: Tally) -> Option<Tally> {
    (tally.failures > 1).then(|| Tally { failures: tally.failures - 1, blocked_until: None, ..tally })
}

/// How long a network waits after its `failures`-th failure: 4 s, 8 s, 20 min, 40 min … at most a day.
#[must_use]
pub(crate) fn delay(failures: i32) -> Option<Duration> {
    let doublings = |n: i32| 2_i64.saturating_pow(u32::try_from(n).unwrap_or_default().min(16));
    match failures {
        ..=2 => None,
        3..FAILURES => Some(Duration::seconds(doublings(failures - 1))),
        _ => {
            let minutes = BLOCK_MINUTES.saturating_mul(doublings(failures - FAILURES));
            Some(Duration::minutes(minutes.min(MEMORY_HOURS * 60)))
        }
    }
}

/// The network an address belongs to (来源网段): /24 of IPv4, /48 of IPv6. All that is kept of an address.
#[must_use]
pub(crate) fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + seconds, 0).unwrap()
    }

    fn failed(times: i32) -> (Tally, DateTime<Utc>) {
        let (mut tally, mut now) = (take(None, at(0)).unwrap(), at(0));
        for _ in 1..times {
            now = tally.blocked_until.unwrap_or(now);
            tally = take(Some(tally), now).unwrap();
        }
        (tally, now)
    }

    #[test]
    fn the_fifth_failure_closes_a_network_for_twenty_minutes() {
        let (tally, now) = failed(5);
        assert_eq!(tally.blocked_until, Some(now + Duration::minutes(20)));
        let refused = take(Some(tally), now + Duration::minutes(19)).unwrap_err();
        assert_eq!(refused.minutes(now + Duration::minutes(19)), 1);
        assert_eq!(take(Some(tally), now + Duration::minutes(20)).map(|t| t.failures), Ok(6));
    }

    #[test]
    fn a_person_who_mistypes_twice_may_try_again_at_once() {
        let (tally, now) = failed(2);
        assert_eq!(tally.blocked_until, None);
        assert!(take(Some(tally), now).is_ok());
    }

    #[test]
    fn the_delay_doubles_and_ends_at_a_day() {
        let minutes: Vec<i64> = (5..=8).filter_map(delay).map(|d| d.num_minutes()).collect();
        assert_eq!(minutes, [20, 40, 80, 160]);
        assert_eq!(delay(3), Some(Duration::seconds(4)));
        assert_eq!(delay(4), Some(Duration::seconds(8)));
        assert_eq!(delay(i32::MAX), Some(Duration::hours(24)));
    }

    #[test]
    fn an_attempt_that_was_right_leaves_nothing_behind() {
        let tally = take(None, at(0)).unwrap();
        assert_eq!(give_back(tally), None);
        let (tally, _) = failed(4);
        assert_eq!(give_back(tally).map(|t| (t.failures, t.blocked_until)), Some((3, None)));
    }

    #[test]
    fn failures_are_forgotten_after_a_day() {
        let (tally, now) = failed(4);
        assert_eq!(take(Some(tally), now + Duration::hours(25)).map(|t| t.failures), Ok(1));
    }

    #[test]
    fn the_account_is_alarmed_by_fifty_failures_within_a_day_and_not_by_fifty_in_two() {
        let mut tally = count(None, at(0));
        for _ in 1..ALARM {
            tally = count(Some(tally), at(60));
        }
        assert!(tally.has_passed(ALARM, at(61)));
        assert!(!tally.has_passed(ALARM, at(24 * 3600)));
        assert_eq!(count(Some(tally), at(24 * 3600)).failures, 1);
    }

    #[test]
    fn of_an_address_only_its_network_is_kept() {
        let ip = |text: &str| network(text.parse().unwrap());
        assert_eq!(ip("59.49.12.77"), "59.49.12.0/24");
        assert_eq!(ip("::ffff:59.49.12.77"), "59.49.12.0/24");
        assert_eq!(ip("2408:8215:a1:7::9"), "2408:8215:a1::/48");
    }
}
