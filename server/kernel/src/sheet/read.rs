//! From bytes to a grid (读取表格): what a file is, is decided by its bytes, never by its name.

use super::csv;
use super::grid::Grid;
use super::guard;
use super::refusal::SheetRefusal;
use super::xlsx;

/// What a file may cost (读取上限).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as uploaded.
    pub max_bytes: u64,
    /// Bytes of a workbook once unpacked.
    pub max_unpacked_bytes: u64,
    /// Rows of a sheet: 10,000 of data and room for titles, headings, blanks and the foot.
    pub max_rows: usize,
    /// Columns of a sheet.
    pub max_columns: usize,
    /// Sheets looked at in a workbook.
    pub max_sheets: usize,
    /// Bytes of text and cells held in memory over all sheets; one shared text can otherwise be
    /// repeated without end, and one cell far to the right of every row costs a whole row each.
    pub max_content_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 20 * 1024 * 1024,
            max_unpacked_bytes: 192 * 1024 * 1024,
            max_rows: 10_500,
            max_columns: 64,
            max_sheets: 20,
            max_content_bytes: 64 * 1024 * 1024,
        }
    }
}

/// The magic of an OLE container: `.xls`, or an encrypted workbook.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The name of the stream that holds an encrypted workbook, as OLE writes names (UTF-16LE).
const ENCRYPTED_STREAM: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// Reads the first visible sheet that holds anything (读取首个有内容的工作表).
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Grid, SheetRefusal> {
    read_all(bytes, limits)?.into_iter().next().ok_or(SheetRefusal::NoSheet)
}

/// Reads every visible sheet that holds anything (读取全部工作表), in the workbook's order; a CSV
/// file is one sheet. Never answers an empty list.
pub fn read_all(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, SheetRefusal> {
    if bytes.is_empty() {
        return Err(SheetRefusal::Empty);
    }
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.max_bytes {
        return Err(SheetRefusal::TooLarge { bytes: size, limit: limits.max_bytes });
    }
    if bytes.starts_with(OLE) {
        let encrypted = bytes.windows(ENCRYPTED_STREAM.len()).any(|part| part == ENCRYPTED_STREAM);
        return Err(if encrypted { SheetRefusal::Encrypted } else { SheetRefusal::LegacyXls });
    }
    let mut grids = if bytes.starts_with(b"PK\x03\x04") {
        guard::inspect(bytes, limits)?;
        xlsx::read(bytes, limits)?
    } else if bytes.starts_with(b"PK\x05\x06") {
        return Err(SheetRefusal::NotASheet);
    } else {
        vec![csv::read(bytes, limits)?]
    };
    grids.retain(|grid| !grid.is_blank());
    if grids.is_empty() { Err(SheetRefusal::NoSheet) } else { Ok(grids) }
}
