//! What a party may at this moment (用工资格): read by whoever publishes for it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entities::hiring_party;

use super::pledge;
use crate::parties::kinds::PartyStatus;

/// What a party may at this moment (用工资格).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// It was verified, and is neither suspended nor closed.
    pub verified: bool,
    /// It may publish at once: verified, given the fast lane, and not without it for what it did.
    pub fast_lane: bool,
    /// It may not hire for the time being.
    pub suspended: bool,
    /// It has closed.
    pub closed: bool,
    /// It was told what is missing and has not brought it yet.
    pub rejected: bool,
    /// It signed the pledge that is in force.
    pub pledged: bool,
}

/// What the party may on `today`.
#[must_use]
pub fn standing(party: &hiring_party::Model, today: NaiveDate) -> Standing {
    let status = PartyStatus::of(party);
    let verified = status == PartyStatus::Verified;
    Standing {
        verified,
        fast_lane: verified && party.fast_lane && !is_without_fast_lane(party, today),
        suspended: status == PartyStatus::Suspended,
        closed: status == PartyStatus::Closed,
        rejected: status == PartyStatus::Rejected,
        pledged: party.pledge_version.as_deref() == Some(pledge::current().version),
    }
}

/// Is the fast lane kept from it on `today`?
pub fn is_without_fast_lane(party: &hiring_party::Model, today: NaiveDate) -> bool {
    party.fast_lane_lost_until.is_some_and(|until| until >= today)
}

/// Has it not said for so many days that it still hires?
pub fn is_stale(party: &hiring_party::Model, now: DateTime<Utc>, days: u32) -> bool {
    party.last_confirmed_at < stale_before(now, days)
}

/// Who said so before this moment is stale.
pub fn stale_before(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    now - TimeDelta::days(i64::from(days))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn party() -> hiring_party::Model {
        let began = at("2026-07-01T01:00:00Z");
        hiring_party::Model {
            id: Uuid::nil(),
            version: 1,
            kind: "ENTERPRISE".to_owned(),
            status: "VERIFIED".to_owned(),
            status_reason: None,
            display_name: "晋阳装卸有限公司".to_owned(),
            name: None,
            uscc: Some("91350100M000100Y43".to_owned()),
            citizen_id: None,
            contact_name: Vec::new(),
            contact_phone: Vec::new(),
            contact_index: Vec::new(),
            county: "140105".to_owned(),
            address: None,
            market_id: None,
            agency_id: None,
            registered_by: None,
            fast_lane: true,
            fast_lane_lost_until: None,
            verified_on: None,
            verified_by: None,
            rechecked_on: None,
            pledge_version: None,
            pledged_at: None,
            last_confirmed_at: began,
            created_at: began,
            updated_at: began,
        }
    }

    fn on(party: &hiring_party::Model, day: &str) -> Standing {
        standing(party, day.parse().unwrap())
    }

    #[test]
    fn the_fast_lane_comes_back_the_day_after_the_last_one_without_it() {
        let lost = hiring_party::Model { fast_lane_lost_until: Some("2026-07-10".parse().unwrap()), ..party() };
        assert!(!on(&lost, "2026-07-10").fast_lane);
        assert!(on(&lost, "2026-07-11").fast_lane);
        assert!(on(&lost, "2026-07-10").verified, "it still hires, after review");
    }

    #[test]
    fn who_is_not_verified_has_no_fast_lane_whatever_the_row_says() {
        for status in ["PENDING", "REJECTED", "SUSPENDED", "CLOSED", "UNHEARD_OF"] {
            let other = hiring_party::Model { status: status.to_owned(), ..party() };
            let standing = on(&other, "2026-07-01");
            assert!(!standing.verified && !standing.fast_lane, "{status}");
        }
        let unknown = hiring_party::Model { status: "UNHEARD_OF".to_owned(), ..party() };
        assert!(on(&unknown, "2026-07-01").suspended);
    }

    #[test]
    fn only_the_pledge_in_force_counts_as_signed() {
        assert!(!on(&party(), "2026-07-01").pledged);
        let signed = |version: &str| hiring_party::Model { pledge_version: Some(version.to_owned()), ..party() };
        assert!(on(&signed("2026-1"), "2026-07-01").pledged);
        assert!(!on(&signed("2019-1"), "2026-07-01").pledged);
    }

    #[test]
    fn a_party_is_stale_once_it_has_said_nothing_for_longer_than_the_term() {
        assert!(!is_stale(&party(), at("2026-07-31T01:00:00Z"), 30));
        assert!(is_stale(&party(), at("2026-07-31T01:00:01Z"), 30));
    }
}
