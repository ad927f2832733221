//! How often a number is written to, which digits name a question, and what an answer says (短信规则).

use chrono::{DateTime, Duration, Utc};

use crate::checks::half_width;

/// A question may be answered for so long.
pub const QUESTION_OPEN: Duration = Duration::hours(72);
/// Messages that are neither codes nor answers, to one number within a day.
pub const NOTICES_A_DAY: usize = 50;
/// One-time codes to one number: so many within so long.
const CODES: [(usize, Period); 3] = [(1, Period::Minute), (5, Period::Hour), (10, Period::Day)];
/// Questions are numbered up to so many, and begin again.
const NAMES: u32 = 99;

/// Within how long so many are too many (限频周期).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Sixty seconds.
    Minute,
    /// An hour.
    Hour,
    /// Twenty-four hours.
    Day,
}

impl Period {
    /// How long it is.
    #[must_use]
    pub const fn length(self) -> Duration {
        match self {
            Self::Minute => Duration::minutes(1),
            Self::Hour => Duration::hours(1),
            Self::Day => Duration::hours(24),
        }
    }
}

/// So many went to this number within the period; the next may go then (发送过于频繁).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// How many may go.
    pub most: usize,
    /// Within how long.
    pub within: Period,
    /// When the next may go.
    pub again_at: DateTime<Utc>,
}

/// May one more code go to a number that got codes at these moments? The limit that holds longest is told.
pub(super) fn one_more_code(sent: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), TooMany> {
    let mut newest: Vec<DateTime<Utc>> = sent.to_vec();
    newest.sort_unstable_by(|a, b| b.cmp(a));
    let over = CODES.into_iter().filter_map(|(most, within)| {
        // The last of those that fill the period leaves it first.
        let again_at = *newest.get(most.checked_sub(1)?)? + within.length();
        (again_at > now).then_some(TooMany { most, within, again_at })
    });
    over.max_by_key(|over| over.again_at).map_or(Ok(()), Err)
}

/// Did a number get as many notices within a day as it may, of those at these moments?
pub(super) fn is_full(sent: &[DateTime<Utc>], now: DateTime<Utc>) -> bool {
    let since = now - Period::Day.length();
    sent.iter().filter(|at| **at > since).count() >= NOTICES_A_DAY
}

/// The digits that name the next question to a number whose last question had these.
pub(super) fn next_name(last: Option<&str>) -> String {
    let last = last.and_then(|digits| digits.parse::<u32>().ok()).unwrap_or_default();
    format!("{:02}", last % NAMES + 1)
}

/// One way to read an answer: what it says, and the question that it names (回复内容).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) answer: String,
    pub(super) names: Option<String>,
}

impl Reading {
    fn new(answer: &str, names: Option<&str>) -> Self {
        Self { answer: answer.to_owned(), names: names.map(str::to_owned) }
    }
}

/// How an answer may be read, the likeliest first: `1 07` and `107` answer the question 07 if it is open, and `1` the last
/// one. After a 2 comes a sum: `2 50` that names no open question says fifty yuan to the last one.
pub(super) fn readings(text: &str) -> Vec<Reading> {
    let text = half_width(text);
    let is_gap = |c: char| c.is_whitespace() || ",.;:、。-/#".contains(c);
    let text = text.trim_matches(is_gap);
    let is_name = |digits: &str| digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let plain = Reading::new(text, None);
    if let Some((answer, name)) = text.rsplit_once(is_gap).filter(|(_, name)| is_name(name)) {
        let named = Reading::new(answer.trim_end_matches(is_gap), Some(name));
        return if named.answer == "2" { vec![named, plain] } else { vec![named] };
    }
    match text.split_at_checked(1) {
        Some((answer, name)) if is_name(name) && answer.bytes().all(|b| b.is_ascii_digit()) => {
            vec![Reading::new(answer, Some(name)), plain]
        }
        _ => vec![plain],
    }
}

