//! Entering postings and handing them in (登记与提交), by people and by an agency's own system.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer};
use kernel::{Once, Stop};

use super::{posting, which};
use crate::forms::PostingInput;
use crate::operations::repeat_posting::repeat_posting;
use crate::operations::save_posting::save_posting;
use crate::operations::submit_posting::submit_posting;
use crate::operations::upsert_posting::upsert_posting;
use crate::operations::withdraw_external::{WithdrawPostingByExternalIdRefused, withdraw_external};
use crate::queries::kept;
use crate::schema::kept::{KnownWorker, RepeatedPosting};
use crate::schema::part::{again, newest};
use crate::schema::posting::Posting;
use crate::schema::refused::{RepeatPostingRefused, SavePostingRefused, SubmitPostingRefused, UpsertPostingRefused};
use crate::store::templates;

results! {
    /// Saving a posting (保存结果).
    SavePostingResult = Posting | SavePostingRefused;
    /// Handing a posting in (提交结果).
    SubmitPostingResult = Posting | SubmitPostingRefused;
    /// Repeating a posting (再发结果).
    RepeatPostingResult = RepeatedPosting | RepeatPostingRefused;
    /// Taking a posting over (发布结果).
    UpsertPostingResult = Posting | UpsertPostingRefused;
    /// Taking a posting back (撤回结果).
    WithdrawPostingByExternalIdResult = Posting | WithdrawPostingByExternalIdRefused;
}

/// The mutations of entering postings.
#[derive(Clone, Copy, Debug, Default)]
pub struct EnteringMutation;

/// The mutations of entering postings.
#[Object]
impl EnteringMutation {
    /// Enters a posting as a draft, or amends one (登记、修改招聘信息).
    async fn save_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of a known one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "The posting as it shall be (招聘信息)")] input: PostingInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SavePostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_ref().map(|id| id.as_str()), version, &input));
        let done = async { save_posting(ctx, which(ctx, "Posting", id.as_ref(), version)?, input, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SavePostingResult::Done, |r| {
            SavePostingResult::Refused(SavePostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Hands a posting in (提交招聘信息): through the fast lane it is published at once.
    async fn submit_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SubmitPostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { submit_posting(ctx, posting(ctx, &id)?, version, once).await }.await;
        let done = again(ctx, done).await;
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, SubmitPostingResult::Done, |r| {
            SubmitPostingResult::Refused(SubmitPostingRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Repeats a posting some days later and hands it in (再发一次): the same ten tomorrow.
    async fn repeat_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "So many days later, 1–90; 1 unless it is said (顺延天数)")] days: Option<i32>,
        #[graphql(desc = "Ask those who were confirmed again, once it is published (邀请原班人员)?")]
        same_workers: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RepeatPostingResult> {
        let ctx = gql::ctx(gql);
        let (days, same) = (days.unwrap_or(1), same_workers.unwrap_or_default());
        let once = Once::from(idempotency_key, &(id.as_str(), days, same));
        let done = async {
            let old = posting(ctx, &id)?;
            let posting: Posting = again(ctx, repeat_posting(ctx, old, days, same, once).await).await?;
            let mut workers = Vec::new();
            if same {
                let asked = templates::workers_of(&ctx.scope(), old).await?;
                let mut known = kept::workers(ctx, asked.clone()).await?;
                let of = |worker| known.remove(&worker).map(|row| KnownWorker::of(ctx, &row));
                workers = asked.into_iter().filter_map(of).collect();
            }
            Ok::<_, Stop<_>>(RepeatedPosting { posting, workers })
        };
        gql::answer(ctx, done.await, RepeatPostingResult::Done, |r| {
            RepeatPostingResult::Refused(RepeatPostingRefused::of(&r, ctx.lang()))
        })
    }

    /// Takes over a posting of an agency under the agency's own number, and hands it in (按外部编号发布): for the agency's system,
    /// with a key whose scopes name `posting.*`.
    async fn upsert_posting(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency's own number (外部编号)")] external_id: String,
        #[graphql(desc = "The posting as it shall be (招聘信息)")] input: PostingInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<UpsertPostingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&external_id, &input));
        let done = again(ctx, upsert_posting(ctx, external_id, input, once).await).await;
        gql::answer(ctx, done, UpsertPostingResult::Done, |r| {
            UpsertPostingResult::Refused(UpsertPostingRefused::of(&r, ctx.lang(), None))
        })
    }

    /// Takes back the posting of an agency that has this number (按外部编号撤回).
    async fn withdraw_posting_by_external_id(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency's own number (外部编号)")] external_id: String,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "Whose number it is; the caller's agency unless it is said (机构)")] agency_id: Option<ID>,
        #[graphql(desc = "Cancel what is confirmed, too (同时取消已确认的用工)?")] cancel_confirmed: Option<bool>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawPostingByExternalIdResult> {
        let ctx = gql::ctx(gql);
        let cancel = cancel_confirmed.unwrap_or_default();
        let named = agency_id.as_ref().map(|id| id.as_str());
        let once = Once::from(idempotency_key, &(&external_id, &reason, named, cancel));
        let done = async {
            let agency = agency_id.as_ref().map(|id| ctx.parse_id("Agency", id)).transpose()?;
            withdraw_external(ctx, agency, external_id, (reason, cancel), once).await
        };
        let done = again(ctx, done.await).await;
        gql::answer(ctx, done, WithdrawPostingByExternalIdResult::Done, |r| {
            let refused = WithdrawPostingByExternalIdRefused::from_refusal(&r, ctx.lang());
            WithdrawPostingByExternalIdResult::Refused(refused)
        })
    }
}
