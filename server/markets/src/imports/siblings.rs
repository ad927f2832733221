//! What hangs on a page of imports (同页导入): their reports, and the first pages of their rows and issues, each read once for
//! all imports of the page. What begins behind a cursor belongs to one import and is read for it alone.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement, WindowStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::issue::{Issue, Staged};
use super::queries::{self, Counted, Import, whole};
use crate::rows::{cell_issue, import_row};

/// An issue with the key of its cursor.
type Keyed = (Vec<String>, Issue);
/// First pages by import, for one way of asking.
type Pages<K, T> = Mutex<HashMap<K, Arc<HashMap<Uuid, Counted<T>>>>>;

/// The imports of a page.
#[derive(Debug)]
pub struct Siblings {
    ctx: Ctx,
    ids: Vec<Uuid>,
    files: Vec<Uuid>,
    links: Mutex<Option<Arc<HashMap<Uuid, String>>>>,
    rows: Pages<(bool, u64, bool), Staged>,
    issues: Pages<(u64, bool), Keyed>,
}

impl Siblings {
    /// Of these imports.
    #[must_use]
    pub fn new(ctx: &Ctx, imports: &[Import]) -> Arc<Self> {
        Arc::new(Self {
            ctx: ctx.clone(),
            ids: imports.iter().map(|i| i.row.id).collect(),
            files: imports.iter().flat_map(|i| [Some(i.row.upload_id), i.row.report_id]).flatten().collect(),
            links: Mutex::default(),
            rows: Mutex::default(),
            issues: Mutex::default(),
        })
    }

    /// The address of an original or a report; [`Fault::NotFound`] where it is thrown away.
    pub async fn file(&self, file: Uuid) -> Result<String, Fault> {
        let mut links = self.links.lock().await;
        let known = match links.as_ref() {
            Some(known) => Arc::clone(known),
            None => Arc::clone(links.insert(Arc::new(kernel::blob::download_urls(&self.ctx, &self.files).await?))),
        };
        known.get(&file).cloned().ok_or(Fault::NotFound)
    }

    /// Rows of an import in the order of the file, each with its issues.
    pub async fn rows(
        &self,
        import: Uuid,
        only_bad: bool,
        paging: &Paging,
        count: bool,
    ) -> Result<Counted<Staged>, Fault> {
        if paging.after.is_some() {
            return queries::rows(&self.ctx, import, only_bad, paging, count).await;
        }
        let (mut pages, key) = (self.rows.lock().await, (only_bad, paging.limit(), count));
        let page = match pages.get(&key) {
            Some(known) => Arc::clone(known),
            None => Arc::clone(pages.entry(key).or_insert(Arc::new(self.first_rows(key).await?))),
        };
        Ok(page.get(&import).cloned().unwrap_or_else(|| nothing(count)))
    }

    /// Issues of an import in the order of the file, those of the sheet itself first.
    pub async fn issues(&self, import: Uuid, paging: &Paging, count: bool) -> Result<Counted<Keyed>, Fault> {
        if paging.after.is_some() {
            return queries::issues(&self.ctx, import, paging, count).await;
        }
        let (mut pages, key) = (self.issues.lock().await, (paging.limit(), count));
        let page = match pages.get(&key) {
            Some(known) => Arc::clone(known),
            None => Arc::clone(pages.entry(key).or_insert(Arc::new(self.first_issues(key).await?))),
        };
        Ok(page.get(&import).cloned().unwrap_or_else(|| nothing(count)))
    }

    async fn first_rows(
        &self,
        (only_bad, limit, count): (bool, u64, bool),
    ) -> Result<HashMap<Uuid, Counted<Staged>>, Fault> {
        use import_row::Column;
        let of_us = Condition::all()
            .add(Column::ImportId.is_in(self.ids.iter().copied()))
            .add_option(only_bad.then(|| Column::Good.eq(false)));
        let first = first_of_each(
            import_row::Entity,
            &[Column::ImportId, Column::RowNo],
            (Column::ImportId, &[Column::RowNo]),
            of_us.clone(),
            limit,
        );
        let key = Expr::tuple([Expr::col(Column::ImportId), Expr::col(Column::RowNo)]);
        let rows = import_row::Entity::find()
            .filter(key.in_subquery(first))
            .order_by_asc(Column::ImportId)
            .order_by_asc(Column::RowNo)
            .all(&self.ctx.scope())
            .await?;
        let mut issues = self.issues_of(&rows).await?;
        let totals = self.totals(import_row::Entity, Column::ImportId, of_us, count).await?;
        let mut pages: HashMap<Uuid, Counted<Staged>> = HashMap::new();
        for row in rows {
            let issues = issues.remove(&(row.import_id, row.row_no)).unwrap_or_default();
            let page = pages.entry(row.import_id).or_insert_with(|| (Vec::new(), totals.get(&row.import_id).copied()));
            page.0.push(Staged { row, issues });
        }
        Ok(pages)
    }

