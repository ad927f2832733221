//! Why a file or a cell is not accepted (拒收原因), and what to do about it, in both languages.

use serde::{Deserialize, Serialize};

pub use crate::text::Words;

/// Why a file cannot be read as a sheet (文件拒收).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetRefusal {
    /// 0 bytes.
    Empty,
    /// More bytes than allowed.
    TooLarge {
        /// Size of the file in bytes.
        bytes: u64,
        /// Allowed bytes.
        limit: u64,
    },
    /// An Excel 97–2003 workbook.
    LegacyXls,
    /// Neither a workbook nor text.
    NotASheet,
    /// Unpacks to more than a real workbook would.
    ZipBomb,
    /// More rows than allowed.
    TooManyRows {
        /// Allowed rows, blank ones and headings included.
        limit: usize,
    },
    /// More columns than allowed.
    TooManyColumns {
        /// Allowed columns.
        limit: usize,
    },
    /// More content than allowed over all cells.
    TooMuchContent {
        /// Allowed bytes of text and cells.
        limit: usize,
    },
    /// Protected by a password.
    Encrypted,
    /// Damaged, or made by a program that does not keep to the format.
    Corrupt,
    /// A workbook without a visible sheet that holds anything.
    NoSheet,
    /// A quotation mark in a CSV file that is never closed.
    UnclosedQuote {
        /// Row (1-based) in which it is opened.
        row: usize,
    },
}

/// The kinds of [`SheetRefusal`] as they stand in an API (文件拒收代码).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "each is documented at the refusal of the same name")]
pub enum SheetRefusalCode {
    Empty,
    TooLarge,
    LegacyXls,
    NotASheet,
    ZipBomb,
    TooManyRows,
    TooManyColumns,
    TooMuchContent,
    Encrypted,
    Corrupt,
    NoSheet,
    UnclosedQuote,
}

/// Whole megabytes, rounded up, for people.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

impl SheetRefusal {
    /// The code without its figures.
    pub fn code(&self) -> SheetRefusalCode {
        match self {
            Self::Empty => SheetRefusalCode::Empty,
            Self::TooLarge { .. } => SheetRefusalCode::TooLarge,
            Self::LegacyXls => SheetRefusalCode::LegacyXls,
            Self::NotASheet => SheetRefusalCode::NotASheet,
            Self::ZipBomb => SheetRefusalCode::ZipBomb,
            Self::TooManyRows { .. } => SheetRefusalCode::TooManyRows,
            Self::TooManyColumns { .. } => SheetRefusalCode::TooManyColumns,
            Self::TooMuchContent { .. } => SheetRefusalCode::TooMuchContent,
            Self::Encrypted => SheetRefusalCode::Encrypted,
            Self::Corrupt => SheetRefusalCode::Corrupt,
            Self::NoSheet => SheetRefusalCode::NoSheet,
            Self::UnclosedQuote { .. } => SheetRefusalCode::UnclosedQuote,
        }
    }

    /// What is wrong and what to do next, in both languages.
    pub fn message(&self) -> Words {
        match self {
            Self::TooLarge { .. }
            | Self::ZipBomb
            | Self::TooManyRows { .. }
            | Self::TooManyColumns { .. }
            | Self::TooMuchContent { .. } => self.too_much(),
            _ => self.not_readable(),
        }
    }

