//! Reading about agencies (查询).

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, Page, Paging};
use kernel::{Action, Ctx, Fault};
use uuid::Uuid;

use super::agency::Agency;
use super::kept::{AgencyParameter, PriceList};
use super::work::{AgencyEvent, AgencyInspection, FeeReceipt, LedgerEntry};
use crate::agencies::kinds::AgencyParameterCode;
use crate::agencies::policy;
use crate::agencies::queries::lists::{self, AgencyFilter, InspectionFilter, LedgerFilter, ReceiptFilter};
use crate::agencies::queries::{kept, price_lists};
use crate::agencies::store;

/// What can be read of agencies (机构查询).
#[derive(Default)]
pub struct AgenciesQuery;

/// The agency whose list is asked for; none where the caller does not see it.
async fn seen(ctx: &Ctx, action: &Action, id: &ID) -> async_graphql::Result<Option<Uuid>> {
    let found = async { store::load_to(ctx, action, ctx.parse_id("Agency", id)?).await };
    match found.await {
        Ok(row) => Ok(Some(row.id)),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(gql::error(ctx, &fault)),
    }
}

#[Object]
impl AgenciesQuery {
    /// Human-resources agencies within reach, by name (人力资源服务机构列表).
    async fn agencies(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which agencies (筛选)")] filter: Option<AgencyFilter>,
    ) -> Answer<Page<Agency>> {
        let (ctx, filter) = (gql::ctx(gql), filter.unwrap_or_default());
        let answer = async {
            let paging = Paging::read(ctx, first, after, &gql::list_name("agencies", &filter)).await?;
            let (rows, total) =
                lists::agencies(ctx, &filter, &paging, gql::counts(gql)).await.map_err(gql::fail(ctx))?;
            let keys: Vec<_> = rows.iter().map(|row| vec![row.name.clone(), row.id.to_string()]).collect();
            paging.page(ctx, keys.into_iter().zip(Agency::page(ctx, rows)).collect(), total).await
        };
        Some(answer.await)
    }

    /// A human-resources agency (人力资源服务机构).
    pub async fn agency(&self, gql: &Context<'_>, #[graphql(desc = "The agency (机构)")] id: ID) -> Answer<Agency> {
        let ctx = gql::ctx(gql);
        let found = async {
            let row = store::load(&ctx.scope(), ctx, ctx.parse_id("Agency", &id)?).await?;
            Ok(Agency::one(ctx, row))
        };
        gql::found(ctx, found.await)
    }

