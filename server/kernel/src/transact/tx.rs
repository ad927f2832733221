//! The open transaction: what an operation writes, notes, announces and queues until it ends.

use std::sync::Arc;

use entities::{audit_entry, event, job, mail, sms};
use parking_lot::Mutex;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, ExecResult, QueryResult, QueryTrait as _,
    Set, Statement, StatementBuilder,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::part::Claim;
use super::tail::Tail;
use crate::clock::new_id;
use crate::ctx::{Actor, Ctx};
use crate::fault::Fault;
use crate::jobs::Job;
use crate::mail::Letter;
use crate::outbox::Event;
use crate::person_key;
use crate::pii::Pii;
use crate::policy::{Action, Place};
use crate::sms::{Drafts, Message, NotQueued, Pending};
use crate::store::OpenTx;

/// Rows of one statement: both back ends bound how many values one may carry (SQLite 32,766).
const AT_ONCE: usize = 500;
/// Of messages fewer: they have more columns.
const TEXTS_AT_ONCE: usize = 350;

/// So few events go one by one: their text is kept.
const FEW: usize = 2;

/// An open transaction (事务). A cheap handle; it ends with the closure that was given it.
#[derive(Clone)]
pub struct Tx(Arc<Inner>);

struct Inner {
    ctx: Ctx,
    open: OpenTx,
    notes: Mutex<Notes>,
}

/// What an operation is about, for the audit.
#[derive(Clone, Default)]
pub(super) struct Noted {
    pub(super) subject: Option<(&'static str, Uuid)>,
    pub(super) detail: Map<String, Value>,
    /// Of whom, what, and the value: sealed under the person's key when it is written.
    about: Vec<(Uuid, String, Pii<String>)>,
}

impl Noted {
    /// The same subject, and that it was answered as the first time.
    pub(super) fn replayed(&self) -> Self {
        let detail = Map::from_iter([("replayed".to_owned(), Value::Bool(true))]);
        Self { subject: self.subject, detail, about: Vec::new() }
    }
}

/// Who acted, where that was known only in the end.
enum Acted {
    Account(Uuid, String),
    Citizen(Uuid),
}

/// What the operation noted besides its changes.
#[derive(Default)]
pub(super) struct Notes {
    noted: Noted,
    actor: Option<Acted>,
    events: Vec<event::ActiveModel>,
    jobs: Vec<job::ActiveModel>,
    letters: Vec<mail::ActiveModel>,
    texts: Vec<Pending>,
    stamps: Vec<&'static str>,
    tail: Tail,
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
        self.0.notes.lock().noted.subject = Some((kind, id));
    }

    /// Names who acted, for the audit, where that is known only now: a stranger who signs in is an account from here on.
    /// Counts only if the operation is done.
    pub fn acted(&self, account: Uuid, username: &str) {
        self.0.notes.lock().actor = Some(Acted::Account(account, username.to_owned()));
    }

    /// As [`Tx::acted`], of a stranger who signs in as a citizen.
    pub fn acted_as_citizen(&self, citizen: Uuid) {
        self.0.notes.lock().actor = Some(Acted::Citizen(citizen));
    }

    /// Adds a detail to the audit entry. Never a personal value, and never what somebody wrote about a person: those are
    /// for [`Tx::note_about`].
    pub fn note(&self, name: &str, value: impl Into<Value>) {
        self.0.notes.lock().noted.detail.insert(name.to_owned(), value.into());
    }

