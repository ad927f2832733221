//! Opening hours and timetables (运行时间): typed spans, their clashes, and what is open when.

use chrono::{Datelike as _, NaiveDate};
use kernel::Lang;
use kernel::sheet::text;

use crate::annex2::Season as FormSeason;
use crate::annex2::hours::{self, HoursSpan};
use crate::forms::HoursInput;
use crate::kinds::{Season, Weekday};

/// Minutes of a day.
pub const DAY: i32 = 1440;
/// All seven days.
pub const EVERY_DAY: i32 = 0b111_1111;
/// Halls open at eight; what opens before that is early opening (提早服务大厅开放时间, 人社部发〔2022〕38号 六).
pub const OFFICE_HOURS: i32 = 8 * 60;
/// Spans of one market or zone at most.
pub const MOST: usize = 40;

/// A span (时段): some days of a part of the year, from one minute to another. Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The part of the year in words.
    pub season: Season,
    /// First month, 1–12.
    pub from_month: i32,
    /// Last month; below the first it lies in the next year.
    pub to_month: i32,
    /// Days of the week; bit 0 is Monday.
    pub weekdays: i32,
    /// Minutes after midnight.
    pub opens: i32,
    /// Minutes after midnight of the day it opens; above 1440 on the next day.
    pub closes: i32,
}

/// What is wrong with spans; rows count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanFlaw {
    /// Not a time of day.
    Time {
        /// The row.
        row: usize,
        /// What was written.
        text: String,
    },
    /// Closes before it opens, or lasts longer than a day.
    Reversed {
        /// The row.
        row: usize,
    },
    /// Months that are none, or only one of the two.
    Months {
        /// The row.
        row: usize,
    },
    /// No day of the week.
    NoWeekday {
        /// The row.
        row: usize,
    },
    /// Two spans share a time.
    Overlap {
        /// The first row.
        first: usize,
        /// The second row.
        second: usize,
    },
    /// More spans than [`MOST`].
    TooMany,
}

/// The months a season stands for unless others are given: summer time of Shanxi's offices is May to September.
#[must_use]
pub const fn months_of(season: Season) -> (i32, i32) {
    match season {
        Season::AllYear => (1, 12),
        Season::Summer => (5, 9),
        Season::Winter => (10, 4),
    }
}

/// Reads spans as filled in, sorted.
pub fn read(inputs: &[HoursInput]) -> Result<Vec<Span>, SpanFlaw> {
    if inputs.len() > MOST {
        return Err(SpanFlaw::TooMany);
    }
    let mut spans = Vec::with_capacity(inputs.len());
    for (at, input) in inputs.iter().enumerate() {
        spans.push(read_one(input, at + 1)?);
    }
    for (at, first) in spans.iter().enumerate() {
        if let Some(other) = spans.iter().skip(at + 1).position(|second| clash(first, second)) {
            return Err(SpanFlaw::Overlap { first: at + 1, second: at + other + 2 });
        }
    }
    spans.sort_unstable();
    Ok(spans)
}

fn read_one(input: &HoursInput, row: usize) -> Result<Span, SpanFlaw> {
    let time = |written: &str| clock(written).ok_or_else(|| SpanFlaw::Time { row, text: written.to_owned() });
    let opens = time(&input.opens)?;
    let closes = time(&input.closes)?;
    if opens >= DAY || closes <= opens || closes > opens + DAY {
        return Err(SpanFlaw::Reversed { row });
    }
    let (from_month, to_month) = match (input.from_month, input.to_month) {
        (None, None) => months_of(input.season),
        (Some(from), Some(to)) if (1..=12).contains(&from) && (1..=12).contains(&to) => (from, to),
        _ => return Err(SpanFlaw::Months { row }),
    };
    let weekdays = mask(&input.weekdays);
    if weekdays == 0 {
        return Err(SpanFlaw::NoWeekday { row });
    }
    Ok(Span { season: input.season, from_month, to_month, weekdays, opens, closes })
}

/// `04:30`, `24:00`, or `+02:00` on the next day, in minutes.
#[must_use]
pub fn clock(written: &str) -> Option<i32> {
    let written = text::squash(written);
    let (next_day, written) = written.strip_prefix('+').map_or((0, written.as_str()), |rest| (DAY, rest));
    let (hour, minute) = written.split_once(':')?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || minute.len() != 2 || !digits(minute) {
        return None;
    }
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= DAY).then_some(next_day + minutes)
}

/// Minutes as `04:30`, `24:00` or `+02:00`.
#[must_use]
pub fn shown(minutes: i32) -> String {
    format!("{}{}", if minutes > DAY { "+" } else { "" }, o_clock(minutes))
}

/// The days as bits.
#[must_use]
pub fn mask(days: &[Weekday]) -> i32 {
    days.iter().fold(0, |mask, day| mask | 1 << (*day as i32))
}

/// The bits as days.
#[must_use]
pub fn days(mask: i32) -> Vec<Weekday> {
    Weekday::ALL.into_iter().filter(|day| mask & (1 << (*day as i32)) != 0).collect()
}

/// Does the span's part of the year hold this month?
#[must_use]
pub fn holds_month(span: &Span, month: i32) -> bool {
    if span.from_month <= span.to_month {
        (span.from_month..=span.to_month).contains(&month)
    } else {
        month >= span.from_month || month <= span.to_month
    }
}

