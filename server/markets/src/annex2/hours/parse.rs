//! Hours, second step (运行时间组句): words become spans.

use super::super::issue::Finding;
use super::scan::{Part, Token};
use super::{
    DAY, EVERY_DAY, HoursReading, HoursSpan, Season, impossible, incomplete, loose, no_hours, no_time, not_understood,
    overlap, render, reversed,
};

/// More openings than a market has; a longer text is no statement of hours.
const MAX_SPANS: usize = 60;

/// A time of day as written.
#[derive(Debug, Clone, Copy)]
struct Time {
    hour: u32,
    minute: u32,
    prefix: Prefix,
}

/// Where the reading stands.
#[derive(Default)]
pub(super) struct Parser {
    pub(super) spans: Vec<HoursSpan>,
    pub(super) notes: Vec<Finding>,
    /// Seasons that hold for the next spans; none means all the year.
    pub(super) seasons: Vec<Season>,
    /// Days that hold for the next spans; 0 means every day.
    pub(super) weekdays: u8,
    /// A span was read since the last season or weekday.
    pub(super) after_span: bool,
    /// A separator was read since the last season.
    pub(super) season_ended: bool,
    /// First span that a qualifier in brackets behind it would hold for.
    pub(super) group: usize,
    /// What was said before the next time.
    prefix: Prefix,
    opening: Option<Opening>,
    pub(super) closed_days: u8,
}

/// What stands before a time of day.
#[derive(Debug, Clone, Copy, Default)]
struct Prefix {
    part: Option<Part>,
    next_day: bool,
}

/// A time that waits for its closing.
#[derive(Debug, Clone, Copy)]
struct Opening {
    time: Time,
    dash: bool,
}

/// Puts the tokens together.
pub(super) fn parse(tokens: &[Token]) -> Result<HoursReading, Finding> {
    let mut parser = Parser::default();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += parser.take(token, &tokens[at + 1..])? + 1;
    }
    parser.finish()
}

impl Parser {
    /// Takes one token; answers how many of the following ones were used up with it.
    pub(super) fn take(&mut self, token: &Token, rest: &[Token]) -> Result<usize, Finding> {
        match token {
            Token::Time(hour, minute) => return self.time(*hour, *minute).map(|()| 0),
            Token::Bare(value) => return self.bare(*value, rest),
            Token::Month(month) => return self.months(*month, rest),
            Token::Weekdays(mask) => return self.weekdays(*mask, rest),
            Token::Season(season, wide) => self.season(*season, *wide),
            Token::Rest => self.rest_of_year()?,
            Token::EveryDay => self.begin_days(),
            Token::Closed => self.closed()?,
            Token::AllDay => self.all_day()?,
            Token::Part(part) => self.prefix.part = Some(*part),
            Token::NextDay => self.prefix.next_day = true,
            Token::Dash => {
                if let Some(opening) = &mut self.opening {
                    opening.dash = true;
                }
            }
            Token::Separator => self.separator()?,
            Token::Open => return Ok(self.bracket(rest)),
            Token::Close => {}
            Token::Holiday => self.holiday(rest)?,
            Token::About => self.about(),
            Token::Day(day) => return Err(not_understood(&format!("{day}日"))),
            Token::Unknown(text) => return Err(not_understood(text)),
        }
        // A holiday swallows the word that says it is closed.
        Ok(usize::from(*token == Token::Holiday && rest.first() == Some(&Token::Closed)))
    }

    fn bare(&mut self, value: u32, rest: &[Token]) -> Result<usize, Finding> {
        // `5-10月`: the first number is a month too.
        if let [Token::Dash, Token::Month(_), ..] = rest {
            return self.months(u8::try_from(value).unwrap_or(u8::MAX), rest);
        }
        if self.opening.is_some_and(|opening| opening.dash)
            || self.prefix.part.is_some()
            || rest.first() == Some(&Token::Dash)
        {
            return self.time(value, 0).map(|()| 0);
        }
        Err(not_understood(&value.to_string()))
    }

