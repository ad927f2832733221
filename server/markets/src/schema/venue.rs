//! The mutations of the venue (场地): zones, facilities, bays, safety checks.

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer};
use kernel::refusal::Refusal;
use kernel::{Ctx, Once, Outcome, Stop};
use uuid::Uuid;

use super::market::Market;
use super::part::{again, newest};
use super::parts::{Facility, PickupBay, SafetyCheck, Zone};
use crate::forms::{BayInput, FacilityInput, SafetyCheckInput, ZoneInput};
use crate::kinds::CrowdLevel;
use crate::operations::record_safety_check::{RecordSafetyCheckRefused, record_safety_check};
use crate::operations::remove_bay::{RemoveBay, RemoveBayReason, RemoveBayRefusalCode, remove_bay};
use crate::operations::remove_facility::{
    RemoveFacility, RemoveFacilityReason, RemoveFacilityRefusalCode, remove_facility,
};
use crate::operations::remove_zone::{RemoveZone, RemoveZoneReason, RemoveZoneRefusalCode, remove_zone};
use crate::operations::report_crowd::{ReportCrowdRefused, report_crowd};
use crate::operations::save_bay::{SaveBay, SaveBayReason, SaveBayRefusalCode, save_bay};
use crate::operations::save_facility::{SaveFacility, SaveFacilityReason, SaveFacilityRefusalCode, save_facility};
use crate::operations::save_zone::{SaveZone, SaveZoneReason, SaveZoneRefusalCode, save_zone};
use crate::operations::saving::Which;
use crate::operations::withdraw_check::{WithdrawSafetyCheckRefused, withdraw_safety_check};

/// Something that was removed (已删除).
#[derive(Clone, Debug, SimpleObject)]
pub struct Removed {
    /// Its id (标识).
    pub id: ID,
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
    /// Saying how full a market is (发布结果).
    ReportCrowdResult = Market | ReportCrowdRefused;
    /// Recording a safety check (记录结果).
    RecordSafetyCheckResult = SafetyCheck | RecordSafetyCheckRefused;
    /// Withdrawing a safety check (撤回结果).
    WithdrawSafetyCheckResult = SafetyCheck | WithdrawSafetyCheckRefused;
}

kernel::with_current! {
    /// Why a zone was not saved (不予保存功能分区).
    #[derive(Debug)]
    SaveZoneRefused(Zone) = SaveZone: SaveZoneReason, SaveZoneRefusalCode;
    /// Why a zone was not removed (不予删除功能分区).
    #[derive(Debug)]
    RemoveZoneRefused(Zone) = RemoveZone: RemoveZoneReason, RemoveZoneRefusalCode;
    /// Why a facility was not saved (不予保存便民设施).
    #[derive(Debug)]
    SaveFacilityRefused(Facility) = SaveFacility: SaveFacilityReason, SaveFacilityRefusalCode;
    /// Why a facility was not removed (不予删除便民设施).
    #[derive(Debug)]
    RemoveFacilityRefused(Facility) = RemoveFacility: RemoveFacilityReason, RemoveFacilityRefusalCode;
    /// Why a bay was not saved (不予保存上车点).
    #[derive(Debug)]
    SaveBayRefused(PickupBay) = SaveBay: SaveBayReason, SaveBayRefusalCode;
    /// Why a bay was not removed (不予删除上车点).
    #[derive(Debug)]
    RemoveBayRefused(PickupBay) = RemoveBay: RemoveBayReason, RemoveBayRefusalCode;
}

/// Which part a mutation is about.
pub(super) fn which<R: Refusal>(
    ctx: &Ctx,
    kind: &'static str,
    id: Option<&ID>,
    version: Option<i32>,
) -> Result<Which, Stop<R>> {
    Ok(Which { id: id.map(|id| ctx.parse_id(kind, id)).transpose()?, version })
}

pub(super) fn market_id<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<Uuid, Stop<R>> {
    Ok(ctx.parse_id("Market", id)?)
}

pub(super) fn removed<R>(ctx: &Ctx, kind: &str, done: Result<Outcome, Stop<R>>) -> Result<Removed, Stop<R>> {
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
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveZoneResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "Zone", id.as_ref(), version)?;
            save_zone(ctx, self::market_id(ctx, &market_id)?, which, input, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveZoneResult::Done, |r| {
            SaveZoneResult::Refused(SaveZoneRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Removes a zone (删除功能分区).
    async fn remove_zone(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveZoneResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_zone(ctx, ctx.parse_id("Zone", &id)?, version, once).await };
        let done = removed(ctx, "Zone", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveZoneResult::Done, |r| {
            RemoveZoneResult::Refused(RemoveZoneRefused::of(&r, ctx.lang(), current))
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
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveFacilityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "Facility", id.as_ref(), version)?;
            save_facility(ctx, self::market_id(ctx, &market_id)?, which, input, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveFacilityResult::Done, |r| {
            SaveFacilityResult::Refused(SaveFacilityRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Removes a facility (删除便民设施).
    async fn remove_facility(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveFacilityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_facility(ctx, ctx.parse_id("Facility", &id)?, version, once).await };
        let done = removed(ctx, "Facility", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveFacilityResult::Done, |r| {
            RemoveFacilityResult::Refused(RemoveFacilityRefused::of(&r, ctx.lang(), current))
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
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveBayResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), &id, version, &input));
        let done = async {
            let which = which(ctx, "PickupBay", id.as_ref(), version)?;
            save_bay(ctx, self::market_id(ctx, &market_id)?, which, input, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SaveBayResult::Done, |r| {
            SaveBayResult::Refused(SaveBayRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Removes a bay (删除上车点).
    async fn remove_bay(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveBayResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_bay(ctx, ctx.parse_id("PickupBay", &id)?, version, once).await };
        let done = removed(ctx, "PickupBay", done.await);
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemoveBayResult::Done, |r| {
            RemoveBayResult::Refused(RemoveBayRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Says how full a market is, for an hour unless given (发布拥挤程度).
    async fn report_crowd(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market (市场)")] market_id: ID,
        #[graphql(desc = "How full (程度)")] level: CrowdLevel,
        #[graphql(desc = "For so many minutes, 10–480 (有效分钟数)")] minutes: Option<i32>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ReportCrowdResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(market_id.as_str(), level, minutes));
        let done = async { report_crowd(ctx, self::market_id(ctx, &market_id)?, level, minutes, once).await };
        gql::answer(ctx, again(ctx, done.await).await, ReportCrowdResult::Done, |r| {
            ReportCrowdResult::Refused(ReportCrowdRefused::from_refusal(&r, ctx.lang()))
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
        let done = async {
            let photos = input.photos.iter().flatten().map(|id| ctx.parse_id("Upload", id));
            let photos = photos.collect::<Result<_, _>>()?;
            record_safety_check(ctx, self::market_id(ctx, &market_id)?, input, photos, once).await
        };
        gql::answer(ctx, again(ctx, done.await).await, RecordSafetyCheckResult::Done, |r| {
            RecordSafetyCheckResult::Refused(RecordSafetyCheckRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Withdraws a safety check that was entered by mistake; it stays in the record (撤回安全检查).
    async fn withdraw_safety_check(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The check (检查记录)")] id: ID,
        #[graphql(desc = "Why (撤回原因)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawSafetyCheckResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), &reason));
        let done = async { withdraw_safety_check(ctx, ctx.parse_id("SafetyCheck", &id)?, reason, once).await };
        gql::answer(ctx, again(ctx, done.await).await, WithdrawSafetyCheckResult::Done, |r| {
            WithdrawSafetyCheckResult::Refused(WithdrawSafetyCheckRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
