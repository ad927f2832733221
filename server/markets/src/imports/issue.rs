//! What is the matter with a cell (单元格问题): what annex 2 finds in it, and what only the directory can tell.

use kernel::sheet::Words;

use crate::annex2::{Field, FormIssue};
use crate::kinds::{ImportAction, OperatingNature};
use crate::rows::{cell_issue, import_row};

/// No county could be read from the address.
pub const NO_COUNTY: &str = "NO_COUNTY";
/// The address lies in another city.
pub const OTHER_CITY: &str = "OTHER_CITY";
/// The county is not one the caller looks after.
pub const OUTSIDE_REACH: &str = "OUTSIDE_REACH";
/// Another row of the file is the same market. Annex 2 has the same code for rows that are equal to the letter.
pub const DUPLICATE_MARKET: &str = "DUPLICATE_MARKET";
/// A market in the directory would lack what it was listed for.
const LISTED_LACKS: &str = "LISTED_LACKS";
/// The market was amended or registered after the check.
const AMENDED_SINCE: &str = "AMENDED_SINCE";
/// The county has several markets of this name, and the address tells none of them.
pub const AMBIGUOUS_MARKET: &str = "AMBIGUOUS_MARKET";
/// A market that nobody runs cannot be flagged.
pub const PUBLIC_INTEREST_LEFT_OUT: &str = "PUBLIC_INTEREST_LEFT_OUT";
/// The form does not say who runs a new market, and the usual one of its nature is taken.
const OPERATOR_ASSUMED: &str = "OPERATOR_ASSUMED";
/// The row holds no market.
pub const ROW_EMPTY: &str = "ROW_EMPTY";

/// Issues that hold between rows, or between a row and its market: they are found again whenever a row is corrected.
pub const BETWEEN_ROWS: [&str; 5] = [DUPLICATE_MARKET, AMBIGUOUS_MARKET, LISTED_LACKS, AMENDED_SINCE, OPERATOR_ASSUMED];

/// Characters of a cell that an issue shows.
const SHOWN: usize = 120;

/// What is the matter with a cell (单元格问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The row as Excel counts it; 0 is the sheet.
    pub row_no: i32,
    /// Letters of the column.
    pub column: String,
    /// Its heading.
    pub title: String,
    /// What the cell holds.
    pub value: String,
    /// The kind.
    pub code: String,
    /// Must it be corrected?
    pub is_error: bool,
    /// What is the matter.
    pub message: Words,
    /// What to do.
    pub hint: Words,
}

/// A row on its way in, with what is the matter with it.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The row.
    pub row: import_row::Model,
    /// Its issues, in the order of the columns.
    pub issues: Vec<Issue>,
}

impl Staged {
    /// A row has no error: it can be taken in.
    pub fn is_good(&self) -> bool {
        !self.issues.iter().any(|issue| issue.is_error)
    }

    /// Decides what applying the row does; a bad row does nothing.
    pub fn decide(&mut self, action: ImportAction) {
        self.row.good = self.is_good();
        self.row.action = if self.row.good { action } else { ImportAction::Skip };
    }

    /// Forgets what was found between rows.
    pub fn forget_between(&mut self) {
        self.issues.retain(|issue| !BETWEEN_ROWS.contains(&issue.code.as_str()));
    }
}

/// Where the columns of the file are: letters and heading of each field.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Headings(Vec<(Field, String, String)>);

impl Headings {
    /// Of a form that was read.
    pub fn of(columns: &crate::annex2::Columns) -> Self {
        let found = Field::FORM.into_iter().chain([Field::Remark]).filter_map(|field| {
            let column = columns.get(field)?;
            Some((field, kernel::sheet::column_letters(column.first), column.title.clone()))
        });
        Self(found.collect())
    }

