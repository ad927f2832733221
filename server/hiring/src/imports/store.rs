//! Imports in the store (导入存取): in bulk, a few statements for hundreds of rows.

use entities::{blob, job};
use kernel::{Ctx, Fault, Place, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::KEPT;
use super::report::{self, ToldRow};
use crate::kinds::{ImportRowStatus, PostingImportStatus};
use crate::policy;
use crate::rows::{posting_import, posting_import_row};
use crate::store::posting::insert;

/// Rows of one statement, besides what the back ends take.
const AT_ONCE: usize = 500;

/// Whose imports the caller sees: `None` is everybody's.
pub async fn mine(ctx: &Ctx) -> Result<Option<Uuid>, Fault> {
    ctx.reach(&policy::IMPORT).await?;
    if ctx.allows(&policy::IMPORT, &Place::city()).await? { Ok(None) } else { Ok(Some(ctx.account()?.id)) }
}

/// The state an import is really in: one whose job was cancelled or given up can be applied again.
#[must_use]
pub fn standing(import: &posting_import::Model, job: Option<&job::Model>) -> PostingImportStatus {
    match (import.status, job.map(|job| job.status.as_str())) {
        (PostingImportStatus::Applying, Some("CANCELLED" | "FAILED")) => PostingImportStatus::Checked,
        (status, _) => status,
    }
}

/// An import that the caller may see, with its job.
pub async fn visible(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    id: Uuid,
) -> Result<(posting_import::Model, Option<job::Model>), Fault> {
    let mine = mine(ctx).await?;
    let import = posting_import::Entity::find_by_id(id).one(db).await?.ok_or(Fault::NotFound)?;
    if mine.is_some_and(|me| import.created_by != Some(me)) {
        return Err(Fault::NotFound);
    }
    let job = match import.job_id {
        Some(job) => job::Entity::find_by_id(job).one(db).await?,
        None => None,
    };
    Ok((import, job))
}

/// The same, held until the end of the transaction.
pub async fn held(tx: &Tx, id: Uuid) -> Result<(posting_import::Model, Option<job::Model>), Fault> {
    posting_import::Entity::find_by_id(id).lock_exclusive().one(tx).await?;
    visible(tx, tx.ctx(), id).await
}

/// Writes rows.
pub async fn write(tx: &Tx, rows: Vec<posting_import_row::ActiveModel>) -> Result<(), Fault> {
    insert::<posting_import_row::Entity>(tx, rows).await
}

/// Takes rows of an import away, and puts others in their place: those that came to be bad.
pub async fn replace(tx: &Tx, rows: Vec<posting_import_row::Model>) -> Result<(), Fault> {
    use sea_orm::IntoActiveModel as _;
    for some in rows.chunks(AT_ONCE) {
        let ids = some.iter().map(|row| row.id);
        posting_import_row::Entity::delete_many().filter(posting_import_row::Column::Id.is_in(ids)).exec(tx).await?;
    }
    write(tx, rows.into_iter().map(posting_import_row::Model::into_active_model).collect()).await
}

/// Says of rows that they are postings now; a posting has the id of its row.
pub async fn applied(tx: &Tx, ids: &[Uuid]) -> Result<(), Fault> {
    use posting_import_row::Column;
    posting_import_row::Entity::update_many()
        .set(posting_import_row::ActiveModel {
            status: Set(ImportRowStatus::Applied),
            ..posting_import_row::ActiveModel::default()
        })
        .col_expr(Column::PostingId, Expr::col(Column::Id))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Moves an import from a state to another with what changes besides; false where it was not in it.
pub async fn advance(
    tx: &Tx,
    id: Uuid,
    from: PostingImportStatus,
    change: posting_import::ActiveModel,
) -> Result<bool, Fault> {
    use posting_import::Column;
    let done = posting_import::Entity::update_many()
        .set(change)
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(from))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Keeps a file as long as its import.
pub async fn keep(tx: &Tx, file: Uuid) -> Result<(), Fault> {
    blob::Entity::update_many()
        .col_expr(blob::Column::ExpiresAt, Expr::value(tx.ctx().now() + KEPT))
        .filter(blob::Column::Id.eq(file))
        .exec(tx)
        .await?;
    Ok(())
}

/// The rows of an import of which its report tells something.
pub async fn told_rows(db: &impl ConnectionTrait, import: Uuid) -> Result<Vec<ToldRow>, Fault> {
    use posting_import_row::Column;
    use sea_orm::QueryOrder as _;
    let rows = posting_import_row::Entity::find()
        .filter(Column::ImportId.eq(import))
        .order_by_asc(Column::RowNo)
        .limit(u64::try_from(super::MOST_ROWS).unwrap_or(u64::MAX))
        .all(db)
        .await?;
    Ok(rows.iter().map(ToldRow::from).filter(|row| row.is_bad || !row.issues.is_empty()).collect())
}

impl From<&posting_import_row::Model> for ToldRow {
    fn from(row: &posting_import_row::Model) -> Self {
        Self {
            row_no: row.row_no,
            is_bad: row.status == ImportRowStatus::Bad,
            cells: serde_json::from_value(row.cells.clone()).unwrap_or_default(),
            issues: serde_json::from_value(row.issues.clone()).unwrap_or_default(),
        }
    }
}

/// Stores a report beside its import; none where no row is bad.
pub async fn store_report(tx: &Tx, file_name: &str, bytes: Option<Vec<u8>>) -> Result<Option<Uuid>, Fault> {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let Some(bytes) = bytes else { return Ok(None) };
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let until = Some(tx.ctx().now() + KEPT);
    let name = format!("{stem}-错误报告.xlsx");
    Ok(Some(kernel::blob::store(tx, &kernel::blob::EXPORT, &name, XLSX, &bytes, until).await?))
}

/// The report of these rows as a workbook, set on a thread of its own; none where no row is bad.
pub async fn report(
    ctx: &Ctx,
    headings: super::columns::Headings,
    rows: Vec<ToldRow>,
) -> Result<Option<Vec<u8>>, Fault> {
    if !rows.iter().any(|row| row.is_bad) {
        return Ok(None);
    }
    let created = ctx.now().timestamp();
    let set = apart("write an error report", move || report::xlsx(&headings, &rows, created)).await?;
    set.map(Some).map_err(Fault::of("write an error report"))
}

/// Runs CPU work on a thread of its own, so that other requests go on.
pub async fn apart<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::of(what))
}
