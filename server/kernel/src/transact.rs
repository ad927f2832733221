//! The write envelope (事务): change, audit entry, events, jobs and idempotency key are one transaction.
//!
//! `ctx.transact(action, |tx| async move { load; authorise; decide; save; announce })`. A refusal or a fault rolls the
//! change back, and is itself recorded in a short transaction of its own.

mod once;
mod tail;
mod tx;

use std::future::Future;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::policy::Action;
use crate::refusal::Refusal;
use crate::store::OpenTx;

pub use once::Once;
use tx::Notes;
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
        let tx = self.begin().await?;
        let result = INSIDE.scope((), f(tx.clone())).await;
        let result = match result {
            Ok(value) => tx.finish(action, "DONE").await.map(|()| value).map_err(Stop::Fault),
            Err(stop) => Err(stop),
        };
        match result {
            Ok(value) => {
                // The audit entry at least waits to be sealed.
                self.kernel().wake.notify(&self.tenant().code);
                Ok(value)
            }
            Err(stop) => {
                let notes = tx.take_notes();
                tx.roll_back().await;
                self.record_stop(action, &stop, notes).await;
                Err(stop)
            }
        }
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

    /// Records a refused, forbidden or failed operation; that it could not be recorded is logged, not raised.
    async fn record_stop<R: Refusal>(&self, action: &Action, stop: &Stop<R>, notes: Notes) {
        let (result, code) = match stop {
            Stop::Refused(refusal) => ("REFUSED", refusal.code()),
            Stop::Fault(fault @ (Fault::Forbidden | Fault::Unauthenticated)) => ("FORBIDDEN", fault.code()),
            Stop::Fault(fault) => ("FAILED", fault.code()),
        };
        let recorded = async {
            let tx = self.unhurried().begin().await?;
            tx.repeat_subject(notes, json!(code));
            tx.finish(action, result).await
        }
        .await;
        match recorded {
            Ok(()) => self.kernel().wake.notify(&self.tenant().code),
            Err(fault) => {
                tracing::error!(%fault, cause = %fault.cause(), operation = action.name(), "a refused operation could not be recorded");
            }
        }
    }
}
