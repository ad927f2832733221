//! The chapter's queries (查询).

use async_graphql::{Context, Error, ID, MergedObject, Object, SimpleObject};
use kernel::Ctx;
use kernel::divisions::Level;
use kernel::gql::{self, Answer, Page, Paging};
use kernel::plain::Swift;

use super::arguments;
use super::kept::AnnotationTask;
use super::market::Market;
use super::public::PublicMarket;
use super::reference::{self, Division, Trade};
use crate::imports::ImportsQuery;
use crate::policy;
use crate::queries::directory::{self, DirectoryFilter, DirectoryOrder};
use crate::queries::markets::{self, MarketFilter, MarketOrder};
use crate::queries::public_row::Wanted;
use crate::queries::tasks::{self, AnnotationTaskFilter};
use crate::queries::{gaps, standard};
use crate::rules::standard::TARGET;
use crate::store::visible;

/// The queries of markets: the directory, and its files.
#[derive(Debug, Default, MergedObject)]
pub struct MarketsQuery(DirectoryQuery, ImportsQuery);

/// The queries of the directory.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectoryQuery;

/// A year's target of standardised public-interest markets (规范化目标).
#[derive(Debug, SimpleObject)]
pub struct StandardisationTarget {
    /// Year (年度).
    pub year: i32,
    /// At least so many (目标数).
    pub target: i32,
    /// So many there are, computed (实际数).
    pub actual: i32,
    /// Met (已达成)?
    pub met: bool,
    /// Those of them that the caller may see (市场).
    pub markets: Vec<Market>,
}

/// A division without a market in the directory (服务空白).
#[derive(Debug, SimpleObject)]
pub struct ServiceGap {
    /// The division (区划).
    pub division: Division,
    /// Markets registered there that are not in the directory (已登记未列入的市场数).
    pub markets: i32,
    /// The nearest listed market, where it can be told (最近的市场).
    pub nearest_market_name: Option<String>,
    /// Of a township: listed markets of the same county whose township is not recorded, so that they may lie in it
    /// (未填写乡镇的市场数); of a county 0.
    pub markets_without_township: i32,
}

/// How many of a reference list: 1–100, fifty unless said otherwise.
fn most(ctx: &Ctx, first: Option<i32>) -> Result<usize, Error> {
    gql::read_first(ctx, first, 50).map(|most| usize::try_from(most).unwrap_or(50))
}

/// The queries of markets.
#[Object]
impl DirectoryQuery {
    /// Divisions below one, or those whose name has a word (行政区划); the cities where neither is given.
    async fn divisions(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Code of the division above (上级代码)")] parent: Option<String>,
        #[graphql(desc = "Part of the name (名称)")] search: Option<String>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
    ) -> Answer<Vec<Division>> {
        let most = most(gql::ctx(gql), first);
        Some(most.map(|most| reference::divisions(parent.as_deref(), search.as_deref(), most)))
    }

    /// A division by its code, retired ones included (行政区划).
    async fn division(&self, #[graphql(desc = "Code (区划代码)")] code: String) -> Option<Division> {
        Division::of(&code)
    }

    /// Trades by code, name or street name (工种).
    async fn trades(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Beginning of code, name or street name (检索)")] search: Option<String>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
    ) -> Answer<Vec<Trade>> {
        let most = most(gql::ctx(gql), first);
        Some(most.map(|most| reference::trades(search.as_deref(), most)))
    }

