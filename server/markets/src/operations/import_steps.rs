//! What the steps of an import share (导入公用步骤): going through rows, keeping what was found, the error report.

use std::collections::HashMap;

use chrono::Duration;
use entities::blob;
use kernel::blob::EXPORT;
use kernel::divisions::Divisions;
use kernel::jobs::JobRun;
use kernel::policy::Reach;
use kernel::sheet::csv;
use kernel::{Ctx, Fault, Lang, Never, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::kinds::{ImportAction, ImportStatus};
use crate::policy;
use crate::rows::{cell_issue, directory_import, import_row};
use crate::rules::import::{Assessed, File, Index, Issue, Setting, Taken, assess};
use crate::store::parts::insert;
use crate::store::{imports, market, standing};

/// The uploaded file and its error report are kept for so long.
pub(super) const KEPT: Duration = Duration::days(30);
/// Rows between two words on progress.
const PIECE: usize = 250;

/// The counties an importer may write to; none: all of the city.
pub(super) fn counties(reach: &Reach) -> Option<Vec<String>> {
    (!reach.city).then(|| reach.counties.clone())
}

/// What going through a file gave, row by row.
pub(super) struct Keep(Vec<Assessed>);

impl Keep {
    /// Goes through all rows at once.
    pub(super) async fn of(
        tx: &Tx,
        file: &File,
        default_division: Option<&str>,
        counties: Option<&[String]>,
    ) -> Result<Self, Fault> {
        let there = standing::all(tx).await?;
        let index = Index::of(there.iter(), Divisions::standard());
        let setting = Setting { around: market::around(tx.ctx()), index: &index, default_division, counties };
        Ok(Self(piece(file, 0..file.form.rows.len(), &setting, &mut Taken::default())))
    }

    /// Goes through the rows in pieces, telling how far it is; none when it was asked to stop.
    pub(super) async fn in_pieces(
        run: &JobRun,
        file: &File,
        default_division: Option<&str>,
        counties: Option<&[String]>,
    ) -> Result<Option<Self>, Fault> {
        let there = standing::all(&run.ctx.scope()).await?;
        let index = Index::of(there.iter(), Divisions::standard());
        let setting = Setting { around: market::around(&run.ctx), index: &index, default_division, counties };
        let mut taken = Taken::default();
        let total = file.form.rows.len();
        let mut all = Vec::with_capacity(total);
        while all.len() < total {
            if run.progress(all.len(), total).await? {
                return Ok(None);
            }
            let some = all.len()..(all.len() + PIECE).min(total);
            all.extend(piece(file, some, &setting, &mut taken));
        }
        Ok(if run.progress(total, total).await? { None } else { Some(Self(all)) })
    }
}

fn piece(file: &File, rows: std::ops::Range<usize>, setting: &Setting<'_>, taken: &mut Taken) -> Vec<Assessed> {
    let some = file.form.rows.get(rows).unwrap_or_default();
    some.iter().map(|row| assess(row, None, &file.form.columns, setting, taken)).collect()
}

/// Keeps what was found in place of what was kept before, and counts it.
pub(super) async fn save(tx: &Tx, import: Uuid, file: &File, keep: Keep) -> Result<(), Fault> {
    import_row::Entity::delete_many().filter(import_row::Column::ImportId.eq(import)).exec(tx).await?;
    cell_issue::Entity::delete_many().filter(cell_issue::Column::ImportId.eq(import)).exec(tx).await?;
    let mut found: Vec<Issue> = file.form.issues.iter().map(Issue::from).collect();
    found.extend(keep.0.iter().filter_map(|a| a.issue.clone()));
    found.sort_by_key(|issue| issue.row);
    let rows = file.form.rows.iter().zip(&file.cells).zip(&keep.0);
    let rows = rows.map(|((read, cells), a)| imports::row(import, read, cells, None, a)).collect();
    insert::<import_row::Entity>(tx, rows).await?;
    insert::<cell_issue::Entity>(tx, imports::issues(tx, import, &found)).await?;
    count(tx, import, ImportStatus::Checked).await
}

/// Counts the rows of an import, writes its error report anew, and sets its status.
pub(super) async fn count(tx: &Tx, import: Uuid, status: ImportStatus) -> Result<(), Fault> {
    use sea_orm::{QuerySelect as _, sea_query::ExprTrait as _};
    let counted: Vec<(ImportAction, i64)> = import_row::Entity::find()
        .select_only()
        .column(import_row::Column::Action)
        .column_as(import_row::Column::RowNo.into_expr().count(), "rows")
        .filter(import_row::Column::ImportId.eq(import))
        .group_by(import_row::Column::Action)
        .into_tuple()
        .all(tx)
        .await?;
    let counted: HashMap<ImportAction, i32> =
        counted.into_iter().map(|(action, n)| (action, i32::try_from(n).unwrap_or(i32::MAX))).collect();
    let of = |action: ImportAction| counted.get(&action).copied().unwrap_or_default();
    let good = of(ImportAction::Create) + of(ImportAction::Update) + of(ImportAction::Unchanged);
    let change = directory_import::ActiveModel {
        status: Set(status),
        good_rows: Set(good),
        bad_rows: Set(of(ImportAction::Skip)),
        created: Set(of(ImportAction::Create)),
        updated: Set(of(ImportAction::Update)),
        unchanged: Set(of(ImportAction::Unchanged)),
        report_id: Set(report(tx, import).await?),
        ..directory_import::ActiveModel::default()
    };
    directory_import::Entity::update_many()
        .set(change)
        .filter(directory_import::Column::Id.eq(import))
        .exec(tx)
        .await?;
    Ok(())
}

/// The error report as a file; none where nothing is the matter. The one before it is let go.
async fn report(tx: &Tx, import: Uuid) -> Result<Option<Uuid>, Fault> {
    let ctx = tx.ctx();
    let row = directory_import::Entity::find_by_id(import).one(tx).await?.ok_or(Fault::NotFound)?;
    if let Some(old) = row.report_id {
        expire(tx, old, ctx.now()).await?;
    }
    let issues = cell_issue::Entity::find()
        .filter(cell_issue::Column::ImportId.eq(import))
        .order_by_asc(cell_issue::Column::RowNo)
        .order_by_asc(cell_issue::Column::Position)
        .all(tx)
        .await?;
    if issues.is_empty() {
        return Ok(None);
    }
    let zh = ctx.lang() == Lang::Zh;
    let head = if zh {
        ["行", "列", "栏目", "内容", "类型", "问题", "处理办法"]
    } else {
        ["Row", "Column", "Heading", "Value", "Kind", "What is the matter", "What to do"]
    };
    let kind = |error: bool| match (zh, error) {
        (true, true) => "错误",
        (true, false) => "提示",
        (false, true) => "error",
        (false, false) => "note",
    };
    let mut lines = vec![head.iter().map(|title| (*title).into()).collect::<Vec<_>>()];
    lines.extend(issues.into_iter().map(|i| {
        let (message, hint) = if zh { (i.message_zh, i.hint_zh) } else { (i.message_en, i.hint_en) };
        let row = u32::try_from(i.row_no).unwrap_or_default();
        vec![
            row.into(),
            i.column_name.into(),
            i.column_title.into(),
            i.value.into(),
            kind(i.is_error).into(),
            message.into(),
            hint.into(),
        ]
    }));
    let name = if zh { "导入核对报告.csv" } else { "import-report.csv" };
    let id = kernel::blob::store(tx, &EXPORT, name, "text/csv", &csv::write(&lines), Some(row.kept_until)).await?;
    Ok(Some(id))
}

async fn expire(tx: &Tx, file: Uuid, at: chrono::DateTime<chrono::Utc>) -> Result<(), Fault> {
    blob::Entity::update_many()
        .col_expr(blob::Column::ExpiresAt, Expr::value(at))
        .filter(blob::Column::Id.eq(file))
        .exec(tx)
        .await?;
    Ok(())
}

/// The uploaded file stays as long as its import.
pub(super) async fn keep_upload(tx: &Tx, upload: Uuid) -> Result<(), Fault> {
    expire(tx, upload, tx.ctx().now() + KEPT).await
}

/// Ends an import that stands at `from`, having changed nothing.
pub(super) async fn end(ctx: &Ctx, import: Uuid, from: ImportStatus, to: ImportStatus) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&policy::IMPORT_APPLY, |tx| async move {
            tx.about("DirectoryImport", import);
            directory_import::Entity::update_many()
                .set(directory_import::ActiveModel { status: Set(to), ..directory_import::ActiveModel::default() })
                .filter(directory_import::Column::Id.eq(import))
                .filter(directory_import::Column::Status.eq(from))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)
}
