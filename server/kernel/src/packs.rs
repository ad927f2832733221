//! Data packs (数据包): facts that change by official notice, each with its provenance.
//!
//! A pack is data, never code: whoever reads an answer can ask which list it came from and since when.

use chrono::NaiveDate;

/// Where a data pack (数据包) comes from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pack {
    /// File name, for example `working-calendar.csv`.
    pub name: String,
    /// Who published the facts, and how they reached the file.
    pub source: String,
    /// First day for which the facts hold; `None` where the source does not say.
    pub valid_from: Option<NaiveDate>,
    /// Number of rows read.
    pub rows: usize,
}

/// Why a data pack (数据包) was not taken over. `line` counts from 1 and includes the header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The text is not CSV, or a row has another number of columns than the header.
    #[error("line {line}: not a row of comma-separated values")]
    Csv {
        /// Line of the file.
        line: u64,
    },
    /// The header lacks a column.
    #[error("the header lacks the column {column}")]
    Column {
        /// The missing column.
        column: &'static str,
    },
    /// A value cannot be read.
    #[error("line {line}: {column} cannot be read")]
    Value {
        /// Line of the file.
        line: u64,
        /// The column of the value.
        column: &'static str,
    },
    /// The same key stands in the file twice.
    #[error("line {line}: this {column} stands in the file already")]
    Duplicate {
        /// Line of the second row.
        line: u64,
        /// The column that must be unique.
        column: &'static str,
    },
    /// A row points at one that is not in the file.
    #[error("line {line}: {column} points at a row that is not in the file")]
    Dangling {
        /// Line of the file.
        line: u64,
        /// The pointing column.
        column: &'static str,
    },
}

impl PackError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Csv { line } => format!("第 {line} 行：不是有效的逗号分隔行"),
            Self::Column { column } => format!("表头缺少列 {column}"),
            Self::Value { line, column } => format!("第 {line} 行：{column} 无法识别"),
            Self::Duplicate { line, column } => format!("第 {line} 行：{column} 重复"),
            Self::Dangling { line, column } => format!("第 {line} 行：{column} 指向的行不存在"),
        }
    }
}

/// A CSV file read by column name; what every pack is loaded through.
pub(crate) struct Table {
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    pub(crate) fn read(text: &str) -> Result<Self, PackError> {
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let at = |error: &csv::Error| PackError::Csv { line: error.position().map_or(1, csv::Position::line) };
        let header = reader.headers().map_err(|e| at(&e))?.clone();
        let rows = reader.records().collect::<Result<_, _>>().map_err(|e| at(&e))?;
        Ok(Self { header, rows })
    }

    /// The place of a column, if the header has it.
    pub(crate) fn optional(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name == column)
    }

    /// The place of a column that must be there.
    pub(crate) fn column(&self, column: &'static str) -> Result<usize, PackError> {
        self.optional(column).ok_or(PackError::Column { column })
    }

    /// Each row with its line in the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (u64, &csv::StringRecord)> {
        self.rows.iter().map(|row| (row.position().map_or(0, csv::Position::line), row))
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_a_byte_order_mark_is_read() {
        let table = Table::read("\u{feff}date,kind\n2026-01-01,off\n").unwrap();
        assert_eq!(table.column("date"), Ok(0));
        assert_eq!(table.len(), 1);
    }

    #[test]
    fn a_short_row_and_a_missing_column_are_named() {
        assert_eq!(Table::read("a,b\n1,2\n3\n").err(), Some(PackError::Csv { line: 3 }));
        let table = Table::read("a,b\n").unwrap();
        assert_eq!(table.column("kind"), Err(PackError::Column { column: "kind" }));
        assert_eq!(PackError::Column { column: "kind" }.zh(), "表头缺少列 kind");
    }
}
