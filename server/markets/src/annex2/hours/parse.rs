//! Hours, second step (运行时间组句): words become spans.

use super::scan::{Part, Token, day_mask};
use super::{
    DAY, EVERY_DAY, HoursReading, HoursSpan, Season, impossible, incomplete, loose, no_time, not_understood,
    overlap, render, reversed,
};
use super::super::issue::Finding;

/// More openings than a market has; a longer text is no statement of hours.
const MAX_SPANS: usize = 60;

/// A time of day as written.
#[derive(Debug, Clone, Copy)]
struct Time {
    hour: u32,
    minute: u32,
    part: Option<Part>,
    next_day: bool,
}

/// Where the reading stands.
#[derive(Default)]
struct Parser {
    spans: Vec<HoursSpan>,
    notes: Vec<Finding>,
    /// Seasons that hold for the next spans; none means all the year.
    seasons: Vec<Season>,
    /// Days that hold for the next spans; 0 means every day.
    weekdays: u8,
    /// A span was read since the last season or weekday.
    after_span: bool,
    /// A separator was read since the last season.
    season_ended: bool,
    /// First span that a qualifier in brackets behind it would hold for.
    group: usize,
    part: Option<Part>,
    next_day: bool,
    opening: Option<Time>,
    dash: bool,
    closed_days: u8,
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
    fn take(&mut self, token: &Token, rest: &[Token]) -> Result<usize, Finding> {
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
            Token::Part(part) => self.part = Some(*part),
            Token::NextDay => self.next_day = true,
            Token::Dash => self.dash = true,
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
        if self.dash || self.part.is_some() || rest.first() == Some(&Token::Dash) {
            return self.time(value, 0).map(|()| 0);
        }
        Err(not_understood(&value.to_string()))
    }

