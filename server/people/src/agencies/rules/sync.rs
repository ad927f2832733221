//! What is news of an agency that another store tells of (同步规则). What an agency is and what was decided about its licence
//! are two things: of each the later word counts, and the city that registered an agency, or the province, says it.

use chrono::{DateTime, TimeDelta, Utc};
use entities::agency;

use super::licence::may_change;

/// What to take over (采纳).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct News {
    /// What it is and what its licence says.
    pub identity: bool,
    /// What was decided about its licence.
    pub status: bool,
}

impl News {
    /// All of it.
    pub const ALL: Self = Self { identity: true, status: true };

    /// Nothing.
    #[must_use]
    pub const fn is_none(self) -> bool {
        !self.identity && !self.status
    }
}

/// How the province answers to what a city tells (省级处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It takes this over.
    Takes(News),
    /// It takes this over, but what was decided about the licence stands, and the city is told so.
    Upholds(News),
    /// Another city registered the agency before: its word stands.
    Elsewhere,
}

/// The moment a word is said, always later than the one before.
#[must_use]
pub fn stamp(now: DateTime<Utc>, before: Option<DateTime<Utc>>) -> DateTime<Utc> {
    before.map_or(now, |before| now.max(before + TimeDelta::microseconds(1)))
}

/// What the province makes of what `city` tells of its own agency.
#[must_use]
pub fn at_province(known: Option<&agency::Model>, told: &agency::Model, city: &str) -> Answer {
    let Some(known) = known.filter(|known| known.home.is_some()) else { return Answer::Takes(News::ALL) };
    if known.home.as_deref() != Some(city) {
        return Answer::Elsewhere;
    }
    let identity = told.amended_at > known.amended_at;
    let decided = told.status_at > known.status_at;
    if decided && !may_change(known, city) {
        return Answer::Upholds(News { identity, status: false });
    }
    Answer::Takes(News { identity, status: decided })
}

/// What a city makes of what the province tells: of an agency it has only heard of, or that another city registered before
/// it did, all of it.
#[must_use]
pub fn at_city(known: Option<&agency::Model>, told: &agency::Model) -> News {
    let Some(known) = known.filter(|known| known.home == told.home) else { return News::ALL };
    News { identity: told.amended_at > known.amended_at, status: told.status_at > known.status_at }
}

#[cfg(test)]
mod tests {
    use super::super::licence::tests::{agency, moment};
    use super::*;

    fn told(amended: &str, decided: Option<&str>) -> agency::Model {
        agency::Model { amended_at: Some(moment(amended)), status_at: decided.map(moment), ..agency() }
    }

    const ONE: &str = "2026-07-01T01:00:00Z";
    const TWO: &str = "2026-07-01T02:00:00Z";

    #[test]
    fn the_same_word_told_twice_is_news_once() {
        let word = told(ONE, Some(ONE));
        assert_eq!(at_province(None, &word, "140100"), Answer::Takes(News::ALL));
        assert_eq!(at_province(Some(&word), &word, "140100"), Answer::Takes(News::default()));
        assert!(at_city(Some(&word), &word).is_none());
    }

    #[test]
    fn a_word_that_comes_late_undoes_nothing() {
        let (earlier, later) = (told(ONE, None), told(TWO, Some(TWO)));
        assert_eq!(at_province(Some(&later), &earlier, "140100"), Answer::Takes(News::default()));
        let half = told(TWO, None);
        assert_eq!(at_city(Some(&half), &later), News { identity: false, status: true });
    }

    #[test]
    fn of_two_cities_that_register_one_licence_the_first_at_the_province_stands() {
        let known = told(ONE, None);
        let second = agency::Model { home: Some("140200".to_owned()), ..told(TWO, None) };
        assert_eq!(at_province(Some(&known), &second, "140200"), Answer::Elsewhere);
        assert_eq!(at_city(Some(&second), &known), News::ALL, "whoever came second takes over what stands");
        let heard = agency::Model { home: None, amended_at: None, ..agency() };
        assert_eq!(at_city(Some(&heard), &known), News::ALL);
        assert_eq!(at_province(Some(&heard), &second, "140200"), Answer::Takes(News::ALL));
    }

    #[test]
    fn a_city_does_not_lift_what_the_province_imposed_meanwhile() {
        let imposed = agency::Model {
            status: "REVOKED".to_owned(),
            status_by: Some(kernel::store::PLATFORM.to_owned()),
            ..told(ONE, Some(ONE))
        };
        let lifted = told(TWO, Some(TWO));
        let upheld = Answer::Upholds(News { identity: true, status: false });
        assert_eq!(at_province(Some(&imposed), &lifted, "140100"), upheld);
        let own = agency::Model { status_by: Some("140100".to_owned()), ..imposed };
        assert_eq!(at_province(Some(&own), &lifted, "140100"), Answer::Takes(News::ALL));
    }

    #[test]
    fn a_second_word_of_one_moment_is_later_than_the_first() {
        let first = stamp(moment(ONE), None);
        let second = stamp(moment(ONE), Some(first));
        assert!(first == moment(ONE) && second > first);
        assert_eq!(stamp(moment(TWO), Some(second)), moment(TWO));
    }
}
