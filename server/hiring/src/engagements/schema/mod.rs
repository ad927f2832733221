//! GraphQL of the hire (接口): thin; it reads ids, calls operations and queries, and shows what they give.

/// Makes the union of a mutation: what it gives, or why it was refused.
macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(async_graphql::Union)]
            pub enum $name {
                /// Done.
                Done($done),
                /// Refused.
                Refused($refused),
            }
        )*
    };
}
/// A step of an engagement: its id read, the operation called, what it gave read again, and its newest state where somebody
/// else was faster.
macro_rules! step {
    (
        $gql:ident, $id:ident, $key:ident, $input:expr,
        |$ctx:ident, $one:ident, $once:ident| $call:expr, $result:ident, $refused:ident
    ) => {{
        let $ctx = kernel::gql::ctx($gql);
        let $once = kernel::Once::from($key, &$input);
        let done = async {
            let $one = $crate::engagements::schema::answers::id_of($ctx, &$id)?;
            $call.await
        };
        let done = $crate::engagements::schema::answers::again($ctx, done.await).await;
        let current = $crate::engagements::schema::answers::newest($ctx, &$id, &done).await;
        kernel::gql::answer($ctx, done, $result::Done, |r| $result::Refused($refused::of(&r, $ctx.lang(), current)))
    }};
}
mod answers;
pub mod engagement;
pub mod figures;
pub mod mutation;
pub mod mutation_course;
pub mod mutation_hire;
pub mod mutation_own;
pub mod mutation_pay;
pub mod points;
pub mod query;
pub mod query_own;
pub mod slip;
pub mod wages;