    fn time(&mut self, hour: u32, minute: u32) -> Result<(), Finding> {
        let time = Time { hour, minute, part: self.part.take(), next_day: std::mem::take(&mut self.next_day) };
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return Err(impossible(&time.shown()));
        }
        match self.opening {
            None => {
                self.opening = Some(time);
                self.dash = false;
                Ok(())
            }
            Some(opening) if self.dash || opening.spans_to(time) => {
                self.opening = None;
                self.dash = false;
                let (opens, closes) = self.span(opening, time)?;
                self.push(opens, closes)
            }
            Some(opening) => Err(incomplete(&opening.shown())),
        }
    }

    /// Minutes of opening and closing.
    fn span(&mut self, opening: Time, mut closing: Time) -> Result<(u16, u16), Finding> {
        let shown = format!("{}—{}", opening.shown(), closing.shown());
        let opens = opening.minutes();
        if opens >= u32::from(DAY) {
            return Err(impossible(&opening.shown()));
        }
        let late = matches!(opening.part, Some(Part::Afternoon | Part::Night));
        if closing.part.is_none() && late && !closing.next_day && closing.hour < 12 {
            let evening = Time { part: Some(Part::Afternoon), ..closing };
            if evening.minutes() > opens {
                closing = evening;
            }
        }
        let mut closes = closing.minutes();
        if closing.next_day {
            closes += u32::from(DAY);
        } else if closes == opens {
            return Err(no_time(&shown));
        } else if closes < opens {
            // An evening market that closes at night is plausible; 8:00—5:00 is a slip for 17:00.
            closes += u32::from(DAY);
            if opens < 12 * 60 || closes - opens > 14 * 60 {
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

    fn season_is_open(&self) -> bool {
        self.seasons.is_empty() && self.weekdays == 0
    }

    fn all_day(&mut self) -> Result<(), Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.shown()));
        }
        let last = self.spans.last().map(|span| (span.opens, span.closes));
        // `全天24小时` says it twice.
        if self.after_span && last == Some((0, DAY)) { Ok(()) } else { self.push(0, DAY) }
    }

    fn separator(&mut self) -> Result<(), Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.shown()));
        }
        self.season_ended = true;
        self.dash = false;
        // In `下午及晚上` nothing is lost; a part of the day holds for the time next to it.
        Ok(())
    }

    /// A season or a month after a span begins a new statement.
    fn begin_season(&mut self) {
        if self.after_span {
            self.seasons.clear();
            self.weekdays = 0;
            self.after_span = false;
            self.group = self.spans.len();
        }
    }

    /// Days after a span begin a new statement in the same season.
    fn begin_days(&mut self) {
        if self.after_span {
            self.weekdays = 0;
            self.after_span = false;
            self.group = self.spans.len();
        }
    }

    fn season(&mut self, season: Season, wide: bool) {
        self.begin_season();
        if season == Season::AllYear {
            return;
        }
        if wide {
            let zh = if season == Season::Summer { "夏季" } else { "冬季" };
            let en = if season == Season::Summer { "summer" } else { "winter" };
            self.notes.push(loose(format!("两季合称的时间读作{zh}。"), format!("Hours of two seasons together were read as {en}.")));
        }
        // `5月—10月（夏季）`: the months say it more exactly.
        let explained = matches!(self.seasons.last(), Some(Season::Months(..))) && !self.season_ended;
        if !explained && !self.seasons.contains(&season) {
            self.seasons.push(season);
        }
        self.season_ended = false;
    }

    fn months(&mut self, from: u8, rest: &[Token]) -> Result<usize, Finding> {
        self.begin_season();
        let mut used = 0;
        let mut days = (None, None);
        if let Some(Token::Day(day)) = rest.first() {
            days.0 = Some(*day);
            used += 1;
        }
        let mut to = from;
        if let [Token::Dash, Token::Month(month), ..] = rest[used..] {
            to = month;
            used += 2;
            if let Some(Token::Day(day)) = rest.get(used) {
                days.1 = Some(*day);
                used += 1;
            }
        }
        if !(1..=12).contains(&from) || !(1..=12).contains(&to) {
            return Err(not_understood(&format!("{from}月至{to}月")));
        }
        if days.0.is_some_and(|day| day > 5) || days.1.is_some_and(|day| day < 26) {
            self.notes.push(loose(
                format!("日期按整月读作{from}月至{to}月。"),
                format!("The dates were read as whole months, {from} to {to}."),
            ));
        }
        self.push_months(from, to);
        self.season_ended = false;
        Ok(used)
    }

    fn push_months(&mut self, from: u8, to: u8) {
        match self.seasons.last_mut() {
            // `夏季（5月至10月）`: the months say it more exactly.
            Some(last @ (Season::Summer | Season::Winter)) if !self.season_ended => *last = Season::Months(from, to),
            // `5月、6月、7月`
            Some(Season::Months(_, end)) if *end % 12 + 1 == from => *end = to,
            _ => self.seasons.push(Season::Months(from, to)),
        }
    }

    /// The part of the year no span speaks of yet.
    fn rest_of_year(&mut self) -> Result<(), Finding> {
        self.begin_season();
        let rest = match self.spans.last().map(|span| span.season) {
            Some(Season::Months(from, to)) => {
                Season::Months(to % 12 + 1, if from == 1 { 12 } else { from - 1 })
            }
            Some(Season::Summer) => Season::Winter,
            Some(Season::Winter) => Season::Summer,
            _ => return Err(not_understood("其余时间")),
        };
        self.seasons.push(rest);
        self.season_ended = false;
        Ok(())
    }

    fn weekdays(&mut self, first: u8, rest: &[Token]) -> Result<usize, Finding> {
        self.begin_days();
        let last = match rest {
            [Token::Dash, Token::Weekdays(mask), ..] => Some(*mask),
            // `周一至五`
            [Token::Dash, Token::Bare(day), ..] => day_mask(*day),
            _ => None,
        };
        let Some(last) = last else {
            self.weekdays |= first;
            return Ok(0);
        };
        let (from, to) = (first.trailing_zeros(), last.trailing_zeros());
        if first.count_ones() != 1 || last.count_ones() != 1 {
            return Err(not_understood("星期范围"));
        }
        // `周六至周一` runs over the end of the week.
        let mut day = from;
        loop {
            self.weekdays |= 1 << day;
            if day == to {
                break;
            }
            day = (day + 1) % 7;
        }
        Ok(2)
    }

    fn closed(&mut self) -> Result<(), Finding> {
        if self.weekdays == 0 || self.after_span {
            return Err(not_understood("休息"));
        }
        self.closed_days |= self.weekdays;
        self.weekdays = 0;
        Ok(())
    }

    /// Public holidays follow the State Council's calendar, not the weekly hours.
    fn holiday(&mut self, rest: &[Token]) -> Result<(), Finding> {
        let closed = rest.first() == Some(&Token::Closed);
        // `双休日、节假日休息`: the weekend is closed too.
        if closed && self.weekdays != 0 && !self.after_span {
            self.closed()?;
        }
        self.notes.push(if closed {
            loose("节假日休息未计入每周时间。", "Closing on public holidays is not part of the weekly hours.")
        } else {
            loose("节假日时间未计入每周时间。", "Hours on public holidays are not part of the weekly hours.")
        });
        Ok(())
    }

    fn about(&mut self) {
        let said = self.notes.iter().any(|note| note.message.zh.contains("准点"));
        if !said {
            self.notes.push(loose("大约的时间按准点读取。", "An approximate time was read as exact."));
        }
    }

    /// A bracket that only says when, behind spans that do not say it yet, holds for those spans.
    fn bracket(&mut self, rest: &[Token]) -> usize {
        let inner: Vec<&Token> = rest.iter().take_while(|token| **token != Token::Close).collect();
        let only_when = !inner.is_empty()
            && inner.iter().all(|token| {
                matches!(
                    token,
                    Token::Season(..) | Token::Month(_) | Token::Weekdays(_) | Token::EveryDay | Token::Dash | Token::Separator
                )
            });
        if !(only_when && self.after_span && self.season_is_open()) {
            return 0;
        }
        let mut when = Self::default();
        let mut at = 0;
        let tokens: Vec<Token> = inner.iter().map(|token| (*token).clone()).collect();
        while let Some(token) = tokens.get(at) {
            let Ok(used) = when.take(token, &tokens[at + 1..]) else { return 0 };
            at += used + 1;
        }
        let group = self.spans.split_off(self.group);
        let seasons = if when.seasons.is_empty() { vec![Season::AllYear] } else { when.seasons };
        for season in seasons {
            for span in &group {
                let weekdays = if when.weekdays == 0 { span.weekdays } else { when.weekdays };
                self.spans.push(HoursSpan { season, weekdays, ..*span });
            }
        }
        self.notes.extend(when.notes);
        self.group = self.spans.len();
        self.after_span = false;
        rest.iter().position(|token| *token == Token::Close).map_or(rest.len(), |close| close + 1)
    }

    fn finish(mut self) -> Result<HoursReading, Finding> {
        if let Some(opening) = self.opening {
            return Err(incomplete(&opening.shown()));
        }
        if self.spans.is_empty() {
            return Err(incomplete("运行时间"));
        }
        self.trailing_qualifier()?;
        for span in &mut self.spans {
            if span.weekdays == EVERY_DAY {
                span.weekdays &= !self.closed_days;
            }
        }
        self.spans.retain(|span| span.weekdays != 0);
        self.spans.sort_unstable();
        self.spans.dedup();
        if let Some((one, other)) = first_overlap(&self.spans) {
            return Err(overlap(&render(&[one, other])));
        }
        Ok(HoursReading { spans: self.spans, notes: self.notes })
    }
}

