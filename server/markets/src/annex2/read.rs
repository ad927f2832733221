//! The whole form (读取名录表): which rows are markets, and what everything else is.

use std::collections::HashMap;

use kernel::sheet::{Grid, Words, text};
use serde::{Deserialize, Serialize};

use super::figures::Figure;
use super::hours::HoursSpan;
use super::issue::{Field, Finding, FormIssue, FormIssueCode};
use super::layout::{self, Columns, Layout};
use super::lines;
use super::names::AliasBasis;
use super::nature::NatureReading;
use super::row::RowReader;

/// A directory form as read (名录表). `Debug` leaves the filer out: he is a person.
#[derive(Clone, PartialEq)]
pub struct Form {
    /// The sheet it stands in; empty for CSV.
    pub sheet_name: String,
    /// The city above the table, with its 市.
    pub city: Option<String>,
    /// 填报人.
    pub filer: Option<String>,
    /// 联系电话.
    pub filer_phone: Option<String>,
    /// The markets, in the file's order.
    pub rows: Vec<FormRow>,
    /// What is the matter, row by row.
    pub issues: Vec<FormIssue>,
    /// Where the columns are, to name cells in later findings.
    pub columns: Columns,
}

/// A market as filled in (名录行).
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// Row as Excel counts it, from 1.
    pub row: u32,
    /// Whether the row has no error and can be taken in; then every required value is there.
    pub good: bool,
    /// 序号 as written; missing, doubled or restarting numbers mean nothing.
    pub serial: Option<String>,
    /// 零工市场名称 without a marker.
    pub name: String,
    /// What the name rests on.
    pub alias_basis: AliasBasis,
    /// 运营性质 and how it was read; always there in a good row.
    pub nature: Option<NatureReading>,
    /// 运行时间, sorted; not empty in a good row.
    pub hours: Vec<HoursSpan>,
    /// 运行时间 as written.
    pub hours_text: String,
    /// 详细地址.
    pub address: String,
    /// 求职人员规模（人）.
    pub seeker_scale: Option<Figure>,
    /// 主要招聘工种, split.
    pub trades: Vec<String>,
    /// 主要招聘工种 as written.
    pub trades_text: String,
    /// 日均招聘成功人数（人）.
    pub daily_successes: Option<Figure>,
    /// 备注.
    pub remark: Option<String>,
}

/// Why a sheet cannot be read as the form at all (名录表拒收).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FormRefusal {
    /// No row with the headings of the form.
    NoTable,
    /// The headings, and no market under them.
    NoRows,
}

