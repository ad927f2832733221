//! What is the matter with a cell, as it is kept (单元格问题): the form's own findings and the directory's.

use kernel::Lang;
use kernel::refusal::Refusal as _;
use kernel::sheet::Words;

use super::RowFlaw;
use crate::annex2::{Columns, Field, FormIssue};
use crate::rules::flaw::Flaw;

/// An issue with a cell (单元格问题).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Row as Excel counts it; 0 is the sheet.
    pub row: i32,
    /// Letters of the column.
    pub column: String,
    /// Its heading.
    pub title: String,
    /// What the cell holds.
    pub value: String,
    /// The kind: `UNKNOWN_DIVISION`.
    pub code: String,
    /// Must it be corrected?
    pub is_error: bool,
    /// What is the matter.
    pub message: Words,
    /// What to do.
    pub hint: Words,
}

impl From<&FormIssue> for Issue {
    fn from(issue: &FormIssue) -> Self {
        Self {
            row: i32::try_from(issue.row).unwrap_or(i32::MAX),
            column: issue.column.clone(),
            title: issue.column_title.clone(),
            value: issue.value.clone(),
            code: screaming(&format!("{:?}", issue.code)),
            is_error: issue.is_error(),
            message: issue.message.clone(),
            hint: issue.hint.clone(),
        }
    }
}

/// The issue of a row's flaw.
#[must_use]
pub fn of_flaw(row: i32, columns: &Columns, flaw: &RowFlaw, value: &str) -> Issue {
    let (field, code, message, hint) = match flaw {
        RowFlaw::NoDivision => (
            Field::Address,
            "DIVISION_UNKNOWN".to_owned(),
            Words::new("无法从地址判断所在县区。", "The address does not say in which county the market lies."),
            Words::new(
                "请在地址中写明县区（如“小店区坞城路1号”），或导入时选择默认县区。",
                "Write the county into the address, or choose a default county for the import.",
            ),
        ),
        RowFlaw::OutOfReach { county } => (
            Field::Address,
            "COUNTY_OUT_OF_REACH".to_owned(),
            Words::new(
                format!("该市场位于您负责范围以外的县区（{county}）。"),
                format!("The market lies in a county that is not yours ({county})."),
            ),
            Words::new("请删除该行，或交由市级经办人导入。", "Delete the row, or have a city officer import it."),
        ),
        RowFlaw::Flaw(field, flaw) => (*field, screaming(flaw.code()), both(flaw), advice()),
    };
    let (column, title) = columns.get(field).map_or_else(
        || (String::new(), field.title().zh),
        |c| (kernel::sheet::column_letters(c.first), c.title.clone()),
    );
    let value = value.chars().take(200).collect();
    Issue { row, column, title, value, code, is_error: true, message, hint }
}

fn both(flaw: &Flaw) -> Words {
    Words::new(flaw.message(Lang::Zh), flaw.message(Lang::En))
}

fn advice() -> Words {
    Words::new("请改正该单元格后重新核对。", "Correct the cell and check the row again.")
}

/// `UnknownDivision` as `UNKNOWN_DIVISION`.
fn screaming(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for (at, c) in name.chars().enumerate() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_uppercase());
    }
    out
}
