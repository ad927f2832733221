//! Imports (导入记录): one's own for everybody who may import, all of the city for those who may import everywhere.

use entities::job;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::{cell_issue, directory_import, import_row};

async fn within(ctx: &Ctx) -> Result<Condition, Fault> {
    let reach = ctx.reach(&policy::IMPORT_CHECK).await?;
    let kept = Condition::all().add(directory_import::Column::KeptUntil.gt(ctx.now()));
    if reach.city {
        return Ok(kept);
    }
    Ok(kept.add(directory_import::Column::CreatedBy.eq(ctx.account()?.id)))
}

/// An import, if the actor may see it; else *not found*. What its job left behind is told as it is.
pub async fn visible(db: &impl ConnectionTrait, ctx: &Ctx, id: Uuid) -> Result<directory_import::Model, Fault> {
    let found = directory_import::Entity::find_by_id(id).filter(within(ctx).await?).one(db).await?;
    let mut row = found.ok_or(Fault::NotFound)?;
    if let (ImportStatus::Reading | ImportStatus::Applying, Some(job)) = (row.status, row.job_id) {
        let job = job::Entity::find_by_id(job).one(db).await?;
        row.status = left_behind(row.status, job.as_ref().map(|j| j.status.as_str()));
    }
    Ok(row)
}

/// The status of an import whose job stands like this: a job that was cancelled or given up by itself could not say so.
fn left_behind(status: ImportStatus, job: Option<&str>) -> ImportStatus {
    match job {
        Some("CANCELLED") => ImportStatus::Cancelled,
        Some("FAILED") => ImportStatus::Failed,
        _ => status,
    }
}

/// A page of imports, newest first, and how many there are if that was asked.
pub async fn page(
    ctx: &Ctx,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<directory_import::Model>, Option<i64>), Fault> {
    let mut query = directory_import::Entity::find().filter(within(ctx).await?);
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    if let Some([id]) = paging.after.as_deref() {
        let id: Uuid = id.parse().map_err(Fault::of("read a cursor of imports"))?;
        query = query.filter(directory_import::Column::Id.lt(id));
    }
    let mut rows = query.order_by_desc(directory_import::Column::Id).limit(paging.limit()).all(&ctx.scope()).await?;
    let jobs: Vec<Uuid> = rows.iter().filter_map(|row| row.job_id).collect();
    let jobs: std::collections::HashMap<Uuid, String> = if jobs.is_empty() {
        std::collections::HashMap::new()
    } else {
        let found = job::Entity::find().filter(job::Column::Id.is_in(jobs)).all(&ctx.scope()).await?;
        found.into_iter().map(|j| (j.id, j.status)).collect()
    };
    for row in &mut rows {
        if matches!(row.status, ImportStatus::Reading | ImportStatus::Applying) {
            row.status = left_behind(row.status, row.job_id.and_then(|id| jobs.get(&id)).map(String::as_str));
        }
    }
    Ok((rows, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

/// A page of an import's rows, and how many there are if that was asked.
pub async fn rows(
    ctx: &Ctx,
    import: Uuid,
    only_bad: bool,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<import_row::Model>, Option<i64>), Fault> {
    let mut query = import_row::Entity::find().filter(import_row::Column::ImportId.eq(import));
    if only_bad {
        query = query.filter(import_row::Column::Good.eq(false));
    }
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    if let Some([row]) = paging.after.as_deref() {
        let row: i32 = row.parse().map_err(Fault::of("read a cursor of rows"))?;
        query = query.filter(import_row::Column::RowNo.gt(row));
    }
    let rows = query.order_by_asc(import_row::Column::RowNo).limit(paging.limit()).all(&ctx.scope()).await?;
    Ok((rows, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

/// The issues of some rows of an import, in order.
pub async fn issues_of(ctx: &Ctx, import: Uuid, rows: &[i32]) -> Result<Vec<cell_issue::Model>, Fault> {
    Ok(cell_issue::Entity::find()
        .filter(cell_issue::Column::ImportId.eq(import))
        .filter(cell_issue::Column::RowNo.is_in(rows.iter().copied()))
        .order_by_asc(cell_issue::Column::RowNo)
        .order_by_asc(cell_issue::Column::Position)
        .all(&ctx.scope())
        .await?)
}

/// A page of an import's issues, and how many there are if that was asked.
pub async fn issues(
    ctx: &Ctx,
    import: Uuid,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<cell_issue::Model>, Option<i64>), Fault> {
    let (row, position) = (cell_issue::Column::RowNo, cell_issue::Column::Position);
    let mut query = cell_issue::Entity::find().filter(cell_issue::Column::ImportId.eq(import));
    let total = if count { Some(query.clone().count(&ctx.scope()).await?) } else { None };
    if let Some([at_row, at_position]) = paging.after.as_deref() {
        const READ: &str = "read a cursor of issues";
        let at_row: i32 = at_row.parse().map_err(Fault::of(READ))?;
        let at_position: i32 = at_position.parse().map_err(Fault::of(READ))?;
        let same = Condition::all().add(row.eq(at_row)).add(position.gt(at_position));
        query = query.filter(Condition::any().add(row.gt(at_row)).add(same));
    }
    let rows = query.order_by_asc(row).order_by_asc(position).limit(paging.limit()).all(&ctx.scope()).await?;
    Ok((rows, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}
