//! Reading imports (导入查询): a page, and one statement for what hangs on it.

use std::collections::HashMap;
use std::sync::Arc;

use entities::job;
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Func, Query, WindowStatement};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

use super::store::{mine, visible};
use crate::kinds::ImportRowStatus;
use crate::rows::{posting_import, posting_import_row};

/// An import with its job.
#[derive(Clone, Debug)]
pub struct Import {
    /// The import.
    pub row: posting_import::Model,
    /// The job at work on it, or the last one.
    pub job: Option<job::Model>,
}

fn before(paging: &Paging) -> Result<Option<Uuid>, Fault> {
    let Some(after) = &paging.after else { return Ok(None) };
    let part = after.first().and_then(|part| part.parse().ok());
    part.map(Some).ok_or(Fault::internal("read a cursor of imports"))
}

/// Imports, newest first: one's own, or everybody's for those who import in the whole city.
pub async fn imports(ctx: &Ctx, paging: &Paging) -> Result<Vec<Import>, Fault> {
    use posting_import::Column;
    let mine = mine(ctx).await?;
    // Ids are in the order of time.
    let after = before(paging)?.map(|id| Column::Id.lt(id));
    let rows = posting_import::Entity::find()
        .filter(Condition::all().add_option(mine.map(|me| Column::CreatedBy.eq(me))).add_option(after))
        .order_by_desc(Column::Id)
        .limit(paging.limit())
        .all(&ctx.scope())
        .await?;
    let ids = rows.iter().filter_map(|row| row.job_id);
    let jobs = job::Entity::find().filter(job::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let mut jobs: HashMap<Uuid, job::Model> = jobs.into_iter().map(|job| (job.id, job)).collect();
    Ok(rows.into_iter().map(|row| Import { job: row.job_id.and_then(|id| jobs.remove(&id)), row }).collect())
}

/// One import, or [`Fault::NotFound`].
pub async fn import(ctx: &Ctx, id: Uuid) -> Result<Import, Fault> {
    visible(&ctx.scope(), ctx, id).await.map(|(row, job)| Import { row, job })
}

type Rows = Arc<HashMap<Uuid, Vec<posting_import_row::Model>>>;

/// The imports of one page, and what hangs on them, read once for all.
pub struct Siblings {
    ctx: Ctx,
    imports: Vec<Uuid>,
    files: Vec<Uuid>,
    links: OnceCell<HashMap<Uuid, String>>,
    rows: Mutex<HashMap<(bool, Option<i32>, u64), Rows>>,
}

impl std::fmt::Debug for Siblings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Siblings").field("imports", &self.imports).finish_non_exhaustive()
    }
}

impl Siblings {
    /// Of these imports.
    #[must_use]
    pub fn new(ctx: &Ctx, imports: &[Import]) -> Arc<Self> {
        let files = imports.iter().flat_map(|import| [Some(import.row.upload_id), import.row.report_id]).flatten();
        Arc::new(Self {
            ctx: ctx.clone(),
            imports: imports.iter().map(|import| import.row.id).collect(),
            files: files.collect(),
            links: OnceCell::new(),
            rows: Mutex::default(),
        })
    }

    /// Where a file of the page can be fetched; *not found* once it is thrown away.
    pub async fn file(&self, id: Uuid) -> Result<String, Fault> {
        let links = self.links.get_or_try_init(|| kernel::blob::download_urls(&self.ctx, &self.files)).await?;
        links.get(&id).cloned().ok_or(Fault::NotFound)
    }

    /// A page of an import's rows, in the order of the file: of all imports of the page by one window.
    pub async fn rows(
        &self,
        import: Uuid,
        only_bad: bool,
        paging: &Paging,
    ) -> Result<Vec<posting_import_row::Model>, Fault> {
        let after = match paging.after.as_deref() {
            None => None,
            Some([row]) => Some(row.parse::<i32>().map_err(Fault::of("read a cursor of rows"))?),
            Some(_) => return Err(Fault::internal("read a cursor of rows")),
        };
        let mut read = self.rows.lock().await;
        let key = (only_bad, after, paging.limit());
        let page = match read.get(&key) {
            Some(page) => Arc::clone(page),
            None => {
                let page = Arc::new(self.read(only_bad, after, paging.limit()).await?);
                read.insert(key, Arc::clone(&page));
                page
            }
        };
        Ok(page.get(&import).cloned().unwrap_or_default())
    }

    async fn read(
        &self,
        only_bad: bool,
        after: Option<i32>,
        limit: u64,
    ) -> Result<HashMap<Uuid, Vec<posting_import_row::Model>>, Fault> {
        use posting_import_row::Column;
        let mut window = WindowStatement::partition_by(Column::ImportId);
        window.order_by(Column::RowNo, Order::Asc);
        let (rank, ranked) = (Alias::new("rank_in_import"), Alias::new("ranked"));
        let within = Condition::all()
            .add(Column::ImportId.is_in(self.imports.iter().copied()))
            .add_option(only_bad.then(|| Column::Status.eq(ImportRowStatus::Bad)))
            .add_option(after.map(|row| Column::RowNo.gt(row)));
        let inner = Query::select()
            .column(Column::Id)
            .expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone())
            .from(posting_import_row::Entity)
            .cond_where(within)
            .to_owned();
        let first = Query::select()
            .column(Alias::new("id"))
            .from_subquery(inner, ranked)
            .and_where(Expr::col(rank).lte(i64::try_from(limit).unwrap_or(i64::MAX)))
            .to_owned();
        let rows = posting_import_row::Entity::find()
            .filter(Column::Id.in_subquery(first))
            .order_by_asc(Column::RowNo)
            .all(&self.ctx.scope())
            .await?;
        let mut grouped: HashMap<Uuid, Vec<posting_import_row::Model>> = HashMap::new();
        for row in rows {
            grouped.entry(row.import_id).or_default().push(row);
        }
        Ok(grouped)
    }
}
