//! Workbooks through calamine (读取工作簿), cell by cell, so that a cell at XFD1048576 costs nothing.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::grid::{Cell, DateCell, Grid, MergedRange};
use super::read::Limits;
use super::refusal::SheetRefusal;

/// More merged regions than a form ever has; the rest is left unmerged.
const MAX_MERGES: usize = 50_000;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads every visible worksheet. The archive has passed the guard.
///
/// The parser is somebody else's and does unchecked arithmetic on cell names; a panic on a hostile
/// file is a damaged file, not the end of the caller's work.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, SheetRefusal> {
    catch_unwind(AssertUnwindSafe(|| read_book(bytes, limits))).unwrap_or(Err(SheetRefusal::Corrupt))
}

fn read_book(bytes: &[u8], limits: &Limits) -> Result<Vec<Grid>, SheetRefusal> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .take(limits.max_sheets)
        .collect();
    let mut budget = limits.max_content_bytes;
    let mut grids = Vec::with_capacity(names.len());
    for name in names {
        let cells = read_cells(&mut book, &name, limits, &mut budget)?;
        let height = cells.len();
        // A merge list that cannot be read loses the merges, not the cells.
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let merged = merged.iter().take(MAX_MERGES).filter_map(|region| clip(region, height, limits)).collect();
        grids.push(Grid { cells, merged, sheet_name: name });
    }
    Ok(grids)
}

fn refused(error: &XlsxError) -> SheetRefusal {
    match error {
        XlsxError::Password => SheetRefusal::Encrypted,
        _ => SheetRefusal::Corrupt,
    }
}

fn read_cells(
    book: &mut Book<'_>,
    name: &str,
    limits: &Limits,
    budget: &mut usize,
) -> Result<Vec<Vec<Cell>>, SheetRefusal> {
    let mut reader = book.worksheet_cells_reader(name).map_err(|error| refused(&error))?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while let Some(found) = reader.next_cell().map_err(|error| refused(&error))? {
        let (row, column) = found.get_position();
        let cell = convert(found.get_value());
        // Formatting far below or beside the table is common and harmless: only content counts.
        if cell.is_blank() {
            continue;
        }
        let row = usize::try_from(row).unwrap_or(usize::MAX);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if row >= limits.max_rows {
            return Err(SheetRefusal::TooManyRows { limit: limits.max_rows });
        }
        if column >= limits.max_columns {
            return Err(SheetRefusal::TooManyColumns { limit: limits.max_columns });
        }
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        let held = rows.get(row).map_or(0, Vec::len);
        let text = if let Cell::Text(text) = &cell { text.len() } else { 0 };
        let cost = text + (column + 1).saturating_sub(held) * size_of::<Cell>();
        *budget = budget.checked_sub(cost).ok_or(SheetRefusal::TooMuchContent { limit: limits.max_content_bytes })?;
        if let Some(cells) = rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            if let Some(place) = cells.get_mut(column) {
                *place = cell;
            }
        }
    }
    Ok(rows)
}

fn convert(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::Error(error) => Cell::Error(error.to_string()),
        DataRef::Float(value) => number(*value),
        // Not exact above 2^53, as Excel's own numbers are not.
        DataRef::Int(value) => value.to_string().parse().map_or(Cell::Empty, number),
        DataRef::DateTime(value) => date(value),
    }
}

fn number(value: f64) -> Cell {
    if value.is_finite() { Cell::Number(value) } else { Cell::Error("#NUM!".to_owned()) }
}

/// A serial below 1 is a time of day; one without a fraction is a date.
fn date(value: &ExcelDateTime) -> Cell {
    let serial = value.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        return number(serial);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let (hour, minute, carried) = round_to_minute(hour, minute, second);
    if value.is_duration() || serial < 1.0 {
        // Durations of days are hours past 24, as `[h]:mm` shows them.
        let days = (1..=1_000_u32).filter(|days| f64::from(*days) <= serial).max().unwrap_or(0) + u32::from(carried);
        return Cell::Date(DateCell { date: None, time: Some((days * 24 + u32::from(hour), minute)) });
    }
    let time = (serial.fract() != 0.0).then_some((u32::from(hour), minute));
    Cell::Date(DateCell { date: Some((year, month, day)), time })
}

/// 04:29:59.9999 is how a typed 04:30 comes back; whether midnight was passed is told.
fn round_to_minute(hour: u8, minute: u8, second: u8) -> (u8, u8, bool) {
    let minutes = u32::from(hour) * 60 + u32::from(minute) + u32::from(second >= 30);
    let carried = minutes >= 24 * 60;
    let minutes = minutes % (24 * 60);
    let part = |value: u32| u8::try_from(value).unwrap_or(0);
    (part(minutes / 60), part(minutes % 60), carried)
}

fn clip(region: &Dimensions, height: usize, limits: &Limits) -> Option<MergedRange> {
    let at = |value: u32| usize::try_from(value).unwrap_or(usize::MAX);
    let range = MergedRange {
        first_row: at(region.start.0),
        first_column: at(region.start.1),
        last_row: at(region.end.0).min(height.saturating_sub(1)),
        last_column: at(region.end.1).min(limits.max_columns.saturating_sub(1)),
    };
    (range.first_row <= range.last_row && range.first_column <= range.last_column).then_some(range)
}
