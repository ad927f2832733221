//! Workbooks out (导出工作簿): forms with a title, merged cells, borders and formula-safe text.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Book, Worksheet, XlsxError,
};

use super::grid::MergedRange;
use super::text;

/// Excel's limit for the text of a cell, in UTF-16 units.
const MAX_TEXT: usize = 32_767;

/// What a cell is given (单元格取值).
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing but the border.
    #[default]
    Blank,
    /// Text; never becomes a formula, a number or a date.
    Text(String),
    /// A number.
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl Value {
    /// The value as a person reads it, for a PDF or a page.
    pub fn text(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => format!("{number}"),
        }
    }
}

/// How a cell looks (单元格样式).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Large, bold, centred, without a border.
    Title,
    /// Bold, centred, wrapped, on grey, with a border.
    Heading,
    /// Left aligned, wrapped, with a border.
    Body,
    /// Centred, wrapped, with a border.
    BodyCentred,
    /// A line above or under the table: left aligned, without a border.
    Line,
}

/// A workbook could not be written (导出失败): a fault of the caller, never of the data.
#[derive(Debug, thiserror::Error)]
#[error("a workbook could not be written: {0}")]
pub struct SheetFault(#[from] XlsxError);

/// A workbook being put together (工作簿).
#[derive(Debug)]
pub struct Workbook {
    created: i64,
    sheets: Vec<Sheet>,
}

/// A sheet being put together (工作表). Rows and columns are zero-based.
#[derive(Debug)]
pub struct Sheet {
    name: String,
    widths: Vec<(usize, f64)>,
    heights: Vec<(usize, f64)>,
    cells: Vec<(usize, usize, Value, Style)>,
    merges: Vec<(MergedRange, Value, Style)>,
    heading_end: Option<usize>,
}

impl Workbook {
    /// An empty workbook. `created` is Unix seconds, from the caller's clock: the same model gives
    /// the same bytes.
    pub fn new(created: i64) -> Self {
        Self { created, sheets: Vec::new() }
    }

    /// Adds a sheet at the end.
    pub fn add(&mut self, sheet: Sheet) -> &mut Self {
        self.sheets.push(sheet);
        self
    }

    /// The file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, SheetFault> {
        let mut book = Book::new();
        let created = ExcelDateTime::from_timestamp(self.created)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let mut taken: Vec<String> = Vec::new();
        for sheet in &self.sheets {
            let name = sheet_name(&sheet.name, &taken);
            let page = book.add_worksheet();
            page.set_name(name.as_str())?;
            taken.push(name.to_lowercase());
            sheet.render(page)?;
        }
        Ok(book.save_to_buffer()?)
    }
}

impl Sheet {
    /// An empty sheet. What Excel does not allow in a name is left out when the file is written.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            widths: Vec::new(),
            heights: Vec::new(),
            cells: Vec::new(),
            merges: Vec::new(),
            heading_end: None,
        }
    }

    /// Sets a column's width in characters.
    pub fn column_width(&mut self, column: usize, characters: f64) -> &mut Self {
        self.widths.push((column, characters));
        self
    }

    /// Sets a row's height in points.
    pub fn row_height(&mut self, row: usize, points: f64) -> &mut Self {
        self.heights.push((row, points));
        self
    }

    /// Puts a value into a cell.
    pub fn put(&mut self, row: usize, column: usize, value: impl Into<Value>, style: Style) -> &mut Self {
        self.cells.push((row, column, value.into(), style));
        self
    }

    /// Merges a region and puts a value into it; a region of one cell is an ordinary cell.
    pub fn merge(&mut self, region: MergedRange, value: impl Into<Value>, style: Style) -> &mut Self {
        self.merges.push((region, value.into(), style));
        self
    }

    /// Rows up to this one stay in view when scrolling, and this one is repeated on every printed page.
    pub fn heading_ends(&mut self, row: usize) -> &mut Self {
        self.heading_end = Some(row);
        self
    }

    fn render(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        // A4, landscape, all columns on one page: how the bureaus print it.
        page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        for (column, characters) in &self.widths {
            page.set_column_width(column_number(*column)?, *characters)?;
        }
        for (row, points) in &self.heights {
            page.set_row_height(row_number(*row)?, *points)?;
        }
        if let Some(row) = self.heading_end {
            page.set_repeat_rows(row_number(row)?, row_number(row)?)?;
            page.set_freeze_panes(row_number(row)? + 1, 0)?;
        }
        for (region, value, style) in &self.merges {
            let (row, column) = (region.first_row, region.first_column);
            if row != region.last_row || column != region.last_column {
                page.merge_range(
                    row_number(row)?,
                    column_number(column)?,
                    row_number(region.last_row)?,
                    column_number(region.last_column)?,
                    "",
                    &style.format(),
                )?;
            }
            put(page, row, column, value, *style)?;
        }
        for (row, column, value, style) in &self.cells {
            put(page, *row, *column, value, *style)?;
        }
        Ok(())
    }
}

fn put(page: &mut Worksheet, row: usize, column: usize, value: &Value, style: Style) -> Result<(), XlsxError> {
    let (row, column, format) = (row_number(row)?, column_number(column)?, style.format());
    match value {
        Value::Blank => page.write_blank(row, column, &format)?,
        Value::Number(number) if number.is_finite() => page.write_number_with_format(row, column, *number, &format)?,
        Value::Number(number) => page.write_string_with_format(row, column, format!("{number}"), &format)?,
        // `write_string` alone makes it a string for good; the quote prefix keeps it one when edited.
        Value::Text(text) if text::looks_like_formula(text) => {
            page.write_string_with_format(row, column, fitting(text), &format.set_quote_prefix())?
        }
        Value::Text(text) => page.write_string_with_format(row, column, fitting(text), &format)?,
    };
    Ok(())
}

/// Text that every program can open: printable, and cut at Excel's limit.
fn fitting(value: &str) -> String {
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= MAX_TEXT
    };
    text::printable(value).chars().take_while(fits).collect()
}

fn row_number(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

fn column_number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

/// A name Excel accepts: 31 characters, none of `[ ] : * ? / \`, no apostrophe at an end, not empty,
/// and not taken by an earlier sheet.
fn sheet_name(wanted: &str, taken: &[String]) -> String {
    let clean: String = text::printable(wanted)
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\n' | '\t' | '\''))
        .take(25)
        .collect();
    let clean = if clean.trim().is_empty() { "Sheet".to_owned() } else { clean };
    let mut name = clean.clone();
    let mut number = 2_u32;
    while taken.contains(&name.to_lowercase()) {
        name = format!("{clean}({number})");
        number += 1;
    }
    name
}

impl Style {
    fn format(self) -> Format {
        let base = Format::new().set_font_name("宋体").set_align(FormatAlign::VerticalCenter);
        match self {
            Self::Title => base.set_bold().set_font_size(18).set_align(FormatAlign::Center),
            Self::Heading => base
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_background_color("#F2F2F2"),
            Self::Body => base.set_text_wrap().set_border(FormatBorder::Thin),
            Self::BodyCentred => base.set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Center),
            Self::Line => base.set_text_wrap(),
        }
    }
}
