//! Reading imports (导入查询): a page, and one statement for what hangs on it.

use std::collections::HashMap;

use entities::job;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::issue::Issue;
use super::operations::{mine, visible};
use super::store;
use crate::rows::{cell_issue, directory_import, import_row};

/// An import with its job, for a caller.
#[derive(Clone, Debug)]
pub struct Import {
    /// The import.
    pub row: directory_import::Model,
    /// The job at work on it, or the last one.
    pub job: Option<job::Model>,
}

/// A list with the number of all there are, where that was asked.
pub type Counted<T> = (Vec<T>, Option<i64>);

/// Imports, newest first: one's own, or everybody's for those who import in the whole city.
pub async fn imports(ctx: &Ctx, paging: &Paging, count: bool) -> Result<Counted<Import>, Fault> {
    let mine = mine(ctx).await?;
    let all = Condition::all().add_option(mine.map(|me| directory_import::Column::CreatedBy.eq(me)));
    let query = directory_import::Entity::find().filter(all);
    let total = if count { Some(whole(query.clone().count(&ctx.scope()).await?)) } else { None };
    // Ids are in the order of time.
    let after = after::<Uuid>(paging)?.map(|id| directory_import::Column::Id.lt(id));
    let rows = query
        .filter(Condition::all().add_option(after))
        .order_by_desc(directory_import::Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.job_id).collect();
    let mut jobs: HashMap<Uuid, job::Model> = HashMap::new();
    if !ids.is_empty() {
        let found = job::Entity::find().filter(job::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
        jobs.extend(found.into_iter().map(|job| (job.id, job)));
    }
    let with_job = |row: directory_import::Model| Import { job: row.job_id.and_then(|id| jobs.remove(&id)), row };
    Ok((rows.into_iter().map(with_job).collect(), total))
}

/// One import, or [`Fault::NotFound`].
pub async fn import(ctx: &Ctx, id: Uuid) -> Result<Import, Fault> {
    let (row, _) = visible(&ctx.scope(), ctx, id).await?;
    let job = match row.job_id {
        Some(job) => job::Entity::find_by_id(job).one(&ctx.scope()).await?,
        None => None,
    };
    Ok(Import { row, job })
}

/// Rows of an import in the order of the file, each with its issues.
pub async fn rows(
    ctx: &Ctx,
    import: Uuid,
    only_bad: bool,
    paging: &Paging,
    count: bool,
) -> Result<Counted<super::issue::Staged>, Fault> {
    let bad = only_bad.then(|| import_row::Column::Good.eq(false));
    let query = import_row::Entity::find()
        .filter(import_row::Column::ImportId.eq(import))
        .filter(Condition::all().add_option(bad));
    let total = if count { Some(whole(query.clone().count(&ctx.scope()).await?)) } else { None };
    let after = after::<i32>(paging)?.map(|row| import_row::Column::RowNo.gt(row));
    let rows = query
        .filter(Condition::all().add_option(after))
        .order_by_asc(import_row::Column::RowNo)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let mut issues: HashMap<i32, Vec<Issue>> = HashMap::new();
    for issue in store::issues_of(&ctx.scope(), import, rows.iter().map(|row| row.row_no)).await? {
        issues.entry(issue.row_no).or_default().push(issue);
    }
    let staged = rows
        .into_iter()
        .map(|row| super::issue::Staged { issues: issues.remove(&row.row_no).unwrap_or_default(), row });
    Ok((staged.collect(), total))
}

/// Issues of an import in the order of the file, those of the sheet itself first.
pub async fn issues(
    ctx: &Ctx,
    import: Uuid,
    paging: &Paging,
    count: bool,
) -> Result<Counted<(Vec<String>, Issue)>, Fault> {
    const READ: &str = "read a cursor of issues";
    let (row, position, id) = (cell_issue::Column::RowNo, cell_issue::Column::Position, cell_issue::Column::Id);
    let query = cell_issue::Entity::find().filter(cell_issue::Column::ImportId.eq(import));
    let total = if count { Some(whole(query.clone().count(&ctx.scope()).await?)) } else { None };
    let beyond = match paging.after.as_deref() {
        None => None,
        Some([r, p, i]) => {
            let r: i32 = r.parse().map_err(Fault::of(READ))?;
            let p: i32 = p.parse().map_err(Fault::of(READ))?;
            let i: Uuid = i.parse().map_err(Fault::of(READ))?;
            let same = Condition::all().add(row.eq(r)).add(position.eq(p)).add(id.gt(i));
            let same_row = Condition::all().add(row.eq(r)).add(position.gt(p));
            Some(Condition::any().add(row.gt(r)).add(same_row).add(same))
        }
        Some(_) => return Err(Fault::internal(READ)),
    };
    let found = query
        .filter(Condition::all().add_option(beyond))
        .order_by_asc(row)
        .order_by_asc(position)
        .order_by_asc(id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    Ok((found.into_iter().map(keyed).collect(), total))
}

/// An issue with the key of its cursor.
pub(super) fn keyed(issue: cell_issue::Model) -> (Vec<String>, Issue) {
    let key = vec![issue.row_no.to_string(), issue.position.to_string(), issue.id.to_string()];
    (key, Issue::from(issue))
}

/// The one part of a cursor.
fn after<T: std::str::FromStr>(paging: &Paging) -> Result<Option<T>, Fault> {
    let Some(after) = &paging.after else { return Ok(None) };
    let part = after.first().and_then(|part| part.parse().ok());
    part.map(Some).ok_or(Fault::internal("read a cursor of imports"))
}

pub(super) fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
