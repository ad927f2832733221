//! What can be the matter with a cell of the form (名录单元格问题).

use kernel::sheet::{CellIssue, Severity, Words};
use serde::{Deserialize, Serialize};

/// A finding about one cell of the directory form (名录单元格问题).
pub type FormIssue = CellIssue<FormIssueCode>;

/// The columns of the form (名录栏目), in its order, and what real files add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Field {
    /// 序号
    Serial,
    /// 零工市场名称
    Name,
    /// 运营性质
    Nature,
    /// 运行时间
    Hours,
    /// 详细地址
    Address,
    /// 求职人员规模（人）
    SeekerScale,
    /// 主要招聘工种
    Trades,
    /// 日均招聘成功人数（人）
    DailySuccesses,
    /// 备注, not in the form but often in the file
    Remark,
}

impl Field {
    /// The form's own heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Serial => "序号",
            Self::Name => "零工市场名称（无正规名称的以约定俗成或所在地址名称代称）",
            Self::Nature => "运营性质（公共/经营性/自形成）",
            Self::Hours => "运行时间",
            Self::Address => "详细地址",
            Self::SeekerScale => "求职人员规模（人）",
            Self::Trades => "主要招聘工种",
            Self::DailySuccesses => "日均招聘成功人数（人）",
            Self::Remark => "备注",
        }
    }

    /// The short name in both languages, for messages.
    pub fn title(self) -> Words {
        match self {
            Self::Serial => Words::new("序号", "serial number"),
            Self::Name => Words::new("零工市场名称", "market name"),
            Self::Nature => Words::new("运营性质", "operating nature"),
            Self::Hours => Words::new("运行时间", "hours"),
            Self::Address => Words::new("详细地址", "address"),
            Self::SeekerScale => Words::new("求职人员规模", "seeker scale"),
            Self::Trades => Words::new("主要招聘工种", "main trades"),
            Self::DailySuccesses => Words::new("日均招聘成功人数", "daily average successes"),
            Self::Remark => Words::new("备注", "remark"),
        }
    }

    /// The eight columns of the form, in its order.
    pub const FORM: [Self; 8] = [
        Self::Serial,
        Self::Name,
        Self::Nature,
        Self::Hours,
        Self::Address,
        Self::SeekerScale,
        Self::Trades,
        Self::DailySuccesses,
    ];
}

/// The kinds of findings (问题代码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FormIssueCode {
    /// A cell the form requires is empty.
    Missing,
    /// A text is longer than the directory keeps.
    TooLong,
    /// Excel turned what was typed into a date.
    BecameDate,
    /// The cell shows a formula error.
    FormulaError,
    /// The name was read as an alias, and why.
    AliasRead,
    /// None of the three natures.
    NatureUnknown,
    /// More than one of the three natures.
    NatureAmbiguous,
    /// The nature was not written in the form's words, and how it was read.
    NatureRead,
    /// Part of the hours is not understood.
    HoursNotUnderstood,
    /// An hour that does not exist, or an opening that lasts no time.
    HoursImpossible,
    /// An opening without a closing or the other way round.
    HoursIncomplete,
    /// A closing before the opening.
    HoursReversed,
    /// Two spans of the same days overlap.
    HoursOverlap,
    /// How a loose statement of hours was read.
    HoursRead,
    /// Not a number of people.
    FigureNotUnderstood,
    /// A range whose end is below its start.
    FigureReversed,
    /// More people than a market can hold.
    FigureTooLarge,
    /// The figure is empty; it will be computed from samples.
    FigureMissing,
    /// How a loose figure was read.
    FigureRead,
    /// More successes than seekers.
    FigureImplausible,
    /// A trade that is not in the catalogue.
    TradeUnknown,
    /// The same name at the same address stands higher up.
    DuplicateMarket,
    /// The value was taken from the row above (同上).
    CopiedFromAbove,
    /// The row was read as the continuation of the market above.
    ContinuationRow,
    /// The row was read as a sub-heading and skipped.
    RowSkipped,
    /// A column the form requires was not found.
    ColumnMissing,
    /// A column that is not in the form was left out.
    ColumnIgnored,
    /// Two columns with the same meaning; the first was taken.
    ColumnDuplicate,
    /// No city above the table.
    CityMissing,
    /// The telephone number of the filer cannot be used.
    PhoneUnusable,
}

/// Characters of a cell that a finding shows, and of the message that quotes it: a hostile file has
/// a hundred thousand bad cells of thirty thousand characters each.
const MAX_VALUE: usize = 120;
const MAX_MESSAGE: usize = 240;

/// A text cut to a number of characters, the cut marked.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn brief(words: Words) -> Words {
    Words::new(shortened(&words.zh, MAX_MESSAGE), shortened(&words.en, MAX_MESSAGE))
}

/// What a rule found in a text, before it is known in which cell it stands (判读结果).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Error or note.
    pub severity: Severity,
    /// The kind.
    pub code: FormIssueCode,
    /// What is the matter.
    pub message: Words,
    /// What to do about it.
    pub hint: Words,
}

impl Finding {
    /// Something that must be corrected.
    pub fn error(code: FormIssueCode, message: Words, hint: Words) -> Self {
        Self { severity: Severity::Error, code, message: brief(message), hint }
    }

    /// Something that was accepted, and how.
    pub fn note(code: FormIssueCode, message: Words) -> Self {
        let hint = Words::new(
            "无需修改；如判读有误，可在导入页面改正，或改正文件后重新导入。",
            "Nothing to do; if this reading is wrong, correct it on the import page, or correct the file and import it again.",
        );
        Self { severity: Severity::Note, code, message: brief(message), hint }
    }

    /// An empty cell the form requires.
    pub fn missing(field: Field, hint: Words) -> Self {
        let title = field.title();
        Self::error(
            FormIssueCode::Missing,
            Words::new(format!("“{}”没有填写。", title.zh), format!("The {} is empty.", title.en)),
            hint,
        )
    }

    /// Places the finding.
    pub fn at(self, row: usize, column: String, column_title: String, value: String) -> FormIssue {
        CellIssue {
            row: u32::try_from(row.saturating_add(1)).unwrap_or(u32::MAX),
            column,
            column_title: shortened(&column_title, MAX_VALUE),
            value: shortened(&value, MAX_VALUE),
            severity: self.severity,
            code: self.code,
            message: self.message,
            hint: self.hint,
        }
    }
}
