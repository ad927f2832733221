//! What hangs on a page of cases (批量读取): each level is read once for the whole page, whoever asks first.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Ctx, Fault, Pii, subjects};
use sea_orm::sea_query::{Alias, Expr, Func, Order, Query, SelectStatement, WindowStatement};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _};
use tokio::sync::{Mutex, OnceCell};
use uuid::Uuid;

use super::officials;
use super::visible::Sight;
use crate::rows::case_event::{self, Column as Event};
use crate::rows::case_file;

/// Names of accounts.
pub type Names = HashMap<Uuid, Pii<String>>;

/// What happened in the cases of a page, so far as it was read, with the names of whoever did it.
pub struct Course {
    by_case: HashMap<Uuid, Vec<case_event::Model>>,
    /// The names.
    pub names: Names,
}

impl Course {
    /// What happened in a case, the latest first.
    pub fn of(&self, case: Uuid) -> &[case_event::Model] {
        self.by_case.get(&case).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Courses that were read: by the id they begin before, and by how many entries they have.
type Read = HashMap<(Option<Uuid>, u64), Arc<Course>>;

/// A page of cases and what hangs on it.
pub struct Batch {
    ctx: Ctx,
    /// What whoever asks may see.
    pub sight: Sight,
    /// The cases, and which of them are seen as an official.
    ids: Vec<(Uuid, bool)>,
    accounts: Vec<Uuid>,
    about: Vec<(String, Uuid)>,
    names: OnceCell<Names>,
    titles: OnceCell<HashMap<Uuid, String>>,
    courses: Mutex<Read>,
}

impl Batch {
    /// Of these rows.
    pub fn of(ctx: &Ctx, sight: Sight, rows: &[case_file::Model]) -> Arc<Self> {
        let ids = rows.iter().map(|row| (row.id, sight.is_official(row))).collect();
        let mut accounts: Vec<Uuid> = rows.iter().flat_map(accounts_of).collect();
        accounts.sort_unstable();
        accounts.dedup();
        Arc::new(Self {
            ctx: ctx.clone(),
            sight,
            ids,
            accounts,
            about: rows.iter().map(|row| (row.subject_kind.clone(), row.subject_id)).collect(),
            names: OnceCell::new(),
            titles: OnceCell::new(),
            courses: Mutex::default(),
        })
    }

    /// The context of the request.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// The working names of those who have to do with the cases of the page.
    pub async fn names(&self) -> Result<&Names, Fault> {
        self.names.get_or_try_init(|| officials::names(&self.ctx, &self.accounts)).await
    }

    /// What the cases of the page are about: one question for each kind of thing.
    pub async fn titles(&self) -> Result<&HashMap<Uuid, String>, Fault> {
        self.titles
            .get_or_try_init(|| async {
                let mut by_kind: HashMap<&str, Vec<Uuid>> = HashMap::new();
                for (kind, id) in &self.about {
                    by_kind.entry(kind).or_default().push(*id);
                }
                let mut titles = HashMap::new();
                for (kind, ids) in by_kind {
                    titles.extend(subjects::titles(&self.ctx, kind, ids).await?);
                }
                Ok(titles)
            })
            .await
    }

    /// What happened in the cases of the page, the latest first: two statements for all of them.
    pub async fn course(&self, before: Option<Uuid>, limit: u64) -> Result<Arc<Course>, Fault> {
        let mut courses = self.courses.lock().await;
        if let Some(course) = courses.get(&(before, limit)) {
            return Ok(Arc::clone(course));
        }
        let first = latest(self.seen().add_option(before.map(|id| Event::Id.lt(id))), limit);
        let rows = case_event::Entity::find()
            .filter(Event::Id.in_subquery(first))
            .order_by_desc(Event::Id)
            .all(&self.ctx.scope())
            .await?;
        let mut whose: Vec<Uuid> = rows.iter().flat_map(|row| row.actor_id.into_iter().chain(row.other_id)).collect();
        whose.sort_unstable();
        whose.dedup();
        let names = officials::names(&self.ctx, &whose).await?;
        let mut by_case: HashMap<Uuid, Vec<case_event::Model>> = HashMap::new();
        for row in rows {
            by_case.entry(row.case_id).or_default().push(row);
        }
        let course = Arc::new(Course { by_case, names });
        courses.insert((before, limit), Arc::clone(&course));
        Ok(course)
    }

    /// The entries that whoever asks may see: officials all of them, a person none that is for officials only.
    fn seen(&self) -> Condition {
        let of = |official: bool| self.ids.iter().filter(move |(_, is)| *is == official).map(|(id, _)| *id);
        let public = Condition::all().add(Event::CaseId.is_in(of(false))).add(Event::Internal.eq(false));
        Condition::all().add(Condition::any().add(Event::CaseId.is_in(of(true))).add(public))
    }
}

/// The accounts that a row names; who opened it among them, where that is one.
fn accounts_of(row: &case_file::Model) -> impl Iterator<Item = Uuid> {
    [row.opened_by_account(), row.owner_id, row.offered_to, row.decided_by].into_iter().flatten()
}

/// The ids of the latest entries of each case, by a window.
fn latest(within: Condition, limit: u64) -> SelectStatement {
    let (rank, ranked) = (Alias::new("rank_in_case"), Alias::new("ranked"));
    let mut window = WindowStatement::partition_by(Event::CaseId);
    window.order_by(Event::Id, Order::Desc);
    let inner = Query::select()
        .column(Event::Id)
        .expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone())
        .from(case_event::Entity)
        .cond_where(within)
        .to_owned();
    Query::select()
        .column(Alias::new("id"))
        .from_subquery(inner, ranked)
        .and_where(Expr::col(rank).lte(i64::try_from(limit).unwrap_or(i64::MAX)))
        .to_owned()
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Batch").field("ids", &self.ids).finish_non_exhaustive()
    }
}
