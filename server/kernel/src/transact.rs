//! The write envelope (事务): change, audit entry, events, jobs and idempotency key are one transaction.
//!
//! `ctx.transact(action, |tx| async move { load; authorise; decide; save; announce })`. A refusal or a fault rolls the
//! change back, and is itself recorded in a short transaction of its own.

use std::future::Future;
use std::sync::Arc;

use entities::{audit_entry, event, idempotency, job, mail};
use parking_lot::Mutex;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, ExecResult, QueryFilter as _, QueryResult,
    Set, Statement, StatementBuilder,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::ctx::{Actor, Ctx};
use crate::fault::{Fault, Stop};
use crate::jobs::Job;
use crate::mail::Letter;
use crate::outbox::Event;
use crate::policy::{Action, Place};
use crate::refusal::Refusal;
use crate::store::OpenTx;

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

/// An idempotency key with the hash of the input it came with (幂等键).
#[derive(Clone, Debug)]
pub struct Once {
    key: String,
    input: Vec<u8>,
}

impl Once {
    /// From the optional argument of a mutation, and its input.
    #[must_use]
    pub fn from(key: Option<String>, input: &impl Serialize) -> Option<Self> {
        let key = key.filter(|k| !k.is_empty() && k.len() <= 128)?;
        let bytes = serde_json::to_vec(input).unwrap_or_default();
        Some(Self { key, input: Sha256::digest(&bytes).to_vec() })
    }
}

#[derive(Serialize, Deserialize)]
enum Kept<R> {
    Done(Outcome),
    Refused(R),
}

/// An open transaction (事务). A cheap handle; it ends with the closure that was given it.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    ctx: Ctx,
    open: OpenTx,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    subject: Option<(&'static str, Uuid)>,
    detail: Map<String, Value>,
    events: Vec<event::ActiveModel>,
    jobs: Vec<job::ActiveModel>,
    letters: Vec<mail::ActiveModel>,
    stamps: Vec<&'static str>,
}

impl Tx {
    /// The context it was made from.
    #[must_use]
    pub fn ctx(&self) -> &Ctx {
        &self.0.ctx
    }

    /// Refuses with a fault unless the actor may do `action` at `place`.
    pub async fn authorize(&self, action: &Action, place: &Place) -> Result<(), Fault> {
        self.0.ctx.require(action, place).await
    }

    /// Names what the operation is about, for the audit.
    pub fn about(&self, kind: &'static str, id: Uuid) {
        self.0.notes.lock().subject = Some((kind, id));
    }

    /// Adds a detail to the audit entry. Never a personal value: those are sealed first.
    pub fn note(&self, name: &str, value: impl Into<Value>) {
        self.0.notes.lock().detail.insert(name.to_owned(), value.into());
    }

    /// Announces what happened; listeners hear of it after the commit.
    pub fn announce<E: Event>(&self, event: &E) -> Result<(), Fault> {
        let ctx = &self.0.ctx;
        let (kind, id) = event.subject();
        let payload = serde_json::to_value(event).map_err(Fault::of("write an event"))?;
        self.0.notes.lock().events.push(event::ActiveModel {
            id: Set(ctx.new_id()),
            kind: Set(E::KIND.to_owned()),
            subject_kind: Set(kind.to_owned()),
            subject_id: Set(id),
            payload: Set(payload),
            created_at: Set(ctx.now()),
            dispatched_at: Set(None),
        });
        Ok(())
    }

    /// Queues a job, to run after the commit; the id is known at once.
    pub fn enqueue<J: Job>(&self, job: &J) -> Result<Uuid, Fault> {
        let (id, row) = crate::jobs::row(&self.0.ctx, job)?;
        self.0.notes.lock().jobs.push(row);
        Ok(id)
    }

    /// Queues a letter, sealed, to be sent after the commit.
    pub async fn mail(&self, letter: Letter) -> Result<Uuid, Fault> {
        let (id, row, job) = crate::mail::rows(&self.0.ctx, letter).await?;
        let mut notes = self.0.notes.lock();
        notes.letters.push(row);
        notes.jobs.push(job);
        Ok(id)
    }