    fn too_much(&self) -> Words {
        match self {
            Self::TooLarge { bytes, limit } => Words::new(
                format!(
                    "文件大小为 {} MB，超过 {} MB 的上限。请删除图片和多余工作表，或分成几个文件上传。",
                    megabytes(*bytes),
                    limit / (1024 * 1024)
                ),
                format!(
                    "The file has {} MB; the limit is {} MB. Remove pictures and other sheets, or split the file.",
                    megabytes(*bytes),
                    limit / (1024 * 1024)
                ),
            ),
            Self::TooManyRows { limit } => Words::new(
                format!("表格超过 {limit} 行。请分成几个文件上传，并删除表格下方误填的内容。"),
                format!(
                    "The sheet has more than {limit} rows. Split it into several files and delete stray content below the table."
                ),
            ),
            Self::TooManyColumns { limit } => Words::new(
                format!("表格超过 {limit} 列。请只保留名录的各列，并删除右侧误填的内容。"),
                format!(
                    "The sheet has more than {limit} columns. Keep only the columns of the form and delete stray content to the right."
                ),
            ),
            Self::TooMuchContent { limit } => Words::new(
                format!("表格内容总量超过 {} MB。请分成几个文件上传。", limit / (1024 * 1024)),
                format!(
                    "The sheet holds more than {} MB of content. Split it into several files.",
                    limit / (1024 * 1024)
                ),
            ),
            _ => Words::new(
                "文件解压后异常巨大，为安全起见不予读取。请在 Excel 或 WPS 中新建工作簿，只复制表格内容，另存为 .xlsx 后重新上传。",
                "The file unpacks to an abnormal size and is not read for safety. Copy the table alone into a new workbook in Excel or WPS, save it as .xlsx and upload that.",
            ),
        }
    }

    fn not_readable(&self) -> Words {
        match self {
            Self::Empty => Words::new(
                "文件是空的（0 字节）。请重新选择文件；如从聊天软件中转发，请先完整下载再上传。",
                "The file is empty (0 bytes). Choose it again; if it came through a chat program, download it completely first.",
            ),
            Self::LegacyXls => Words::new(
                "这是 Excel 97—2003 格式（.xls）。请用 Excel 或 WPS 打开，选择“另存为”→“Excel 工作簿（.xlsx）”，再上传新文件。",
                "This is an Excel 97–2003 workbook (.xls). Open it in Excel or WPS, save as .xlsx, and upload the new file.",
            ),
            Self::Encrypted => Words::new(
                "文件设有打开密码。请在 Excel 或 WPS 中取消密码，保存后重新上传。",
                "The file is protected by a password. Remove the password in Excel or WPS, save it and upload it again.",
            ),
            Self::NoSheet => Words::new(
                "工作簿中没有可见且有内容的工作表。请检查是否传错文件，或取消隐藏工作表。",
                "The workbook has no visible sheet with content. Check that it is the right file, or unhide the sheet.",
            ),
            Self::UnclosedQuote { row } => Words::new(
                format!("CSV 第 {row} 行的双引号没有成对。请补上缺少的引号，或改用 .xlsx 上传。"),
                format!(
                    "A quotation mark opened in row {row} of the CSV file is never closed. Close it, or upload the file as .xlsx."
                ),
            ),
            Self::Corrupt => Words::new(
                "文件已损坏，无法读取。请在 Excel 或 WPS 中打开并另存为 .xlsx，再重新上传。",
                "The file is damaged and cannot be read. Open it in Excel or WPS, save it as .xlsx and upload it again.",
            ),
            _ => Words::new(
                "这不是可识别的表格文件。请上传 .xlsx 工作簿，或 UTF-8、GBK 编码的 .csv 文件。",
                "This is not a sheet that can be read. Upload an .xlsx workbook, or a .csv file in UTF-8 or GBK.",
            ),
        }
    }
}

/// How much a finding weighs (严重程度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Severity {
    /// Accepted, and it is said how it was read (提示).
    Note,
    /// The row cannot be taken in (错误).
    Error,
}

/// A finding about one cell (单元格问题). `C` is the code enum of the form that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellIssue<C> {
    /// Row as Excel counts it, from 1; 0 when the finding is about the sheet.
    pub row: u32,
    /// Letters of the column; empty when the finding is about the row or the sheet.
    pub column: String,
    /// The heading the file itself gives the column.
    pub column_title: String,
    /// What the cell holds; personal data masked.
    pub value: String,
    /// Error or note.
    pub severity: Severity,
    /// The kind of finding.
    pub code: C,
    /// What is the matter.
    pub message: Words,
    /// What to do about it.
    pub hint: Words,
}

impl<C> CellIssue<C> {
    /// Whether the row cannot be taken in.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
