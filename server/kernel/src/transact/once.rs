//! Idempotency keys (幂等键): a mutation that is sent twice is done once.

use std::future::Future;

use entities::idempotency;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::tx::Noted;
use super::{Outcome, Stopped, Tx, unrecorded};
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
    /// the outcome, or the refusal, of the first time; with another input it is a fault. The key is kept with the last
    /// statements, and can be kept once: of two at the same moment the second is undone and hears of the first.
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
        let attempt = self.attempt(action, |tx| async move {
            let outcome = f(tx.clone()).await?;
            tx.put(done(tx.ctx(), action, &key, &outcome)?);
            Ok(outcome)
        });
        match attempt.await? {
            Ok(outcome) => Ok(outcome),
            Err(stopped) => self.settle(action, &once, stopped).await,
        }
    }

    /// What a stopped attempt comes to. Its key may have been used before: nobody asked until now, because the first time
    /// is the rule. Then the end of that time is the answer; otherwise this end is, and a refusal is kept.
    async fn settle<R: Refusal>(
        &self,
        action: &'static Action,
        once: &Once,
        Stopped { stop, noted }: Stopped<R>,
    ) -> Result<Outcome, Stop<R>> {
        if let Some(end) = self.replay(action, once, &noted).await {
            return end;
        }
        let kept = match &stop {
            Stop::Refused(refusal) => Some(row(self, action, once, &Kept::Refused(refusal))?),
            Stop::Fault(_) => None,
        };
        let keeps = kept.is_some();
        if let Err(fault) = self.record_stop(action, &stop, noted.clone(), kept).await {
            // Another request with the same key may have ended meanwhile; of two, the first to be kept counts.
            if keeps && let Some(end) = self.replay(action, once, &noted).await {
                return end;
            }
            unrecorded(action, &fault);
        }
        Err(stop)
    }

    /// The end that is kept under the key, if there is one: recorded as a replay.
    async fn replay<R: Refusal>(
        &self,
        action: &'static Action,
        once: &Once,
        noted: &Noted,
    ) -> Option<Result<Outcome, Stop<R>>> {
        let end = match self.unhurried().kept::<R>(action, once).await {
            Ok(None) => return None,
            Ok(Some(kept)) => kept.into_result(),
            Err(fault) => Err(Stop::Fault(fault)),
        };
        let recorded = match &end {
            Err(stop @ Stop::Fault(_)) => self.record_stop(action, stop, noted.clone(), None).await,
            _ => self.record(action, "DONE", noted.replayed(), None).await,
        };
        if let Err(fault) = recorded {
            unrecorded(action, &fault);
        }
        Some(end)
    }

    async fn kept<R: DeserializeOwned>(&self, action: &Action, once: &Once) -> Result<Option<Kept<R>>, Fault> {
        let row = idempotency::Entity::find()
            .filter(idempotency::Column::Account.eq(account_key(self)))
            .filter(idempotency::Column::Operation.eq(action.name()))
            .filter(idempotency::Column::IdempotencyKey.eq(once.key.as_str()))
            .one(&self.scope())
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.input_hash != once.input {
            return Err(Fault::IdempotencyKeyReused);
        }
        serde_json::from_value(row.outcome).map_err(Fault::of("read a kept outcome"))
    }
}

/// The row that keeps how it ended: done, with this outcome.
pub(super) fn done(
    ctx: &Ctx,
    action: &Action,
    once: &Once,
    outcome: &Outcome,
) -> Result<idempotency::ActiveModel, Fault> {
    row(ctx, action, once, &Kept::<()>::Done(outcome.clone()))
}

fn row<R: Serialize>(
    ctx: &Ctx,
    action: &Action,
    once: &Once,
    end: &Kept<R>,
) -> Result<idempotency::ActiveModel, Fault> {
    Ok(idempotency::ActiveModel {
        account: Set(account_key(ctx)),
        operation: Set(action.name()),
        idempotency_key: Set(once.key.clone()),
        input_hash: Set(once.input.clone()),
        outcome: Set(serde_json::to_value(end).map_err(Fault::of("write a kept outcome"))?),
        created_at: Set(ctx.now()),
    })
}

/// Whose key it is: nobody meets another's.
fn account_key(ctx: &Ctx) -> String {
    match ctx.actor() {
        Actor::Anonymous => "anonymous".to_owned(),
        Actor::Account(account) => account.id.to_string(),
        Actor::Citizen(citizen) => format!("citizen:{}", citizen.id),
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
