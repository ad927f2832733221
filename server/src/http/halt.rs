//! The flag that ends an execution without dropping it (停止标志).
//!
//! A future dropped inside a transaction can hand a connection that is still inside `BEGIN` back
//! to the pool. So nothing is dropped: the flag is raised, the steps see it between two
//! statements, and the execution ends by itself.

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// A flag with a deadline (停止标志). Clones share the flag.
#[derive(Clone, Debug)]
pub struct Halt {
    token: CancellationToken,
    deadline: Option<Instant>,
}

impl Halt {
    /// A flag that the deadline's keeper raises at `deadline`.
    pub fn at(deadline: Instant) -> Self {
        Self { token: CancellationToken::new(), deadline: Some(deadline) }
    }

    /// A flag without a deadline, for a subscription.
    pub fn open() -> Self {
        Self { token: CancellationToken::new(), deadline: None }
    }

    /// Raises the flag; it stays raised.
    pub fn raise(&self) {
        self.token.cancel();
    }

    /// Whether a step should stop here.
    pub fn is_raised(&self) -> bool {
        self.token.is_cancelled()
    }

    /// The flag itself, for whoever looks at it between two steps.
    pub fn flag(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Resolves when the flag is raised. The future owns its share of the flag.
    pub fn raised(&self) -> impl Future<Output = ()> + Send + 'static {
        self.token.clone().cancelled_owned()
    }

    /// When the flag will be raised at the latest, for a `statement_timeout`.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }
}

/// Raises a flag when it is dropped: a client that hangs up makes hyper drop the request, and
/// that is the only sign of it.
pub(crate) struct HangUp(CancellationToken);

impl HangUp {
    pub(crate) fn new() -> (Self, CancellationToken) {
        let token = CancellationToken::new();
        (Self(token.clone()), token)
    }
}

impl Drop for HangUp {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
