//! The chapter's mutations (变更) of the directory itself; those of the venue are in [`super::venue`].

use async_graphql::{Context, ID, MergedObject, Object, SimpleObject, Union};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;

use super::market::Market;
use super::venue::VenueMutation;
use crate::forms::MarketInput;
use crate::imports::ImportsMutation;
use crate::operations::amend_market::{AmendMarket, AmendMarketReason, AmendMarketRefusalCode, amend_market};
use crate::operations::delist_market::{DelistMarketRefused, delist_market};
use crate::operations::list_market::{ListMarketRefused, list_market};
use crate::operations::register_market::{RegisterMarketRefused, plan_market, register_market};
use crate::operations::resume_market::{ResumeMarketRefused, resume_market};
use crate::operations::suspend_market::{SuspendMarketRefused, suspend_market};
use crate::rows::market;

/// Makes the union of a mutation: what it gives, or why it was refused.
macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Union)]
            pub enum $name {
                /// Done.
                Done($done),
                /// Refused.
                Refused($refused),
            }
        )*
    };
}

results! {
    /// Registering a market (登记结果).
    RegisterMarketResult = Market | RegisterMarketRefused;
    /// Amending a market (修改结果).
    AmendMarketResult = Market | AmendMarketRefused;
    /// Listing a market (列入结果).
    ListMarketResult = Market | ListMarketRefused;
    /// Suspending a market (暂停结果).
    SuspendMarketResult = Market | SuspendMarketRefused;
    /// Resuming a market (恢复结果).
    ResumeMarketResult = Market | ResumeMarketRefused;
    /// Delisting a market (移出结果).
    DelistMarketResult = Market | DelistMarketRefused;
}

/// Why a market was not amended (不予修改), with its newest state where somebody else was faster.
#[derive(Debug, SimpleObject)]
pub struct AmendMarketRefused {
    /// Why, as a code (原因代码).
    pub code: AmendMarketRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    pub message: String,
    /// The input field it is about, as a path (所涉字段).
    pub field: Option<String>,
    /// The newest state, for `CONFLICT` (最新内容).
    pub current: Option<Market>,
}

/// The market an operation was about, read again.
async fn again<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<Market, Stop<R>> {
    let row = market::Entity::find_by_id(done?.id).one(&ctx.scope()).await?;
    Ok(Market::one(ctx, row.ok_or(Fault::NotFound)?))
}

/// The id of a market.
fn id_of<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Stop<R>> {
    Ok(ctx.parse_id("Market", id)?)
}

/// The mutations of markets: the directory, its files, the venue.
#[derive(Debug, Default, MergedObject)]
pub struct MarketsMutation(DirectoryMutation, ImportsMutation, VenueMutation);

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
        // A conflict shows the newest state, so that the caller can compare.
        let current = match &done {
            Err(Stop::Refused(AmendMarket::Conflict { .. })) => {
                let newest = async {
                    let id = ctx.parse_id("Market", &id)?;
                    crate::store::visible::load(&ctx.scope(), ctx, id).await
                };
                newest.await.ok().map(|row| Market::one(ctx, row))
            }
            _ => None,
        };
        gql::answer(ctx, done, AmendMarketResult::Done, |r| {
            let AmendMarketReason { code, message, field } = AmendMarketReason::from_refusal(&r, ctx.lang());
            AmendMarketResult::Refused(AmendMarketRefused { code, message, field, current })
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
        gql::answer(ctx, again(ctx, done).await, ListMarketResult::Done, |r| {
            ListMarketResult::Refused(ListMarketRefused::from_refusal(&r, ctx.lang()))
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
        gql::answer(ctx, again(ctx, done).await, SuspendMarketResult::Done, |r| {
            SuspendMarketResult::Refused(SuspendMarketRefused::from_refusal(&r, ctx.lang()))
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
        gql::answer(ctx, again(ctx, done).await, ResumeMarketResult::Done, |r| {
            ResumeMarketResult::Refused(ResumeMarketRefused::from_refusal(&r, ctx.lang()))
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
        gql::answer(ctx, again(ctx, done).await, DelistMarketResult::Done, |r| {
            DelistMarketResult::Refused(DelistMarketRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
