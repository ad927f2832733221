//! Idempotency keys (幂等键): a mutation that is sent twice is done once.

use std::future::Future;

use entities::idempotency;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryTrait as _, Set};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Outcome, Tx};
use crate::crypto::hash::sha256_hex;
use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Stop};
use crate::policy::Action;
use crate::refusal::Refusal;

/// No key is stored longer; a longer one is stored as its hash. Bytes.
const LONGEST: usize = 128;

/// An idempotency key with the hash of the input it came with (幂等键).
#[derive(Clone, Debug)]
pub struct Once {
    key: String,
    input: Vec<u8>,
}

impl Once {
    /// From the optional argument of a mutation, and its input. An empty key is none.
    #[must_use]
    pub fn from(key: Option<String>, input: &impl Serialize) -> Option<Self> {
        let key = key.filter(|k| !k.is_empty())?;
        let key = if key.len() > LONGEST { sha256_hex(key.as_bytes()) } else { key };
        let bytes = serde_json::to_vec(input).unwrap_or_default();
        Some(Self { key, input: Sha256::digest(&bytes).to_vec() })
    }
}

#[derive(Serialize, Deserialize)]
enum Kept<R> {
    Done(Outcome),
    Refused(R),
}

impl<R> Kept<R> {
    fn into_result(self) -> Result<Outcome, Stop<R>> {
        match self {
            Self::Done(outcome) => Ok(outcome),
            Self::Refused(refusal) => Err(Stop::Refused(refusal)),
        }
    }
}

impl Ctx {
    /// As [`Ctx::transact`], for a mutation that may carry an idempotency key: the same key with the same input gives
    /// the outcome, or the refusal, of the first time; with another input it is a fault. Of two at the same moment
    /// the second waits for the first.
    pub async fn transact_once<R, F, Fut>(
        &self,
        action: &'static Action,
        once: Option<Once>,
        f: F,
    ) -> Result<Outcome, Stop<R>>
    where
        R: Refusal,
        F: FnOnce(Tx) -> Fut,
        Fut: Future<Output = Result<Outcome, Stop<R>>>,
    {
        let Some(once) = once else { return self.transact(action, f).await };
        let key = once.clone();
        let result = self
            .transact(action, |tx| async move {
                if let Some(kept) = tx.claim::<R>(action, &once).await? {
                    tx.note("replayed", true);
                    return kept.into_result();
                }
                let outcome = f(tx.clone()).await?;
                tx.fulfil(action, &once, &outcome)?;
                Ok(outcome)
            })
            .await;
        match result {
            Err(Stop::Refused(refusal)) => self.keep_refusal(action, &key, refusal).await,
            other => other,
        }
    }

    /// Keeps a refusal, whose transaction was rolled back and its claim with it. If another request with the same key
    /// was done meanwhile, its end is the answer.
    async fn keep_refusal<R: Refusal>(&self, action: &Action, once: &Once, refusal: R) -> Result<Outcome, Stop<R>> {
        let refused = serde_json::to_value(Kept::Refused(&refusal)).map_err(Fault::of("write a kept refusal"))?;
        self.quietly(|tx| async move {
            if tx.insert_claim(action, once, refused).await? {
                return Ok(None);
            }
            tx.kept::<R>(action, once).await.map(Some).map_err(Stop::Fault)
        })
        .await?
        .map_or(Err(Stop::Refused(refusal)), Kept::into_result)
    }
}

impl Tx {
    /// Takes the key before anything is done with it, so that of two at the same moment one waits here. Gives what is
    /// kept under it when somebody took it before.
    async fn claim<R: DeserializeOwned>(&self, action: &Action, once: &Once) -> Result<Option<Kept<R>>, Fault> {
        if self.insert_claim(action, once, serde_json::Value::Null).await? {
            return Ok(None);
        }
        self.kept(action, once).await.map(Some)
    }

    async fn insert_claim(&self, action: &Action, once: &Once, outcome: serde_json::Value) -> Result<bool, Fault> {
        let row = idempotency::ActiveModel {
            account: Set(account_key(self.ctx())),
            operation: Set(action.name()),
            idempotency_key: Set(once.key.clone()),
            input_hash: Set(once.input.clone()),
            outcome: Set(outcome),
            created_at: Set(self.ctx().now()),
        };
        let keep = OnConflict::new().do_nothing().to_owned();
        let rows = idempotency::Entity::insert(row).on_conflict(keep).exec_without_returning(self).await?;
        Ok(rows == 1)
    }

    fn fulfil(&self, action: &Action, once: &Once, outcome: &Outcome) -> Result<(), Fault> {
        let done: Kept<()> = Kept::Done(outcome.clone());
        let done = serde_json::to_value(done).map_err(Fault::of("write a kept outcome"))?;
        let update = idempotency::Entity::update_many()
            .col_expr(idempotency::Column::Outcome, Expr::value(done))
            .filter(idempotency::Column::Account.eq(account_key(self.ctx())))
            .filter(idempotency::Column::Operation.eq(action.name()))
            .filter(idempotency::Column::IdempotencyKey.eq(once.key.as_str()));
        self.at_the_end(update.into_query());
        Ok(())
    }

    async fn kept<R: DeserializeOwned>(&self, action: &Action, once: &Once) -> Result<Kept<R>, Fault> {
        let row = idempotency::Entity::find()
            .filter(idempotency::Column::Account.eq(account_key(self.ctx())))
            .filter(idempotency::Column::Operation.eq(action.name()))
            .filter(idempotency::Column::IdempotencyKey.eq(once.key.as_str()))
            .one(self)
            .await?
            .ok_or(Fault::internal("read a kept outcome: it is gone"))?;
        if row.input_hash != once.input {
            return Err(Fault::IdempotencyKeyReused);
        }
        serde_json::from_value(row.outcome).map_err(Fault::of("read a kept outcome"))
    }
}

/// Whose key it is: nobody meets another's.
fn account_key(ctx: &Ctx) -> String {
    match ctx.actor() {
        Actor::Anonymous => "anonymous".to_owned(),
        Actor::Account(account) => account.id.to_string(),
        Actor::System(name) => format!("system:{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_dropped_because_it_is_long() {
        assert!(Once::from(None, &1).is_none());
        assert!(Once::from(Some(String::new()), &1).is_none());
        let (a, b) = (format!("{}a", "x".repeat(200)), format!("{}b", "x".repeat(200)));
        let (a, b) = (Once::from(Some(a), &1).unwrap(), Once::from(Some(b), &1).unwrap());
        assert_eq!((a.key.len(), b.key.len()), (64, 64));
        assert_ne!(a.key, b.key);
    }
}
