//! The whole form (读取名录表): which rows are markets, and what everything else is.

use std::collections::HashMap;

use kernel::Pii;
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
use super::sort::Sorter;

/// A directory form as read (名录表). `Debug` leaves the filer out: he is a person.
#[derive(Clone, PartialEq)]
pub struct Form {
    /// The sheet it stands in; empty for CSV.
    pub sheet_name: String,
    /// The city above the table, with its 市.
    pub city: Option<String>,
    /// 填报人.
    pub filer: Option<Pii<String>>,
    /// 联系电话.
    pub filer_phone: Option<Pii<String>>,
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
        filer: around.name.map(Pii::new),
        filer_phone: around.phone.map(Pii::new),
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
