//! Rate buckets (限流) by account, address and tenant.

use std::collections::hash_map::RandomState;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{NotUntil, Quota, RateLimiter};

use super::answer::Refusal;
use super::limits::Limits;

/// Buckets with one quota and one bucket per key.
pub(crate) struct Buckets<K: Hash + Eq + Clone> {
    limiter: Option<RateLimiter<K, HashMapStateStore<K, RandomState>, DefaultClock>>,
    /// Counts down to the next sweep of full buckets.
    until_sweep: AtomicU32,
}

/// How many checks pass between two sweeps.
const SWEEP_EVERY: u32 = 1_000;

impl<K: Hash + Eq + Clone> Buckets<K> {
    /// So many a second, three seconds' worth at once; zero is no limit.
    pub(crate) fn new(per_second: u32) -> Self {
        Self { limiter: quota(per_second).map(RateLimiter::hashmap), until_sweep: AtomicU32::new(SWEEP_EVERY) }
    }

    /// So many a minute, all of them at once if need be; zero is no limit.
    pub(crate) fn per_minute(count: u32) -> Self {
        let quota = NonZeroU32::new(count).map(Quota::per_minute);
        Self { limiter: quota.map(RateLimiter::hashmap), until_sweep: AtomicU32::new(SWEEP_EVERY) }
    }

    /// Takes one from the bucket of this key.
    pub(crate) fn take(&self, key: &K) -> Result<(), Refusal> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        if self.until_sweep.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.until_sweep.store(SWEEP_EVERY, Ordering::Relaxed);
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        limiter.check_key(key).map_err(|wait| refusal(&wait))
    }

    /// How many keys are remembered.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.limiter.as_ref().map_or(0, RateLimiter::len)
    }
}

/// One bucket.
pub(crate) struct Bucket(Option<RateLimiter<NotKeyed, InMemoryState, DefaultClock>>);

impl Bucket {
    /// So many a second, three seconds' worth at once; zero is no limit.
    pub(crate) fn new(per_second: u32) -> Self {
        Self(quota(per_second).map(RateLimiter::direct))
    }

    /// Takes one.
    pub(crate) fn take(&self) -> Result<(), Refusal> {
        match &self.0 {
            Some(limiter) => limiter.check().map_err(|wait| refusal(&wait)),
            None => Ok(()),
        }
    }
}

/// The buckets of a tenant.
pub(crate) struct TenantRates {
    accounts: Buckets<u128>,
    addresses: Buckets<IpAddr>,
    proofs: Buckets<IpAddr>,
    whole: Bucket,
}

impl TenantRates {
    /// Buckets of these sizes.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            accounts: Buckets::new(limits.account_per_second),
            addresses: Buckets::new(limits.address_per_second),
            proofs: Buckets::per_minute(limits.proofs_per_minute),
            whole: Bucket::new(limits.tenant_per_second),
        }
    }

    /// Before anything is known but the address. The tenant's bucket comes last, so that one
    /// address over its own limit does not empty it for everybody.
    pub(crate) fn take_address(&self, ip: IpAddr) -> Result<(), Refusal> {
        self.addresses.take(&neighbourhood(ip))
    }

    /// Before a password, a code or a token is looked at: guessing at many names from one place is slow as well.
    pub(crate) fn take_proof(&self, ip: IpAddr) -> Result<(), Refusal> {
        self.proofs.take(&neighbourhood(ip))
    }

    /// Once the account is known.
    pub(crate) fn take_account(&self, account: Option<u128>) -> Result<(), Refusal> {
        if let Some(account) = account {
            self.accounts.take(&account)?;
        }
        self.whole.take()
    }
}

/// An IPv6 household holds a whole /64; one bucket for it.
fn neighbourhood(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn quota(per_second: u32) -> Option<Quota> {
    let rate = NonZeroU32::new(per_second)?;
    let burst = NonZeroU32::new(per_second.saturating_mul(3))?;
    Some(Quota::per_second(rate).allow_burst(burst))
}

fn refusal(wait: &NotUntil<<DefaultClock as Clock>::Instant>) -> Refusal {
    let wait = wait.wait_time_from(DefaultClock::default().now());
    let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
    Refusal::rate_limited(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_after_its_burst_and_says_how_long_to_wait() {
        let bucket = Bucket::new(1);
        for _ in 0..3 {
            assert_eq!(bucket.take(), Ok(()));
        }
        let refusal = bucket.take().unwrap_err();
        assert_eq!(refusal.code.name(), "RATE_LIMITED");
        assert_eq!(refusal.retry_after, Some(1));
    }

    #[test]
    fn zero_is_no_limit() {
        let buckets = Buckets::new(0);
        for _ in 0..10_000 {
            assert_eq!(buckets.take(&7_u128), Ok(()));
        }
        assert_eq!(buckets.len(), 0);
    }

    #[test]
    fn one_account_does_not_empty_the_bucket_of_another() {
        let buckets = Buckets::new(1);
        for _ in 0..3 {
            buckets.take(&1_u128).unwrap();
        }
        assert!(buckets.take(&1).is_err());
        assert_eq!(buckets.take(&2), Ok(()));
    }

    #[test]
    fn proofs_from_one_address_are_counted_by_the_minute() {
        let rates = TenantRates::new(&Limits { proofs_per_minute: 2, ..Limits::default() });
        let (here, there): (IpAddr, IpAddr) = ("203.0.113.7".parse().unwrap(), "203.0.113.8".parse().unwrap());
        assert_eq!((rates.take_proof(here), rates.take_proof(here)), (Ok(()), Ok(())));
        let refusal = rates.take_proof(here).unwrap_err();
        assert!(refusal.retry_after.is_some_and(|seconds| seconds > 1 && seconds <= 31), "{refusal:?}");
        assert_eq!(rates.take_proof(there), Ok(()));
    }

    #[test]
    fn addresses_of_one_ipv6_household_share_a_bucket() {
        let one: IpAddr = "2001:db8:1:2:3::1".parse().unwrap();
        let two: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        assert_eq!(neighbourhood(one), neighbourhood(two));
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(neighbourhood(mapped), "10.0.0.1".parse::<IpAddr>().unwrap());
    }
}
