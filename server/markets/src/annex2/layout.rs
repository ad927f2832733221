//! Where the table is (表格定位): headings by meaning, in one row or two, in any order.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kernel::sheet::{Cell, Grid, Words, column_letters, text};
use serde::{Deserialize, Serialize};

use super::issue::{Field, Finding, FormIssue, FormIssueCode};

/// Rows from the top in which the headings are looked for.
const SEARCHED_ROWS: usize = 300;
/// Characters of a heading, with its explanation and the blanks that centre it.
const MAX_HEADING: usize = 80;
/// Fewer headings than this are a coincidence.
const MIN_HEADINGS: usize = 3;

/// A column of the file (栏目位置).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// First zero-based column.
    pub first: usize,
    /// Last one, where the heading is merged over several.
    pub last: usize,
    /// The heading as the file has it.
    pub title: String,
}

/// Which column holds what (栏目对照).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Columns {
    found: BTreeMap<Field, Column>,
}

/// The table in a sheet (表格布局).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The columns.
    pub columns: Columns,
    /// First zero-based row of the headings.
    pub first_heading: usize,
    /// Last row of the headings.
    pub last_heading: usize,
    /// Columns with a heading that is not in the form.
    ignored: Vec<Column>,
    /// Columns whose heading means the same as an earlier one.
    doubled: Vec<Column>,
}

impl Columns {
    /// The column of a field.
    pub fn get(&self, field: Field) -> Option<&Column> {
        self.found.get(&field)
    }

    /// Number of fields found.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The cell of a field in a row: of a heading merged over several columns the first that is filled.
    pub fn cell<'a>(&self, grid: &'a Grid, row: usize, field: Field) -> &'a Cell {
        let Some(column) = self.get(field) else {
            return &Cell::Empty;
        };
        let filled = (column.first..=column.last).find(|column| !grid.cell(row, *column).is_blank());
        grid.cell(row, filled.unwrap_or(column.first))
    }

    /// Places a finding in the cell of a field; `row` is zero-based.
    pub fn issue(&self, row: usize, field: Field, value: impl Into<String>, finding: Finding) -> FormIssue {
        let (letters, title) = self.get(field).map_or_else(
            || (String::new(), field.title().zh),
            |column| (column_letters(column.first), column.title.clone()),
        );
        finding.at(row, letters, title, value.into())
    }
}

/// Finds the table; the earliest row with the most headings wins. `grid` has its merges filled in,
/// `original` has not.
pub fn find(original: &Grid, grid: &Grid) -> Option<Layout> {
    let mut best: Option<Layout> = None;
    for row in 0..grid.height().min(SEARCHED_ROWS) {
        let Some(layout) = at(original, grid, row) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| layout.columns.len() > best.columns.len()) {
            best = Some(layout);
        }
    }
    best
}

/// Whether a row holds the headings again, as on every printed page.
pub fn is_heading_row(grid: &Grid, row: usize) -> bool {
    is_table(&headings(grid, row, row).columns)
}

fn is_table(columns: &Columns) -> bool {
    columns.len() >= MIN_HEADINGS && columns.get(Field::Name).is_some()
}

/// The headings that begin in a row, if there are any.
fn at(original: &Grid, grid: &Grid, row: usize) -> Option<Layout> {
    let one = headings(grid, row, row);
    let spans_two = original.merged.iter().any(|range| {
        range.first_row == row && range.last_row == row + 1 && field_of(&grid.text(row, range.first_column)).is_some()
    });
    let two = headings(grid, row, row + 1);
    let next_is_data = grid.cells.get(row + 1).is_some_and(|cells| cells.iter().any(is_figure));
    let takes_two = spans_two || (!next_is_data && two.columns.len() > one.columns.len());
    let layout = if takes_two { two } else { one };
    is_table(&layout.columns).then_some(layout)
}

