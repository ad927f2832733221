//! The mutations of an engagement's course (办理变更): talking, agreeing, cancelling, arriving, completing, disputing.

use async_graphql::{Context, ID, Object};
use kernel::gql::Answer;

use super::engagement::Engagement;
use crate::engagements::kinds::{CancelReason, DisputeOutcome};
use crate::engagements::operations::agree::{
    AgreeEngagement, AgreeEngagementReason, AgreeEngagementRefusalCode, agree_engagement,
};
use crate::engagements::operations::cancel::{
    CancelEngagement, CancelEngagementReason, CancelEngagementRefusalCode, cancel_engagement,
};
use crate::engagements::operations::complete::{
    CompleteEngagement, CompleteEngagementReason, CompleteEngagementRefusalCode, complete_engagement,
};
use crate::engagements::operations::correct_no_show::{
    CorrectNoShow, CorrectNoShowReason, CorrectNoShowRefusalCode, correct_no_show,
};
use crate::engagements::operations::decline::{
    DeclineEngagement, DeclineEngagementReason, DeclineEngagementRefusalCode, decline_engagement,
};
use crate::engagements::operations::dispute::{
    DisputeEngagement, DisputeEngagementReason, DisputeEngagementRefusalCode, dispute_engagement,
};
use crate::engagements::operations::mark_contacted::{
    MarkContacted, MarkContactedReason, MarkContactedRefusalCode, mark_contacted,
};
use crate::engagements::operations::record_arrival::{
    RecordArrival, RecordArrivalReason, RecordArrivalRefusalCode, record_arrival,
};
use crate::engagements::operations::record_no_show::{
    RecordNoShow, RecordNoShowReason, RecordNoShowRefusalCode, record_no_show,
};
use crate::engagements::operations::settle_dispute::{
    Finding, SettleDispute, SettleDisputeReason, SettleDisputeRefusalCode, settle_dispute,
};
use crate::kinds::Side;

results! {
    /// Saying that the two sides talk (登记联系结果).
    MarkContactedResult = Engagement | MarkContactedRefused;
    /// Agreeing by word (谈妥结果).
    AgreeEngagementResult = Engagement | AgreeEngagementRefused;
    /// Declining an application (不予录用结果).
    DeclineEngagementResult = Engagement | DeclineEngagementRefused;
    /// Cancelling (取消结果).
    CancelEngagementResult = Engagement | CancelEngagementRefused;
    /// Recording an arrival (登记到岗结果).
    RecordArrivalResult = Engagement | RecordArrivalRefused;
    /// Recording a no-show (登记未到岗结果).
    RecordNoShowResult = Engagement | RecordNoShowRefused;
    /// Putting a no-show right (更正未到岗结果).
    CorrectNoShowResult = Engagement | CorrectNoShowRefused;
    /// Completion (登记完工结果).
    CompleteEngagementResult = Engagement | CompleteEngagementRefused;
    /// Disputing (异议结果).
    DisputeEngagementResult = Engagement | DisputeEngagementRefused;
    /// Settling a dispute (异议处理结果).
    SettleDisputeResult = Engagement | SettleDisputeRefused;
}

kernel::with_current! {
    /// Why it was not marked (不予登记联系).
    MarkContactedRefused(Engagement) = MarkContacted: MarkContactedReason, MarkContactedRefusalCode;
    /// Why an agreement was not written down (不予登记谈妥).
    AgreeEngagementRefused(Engagement) = AgreeEngagement: AgreeEngagementReason, AgreeEngagementRefusalCode;
    /// Why an application was not declined (不能登记未录用).
    DeclineEngagementRefused(Engagement) = DeclineEngagement: DeclineEngagementReason, DeclineEngagementRefusalCode;
    /// Why it was not cancelled (不予取消).
    CancelEngagementRefused(Engagement) = CancelEngagement: CancelEngagementReason, CancelEngagementRefusalCode;
    /// Why an arrival was not recorded (不予登记到岗).
    RecordArrivalRefused(Engagement) = RecordArrival: RecordArrivalReason, RecordArrivalRefusalCode;
    /// Why it was not recorded (不予登记未到岗).
    RecordNoShowRefused(Engagement) = RecordNoShow: RecordNoShowReason, RecordNoShowRefusalCode;
    /// Why a no-show was not put right (不予更正未到岗).
    CorrectNoShowRefused(Engagement) = CorrectNoShow: CorrectNoShowReason, CorrectNoShowRefusalCode;
    /// Why the work was not taken as done (不予登记完工).
    CompleteEngagementRefused(Engagement) = CompleteEngagement: CompleteEngagementReason, CompleteEngagementRefusalCode;
    /// Why a dispute was not taken (不予受理异议).
    DisputeEngagementRefused(Engagement) = DisputeEngagement: DisputeEngagementReason, DisputeEngagementRefusalCode;
    /// Why a dispute was not settled (不能结束异议).
    SettleDisputeRefused(Engagement) = SettleDispute: SettleDisputeReason, SettleDisputeRefusalCode;
}

