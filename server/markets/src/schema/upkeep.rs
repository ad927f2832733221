//! The mutations of a market's upkeep (维护): contracts, construction projects, map annotations.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;

use super::kept::{BadCredit, ConstructionProject, MapAnnotation, OperatorContract};
use super::venue::{self, Removed, removed, which};
use crate::forms::{AnnotationInput, BadCreditInput, ContractInput, ProjectInput};
use crate::operations::remove_annotation::{RemoveAnnotationRefused, remove_annotation};
use crate::operations::remove_contract::{RemoveContractRefused, remove_contract};
use crate::operations::remove_project::{RemoveProjectRefused, remove_project};
use crate::operations::save_annotation::{SaveAnnotationRefused, save_annotation};
use crate::operations::save_bad_credit::{SaveBadCreditRefused, save_bad_credit};
use crate::operations::save_contract::{SaveContractRefused, save_contract};
use crate::operations::save_project::{SaveProjectRefused, save_project};
use crate::queries::tasks;
use crate::rows::{bad_credit, construction_project, map_annotation, market, operator_contract};
use crate::store::batch::Batch;

results! {
    /// Saving a map annotation (保存结果).
    SaveAnnotationResult = MapAnnotation | SaveAnnotationRefused;
    /// Removing a map annotation (删除结果).
    RemoveAnnotationResult = Removed | RemoveAnnotationRefused;
    /// Saving a contract (保存结果).
    SaveContractResult = OperatorContract | SaveContractRefused;
    /// Recording bad credit (保存结果).
    SaveBadCreditResult = BadCredit | SaveBadCreditRefused;
    /// Removing a contract (删除结果).
    RemoveContractResult = Removed | RemoveContractRefused;
    /// Saving a project (保存结果).
    SaveProjectResult = ConstructionProject | SaveProjectRefused;
    /// Removing a project (删除结果).
    RemoveProjectResult = Removed | RemoveProjectRefused;
}

/// Makes what reads a saved part again.
macro_rules! again {
    ($($name:ident: $table:ident => $done:ty = |$ctx:ident, $row:ident| $make:expr;)*) => {
        $(
            async fn $name<R: Refusal>($ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<$done, Stop<R>> {
                let $row = $table::Entity::find_by_id(done?.id).one(&$ctx.scope()).await?.ok_or(Fault::NotFound)?;
                Ok($make)
            }
        )*
    };
}

again! {
    contract: operator_contract => OperatorContract =
        |ctx, row| OperatorContract { page: Batch::new(ctx, vec![row.market_id]), row };
    credit: bad_credit => BadCredit = |ctx, row| BadCredit::of(ctx, &row);
    project: construction_project => ConstructionProject =
        |ctx, row| ConstructionProject { page: Batch::new(ctx, vec![row.market_id]), row };
}

async fn annotation<R: Refusal>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<MapAnnotation, Stop<R>> {
    let row = map_annotation::Entity::find_by_id(done?.id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let market = market::Entity::find_by_id(row.market_id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let names = tasks::names(ctx, row.assignee.as_slice()).await?;
    Ok(MapAnnotation::of(ctx, &row, market.point(), &names).ok_or(Fault::internal("read a map annotation"))?)
}

/// The mutations of a market's upkeep.
#[derive(Clone, Copy, Debug, Default)]
pub struct UpkeepMutation;

/// The mutations of a market's upkeep.
#[Object]
impl UpkeepMutation {
    /// Saves a new or a known operator contract (保存运营协议).
    async fn save_contract(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: ContractInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveContractResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "OperatorContract", id.as_ref(), version)?;
            save_contract(ctx, venue::market_id(ctx, &market_id)?, which, input, once).await
        };
        gql::answer(ctx, contract(ctx, done.await).await, SaveContractResult::Done, |r| {
            SaveContractResult::Refused(SaveContractRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes an operator contract (删除运营协议).
    async fn remove_contract(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveContractResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_contract(ctx, ctx.parse_id("OperatorContract", &id)?, version, once).await };
        gql::answer(ctx, removed(ctx, "OperatorContract", done.await), RemoveContractResult::Done, |r| {
            RemoveContractResult::Refused(RemoveContractRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Records that an operator is of seriously bad credit, or that it was lifted (记录严重失信).
    async fn save_bad_credit(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: BadCreditInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveBadCreditResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "BadCredit", id.as_ref(), version)?;
            save_bad_credit(ctx, venue::market_id(ctx, &market_id)?, which, input, once).await
        };
        gql::answer(ctx, credit(ctx, done.await).await, SaveBadCreditResult::Done, |r| {
            SaveBadCreditResult::Refused(SaveBadCreditRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves a new or a known construction project (保存建设改造项目).
    async fn save_project(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: ProjectInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveProjectResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "ConstructionProject", id.as_ref(), version)?;
            save_project(ctx, venue::market_id(ctx, &market_id)?, which, input, once).await
        };
        gql::answer(ctx, project(ctx, done.await).await, SaveProjectResult::Done, |r| {
            SaveProjectResult::Refused(SaveProjectRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a construction project (删除建设改造项目).
    async fn remove_project(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveProjectResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_project(ctx, ctx.parse_id("ConstructionProject", &id)?, version, once).await };
        gql::answer(ctx, removed(ctx, "ConstructionProject", done.await), RemoveProjectResult::Done, |r| {
            RemoveProjectResult::Refused(RemoveProjectRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves how far a market's annotation on a map is (保存地图标注).
    async fn save_annotation(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: AnnotationInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveAnnotationResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), version, &input));
        let done = async {
            let assignee = input.assignee.as_ref().map(|id| ctx.parse_id("Account", id)).transpose()?;
            save_annotation(ctx, venue::market_id(ctx, &market_id)?, version, input, assignee, once).await
        };
        gql::answer(ctx, annotation(ctx, done.await).await, SaveAnnotationResult::Done, |r| {
            SaveAnnotationResult::Refused(SaveAnnotationRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a map annotation (删除地图标注).
    async fn remove_annotation(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveAnnotationResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_annotation(ctx, ctx.parse_id("MapAnnotation", &id)?, version, once).await };
        gql::answer(ctx, removed(ctx, "MapAnnotation", done.await), RemoveAnnotationResult::Done, |r| {
            RemoveAnnotationResult::Refused(RemoveAnnotationRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
