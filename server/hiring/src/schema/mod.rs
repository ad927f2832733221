//! GraphQL of the chapter (接口): thin; it reads ids, calls operations and queries, and shows what they give.

/// Makes the union of a mutation: what it gives, or why it was refused.
macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, async_graphql::Union)]
            pub enum $name {
                /// Done.
                Done($done),
                /// Refused.
                Refused($refused),
            }
        )*
    };
}
pub(crate) use results;

pub mod finding;
pub mod form;
pub mod kept;
pub mod mutation;
pub mod part;
pub mod posting;
pub mod public;
pub mod query;
pub mod refused;
pub mod values;