/// Do two spans share a minute of some day?
#[must_use]
pub fn clash(a: &Span, b: &Span) -> bool {
    let same_months = (1..=12).any(|month| holds_month(a, month) && holds_month(b, month));
    // A week as minutes; what runs past Sunday's midnight runs into Monday.
    let minutes = |span: &Span| {
        let span = *span;
        days(span.weekdays).into_iter().map(move |day| {
            let start = (day as i32) * DAY + span.opens;
            (start, start + span.closes - span.opens)
        })
    };
    let week = 7 * DAY;
    same_months
        && minutes(a).any(|(a0, a1)| {
            minutes(b).any(|(b0, b1)| [-week, 0, week].into_iter().any(|turn| a0 < b1 + turn && b0 + turn < a1))
        })
}

/// Is a market with these spans open at `minute` of `day`?
#[must_use]
pub fn is_open(spans: &[Span], day: NaiveDate, minute: i32) -> bool {
    let yesterday = day.pred_opt().unwrap_or(day);
    spans.iter().any(|span| {
        (holds_day(span, day) && span.opens <= minute && minute < span.closes)
            || (holds_day(span, yesterday) && minute + DAY < span.closes)
    })
}

/// The hours of `day` in words, in order, as `04:30–08:00`: first what began the day before and goes on at `minute`.
#[must_use]
pub fn on_day(spans: &[Span], day: NaiveDate, minute: i32, lang: Lang) -> Vec<String> {
    let yesterday = day.pred_opt().unwrap_or(day);
    let times = |day: NaiveDate| {
        let mut times: Vec<(i32, i32)> =
            spans.iter().filter(|span| holds_day(span, day)).map(|span| (span.opens, span.closes)).collect();
        times.sort_unstable();
        times
    };
    let since_yesterday = times(yesterday).into_iter().filter(|(_, closes)| minute + DAY < *closes);
    let since_yesterday = since_yesterday.map(|(opens, closes)| match lang {
        Lang::Zh => format!("昨日{}–今日{}", o_clock(opens), o_clock(closes)),
        Lang::En => format!("{} yesterday–{} today", o_clock(opens), o_clock(closes)),
    });
    since_yesterday.chain(times(day).into_iter().map(|(opens, closes)| time(opens, closes, lang))).collect()
}

/// From when to when, as people say it.
fn time(opens: i32, closes: i32, lang: Lang) -> String {
    match (lang, opens, closes) {
        (Lang::Zh, 0, DAY) => "全天".to_owned(),
        (Lang::En, 0, DAY) => "all day".to_owned(),
        (Lang::Zh, ..) if closes > DAY => format!("{}–次日{}", o_clock(opens), o_clock(closes)),
        (Lang::En, ..) if closes > DAY => format!("{}–{} the next day", o_clock(opens), o_clock(closes)),
        _ => format!("{}–{}", o_clock(opens), o_clock(closes)),
    }
}

/// A time of the clock; the end of a day is 24:00.
fn o_clock(minutes: i32) -> String {
    let minutes = if minutes > DAY { minutes - DAY } else { minutes };
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn holds_day(span: &Span, day: NaiveDate) -> bool {
    let month = i32::try_from(day.month()).unwrap_or_default();
    holds_month(span, month) && span.weekdays & (1 << day.weekday().num_days_from_monday()) != 0
}

/// Does any span open before the office hours of halls?
#[must_use]
pub const fn is_early(span: &Span) -> bool {
    span.opens < OFFICE_HOURS
}

/// A span of the form as ours.
#[must_use]
pub fn from_form(span: &HoursSpan) -> Span {
    let (season, (from_month, to_month)) = match span.season {
        FormSeason::AllYear => (Season::AllYear, months_of(Season::AllYear)),
        FormSeason::Summer => (Season::Summer, months_of(Season::Summer)),
        FormSeason::Winter => (Season::Winter, months_of(Season::Winter)),
        FormSeason::Months(from, to) => (Season::AllYear, (i32::from(from), i32::from(to))),
    };
    Span {
        season,
        from_month,
        to_month,
        weekdays: i32::from(span.weekdays),
        opens: i32::from(span.opens),
        closes: i32::from(span.closes),
    }
}

/// Our span as the form's: a season with months of its own is named by its months.
#[must_use]
pub fn to_form(span: &Span) -> HoursSpan {
    let month = |month: i32| u8::try_from(month).unwrap_or(1);
    let season = match (span.season, (span.from_month, span.to_month) == months_of(span.season)) {
        (Season::AllYear, true) => FormSeason::AllYear,
        (Season::Summer, true) => FormSeason::Summer,
        (Season::Winter, true) => FormSeason::Winter,
        (_, false) => FormSeason::Months(month(span.from_month), month(span.to_month)),
    };
    HoursSpan {
        season,
        weekdays: u8::try_from(span.weekdays).unwrap_or(0),
        opens: u16::try_from(span.opens).unwrap_or(0),
        closes: u16::try_from(span.closes).unwrap_or(0),
    }
}

/// The hours in words: in Chinese those of annex 2.
#[must_use]
pub fn words(spans: &[Span], lang: Lang) -> String {
    match lang {
        Lang::Zh => hours::render(&spans.iter().map(to_form).collect::<Vec<_>>()),
        Lang::En => spans.iter().map(english).collect::<Vec<_>>().join("; "),
    }
}

fn english(span: &Span) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = |number: i32| usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("?");
    let mut parts = Vec::new();
    if (span.from_month, span.to_month) != months_of(Season::AllYear) {
        parts.push(format!("{}–{}", month(span.from_month), month(span.to_month)));
    }
    if span.weekdays != EVERY_DAY {
        let names: Vec<&str> = days(span.weekdays).into_iter().map(|day| day.title().en).collect();
        parts.push(names.join(", "));
    }
    parts.push(time(span.opens, span.closes, Lang::En));
    parts.join(" ")
}

#[cfg(test)]
#[path = "spans_tests.rs"]
mod tests;
