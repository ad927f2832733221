//! The mutations by which somebody is hired (录用变更): applying, confirming, hiring on the spot.

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer};
use kernel::{Fault, Once, Stop};

use super::answers::{Alternative, HiredGroup, again};
use super::engagement::Engagement;
use crate::engagements::operations::apply::{
    ApplyForShift, ApplyForShiftReason, ApplyForShiftRefusalCode, apply_for_shift,
};
use crate::engagements::operations::confirm::{
    ConfirmEngagement, ConfirmEngagementReason, ConfirmEngagementRefusalCode, confirm_engagement,
};
use crate::engagements::operations::confirm_group::{ConfirmGroupRefused, confirm_group};
use crate::engagements::operations::hire::{
    HireGroupRefused, HireWalkIn, HireWalkInReason, HireWalkInRefusalCode, hire_group, hire_walk_in,
};
use crate::engagements::queries::alternatives::Whose;

/// Why an application was not taken (不予报名), and what else there is.
#[derive(SimpleObject)]
pub struct ApplyForShiftRefused {
    /// Why, as a code (原因代码).
    code: ApplyForShiftRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    message: String,
    /// The input field it is about, as a path (所涉字段).
    field: Option<String>,
    /// Up to three similar shifts with places, where all are taken (相近班次).
    alternatives: Vec<Alternative>,
}

/// Why a worker was not hired on the spot (不予现场录用), and what else there is.
#[derive(SimpleObject)]
pub struct HireWalkInRefused {
    /// Why, as a code (原因代码).
    code: HireWalkInRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    message: String,
    /// The input field it is about, as a path (所涉字段).
    field: Option<String>,
    /// Up to three similar shifts with places for this worker, where all are taken (相近班次).
    alternatives: Vec<Alternative>,
}

results! {
    /// Applying (报名结果).
    ApplyForShiftResult = Engagement | ApplyForShiftRefused;
    /// Confirming (确认结果).
    ConfirmEngagementResult = Engagement | ConfirmEngagementRefused;
    /// Confirming a group (成组确认结果).
    ConfirmGroupResult = HiredGroup | ConfirmGroupRefused;
    /// Hiring on the spot (现场录用结果).
    HireWalkInResult = Engagement | HireWalkInRefused;
    /// Hiring a group on the spot (成组录用结果).
    HireGroupResult = HiredGroup | HireGroupRefused;
}

kernel::with_current! {
    /// Why an application was not confirmed (不予确认).
    ConfirmEngagementRefused(Engagement) = ConfirmEngagement: ConfirmEngagementReason, ConfirmEngagementRefusalCode;
}

/// The mutations by which somebody is hired.
#[derive(Clone, Copy, Debug, Default)]
pub struct HireMutation;

/// The mutations by which somebody is hired.
#[Object]
impl HireMutation {
    /// Applies for a place of a shift: confirmed at once where the posting hires so and places last; whoever comes too late is
    /// told of three similar shifts (应聘报名).
    async fn apply_for_shift(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The shift (班次)")] shift_id: ID,
        #[graphql(desc = "Stand by where all places are taken (愿意候补)")] standby: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ApplyForShiftResult> {
        let ctx = gql::ctx(gql);
        let standby = standby.unwrap_or_default();
        let once = Once::from(idempotency_key, &(shift_id.as_str(), standby));
        let shift = ctx.parse_id("Shift", &shift_id);
        let done = match shift {
            Ok(shift) => apply_for_shift(ctx, shift, standby, once).await,
            Err(fault) => Err(Stop::Fault(fault)),
        };
        let alternatives = match &done {
            Err(Stop::Refused(ApplyForShift::Full)) => {
                let near = async { Alternative::near(ctx, ctx.parse_id("Shift", &shift_id)?, Whose::Own).await };
                near.await.unwrap_or_default()
            }
            _ => Vec::new(),
        };
        gql::answer(ctx, again(ctx, done).await, ApplyForShiftResult::Done, |refusal| {
            let ApplyForShiftReason { code, message, field } = ApplyForShiftReason::from_refusal(&refusal, ctx.lang());
            ApplyForShiftResult::Refused(ApplyForShiftRefused { code, message, field, alternatives })
        })
    }

