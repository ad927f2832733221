//! The working calendar (工作日历): which day is a working day, and when a deadline falls due.
//!
//! Every deadline counted in 工作日 stands on the yearly notice of the State Council (国务院办公厅关于部分节假日
//! 安排的通知), which moves days off and makes up for them on weekends (调休). A year without a notice is
//! counted by the plain week, and every result that touches it is marked *provisional*, to be
//! recomputed when the notice is loaded. Days are dates in Asia/Shanghai; pure functions, no clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::packs::{Pack, PackError, Table};

/// What a day is (日期类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DayKind {
    /// An ordinary working day (工作日).
    Working,
    /// A weekend day worked to make up for a holiday (调休上班).
    ShiftedWorking,
    /// An ordinary weekend day (周末).
    Weekend,
    /// A day off by the yearly notice (放假), weekend days inside the holiday included.
    Off,
}

impl DayKind {
    /// Whether offices work on such a day.
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::ShiftedWorking)
    }
}

/// Whether a deadline counts working days or calendar days (计日方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, async_graphql::Enum)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DayCount {
    /// Working days (工作日).
    Working,
    /// Calendar days (自然日).
    Calendar,
}

/// A due day (到期日).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Due {
    /// The last day on which the thing may still be done.
    pub date: NaiveDate,
    /// True where a year without a published calendar was counted by the plain week: recompute when its
    /// notice is loaded, and say so wherever the date is shown.
    pub provisional: bool,
}

/// The working calendar (工作日历) of one or more years.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pack: Pack,
    days: BTreeMap<NaiveDate, Override>,
    published: BTreeSet<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Override {
    working: bool,
    statutory: Option<bool>,
}

static STANDARD: LazyLock<Calendar> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the embedded file is read by a test of this module")]
    Calendar::from_csv(
        "working-calendar.csv",
        "国务院办公厅关于2025年、2026年部分节假日安排的通知 (gov.cn content_6986383, content_7047091)",
        include_str!("../data/working-calendar.csv"),
    )
    .expect("the embedded calendar is valid")
});

impl Calendar {
    /// The calendar that ships with the software: the notices for 2025 and 2026.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads a calendar: columns `date` (`2026-10-01`), `kind` (`off` or `work`) and optionally `statutory`
    /// (`1`: wages are tripled, 法定节假日; `0`: only a day off). A year counts as published when its New
    /// Year's Day is in the file, since every notice begins with it.
    ///
    /// # Errors
    /// [`PackError`] with the line and column; nothing is taken over then.
    pub fn from_csv(name: &str, source: &str, text: &str) -> Result<Self, PackError> {
        let table = Table::read(text)?;
        let (date, kind) = (table.column("date")?, table.column("kind")?);
        let statutory = table.optional("statutory");
        let mut days = BTreeMap::new();
        for (line, row) in table.rows() {
            let day: NaiveDate =
                row.get(date).and_then(|d| d.parse().ok()).ok_or(PackError::Value { line, column: "date" })?;
            let working = match row.get(kind) {
                Some("off") => false,
                Some("work") => true,
                _ => return Err(PackError::Value { line, column: "kind" }),
            };
            let statutory = match statutory.and_then(|at| row.get(at)) {
                None | Some("") => None,
                Some("1") => Some(true),
                Some("0") => Some(false),
                Some(_) => return Err(PackError::Value { line, column: "statutory" }),
            };
            if days.insert(day, Override { working, statutory }).is_some() {
                return Err(PackError::Duplicate { line, column: "date" });
            }
        }
        let published = days.keys().filter(|d| d.ordinal() == 1).map(Datelike::year).collect();
        let pack = Pack {
            name: name.to_owned(),
            source: source.to_owned(),
            valid_from: days.keys().next().copied(),
            rows: table.len(),
        };
        Ok(Self { pack, days, published })
    }

    /// This calendar with another notice laid over it: days of the newer one win. The provenance of both
    /// is kept.
    #[must_use]
    pub fn with(mut self, newer: &Self) -> Self {
        self.days.extend(newer.days.iter().map(|(day, entry)| (*day, *entry)));
        self.published.extend(&newer.published);
        self.pack.source = format!("{}; {}", self.pack.source, newer.pack.source);
        self.pack.valid_from = self.days.keys().next().copied();
        self.pack.rows = self.days.len();
        self
    }

