//! The mutations of the venue and of a market's upkeep (场地与维护).

use async_graphql::{Context, ID, Object, SimpleObject, Union};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::parts::{ConstructionProject, Facility, MapAnnotation, OperatorContract, PickupBay, SafetyCheck, Zone};
use crate::forms::{
    AnnotationInput, BayInput, ContractInput, FacilityInput, ProjectInput, SafetyCheckInput, ZoneInput,
};
use crate::operations::record_safety_check::{RecordSafetyCheckRefused, record_safety_check};
use crate::operations::remove_bay::{RemoveBayRefused, remove_bay};
use crate::operations::remove_facility::{RemoveFacilityRefused, remove_facility};
use crate::operations::remove_zone::{RemoveZoneRefused, remove_zone};
use crate::operations::save_annotation::{SaveAnnotationRefused, save_annotation};
use crate::operations::save_bay::{SaveBayRefused, save_bay};
use crate::operations::save_contract::{SaveContractRefused, save_contract};
use crate::operations::save_facility::{SaveFacilityRefused, save_facility};
use crate::operations::save_project::{SaveProjectRefused, save_project};
use crate::operations::save_zone::{SaveZoneRefused, save_zone};
use crate::operations::saving::Which;
use crate::rows::{
    construction_project, map_annotation, market, market_facility, market_zone, operator_contract, pickup_bay,
    safety_check,
};
use crate::store::batch::Batch;

/// Something that was removed (已删除).
#[derive(Clone, Debug, SimpleObject)]
pub struct Removed {
    /// Its id (标识).
    pub id: ID,
}

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
    /// Saving a zone (保存结果).
    SaveZoneResult = Zone | SaveZoneRefused;
    /// Removing a zone (删除结果).
    RemoveZoneResult = Removed | RemoveZoneRefused;
    /// Saving a facility (保存结果).
    SaveFacilityResult = Facility | SaveFacilityRefused;
    /// Removing a facility (删除结果).
    RemoveFacilityResult = Removed | RemoveFacilityRefused;
    /// Saving a bay (保存结果).
    SaveBayResult = PickupBay | SaveBayRefused;
    /// Removing a bay (删除结果).
    RemoveBayResult = Removed | RemoveBayRefused;
    /// Recording a safety check (记录结果).
    RecordSafetyCheckResult = SafetyCheck | RecordSafetyCheckRefused;
    /// Saving a map annotation (保存结果).
    SaveAnnotationResult = MapAnnotation | SaveAnnotationRefused;
    /// Saving a contract (保存结果).
    SaveContractResult = OperatorContract | SaveContractRefused;
    /// Saving a project (保存结果).
    SaveProjectResult = ConstructionProject | SaveProjectRefused;
}

/// Which part a mutation is about.
fn which<R: Refusal>(ctx: &Ctx, kind: &'static str, id: Option<&ID>, version: Option<i32>) -> Result<Which, Stop<R>> {
    Ok(Which { id: id.map(|id| ctx.parse_id(kind, id)).transpose()?, version })
}

fn market_id<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<Uuid, Stop<R>> {
    Ok(ctx.parse_id("Market", id)?)
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
    zone: market_zone => Zone = |ctx, row| Zone { page: Batch::new(ctx, vec![row.market_id]), row };
    facility: market_facility => Facility = |ctx, row| Facility::of(ctx, &row);
    bay: pickup_bay => PickupBay = |ctx, row| PickupBay::of(ctx, &row);
    check: safety_check => SafetyCheck = |ctx, row| SafetyCheck::of(ctx, &row);
    contract: operator_contract => OperatorContract =
        |ctx, row| OperatorContract { page: Batch::new(ctx, vec![row.market_id]), row };
    project: construction_project => ConstructionProject =
        |ctx, row| ConstructionProject { page: Batch::new(ctx, vec![row.market_id]), row };
}

