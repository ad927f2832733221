//! The end of a request that is halted (中止): between two steps, and nothing is dropped.

use kernel::ctx::Ctx;

/// Ends a context when a flag is raised, for as long as this lives.
pub(super) struct Expiry(tokio::task::JoinHandle<()>);

impl Expiry {
    pub(super) fn of(ctx: &Ctx, raised: impl Future<Output = ()> + Send + 'static) -> Self {
        let ctx = ctx.clone();
        Self(tokio::spawn(async move {
            raised.await;
            ctx.expire();
        }))
    }
}

impl Drop for Expiry {
    fn drop(&mut self) {
        self.0.abort();
    }
}
