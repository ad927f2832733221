//! The error report (错误报告): every issue of an import as CSV that Excel and WPS open, safe against formulas.

use chrono::{DateTime, Utc};
use kernel::jobs::{JobEnd, JobRun};
use kernel::sheet::{Value, csv};
use kernel::{Fault, Never, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::issue::Issue;
use super::jobs::ReportJob;
use super::store as imports;
use crate::kinds::ImportStatus;
use crate::rows::{cell_issue, directory_import};

/// The columns of the report.
const COLUMNS: [&str; 10] = [
    "行号 Row",
    "列 Column",
    "栏目 Heading",
    "单元格内容 Value",
    "级别 Severity",
    "代码 Code",
    "问题",
    "处理建议",
    "Problem",
    "What to do",
];

/// The report of some issues.
#[must_use]
pub fn csv(issues: &[Issue]) -> Vec<u8> {
    let mut rows = vec![COLUMNS.iter().map(|title| Value::Text((*title).to_owned())).collect::<Vec<_>>()];
    rows.extend(issues.iter().map(|issue| {
        let row = u32::try_from(issue.row_no).ok().filter(|row| *row > 0).map_or(Value::Blank, Value::from);
        let severity = if issue.is_error { "错误 Error" } else { "提示 Note" };
        let texts = [
            &issue.column,
            &issue.title,
            &issue.value,
            &severity.to_owned(),
            &issue.code,
            &issue.message.zh,
            &issue.hint.zh,
            &issue.message.en,
            &issue.hint.en,
        ];
        std::iter::once(row).chain(texts.into_iter().map(|text| Value::Text(text.clone()))).collect()
    }));
    csv::write(&rows)
}

/// Stores a report beside its import.
pub async fn store(tx: &Tx, file_name: &str, bytes: &[u8], until: DateTime<Utc>) -> Result<Uuid, Fault> {
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let name = format!("{stem}-错误报告.csv");
    kernel::blob::store(tx, &kernel::blob::EXPORT, &name, "text/csv", bytes, Some(until)).await
}

/// Writes the report again after a correction, until no correction came in between.
pub async fn again(job: JobRun, task: ReportJob) -> Result<JobEnd, Fault> {
    let ctx = &job.ctx;
    loop {
        let (import, standing) = imports::load(&ctx.scope(), task.import).await?;
        if standing != ImportStatus::Checked && standing != ImportStatus::Applied {
            return Ok(JobEnd::Done(None));
        }
        let found = cell_issue::Entity::find()
            .filter(cell_issue::Column::ImportId.eq(import.id))
            .order_by_asc(cell_issue::Column::RowNo)
            .order_by_asc(cell_issue::Column::Position)
            .order_by_asc(cell_issue::Column::Id)
            .all(&ctx.scope())
            .await?;
        let issues: Vec<Issue> = found.into_iter().map(Issue::from).collect();
        let bytes = imports::apart("write an error report", move || csv(&issues)).await?;
        let saved: Result<bool, Stop<Never>> =
            ctx.quietly(|tx| async move { Ok(replace(&tx, &import, &bytes).await?) }).await;
        if saved.map_err(Stop::into_fault)? {
            return Ok(JobEnd::Done(None));
        }
    }
}

/// Puts the new report in the place of the old one, unless the import has changed since it was read.
async fn replace(tx: &Tx, import: &directory_import::Model, bytes: &[u8]) -> Result<bool, Fault> {
    let report = store(tx, &import.file_name, bytes, import.kept_until).await?;
    let done = directory_import::Entity::update_many()
        .col_expr(directory_import::Column::ReportId, Expr::value(report))
        .filter(directory_import::Column::Id.eq(import.id))
        .filter(directory_import::Column::Version.eq(import.version))
        .exec(tx)
        .await?;
    let over = if done.rows_affected == 1 { import.report_id } else { Some(report) };
    if let Some(over) = over {
        imports::keep(tx, over, tx.ctx().now()).await?;
    }
    Ok(done.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::issue::{Found, Headings};

    #[test]
    fn a_cell_that_looks_like_a_formula_stays_text_in_the_report() {
        let issue =
            Headings::default().issue(7, crate::annex2::Field::Address, "=HYPERLINK(\"x\")", Found::no_county());
        let bytes = csv(&[issue]);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with('\u{FEFF}'));
        assert!(text.contains("'=HYPERLINK"));
        assert!(text.contains("7,"));
    }
}
