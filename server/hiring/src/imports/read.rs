//! From bytes to rows (读取文件): the table is found by its headings, and every row that holds anything is read.

use kernel::Words;
use kernel::sheet::{Cell, Grid, Limits, SheetRefusal, read as read_sheet};

use super::MOST_ROWS;
use super::columns::{Column, Headings};

/// A row as it was read (原始行).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow {
    /// The row as a spreadsheet counts it.
    pub row_no: i32,
    /// What its cells hold, in the order of [`Column::ALL`].
    pub cells: Vec<String>,
}

/// A file as it was read (原始表).
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Where its columns are.
    pub headings: Headings,
    /// Its rows.
    pub rows: Vec<RawRow>,
}

/// Why a file cannot be read (不能读取).
#[derive(Clone, Debug)]
pub enum Unreadable {
    /// It is no sheet.
    Sheet(SheetRefusal),
    /// Columns are missing.
    Columns(Vec<Column>),
    /// It has no row.
    Empty,
    /// It has more rows than are taken.
    TooMany,
}

impl Unreadable {
    /// In words, and what to do.
    #[must_use]
    pub fn message(&self) -> Words {
        match self {
            Self::Sheet(refusal) => {
                let words = refusal.message();
                Words::new(words.zh, words.en)
            }
            Self::Columns(missing) => {
                let names: Vec<&str> = missing.iter().filter_map(|c| c.headings().first().copied()).collect();
                let names = names.join("、");
                Words::new(
                    format!("表格缺少以下栏目：{names}。请补齐表头后重新上传。"),
                    format!("The sheet lacks these columns: {names}. Add the headings and upload it again."),
                )
            }
            Self::Empty => Words::new(
                "表头下面没有内容。请填写后重新上传。",
                "There is nothing below the headings. Fill the sheet in and upload it again.",
            ),
            Self::TooMany => Words::new(
                format!("一次最多导入 {MOST_ROWS} 行，请分成几个文件上传。"),
                format!("At most {MOST_ROWS} rows are taken at once; split the file."),
            ),
        }
    }
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let grid = read_sheet(bytes, &Limits::default()).map_err(Unreadable::Sheet)?;
    let headings = Headings::find(&grid).map_err(Unreadable::Columns)?;
    let mut rows = Vec::new();
    for row in headings.row + 1..grid.height() {
        let cells: Vec<String> = Column::ALL.iter().map(|column| cell(&grid, row, headings.at(*column))).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        rows.push(RawRow { row_no: i32::try_from(row + 1).unwrap_or(i32::MAX), cells });
        if rows.len() > MOST_ROWS {
            return Err(Unreadable::TooMany);
        }
    }
    if rows.is_empty() { Err(Unreadable::Empty) } else { Ok(Sheet { headings, rows }) }
}

fn cell(grid: &Grid, row: usize, at: Option<usize>) -> String {
    let Some(at) = at else { return String::new() };
    match grid.cell(row, at) {
        // What a formula could not say is nothing to go by.
        Cell::Error(_) => String::new(),
        cell => cell.text(),
    }
}
