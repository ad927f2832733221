//! Reading the file (读取文件), and reading one row again after a cell was corrected.

use std::collections::BTreeMap;

use kernel::sheet::{self, Cell, Grid, Limits, SheetRefusal, Words};
use kernel::trades::Trades;

use super::{Issue, MOST};
use crate::annex2::{self, Columns, Field, Form, FormRefusal, FormRow, names};
use crate::rules::trades::codes_of;

/// The cells of a row as they stand in the file, by column.
pub type Cells = BTreeMap<Field, String>;

/// A file that could be read.
pub struct File {
    /// The form.
    pub form: Form,
    /// The cells of each of its rows.
    pub cells: Vec<Cells>,
}

/// Why a file is not the form (文件拒收).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileRefusal {
    /// No sheet.
    Sheet(SheetRefusal),
    /// A sheet, but not this form.
    Form(FormRefusal),
}

impl FileRefusal {
    /// What is wrong and what to do next.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Sheet(refusal) => refusal.message(),
            Self::Form(refusal) => refusal.message(),
        }
    }
}

/// Reads a file of at most ten thousand rows.
pub fn read(bytes: &[u8], catalogue: &Trades) -> Result<File, FileRefusal> {
    let grids = sheet::read_all(bytes, &Limits::default()).map_err(FileRefusal::Sheet)?;
    let form = annex2::read(&grids, &|name| knows(catalogue, name)).map_err(FileRefusal::Form)?;
    if form.rows.len() > MOST {
        return Err(FileRefusal::Sheet(SheetRefusal::TooManyRows { limit: MOST }));
    }
    let grid = grids.iter().find(|g| g.sheet_name == form.sheet_name).map(Grid::with_merges_filled).unwrap_or_default();
    let cells = form.rows.iter().map(|row| cells(&grid, &form.columns, row)).collect();
    Ok(File { form, cells })
}

fn knows(catalogue: &Trades, name: &str) -> bool {
    !codes_of(catalogue, name).is_empty()
}

/// What a row says, as texts from which it can be read again: 同上 and continued rows are already resolved in it.
fn cells(grid: &Grid, columns: &Columns, row: &FormRow) -> Cells {
    let at = usize::try_from(row.row).unwrap_or(1).saturating_sub(1);
    let raw = |field: Field| columns.cell(grid, at, field).text();
    let said = |text: &str, field: Field| if text.is_empty() { raw(field) } else { text.to_owned() };
    let number = |figure: Option<&annex2::Figure>, field| figure.map_or_else(|| raw(field), |f| f.text.clone());
    let name = match row.nature {
        Some(reading) if !row.name.is_empty() => names::render(&row.name, row.alias_basis, reading.nature),
        _ => raw(Field::Name),
    };
    // A ditto mark would mean another row once it stands alone.
    let nature = match (annex2::nature::read(&raw(Field::Nature)), row.nature) {
        (Err(_), Some(reading)) => reading.nature.word().to_owned(),
        _ => raw(Field::Nature),
    };
    Cells::from([
        (Field::Name, name),
        (Field::Nature, nature),
        (Field::Hours, said(&row.hours_text, Field::Hours)),
        (Field::Address, said(&row.address, Field::Address)),
        (Field::SeekerScale, number(row.seeker_scale.as_ref(), Field::SeekerScale)),
        (Field::Trades, said(&row.trades_text, Field::Trades)),
        (Field::DailySuccesses, number(row.daily_successes.as_ref(), Field::DailySuccesses)),
        (Field::Remark, row.remark.clone().unwrap_or_default()),
    ])
}

/// Reads one row again from its cells. What is found is placed where the row stands in the file.
#[must_use]
pub fn read_again(row: i32, columns: &Columns, cells: &Cells, catalogue: &Trades) -> (Option<FormRow>, Vec<Issue>) {
    let fields: Vec<Field> = Field::FORM.into_iter().chain([Field::Remark]).collect();
    let heading = fields.iter().map(|field| Cell::Text(field.heading().to_owned())).collect();
    let values = fields
        .iter()
        .map(|field| cells.get(field).filter(|t| !t.is_empty()).map_or(Cell::Empty, |t| Cell::Text(t.clone())))
        .collect();
    let grid = Grid { cells: vec![heading, values], ..Grid::default() };
    let Ok(form) = annex2::read(&[grid], &|name| knows(catalogue, name)) else { return (None, Vec::new()) };
    let place = |issue: &annex2::FormIssue| {
        let field = fields.iter().find(|f| form.columns.get(**f).is_some_and(|c| letters(c.first) == issue.column));
        let there = field.and_then(|f| columns.get(*f));
        let mut placed = Issue { row, ..Issue::from(issue) };
        if let Some(column) = there {
            placed.column = letters(column.first);
            placed.title.clone_from(&column.title);
        }
        placed
    };
    // Row 0 speaks of the sheet: this one has no city above it, and need not.
    let issues = form.issues.iter().filter(|issue| issue.row > 0).map(place).collect();
    let mut rows = form.rows;
    let read = rows.pop().map(|found| FormRow { row: u32::try_from(row).unwrap_or_default(), ..found });
    (read, issues)
}

fn letters(column: usize) -> String {
    sheet::column_letters(column)
}