    fn time(&mut self, hour: u32, minute: u32) -> Result<(), Finding> {
        let time = Time { hour, minute, prefix: std::mem::take(&mut self.prefix) };
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return Err(impossible(&time.shown()));
        }
        match self.opening {
            None => {
                self.opening = Some(Opening { time, dash: false });
                Ok(())
            }
            Some(opening) if opening.dash || opening.time.spans_to(time) => {
                self.opening = None;
                let (opens, closes) = self.span(opening.time, time)?;
                self.push(opens, closes)
            }
            Some(opening) => Err(incomplete(&opening.time.shown())),
        }
    }

    /// Minutes of opening and closing.
    fn span(&mut self, opening: Time, mut closing: Time) -> Result<(u16, u16), Finding> {
        let shown = format!("{}—{}", opening.clock(), closing.clock());
        let opens = opening.minutes();
        if opens >= u32::from(DAY) {
            return Err(impossible(&opening.shown()));
        }
        let late = matches!(opening.prefix.part, Some(Part::Afternoon | Part::Night));
        if closing.prefix.part.is_none() && late && !closing.prefix.next_day && closing.hour < 12 {
            let evening = Time { prefix: Prefix { part: Some(Part::Afternoon), next_day: false }, ..closing };
            if evening.minutes() > opens {
                closing = evening;
            }
        }
        let mut closes = closing.minutes();
        if closing.prefix.next_day {
            closes += u32::from(DAY);
        } else if closes == opens {
            return Err(no_time(&shown));
        } else if closes < opens {
            // An evening market that closes at night is plausible; 8:00—5:00 is a slip for 17:00.
            closes += u32::from(DAY);
            if opens < 15 * 60 || closes - opens > 14 * 60 {
                return Err(reversed(&shown));
            }
            self.notes.push(loose(
                format!("“{shown}”读作次日结束。"),
                format!("“{shown}” was read as closing on the next day."),
            ));
        }
        if closes > opens + u32::from(DAY) {
            return Err(no_time(&shown));
        }
        Ok((u16::try_from(opens).unwrap_or(0), u16::try_from(closes).unwrap_or(DAY)))
    }

    fn push(&mut self, opens: u16, closes: u16) -> Result<(), Finding> {
        if !self.after_span && self.season_is_open() {
            self.group = self.spans.len();
        }
        let weekdays = if self.weekdays == 0 { EVERY_DAY } else { self.weekdays };
        let seasons = if self.seasons.is_empty() { vec![Season::AllYear] } else { self.seasons.clone() };
        for season in seasons {
            self.spans.push(HoursSpan { season, weekdays, opens, closes });
        }
        if self.spans.len() > MAX_SPANS {
            return Err(not_understood(&render(&self.spans)));
        }
        self.after_span = true;
        Ok(())
    }

    pub(super) fn season_is_open(&self) -> bool {
        self.seasons.is_empty() && self.weekdays == 0
    }

    fn all_day(&mut self) -> Result<(), Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.time.shown()));
        }
        let last = self.spans.last().map(|span| (span.opens, span.closes));
        // `全天24小时` says it twice.
        if self.after_span && last == Some((0, DAY)) { Ok(()) } else { self.push(0, DAY) }
    }

    fn separator(&mut self) -> Result<(), Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.time.shown()));
        }
        self.season_ended = true;
        // In `下午及晚上` nothing is lost; a part of the day holds for the time next to it.
        Ok(())
    }

    fn about(&mut self) {
        let said = self.notes.iter().any(|note| note.message.zh.contains("准点"));
        if !said {
            self.notes.push(loose("大约的时间按准点读取。", "An approximate time was read as exact."));
        }
    }

    fn finish(mut self) -> Result<HoursReading, Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.time.shown()));
        }
        if self.spans.is_empty() {
            return Err(no_hours());
        }
        self.trailing_qualifier()?;
        for span in &mut self.spans {
            if span.weekdays == EVERY_DAY {
                span.weekdays &= !self.closed_days;
            }
        }
        self.spans.retain(|span| span.weekdays != 0);
        if self.spans.is_empty() {
            return Err(not_understood("休息"));
        }
        self.spans.sort_unstable();
        self.spans.dedup();
        if let Some((one, other)) = first_overlap(&self.spans) {
            return Err(overlap(&render(&[one, other])));
        }
        Ok(HoursReading { spans: self.spans, notes: self.notes })
    }
}

/// Two spans that hold for the same season, or one of them for all the year, and share a day and a minute.
fn first_overlap(spans: &[HoursSpan]) -> Option<(HoursSpan, HoursSpan)> {
    spans.iter().enumerate().find_map(|(at, one)| {
        let clash = spans[at + 1..].iter().find(|other| {
            (one.season == other.season || one.season == Season::AllYear)
                && one.weekdays & other.weekdays != 0
                && one.opens < other.closes
                && other.opens < one.closes
        });
        clash.map(|other| (*one, *other))
    })
}

impl Time {
    /// Minutes after midnight on the 24-hour clock, the next day left out.
    fn minutes(self) -> u32 {
        let hour = match (self.prefix.part, self.hour) {
            (Some(Part::Dawn), 12) => 0,
            (Some(Part::Night), 12) => 24,
            (Some(Part::Noon), 1..=2) | (Some(Part::Afternoon), 1..=11) | (Some(Part::Night), 5..=11) => self.hour + 12,
            _ => self.hour,
        };
        hour * 60 + self.minute
    }

    /// `早8晚6` needs no dash.
    fn spans_to(self, closing: Self) -> bool {
        matches!(self.prefix.part, Some(Part::Dawn | Part::Morning))
            && matches!(closing.prefix.part, Some(Part::Noon | Part::Afternoon | Part::Night))
    }

    /// The time on the 24-hour clock.
    fn clock(self) -> String {
        format!("{:02}:{:02}", self.minutes() / 60, self.minutes() % 60)
    }

    /// The time as written.
    fn shown(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}