    /// Says that what caches under `name` is stale: here and in every other process, after the commit.
    pub fn invalidate(&self, name: &'static str) {
        self.0.notes.lock().stamps.push(name);
    }

    async fn finish(&self, action: &Action, result: &str) -> Result<(), Fault> {
        let mut notes = std::mem::take(&mut *self.0.notes.lock());
        let detail = std::mem::take(&mut notes.detail);
        let row = entry(&self.0.ctx, action, result, notes.subject, detail);
        audit_entry::Entity::insert(row).exec_without_returning(self).await?;
        self.save(notes).await
    }

    async fn save(&self, notes: Notes) -> Result<(), Fault> {
        let ctx = &self.0.ctx;
        if !notes.letters.is_empty() {
            mail::Entity::insert_many(notes.letters).exec_without_returning(self).await?;
        }
        if !notes.events.is_empty() {
            event::Entity::insert_many(notes.events).exec_without_returning(self).await?;
        }
        if !notes.jobs.is_empty() {
            // A job whose unique key is already waiting is the same job.
            let keep = OnConflict::new().do_nothing().to_owned();
            job::Entity::insert_many(notes.jobs).on_conflict(keep).exec_without_returning(self).await?;
        }
        for name in &notes.stamps {
            crate::invalidate::stamp(self, &self.0.open, name).await?;
        }
        self.0.open.commit().await?;
        for name in notes.stamps {
            ctx.kernel().invalidation.publish(&ctx.tenant().code, name);
        }
        Ok(())
    }
}

fn entry(
    ctx: &Ctx,
    action: &Action,
    result: &str,
    subject: Option<(&'static str, Uuid)>,
    detail: Map<String, Value>,
) -> audit_entry::ActiveModel {
    let (kind, id, label) = match ctx.actor() {
        Actor::Anonymous => ("ANONYMOUS", None, None),
        Actor::Account(a) => ("ACCOUNT", Some(a.id), Some(a.username.clone())),
        Actor::System(name) => ("SYSTEM", None, Some((*name).to_owned())),
    };
    audit_entry::ActiveModel {
        id: Set(ctx.new_id()),
        at: Set(ctx.now()),
        actor_kind: Set(kind.to_owned()),
        actor_id: Set(id),
        actor_label: Set(label),
        operation: Set(action.name()),
        subject_kind: Set(subject.map(|s| s.0.to_owned())),
        subject_id: Set(subject.map(|s| s.1)),
        result: Set(result.to_owned()),
        detail: Set(Value::Object(detail)),
        request_id: Set(ctx.request_id()),
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
        if INSIDE.try_with(|()| ()).is_ok() {
            return Err(Fault::internal("begin a transaction inside another").into());
        }
        let tx = self.begin().await?;
        let result = INSIDE.scope((), f(tx.clone())).await;
        match result {
            Ok(value) => {
                tx.finish(action, "DONE").await?;
                self.kernel().wake.notify(&self.tenant().code);
                Ok(value)
            }
            Err(stop) => {
                let notes = std::mem::take(&mut *tx.0.notes.lock());
                tx.0.open.rollback().await?;
                self.record_stop(action, &stop, notes).await;
                Err(stop)
            }
        }
    }

    /// As [`Ctx::transact`], for a mutation that may carry an idempotency key: the same key with the same input gives
    /// the outcome, or the refusal, of the first time; with another input it is a fault.
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
                if let Some(kept) = tx.kept(action, &once).await? {
                    return kept;
                }
                let outcome = f(tx.clone()).await?;
                tx.keep::<R>(action, &once, &Kept::Done(outcome.clone())).await?;
                Ok(outcome)
            })
            .await;
        if let Err(Stop::Refused(refusal)) = &result {
            self.keep_refusal(action, &key, refusal).await?;
        }
        result
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
        match f(tx.clone()).await {
            Ok(value) => {
                let notes = std::mem::take(&mut *tx.0.notes.lock());
                tx.save(notes).await?;
                Ok(value)
            }
            Err(stop) => {
                tx.0.open.rollback().await?;
                Err(stop)
            }
        }
    }

    async fn begin(&self) -> Result<Tx, Fault> {
        let open = OpenTx::begin(self.db(), self.gate()).await?;
        Ok(Tx(Arc::new(Inner { ctx: self.clone(), open, notes: Mutex::default() })))
    }

    /// Records a refused, forbidden or failed operation; that it could not be recorded is logged, not raised.
    async fn record_stop<R: Refusal>(&self, action: &Action, stop: &Stop<R>, notes: Notes) {
        let (result, code) = match stop {
            Stop::Refused(refusal) => ("REFUSED", refusal.code()),
            Stop::Fault(Fault::Forbidden | Fault::Unauthenticated) => ("FORBIDDEN", "FORBIDDEN"),
            Stop::Fault(fault) => ("FAILED", fault.code()),
        };
        let recorded = async {
            let tx = self.begin().await?;
            {
                let mut fresh = tx.0.notes.lock();
                fresh.subject = notes.subject;
                fresh.detail = notes.detail;
                fresh.detail.insert("code".to_owned(), json!(code));
            }
            tx.finish(action, result).await
        }
        .await;
        if let Err(fault) = recorded {
            tracing::error!(%fault, operation = action.name(), "a refused operation could not be recorded");
        }
    }

    async fn keep_refusal<R: Refusal>(&self, action: &Action, once: &Once, refusal: &R) -> Result<(), Fault> {
        let tx = self.begin().await?;
        tx.keep(action, once, &Kept::Refused(refusal)).await?;
        tx.0.open.commit().await
    }
}