/// The mutations of an engagement's course.
#[derive(Clone, Copy, Debug, Default)]
pub struct CourseMutation;

/// The mutations of an engagement's course.
#[Object]
impl CourseMutation {
    /// Says that the hiring party has talked to the worker (登记联系).
    async fn mark_contacted(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<MarkContactedResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| mark_contacted(ctx, one, version, once),
            MarkContactedResult,
            MarkContactedRefused
        )
    }

    /// Says that one's side agrees by word (谈妥).
    async fn agree_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AgreeEngagementResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| agree_engagement(ctx, one, version, once),
            AgreeEngagementResult,
            AgreeEngagementRefused
        )
    }

    /// Declines an application (不予录用).
    async fn decline_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DeclineEngagementResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| decline_engagement(ctx, one, version, once),
            DeclineEngagementResult,
            DeclineEngagementRefused
        )
    }

    /// Cancels an engagement; the first of the stand-by list has the place (取消用工).
    async fn cancel_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (取消原因)")] reason: CancelReason,
        #[graphql(desc = "For which side, where the staff cancels (代哪一方)")] behalf: Option<Side>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CancelEngagementResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, reason, behalf),
            |ctx, one, once| cancel_engagement(ctx, one, version, reason, behalf, once),
            CancelEngagementResult,
            CancelEngagementRefused
        )
    }

    /// Records that a worker is there (登记到岗).
    async fn record_arrival(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordArrivalResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| record_arrival(ctx, one, version, once),
            RecordArrivalResult,
            RecordArrivalRefused
        )
    }

    /// Records that a worker did not come, a quarter of an hour after the start or later (登记未到岗).
    async fn record_no_show(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordNoShowResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| record_no_show(ctx, one, version, once),
            RecordNoShowResult,
            RecordNoShowRefused
        )
    }

    /// Puts a no-show right that was recorded wrongly, for the staff: the worker is there, or worked and is to be paid; points for it
    /// are lifted, and both sides are told (更正未到岗).
    async fn correct_no_show(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why, up to 300 characters (更正理由)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CorrectNoShowResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, &reason),
            |ctx, one, once| correct_no_show(ctx, one, version, reason, once),
            CorrectNoShowResult,
            CorrectNoShowRefused
        )
    }

    /// Says that the work is done (登记完工).
    async fn complete_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CompleteEngagementResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version),
            |ctx, one, once| complete_engagement(ctx, one, version, once),
            CompleteEngagementResult,
            CompleteEngagementRefused
        )
    }

    /// Disputes what the other side said of arrival, work, pay or a cancellation (提出异议).
    async fn dispute_engagement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What is disputed, up to 500 characters (异议内容)")] words: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DisputeEngagementResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, &words),
            |ctx, one, once| dispute_engagement(ctx, one, version, words, once),
            DisputeEngagementResult,
            DisputeEngagementRefused
        )
    }

    /// Says that a dispute is settled (异议处理完毕): whoever raised it takes it back, or the staff says what it found, which both
    /// sides read among their messages, and puts right what was recorded wrongly.
    async fn settle_dispute(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What came of it; the staff says so (处理结果)")] outcome: Option<DisputeOutcome>,
        #[graphql(desc = "What was found, up to 500 characters; the staff says so (处理意见)")] words: Option<String>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SettleDisputeResult> {
        let found = Finding { outcome, words };
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, found.outcome, &found.words),
            |ctx, one, once| settle_dispute(ctx, one, version, found, once),
            SettleDisputeResult,
            SettleDisputeRefused
        )
    }
}