    /// Where the calendar comes from.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The years for which the notice is known, ascending.
    pub fn published_years(&self) -> Vec<i32> {
        self.published.iter().copied().collect()
    }

    /// Whether the notice of the year is known.
    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }

    /// What the day is.
    pub fn day(&self, date: NaiveDate) -> DayKind {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        match (self.days.get(&date), weekend) {
            (Some(Override { working: false, .. }), _) => DayKind::Off,
            (Some(Override { working: true, .. }), true) => DayKind::ShiftedWorking,
            (None, true) => DayKind::Weekend,
            (Some(Override { working: true, .. }) | None, false) => DayKind::Working,
        }
    }

    /// Whether offices work on the day.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.day(date).is_working()
    }

    /// Whether work on the day is paid threefold (法定节假日, 劳动法 art 44). `None` where no list of statutory
    /// days is loaded for the day's year: a day off is not necessarily one.
    pub fn is_statutory_holiday(&self, date: NaiveDate) -> Option<bool> {
        let first = NaiveDate::from_ymd_opt(date.year(), 1, 1)?;
        let last = NaiveDate::from_ymd_opt(date.year(), 12, 31)?;
        let known = self.days.range(first..=last).any(|(_, day)| day.statutory.is_some());
        known.then(|| self.days.get(&date).is_some_and(|day| day.statutory == Some(true)))
    }

    /// The `n`-th working day after `start`; the day of receipt itself is not counted (民法典 art 201).
    /// With `n` = 0 it is `start`, whatever kind of day that is.
    pub fn add_working_days(&self, start: NaiveDate, n: u32) -> Due {
        self.walk(start, n, NaiveDate::succ_opt)
    }

    /// The `n`-th working day before `date`: when a warning is due ahead of a deadline.
    pub fn working_days_before(&self, date: NaiveDate, n: u32) -> Due {
        self.walk(date, n, NaiveDate::pred_opt)
    }

    /// `n` calendar days after `start`, not moved for weekends; never provisional.
    pub fn add_calendar_days(&self, start: NaiveDate, n: u32) -> Due {
        let date = start.checked_add_days(Days::new(u64::from(n))).unwrap_or(NaiveDate::MAX);
        Due { date, provisional: false }
    }

    /// The due day by either way of counting.
    pub fn add_days(&self, start: NaiveDate, n: u32, count: DayCount) -> Due {
        match count {
            DayCount::Working => self.add_working_days(start, n),
            DayCount::Calendar => self.add_calendar_days(start, n),
        }
    }

    /// The day itself if it is worked, else the last working day before it.
    pub fn shift_to_previous_working_day(&self, date: NaiveDate) -> Due {
        self.shift(date, NaiveDate::pred_opt)
    }

    /// The day itself if it is worked, else the next working day (顺延, 民法典 art 203).
    pub fn shift_to_next_working_day(&self, date: NaiveDate) -> Due {
        self.shift(date, NaiveDate::succ_opt)
    }

    /// Working days after `from` up to and including `to`; 0 if `to` is not after `from`. Inverse of
    /// [`Calendar::add_working_days`] for a working `to`.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| self.is_working(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// Working days of a month, 1 to 12.
    pub fn working_days_in_month(&self, year: i32, month: u32) -> u32 {
        let Some(first) = NaiveDate::from_ymd_opt(year, month, 1) else { return 0 };
        let days = first.iter_days().take_while(|day| day.month() == month).filter(|day| self.is_working(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// Walks until `n` working days are passed; provisional when any day walked over is in an unpublished
    /// year. Stops at the end of the calendar's range of dates.
    fn walk(&self, start: NaiveDate, n: u32, step: fn(&NaiveDate) -> Option<NaiveDate>) -> Due {
        let mut due = Due { date: start, provisional: !self.is_published(start.year()) };
        let mut left = n;
        while left > 0 {
            let Some(next) = step(&due.date) else { return due };
            due.date = next;
            due.provisional |= !self.is_published(next.year());
            if self.is_working(next) {
                left -= 1;
            }
        }
        due
    }

    fn shift(&self, date: NaiveDate, step: fn(&NaiveDate) -> Option<NaiveDate>) -> Due {
        if self.is_working(date) {
            return Due { date, provisional: !self.is_published(date.year()) };
        }
        self.walk(date, 1, step)
    }
}

#[cfg(test)]
mod tests;