async fn annotation<R: Refusal>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<MapAnnotation, Stop<R>> {
    let row = map_annotation::Entity::find_by_id(done?.id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    let market = market::Entity::find_by_id(row.market_id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    Ok(MapAnnotation::of(ctx, &row, market.point()).ok_or(Fault::internal("read a map annotation"))?)
}

fn removed<R>(ctx: &Ctx, kind: &str, done: Result<Outcome, Stop<R>>) -> Result<Removed, Stop<R>> {
    done.map(|outcome| Removed { id: ctx.gid(kind, outcome.id) })
}

/// The mutations of the venue.
#[derive(Clone, Copy, Debug, Default)]
pub struct VenueMutation;

/// The mutations of the venue.
#[Object]
impl VenueMutation {
    /// Saves a new or a known zone (保存功能分区).
    async fn save_zone(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: ZoneInput,
    ) -> Answer<SaveZoneResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let which = which(ctx, "Zone", id.as_ref(), version)?;
            save_zone(ctx, self::market_id(ctx, &market_id)?, which, input).await
        };
        gql::answer(ctx, zone(ctx, done.await).await, SaveZoneResult::Done, |r| {
            SaveZoneResult::Refused(SaveZoneRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a zone (删除功能分区).
    async fn remove_zone(
        &self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID
    ) -> Answer<RemoveZoneResult> {
        let ctx = gql::ctx(gql);
        let done = async { remove_zone(ctx, ctx.parse_id("Zone", &id)?).await };
        gql::answer(ctx, removed(ctx, "Zone", done.await), RemoveZoneResult::Done, |r| {
            RemoveZoneResult::Refused(RemoveZoneRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves a new or a known facility (保存便民设施).
    async fn save_facility(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: FacilityInput,
    ) -> Answer<SaveFacilityResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let which = which(ctx, "Facility", id.as_ref(), version)?;
            save_facility(ctx, self::market_id(ctx, &market_id)?, which, input).await
        };
        gql::answer(ctx, facility(ctx, done.await).await, SaveFacilityResult::Done, |r| {
            SaveFacilityResult::Refused(SaveFacilityRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a facility (删除便民设施).
    async fn remove_facility(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
    ) -> Answer<RemoveFacilityResult> {
        let ctx = gql::ctx(gql);
        let done = async { remove_facility(ctx, ctx.parse_id("Facility", &id)?).await };
        gql::answer(ctx, removed(ctx, "Facility", done.await), RemoveFacilityResult::Done, |r| {
            RemoveFacilityResult::Refused(RemoveFacilityRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves a new or a known bay (保存上车点).
    async fn save_bay(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: BayInput,
    ) -> Answer<SaveBayResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let which = which(ctx, "PickupBay", id.as_ref(), version)?;
            save_bay(ctx, self::market_id(ctx, &market_id)?, which, input).await
        };
        gql::answer(ctx, bay(ctx, done.await).await, SaveBayResult::Done, |r| {
            SaveBayResult::Refused(SaveBayRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a bay (删除上车点).
    async fn remove_bay(&self, gql: &Context<'_>, #[graphql(desc = "Id (标识)")] id: ID) -> Answer<RemoveBayResult> {
        let ctx = gql::ctx(gql);
        let done = async { remove_bay(ctx, ctx.parse_id("PickupBay", &id)?).await };
        gql::answer(ctx, removed(ctx, "PickupBay", done.await), RemoveBayResult::Done, |r| {
            RemoveBayResult::Refused(RemoveBayRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves a new or a known operator contract (保存运营协议).
    async fn save_contract(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: ContractInput,
    ) -> Answer<SaveContractResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let which = which(ctx, "OperatorContract", id.as_ref(), version)?;
            save_contract(ctx, self::market_id(ctx, &market_id)?, which, input).await
        };
        gql::answer(ctx, contract(ctx, done.await).await, SaveContractResult::Done, |r| {
            SaveContractResult::Refused(SaveContractRefused::from_refusal(&r, ctx.lang()))
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
    ) -> Answer<SaveProjectResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let which = which(ctx, "ConstructionProject", id.as_ref(), version)?;
            save_project(ctx, self::market_id(ctx, &market_id)?, which, input).await
        };
        gql::answer(ctx, project(ctx, done.await).await, SaveProjectResult::Done, |r| {
            SaveProjectResult::Refused(SaveProjectRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Records a safety check of one item (记录安全检查).
    async fn record_safety_check(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The check (检查内容)")] input: SafetyCheckInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordSafetyCheckResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &input));
        let done = async { record_safety_check(ctx, self::market_id(ctx, &market_id)?, input, once).await };
        gql::answer(ctx, check(ctx, done.await).await, RecordSafetyCheckResult::Done, |r| {
            RecordSafetyCheckResult::Refused(RecordSafetyCheckRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Saves how far a market's annotation on a map is (保存地图标注).
    async fn save_annotation(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: AnnotationInput,
    ) -> Answer<SaveAnnotationResult> {
        let ctx = gql::ctx(gql);
        let done = async { save_annotation(ctx, self::market_id(ctx, &market_id)?, version, input).await };
        gql::answer(ctx, annotation(ctx, done.await).await, SaveAnnotationResult::Done, |r| {
            SaveAnnotationResult::Refused(SaveAnnotationRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
