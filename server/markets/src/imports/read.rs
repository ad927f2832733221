//! From bytes to rows (读取名录文件). Pure, and CPU work: callers run it on a blocking thread.

use kernel::Pii;
use kernel::sheet::{self, Cell, Grid, Limits, SheetRefusal, Words, column_letters, text};
use kernel::trades::Trades;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::MOST_ROWS;
use super::issue::{BETWEEN_ROWS, Found, Headings, Issue, Staged};
use crate::annex2::{self, AliasBasis as FormBasis, Field, Figure, FormRefusal, FormRow, Nature, hours};
use crate::kinds::{AliasBasis, ImportAction, OperatingNature};
use crate::rows::import_row;
use crate::rules::trades::{Trade, codes_of, lenient};

/// Characters of a cell that are kept to be corrected.
const KEPT_TEXT: usize = 1_000;
/// Cells that repeat the one above: what they stand for is kept, not they.
const DITTO: &[&str] = &["同上", "同前", "〃", "″", "\"", "''", "''''"];

/// A form that was read (已读取的名录表).
#[derive(Debug)]
pub struct ReadForm {
    /// The city named above the table.
    pub city: Option<String>,
    /// Who filled it in.
    pub filer: Option<Pii<String>>,
    /// Where the columns are.
    pub headings: Headings,
    /// The rows.
    pub staged: Vec<Staged>,
    /// What is the matter with the sheet itself, headings and skipped rows.
    pub around: Vec<Issue>,
}

/// Why a file is not taken in (文件拒收).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a sheet that can be read.
    Sheet(SheetRefusal),
    /// Not the form.
    Form(FormRefusal),
    /// More rows than [`MOST_ROWS`].
    TooManyRows,
    /// Columns without which no row can be taken in.
    ColumnsMissing(Vec<Words>),
}

