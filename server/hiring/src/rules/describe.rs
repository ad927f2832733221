//! A posting as it is read from its form (读取表单): every value tidied, what was left out filled in, and all that is wrong told at
//! once.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use kernel::clock::{day_of, shanghai};
use kernel::sheet::text::{self, tidy};
use kernel::trades::{TradeMatch, Trades};

use super::flaw::Flaw;
use super::shifts::{self, AHEAD, Kept, Shift};
use crate::forms::PostingInput;
use crate::kinds::{AccidentCover, EngagementType, PayDay, PostingKind, PostingSource, WageUnit};
use kernel::money::yuan;

/// Characters of a title at most.
pub const TITLE: usize = 40;
/// Characters of the duties, from and to.
pub const DUTIES: (usize, usize) = (4, 1000);
/// Characters of conditions, and of words about the pay, at most.
pub const TEXT: usize = 500;
/// Characters of a place, from and to.
pub const PLACE: (usize, usize) = (2, 100);

/// What a form is read against (读取依据).
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// Code of the city.
    pub city: &'a str,
    /// Now.
    pub now: DateTime<Utc>,
    /// The county where none is said.
    pub county: &'a str,
    /// Is the hiring party a unit?
    pub unit: bool,
    /// Where it comes from unless it is said; a hiring party's own entry is online whatever it says.
    pub source: PostingSource,
    /// May the form say where it comes from?
    pub may_say_source: bool,
    /// The trades there are.
    pub trades: &'a Trades,
    /// The shifts that are kept.
    pub kept: &'a [Kept],
}

/// A posting as it is read (招聘信息).
#[derive(Clone, Debug, PartialEq)]
pub struct Described {
    /// Odd job or internship.
    pub kind: PostingKind,
    /// How it became known.
    pub source: PostingSource,
    /// Engagement type.
    pub engagement: EngagementType,
    /// Code of the trade.
    pub trade: String,
    /// What is wanted, in a line.
    pub title: String,
    /// What is to be done.
    pub duties: String,
    /// What is asked of the worker.
    pub conditions: Option<String>,
    /// Places of all shifts together.
    pub headcount: i32,
    /// The wage in fen.
    pub wage_fen: i64,
    /// What it is for.
    pub wage_unit: WageUnit,
    /// When it is paid.
    pub pay_day: PayDay,
    /// What is said about it besides.
    pub pay_text: Option<String>,
    /// Where the work is.
    pub place: String,
    /// Latitude and longitude, GCJ-02.
    pub point: Option<(f64, f64)>,
    /// The county.
    pub county: String,
    /// Who bears an accident.
    pub cover: AccidentCover,
    /// Asks for a certificate.
    pub needs_certificate: bool,
    /// Confirms whoever applies.
    pub instant: bool,
    /// Takes those first who find work hard to get.
    pub priority: bool,
    /// First day it holds.
    pub valid_from: NaiveDate,
    /// Last day it holds.
    pub valid_until: NaiveDate,
    /// Its shifts, in the order of time.
    pub shifts: Vec<Shift>,
}

/// Reads a form; everything that is wrong with it, where something is.
pub fn describe(input: &PostingInput, around: &Around<'_>) -> Result<Described, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let trade = keep(trade(input, around.trades), &mut flaws);
    let (shifts, wrong) = shifts::read(&input.shifts, around.kept, around.now);
    flaws.extend(texts(input));
    flaws.extend(wage(input));
    flaws.extend(wrong);
    let county = keep(county(input, around), &mut flaws);
    let point = keep(point(input, around.city), &mut flaws);
    let valid = keep(valid(input, &shifts, around.now), &mut flaws);
    let kind = input.kind.unwrap_or(PostingKind::OddJob);
    let certified = trade.as_deref().is_some_and(|code| around.trades.needs_certificate(code));
    if kind == PostingKind::Internship {
        flaws.extend(internship(input, around.unit, certified));
    }
    let (Some(trade), Some(county), Some(point), Some((valid_from, valid_until)), true) =
        (trade, county, point, valid, flaws.is_empty())
    else {
        return Err(flaws);
    };
    let headcount = shifts.iter().map(|shift| shift.headcount).sum();
    let said = |text: &Option<String>| text.as_deref().map(tidy).filter(|text| !text.is_empty());
    let title = said(&input.title).unwrap_or_else(|| title(around.trades, &trade, headcount));
    Ok(Described {
        kind,
        source: input.source.filter(|_| around.may_say_source).unwrap_or(around.source),
        engagement: input.engagement.unwrap_or(EngagementType::Temporary),
        needs_certificate: certified || input.needs_certificate.unwrap_or_default(),
        trade,
        title,
        duties: tidy(&input.duties),
        conditions: said(&input.conditions),
        headcount,
        wage_fen: input.wage_fen,
        wage_unit: input.wage_unit,
        pay_day: input.pay_day.unwrap_or(usual_pay_day(input.wage_unit)),
        pay_text: said(&input.pay_text),
        place: tidy(&input.place),
        point,
        county,
        cover: input.cover.unwrap_or(AccidentCover::None),
        instant: input.instant.unwrap_or_default(),
        priority: input.priority.unwrap_or_default(),
        valid_from,
        valid_until,
        shifts,
    })
}