    /// Letters and heading of a field; without letters where the file has no such column.
    pub fn at(&self, field: Field) -> (String, String) {
        let found = self.0.iter().find(|(known, _, _)| *known == field);
        found.map_or_else(|| (String::new(), field.title().zh), |(_, letters, title)| (letters.clone(), title.clone()))
    }

    /// An issue of our own in a cell.
    pub fn issue(&self, row_no: i32, field: Field, value: &str, found: Found) -> Issue {
        let (column, title) = self.at(field);
        Issue {
            row_no,
            column,
            title,
            value: shortened(value),
            code: found.code.to_owned(),
            is_error: found.is_error,
            message: found.message,
            hint: found.hint,
        }
    }
}

/// A text cut to what an issue shows.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What was found, before it is known in which cell.
#[derive(Clone, Debug)]
pub struct Found {
    /// The kind.
    pub code: &'static str,
    /// Must it be corrected?
    pub is_error: bool,
    /// What is the matter.
    pub message: Words,
    /// What to do.
    pub hint: Words,
}

impl Found {
    /// The address names no county.
    pub fn no_county() -> Self {
        Self {
            code: NO_COUNTY,
            is_error: true,
            message: Words::new("从详细地址中看不出在哪个县（市、区）。", "No county could be read from the address."),
            hint: Words::new(
                "请在地址中写明县（市、区）或乡镇街道，例如“小店区坞城路1号”；也可在导入页面选择区划。",
                "Name the county or township in the address, for example 小店区坞城路1号, or choose the division on the import page.",
            ),
        }
    }

    /// The address is in another city.
    pub fn other_city(city: &str, ours: &str) -> Self {
        Self {
            code: OTHER_CITY,
            is_error: true,
            message: Words::new(
                format!("地址在{city}，不在{ours}。"),
                format!("The address is in {city}, not in {ours}."),
            ),
            hint: Words::new(
                "本市名录只登记本市的市场，请删除该行或改正地址。",
                "This directory holds markets of this city only: delete the row or correct the address.",
            ),
        }
    }

    /// What a new market is registered as, where the form does not say it; nothing where there is nothing to assume.
    pub fn operator_assumed(nature: OperatingNature) -> Option<Self> {
        let (message, hint) = match nature {
            OperatingNature::Public => (
                Words::new(
                    "样表没有运营主体：新市场将登记为人社部门直接运营、公益性。",
                    "The form does not say who runs it: the new market is registered as run by the bureau, in the public interest.",
                ),
                Words::new(
                    "如属实，无需处理；由他人运营的，请导入后、公布前修改该市场的运营主体。",
                    "Nothing to do if that is so; where somebody else runs it, amend the market after the import and before it is listed.",
                ),
            ),
            OperatingNature::Commercial => (
                Words::new(
                    "样表没有运营机构名称和人力资源服务许可证编号：公布前还需补填。",
                    "The form has neither the operator's name nor the licence: both are needed before the market is listed.",
                ),
                Words::new("请在导入后、公布前填写这两项。", "Enter both after the import and before listing."),
            ),
            OperatingNature::Spontaneous => return None,
        };
        Some(Self { code: OPERATOR_ASSUMED, is_error: false, message, hint })
    }

    /// The county is another's.
    pub fn outside_reach(county: &str) -> Self {
        Self {
            code: OUTSIDE_REACH,
            is_error: true,
            message: Words::new(
                format!("地址在{county}，不在您负责的县（市、区）内。"),
                format!("The address is in {county}, which is not a county you look after."),
            ),
            hint: Words::new(
                "请删除该行，由该县（市、区）或市级人员导入；如地址有误请改正。",
                "Leave the row to that county or to the city's bureau, or correct the address.",
            ),
        }
    }

    /// The same market stands higher up.
    pub fn duplicate(first: i32) -> Self {
        Self {
            code: DUPLICATE_MARKET,
            is_error: true,
            message: Words::new(
                format!("与第 {first} 行是同一个市场（名称、地址相同）。"),
                format!("The same name at the same address stands in row {first}."),
            ),
            hint: Words::new(
                "请删除重复的一行；如是不同市场，请写清名称或地址。",
                "Delete one of the rows; if they are different markets, make name or address tell them apart.",
            ),
        }
    }

