//! The mutations of a market's upkeep (维护): contracts, construction projects, map annotations.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer};
use kernel::maps::MapProvider;
use kernel::{Ctx, Fault, Once};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::kept::{BadCredit, ConstructionProject, MapAnnotation, OperatorContract, provider_code};
use super::part::{Part as _, again, newest};
use super::venue::{self, Removed, removed, which};
use crate::forms::{AnnotationInput, BadCreditInput, ContractInput, ProjectInput};
use crate::operations::remove_annotation::{
    RemoveAnnotation, RemoveAnnotationReason, RemoveAnnotationRefusalCode, remove_annotation,
};
use crate::operations::remove_contract::{
    RemoveContract, RemoveContractReason, RemoveContractRefusalCode, remove_contract,
};
use crate::operations::remove_project::{RemoveProject, RemoveProjectReason, RemoveProjectRefusalCode, remove_project};
use crate::operations::save_annotation::{
    SaveAnnotation, SaveAnnotationReason, SaveAnnotationRefusalCode, save_annotation,
};
use crate::operations::save_bad_credit::{
    SaveBadCredit, SaveBadCreditReason, SaveBadCreditRefusalCode, save_bad_credit,
};
use crate::operations::save_contract::{SaveContract, SaveContractReason, SaveContractRefusalCode, save_contract};
use crate::operations::save_project::{SaveProject, SaveProjectReason, SaveProjectRefusalCode, save_project};
use crate::rows::map_annotation;

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

kernel::with_current! {
    /// Why a contract was not saved (不予保存运营协议).
    #[derive(Debug)]
    SaveContractRefused(OperatorContract) = SaveContract: SaveContractReason, SaveContractRefusalCode;
    /// Why an operator contract was not removed (不予删除运营协议).
    #[derive(Debug)]
    RemoveContractRefused(OperatorContract) = RemoveContract: RemoveContractReason, RemoveContractRefusalCode;
    /// Why an entry of bad credit was not saved (不予记录严重失信).
    #[derive(Debug)]
    SaveBadCreditRefused(BadCredit) = SaveBadCredit: SaveBadCreditReason, SaveBadCreditRefusalCode;
    /// Why a project was not saved (不予保存建设改造项目).
    #[derive(Debug)]
    SaveProjectRefused(ConstructionProject) = SaveProject: SaveProjectReason, SaveProjectRefusalCode;
    /// Why a construction project was not removed (不予删除建设改造项目).
    #[derive(Debug)]
    RemoveProjectRefused(ConstructionProject) = RemoveProject: RemoveProjectReason, RemoveProjectRefusalCode;
    /// Why a map annotation was not saved (不予保存地图标注).
    #[derive(Debug)]
    SaveAnnotationRefused(MapAnnotation) = SaveAnnotation: SaveAnnotationReason, SaveAnnotationRefusalCode;
    /// Why a map annotation was not removed (不予删除地图标注).
    #[derive(Debug)]
    RemoveAnnotationRefused(MapAnnotation) = RemoveAnnotation: RemoveAnnotationReason, RemoveAnnotationRefusalCode;
}

/// What is there of a provider's annotation now: it is saved by its provider and not by an id.
async fn annotation(ctx: &Ctx, market: &ID, provider: MapProvider) -> Result<MapAnnotation, Fault> {
    let market = ctx.parse_id("Market", market)?;
    let row = map_annotation::Entity::find()
        .filter(map_annotation::Column::MarketId.eq(market))
        .filter(map_annotation::Column::Provider.eq(provider_code(provider)))
        .one(&ctx.scope())
        .await?;
    MapAnnotation::at(ctx, row.ok_or(Fault::NotFound)?.id).await
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
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveContractResult::Done, |r| {
            SaveContractResult::Refused(SaveContractRefused::of(&r, ctx.lang(), current))
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
        let done = removed(ctx, "OperatorContract", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveContractResult::Done, |r| {
            RemoveContractResult::Refused(RemoveContractRefused::of(&r, ctx.lang(), current))
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
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveBadCreditResult::Done, |r| {
            SaveBadCreditResult::Refused(SaveBadCreditRefused::of(&r, ctx.lang(), current))
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
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveProjectResult::Done, |r| {
            SaveProjectResult::Refused(SaveProjectRefused::of(&r, ctx.lang(), current))
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
        let done = removed(ctx, "ConstructionProject", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveProjectResult::Done, |r| {
            RemoveProjectResult::Refused(RemoveProjectRefused::of(&r, ctx.lang(), current))
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
        let provider = input.provider;
        let done = async {
            let assignee = input.assignee.as_ref().map(|id| ctx.parse_id("Account", id)).transpose()?;
            save_annotation(ctx, venue::market_id(ctx, &market_id)?, version, input, assignee, once).await
        };
        let done = again(ctx, done.await).await;
        let current = gql::current(&done, annotation(ctx, &market_id, provider)).await;
        gql::answer(ctx, done, SaveAnnotationResult::Done, |r| {
            SaveAnnotationResult::Refused(SaveAnnotationRefused::of(&r, ctx.lang(), current))
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
        let done = removed(ctx, "MapAnnotation", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveAnnotationResult::Done, |r| {
            RemoveAnnotationResult::Refused(RemoveAnnotationRefused::of(&r, ctx.lang(), current))
        })
    }
}
