//! The write envelope (事务): change, audit entry, events, jobs and idempotency key are one transaction.
//!
//! `ctx.transact(action, |tx| async move { load; authorise; decide; save; announce })`. A refusal or a fault rolls the
//! change back, and is itself recorded in a short transaction of its own.

mod once;
mod part;
mod swift;
mod tail;
mod tx;

use std::future::Future;

use entities::idempotency;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::policy::Action;
use crate::refusal::Refusal;
use crate::store::OpenTx;

pub use once::Once;
pub use part::Claim;
pub use swift::Glance;
use tx::Noted;
pub use tx::Tx;

tokio::task_local! {
    /// Set while this task is inside a transaction: a second one would wait for the first for ever.
    static INSIDE: ();
}

/// What an operation led to (办理结果): enough to read it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The kind of object.
    pub kind: String,
    /// Its id.
    pub id: Uuid,
    /// Its version afterwards.
    pub version: i32,
}

impl Outcome {
    /// An outcome.
    #[must_use]
    pub fn of(kind: &str, id: Uuid, version: i32) -> Self {
        Self { kind: kind.to_owned(), id, version }
    }
}

impl Ctx {
    /// Runs an operation: everything it changes, announces and queues is one transaction.
    ///
    /// A nested call fails at once: a city has one writer, and the inner would wait for the outer for ever.
    pub async fn transact<T, R, F, Fut>(&self, action: &'static Action, f: F) -> Result<T, Stop<R>>
    where
        R: Refusal,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<T, Stop<R>>>,
    {
        match self.attempt(action, f).await? {
            Ok(value) => Ok(value),
            Err(Stopped { stop, noted }) => {
                if let Err(fault) = self.record_stop(action, &stop, noted, None).await {
                    unrecorded(action, &fault);
                }
                Err(stop)
            }
        }
    }

    /// Runs an operation to its commit, or rolls it back and says why, and what it noted until then.
    async fn attempt<T, R, F, Fut>(&self, action: &'static Action, f: F) -> Result<Result<T, Stopped<R>>, Fault>
    where
        R: Refusal,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<T, Stop<R>>>,
    {
        let tx = self.begin().await?;
        let result = INSIDE.scope((), f(tx.clone())).await;
        let result = match result {
            Ok(value) => tx.finish(action, "DONE").await.map(|()| value).map_err(Stop::Fault),
            Err(stop) => Err(stop),
        };
        Ok(match result {
            Ok(value) => {
                // The audit entry at least waits to be sealed.
                self.kernel().wake.notify(&self.tenant().code);
                Ok(value)
            }
            Err(stop) => {
                let noted = tx.take_noted();
                tx.roll_back().await;
                Err(Stopped { stop, noted })
            }
        })
    }

    /// A transaction of the house itself (leases, progress, seals, last use): changes, jobs and events, but no audit
    /// entry. Only for bookkeeping that nobody decides; whatever a person does goes through [`Ctx::transact`].
    pub async fn quietly<T, R, F, Fut>(&self, f: F) -> Result<T, Stop<R>>
    where
        R: Refusal,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<T, Stop<R>>>,
    {
        let tx = self.begin().await?;
        let result = INSIDE.scope((), f(tx.clone())).await;
        let result = match result {
            Ok(value) => tx.save(tx.take_notes()).await.map(|()| value).map_err(Stop::Fault),
            Err(stop) => Err(stop),
        };
        if result.is_err() {
            tx.roll_back().await;
        }
        result
    }

    async fn begin(&self) -> Result<Tx, Fault> {
        if INSIDE.try_with(|()| ()).is_ok() {
            return Err(Fault::internal("begin a transaction inside another"));
        }
        let open = OpenTx::begin(self.db(), self.gate()).await?;
        Ok(Tx::new(self.clone(), open))
    }

    /// Records a refused, forbidden or failed operation, and keeps its end under its key, if it has one.
    async fn record_stop<R: Refusal>(
        &self,
        action: &Action,
        stop: &Stop<R>,
        mut noted: Noted,
        kept: Option<idempotency::ActiveModel>,
    ) -> Result<(), Fault> {
        let (result, code) = match stop {
            Stop::Refused(refusal) => ("REFUSED", refusal.code()),
            Stop::Fault(fault @ (Fault::Forbidden | Fault::Unauthenticated)) => ("FORBIDDEN", fault.code()),
            Stop::Fault(fault) => ("FAILED", fault.code()),
        };
        noted.detail.insert("code".to_owned(), json!(code));
        self.record(action, result, noted, kept).await
    }

    /// Records how an operation ended that was rolled back: in a short transaction of its own.
    async fn record(
        &self,
        action: &Action,
        result: &str,
        noted: Noted,
        kept: Option<idempotency::ActiveModel>,
    ) -> Result<(), Fault> {
        let tx = self.unhurried().begin().await?;
        tx.repeat(noted);
        if let Some(kept) = kept {
            tx.put(kept);
        }
        let recorded = tx.finish(action, result).await;
        match &recorded {
            Ok(()) => self.kernel().wake.notify(&self.tenant().code),
            Err(_) => tx.roll_back().await,
        }
        recorded
    }
}

/// An operation that was rolled back: why, and what it was about.
struct Stopped<R> {
    stop: Stop<R>,
    noted: Noted,
}

/// That the end of an operation could not be recorded is logged, not raised: the end itself is the answer.
fn unrecorded(action: &Action, fault: &Fault) {
    tracing::error!(%fault, cause = %fault.cause(), operation = action.name(), "how an operation ended could not be recorded");
}
