//! What mutations answer with (办理结果): what was changed, read again; and its newest state where somebody else was faster.

use std::future::Future;

use async_graphql::ID;
use kernel::refusal::Refusal;
use kernel::{Ctx, Fault, Outcome, Stop, gql};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use super::kept::{Favourite, PostingTemplate};
use super::posting::Posting;
use super::values::PostingFigures;
use crate::queries::kept;
use crate::rows::{favourite, posting_template};
use crate::store::{settings, visible};

/// Something that a mutation was about.
pub trait Part: Sized {
    /// The kind in its ids.
    const KIND: &'static str;

    /// Reads it.
    fn at(ctx: &Ctx, id: Uuid) -> impl Future<Output = Result<Self, Fault>> + Send;
}

/// What an operation was about, read again.
pub async fn again<P: Part, R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<P, Stop<R>> {
    Ok(P::at(ctx, done?.id).await?)
}

/// Its newest state, where the operation was refused because somebody else was faster.
pub async fn newest<P: Part, T, R: Refusal>(ctx: &Ctx, id: Option<&ID>, done: &Result<T, Stop<R>>) -> Option<P> {
    let read = async { P::at(ctx, ctx.parse_id(P::KIND, id.ok_or(Fault::NotFound)?)?).await };
    gql::current(done, read).await
}

impl Part for Posting {
    const KIND: &'static str = "Posting";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        visible::load(&ctx.scope(), ctx, id).await.map(|row| Self::one(ctx, row))
    }
}

impl Part for PostingTemplate {
    const KIND: &'static str = "PostingTemplate";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let row = posting_template::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
        crate::store::templates::may_keep(ctx, &ctx.scope(), row.party_id).await?;
        Self::of(ctx, row)
    }
}

impl Part for Favourite {
    const KIND: &'static str = "Favourite";

    async fn at(ctx: &Ctx, id: Uuid) -> Result<Self, Fault> {
        let row = favourite::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
        let mut workers = kept::workers(ctx, vec![row.worker_id]).await?;
        let worker = workers.remove(&row.worker_id).ok_or(Fault::NotFound)?;
        Ok(Self::of(ctx, &row, &worker))
    }
}

impl Part for PostingFigures {
    const KIND: &'static str = "PostingFigures";

    async fn at(ctx: &Ctx, _: Uuid) -> Result<Self, Fault> {
        settings::figures(&ctx.scope()).await.map(Self::from)
    }
}