impl Tx {
    fn account_key(&self) -> String {
        self.0.ctx.actor().account_id().map_or_else(|| "anonymous".to_owned(), |id| id.to_string())
    }

    async fn kept<R: Refusal>(
        &self,
        action: &Action,
        once: &Once,
    ) -> Result<Option<Result<Outcome, Stop<R>>>, Fault> {
        let row = idempotency::Entity::find()
            .filter(idempotency::Column::Account.eq(self.account_key()))
            .filter(idempotency::Column::Operation.eq(action.name()))
            .filter(idempotency::Column::IdempotencyKey.eq(once.key.as_str()))
            .one(self)
            .await?;
        let Some(row) = row else { return Ok(None) };
        if row.input_hash != once.input {
            return Err(Fault::IdempotencyKeyReused);
        }
        let kept: Kept<R> = serde_json::from_value(row.outcome).map_err(Fault::of("read a kept outcome"))?;
        self.note("replayed", true);
        Ok(Some(match kept {
            Kept::Done(outcome) => Ok(outcome),
            Kept::Refused(refusal) => Err(Stop::Refused(refusal)),
        }))
    }

    async fn keep<R: Serialize>(&self, action: &Action, once: &Once, kept: &Kept<R>) -> Result<(), Fault> {
        let row = idempotency::ActiveModel {
            account: Set(self.account_key()),
            operation: Set(action.name()),
            idempotency_key: Set(once.key.clone()),
            input_hash: Set(once.input.clone()),
            outcome: Set(serde_json::to_value(kept).map_err(Fault::of("write a kept outcome"))?),
            created_at: Set(self.0.ctx.now()),
        };
        let keep = OnConflict::new().do_nothing().to_owned();
        idempotency::Entity::insert(row).on_conflict(keep).exec_without_returning(self).await?;
        Ok(())
    }
}

fn refuse_raw<T>() -> Result<T, DbErr> {
    Err(DbErr::Custom("raw statements are refused: use the typed builders".to_owned()))
}

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.0.open.backend()
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        refuse_raw()
    }

    async fn execute<S: StatementBuilder>(&self, stmt: &S) -> Result<ExecResult, DbErr> {
        self.0.open.execute(stmt).await
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        refuse_raw()
    }

    async fn query_one_raw(&self, _: Statement) -> Result<Option<QueryResult>, DbErr> {
        refuse_raw()
    }

    async fn query_one<S: StatementBuilder>(&self, stmt: &S) -> Result<Option<QueryResult>, DbErr> {
        self.0.open.query_one(stmt).await
    }

    async fn query_all_raw(&self, _: Statement) -> Result<Vec<QueryResult>, DbErr> {
        refuse_raw()
    }

    async fn query_all<S: StatementBuilder>(&self, stmt: &S) -> Result<Vec<QueryResult>, DbErr> {
        self.0.open.query_all(stmt).await
    }
}
