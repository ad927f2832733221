//! The outbox (事件发件箱): what happened, written in the transaction in which it happened.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::Fault;

/// Something that happened (事件). Thin: ids and codes, no personal value.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name: `market.listed`.
    const KIND: &'static str;
    /// What it is about.
    fn subject(&self) -> (&'static str, Uuid);
}

type Hear = Arc<dyn Fn(Ctx, serde_json::Value) -> BoxFuture<'static, Result<(), Fault>> + Send + Sync>;

/// Somebody who hears of an event after its commit, at least once (监听者). It must be idempotent.
#[derive(Clone)]
pub struct Listener {
    /// Its own name, unique in the house.
    pub name: &'static str,
    /// The kind of event.
    pub kind: &'static str,
    pub(crate) hear: Hear,
}

impl Listener {
    /// A listener for events `E`.
    pub fn new<E, F, Fut>(name: &'static str, f: F) -> Self
    where
        E: Event,
        F: Fn(Ctx, E) -> Fut + Send + Sync + Copy + 'static,
        Fut: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        let hear = move |ctx: Ctx, payload: serde_json::Value| -> BoxFuture<'static, Result<(), Fault>> {
            Box::pin(async move {
                let event = serde_json::from_value(payload).map_err(Fault::of("read an event"))?;
                f(ctx, event).await
            })
        };
        Self { name, kind: E::KIND, hear: Arc::new(hear) }
    }
}
