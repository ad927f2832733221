//! What a hiring party keeps, and what a city sets (模板、常用工、标准).

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer};
use kernel::{Fault, Once, Outcome};
use markets::Removed;

use super::which;
use crate::engagements::operations::invite_again::asked;
use crate::engagements::operations::invite_favourites::{InviteFavouritesRefused, invite_favourites};
use crate::forms::{PostingFiguresInput, PostingInput};
use crate::operations::remove_favourite::{RemoveFavouriteRefused, remove_favourite};
use crate::operations::remove_template::remove_template;
use crate::operations::save_favourite::{SaveFavouriteRefused, save_favourite};
use crate::operations::save_template::save_template;
use crate::operations::set_figures::set_figures;
use crate::schema::kept::{Favourite, PostingTemplate};
use crate::schema::part::{Part as _, again, newest};
use crate::schema::refused::{RemovePostingTemplateRefused, SavePostingTemplateRefused, SetPostingFiguresRefused};
use crate::schema::values::PostingFigures;

results! {
    /// Keeping a template (保存结果).
    SavePostingTemplateResult = PostingTemplate | SavePostingTemplateRefused;
    /// Removing a template (删除结果).
    RemovePostingTemplateResult = Removed | RemovePostingTemplateRefused;
    /// Keeping a favourite (保存结果).
    SaveFavouriteResult = Favourite | SaveFavouriteRefused;
    /// Asking favourites to come (邀请结果).
    InviteFavouritesResult = FavouritesInvited | InviteFavouritesRefused;
    /// Removing a favourite (移除结果).
    RemoveFavouriteResult = Removed | RemoveFavouriteRefused;
    /// Setting the figures (设置结果).
    SetPostingFiguresResult = PostingFigures | SetPostingFiguresRefused;
}

/// Favourites who were asked to come (已邀请的常用工).
#[derive(Clone, Debug, SimpleObject)]
pub struct FavouritesInvited {
    /// The posting (招聘信息).
    posting_id: ID,
    /// How many were told by text message (已通知人数).
    told: i64,
}

/// The mutations of what is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeepingMutation;

/// The mutations of what is kept.
#[Object]
impl KeepingMutation {
    /// Keeps a new or a known template of a hiring party (保存招聘模板).
    async fn save_posting_template(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of a known one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "What it is called (名称)")] name: String,
        #[graphql(desc = "The form (表单)")] input: PostingInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SavePostingTemplateResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_ref().map(|id| id.as_str()), version, &name, &input));
        let done =
            async { save_template(ctx, which(ctx, "PostingTemplate", id.as_ref(), version)?, name, input, once).await };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        gql::answer(ctx, done, SavePostingTemplateResult::Done, |r| {
            SavePostingTemplateResult::Refused(SavePostingTemplateRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Removes a template (删除招聘模板).
    async fn remove_posting_template(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemovePostingTemplateResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async { remove_template(ctx, ctx.parse_id(PostingTemplate::KIND, &id)?, version, once).await };
        let done = done.await.map(|Outcome { id, .. }| Removed { id: ctx.gid(PostingTemplate::KIND, id) });
        let current = newest(ctx, Some(&id), &done).await;
        gql::answer(ctx, done, RemovePostingTemplateResult::Done, |r| {
            RemovePostingTemplateResult::Refused(RemovePostingTemplateRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Keeps a worker whom a hiring party has taken as a favourite (保存常用工).
    async fn save_favourite(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of the hiring party (用工主体)")] party_id: ID,
        #[graphql(desc = "Id of the worker (零工)")] worker_id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveFavouriteResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(party_id.as_str(), worker_id.as_str()));
        let done = async {
            let (party, worker) = (ctx.parse_id("HiringParty", &party_id)?, ctx.parse_id("Worker", &worker_id)?);
            save_favourite(ctx, party, worker, once).await
        };
        let done = again(ctx, done.await).await;
        gql::answer(ctx, done, SaveFavouriteResult::Done, |r| {
            SaveFavouriteResult::Refused(SaveFavouriteRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Asks favourites to come to a posting that is to be seen: by text message, once (邀请常用工).
    async fn invite_favourites(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of the posting (招聘信息)")] posting_id: ID,
        #[graphql(desc = "Ids of the workers, up to fifty (零工)")] worker_ids: Vec<ID>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<InviteFavouritesResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(posting_id.as_str(), &worker_ids));
        let done = async {
            let posting = ctx.parse_id("Posting", &posting_id)?;
            let workers = worker_ids.iter().map(|id| ctx.parse_id("Worker", id)).collect::<Result<_, Fault>>()?;
            invite_favourites(ctx, posting, workers, once).await?;
            let told = asked(&ctx.scope(), posting).await?;
            Ok(FavouritesInvited { posting_id: ctx.gid("Posting", posting), told })
        };
        gql::answer(ctx, done.await, InviteFavouritesResult::Done, |r| {
            InviteFavouritesResult::Refused(InviteFavouritesRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Removes a favourite of a hiring party (移除常用工).
    async fn remove_favourite(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id of the hiring party (用工主体)")] party_id: ID,
        #[graphql(desc = "Id of the worker (零工)")] worker_id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveFavouriteResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(party_id.as_str(), worker_id.as_str()));
        let done = async {
            let (party, worker) = (ctx.parse_id("HiringParty", &party_id)?, ctx.parse_id("Worker", &worker_id)?);
            remove_favourite(ctx, party, worker, once).await
        };
        let done = done.await.map(|Outcome { id, .. }| Removed { id: ctx.gid(Favourite::KIND, id) });
        gql::answer(ctx, done, RemoveFavouriteResult::Done, |r| {
            RemoveFavouriteResult::Refused(RemoveFavouriteRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Sets what postings are held to in this city (设置招聘信息标准): minimum wages, the target of review, when one is stale.
    async fn set_posting_figures(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The version they were read at, 0 where none were set (版本)")] version: i32,
        #[graphql(desc = "The figures as they shall be (标准)")] input: PostingFiguresInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetPostingFiguresResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(version, &input));
        let done = again(ctx, set_figures(ctx, version, input, once).await).await;
        let read = PostingFigures::at(ctx, uuid::Uuid::nil());
        let current = gql::current(&done, read).await;
        gql::answer(ctx, done, SetPostingFiguresResult::Done, |r| {
            SetPostingFiguresResult::Refused(SetPostingFiguresRefused::of(&r, ctx.lang(), current))
        })
    }
}
