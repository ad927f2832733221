//! The small house's schema: one field for each thing a request can do to the transport.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_graphql::futures_util::stream::{self, StreamExt};
use async_graphql::{Context, ErrorExtensions, Object, Schema, SimpleObject, Subscription};

use super::house::{Switches, Who, lock};
use super::http::ports::Call;

pub(crate) type TestSchema = Schema<Query, Mutation, Subscriptions>;

/// A market with neighbours without end.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(crate) struct Market {
    id: u32,
}

#[async_graphql::ComplexObject]
impl Market {
    async fn neighbours(&self) -> Vec<Market> {
        vec![Market { id: self.id + 1 }]
    }

    async fn first(&self, tags: Option<Vec<String>>, filter: Option<async_graphql::Json<async_graphql::Value>>) -> u32 {
        let _ = (tags, filter);
        self.id
    }
}

pub(crate) struct Query;

#[expect(clippy::unused_async, reason = "resolvers are async")]
#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        format!("你好，{}", name.unwrap_or_else(|| "世界".to_owned()))
    }

    async fn who(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        Ok(ctx.data::<Who>()?.token.clone())
    }

    async fn rights(&self, ctx: &Context<'_>) -> async_graphql::Result<usize> {
        Ok(ctx.data::<Who>()?.rights)
    }

    async fn from(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let call = ctx.data::<Call>()?;
        Ok(format!("{:?} {} {:?}", call.door, call.ip, call.language))
    }

    async fn market(&self, id: u32) -> Market {
        Market { id }
    }

    async fn courses(&self) -> Vec<String> {
        vec!["焊工".to_owned()]
    }

    async fn birthday(&self, on: chrono::NaiveDate) -> String {
        on.to_string()
    }

    async fn big(&self, bytes: usize) -> String {
        "x".repeat(bytes)
    }

    async fn broken(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("disk /var/lib is full, password hunter2")))
    }

    async fn brokens(&self, many: u32) -> Vec<Option<Broken>> {
        (0..many).map(|_| Some(Broken)).collect()
    }

    async fn forbidden(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("不可以").extend_with(|_, e| e.set("code", "FORBIDDEN"))))
    }

    async fn panic(&self) -> String {
        let none: Vec<String> = Vec::new();
        none[0].clone()
    }

    /// Begins, waits until released or halted, ends.
    async fn hold(&self, ctx: &Context<'_>) -> async_graphql::Result<bool> {
        hold(ctx).await
    }
}

/// An object whose only field fails.
pub(crate) struct Broken;

#[Object]
impl Broken {
    async fn it(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("secret")))
    }
}

async fn hold(ctx: &Context<'_>) -> async_graphql::Result<bool> {
    let switches = ctx.data::<Arc<Switches>>()?;
    let halt = &ctx.data::<Call>()?.halt;
    switches.begun.add_permits(1);
    let released = tokio::select! {
        released = switches.release.acquire() => { released?.forget(); true }
        () = halt.raised() => {
            switches.halted.fetch_add(1, Ordering::SeqCst);
            false
        }
    };
    switches.ended.fetch_add(1, Ordering::SeqCst);
    Ok(released)
}

pub(crate) struct Mutation;

#[expect(clippy::unused_async, reason = "resolvers are async")]
#[Object]
impl Mutation {
    async fn sign_in(&self, name: String) -> String {
        name
    }

    async fn note(&self, ctx: &Context<'_>, text: String) -> async_graphql::Result<usize> {
        let mut notes = lock(&ctx.data::<Arc<Switches>>()?.notes);
        notes.push(text);
        Ok(notes.len())
    }

    /// Notes only after it was released; deaf to its flag, as a commit is.
    async fn slow_note(&self, ctx: &Context<'_>, text: String) -> async_graphql::Result<usize> {
        let switches = ctx.data::<Arc<Switches>>()?;
        switches.begun.add_permits(1);
        switches.release.acquire().await?.forget();
        let mut notes = lock(&switches.notes);
        notes.push(text);
        Ok(notes.len())
    }
}

pub(crate) struct Subscriptions;

#[expect(clippy::unused_async, reason = "resolvers are async")]
#[Subscription]
impl Subscriptions {
    /// Counts at once.
    async fn count(&self, to: u32) -> impl stream::Stream<Item = u32> {
        stream::iter(1..=to)
    }

    /// What the test sends, until halted.
    async fn events(&self, ctx: &Context<'_>) -> async_graphql::Result<impl stream::Stream<Item = u32>> {
        let switches = Arc::clone(ctx.data::<Arc<Switches>>()?);
        let receiver = switches.events.subscribe();
        let halted = ctx.data::<Call>()?.halt.raised();
        switches.begun.add_permits(1);
        let events = stream::unfold((receiver, switches), |(mut receiver, switches)| async move {
            receiver.recv().await.ok().map(|event| (event, (receiver, switches)))
        });
        let ended = Arc::clone(ctx.data::<Arc<Switches>>()?);
        let last = stream::once(async move {
            ended.ended.fetch_add(1, Ordering::SeqCst);
        })
        .filter_map(|()| async { None });
        Ok(events.take_until(halted).chain(last))
    }

    /// Refuses.
    async fn never(&self) -> async_graphql::Result<stream::Empty<u32>> {
        Err(async_graphql::Error::new("不可以").extend_with(|_, e| e.set("code", "FORBIDDEN")))
    }
}
