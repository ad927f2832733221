//! Who may take a place, and which (报名条件): every bar, in the order in which it is told.

use chrono::{DateTime, NaiveDate, Utc};

use crate::kinds::PostingStatus;

/// What is known of a shift and its posting when somebody wants a place.
#[derive(Clone, Copy, Debug)]
pub struct Offered {
    /// State of the posting.
    pub status: PostingStatus,
    /// Its first day.
    pub valid_from: NaiveDate,
    /// Its last day.
    pub valid_until: NaiveDate,
    /// Until when it counts as fresh.
    pub fresh_until: DateTime<Utc>,
    /// May places of the shift be taken?
    pub open: bool,
    /// When the shift begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Has the hiring party been verified, and is it not suspended?
    pub verified: bool,
    /// Is the trade one that minors are kept from (劳动法 art 64; 未成年工特殊保护规定)?
    pub hazardous: bool,
}

/// What is known of whoever wants it.
#[derive(Clone, Copy, Debug)]
pub struct Seeker {
    /// Are citizen and worker in use?
    pub active: bool,
    /// `MINOR`, `ADULT` …
    pub age: Age,
    /// Points in force.
    pub points: i32,
    /// From how many points on nobody takes a place online; a counter does not ask.
    pub points_limit: Option<i32>,
    /// Acts for the hiring party itself.
    pub own: bool,
}

/// How old somebody is, as far as the law asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Under 16, or unknown: nobody may employ a child (禁止使用童工规定 art 2).
    Child,
    /// 16 or 17.
    Minor,
    /// From 18.
    Adult,
    /// Past the age of retirement.
    OverAge,
}

impl Age {
    /// From the age band of a worker.
    #[must_use]
    pub fn of(band: &str) -> Self {
        match band {
            "MINOR" => Self::Minor,
            "ADULT" | "OLDER" => Self::Adult,
            "OVER_AGE" => Self::OverAge,
            _ => Self::Child,
        }
    }

    /// The age on a day to come (届时年龄) of somebody who has this one now and comes to be over age then; as now where that is not
    /// known to be near.
    #[must_use]
    pub fn on(self, day: NaiveDate, over_age_from: Option<NaiveDate>) -> Self {
        if over_age_from.is_some_and(|from| from <= day) { Self::OverAge } else { self }
    }
}

/// Why a place cannot be taken, whether or not there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// Not published.
    NotPublished,
    /// Closed, withdrawn or taken down.
    Closed,
    /// Its time is over.
    Expired,
    /// The hiring party is not verified, or suspended.
    NotVerified,
    /// Citizen or worker is blocked, or closed by itself.
    Blocked,
    /// Too many points in force.
    Points,
    /// The hiring party's own.
    Own,
    /// Too young for this trade, or for any.
    UnderAge,
}

/// Until when a place may be taken: the start of the shift, or at a counter its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Its start.
    Start,
    /// Its end.
    End,
}

impl Offered {
    /// Why nobody can take a place of it. Who wants one from afar finds it from its first day on and while it is fresh; who hires
    /// says by that alone that it holds.
    #[must_use]
    pub fn bar(&self, today: NaiveDate, now: DateTime<Utc>, until: Until) -> Option<Bar> {
        let afar = until == Until::Start;
        let last = if afar { self.starts_at } else { self.ends_at };
        match self.status {
            PostingStatus::Draft | PostingStatus::InReview | PostingStatus::Returned => Some(Bar::NotPublished),
            PostingStatus::Closed | PostingStatus::Withdrawn | PostingStatus::TakenDown => Some(Bar::Closed),
            PostingStatus::Expired => Some(Bar::Expired),
            PostingStatus::Published | PostingStatus::Filled if self.valid_until < today || last <= now => {
                Some(Bar::Expired)
            }
            PostingStatus::Published | PostingStatus::Filled if afar && self.valid_from > today => {
                Some(Bar::NotPublished)
            }
            PostingStatus::Published | PostingStatus::Filled if afar && self.fresh_until <= now => Some(Bar::Expired),
            PostingStatus::Published | PostingStatus::Filled if !self.open => Some(Bar::Closed),
            PostingStatus::Published | PostingStatus::Filled if !self.verified => Some(Bar::NotVerified),
            PostingStatus::Published | PostingStatus::Filled => None,
        }
    }
}

