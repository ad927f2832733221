//! Reading (查询).

use async_graphql::{Context, Object};
use kernel::gql::{self, Answer};

use super::types::{City, Session, Viewer};
use crate::views;

/// What can be read of people (人员查询).
#[derive(Default)]
pub struct PeopleQuery;

#[Object]
impl PeopleQuery {
    /// The city of this address (当前租户). Public.
    async fn city(&self, gql: &Context<'_>) -> City {
        City::from(gql::ctx(gql).tenant())
    }

    /// The cities of this installation, by code (各市). Public.
    async fn cities(&self, gql: &Context<'_>) -> async_graphql::Result<Vec<City>> {
        let ctx = gql::ctx(gql);
        let all = ctx.kernel().all_tenants().await.map_err(|fault| gql::error(ctx, &fault))?;
        Ok(all.iter().map(City::from).collect())
    }

    /// Who is signed in (当前用户); null for a stranger and for an API key.
    async fn me(&self, gql: &Context<'_>) -> Answer<Viewer> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::viewer(ctx).await)
    }

    /// One's own live sessions, the newest first (我的会话).
    async fn my_sessions(&self, gql: &Context<'_>) -> Answer<Vec<Session>> {
        let ctx = gql::ctx(gql);
        gql::found(ctx, views::my_sessions(ctx).await)
    }
}