/// The value, or its flaw among the others.
fn keep<T>(read: Result<T, Flaw>, flaws: &mut Vec<Flaw>) -> Option<T> {
    read.map_err(|flaw| flaws.push(flaw)).ok()
}

/// The trade that a form names (工种).
pub(super) fn trade(input: &PostingInput, trades: &Trades) -> Result<String, Flaw> {
    let name: String = text::squash(&input.trade).chars().take(40).collect();
    match trades.resolve(&name) {
        TradeMatch::Exact(code) => Ok(code.to_owned()),
        TradeMatch::Alias { codes: [one] } => Ok(one.clone()),
        TradeMatch::Alias { codes } => {
            let choices: Vec<&str> = codes.iter().filter_map(|code| trades.name(code)).collect();
            Err(Flaw::TradeAmbiguous { name, choices: choices.join("、") })
        }
        TradeMatch::Unknown => Err(Flaw::TradeUnknown { name }),
    }
}

fn length(text: &str) -> usize {
    tidy(text).chars().count()
}

fn texts(input: &PostingInput) -> Vec<Flaw> {
    let longer = |text: &Option<String>, limit: usize| text.as_deref().is_some_and(|text| length(text) > limit);
    let within = |text: &str, (least, limit): (usize, usize)| (least..=limit).contains(&length(text));
    let mut flaws = Vec::new();
    if longer(&input.title, TITLE) {
        flaws.push(Flaw::TitleTooLong { limit: TITLE });
    }
    if !within(&input.duties, DUTIES) {
        flaws.push(Flaw::DutiesMissing { least: DUTIES.0, limit: DUTIES.1 });
    }
    if longer(&input.conditions, TEXT) {
        flaws.push(Flaw::ConditionsTooLong { limit: TEXT });
    }
    if longer(&input.pay_text, TEXT) {
        flaws.push(Flaw::PayTextTooLong { limit: TEXT });
    }
    if !within(&input.place, PLACE) {
        flaws.push(Flaw::PlaceMissing { least: PLACE.0, limit: PLACE.1 });
    }
    flaws
}

/// What a wage can be at all, in fen; what it may be is for the linter.
const fn bounds(unit: WageUnit) -> (i64, i64) {
    match unit {
        WageUnit::Hour => (100, 100_000),
        WageUnit::Day => (1_000, 1_000_000),
        WageUnit::Piece => (1, 1_000_000),
        WageUnit::Job => (100, 10_000_000),
        WageUnit::Month => (10_000, 10_000_000),
    }
}

fn wage(input: &PostingInput) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let (low, high) = bounds(input.wage_unit);
    if !(low..=high).contains(&input.wage_fen) {
        let title = input.wage_unit.title();
        let (unit_zh, unit_en) = (title.zh.to_owned(), title.en.to_owned());
        flaws.push(Flaw::Wage { unit_zh, unit_en, low: yuan(low), high: yuan(high) });
    }
    if input.engagement == Some(EngagementType::PartTime) && input.wage_unit == WageUnit::Month {
        flaws.push(Flaw::PartTimeByMonth);
    }
    flaws
}

