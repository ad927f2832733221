//! Hours (运行时间): by season and weekday, several spans a day, as people write them.
//!
//! `scan` cuts the text into words it knows, `parse` puts them together, `render` writes them back.

mod parse;
mod render;
mod scan;
#[cfg(test)]
pub(super) mod tests;
mod when;

use kernel::sheet::{Cell, Words};
use serde::{Deserialize, Serialize};

use super::issue::{Field, Finding, FormIssueCode};

pub use render::render;

/// Minutes of a day.
pub const DAY: u16 = 1_440;
/// All seven days.
pub const EVERY_DAY: u8 = 0b111_1111;
/// Monday to Friday.
pub const WORKDAYS: u8 = 0b001_1111;
/// Saturday and Sunday.
pub const WEEKEND: u8 = 0b110_0000;

/// The part of the year hours hold for (季节). When summer begins is the city's own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Season {
    /// 全年
    AllYear,
    /// 夏季
    Summer,
    /// 冬季
    Winter,
    /// From one month to another, both included, 1–12; the second may lie in the next year.
    Months(u8, u8),
}

/// One opening (开放时段). Times are minutes after midnight, Asia/Shanghai.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HoursSpan {
    /// The part of the year.
    pub season: Season,
    /// Days of the week; bit 0 is Monday, bit 6 Sunday.
    pub weekdays: u8,
    /// Opens, 0–1439.
    pub opens: u16,
    /// Closes, up to 1440 minutes after opening; above 1440 it is on the next day.
    pub closes: u16,
}

/// Hours as read (运行时间判读): sorted, without doubles, and what to tell about loose readings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HoursReading {
    /// The spans in order of season, days and time.
    pub spans: Vec<HoursSpan>,
    /// Notes about what was read loosely.
    pub notes: Vec<Finding>,
}

/// Reads a cell of the column 运行时间.
pub fn read(cell: &Cell) -> Result<HoursReading, Finding> {
    if let Cell::Date(date) = cell {
        return Err(became_date(&date.text()));
    }
    read_text(&cell.text())
}

/// Reads hours from text.
pub fn read_text(text: &str) -> Result<HoursReading, Finding> {
    if matches!(text.trim(), "" | "-" | "—" | "/" | "无") {
        return Err(Finding::missing(Field::Hours, examples()));
    }
    parse::parse(&scan::scan(text))
}

fn examples() -> Words {
    Words::new(
        "请按“04:30—08:00”“全天”“夏季05:00—19:00；冬季06:00—18:00”或“周一至周五08:00—18:00”的格式填写。",
        "Write for example 04:30—08:00, 全天, 夏季05:00—19:00；冬季06:00—18:00, or 周一至周五08:00—18:00.",
    )
}

fn became_date(shown: &str) -> Finding {
    Finding::error(
        FormIssueCode::BecameDate,
        Words::new(
            format!("单元格是日期或时刻（{shown}），可能是填写“5-9”一类的时段时被 Excel 自动转换。"),
            format!("The cell holds a date or one time ({shown}); Excel makes one out of a span such as 5-9."),
        ),
        Words::new(
            "请把单元格格式改为“文本”后重新填写，例如“05:00—09:00”。",
            "Format the cell as text and type it again, for example 05:00—09:00.",
        ),
    )
}

fn not_understood(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursNotUnderstood,
        Words::new(format!("运行时间中的“{part}”无法识别。"), format!("“{part}” in the hours is not understood.")),
        examples(),
    )
}

fn impossible(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursImpossible,
        Words::new(format!("没有“{part}”这个时刻。"), format!("“{part}” is not a time of day.")),
        Words::new(
            "时刻应在 00:00 至 24:00 之间，分钟应小于 60。",
            "A time lies between 00:00 and 24:00, and its minutes are below 60.",
        ),
    )
}

fn no_time(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursImpossible,
        Words::new(
            format!("“{part}”的开始和结束相同，或超过 24 小时。"),
            format!("“{part}” opens and closes at the same time, or lasts more than 24 hours."),
        ),
        Words::new("全天开放请填“全天”。", "For a market that never closes write 全天."),
    )
}

fn incomplete(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursIncomplete,
        Words::new(
            format!("“{part}”只有一个时刻，缺少开始或结束时间。"),
            format!("“{part}” stands alone: the opening or the closing is missing."),
        ),
        examples(),
    )
}

fn no_hours() -> Finding {
    Finding::error(
        FormIssueCode::HoursIncomplete,
        Words::new("没有写明开始和结束的时刻。", "The times of opening and closing are not given."),
        examples(),
    )
}

fn reversed(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursReversed,
        Words::new(format!("“{part}”的结束早于开始。"), format!("“{part}” closes before it opens.")),
        Words::new(
            "下午请用 24 小时制（如 17:00）；次日结束请填“20:00—次日05:00”。",
            "Use the 24-hour clock for the afternoon (17:00); for a closing on the next day write 20:00—次日05:00.",
        ),
    )
}

fn overlap(part: &str) -> Finding {
    Finding::error(
        FormIssueCode::HoursOverlap,
        Words::new(format!("运行时间相互重叠：{part}。"), format!("Hours overlap: {part}.")),
        Words::new(
            "请合并重叠的时段，或写明各时段适用的季节和星期。",
            "Join the overlapping spans, or say for which season and days each holds.",
        ),
    )
}

fn loose(zh: impl Into<String>, en: impl Into<String>) -> Finding {
    Finding::note(FormIssueCode::HoursRead, Words::new(zh, en))
}