impl Parser {
    /// `8:00-18:00 周一至周五`: what stands last without hours of its own holds for what stands
    /// before it, if nothing else is said there; otherwise it is not clear what it holds for.
    fn trailing_qualifier(&mut self) -> Result<(), Finding> {
        if self.after_span || self.season_is_open() {
            return Ok(());
        }
        let plain = self.spans.iter().all(|span| span.season == Season::AllYear && span.weekdays == EVERY_DAY);
        if !plain || self.seasons.len() > 1 {
            return Err(not_understood(&render(&self.spans)));
        }
        for span in &mut self.spans {
            span.season = self.seasons.first().copied().unwrap_or(Season::AllYear);
            span.weekdays = if self.weekdays == 0 { EVERY_DAY } else { self.weekdays };
        }
        Ok(())
    }
}

/// Two spans of the same season that share a day and a minute.
fn first_overlap(spans: &[HoursSpan]) -> Option<(HoursSpan, HoursSpan)> {
    spans.iter().enumerate().find_map(|(at, one)| {
        let clash = spans[at + 1..].iter().find(|other| {
            one.season == other.season
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
        let hour = match (self.part, self.hour) {
            (Some(Part::Dawn), 12) => 0,
            (Some(Part::Night), 12) => 24,
            (Some(Part::Noon), 1..=2) | (Some(Part::Afternoon), 1..=11) | (Some(Part::Night), 5..=11) => self.hour + 12,
            _ => self.hour,
        };
        hour * 60 + self.minute
    }

    /// `早8晚6` needs no dash.
    fn spans_to(self, closing: Self) -> bool {
        matches!(self.part, Some(Part::Dawn | Part::Morning))
            && matches!(closing.part, Some(Part::Noon | Part::Afternoon | Part::Night))
    }

    fn shown(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}