    /// Adds a detail about a person, sealed under that person's key: once the person is erased nobody reads it any more,
    /// and the chain holds as before.
    pub fn note_about(&self, person: Uuid, name: &str, value: impl Into<Pii<String>>) {
        self.0.notes.lock().noted.about.push((person, name.to_owned(), value.into()));
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

    /// Inserts a row with the last statements (收尾写入), which go to the database together: for what nothing in the
    /// operation reads back, and what only a fault can keep out.
    pub fn put<A: ActiveModelTrait>(&self, row: A) {
        self.0.notes.lock().tail.put(row);
    }

    /// Changes a row with the last statements, if it is still as the statement asks (先占): where it is not, nothing of the
    /// transaction happens. For [`Ctx::transact_swiftly`] alone.
    pub fn claim(&self, change: Claim) {
        self.0.notes.lock().tail.claim(change);
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

    /// Queues a text message, sealed, to be sent after the commit; or says why not, and then nothing is written.
    pub async fn sms(&self, message: Message) -> Result<Result<Uuid, NotQueued>, Fault> {
        let answer = self.sms_to_all(vec![message]).await?.pop();
        answer.ok_or(Fault::internal("queue a text message"))
    }

    /// As [`Tx::sms`], for many: one look at what their numbers got lately. The answers are in the order of the messages.
    pub async fn sms_to_all(&self, messages: Vec<Message>) -> Result<Vec<Result<Uuid, NotQueued>>, Fault> {
        let drafts = Drafts::of(self, messages).await?;
        drafts.decide(self, &mut self.0.notes.lock().texts)
    }

    /// Says that what caches under `name` is stale: here and in every other process, after the commit.
    pub fn invalidate(&self, name: &'static str) {
        let stamps = &mut self.0.notes.lock().stamps;
        if !stamps.contains(&name) {
            stamps.push(name);
        }
    }

    pub(super) fn new(ctx: Ctx, open: OpenTx) -> Self {
        Self(Arc::new(Inner { ctx, open, notes: Mutex::default() }))
    }

    pub(super) fn take_notes(&self) -> Notes {
        std::mem::take(&mut *self.0.notes.lock())
    }

    /// What it was about, of an operation that is to be rolled back.
    pub(super) fn take_noted(&self) -> Noted {
        self.take_notes().noted
    }

    /// For the record of an operation that was rolled back.
    pub(super) fn repeat(&self, noted: Noted) {
        self.0.notes.lock().noted = noted;
    }

    /// Undoes everything. That it could not be undone is logged: the pool throws the connection away.
    pub(super) async fn roll_back(&self) {
        if let Err(fault) = self.0.open.rollback().await {
            tracing::error!(%fault, cause = %fault.cause(), "a transaction could not be rolled back");
        }
    }

    /// Writes the audit entry and everything noted, and commits.
    pub(super) async fn finish(&self, action: &Action, result: &str) -> Result<(), Fault> {
        let mut notes = self.take_notes();
        // What it is about stays for the record, should the rest of this fail.
        self.0.notes.lock().noted = notes.noted.clone();
        let mut noted = std::mem::take(&mut notes.noted);
        for (person, name, value) in std::mem::take(&mut noted.about) {
            let sealed = person_key::seal(self, person, &name, &value).await?;
            noted.detail.insert(name, sealed);
        }
        let mut row = entry(&self.0.ctx, action, result, noted);
        if let Some(acted) = notes.actor.take() {
            let (kind, id, label) = match acted {
                Acted::Account(account, username) => ("ACCOUNT", account, Some(username)),
                Acted::Citizen(citizen) => ("CITIZEN", citizen, None),
            };
            row.actor_kind = Set(kind.to_owned());
            row.actor_id = Set(Some(id));
            row.actor_label = Set(label);
        }
        notes.tail.put(row);
        self.save(notes).await
    }

    /// Writes everything noted, and commits; then tells those who wait for it.
    pub(super) async fn save(&self, notes: Notes) -> Result<(), Fault> {
        let ctx = &self.0.ctx;
        let (texts, sending): (Vec<_>, Vec<_>) = notes.texts.into_iter().map(|text| (text.row, text.job)).unzip();
        let jobs: Vec<_> = notes.jobs.into_iter().chain(sending.into_iter().flatten()).collect();
        let work = !notes.events.is_empty() || !jobs.is_empty();
        let mut tail = notes.tail;
        for letters in pieces(notes.letters, AT_ONCE) {
            tail.insert(mail::Entity::insert_many(letters).into_query());
        }
        for texts in pieces(texts, TEXTS_AT_ONCE) {
            tail.insert(sms::Entity::insert_many(texts).into_query());
        }
        if notes.events.len() <= FEW {
            notes.events.into_iter().for_each(|event| tail.put(event));
        } else {
            for events in pieces(notes.events, AT_ONCE) {
                tail.insert(event::Entity::insert_many(events).into_query());
            }
        }
        for jobs in pieces(jobs, AT_ONCE) {
            // A job whose unique key is already waiting is the same job.
            let keep = OnConflict::new().do_nothing().to_owned();
            tail.insert(job::Entity::insert_many(jobs).on_conflict(keep).into_query());
        }
        if notes.stamps.is_empty() {
            tail.run_and_commit(&self.0.open).await?;
        } else {
            tail.run(&self.0.open).await?;
            for name in &notes.stamps {
                crate::invalidate::stamp(self, &self.0.open, name).await?;
            }
            self.0.open.commit().await?;
        }
        for name in notes.stamps {
            ctx.kernel().stale(&ctx.tenant().code, name);
        }
        if work {
            ctx.kernel().wake.notify(&ctx.tenant().code);
        }
        Ok(())
    }
}

/// Cuts rows into as many as one statement carries.
fn pieces<T>(rows: Vec<T>, most: usize) -> impl Iterator<Item = Vec<T>> {
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let piece: Vec<T> = rows.by_ref().take(most).collect();
        (!piece.is_empty()).then_some(piece)
    })
}

fn entry(ctx: &Ctx, action: &Action, result: &str, Noted { subject, detail, .. }: Noted) -> audit_entry::ActiveModel {
    let (kind, id, label) = match ctx.actor() {
        Actor::Anonymous => ("ANONYMOUS", None, None),
        Actor::Account(a) => ("ACCOUNT", Some(a.id), Some(a.username.clone())),
        Actor::Citizen(c) => ("CITIZEN", Some(c.id), None),
        Actor::System(name) => ("SYSTEM", None, Some((*name).to_owned())),
    };
    // Of one moment: entries of a time are found by their ids.
    let now = ctx.now();
    audit_entry::ActiveModel {
        id: Set(new_id(now)),
        at: Set(now),
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
