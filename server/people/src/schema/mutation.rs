//! Writing (变更): one type per root field, so that a client reads success or refusal and nothing else.

mod accounts;
mod keys;
mod liaison;
mod lines;
mod own;
mod personal;
mod roles;

use async_graphql::MergedObject;

use crate::agencies::schema::mutation::AgenciesMutation;

/// What people can do with accounts (人员变更).
#[derive(MergedObject, Default)]
pub struct PeopleMutation(
    own::OwnMutation,
    accounts::AccountsMutation,
    roles::RolesMutation,
    lines::LinesMutation,
    keys::KeysMutation,
    liaison::LiaisonMutation,
    personal::PersonalMutation,
    AgenciesMutation,
    crate::citizens::schema::mutation::CitizensMutation,
    crate::workers::schema::mutation::WorkersMutation,
    crate::workers::schema::upkeep::WorkerUpkeepMutation,
);

/// A union of what was done and why it was not.
macro_rules! result {
    ($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident) => {
        $(#[$doc])*
        #[derive(::async_graphql::Union)]
        pub(super) enum $name {
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
    };
}
pub(crate) use result;