impl FormRefusal {
    /// What is wrong and what to do next.
    pub fn message(self) -> Words {
        match self {
            Self::NoTable => Words::new(
                "没有找到名录表头。请使用《零工市场名录》样表，表头至少应有“零工市场名称”“运营性质”“详细地址”等栏目。",
                "The headings of the directory form were not found. Use the form 零工市场名录; it needs at least the columns 零工市场名称, 运营性质 and 详细地址.",
            ),
            Self::NoRows => Words::new(
                "表头下方没有填写零工市场。请填写后重新导入。",
                "There is no market under the headings. Fill in the form and import it again.",
            ),
        }
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form")
            .field("sheet_name", &self.sheet_name)
            .field("city", &self.city)
            .field("rows", &self.rows)
            .field("issues", &self.issues)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// The rows that can be taken in.
    pub fn good_rows(&self) -> impl Iterator<Item = &FormRow> {
        self.rows.iter().filter(|row| row.good)
    }

    /// Whether every row can be taken in.
    pub fn is_clean(&self) -> bool {
        !self.issues.iter().any(FormIssue::is_error)
    }
}

/// Reads the form from the sheets of a file; the sheet with the most of the form's headings is it.
/// `knows_trade` says whether the catalogue of occupations has a name.
pub fn read(grids: &[Grid], knows_trade: &dyn Fn(&str) -> bool) -> Result<Form, FormRefusal> {
    let mut best: Option<(&Grid, Grid, Layout)> = None;
    for original in grids {
        let grid = original.with_merges_filled();
        let Some(layout) = layout::find(original, &grid) else {
            continue;
        };
        if best.as_ref().is_none_or(|(_, _, found)| layout.columns.len() > found.columns.len()) {
            best = Some((original, grid, layout));
        }
    }
    let (original, grid, layout) = best.ok_or(FormRefusal::NoTable)?;
    let mut sorted = Sorter::new(original, &grid, &layout);
    sorted.sort();
    let mut reader =
        RowReader { grid: &grid, columns: &layout.columns, knows_trade, above: Vec::new(), issues: layout.issues() };
    let mut rows: Vec<FormRow> = sorted.markets.iter().map(|(row, below)| reader.read(*row, below)).collect();
    if rows.is_empty() {
        return Err(FormRefusal::NoRows);
    }
    let mut issues = reader.issues;
    issues.append(&mut sorted.notes);
    mark_duplicates(&mut rows, &layout.columns, &mut issues);
    if layout.is_incomplete() {
        for row in &mut rows {
            row.good = false;
        }
    }
    let city =
        (0..layout.first_heading).flat_map(|row| lines::texts(original, row)).find_map(|line| lines::city(&line));
    let around = around(original, &sorted.outside);
    issues.extend(around_issues(city.is_none(), around.bad_phone && around.phone.is_none()));
    issues.sort_by_key(|issue| issue.row);
    Ok(Form {
        sheet_name: original.sheet_name.clone(),
        city,
        filer: around.name,
        filer_phone: around.phone,
        rows,
        issues,
        columns: layout.columns,
    })
}

/// Name and telephone from all rows outside the table; the first one filled in counts.
fn around(grid: &Grid, outside: &[usize]) -> lines::Filer {
    let mut all = lines::Filer::default();
    for row in outside {
        let found = lines::filer(&lines::texts(grid, *row));
        all.name = all.name.or(found.name);
        all.phone = all.phone.or(found.phone);
        all.bad_phone |= found.bad_phone;
    }
    all
}

fn around_issues(no_city: bool, bad_phone: bool) -> Vec<FormIssue> {
    let place = |finding: Finding| FormIssue { row: 0, ..finding.at(0, String::new(), String::new(), String::new()) };
    let city = no_city.then(|| {
        place(Finding::note(
            FormIssueCode::CityMissing,
            Words::new(
                "表格上方没有填写市名，按当前登录的市导入。",
                "No city stands above the table; the rows are taken for the city you are signed in to.",
            ),
        ))
    });
    let phone = bad_phone.then(|| {
        place(Finding::note(
            FormIssueCode::PhoneUnusable,
            Words::new("填报人联系电话无法识别，未读取。", "The filer's telephone number is not one and was left out."),
        ))
    });
    city.into_iter().chain(phone).collect()
}

/// The same name at the same address twice is one market filled in twice.
fn mark_duplicates(rows: &mut [FormRow], columns: &Columns, issues: &mut Vec<FormIssue>) {
    let mut seen: HashMap<(String, String), u32> = HashMap::new();
    for row in rows {
        let key = (text::squash(&row.name), text::squash(&row.address));
        if key.0.is_empty() || key.1.is_empty() {
            continue;
        }
        let Some(first) = seen.get(&key) else {
            seen.insert(key, row.row);
            continue;
        };
        row.good = false;
        let finding = Finding::error(
            FormIssueCode::DuplicateMarket,
            Words::new(
                format!("与第 {first} 行名称、地址相同。"),
                format!("The same name at the same address stands in row {first}."),
            ),
            Words::new(
                "请删除重复的一行；如是不同市场，请写清名称或地址。",
                "Delete one of the rows; if they are different markets, make name or address tell them apart.",
            ),
        );
        let at = usize::try_from(row.row).unwrap_or(1) - 1;
        issues.push(columns.issue(at, Field::Name, row.name.clone(), finding));
    }
}

/// Sorts the rows of the sheet into markets and everything else.
struct Sorter<'a> {
    original: &'a Grid,
    grid: &'a Grid,
    layout: &'a Layout,
    /// Rows of markets, each with the rows below that belong to it.
    markets: Vec<(usize, Vec<usize>)>,
    /// Rows above, under and between the tables of several pages.
    outside: Vec<usize>,
    notes: Vec<FormIssue>,
    /// Rows whose name is merged with the one above.
    continued: Vec<bool>,
    in_table: bool,
}

impl<'a> Sorter<'a> {
    fn new(original: &'a Grid, grid: &'a Grid, layout: &'a Layout) -> Self {
        let mut continued = vec![false; grid.height()];
        if let Some(name) = layout.columns.get(Field::Name) {
            for range in original.merged.iter().filter(|range| range.contains(range.first_row, name.first)) {
                let below = range.last_row.saturating_sub(range.first_row);
                for row in continued.iter_mut().skip(range.first_row + 1).take(below) {
                    *row = true;
                }
            }
        }
        let outside = (0..layout.first_heading).collect();
        Self { original, grid, layout, markets: Vec::new(), outside, notes: Vec::new(), continued, in_table: true }
    }

    fn sort(&mut self) {
        for row in self.layout.last_heading + 1..self.grid.height() {
            self.take(row);
        }
    }

