//! The pledge of those who hire (用工承诺书), by version: a text that was signed stays as it was.

use chrono::NaiveDate;
use kernel::text::{Lang, Text};

/// A version of the pledge.
#[derive(Debug)]
pub struct Pledge {
    /// Its name.
    pub version: &'static str,
    /// Since when it is the one to be signed.
    pub since: NaiveDate,
    text: Text,
}

/// All versions, the newest last.
static PLEDGES: [Pledge; 1] = [Pledge {
    version: "2026-1",
    since: match NaiveDate::from_ymd_opt(2026, 7, 1) {
        Some(day) => day,
        None => NaiveDate::MIN,
    },
    text: Text::new(include_str!("pledge/2026-1.zh.txt"), include_str!("pledge/2026-1.en.txt")),
}];

impl Pledge {
    /// The heading, and what is promised, one sentence each.
    pub fn read(&self, lang: Lang) -> (&'static str, Vec<&'static str>) {
        let mut lines = self.text.get(lang).lines().map(str::trim).filter(|line| !line.is_empty());
        (lines.next().unwrap_or_default(), lines.collect())
    }
}

/// The one to be signed.
pub fn current() -> &'static Pledge {
    let [.., newest] = &PLEDGES;
    newest
}

/// The one of this name.
pub fn of(version: &str) -> Option<&'static Pledge> {
    PLEDGES.iter().find(|pledge| pledge.version == version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_promise_as_many_things_under_a_heading() {
        for pledge in &PLEDGES {
            let ((zh, promised), (en, also)) = (pledge.read(Lang::Zh), pledge.read(Lang::En));
            assert!(zh.starts_with("用工承诺书") && en.starts_with("Pledge"), "{zh} {en}");
            assert_eq!(promised.len(), also.len(), "{}", pledge.version);
            assert!(promised.len() >= 8);
        }
    }

    #[test]
    fn what_was_signed_is_found_by_its_version_and_the_newest_is_the_one_to_sign() {
        assert_eq!(of("2026-1").map(|pledge| pledge.version), Some("2026-1"));
        assert!(of("2019-1").is_none());
        assert!(PLEDGES.iter().all(|pledge| pledge.since <= current().since));
    }
}