    /// The public directory (公开名录): for everybody.
    async fn directory(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<DirectoryFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<DirectoryOrder>,
    ) -> Answer<Swift<Page<Swift<PublicMarket>>>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let answer = async {
            arguments::directory(ctx, &filter, order)?;
            let sort = gql::list_name("directory", &(order, &filter));
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let look = gql.look_ahead().field("edges").field("node");
            let asked = (Wanted::of(&look), gql::counts(gql));
            let found = directory::page(ctx, &filter, order, &paging, asked).await;
            let (found, total) = found.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().map(|f| (f.key, (f.row, f.distance))).unzip();
            let nodes = PublicMarket::page(ctx, rows);
            PublicMarket::read_ahead(&nodes, &look).await;
            let nodes = nodes.into_iter().map(Swift);
            paging.page(ctx, keys.into_iter().zip(nodes).collect(), total).await.map(Swift)
        };
        Some(answer.await)
    }

    /// A market of the directory by id or slug (名录市场): for everybody.
    async fn public_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id or slug (标识或网址编号)")] id_or_slug: String,
    ) -> Answer<PublicMarket> {
        let ctx = gql::ctx(gql);
        let row = directory::one(ctx, &id_or_slug, &Wanted::of(&gql.look_ahead())).await;
        gql::found(ctx, row)?.map(|row| PublicMarket::page(ctx, vec![(row, None)]).pop()).transpose()
    }

    /// Markets within the caller's reach (市场列表).
    async fn markets(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<MarketFilter>,
        #[graphql(desc = "Order (排序)")] order_by: Option<MarketOrder>,
    ) -> Answer<Page<Market>> {
        let ctx = gql::ctx(gql);
        let (filter, order) = (filter.unwrap_or_default(), order_by.unwrap_or_default());
        let answer = async {
            arguments::markets(ctx, &filter)?;
            let sort = gql::list_name("markets", &(order, &filter));
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let found = markets::page(ctx, &filter, order, &paging, gql::counts(gql)).await;
            let (found, total) = found.map_err(gql::fail(ctx))?;
            let (keys, rows): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            let nodes = Market::page(ctx, rows);
            paging.page(ctx, keys.into_iter().zip(nodes).collect(), total).await
        };
        Some(answer.await)
    }

    /// Map annotations that are left to do, as tasks of somebody: the most pressing first (标注任务).
    async fn annotation_tasks(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "After this cursor (游标)")] after: Option<String>,
        #[graphql(desc = "What is searched for (筛选)")] filter: Option<AnnotationTaskFilter>,
    ) -> Answer<Page<AnnotationTask>> {
        let ctx = gql::ctx(gql);
        let filter = filter.unwrap_or_default();
        let answer = async {
            let sort = gql::list_name("annotation-tasks", &filter);
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let found = tasks::page(ctx, &filter, &paging).await.map_err(gql::fail(ctx))?;
            let whose: Vec<_> = found.iter().filter_map(|task| task.row.assignee).collect();
            let names = tasks::names(ctx, &whose).await.map_err(gql::fail(ctx))?;
            let keyed = found.iter().map(|task| (task.key.clone(), AnnotationTask::of(ctx, task, &names))).collect();
            paging.page(ctx, keyed, None).await
        };
        Some(answer.await)
    }

    /// A market by its id (市场).
    pub async fn market(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<Market> {
        let ctx = gql::ctx(gql);
        let row = async { visible::load(&ctx.scope(), ctx, ctx.parse_id("Market", &id)?).await };
        gql::found(ctx, row.await.map(|row| Market::one(ctx, row)))
    }

    /// A year's target of standardised public-interest markets and its actual (规范化目标).
    async fn standardisation_target(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Year (年度)")] year: i32,
    ) -> Answer<StandardisationTarget> {
        let ctx = gql::ctx(gql);
        let found = async {
            let reach = ctx.reach_by_class(&policy::READ).await?;
            let rows = standard::in_year(ctx, year).await?;
            let actual = i32::try_from(rows.len()).unwrap_or(i32::MAX);
            let seen = rows.into_iter().filter(|row| reach.holds(&visible::place_of(row))).collect();
            let (target, markets) = (TARGET, Market::page(ctx, seen));
            Ok(StandardisationTarget { year, target, actual, met: actual >= target, markets })
        };
        gql::found(ctx, found.await)
    }

    /// Counties or townships without a market in the directory (服务空白).
    async fn service_gaps(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "COUNTY or TOWNSHIP (级别)")] level: Level,
    ) -> Answer<Vec<ServiceGap>> {
        let ctx = gql::ctx(gql);
        if let Err(refused) = arguments::gaps(ctx, level) {
            return Some(Err(refused));
        }
        let found = gaps::report(ctx, level).await.map(|gaps| {
            gaps.into_iter()
                .map(|gap| ServiceGap {
                    division: Division::current(gap.division),
                    markets: i32::try_from(gap.registered).unwrap_or(i32::MAX),
                    nearest_market_name: gap.nearest,
                    markets_without_township: i32::try_from(gap.without_township).unwrap_or(i32::MAX),
                })
                .collect()
        });
        gql::found(ctx, found)
    }
}
