//! The life of a posting (审核、撤回、结束、下架).

use async_graphql::{Context, ID, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::posting;
use crate::forms::ReviewRemarkInput;
use crate::kinds::ReviewDecision;
use crate::operations::close_posting::close_posting;
use crate::operations::confirm_posting::{ConfirmPostingRefused, confirm_posting};
use crate::operations::lift_take_down::lift_take_down;
use crate::operations::review_posting::review_posting;
use crate::operations::take_down_posting::take_down_posting;
use crate::operations::withdraw_posting::withdraw_posting;
use crate::schema::part::{again, newest};
use crate::schema::posting::Posting;
use crate::schema::refused::{
    ClosePostingRefused, LiftTakeDownRefused, ReviewPostingRefused, TakeDownPostingRefused, WithdrawPostingRefused,
};

results! {
    /// Reviewing a posting (审核结果).
    ReviewPostingResult = Posting | ReviewPostingRefused;
    /// Withdrawing a posting (撤回结果).
    WithdrawPostingResult = Posting | WithdrawPostingRefused;
    /// Closing a posting (结束结果).
    ClosePostingResult = Posting | ClosePostingRefused;
    /// Confirming a posting (确认结果).
    ConfirmPostingResult = Posting | ConfirmPostingRefused;
    /// Taking a posting down (下架结果).
    TakeDownPostingResult = Posting | TakeDownPostingRefused;
    /// Lifting a taking down (撤销下架结果).
    LiftTakeDownResult = Posting | LiftTakeDownRefused;
}

/// The mutations of the life of a posting.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostingLifeMutation;

/// The mutations of the life of a posting.
#[Object]
impl PostingLifeMutation {
    /// Reviews a posting (审核招聘信息): it is published, or given back with all that is wrong at once. What went out through the
    /// fast lane is looked at afterwards in the same way.
    async fn review_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What is decided (审核结论)")] decision: ReviewDecision,
        #[graphql(desc = "All that is wrong, where it is given back (审核意见)")] remarks: Option<
            Vec<ReviewRemarkInput>,
        >,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ReviewPostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, decision, &remarks));
        let remarks = remarks.unwrap_or_default();
        let done = async { review_posting(ctx, posting(ctx, &id)?, version, decision, remarks, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, ReviewPostingResult::Done, |r| {
            ReviewPostingResult::Refused(ReviewPostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Takes a posting back (撤回招聘信息).
    async fn withdraw_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "Cancel what is confirmed, too (同时取消已确认的用工)?")] cancel_confirmed: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawPostingResult> {
        let ctx = gql::ctx(gql);
        let cancel = cancel_confirmed.unwrap_or_default();
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason, cancel));
        let done = async { withdraw_posting(ctx, posting(ctx, &id)?, version, reason, cancel, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, WithdrawPostingResult::Done, |r| {
            WithdrawPostingResult::Refused(WithdrawPostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Closes a posting (结束招聘): it takes nobody any more, and what is confirmed goes on.
    async fn close_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ClosePostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { close_posting(ctx, posting(ctx, &id)?, version, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, ClosePostingResult::Done, |r| {
            ClosePostingResult::Refused(ClosePostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Says that a posting still holds (确认仍然有效).
    async fn confirm_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ConfirmPostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id.as_str());
        let done = async { confirm_posting(ctx, posting(ctx, &id)?, once).await }.await;
        let done = again(ctx, done).await;
        gql::answer(ctx, done, ConfirmPostingResult::Done, |r| {
            ConfirmPostingResult::Refused(ConfirmPostingRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Takes a posting down (下架招聘信息): the same text is not published again.
    async fn take_down_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "The article it rests on (法规依据)")] article: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<TakeDownPostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason, &article));
        let done = async { take_down_posting(ctx, posting(ctx, &id)?, version, (reason, article), once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, TakeDownPostingResult::Done, |r| {
            TakeDownPostingResult::Refused(TakeDownPostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Lifts the taking down of a posting (撤销下架), by somebody else than who took it down: it may be handed in again.
    async fn lift_take_down(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<LiftTakeDownResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async { lift_take_down(ctx, posting(ctx, &id)?, version, reason, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, LiftTakeDownResult::Done, |r| {
            LiftTakeDownResult::Refused(LiftTakeDownRefused::of(&r, ctx.lang(), current))
        })
    }
}