    async fn issues_of(&self, rows: &[import_row::Model]) -> Result<HashMap<(Uuid, i32), Vec<Issue>>, Fault> {
        use cell_issue::Column;
        let numbers: HashSet<i32> = rows.iter().map(|row| row.row_no).collect();
        let found = cell_issue::Entity::find()
            .filter(Column::ImportId.is_in(self.ids.iter().copied()))
            .filter(Column::RowNo.is_in(numbers))
            .order_by_asc(Column::RowNo)
            .order_by_asc(Column::Position)
            .all(&self.ctx.scope())
            .await?;
        let mut issues: HashMap<(Uuid, i32), Vec<Issue>> = HashMap::new();
        for issue in found {
            issues.entry((issue.import_id, issue.row_no)).or_default().push(Issue::from(issue));
        }
        Ok(issues)
    }

    async fn first_issues(&self, (limit, count): (u64, bool)) -> Result<HashMap<Uuid, Counted<Keyed>>, Fault> {
        use cell_issue::Column;
        let of_us = Condition::all().add(Column::ImportId.is_in(self.ids.iter().copied()));
        let order = [Column::RowNo, Column::Position, Column::Id];
        let first = first_of_each(cell_issue::Entity, &[Column::Id], (Column::ImportId, &order), of_us.clone(), limit);
        let found = cell_issue::Entity::find()
            .filter(Column::Id.in_subquery(first))
            .order_by_asc(Column::RowNo)
            .order_by_asc(Column::Position)
            .order_by_asc(Column::Id)
            .all(&self.ctx.scope())
            .await?;
        let totals = self.totals(cell_issue::Entity, Column::ImportId, of_us, count).await?;
        let mut pages: HashMap<Uuid, Counted<Keyed>> = HashMap::new();
        for issue in found {
            let import = issue.import_id;
            let page = pages.entry(import).or_insert_with(|| (Vec::new(), totals.get(&import).copied()));
            page.0.push(queries::keyed(issue));
        }
        Ok(pages)
    }

    /// How many there are of each import, where that was asked.
    async fn totals<E: EntityTrait>(
        &self,
        _: E,
        import: E::Column,
        of_us: Condition,
        count: bool,
    ) -> Result<HashMap<Uuid, i64>, Fault> {
        if !count {
            return Ok(HashMap::new());
        }
        let query =
            E::find().select_only().column(import).column_as(import.count(), "n").filter(of_us).group_by(import);
        Ok(query.into_tuple::<(Uuid, i64)>().all(&self.ctx.scope()).await?.into_iter().collect())
    }
}

fn nothing<T>(count: bool) -> Counted<T> {
    (Vec::new(), count.then(|| whole(0)))
}

/// The keys of the first `limit` rows of each group, by a window over all of them.
fn first_of_each<E: EntityTrait, C: ColumnTrait>(
    entity: E,
    key: &[C],
    (group, order): (C, &[C]),
    which: Condition,
    limit: u64,
) -> SelectStatement {
    let mut window = WindowStatement::partition_by(group);
    for column in order {
        window.order_by(*column, Order::Asc);
    }
    let (ranked, n) = (Alias::new("ranked"), Alias::new("n"));
    let all = Query::select()
        .columns(key.iter().copied())
        .expr_window_as(Func::cust("ROW_NUMBER"), window, n.clone())
        .from(entity)
        .cond_where(which)
        .to_owned();
    Query::select()
        .columns(key.iter().copied())
        .from_subquery(all, ranked)
        .and_where(Expr::col(n).lte(i64::try_from(limit).unwrap_or(i64::MAX)))
        .to_owned()
}
