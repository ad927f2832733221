//! What is read of workers (查询): pages within somebody's reach, and counts that tell nothing of one person.

use std::collections::HashMap;

use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, SecondsFormat, Utc};
use entities::{worker, worker_trade};
use kernel::checks::mask;
use kernel::divisions::Divisions;
use kernel::gql::Paging;
use kernel::trades::{TradeMatch, Trades};
use kernel::{Ctx, Fault, Pii, Place};
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
};
use serde::Serialize;
use uuid::Uuid;

use super::facts::{hardship_on, statistics_least};
use super::forms::WorkerInput;
use super::kinds::{AgeBand, DifficultyKind, WorkerStatus};
use super::operations::record_difficulty::kind_index;
use super::policy;
use super::rows::worker_difficulty;
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

/// By what workers are counted (统计口径).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum WorkerStatisticsBy {
    /// Band of ages (年龄段).
    AgeBand,
    /// Hardship (困难情形).
    Difficulty,
    /// Trade (工种).
    Trade,
    /// County (县区).
    County,
}

/// Counts of registrations that hold.
pub(crate) struct Counts {
    /// Key, words in the caller's language, and the count where it may be shown.
    pub(crate) rows: Vec<(String, String, Option<i64>)>,
    /// How many registrations there are; a person may be in several rows, or in none.
    pub(crate) total: Option<i64>,
    /// Fewer than this are not counted.
    pub(crate) least: i32,
}

/// Counts the registrations within reach (零工人员统计).
pub(crate) async fn statistics(ctx: &Ctx, by: WorkerStatisticsBy) -> Result<Counts, Fault> {
    let within = Within::of(ctx, &policy::STATISTICS).await?;
    let scope = ctx.scope();
    let least = statistics_least(&scope).await?;
    let active = worker::Entity::find()
        .filter(within.condition())
        .filter(worker::Column::Status.eq(WorkerStatus::Active.name()));
    let total = i64::try_from(active.clone().count(&scope).await?).unwrap_or(i64::MAX);
    let counted = match by {
        WorkerStatisticsBy::AgeBand => by_band(ctx, active).await?,
        WorkerStatisticsBy::County => by_county(ctx, active).await?,
        WorkerStatisticsBy::Trade => by_trade(ctx, active).await?,
        WorkerStatisticsBy::Difficulty => by_difficulty(ctx, active).await?,
    };
    let counts: Vec<i64> = counted.iter().map(|(_, _, count)| *count).collect();
    let shown = least.list(&counts);
    let rows = counted.into_iter().zip(shown).map(|((key, label, _), shown)| (key, label, shown)).collect();
    Ok(Counts { rows, total: least.one(total), least: least.0 })
}

type Counted = Vec<(String, String, i64)>;

async fn grouped(
    ctx: &Ctx,
    active: Select<worker::Entity>,
    column: worker::Column,
) -> Result<HashMap<String, i64>, Fault> {
    let rows: Vec<(String, i64)> = active
        .select_only()
        .column(column)
        .column_as(worker::Column::Id.count(), "how_many")
        .group_by(column)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    Ok(rows.into_iter().collect())
}

async fn by_band(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let counts = grouped(ctx, active, worker::Column::AgeBand).await?;
    let row = |band: &AgeBand| {
        let label = band.title().get(ctx.lang()).to_owned();
        (band.name().to_owned(), label, counts.get(band.name()).copied().unwrap_or_default())
    };
    Ok(AgeBand::ALL.iter().map(row).collect())
}

async fn by_county(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let counts = grouped(ctx, active, worker::Column::County).await?;
    let counties = Divisions::standard().children(&ctx.tenant().code);
    let row = |county: &kernel::divisions::Division| {
        (county.code.clone(), county.name.clone(), counts.get(&county.code).copied().unwrap_or_default())
    };
    Ok(counties.into_iter().map(row).collect())
}

async fn by_trade(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let ids = active.select_only().column(worker::Column::Id).into_query();
    let rows: Vec<(String, i64)> = worker_trade::Entity::find()
        .filter(worker_trade::Column::WorkerId.in_subquery(ids))
        .select_only()
        .column(worker_trade::Column::Trade)
        .column_as(worker_trade::Column::Id.count(), "how_many")
        .group_by(worker_trade::Column::Trade)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let counts: HashMap<String, i64> = rows.into_iter().collect();
    let row =
        |(code, name): (&str, &str)| (code.to_owned(), name.to_owned(), counts.get(code).copied().unwrap_or_default());
    Ok(Trades::standard().search("").into_iter().map(row).collect())
}

/// Which hardship it is lies sealed: the rows are counted by their blind indexes, and the indexes are computed of the kinds.
async fn by_difficulty(ctx: &Ctx, active: Select<worker::Entity>) -> Result<Counted, Fault> {
    let ids = active.select_only().column(worker::Column::Id).into_query();
    let rows: Vec<(Vec<u8>, i64)> = hardship_on(ctx.today())
        .filter(worker_difficulty::Column::WorkerId.in_subquery(ids))
        .select_only()
        .column(worker_difficulty::Column::KindIndex)
        .column_as(worker_difficulty::Column::Id.count(), "how_many")
        .group_by(worker_difficulty::Column::KindIndex)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    let counts: HashMap<Vec<u8>, i64> = rows.into_iter().collect();
    let ring = ctx.keys().await?;
    let row = |kind: &DifficultyKind| {
        let label = kind.title().get(ctx.lang()).to_owned();
        (kind.name().to_owned(), label, counts.get(&kind_index(&ring, *kind)).copied().unwrap_or_default())
    };
    Ok(DifficultyKind::ALL.iter().map(row).collect())
}