/// Which of the open questions a text answers, the newest of them first: its place, and how the text is read.
pub(super) fn answered<'a>(
    text: &str,
    open: impl Iterator<Item = Option<&'a str>> + Clone,
) -> Option<(usize, Reading)> {
    readings(text).into_iter().find_map(|reading| {
        let place = match &reading.names {
            Some(name) => open.clone().position(|question| question == Some(name.as_str())),
            None => open.clone().next().map(|_| 0),
        };
        place.map(|place| (place, reading))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_416_800 + seconds, 0).unwrap()
    }

    /// May a code go at `now`, and if not, under which limit and until when?
    fn told(sent: &[i64], now: i64) -> Option<(usize, Period, i64)> {
        let sent: Vec<_> = sent.iter().map(|s| at(*s)).collect();
        one_more_code(&sent, at(now))
            .err()
            .map(|over| (over.most, over.within, over.again_at.signed_duration_since(at(0)).num_seconds()))
    }

    #[test]
    fn a_code_goes_once_a_minute_five_times_an_hour_and_ten_times_a_day() {
        assert_eq!(told(&[], 0), None);
        assert_eq!(told(&[0], 59), Some((1, Period::Minute, 60)));
        assert_eq!(told(&[0], 60), None);
        let five = [0, 60, 120, 180, 240];
        assert_eq!(told(&five, 299), Some((5, Period::Hour, 3600)), "the longer wait is told");
        assert_eq!(told(&five, 3599), Some((5, Period::Hour, 3600)));
        assert_eq!(told(&five, 3600), None);
        let ten: Vec<i64> = (0..10).map(|n| n * 3600).collect();
        assert_eq!(told(&ten, 10 * 3600), Some((10, Period::Day, 24 * 3600)));
        assert_eq!(told(&ten, 24 * 3600), None);
    }

    #[test]
    fn in_whatever_order_codes_are_told_of_the_limits_are_the_same() {
        assert_eq!(told(&[240, 0, 180, 60, 120], 300), told(&[0, 60, 120, 180, 240], 300));
    }

    #[test]
    fn a_number_gets_fifty_notices_within_a_day() {
        let sent: Vec<_> = (0..50).map(at).collect();
        assert!(!is_full(&sent[..49], at(60)));
        assert!(is_full(&sent, at(60)));
        assert!(!is_full(&sent, at(24 * 3600)), "the first of them left the day");
    }

    #[test]
    fn questions_are_numbered_one_after_the_other() {
        let mut last = None;
        let mut names = Vec::new();
        for _ in 0..100 {
            let next = next_name(last.as_deref());
            names.push(next.clone());
            last = Some(next);
        }
        assert_eq!(
            (names[0].as_str(), names[8].as_str(), names[98].as_str(), names[99].as_str()),
            ("01", "09", "99", "01")
        );
    }

    #[test]
    fn an_answer_may_name_its_question_however_it_is_written() {
        for text in ["1 07", "1,07", "1，07", " 1  07。", "１　０７", "1-07", "1#07"] {
            assert_eq!(readings(text), [Reading::new("1", Some("07"))], "{text}");
        }
        assert_eq!(readings("明天不能来 12"), [Reading::new("明天不能来", Some("12"))]);
        assert_eq!(readings("2 50"), [Reading::new("2", Some("50")), Reading::new("2 50", None)]);
        assert_eq!(readings("107"), [Reading::new("1", Some("07")), Reading::new("107", None)]);
        for text in ["1", "07", "是", "1 7", "1 007", "是07", ""] {
            assert_eq!(readings(text), [Reading::new(text, None)], "{text}");
        }
    }

    #[test]
    fn the_newest_question_is_answered_unless_another_is_named() {
        let open = [Some("09"), Some("07"), None];
        let place = |text: &str| answered(text, open.into_iter()).map(|(place, reading)| (place, reading.answer));
        assert_eq!(place("1"), Some((0, "1".to_owned())));
        assert_eq!(place("1 07"), Some((1, "1".to_owned())));
        assert_eq!(place("107"), Some((1, "1".to_owned())));
        assert_eq!(place("108"), Some((0, "108".to_owned())), "no such question: it is the answer itself");
        assert_eq!(place("1 08"), None, "whoever names a question means no other");
        assert_eq!(place("2 50"), Some((0, "2 50".to_owned())), "fifty yuan");
        assert_eq!(answered("1", std::iter::empty()), None);
    }
}