    /// The price lists of an agency, the newest first (历次收费标准).
    async fn agency_price_lists(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<PriceList>> {
        let ctx = gql::ctx(gql);
        let page = async {
            let Some(agency) = seen(ctx, &policy::READ, &agency_id).await? else { return Ok(None) };
            let paging = Paging::read(ctx, first, after, &gql::list_name("agency-prices", &agency)).await?;
            let lists = price_lists::page(ctx, agency, &paging).await.map_err(gql::fail(ctx))?;
            let keyed = lists.iter().map(|(list, items)| {
                let shown = PriceList::of(ctx, list, items);
                (vec![list.number.to_string()], shown)
            });
            paging.page(ctx, keyed.collect(), None).await.map(Some)
        };
        page.await.transpose()
    }

    /// Inspections of an agency, the newest first (监督检查记录).
    async fn agency_inspections(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which inspections (筛选)")] filter: Option<InspectionFilter>,
    ) -> Answer<Page<AgencyInspection>> {
        let (ctx, filter) = (gql::ctx(gql), filter.unwrap_or_default());
        let page = async {
            let Some(agency) = seen(ctx, &policy::SUPERVISE, &agency_id).await? else { return Ok(None) };
            let sort = gql::list_name("agency-inspections", &(agency, &filter));
            let paging = Paging::read(ctx, first, after, &sort).await?;
            let rows = lists::inspections(ctx, agency, &filter, &paging).await.map_err(gql::fail(ctx))?;
            let of = rows.iter().map(|row| row.id).collect();
            let mut inspectors = lists::inspectors(ctx, of).await.map_err(gql::fail(ctx))?;
            let keyed = rows.into_iter().map(|row| {
                let by = inspectors.remove(&row.id).unwrap_or_default();
                (vec![row.inspected_on.to_string(), row.id.to_string()], AgencyInspection::of(ctx, row, by))
            });
            paging.page(ctx, keyed.collect(), None).await.map(Some)
        };
        page.await.transpose()
    }

    /// The service ledger of an agency, the newest first (服务台账).
    async fn agency_ledger(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which entries (筛选)")] filter: Option<LedgerFilter>,
    ) -> Answer<Page<LedgerEntry>> {
        let (ctx, filter) = (gql::ctx(gql), filter.unwrap_or_default());
        let page = async {
            let Some(agency) = seen(ctx, &policy::LEDGER, &agency_id).await? else { return Ok(None) };
            let paging = Paging::read(ctx, first, after, &gql::list_name("agency-ledger", &(agency, &filter))).await?;
            let found = lists::ledger_page(ctx, agency, &filter, &paging, gql::counts(gql)).await;
            let (rows, total) = found.map_err(gql::fail(ctx))?;
            let set = kept::parameters(&ctx.scope()).await.map_err(gql::fail(ctx))?;
            let entries = LedgerEntry::all(ctx, &rows, &set).await.map_err(gql::fail(ctx))?;
            let keys = rows.iter().map(|row| vec![row.served_on.to_string(), row.id.to_string()]);
            paging.page(ctx, keys.zip(entries).collect(), total).await.map(Some)
        };
        page.await.transpose()
    }

    /// The fee receipts of an agency, the newest first (收费凭证).
    async fn agency_receipts(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
        #[graphql(desc = "Which receipts (筛选)")] filter: Option<ReceiptFilter>,
    ) -> Answer<Page<FeeReceipt>> {
        let (ctx, filter) = (gql::ctx(gql), filter.unwrap_or_default());
        let page = async {
            let Some(agency) = seen(ctx, &policy::LEDGER, &agency_id).await? else { return Ok(None) };
            let paging =
                Paging::read(ctx, first, after, &gql::list_name("agency-receipts", &(agency, &filter))).await?;
            let rows = lists::receipts(ctx, agency, &filter, &paging).await.map_err(gql::fail(ctx))?;
            let keys: Vec<_> =
                rows.iter().map(|(row, _)| vec![row.issued_on.to_string(), row.id.to_string()]).collect();
            let set = kept::parameters(&ctx.scope()).await.map_err(gql::fail(ctx))?;
            let receipts = FeeReceipt::all(ctx, rows, &set).await.map_err(gql::fail(ctx))?;
            paging.page(ctx, keys.into_iter().zip(receipts).collect(), None).await.map(Some)
        };
        page.await.transpose()
    }

    /// What happened to an agency, the newest first (机构沿革).
    async fn agency_history(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "How many, 1–100 (数量)")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin (游标)")] after: Option<String>,
    ) -> Answer<Page<AgencyEvent>> {
        let ctx = gql::ctx(gql);
        let page = async {
            let Some(agency) = seen(ctx, &policy::SUPERVISE, &agency_id).await? else { return Ok(None) };
            let paging = Paging::read(ctx, first, after, &gql::list_name("agency-history", &agency)).await?;
            let rows = lists::history(ctx, agency, &paging).await.map_err(gql::fail(ctx))?;
            let keyed = rows.into_iter().map(|row| (vec![row.id.to_string()], AgencyEvent::of(ctx, row)));
            paging.page(ctx, keyed.collect(), None).await.map(Some)
        };
        page.await.transpose()
    }

    /// What the law leaves to the city about agencies, and what the city set (机构监管参数).
    async fn agency_parameters(&self, gql: &Context<'_>) -> Answer<Vec<AgencyParameter>> {
        let ctx = gql::ctx(gql);
        let found = async {
            ctx.reach(&policy::READ).await?;
            let set = kept::parameters(&ctx.scope()).await?;
            Ok(AgencyParameterCode::ALL.into_iter().map(|code| AgencyParameter::of(ctx, code, &set)).collect())
        };
        gql::found(ctx, found.await)
    }
}
