//! Text tables (CSV 文件): UTF-8 with and without BOM, UTF-16 and GBK in; UTF-8 with BOM out.
//!
//! Reading is done here and not by the `csv` crate, because that one drops blank lines, and every
//! error names the row a person sees in Excel.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::grid::{Cell, Grid};
use super::read::Limits;
use super::refusal::SheetRefusal;
use super::text;
use super::write::Value;

/// Excel's own limit for the text of a cell; more is a quotation mark that was never closed.
const MAX_FIELD_CHARS: usize = 32_767;

/// Reads a text table of any of the known encodings and separators.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Grid, SheetRefusal> {
    let text = decode(bytes).ok_or(SheetRefusal::NotASheet)?;
    let head = text.trim_start().get(..1).unwrap_or_default();
    if head == "<" || text.starts_with("%PDF") || text.starts_with("{\\rtf") {
        return Err(SheetRefusal::NotASheet);
    }
    let cells = parse(&text, separator(&text), limits)?;
    Ok(Grid { cells, merged: Vec::new(), sheet_name: String::new() })
}

/// Decodes without guessing wrongly: a byte-order mark is believed, then strict UTF-8, then GB 18030
/// (a superset of GBK), and control characters mean that it is no text at all.
fn decode(bytes: &[u8]) -> Option<String> {
    let text = if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        std::str::from_utf8(rest).ok()?.to_owned()
    } else if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        UTF_16LE.decode_without_bom_handling_and_without_replacement(rest)?.into_owned()
    } else if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        UTF_16BE.decode_without_bom_handling_and_without_replacement(rest)?.into_owned()
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        GB18030.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned()
    };
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{0085}');
    text.chars().all(is_text).then_some(text)
}

/// The separator that makes the most regular table out of the first lines; a comma when in doubt.
fn separator(text: &str) -> char {
    let sample: String = text.lines().take(60).flat_map(|line| [line, "\n"]).collect();
    let limits = Limits { max_rows: usize::MAX, max_columns: usize::MAX, ..Limits::default() };
    let mut best = (',', 0);
    for candidate in [',', '\t', ';'] {
        // An open quotation mark at the end of the sample is no reason to fail.
        let rows = parse(&sample, candidate, &limits).unwrap_or_default();
        let widths: Vec<usize> = rows.iter().map(Vec::len).filter(|width| *width > 1).collect();
        let regular = |width: usize| widths.iter().filter(|other| **other == width).count() * (width - 1);
        let score = widths.iter().map(|width| regular(*width)).max().unwrap_or(0);
        if score > best.1 {
            best = (candidate, score);
        }
    }
    best.0
}

/// Where the parser stands in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// After a quotation mark inside quotes: the end, or the first half of a doubled one.
    QuoteSeen,
}

fn parse(text: &str, separator: char, limits: &Limits) -> Result<Vec<Vec<Cell>>, SheetRefusal> {
    let mut table = Table::new(limits);
    let mut at = At::Start;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        at = match (at, c) {
            (At::Quoted, '"') => At::QuoteSeen,
            (At::Quoted, c) => {
                table.push(c)?;
                At::Quoted
            }
            (At::QuoteSeen, '"') => {
                table.push('"')?;
                At::Quoted
            }
            (At::Start, '"') => At::Quoted,
            (_, c) if c == separator => {
                table.end_field()?;
                At::Start
            }
            (_, '\r' | '\n') => {
                if c == '\r' {
                    chars.next_if_eq(&'\n');
                }
                table.end_row()?;
                At::Start
            }
            (_, c) => {
                table.push(c)?;
                At::Plain
            }
        };
    }
    if at == At::Quoted {
        return Err(SheetRefusal::UnclosedQuote { row: table.rows.len() + 1 });
    }
    table.finish()
}

/// The rows gathered so far.
struct Table<'a> {
    limits: &'a Limits,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    field: String,
    content_bytes: usize,
    /// Height of the table without the blank rows at its end.
    content: usize,
}

impl<'a> Table<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), row: Vec::new(), field: String::new(), content_bytes: 0, content: 0 }
    }

    fn push(&mut self, c: char) -> Result<(), SheetRefusal> {
        self.field.push(c);
        if self.field.len() > MAX_FIELD_CHARS * 4 {
            return Err(SheetRefusal::UnclosedQuote { row: self.rows.len() + 1 });
        }
        Ok(())
    }

    fn end_field(&mut self) -> Result<(), SheetRefusal> {
        let field = std::mem::take(&mut self.field);
        // Separators without content beyond the last allowed column cost nothing.
        let fits = self.row.len() < self.limits.max_columns;
        let place = if fits { size_of::<Cell>() } else { 0 };
        self.content_bytes = self.content_bytes.saturating_add(field.len() + place);
        if self.content_bytes > self.limits.max_content_bytes {
            return Err(SheetRefusal::TooMuchContent { limit: self.limits.max_content_bytes });
        }
        let cell = if field.trim().is_empty() { Cell::Empty } else { Cell::Text(unprotected(field)) };
        if fits {
            self.row.push(cell);
        } else if cell != Cell::Empty {
            return Err(SheetRefusal::TooManyColumns { limit: self.limits.max_columns });
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetRefusal> {
        self.end_field()?;
        let mut row = std::mem::take(&mut self.row);
        while row.last() == Some(&Cell::Empty) {
            row.pop();
        }
        if !row.is_empty() {
            if self.rows.len() >= self.limits.max_rows {
                return Err(SheetRefusal::TooManyRows { limit: self.limits.max_rows });
            }
            self.content = self.rows.len() + 1;
        }
        if self.rows.len() < self.limits.max_rows {
            self.rows.push(row);
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Vec<Cell>>, SheetRefusal> {
        if !self.field.is_empty() || !self.row.is_empty() {
            self.end_row()?;
        }
        self.rows.truncate(self.content);
        Ok(self.rows)
    }
}

/// Takes off the apostrophe that [`write()`] puts before a text that looks like a formula.
fn unprotected(field: String) -> String {
    match field.strip_prefix('\'') {
        Some(rest) if text::looks_like_formula(rest) => rest.to_owned(),
        _ => field,
    }
}

/// Writes a text table (导出 CSV) that Excel opens without asking: UTF-8 with BOM, CRLF, every text
/// that looks like a formula behind an apostrophe.
pub fn write(rows: &[Vec<Value>]) -> Vec<u8> {
    let mut out = String::from('\u{FEFF}');
    for row in rows {
        let fields: Vec<String> = row.iter().map(field).collect();
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn field(value: &Value) -> String {
    let text = match value {
        Value::Blank => return String::new(),
        Value::Number(number) => return format!("{number}"),
        Value::Text(text) => text::printable(text),
    };
    let safe = if text::looks_like_formula(&text) { format!("'{text}") } else { text };
    if safe.contains([',', ';', '"', '\n', '\t']) || safe.trim() != safe {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}
