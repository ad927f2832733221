//! Tests of the chapter over a whole house with a store of its own.

mod agreement;
mod directory;

use async_graphql::{EmptySubscription, Request, Schema};
use kernel::Ctx;

/// The chapter's own schema.
fn schema() -> Schema<crate::MarketsQuery, crate::MarketsMutation, EmptySubscription> {
    Schema::new(crate::MarketsQuery::default(), crate::MarketsMutation::default(), EmptySubscription)
}

/// Asks a question as somebody; errors fail the test.
async fn ask(ctx: &Ctx, question: &str) -> serde_json::Value {
    let answer = schema().execute(Request::new(question).data(ctx.clone())).await;
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    answer.data.into_json().unwrap()
}