impl Unreadable {
    /// The code, as stored.
    pub fn code(&self) -> String {
        let written = match self {
            Self::Sheet(refusal) => serde_json::to_value(refusal.code()),
            Self::Form(refusal) => serde_json::to_value(refusal),
            Self::TooManyRows => return "TOO_MANY_ROWS".to_owned(),
            Self::ColumnsMissing(_) => return "COLUMNS_MISSING".to_owned(),
        };
        written.ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What is wrong and what to do next.
    pub fn message(&self) -> Words {
        match self {
            Self::Sheet(refusal) => refusal.message(),
            Self::Form(refusal) => refusal.message(),
            Self::TooManyRows => Words::new(
                format!("名录超过 {MOST_ROWS} 行，请分成几个文件上传。"),
                format!("The directory has more than {MOST_ROWS} rows: split it into several files."),
            ),
            Self::ColumnsMissing(columns) => {
                let zh: Vec<&str> = columns.iter().map(|words| words.zh.as_str()).collect();
                let en: Vec<&str> = columns.iter().map(|words| words.en.as_str()).collect();
                Words::new(
                    format!("表格缺少“{}”栏。请按名录样表补上后重新上传。", zh.join("”“")),
                    format!("The table has no column for: {}. Add it as in the form and upload again.", en.join(", ")),
                )
            }
        }
    }
}

/// Reads a file.
pub fn read_file(import: Uuid, bytes: &[u8], catalogue: &Trades) -> Result<ReadForm, Unreadable> {
    let grids = sheet::read_all(bytes, &Limits::default()).map_err(Unreadable::Sheet)?;
    let knows = |name: &str| !codes_of(catalogue, name).is_empty();
    let form = annex2::read(&grids, &knows).map_err(Unreadable::Form)?;
    if form.rows.len() > MOST_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    let missing: Vec<Words> = [Field::Name, Field::Nature, Field::Hours, Field::Address, Field::Trades]
        .into_iter()
        .filter(|field| form.columns.get(*field).is_none())
        .map(Field::title)
        .collect();
    if !missing.is_empty() {
        return Err(Unreadable::ColumnsMissing(missing));
    }
    let headings = Headings::of(&form.columns);
    let filled = grids.iter().find(|grid| grid.sheet_name == form.sheet_name).map(Grid::with_merges_filled);
    let raw = |row: &FormRow, field: Field| {
        let at = usize::try_from(row.row).unwrap_or(1).saturating_sub(1);
        filled.as_ref().map(|grid| form.columns.cell(grid, at, field).text()).unwrap_or_default()
    };
    let mut staged: Vec<Staged> = form
        .rows
        .iter()
        .map(|row| Staged {
            row: drafted(import, row, cells(row, &|field| raw(row, field)), catalogue),
            issues: vec![],
        })
        .collect();
    let mut around = Vec::new();
    for issue in form.issues.into_iter().map(Issue::from) {
        if BETWEEN_ROWS.contains(&issue.code.as_str()) {
            continue;
        }
        match staged.binary_search_by_key(&issue.row_no, |s| s.row.row_no) {
            Ok(at) => staged[at].issues.push(issue),
            Err(_) => around.push(issue),
        }
    }
    Ok(ReadForm { city: form.city, filer: form.filer, headings, staged, around })
}

/// Reads one row again, from its cells as corrected, by the same rules.
pub fn read_row(import: Uuid, row_no: i32, cells: &Value, headings: &Headings, catalogue: &Trades) -> Staged {
    let fields: Vec<Field> = Field::FORM.into_iter().chain([Field::Remark]).collect();
    let top = fields.iter().map(|field| Cell::Text(field.heading().to_owned())).collect();
    let texts = fields.iter().map(|field| match field {
        // A number in front tells the row from headings, sub-headings and the foot of the form.
        Field::Serial => Cell::Text("1".to_owned()),
        field => Cell::Text(cell_of(cells, *field)),
    });
    let grid = Grid { cells: vec![top, texts.collect()], merged: Vec::new(), sheet_name: String::new() };
    let knows = |name: &str| !codes_of(catalogue, name).is_empty();
    let form = annex2::read(&[grid], &knows).ok();
    let (row, found) = form.map_or((None, Vec::new()), |form| (form.rows.into_iter().next(), form.issues));
    let Some(row) = row else {
        let issue = headings.issue(row_no, Field::Name, &cell_of(cells, Field::Name), Found::row_empty());
        return Staged { row: blank(import, row_no, cells.clone()), issues: vec![issue] };
    };
    let place = |mut issue: Issue| {
        let field = fields.iter().enumerate().find(|(at, _)| column_letters(*at) == issue.column);
        if let Some((_, field)) = field {
            (issue.column, issue.title) = headings.at(*field);
        }
        Issue { row_no, ..issue }
    };
    let issues = found.into_iter().filter(|issue| issue.row == row.row).map(|issue| place(issue.into())).collect();
    let row = import_row::Model { row_no, ..drafted(import, &row, cells.clone(), catalogue) };
    Staged { row, issues }
}

/// The key of a field among the cells.
pub fn key(field: Field) -> String {
    serde_json::to_value(field).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The text of a field's cell.
pub fn cell_of(cells: &Value, field: Field) -> String {
    cells.get(key(field)).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The cells of a row as a person would type them.
fn cells(row: &FormRow, raw: &dyn Fn(Field) -> String) -> Value {
    let or_raw = |field: Field, read: Option<String>| {
        let raw = raw(field);
        match read.filter(|read| !read.is_empty()) {
            Some(read) if DITTO.contains(&text::squash(&raw).as_str()) => read,
            _ => raw,
        }
    };
    let first = |read: &str, field: Field| if read.is_empty() { raw(field) } else { read.to_owned() };
    let figure = |figure: &Option<Figure>| figure.as_ref().map(|figure| figure.text.clone());
    let texts = [
        (Field::Name, or_raw(Field::Name, Some(row.name.clone()))),
        (Field::Nature, or_raw(Field::Nature, row.nature.map(|nature| nature.nature.word().to_owned()))),
        // Hours, trades and remark may be joined from several rows.
        (Field::Hours, first(&row.hours_text, Field::Hours)),
        (Field::Address, or_raw(Field::Address, Some(row.address.clone()))),
        (Field::SeekerScale, or_raw(Field::SeekerScale, figure(&row.seeker_scale))),
        (Field::Trades, first(&row.trades_text, Field::Trades)),
        (Field::DailySuccesses, or_raw(Field::DailySuccesses, figure(&row.daily_successes))),
        (Field::Remark, first(row.remark.as_deref().unwrap_or_default(), Field::Remark)),
    ];
    let kept = texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(field, text)| {
        let text: String = text.chars().take(KEPT_TEXT).collect();
        (key(field), Value::String(text))
    });
    Value::Object(kept.collect::<Map<_, _>>())
}

fn blank(import: Uuid, row_no: i32, cells: Value) -> import_row::Model {
    import_row::Model {
        import_id: import,
        row_no,
        official_name: None,
        alias: None,
        alias_basis: None,
        nature: None,
        reading_zh: None,
        reading_en: None,
        public_interest: None,
        hours_text: None,
        address: None,
        division: None,
        county: None,
        name_key: None,
        address_key: None,
        scale_low: None,
        scale_high: None,
        scale_approximate: false,
        success_low: None,
        success_high: None,
        success_approximate: false,
        trades: json!([]),
        other_trades: json!([]),
        remark: None,
        cells,
        action: ImportAction::Skip,
        good: false,
        market_id: None,
        market_version: None,
    }
}

fn drafted(import: Uuid, row: &FormRow, cells: Value, catalogue: &Trades) -> import_row::Model {
    let row_no = i32::try_from(row.row).unwrap_or(i32::MAX);
    let mut draft = blank(import, row_no, cells);
    let name = (!row.name.is_empty()).then(|| row.name.clone());
    (draft.official_name, draft.alias) =
        if row.alias_basis == FormBasis::Official { (name, None) } else { (None, name) };
    draft.alias_basis = Some(match row.alias_basis {
        FormBasis::Official => AliasBasis::Official,
        FormBasis::Customary => AliasBasis::Customary,
        FormBasis::Address => AliasBasis::Address,
    });
    draft.nature = row.nature.map(|reading| nature(reading.nature));
    draft.reading_zh = row.nature.map(|reading| reading.how.to_owned());
    draft.reading_en = row.nature.map(|reading| reading.how_en.to_owned());
    draft.public_interest = row.nature.and_then(|reading| reading.public_interest);
    draft.hours_text = (!row.hours.is_empty()).then(|| hours::render(&row.hours));
    draft.address = (!row.address.is_empty()).then(|| row.address.clone());
    let ends = |figure: &Option<Figure>| {
        let end = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        figure.as_ref().map_or((None, None, false), |f| (Some(end(f.low)), Some(end(f.high)), f.approximate))
    };
    (draft.scale_low, draft.scale_high, draft.scale_approximate) = ends(&row.seeker_scale);
    (draft.success_low, draft.success_high, draft.success_approximate) = ends(&row.daily_successes);
    let (mut codes, mut others) = (Vec::new(), Vec::new());
    for trade in lenient(catalogue, &row.trades) {
        match trade {
            Trade::Known(code) => codes.push(code),
            Trade::Other(name) => others.push(name),
        }
    }
    (draft.trades, draft.other_trades) = (json!(codes), json!(others));
    draft.remark.clone_from(&row.remark);
    draft
}

/// The nature of the form as ours.
pub const fn nature(nature: Nature) -> OperatingNature {
    match nature {
        Nature::Public => OperatingNature::Public,
        Nature::Commercial => OperatingNature::Commercial,
        Nature::Spontaneous => OperatingNature::Spontaneous,
    }
}

/// Texts of a JSON list.
pub fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