fn county(input: &PostingInput, around: &Around<'_>) -> Result<String, Flaw> {
    let said = input.county.as_deref().filter(|code| !code.trim().is_empty()).unwrap_or(around.county);
    markets::county_in(around.city, said).map_err(|words| Flaw::County { zh: words.zh, en: words.en })
}

fn point(input: &PostingInput, city: &str) -> Result<Option<(f64, f64)>, Flaw> {
    let Some(point) = &input.point else { return Ok(None) };
    let point = markets::map_point(point, city).map_err(|words| Flaw::Point { zh: words.zh, en: words.en })?;
    Ok(Some((point.lat, point.lng)))
}

fn valid(input: &PostingInput, shifts: &[Shift], now: DateTime<Utc>) -> Result<(NaiveDate, NaiveDate), Flaw> {
    let today = day_of(now);
    let from = input.valid_from.map_or(today, |day| day.0);
    // A day is the last a posting holds for: it reaches the day on which its last shift ends.
    let last = shifts.iter().map(|shift| day_of(shift.ends_at)).max().unwrap_or(today);
    let farthest = from.checked_add_days(Days::new(AHEAD.unsigned_abs())).unwrap_or(last);
    let until = input.valid_until.map_or(last.min(farthest).max(from), |day| day.0);
    if until < from {
        return Err(Flaw::ValidReversed);
    }
    if until < today {
        return Err(Flaw::ValidOver);
    }
    if until > farthest || from > today + Duration::days(AHEAD) {
        return Err(Flaw::ValidTooLong { days: AHEAD });
    }
    Ok((from, until))
}

fn internship(input: &PostingInput, unit: bool, certified: bool) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    if !unit {
        flaws.push(Flaw::InternshipOfPerson);
    }
    if input.instant == Some(true) {
        flaws.push(Flaw::InternshipInstant);
    }
    if input.wage_unit == WageUnit::Piece {
        flaws.push(Flaw::InternshipByPiece);
    }
    if certified {
        flaws.push(Flaw::InternshipHazard);
    }
    flaws
}

/// Work that is done once is paid when it is done (工资支付暂行规定 art 8); a month's wage each month.
const fn usual_pay_day(unit: WageUnit) -> PayDay {
    match unit {
        WageUnit::Month => PayDay::Monthly,
        WageUnit::Hour | WageUnit::Day | WageUnit::Piece | WageUnit::Job => PayDay::OnCompletion,
    }
}

/// The trade and how many, where nothing else is said.
fn title(trades: &Trades, trade: &str, headcount: i32) -> String {
    format!("招{}{headcount}人", trades.name(trade).unwrap_or(trade))
}

impl Described {
    /// When its first shift begins.
    #[must_use]
    pub fn starts_at(&self) -> DateTime<Utc> {
        self.shifts.iter().map(|shift| shift.starts_at).min().unwrap_or_default()
    }

    /// When its last shift ends.
    #[must_use]
    pub fn ends_at(&self) -> DateTime<Utc> {
        self.shifts.iter().map(|shift| shift.ends_at).max().unwrap_or_default()
    }

    /// Until when somebody can apply.
    #[must_use]
    pub fn closes_at(&self) -> DateTime<Utc> {
        let last = self.shifts.iter().map(|shift| shift.starts_at).max().unwrap_or_default();
        last.min(end_of(self.valid_until))
    }

    /// The wage as a day's of eight hours, for sorting: a month has 21.75 days, a job as many days as it has shifts. By the piece
    /// nothing can be said.
    #[must_use]
    pub fn wage_order(&self) -> i64 {
        let shifts = i64::try_from(self.shifts.len()).unwrap_or(1).max(1);
        match self.wage_unit {
            WageUnit::Hour => self.wage_fen.saturating_mul(8),
            WageUnit::Day => self.wage_fen,
            WageUnit::Month => self.wage_fen.saturating_mul(4) / 87,
            WageUnit::Job => self.wage_fen / shifts,
            WageUnit::Piece => 0,
        }
    }
}

/// The end of a day in Shanghai.
#[must_use]
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day).and_time(chrono::NaiveTime::MIN);
    next.and_local_timezone(shanghai()).single().map(|at| at.to_utc()).unwrap_or_default()
}

#[cfg(test)]
#[path = "describe_tests.rs"]
mod tests;
