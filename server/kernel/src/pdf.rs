//! Tables as PDF (表格导出 PDF): a title, header lines, one table, footer lines, A4.
//!
//! No font is embedded and none is needed on the server: Chinese is set in Adobe's predefined
//! `STSong-Light` (encoding UniGB-UTF16-H, collection Adobe-GB1), which Acrobat, WPS, browsers and poppler
//! replace by a Song face they have; ASCII is set in Times-Roman, one of the fourteen fonts every reader
//! has. So a file of a thousand rows stays small and its text can be searched and copied. Characters outside
//! GB 18030 (emoji) are kept in the text but may show as an empty box.

mod layout;
mod measure;
mod wrap;
mod write;

/// Which way the sheet lies (纸张方向).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    /// A4 upright (纵向).
    #[default]
    Portrait,
    /// A4 across (横向).
    Landscape,
}

/// How a column is aligned (对齐方式).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Text.
    #[default]
    Left,
    /// Short codes.
    Centre,
    /// Numbers.
    Right,
}

/// In which words pages are counted (页码语言).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageWords {
    /// 第 1 页，共 3 页.
    #[default]
    Chinese,
    /// Page 1 of 3.
    English,
}

/// A column (列) of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Shown at the head of the table, again on every page.
    pub title: String,
    /// Share of the width, relative to the other columns; positive.
    pub weight: f32,
    /// Alignment of the cells; titles are centred.
    pub align: Align,
}

impl Column {
    /// A column of text.
    pub fn new(title: impl Into<String>, weight: f32) -> Self {
        Self { title: title.into(), weight, align: Align::Left }
    }

    /// The same column, aligned.
    #[must_use]
    pub const fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
}

/// A document of one table (表格文档). A line feed in a text begins a new line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableDocument {
    /// Centred on the first page, and the title of the file.
    pub title: String,
    /// Lines between title and table: unit, date, who filled it in.
    pub header: Vec<String>,
    /// The columns, at least one.
    pub columns: Vec<Column>,
    /// The rows; each has one cell per column.
    pub rows: Vec<Vec<String>>,
    /// Lines after the table: notes, signatures.
    pub footer: Vec<String>,
    /// A text to be read by a telephone: as a QR code after the footer.
    pub code: Option<String>,
    /// Which way the sheet lies.
    pub orientation: Orientation,
    /// In which words pages are counted.
    pub page_words: PageWords,
}

/// Why a table cannot be set (表格错误): a fault of the program, not of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// There is no column.
    #[error("a table needs a column")]
    NoColumns,
    /// A weight is not a positive number.
    #[error("column {column} has no positive width")]
    Weight {
        /// Index of the column, from 0.
        column: usize,
    },
    /// The text of the QR code is too long for one.
    #[error("the text does not fit into a QR code")]
    CodeTooLong,
    /// A row has more or fewer cells than there are columns.
    #[error("row {row} has {cells} cells")]
    Cells {
        /// Index of the row, from 0.
        row: usize,
        /// Number of its cells.
        cells: usize,
    },
}

impl TableDocument {
    /// Sets the document; the same document always gives the same bytes.
    ///
    /// # Errors
    /// [`PdfError`] for a table that is none.
    pub fn render(&self) -> Result<Vec<u8>, PdfError> {
        if self.columns.is_empty() {
            return Err(PdfError::NoColumns);
        }
        if let Some(column) = self.columns.iter().position(|c| !(c.weight.is_finite() && c.weight > 0.0)) {
            return Err(PdfError::Weight { column });
        }
        if let Some((row, cells)) = self.rows.iter().enumerate().find(|(_, cells)| cells.len() != self.columns.len()) {
            return Err(PdfError::Cells { row, cells: cells.len() });
        }
        let code = self.code.as_deref().map(crate::qr::squares).transpose().map_err(|_| PdfError::CodeTooLong)?;
        let pages = layout::Setter::new(self).set(self, code.as_deref());
        Ok(write::file(&self.title, layout::size(self.orientation), &pages))
    }
}

#[cfg(test)]
mod tests;