    /// A market that is in the directory would lack what it was listed for.
    pub fn listed_lacks(zh: &str, en: &str) -> Self {
        Self {
            code: LISTED_LACKS,
            is_error: true,
            message: Words::new(
                format!("该市场已列入名录，按本行更新后将缺少{zh}，不能更新。"),
                format!("This market is in the directory; changed as the row says it would lack {en}."),
            ),
            hint: Words::new(
                "请改正该行；如情况属实，请先在市场信息中补充，或办理“移出名录”。",
                "Correct the row; if it is true, complete the market first, or delist it.",
            ),
        }
    }

    /// The check did not say that the row changes its market: it came to differ since.
    pub fn amended_since(is_error: bool) -> Self {
        Self {
            code: AMENDED_SINCE,
            is_error,
            message: Words::new(
                "预检之后该市场才登记或被修改，现与本行不同。",
                "The market was registered or amended after the check, and differs from the row now.",
            ),
            hint: Words::new(
                "请核对名录中的最新信息：以本行为准的，请再次导入；以名录为准的，请更正本行。",
                "Look at it in the directory: if the row is right, import it again; if the directory is, correct the row.",
            ),
        }
    }

    /// Several markets may be meant.
    pub fn ambiguous(name: &str, county: &str) -> Self {
        Self {
            code: AMBIGUOUS_MARKET,
            is_error: true,
            message: Words::new(
                format!("{county}已登记名为“{name}”的市场，地址与本行不同，无法判断是否同一市场。"),
                format!(
                    "{county} has “{name}” at another address already; it cannot be told whether this is the same."
                ),
            ),
            hint: Words::new(
                "如是同一市场，请把地址写成与已登记的一致；如是不同市场，请在名称中加以区分。",
                "If it is the same, write the address as it is registered; if not, make the names differ.",
            ),
        }
    }

    /// 公益性 of a market that nobody runs.
    pub fn public_interest_left_out() -> Self {
        Self {
            code: PUBLIC_INTEREST_LEFT_OUT,
            is_error: false,
            message: Words::new(
                "自形成且没有运营主体的市场不标记为公益性。",
                "A market that formed by itself and that nobody runs is not flagged as public interest.",
            ),
            hint: Words::new(
                "如有志愿服务队等主体承诺免费服务，导入后请在市场信息中补充运营主体。",
                "If a volunteer team promises free service, enter it as the operator after the import.",
            ),
        }
    }

    /// After a correction nothing is left that is a market.
    pub fn row_empty() -> Self {
        Self {
            code: ROW_EMPTY,
            is_error: true,
            message: Words::new("该行没有可识别的市场。", "The row holds no market."),
            hint: Words::new("请填写市场名称、运营性质和详细地址。", "Enter name, nature and address."),
        }
    }
}

impl From<FormIssue> for Issue {
    fn from(issue: FormIssue) -> Self {
        let code = serde_json::to_value(issue.code).ok().and_then(|code| code.as_str().map(str::to_owned));
        Self {
            row_no: i32::try_from(issue.row).unwrap_or(i32::MAX),
            is_error: issue.is_error(),
            column: issue.column,
            title: issue.column_title,
            value: issue.value,
            code: code.unwrap_or_default(),
            message: issue.message,
            hint: issue.hint,
        }
    }
}

impl From<cell_issue::Model> for Issue {
    fn from(row: cell_issue::Model) -> Self {
        Self {
            row_no: row.row_no,
            column: row.column_name,
            title: row.column_title,
            value: row.value,
            code: row.code,
            is_error: row.is_error,
            message: Words::new(row.message_zh, row.message_en),
            hint: Words::new(row.hint_zh, row.hint_en),
        }
    }
}
