//! Map annotations as tasks (标注任务): whose they are and by when, the most pressing first.

use std::collections::HashMap;

use async_graphql::InputObject;
use chrono::NaiveDate;
use entities::account;
use kernel::gql::Paging;
use kernel::maps::MapProvider;
use kernel::{Ctx, Fault, Pii};
use sea_orm::sea_query::{Expr, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, IntoSimpleExpr as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

use crate::kinds::{AnnotationStatus, MarketStatus};
use crate::policy;
use crate::rows::map_annotation::{self, Column};
use crate::rows::market;
use crate::schema::kept::provider_code;
use crate::store::visible;

/// What is searched for among annotation tasks (标注任务筛选).
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct AnnotationTaskFilter {
    /// Those of the caller (我的任务).
    pub mine: Option<bool>,
    /// Those that nobody has yet (未分派).
    pub unassigned: Option<bool>,
    /// Those whose day is past (已逾期).
    pub overdue: Option<bool>,
    /// Those at this provider (标注平台).
    pub provider: Option<MapProvider>,
}

/// A task and its market.
pub struct Found {
    /// The sort key.
    pub key: Vec<String>,
    /// The annotation.
    pub row: map_annotation::Model,
    /// The market.
    pub market: market::Model,
}

/// The last day there is: tasks without a day come after all others.
fn never() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn due() -> SimpleExpr {
    Func::coalesce([Column::DueOn.into_simple_expr(), Expr::value(never())]).into()
}

/// A page of the tasks that are left, of the markets within the caller's reach: two statements.
pub async fn page(ctx: &Ctx, filter: &AnnotationTaskFilter, paging: &Paging) -> Result<Vec<Found>, Fault> {
    let reach = ctx.reach_by_class(&policy::READ).await?;
    let markets = market::Entity::find()
        .select_only()
        .column(market::Column::Id)
        .filter(visible::within(&reach))
        .filter(market::Column::Status.ne(MarketStatus::Delisted))
        .into_query();
    let mut query = map_annotation::Entity::find()
        .filter(Column::MarketId.in_subquery(markets))
        .filter(Column::Status.ne(AnnotationStatus::Approved))
        .filter(condition(ctx, filter));
    if let Some(after) = &paging.after {
        query = query.filter(beyond(after)?);
    }
    let rows = query.order_by_asc(due()).order_by_asc(Column::Id).limit(paging.limit()).all(&ctx.scope()).await?;
    let ids = rows.iter().map(|row| row.market_id);
    let markets = market::Entity::find().filter(market::Column::Id.is_in(ids)).all(&ctx.scope()).await?;
    let markets: HashMap<Uuid, market::Model> = markets.into_iter().map(|row| (row.id, row)).collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let key = vec![row.due_on.unwrap_or_else(never).to_string(), row.id.to_string()];
            Some(Found { key, market: markets.get(&row.market_id)?.clone(), row })
        })
        .collect())
}

fn condition(ctx: &Ctx, f: &AnnotationTaskFilter) -> Condition {
    let me = ctx.actor().account_id().unwrap_or_default();
    let is = |flag: bool, condition: Condition| if flag { condition } else { condition.not() };
    let overdue = Condition::all().add(Column::DueOn.is_not_null()).add(Column::DueOn.lt(ctx.today()));
    let mine = Condition::all().add(Column::Assignee.is_not_null()).add(Column::Assignee.eq(me));
    let nobodys = Condition::all().add(Column::Assignee.is_null());
    Condition::all()
        .add_option(f.mine.map(|flag| is(flag, mine)))
        .add_option(f.unassigned.map(|flag| is(flag, nobodys)))
        .add_option(f.overdue.map(|flag| is(flag, overdue)))
        .add_option(f.provider.map(|provider| Column::Provider.eq(provider_code(provider))))
}

fn beyond(after: &[String]) -> Result<Condition, Fault> {
    const READ: &str = "read a cursor of annotation tasks";
    let [day, id] = after else { return Err(Fault::internal(READ)) };
    let day: NaiveDate = day.parse().map_err(Fault::of(READ))?;
    let id: Uuid = id.parse().map_err(Fault::of(READ))?;
    let same = Condition::all().add(due().eq(day)).add(Column::Id.gt(id));
    Ok(Condition::any().add(due().gt(day)).add(same))
}

/// The working names of these accounts, opened; nothing is asked where there are none.
pub async fn names(ctx: &Ctx, accounts: &[Uuid]) -> Result<HashMap<Uuid, Pii<String>>, Fault> {
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Vec<u8>)> = account::Entity::find()
        .select_only()
        .columns([account::Column::Id, account::Column::DisplayName])
        .filter(account::Column::Id.is_in(accounts.iter().copied()))
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let ring = ctx.keys().await?;
    let opened = |(id, sealed): (Uuid, Vec<u8>)| Ok((id, ring.open("account", "display_name", id, &sealed)?));
    rows.into_iter().map(opened).collect()
}
