//! A finished table (成表) apart from any file format: the same model becomes XLSX, CSV and PDF.

use crate::pdf::{Align, Column, Orientation, PageWords, TableDocument};

use super::csv;
use super::grid::MergedRange;
use super::write::{Sheet, SheetFault, Style, Value, Workbook};

/// A form ready to be set (成表模型).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableModel {
    /// Title over the whole width.
    pub title: String,
    /// Lines between the title and the table, left aligned.
    pub header_lines: Vec<String>,
    /// Columns in order.
    pub columns: Vec<TableColumn>,
    /// Rows; each has as many values as there are columns.
    pub rows: Vec<Vec<Value>>,
    /// Lines under the table, left aligned.
    pub footer_lines: Vec<String>,
}

/// A column of a [`TableModel`] (列).
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    /// Heading.
    pub title: String,
    /// Width in characters of the normal font, as Excel counts; a PDF takes it as a share.
    pub width: f32,
    /// Whether the cells are centred (numbers, short words) or left aligned (prose).
    pub centred: bool,
}

impl TableModel {
    /// The model as one sheet of a workbook.
    pub fn to_sheet(&self, sheet_name: &str) -> Sheet {
        let last_column = self.columns.len().saturating_sub(1);
        let mut sheet = Sheet::new(sheet_name);
        for (column, spec) in self.columns.iter().enumerate() {
            sheet.column_width(column, f64::from(spec.width));
        }
        let mut row = 0;
        let across = |row| MergedRange { first_row: row, first_column: 0, last_row: row, last_column };
        sheet.merge(across(row), self.title.as_str(), Style::Title);
        row += 1;
        for line in &self.header_lines {
            sheet.merge(across(row), line.as_str(), Style::Line);
            row += 1;
        }
        for (column, spec) in self.columns.iter().enumerate() {
            sheet.put(row, column, spec.title.as_str(), Style::Heading);
        }
        sheet.heading_ends(row);
        row += 1;
        for values in &self.rows {
            for (column, spec) in self.columns.iter().enumerate() {
                let value = values.get(column).cloned().unwrap_or(Value::Blank);
                sheet.put(row, column, value, if spec.centred { Style::BodyCentred } else { Style::Body });
            }
            row += 1;
        }
        for line in &self.footer_lines {
            sheet.merge(across(row), line.as_str(), Style::Line);
            row += 1;
        }
        sheet
    }

    /// The model as a workbook of one sheet. `created` is Unix seconds, from the caller's clock.
    pub fn to_xlsx(&self, sheet_name: &str, created: i64) -> Result<Vec<u8>, SheetFault> {
        let mut workbook = Workbook::new(created);
        workbook.add(self.to_sheet(sheet_name));
        workbook.to_bytes()
    }

    /// The model as a document to be set as PDF, A4 landscape as the workbook is printed.
    pub fn to_document(&self) -> TableDocument {
        let columns = self.columns.iter().map(|column| {
            let align = if column.centred { Align::Centre } else { Align::Left };
            Column::new(column.title.as_str(), column.width).align(align)
        });
        TableDocument {
            title: self.title.clone(),
            header: self.header_lines.clone(),
            columns: columns.collect(),
            rows: self.rows.iter().map(|row| row.iter().map(Value::text).collect()).collect(),
            footer: self.footer_lines.clone(),
            orientation: Orientation::Landscape,
            page_words: PageWords::Chinese,
            code: None,
        }
    }

    /// The model as CSV: title and lines stand in the first column.
    pub fn to_csv(&self) -> Vec<u8> {
        let line = |text: &String| vec![Value::Text(text.clone())];
        let mut rows = vec![line(&self.title)];
        rows.extend(self.header_lines.iter().map(line));
        rows.push(self.columns.iter().map(|column| Value::Text(column.title.clone())).collect());
        rows.extend(self.rows.iter().cloned());
        rows.extend(self.footer_lines.iter().map(line));
        csv::write(&rows)
    }
}