fn is_figure(cell: &Cell) -> bool {
    let text = cell.text();
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Reads the headings that stand in one row, or over each other in two.
fn headings(grid: &Grid, first: usize, last: usize) -> Layout {
    let mut layout = Layout {
        columns: Columns::default(),
        first_heading: first,
        last_heading: last,
        ignored: Vec::new(),
        doubled: Vec::new(),
    };
    let mut previous: Option<(Field, Column)> = None;
    let width = [first, last].into_iter().filter_map(|row| grid.cells.get(row)).map(Vec::len).max().unwrap_or(0);
    for index in 0..width {
        let top = grid.text(first, index);
        let bottom = if last == first { String::new() } else { grid.text(last, index) };
        let title = if bottom == top || bottom.is_empty() { top } else { format!("{top}{bottom}") };
        if title.is_empty() {
            previous = None;
            continue;
        }
        let mut column = Column { first: index, last: index, title };
        let Some(field) = field_of(&column.title) else {
            previous = None;
            layout.ignored.push(column);
            continue;
        };
        // A heading merged over several columns repeats its own text.
        if let Some((before, earlier)) = &previous
            && *before == field
            && earlier.title == column.title
        {
            column.first = earlier.first;
            layout.columns.found.insert(field, column.clone());
            previous = Some((field, column));
        } else if let Entry::Vacant(place) = layout.columns.found.entry(field) {
            place.insert(column.clone());
            previous = Some((field, column));
        } else {
            layout.doubled.push(column);
            previous = None;
        }
    }
    layout
}

/// What a heading means.
fn field_of(heading: &str) -> Option<Field> {
    // The form's longest heading has 30 characters; prose is not looked at.
    if heading.chars().nth(MAX_HEADING).is_some() {
        return None;
    }
    let whole = text::squash(heading).to_lowercase();
    let bare = without_brackets(&whole);
    let bare = if bare.is_empty() { whole.trim_matches(['(', ')']).to_owned() } else { bare };
    if bare.chars().count() > 16 {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| bare.contains(word));
    let is = |words: &[&str]| words.contains(&bare.as_str());
    if has(&["填报", "联系", "电话"]) {
        None
    } else if has(&["成功", "成交"]) {
        Some(Field::DailySuccesses)
    } else if has(&["规模", "求职人", "求职者", "零工人数", "务工人数"]) {
        Some(Field::SeekerScale)
    } else if has(&["工种", "岗位", "职业"]) {
        Some(Field::Trades)
    } else if has(&["性质"]) || is(&["类型", "市场类型", "市场类别"]) {
        Some(Field::Nature)
    } else if has(&["时间", "时段"]) {
        Some(Field::Hours)
    } else if has(&["名称"]) || is(&["市场", "零工市场", "市场名", "名"]) {
        Some(Field::Name)
    } else if has(&["地址", "地点", "位置"]) {
        Some(Field::Address)
    } else if has(&["备注", "说明"]) {
        Some(Field::Remark)
    } else if is(&["序号", "编号", "序", "号", "no", "no."]) {
        Some(Field::Serial)
    } else {
        None
    }
}

/// The text without what stands in brackets, closed or not.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

impl Layout {
    /// What to tell about the headings: a column that is missing, doubled or not in the form.
    pub fn issues(&self) -> Vec<FormIssue> {
        let row = self.last_heading;
        let mut issues: Vec<FormIssue> = Field::FORM.into_iter().filter_map(|field| self.missing(field)).collect();
        for column in &self.ignored {
            let title = &column.title;
            let words = Words::new(
                format!("“{title}”不是名录栏目，未读取。"),
                format!("The column “{title}” is not in the form and was left out."),
            );
            issues.push(Finding::note(FormIssueCode::ColumnIgnored, words).at(
                row,
                column_letters(column.first),
                title.clone(),
                title.clone(),
            ));
        }
        for column in &self.doubled {
            let title = &column.title;
            let words = Words::new(
                format!("“{title}”与前面的栏目含义相同，只读取前一列。"),
                format!("“{title}” means the same as an earlier column; only that one was read."),
            );
            issues.push(Finding::note(FormIssueCode::ColumnDuplicate, words).at(
                row,
                column_letters(column.first),
                title.clone(),
                title.clone(),
            ));
        }
        issues
    }

    fn missing(&self, field: Field) -> Option<FormIssue> {
        if field == Field::Serial || self.columns.get(field).is_some() {
            return None;
        }
        let title = field.title();
        let message =
            Words::new(format!("没有找到“{}”一列。", title.zh), format!("There is no column for the {}.", title.en));
        let hint = Words::new(
            format!("请在表头中增加“{}”一列并填写。", field.heading()),
            format!("Add a column headed “{}” and fill it in.", field.heading()),
        );
        let finding = match field {
            // Figures can be computed from samples.
            Field::SeekerScale | Field::DailySuccesses => Finding::note(FormIssueCode::ColumnMissing, message),
            _ => Finding::error(FormIssueCode::ColumnMissing, message, hint),
        };
        Some(self.columns.issue(self.last_heading, field, "", finding))
    }

    /// Whether a column without which no row can be taken in is missing.
    pub fn is_incomplete(&self) -> bool {
        self.issues().iter().any(FormIssue::is_error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_meaning() {
        for field in Field::FORM {
            assert_eq!(field_of(field.heading()), Some(field));
        }
        for (heading, field) in [
            ("序 号", Field::Serial),
            ("市场名称", Field::Name),
            ("零工市场名称(无正规名称的以所在地址名称代称", Field::Name),
            ("性质", Field::Nature),
            ("营业时间", Field::Hours),
            ("地 址", Field::Address),
            ("求职人数", Field::SeekerScale),
            ("招聘岗位（工种）", Field::Trades),
            ("日均成交人数", Field::DailySuccesses),
            ("备 注", Field::Remark),
        ] {
            assert_eq!(field_of(heading), Some(field), "{heading}");
        }
        assert_eq!(field_of("填报时间"), None);
        assert_eq!(field_of("联系电话"), None);
    }
}
