//! The chapter's mutations of postings (变更), by what they are about.

pub mod entering;
pub mod keeping;
pub mod life;

use async_graphql::{ID, MergedObject};
use kernel::refusal::Refusal;
use kernel::{Ctx, Stop};
use markets::Which;
use uuid::Uuid;

use crate::imports::schema::PostingImportsMutation;

/// The id of a posting.
fn posting<R: Refusal>(ctx: &Ctx, id: &ID) -> Result<Uuid, Stop<R>> {
    Ok(ctx.parse_id("Posting", id)?)
}

/// Which one is saved.
fn which<R: Refusal>(ctx: &Ctx, kind: &'static str, id: Option<&ID>, version: Option<i32>) -> Result<Which, Stop<R>> {
    Ok(Which { id: id.map(|id| ctx.parse_id(kind, id)).transpose()?, version })
}

/// The mutations of postings: entering them, their life, what a party keeps, files.
#[derive(Debug, Default, MergedObject)]
pub struct PostingsMutation(
    entering::EnteringMutation,
    life::LifeMutation,
    keeping::KeepingMutation,
    PostingImportsMutation,
);
