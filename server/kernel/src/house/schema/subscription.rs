//! Subscriptions of the house.

use async_graphql::{Context, Error, ID, Subscription};
use futures_util::{Stream, stream};

use super::Job;
use crate::gql::{self, Answer};
use crate::house::queries::jobs;
use crate::house::watch::watch_job;

/// Subscriptions of the house.
#[derive(Debug, Default)]
pub struct HouseSubscription;

#[Subscription]
impl HouseSubscription {
    /// A job as it is now, then after every change, until it has ended (作业进度).
    async fn job_changed(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The job (作业标识)")] id: ID,
    ) -> Result<impl Stream<Item = Answer<Job>> + use<>, Error> {
        let ctx = gql::ctx(gql).clone();
        let view = async {
            let id = ctx.parse_id("Job", &id)?;
            jobs::job(&ctx, id).await?;
            watch_job(&ctx, id).await
        };
        let mut view = view.await.map_err(|f| gql::error(&ctx, &f))?;
        view.mark_changed();
        Ok(stream::unfold(Some((ctx, view)), |state| async {
            let (ctx, mut view) = state?;
            // Closed: the job has ended, and what there was to say was said. Or nobody watches any more.
            tokio::select! {
                biased;
                () = ctx.expired() => return None,
                changed = view.changed() => changed.ok()?,
            }
            let row = std::sync::Arc::clone(&view.borrow_and_update());
            let answer = Some(Ok(Job::new(&ctx, &row)));
            let next = row.finished_at.is_none().then_some((ctx, view));
            Some((answer, next))
        }))
    }
}