    fn take(&mut self, row: usize) {
        let texts = lines::texts(self.original, row);
        if self.in_table && self.continued[row] && !self.markets.is_empty() {
            self.continue_market(row);
        } else if texts.is_empty() || self.is_number_only(row, &texts) {
        } else if layout::is_heading_row(self.grid, row) || self.is_second_heading(row) {
            self.in_table = true;
        } else if lines::is_foot(&texts) {
            self.in_table = false;
            self.outside.push(row);
        } else if !self.in_table {
            self.outside.push(row);
        } else if !is_total(&texts) && !is_page_mark(&texts) && !self.is_title_again(&texts) {
            if self.is_section(row, &texts) {
                self.skip(row, &texts);
            } else {
                self.markets.push((row, Vec::new()));
            }
        }
    }

    fn continue_market(&mut self, row: usize) {
        let Some((first, below)) = self.markets.last_mut() else {
            return;
        };
        below.push(row);
        let first = *first + 1;
        let note = Finding::note(
            FormIssueCode::ContinuationRow,
            Words::new(
                format!("名称与第 {first} 行合并，运行时间、工种和备注并入该行。"),
                format!("The name is merged with row {first}; hours, trades and remark were joined to it."),
            ),
        );
        let name = self.grid.text(row, self.layout.columns.get(Field::Name).map_or(0, |column| column.first));
        self.notes.push(self.layout.columns.issue(row, Field::Name, name, note));
    }

    fn skip(&mut self, row: usize, texts: &[String]) {
        let text = texts.join(" ");
        let note = Finding::note(
            FormIssueCode::RowSkipped,
            Words::new(
                format!("“{text}”读作分组标题，未导入。"),
                format!("“{text}” was read as a sub-heading and skipped."),
            ),
        );
        self.notes.push(note.at(row, String::new(), String::new(), text));
    }

    /// Blank rows often come numbered, and the row under the headings may number the columns.
    fn is_number_only(&self, row: usize, texts: &[String]) -> bool {
        let numbers: Vec<Option<usize>> =
            texts.iter().map(|text| text.trim_matches(['(', ')', '（', '）']).parse().ok()).collect();
        let in_serial = !self.layout.columns.cell(self.original, row, Field::Serial).is_blank();
        let is_numbering = texts.len() >= 3
            && row <= self.layout.last_heading + 2
            && numbers
                .iter()
                .enumerate()
                .all(|(at, number)| number.is_none_or(|number| number == at + 1 || number == at))
            && numbers.iter().all(Option::is_some);
        is_numbering || (texts.len() == 1 && in_serial && numbers.iter().all(Option::is_some))
    }

    /// The second row of headings, repeated on a later page.
    fn is_second_heading(&self, row: usize) -> bool {
        let heading = self.layout.last_heading;
        heading != self.layout.first_heading
            && row > heading
            && lines::texts(self.original, row) == lines::texts(self.original, heading)
    }

    /// Title and city line, repeated on a later page.
    fn is_title_again(&self, texts: &[String]) -> bool {
        let [text] = texts else { return false };
        let squashed = text::squash(text);
        let above = (0..self.layout.first_heading).flat_map(|row| lines::texts(self.original, row));
        squashed.contains("零工市场名录")
            || squashed.starts_with("附件")
            || above.into_iter().any(|line| text::squash(&line) == squashed)
    }

    /// A line over the whole width, a numbered group, or a county by itself.
    fn is_section(&self, row: usize, texts: &[String]) -> bool {
        let [text] = texts else { return false };
        let squashed = text::squash(text);
        let wide = self.original.merged.iter().any(|range| {
            range.first_row == row && range.last_row == row && range.last_column >= range.first_column + 2
        });
        let numbered = squashed
            .trim_start_matches('(')
            .trim_start_matches(|c| "一二三四五六七八九十".contains(c))
            .starts_with(['、', ')', '.'])
            && !squashed.starts_with(['、', '.']);
        let in_serial = !self.layout.columns.cell(self.original, row, Field::Serial).is_blank();
        wide || numbered || in_serial || squashed.ends_with(['区', '县'])
    }
}

fn is_total(texts: &[String]) -> bool {
    texts.iter().take(2).any(|text| {
        let squashed = text::squash(text);
        ["合计", "小计", "总计", "共计", "累计", "本页合计"].iter().any(|word| squashed.starts_with(word))
    })
}

fn is_page_mark(texts: &[String]) -> bool {
    let line = text::squash(&texts.concat());
    line.ends_with('页') && (line.starts_with('第') || line.starts_with('共')) && line.chars().count() <= 16
}
