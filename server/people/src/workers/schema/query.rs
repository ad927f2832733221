//! What can be read of workers.

use async_graphql::{Context, Error, ID, Object};
use kernel::gql::{self, Answer, Page, Paging};
use kernel::{Action, Ctx, Fault, Place};

use super::types::{IdCard, WorkerParameterValue, WorkerStatistics};
use super::worker::Worker;
use crate::colleagues::{Colleague, who_may};
use crate::workers::operations::register_worker;
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::policy;
use crate::workers::queries::{self, Split, WorkerFilter, WorkerOrder, WorkerStatisticsBy};
use crate::workers::rules::card;
use crate::workers::store::batch::Batch;
use crate::workers::store::{load, visible};

/// What can be read of workers.
#[derive(Default)]
pub struct WorkersQuery;

#[Object]
impl WorkersQuery {
    /// The workers within reach (零工人员列表): a county's to its officers, a market's to its staff, whom one registered to oneself.
    async fn workers(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which workers (筛选)")] filter: Option<WorkerFilter>,
        #[graphql(desc = "In which order (排序)")] order_by: Option<WorkerOrder>,
    ) -> Answer<Page<Worker>> {
        let ctx = gql::ctx(gql);
        let count = gql::counts(gql);
        let order = order_by.unwrap_or_default();
        Some(workers(ctx, first, after, filter.unwrap_or_default(), order, count).await)
    }

    /// A worker (零工人员).
    pub async fn worker(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] id: ID,
    ) -> Answer<Worker> {
        let ctx = gql::ctx(gql);
        let found = async { Worker::seen(ctx, ctx.parse_id("Worker", &id)?).await };
        gql::found(ctx, found.await)
    }

    /// Registrations that hold, counted by band of ages, hardship, trade or county, and what is counted so by age and hardship
    /// (零工人员统计). Few people are not counted.
    async fn worker_statistics(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "By what (统计口径)")] by: WorkerStatisticsBy,
    ) -> Answer<WorkerStatistics> {
        let ctx = gql::ctx(gql);
        let asked = |field: &str| gql.look_ahead().field("rows").field(field).exists();
        let split = Split { age: asked("byAge"), difficulty: asked("byDifficulty") };
        gql::found(ctx, queries::statistics(ctx, by, split).await.map(|counts| WorkerStatistics::of(by, counts)))
    }

    /// The city's figures about workers (零工人员参数).
    async fn worker_parameters(&self, gql: &Context<'_>) -> Answer<Vec<WorkerParameterValue>> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, parameters(ctx).await)
    }

    /// Who may witness a consent that is spoken before the caller (可作见证的同事): to a registration at a market, or in a county; or to
    /// writing hardship of a worker down.
    async fn witnesses(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market at whose counter somebody registers (市场标识)")] market_id: Option<ID>,
        #[graphql(desc = "Code of the county where somebody registers at no market (区县代码)")] county: Option<String>,
        #[graphql(desc = "The worker whose hardship is written down (零工人员标识)")] worker_id: Option<ID>,
        #[graphql(desc = "A part of the name (姓名检索词)")] search: Option<String>,
    ) -> Answer<Vec<Colleague>> {
        let ctx = gql::ctx(gql);
        let found = async {
            let (action, place) = consent_at(ctx, market_id, county, worker_id).await?;
            ctx.require(action, &place).await?;
            who_may(ctx, &[action], &place, search.as_deref()).await
        };
        gql::found(ctx, found.await)
    }

    /// What an ID-card reader typed, read into the fields of the form (读卡填表); null where no card is to be read in it. Nothing is
    /// kept.
    async fn read_id_card(
        &self,
        gql: &Context<'_>,
        #[graphql(
            desc = "What the reader typed: lines of key and value, or values with bars between them (读卡器文本)"
        )]
        text: String,
    ) -> Answer<IdCard> {
        let ctx = gql::ctx(gql);
        let read = async {
            may_register(ctx).await?;
            card::read(&text).map(|card| IdCard::of(ctx, &card)).ok_or(Fault::NotFound)
        };
        gql::found(ctx, read.await)
    }
}

/// To what somebody consents before staff, and where.
async fn consent_at(
    ctx: &Ctx,
    market: Option<ID>,
    county: Option<String>,
    worker: Option<ID>,
) -> Result<(&'static Action, Place), Fault> {
    if ctx.actor().citizen_id().is_some() {
        return Err(Fault::Forbidden);
    }
    let market = market.map(|id| ctx.parse_id("Market", &id)).transpose()?;
    let counter = register_worker::place(ctx, market, &county.unwrap_or_default()).await?;
    let Some(worker) = worker else { return Ok((&policy::REGISTER, counter)) };
    let row = load::worker(&ctx.scope(), ctx.parse_id("Worker", &worker)?).await?;
    Ok((&policy::DIFFICULTY, visible::place_of(ctx, &row).await?))
}

/// A form is filled by whoever may hand it in.
async fn may_register(ctx: &Ctx) -> Result<(), Fault> {
    if ctx.actor().citizen_id().is_some() {
        return ctx.require(&policy::REGISTER, &Place::city()).await;
    }
    ctx.reach(&policy::REGISTER).await.map(|_| ())
}

async fn parameters(ctx: &Ctx) -> Result<Vec<WorkerParameterValue>, Fault> {
    ctx.reach(&policy::READ).await?;
    let figures = Parameters::of(&ctx.scope()).await?;
    Ok(WorkerParameter::ALL.into_iter().map(|one| WorkerParameterValue::of(ctx, &figures, one)).collect())
}

async fn workers(
    ctx: &Ctx,
    first: Option<i32>,
    after: Option<String>,
    filter: WorkerFilter,
    order: WorkerOrder,
    count: bool,
) -> Result<Page<Worker>, Error> {
    let fault = |fault: Fault| gql::error(ctx, &fault);
    let paging = Paging::read(ctx, first, after, &gql::list_name("workers", &(&filter, order))).await?;
    let (rows, total) = queries::page(ctx, &filter, order, &paging, count).await.map_err(fault)?;
    let models: Vec<_> = rows.iter().map(|(_, row)| row.clone()).collect();
    let batch = Batch::new(&models);
    let nodes = rows.into_iter().map(|(key, row)| (key, Worker::among(row, std::sync::Arc::clone(&batch)))).collect();
    paging.page(ctx, nodes, total).await
}