    /// Confirms an application: the place is the worker's, and both have the work slip (确认录用).
    async fn confirm_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The counter looked at the certificate that the trade asks for (已查看证件)")]
        certificate_seen: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ConfirmEngagementResult> {
        let seen = certificate_seen.unwrap_or_default();
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, seen),
            |ctx, one, once| confirm_engagement(ctx, one, version, seen, once),
            ConfirmEngagementResult,
            ConfirmEngagementRefused
        )
    }

    /// Confirms up to fifty applications for one shift together, all or none (成组确认).
    async fn confirm_group(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The shift (班次)")] shift_id: ID,
        #[graphql(desc = "The applications (报名)")] engagement_ids: Vec<ID>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ConfirmGroupResult> {
        let ctx = gql::ctx(gql);
        let named: Vec<&str> = engagement_ids.iter().map(|id| id.as_str()).collect();
        let once = Once::from(idempotency_key, &(shift_id.as_str(), named));
        let done = async {
            let ids = engagement_ids.iter().map(|id| ctx.parse_id("Engagement", id)).collect::<Result<_, Fault>>()?;
            confirm_group(ctx, ctx.parse_id("Shift", &shift_id)?, ids, once).await
        };
        let done = HiredGroup::of(ctx, done.await).await;
        gql::answer(ctx, done, ConfirmGroupResult::Done, |refusal| {
            ConfirmGroupResult::Refused(ConfirmGroupRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Hires one who stands here, at the counter or on the hiring party's site (现场录用).
    async fn hire_walk_in(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The shift (班次)")] shift_id: ID,
        #[graphql(desc = "The worker (零工人员)")] worker_id: ID,
        #[graphql(desc = "The counter looked at the certificate that the trade asks for (已查看证件)")]
        certificate_seen: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<HireWalkInResult> {
        let (ctx, seen) = (gql::ctx(gql), certificate_seen.unwrap_or_default());
        let once = Once::from(idempotency_key, &(shift_id.as_str(), worker_id.as_str(), seen));
        let done = async {
            let (shift, worker) = (ctx.parse_id("Shift", &shift_id)?, ctx.parse_id("Worker", &worker_id)?);
            hire_walk_in(ctx, shift, worker, seen, once).await
        };
        let done = done.await;
        let alternatives = match &done {
            // A citizen who hires would read from them at which hours somebody else has work.
            Err(Stop::Refused(HireWalkIn::Full)) if ctx.actor().citizen_id().is_none() => {
                let near = async {
                    let whose = Whose::Worker(ctx.parse_id("Worker", &worker_id)?);
                    Alternative::near(ctx, ctx.parse_id("Shift", &shift_id)?, whose).await
                };
                near.await.unwrap_or_default()
            }
            _ => Vec::new(),
        };
        gql::answer(ctx, again(ctx, done).await, HireWalkInResult::Done, |refusal| {
            let HireWalkInReason { code, message, field } = HireWalkInReason::from_refusal(&refusal, ctx.lang());
            HireWalkInResult::Refused(HireWalkInRefused { code, message, field, alternatives })
        })
    }

    /// Hires up to fifty who stand here, all or none (成组录用).
    async fn hire_group(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The shift (班次)")] shift_id: ID,
        #[graphql(desc = "The workers (零工人员)")] worker_ids: Vec<ID>,
        #[graphql(desc = "The counter looked at the certificates that the trade asks for (已查看证件)")]
        certificate_seen: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<HireGroupResult> {
        let (ctx, seen) = (gql::ctx(gql), certificate_seen.unwrap_or_default());
        let named: Vec<&str> = worker_ids.iter().map(|id| id.as_str()).collect();
        let once = Once::from(idempotency_key, &(shift_id.as_str(), named, seen));
        let done = async {
            let workers = worker_ids.iter().map(|id| ctx.parse_id("Worker", id)).collect::<Result<_, Fault>>()?;
            hire_group(ctx, ctx.parse_id("Shift", &shift_id)?, workers, seen, once).await
        };
        let done = HiredGroup::of(ctx, done.await).await;
        gql::answer(ctx, done, HireGroupResult::Done, |refusal| {
            HireGroupResult::Refused(HireGroupRefused::from_refusal(&refusal, ctx.lang()))
        })
    }
}
