//! The chapter's mutations (变更) of the directory itself; those of the venue are in [`super::venue`], those of
//! its upkeep in [`super::upkeep`].

use async_graphql::{Context, ID, MergedObject, Object};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Once, Stop};

use super::counts::CountsMutation;
use super::market::Market;
use super::part::{again, newest};
use super::upkeep::UpkeepMutation;
use super::venue::VenueMutation;
use crate::forms::MarketInput;
use crate::imports::ImportsMutation;
use crate::operations::amend_market::{AmendMarket, AmendMarketReason, AmendMarketRefusalCode, amend_market};
use crate::operations::delist_market::{DelistMarket, DelistMarketReason, DelistMarketRefusalCode, delist_market};
use crate::operations::list_market::{ListMarket, ListMarketReason, ListMarketRefusalCode, list_market};
use crate::operations::open_market::{OpenMarket, OpenMarketReason, OpenMarketRefusalCode, open_market};
use crate::operations::register_market::{RegisterMarketRefused, plan_market, register_market};
use crate::operations::resume_market::{ResumeMarket, ResumeMarketReason, ResumeMarketRefusalCode, resume_market};
use crate::operations::suspend_market::{SuspendMarket, SuspendMarketReason, SuspendMarketRefusalCode, suspend_market};

results! {
    /// Registering a market (登记结果).
    RegisterMarketResult = Market | RegisterMarketRefused;
    /// Amending a market (修改结果).
    AmendMarketResult = Market | AmendMarketRefused;
    /// Opening a planned market (转登记结果).
    OpenMarketResult = Market | OpenMarketRefused;
    /// Listing a market (列入结果).
    ListMarketResult = Market | ListMarketRefused;
    /// Suspending a market (暂停结果).
    SuspendMarketResult = Market | SuspendMarketRefused;
    /// Resuming a market (恢复结果).
    ResumeMarketResult = Market | ResumeMarketRefused;
    /// Delisting a market (移出结果).
    DelistMarketResult = Market | DelistMarketRefused;
}

kernel::with_current! {
    /// Why a market was not amended (不予修改).
    #[derive(Debug)]
    AmendMarketRefused(Market) = AmendMarket: AmendMarketReason, AmendMarketRefusalCode;
    /// Why a planned market was not opened (不予转登记).
    #[derive(Debug)]
    OpenMarketRefused(Market) = OpenMarket: OpenMarketReason, OpenMarketRefusalCode;
    /// Why a market was not listed (不予列入名录).
    #[derive(Debug)]
    ListMarketRefused(Market) = ListMarket: ListMarketReason, ListMarketRefusalCode;
    /// Why it was not done (不予暂停).
    #[derive(Debug)]
    SuspendMarketRefused(Market) = SuspendMarket: SuspendMarketReason, SuspendMarketRefusalCode;
    /// Why it was not done (不予恢复).
    #[derive(Debug)]
    ResumeMarketRefused(Market) = ResumeMarket: ResumeMarketReason, ResumeMarketRefusalCode;
    /// Why it was not done (不予移出名录).
    #[derive(Debug)]
    DelistMarketRefused(Market) = DelistMarket: DelistMarketReason, DelistMarketRefusalCode;
}

/// The id of a market.
fn id_of<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Stop<R>> {
    Ok(ctx.parse_id("Market", id)?)
}

/// The mutations of markets: the directory, its files, the venue, its upkeep.
#[derive(Debug, Default, MergedObject)]
pub struct MarketsMutation(DirectoryMutation, ImportsMutation, VenueMutation, UpkeepMutation, CountsMutation);

/// The mutations of the directory.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectoryMutation;

/// The mutations of the directory.
#[Object]
impl DirectoryMutation {
    /// Registers a market, as a draft or as planned (登记市场).
    async fn register_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场信息)")] input: MarketInput,
        #[graphql(desc = "Not open yet (规划中)?")] planned: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RegisterMarketResult> {
        let ctx = gql::ctx(gql);
        let planned = planned.unwrap_or_default();
        let once = Once::from(idempotency_key, &(&input, planned));
        let done = again(
            ctx,
            if planned { plan_market(ctx, input, once).await } else { register_market(ctx, input, once).await },
        )
        .await;
        gql::answer(ctx, done, RegisterMarketResult::Done, |r| {
            RegisterMarketResult::Refused(RegisterMarketRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Amends a market (修改市场信息).
    async fn amend_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The market as it shall be (市场信息)")] input: MarketInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AmendMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done = async { amend_market(ctx, id_of(ctx, &id)?, version, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, AmendMarketResult::Done, |r| {
            AmendMarketResult::Refused(AmendMarketRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Opens a planned market: it becomes a draft (建成转登记).
    async fn open_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<OpenMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { open_market(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, OpenMarketResult::Done, |r| {
            OpenMarketResult::Refused(OpenMarketRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Lists a market in the directory (列入名录).
    async fn list_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ListMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { list_market(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, ListMarketResult::Done, |r| {
            ListMarketResult::Refused(ListMarketRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Suspends a listed market (暂停市场).
    async fn suspend_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SuspendMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async { suspend_market(ctx, id_of(ctx, &id)?, version, reason, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, SuspendMarketResult::Done, |r| {
            SuspendMarketResult::Refused(SuspendMarketRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Resumes a suspended market (恢复市场).
    async fn resume_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ResumeMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { resume_market(ctx, id_of(ctx, &id)?, version, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, ResumeMarketResult::Done, |r| {
            ResumeMarketResult::Refused(ResumeMarketRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Delists a market for good (移出名录).
    async fn delist_market(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DelistMarketResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async { delist_market(ctx, id_of(ctx, &id)?, version, reason, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, DelistMarketResult::Done, |r| {
            DelistMarketResult::Refused(DelistMarketRefused::of(&r, ctx.lang(), current))
        })
    }
}
