//! The error report (错误报告): every bad row as it came, with what is the matter with each of its cells, to be corrected and
//! uploaded again. What is only to be noted of the rows that can be taken in stands above them, for those are not uploaded again.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kernel::Lang;
use kernel::sheet::{SheetFault, TableColumn, TableModel, Value};

use super::columns::{Column, Headings};
use super::issue::Issue;

/// Kinds of notes that stand above the rows at most.
const MOST_NOTES: usize = 5;

/// A row of which the report tells something (报告行).
#[derive(Clone, Debug)]
pub struct ToldRow {
    /// The row as a spreadsheet counts it.
    pub row_no: i32,
    /// Can it not be taken in?
    pub is_bad: bool,
    /// What its cells hold, in the order of [`Column::ALL`].
    pub cells: Vec<String>,
    /// What is the matter, or to be noted.
    pub issues: Vec<Issue>,
}

/// The report as a workbook.
pub fn xlsx(headings: &Headings, rows: &[ToldRow], created: i64) -> Result<Vec<u8>, SheetFault> {
    let ours = headings.in_order();
    let column = |title: &str, width| TableColumn { title: title.to_owned(), width, centred: false };
    let mut columns = vec![column("行号 Row", 8.0)];
    columns.extend(ours.iter().map(|(_, title)| column(title, 16.0)));
    columns.push(column("问题和处理办法", 60.0));
    columns.push(column("Problems and what to do", 60.0));
    let line = |row: &ToldRow| {
        let cell = |of: Column| Column::ALL.iter().position(|column| *column == of).and_then(|at| row.cells.get(at));
        let mut values = vec![u32::try_from(row.row_no).map_or(Value::Blank, Value::from)];
        values.extend(ours.iter().map(|(of, _)| Value::Text(cell(*of).cloned().unwrap_or_default())));
        values.extend([Lang::Zh, Lang::En].map(|lang| Value::Text(told(&row.issues, lang))));
        values
    };
    let mut header_lines = vec!["以下各行没有导入。请按说明改正后，将这些行重新上传。".to_owned()];
    header_lines.extend(notes(rows));
    let table = TableModel {
        title: "招聘信息导入错误报告".to_owned(),
        header_lines,
        columns,
        rows: rows.iter().filter(|row| row.is_bad).map(line).collect(),
        footer_lines: Vec::new(),
    };
    table.to_xlsx("错误报告", created)
}

/// What is to be noted of the rows that can be taken in, and of how many of them; the most frequent first.
fn notes(rows: &[ToldRow]) -> Vec<String> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for issue in rows.iter().filter(|row| !row.is_bad).flat_map(|row| &row.issues) {
        *counts.entry((placed(issue, Lang::Zh), placed(issue, Lang::En))).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| Reverse(*n));
    let line = |((zh, en), n): ((String, String), usize)| {
        format!("可以导入的行中有 {n} 行请留意：{zh} / To be noted of {n} rows that can be taken in: {en}")
    };
    counts.into_iter().take(MOST_NOTES).map(line).collect()
}

/// What is the matter with a row, cell by cell.
fn told(issues: &[Issue], lang: Lang) -> String {
    issues.iter().map(|issue| placed(issue, lang)).collect::<Vec<_>>().join("\n")
}

/// What is the matter with a cell, behind where it stands.
fn placed(issue: &Issue, lang: Lang) -> String {
    let place = if issue.column.is_empty() { issue.title.clone() } else { format!("{} {}", issue.column, issue.title) };
    format!("【{place}】{}", issue.message.get(lang))
}
