//! Hiring parties in GraphQL (接口): thin; ids are parsed, operations are called, nothing is decided here.

mod agents;
mod checks;
mod life;
mod parts;
mod party;
mod public;
mod query;
mod registration;
mod visits;

use async_graphql::MergedObject;

pub use party::HiringParty;
pub use query::PartiesQuery;

/// What can be done with hiring parties (用工主体变更).
#[derive(Default, MergedObject)]
pub struct PartiesMutation(
    agents::AgentsMutation,
    checks::ChecksMutation,
    life::LifeMutation,
    registration::RegistrationMutation,
    visits::VisitsMutation,
);

/// A union of what was done and why it was not.
macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(::async_graphql::Union)]
            pub enum $name {
                /// Done.
                Done(Box<$done>),
                /// Refused.
                Refused($refused),
            }

            impl $name {
                /// What was done read again, or the refusal in the caller's language, or the fault as an error.
                fn of<R>(
                    ctx: &::kernel::Ctx,
                    done: Result<$done, ::kernel::Stop<R>>,
                    refused: impl FnOnce(&R, ::kernel::Lang) -> $refused,
                ) -> ::kernel::gql::Answer<Self> {
                    ::kernel::gql::answer(ctx, done, |d| Self::Done(Box::new(d)), |r| Self::Refused(refused(&r, ctx.lang())))
                }
            }
        )*
    };
}
use results;
