//! Hours, the part that says when (运行时间的季节和星期): seasons, months, days of the week.

use super::super::issue::Finding;
use super::parse::Parser;
use super::scan::{Token, day_mask};
use super::{EVERY_DAY, HoursSpan, Season, loose, not_understood, render};

impl Parser {
    /// A season or a month after a span begins a new statement.
    pub(super) fn begin_season(&mut self) {
        if self.after_span {
            self.seasons.clear();
            self.weekdays = 0;
            self.after_span = false;
            self.group = self.spans.len();
        }
    }

    /// Days after a span begin a new statement in the same season.
    pub(super) fn begin_days(&mut self) {
        if self.after_span {
            self.weekdays = 0;
            self.after_span = false;
            self.group = self.spans.len();
        }
    }

    pub(super) fn season(&mut self, season: Season, wide: bool) {
        self.begin_season();
        if season == Season::AllYear {
            return;
        }
        if wide {
            let zh = if season == Season::Summer { "夏季" } else { "冬季" };
            let en = if season == Season::Summer { "summer" } else { "winter" };
            self.notes.push(loose(
                format!("两季合称的时间读作{zh}。"),
                format!("Hours of two seasons together were read as {en}."),
            ));
        }
        // `5月—10月（夏季）`: the months say it more exactly.
        let explained = matches!(self.seasons.last(), Some(Season::Months(..))) && !self.season_ended;
        if !explained && !self.seasons.contains(&season) {
            self.seasons.push(season);
        }
        self.season_ended = false;
    }

    pub(super) fn months(&mut self, from: u8, rest: &[Token]) -> Result<usize, Finding> {
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
        // `1月至12月` is the whole year.
        if to % 12 + 1 != from {
            self.push_months(from, to);
        }
        self.season_ended = false;
        Ok(used)
    }

    pub(super) fn push_months(&mut self, from: u8, to: u8) {
        match self.seasons.last_mut() {
            // `夏季（5月至10月）`: the months say it more exactly.
            Some(last @ (Season::Summer | Season::Winter)) if !self.season_ended => *last = Season::Months(from, to),
            // `5月、6月、7月`
            Some(Season::Months(_, end)) if *end % 12 + 1 == from => *end = to,
            _ => self.seasons.push(Season::Months(from, to)),
        }
    }

    /// The part of the year no span speaks of yet.
    pub(super) fn rest_of_year(&mut self) -> Result<(), Finding> {
        self.begin_season();
        let rest = match self.spans.last().map(|span| span.season) {
            Some(Season::Months(from, to)) => Season::Months(to % 12 + 1, if from == 1 { 12 } else { from - 1 }),
            Some(Season::Summer) => Season::Winter,
            Some(Season::Winter) => Season::Summer,
            _ => return Err(not_understood("其余时间")),
        };
        self.seasons.push(rest);
        self.season_ended = false;
        Ok(())
    }

    pub(super) fn weekdays(&mut self, first: u8, rest: &[Token]) -> Result<usize, Finding> {
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

    pub(super) fn closed(&mut self) -> Result<(), Finding> {
        if self.weekdays == 0 || self.after_span {
            return Err(not_understood("休息"));
        }
        self.closed_days |= self.weekdays;
        self.weekdays = 0;
        // The season before it is not waiting for hours any more.
        self.after_span = !self.spans.is_empty();
        Ok(())
    }

    /// Public holidays follow the State Council's calendar, not the weekly hours.
    pub(super) fn holiday(&mut self, rest: &[Token]) -> Result<(), Finding> {
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

    /// A bracket that only says when, behind spans that do not say it yet, holds for those spans.
    pub(super) fn bracket(&mut self, rest: &[Token]) -> usize {
        let inner: Vec<&Token> = rest.iter().take_while(|token| **token != Token::Close).collect();
        let only_when = !inner.is_empty()
            && inner.iter().all(|token| {
                matches!(
                    token,
                    Token::Season(..)
                        | Token::Bare(_)
                        | Token::Day(_)
                        | Token::Month(_)
                        | Token::Weekdays(_)
                        | Token::EveryDay
                        | Token::Dash
                        | Token::Separator
                )
            });
        if !(only_when && self.after_span && self.season_is_open()) {
            return 0;
        }
        let mut when = Self::default();
        let mut at = 0;
        let tokens: Vec<Token> = inner.iter().map(|token| (*token).clone()).collect();
        while let Some(token) = tokens.get(at) {
            let Ok(used) = when.take(token, &tokens[at + 1..]) else {
                return 0;
            };
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

    /// `8:00-18:00 周一至周五`: what stands last without hours of its own holds for what stands
    /// before it, if nothing else is said there; otherwise it is not clear what it holds for.
    pub(super) fn trailing_qualifier(&mut self) -> Result<(), Finding> {
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
