//! What is read of workers (查询): pages within somebody's reach, and counts that tell nothing of one person.

mod statistics;

use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, SecondsFormat, Utc};
use entities::{worker, worker_trade};
use kernel::checks::mask;
use kernel::gql::Paging;
use kernel::trades::{TradeMatch, Trades};
use kernel::{Ctx, Fault, Pii, Place};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use serde::Serialize;
use uuid::Uuid;

pub use statistics::WorkerStatisticsBy;
pub(crate) use statistics::{Counts, Row, Split, statistics};

use super::forms::WorkerInput;
use super::kinds::{AgeBand, WorkerStatus};
use super::policy;
use super::rules::form;
use super::store::load;
use super::store::visible::{self, Within};
use crate::citizens::store as citizens;

/// What is searched for among workers (零工人员筛选). Whole numbers are for `lookUpWorker`.
#[derive(Clone, Debug, Default, InputObject, Serialize)]
pub struct WorkerFilter {
    /// The family name, or the name as it is shown: 张* (姓氏).
    pub name: Option<String>,
    /// A trade: code, official name or street name (工种).
    pub trade: Option<String>,
    /// A county (县区代码).
    pub county: Option<String>,
    /// The market that registered them (登记市场).
    pub market_id: Option<ID>,
    /// Whether the registration holds (登记状态).
    pub status: Option<WorkerStatus>,
    /// Looking for work today, or not (是否在求职).
    pub looking: Option<bool>,
    /// Band of ages (年龄段).
    pub age_band: Option<AgeBand>,
    /// Would rather have a steady job (有单位就业意愿).
    pub steady_job: Option<bool>,
    /// Wants training (有培训需求).
    pub training: Option<bool>,
}

/// The order of workers (零工人员排序).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum, Serialize)]
pub enum WorkerOrder {
    /// Last changed first (按更新时间).
    #[default]
    UpdatedAt,
    /// Last registered first (按登记时间).
    CreatedAt,
}

/// A page of workers, each with its sort key, and how many there are if that was asked.
pub(crate) async fn page(
    ctx: &Ctx,
    filter: &WorkerFilter,
    order: WorkerOrder,
    paging: &Paging,
    count: bool,
) -> Result<(Vec<(Vec<String>, worker::Model)>, Option<i64>), Fault> {
    let within = Within::of(ctx, &policy::READ).await?;
    let query = worker::Entity::find().filter(within.condition()).filter(condition(ctx, filter)?);
    let scope = ctx.scope();
    let total = if count { Some(query.clone().count(&scope).await?) } else { None };
    let mut sorted = match order {
        WorkerOrder::UpdatedAt => query.order_by_desc(worker::Column::UpdatedAt).order_by_desc(worker::Column::Id),
        // Ids are in the order of time.
        WorkerOrder::CreatedAt => query.order_by_desc(worker::Column::Id),
    };
    if let Some(after) = &paging.after {
        sorted = sorted.filter(beyond(order, after)?);
    }
    let rows = sorted.limit(paging.limit()).all(&scope).await?;
    let keyed = rows.into_iter().map(|row| (key(order, &row), row)).collect();
    Ok((keyed, total.map(|n| i64::try_from(n).unwrap_or(i64::MAX))))
}

fn key(order: WorkerOrder, row: &worker::Model) -> Vec<String> {
    let id = row.id.to_string();
    match order {
        WorkerOrder::UpdatedAt => vec![row.updated_at.to_rfc3339_opts(SecondsFormat::Micros, true), id],
        WorkerOrder::CreatedAt => vec![id],
    }
}

fn beyond(order: WorkerOrder, after: &[String]) -> Result<Condition, Fault> {
    const READ: &str = "read a cursor of workers";
    let id = worker::Column::Id;
    match (order, after) {
        (WorkerOrder::UpdatedAt, [at, last]) => {
            let at: DateTime<Utc> = at.parse().map_err(Fault::of(READ))?;
            let last: Uuid = last.parse().map_err(Fault::of(READ))?;
            let column = worker::Column::UpdatedAt;
            let same = Condition::all().add(column.eq(at)).add(id.lt(last));
            Ok(Condition::any().add(column.lt(at)).add(same))
        }
        (WorkerOrder::CreatedAt, [last]) => {
            let last: Uuid = last.parse().map_err(Fault::of(READ))?;
            Ok(Condition::all().add(id.lt(last)))
        }
        _ => Err(Fault::internal(READ)),
    }
}

fn condition(ctx: &Ctx, f: &WorkerFilter) -> Result<Condition, Fault> {
    let text = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let market = f.market_id.as_ref().map(|id| ctx.parse_id("Market", id)).transpose()?;
    let looking = f.looking.map(|flag| {
        let until = worker::Column::LookingUntil;
        let yes = Condition::all().add(until.gt(ctx.now()));
        if flag { yes } else { Condition::any().add(until.is_null()).add(until.lte(ctx.now())) }
    });
    Ok(Condition::all()
        .add_option(text(f.name.as_deref()).map(|name| worker::Column::NameMasked.eq(mask::name(&name))))
        .add_option(text(f.trade.as_deref()).map(|trade| works_at(&trade)))
        .add_option(text(f.county.as_deref()).map(|county| worker::Column::County.eq(county)))
        .add_option(market.map(|market| worker::Column::MarketId.eq(market)))
        .add_option(f.status.map(|status| worker::Column::Status.eq(status.name())))
        .add_option(f.age_band.map(|band| worker::Column::AgeBand.eq(band.name())))
        .add_option(f.steady_job.map(|wants| worker::Column::SteadyJob.eq(wants)))
        .add_option(f.training.map(|wants| worker::Column::Training.eq(wants)))
        .add_option(looking))
}

/// Those who work at a trade; nobody for one that nobody knows.
fn works_at(trade: &str) -> SimpleExpr {
    let codes: Vec<String> = match Trades::standard().resolve(trade) {
        TradeMatch::Exact(code) => vec![code.to_owned()],
        TradeMatch::Alias { codes } => codes.to_vec(),
        TradeMatch::Unknown => Vec::new(),
    };
    let of = worker_trade::Entity::find()
        .select_only()
        .column(worker_trade::Column::WorkerId)
        .filter(worker_trade::Column::Trade.is_in(codes))
        .into_query();
    worker::Column::Id.in_subquery(of)
}

/// The entry that stands in the way of a registration, if whoever registers may see it: in its reach, or because it may find people
/// by a whole number there.
pub(crate) async fn existing(
    ctx: &Ctx,
    market: Option<Uuid>,
    input: &WorkerInput,
) -> Result<Option<worker::Model>, Fault> {
    if ctx.actor().account_id().is_none() {
        return Ok(None);
    }
    let Ok(id) = form::card(&Pii::from(input.id_number.as_str())) else { return Ok(None) };
    let Some(citizen) = citizens::by_id_number(ctx, &ctx.scope(), &id).await? else { return Ok(None) };
    let Some(row) = load::of_citizen(&ctx.scope(), citizen.id).await? else { return Ok(None) };
    let place = match market {
        Some(market) => visible::at_market(ctx, market, None).await?,
        None => Place::county(input.county.clone()),
    };
    let may = Within::or_nothing(ctx, &policy::READ).await?.holds(&row) || ctx.allows(&policy::LOOK_UP, &place).await?;
    Ok(may.then_some(row))
}
