//! When the province takes over a city's liaison person.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Is what arrives news to the province? The same person's row is a repetition, and one named before the known one comes
/// too late. Counts say nothing: a city that is set up anew or restored counts from 1 again.
#[must_use]
pub(crate) fn is_news(known: Option<(Uuid, DateTime<Utc>)>, arriving: (Uuid, DateTime<Utc>)) -> bool {
    known.is_none_or(|(liaison, changed_at)| liaison != arriving.0 && changed_at <= arriving.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_or_belated_person_is_no_news_and_another_is_whatever_its_count() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let known = (Uuid::from_u128(1), at("2026-12-01T00:00:00Z"));
        assert!(is_news(None, known));
        assert!(!is_news(Some(known), known));
        assert!(is_news(Some(known), (Uuid::from_u128(2), at("2026-12-02T00:00:00Z"))));
        assert!(!is_news(Some(known), (Uuid::from_u128(2), at("2026-11-30T00:00:00Z"))));
    }
}