impl Seeker {
    /// Why this one cannot take a place of it.
    #[must_use]
    pub fn bar(&self, offered: &Offered) -> Option<Bar> {
        if !self.active {
            return Some(Bar::Blocked);
        }
        if self.age == Age::Child || (self.age == Age::Minor && offered.hazardous) {
            return Some(Bar::UnderAge);
        }
        if self.own {
            return Some(Bar::Own);
        }
        self.points_limit.is_some_and(|limit| self.points >= limit).then_some(Bar::Points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_to_be_over_age_until_that_day_is_and_who_comes_to_be_later_is_not() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let from = Some(day("2026-12-01"));
        assert_eq!(Age::Adult.on(day("2026-11-30"), from), Age::Adult);
        assert_eq!(Age::Adult.on(day("2026-12-01"), from), Age::OverAge);
        assert_eq!(Age::OverAge.on(day("2026-12-01"), None), Age::OverAge);
        assert_eq!(Age::Minor.on(day("2026-12-01"), None), Age::Minor);
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    const NOW: &str = "2026-11-23T02:00:00Z";

    fn offered() -> Offered {
        Offered {
            status: PostingStatus::Published,
            valid_from: "2026-11-23".parse().unwrap(),
            valid_until: "2026-11-30".parse().unwrap(),
            fresh_until: at("2026-11-23T02:00:01Z"),
            open: true,
            starts_at: at("2026-11-23T22:00:00Z"),
            ends_at: at("2026-11-24T08:00:00Z"),
            verified: true,
            hazardous: false,
        }
    }

    fn seeker() -> Seeker {
        Seeker { active: true, age: Age::Adult, points: 0, points_limit: Some(6), own: false }
    }

    fn bar(offered: Offered) -> Option<Bar> {
        offered.bar("2026-11-23".parse().unwrap(), at(NOW), Until::Start)
    }

    #[test]
    fn places_of_what_is_published_and_open_can_be_taken() {
        assert_eq!(bar(offered()), None);
        assert_eq!(bar(Offered { status: PostingStatus::Filled, ..offered() }), None, "for the stand-by list");
    }

    #[test]
    fn each_state_of_a_posting_has_its_bar() {
        for (status, expected) in [
            (PostingStatus::Draft, Bar::NotPublished),
            (PostingStatus::InReview, Bar::NotPublished),
            (PostingStatus::Returned, Bar::NotPublished),
            (PostingStatus::Closed, Bar::Closed),
            (PostingStatus::Withdrawn, Bar::Closed),
            (PostingStatus::TakenDown, Bar::Closed),
            (PostingStatus::Expired, Bar::Expired),
        ] {
            assert_eq!(bar(Offered { status, ..offered() }), Some(expected), "{status:?}");
        }
    }

    #[test]
    fn what_has_begun_or_is_past_its_last_day_is_expired() {
        assert_eq!(bar(Offered { starts_at: at(NOW), ..offered() }), Some(Bar::Expired));
        assert_eq!(bar(Offered { valid_until: "2026-11-22".parse().unwrap(), ..offered() }), Some(Bar::Expired));
        let begun = Offered { starts_at: at("2026-11-23T01:00:00Z"), ..offered() };
        assert_eq!(begun.bar("2026-11-23".parse().unwrap(), at(NOW), Until::End), None, "at the counter");
    }

    #[test]
    fn what_is_not_valid_yet_or_stale_takes_nobody_from_afar() {
        let ahead = Offered { valid_from: "2026-11-24".parse().unwrap(), ..offered() };
        let stale = Offered { fresh_until: at(NOW), ..offered() };
        assert_eq!((bar(ahead), bar(stale)), (Some(Bar::NotPublished), Some(Bar::Expired)));
        for one in [ahead, stale] {
            assert_eq!(
                one.bar("2026-11-23".parse().unwrap(), at(NOW), Until::End),
                None,
                "who hires says that it holds"
            );
        }
    }

    #[test]
    fn a_closed_shift_and_an_unverified_hiring_party_bar_it() {
        assert_eq!(bar(Offered { open: false, ..offered() }), Some(Bar::Closed));
        assert_eq!(bar(Offered { verified: false, ..offered() }), Some(Bar::NotVerified));
    }

    #[test]
    fn minors_are_kept_from_hazardous_trades_and_children_from_all() {
        let hazardous = Offered { hazardous: true, ..offered() };
        let minor = Seeker { age: Age::Minor, ..seeker() };
        assert_eq!(minor.bar(&offered()), None);
        assert_eq!(minor.bar(&hazardous), Some(Bar::UnderAge));
        assert_eq!(seeker().bar(&hazardous), None);
        assert_eq!(Seeker { age: Age::of("UNKNOWN"), ..seeker() }.bar(&offered()), Some(Bar::UnderAge));
    }

    #[test]
    fn the_blocked_the_hiring_party_itself_and_those_with_many_points_take_none_online() {
        assert_eq!(Seeker { active: false, ..seeker() }.bar(&offered()), Some(Bar::Blocked));
        assert_eq!(Seeker { own: true, ..seeker() }.bar(&offered()), Some(Bar::Own));
        assert_eq!(Seeker { points: 6, ..seeker() }.bar(&offered()), Some(Bar::Points));
        assert_eq!(Seeker { points: 6, points_limit: None, ..seeker() }.bar(&offered()), None, "the counter hires");
    }
}
