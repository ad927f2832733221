//! Verifying, sending back, suspending, closing.

use async_graphql::{Context, ID, InputObject, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::party::HiringParty;
use super::registration::newest;
use super::results;
use crate::parties::operations::close_party::{CloseParty, ClosePartyReason, ClosePartyRefusalCode, close_party};
use crate::parties::operations::grant_fast_lane::{
    GrantFastLane, GrantFastLaneReason, GrantFastLaneRefusalCode, grant_fast_lane,
};
use crate::parties::operations::lift_suspension::{
    LiftPartySuspension, LiftPartySuspensionReason, LiftPartySuspensionRefusalCode, lift_suspension,
};
use crate::parties::operations::reject_party::{
    RejectInput, RejectParty, RejectPartyReason, RejectPartyRefusalCode, reject_party,
};
use crate::parties::operations::suspend_party::{
    SuspendParty, SuspendPartyReason, SuspendPartyRefusalCode, suspend_party,
};
use crate::parties::operations::verify_party::{VerifyParty, VerifyPartyReason, VerifyPartyRefusalCode, verify_party};

/// What is said beside the missing steps (补正说明).
#[derive(InputObject, serde::Serialize)]
pub struct RejectPartyInput {
    /// What else is wrong (其他问题).
    pub remarks: Option<String>,
    /// Of a second notice: why it was not told the first time (再次告知的原因).
    pub why_again: Option<String>,
}

results! {
    /// How verifying a hiring party ended (审核结果).
    VerifyPartyResult = HiringParty | VerifyPartyRefused;
    /// How telling a hiring party what is missing ended (退回结果).
    RejectPartyResult = HiringParty | RejectPartyRefused;
    /// How suspending a hiring party ended (暂停结果).
    SuspendPartyResult = HiringParty | SuspendPartyRefused;
    /// How lifting a suspension ended (恢复结果).
    LiftPartySuspensionResult = HiringParty | LiftPartySuspensionRefused;
    /// How closing a hiring party ended (注销结果).
    ClosePartyResult = HiringParty | ClosePartyRefused;
    /// How giving the fast lane ended (授予快速发布通道结果).
    GrantFastLaneResult = HiringParty | GrantFastLaneRefused;
}

kernel::with_current! {
    /// Why a hiring party was not verified (不予通过核验).
    VerifyPartyRefused(HiringParty) = VerifyParty: VerifyPartyReason, VerifyPartyRefusalCode;
    /// Why a hiring party was not sent back (不予退回).
    RejectPartyRefused(HiringParty) = RejectParty: RejectPartyReason, RejectPartyRefusalCode;
    /// Why a hiring party was not suspended (不予暂停).
    SuspendPartyRefused(HiringParty) = SuspendParty: SuspendPartyReason, SuspendPartyRefusalCode;
    /// Why a suspension was not lifted (不予恢复).
    LiftPartySuspensionRefused(HiringParty) = LiftPartySuspension: LiftPartySuspensionReason, LiftPartySuspensionRefusalCode;
    /// Why a hiring party was not closed (不予注销).
    ClosePartyRefused(HiringParty) = CloseParty: ClosePartyReason, ClosePartyRefusalCode;
    /// Why the fast lane was not given (不予授予快速发布通道).
    GrantFastLaneRefused(HiringParty) = GrantFastLane: GrantFastLaneReason, GrantFastLaneRefusalCode;
}

/// Calls an operation on a party and reads the party again; where somebody was faster, shows its newest state.
macro_rules! step {
    ($ctx:ident, $id:ident, $result:ident, $refused:ident, |$party:ident| $call:expr) => {{
        let done = async {
            let $party = $ctx.parse_id("HiringParty", &$id)?;
            let outcome = $call.await?;
            Ok(HiringParty::again($ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, newest($ctx, &$id)).await;
        $result::of($ctx, done, |refusal, lang| $refused::of(refusal, lang, current))
    }};
}

/// Verifying, sending back, suspending, closing.
#[derive(Default)]
pub struct LifeMutation;

#[Object]
impl LifeMutation {
    /// Verifies a hiring party whose required steps have all passed (通过核验).
    async fn verify_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<VerifyPartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        step!(ctx, id, VerifyPartyResult, VerifyPartyRefused, |party| verify_party(ctx, party, version, once))
    }

    /// Tells a hiring party everything that is missing, at once (一次性告知补正).
    async fn reject_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "What is said beside the missing steps (补正说明)")] input: RejectPartyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RejectPartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let input = RejectInput { remarks: input.remarks, why_again: input.why_again };
        step!(ctx, id, RejectPartyResult, RejectPartyRefused, |party| reject_party(ctx, party, version, input, once))
    }

    /// Suspends a verified hiring party (暂停用工主体).
    async fn suspend_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Why (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SuspendPartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        step!(ctx, id, SuspendPartyResult, SuspendPartyRefused, |party| suspend_party(
            ctx, party, version, reason, once
        ))
    }

    /// Lifts a suspension (恢复用工主体).
    async fn lift_party_suspension(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Why (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<LiftPartySuspensionResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        step!(ctx, id, LiftPartySuspensionResult, LiftPartySuspensionRefused, |party| {
            lift_suspension(ctx, party, version, reason, once)
        })
    }

    /// Closes a hiring party at its own wish (注销用工主体); what it owes it goes on owing.
    async fn close_party(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ClosePartyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        step!(ctx, id, ClosePartyResult, ClosePartyRefused, |party| close_party(ctx, party, version, once))
    }

    /// Gives the fast lane to a verified party that signed the pledge (授予快速发布通道).
    async fn grant_fast_lane(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The party (用工主体标识)")] id: ID,
        #[graphql(desc = "The version that was seen (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<GrantFastLaneResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        step!(ctx, id, GrantFastLaneResult, GrantFastLaneRefused, |party| grant_fast_lane(ctx, party, version, once))
    }
}
