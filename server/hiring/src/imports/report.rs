//! The error report (错误报告): every bad row as it came, with what is the matter with each of its cells, to be corrected and
//! uploaded again.

use kernel::Lang;
use kernel::sheet::{SheetFault, TableColumn, TableModel, Value};

use super::columns::{Column, Headings};
use super::issue::Issue;

/// A bad row of the report (报告行).
#[derive(Clone, Debug)]
pub struct BadRow {
    /// The row as a spreadsheet counts it.
    pub row_no: i32,
    /// What its cells hold, in the order of [`Column::ALL`].
    pub cells: Vec<String>,
    /// What is the matter.
    pub issues: Vec<Issue>,
}

/// The report as a workbook.
pub fn xlsx(headings: &Headings, rows: &[BadRow], created: i64) -> Result<Vec<u8>, SheetFault> {
    let ours = headings.in_order();
    let column = |title: &str, width| TableColumn { title: title.to_owned(), width, centred: false };
    let mut columns = vec![column("行号 Row", 8.0)];
    columns.extend(ours.iter().map(|(_, title)| column(title, 16.0)));
    columns.push(column("问题和处理办法", 60.0));
    columns.push(column("Problems and what to do", 60.0));
    let line = |row: &BadRow| {
        let cell = |of: Column| Column::ALL.iter().position(|column| *column == of).and_then(|at| row.cells.get(at));
        let mut values = vec![u32::try_from(row.row_no).map_or(Value::Blank, Value::from)];
        values.extend(ours.iter().map(|(of, _)| Value::Text(cell(*of).cloned().unwrap_or_default())));
        values.extend([Lang::Zh, Lang::En].map(|lang| Value::Text(told(&row.issues, lang))));
        values
    };
    let table = TableModel {
        title: "招聘信息导入错误报告".to_owned(),
        header_lines: vec!["以下各行没有导入。请按说明改正后，将这些行重新上传。".to_owned()],
        columns,
        rows: rows.iter().map(line).collect(),
        footer_lines: Vec::new(),
    };
    table.to_xlsx("错误报告", created)
}

/// What is the matter with a row, cell by cell.
fn told(issues: &[Issue], lang: Lang) -> String {
    let one = |issue: &Issue| {
        let place =
            if issue.column.is_empty() { issue.title.clone() } else { format!("{} {}", issue.column, issue.title) };
        format!("【{place}】{}", issue.message.get(lang))
    };
    issues.iter().map(one).collect::<Vec<_>>().join("\n")
}
