//! The context (上下文): tenant, actor, language, clock and authority travel together, first argument everywhere.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::clock;
use crate::fault::Fault;
use crate::kernel::{Kernel, TenantInfo};
use crate::policy::{Action, ClassedReach, Held, Place, Reach};
use crate::store::{Counters, Db, ReadGate, ReadSnapshot, Scope};
use crate::text::Lang;

/// Who acts (操作者).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in: the public.
    Anonymous,
    /// A signed-in account, or a front-end team's key of it.
    Account(AccountActor),
    /// Somebody from the city who proved a telephone number, in matters of its own.
    Citizen(CitizenActor),
    /// The house itself: a job, the command line, the demo; the name says which.
    System(&'static str),
}

/// A signed-in account (登录账号).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountActor {
    /// The account.
    pub id: Uuid,
    /// Its user name, for the audit.
    pub username: String,
    /// Its roles, each in a scope.
    pub held: Arc<[Held]>,
    /// Through what it came.
    pub via: Via,
    /// It must first change its password or enrol a second factor: until then it may do only that.
    pub restricted: bool,
}

/// Somebody from the city (个人用户): whoever works, or has others work. What such a person may do is what is its own; the
/// operation asks whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CitizenActor {
    /// The citizen.
    pub id: Uuid,
    /// The session it came through.
    pub session: Uuid,
}

/// Through what an account came (凭证).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// A session.
    Session(Uuid),
    /// An API key, which may do no more than its scopes name.
    ApiKey {
        /// The key.
        id: Uuid,
        /// Names of actions, or `object.*`.
        scopes: Arc<[String]>,
    },
}

impl Actor {
    /// The account's id, if it is one.
    #[must_use]
    pub const fn account_id(&self) -> Option<Uuid> {
        match self {
            Self::Account(account) => Some(account.id),
            _ => None,
        }
    }

    /// The citizen's id, if it is one.
    #[must_use]
    pub const fn citizen_id(&self) -> Option<Uuid> {
        match self {
            Self::Citizen(citizen) => Some(citizen.id),
            _ => None,
        }
    }

    /// The roles it holds.
    #[must_use]
    pub fn held(&self) -> &[Held] {
        match self {
            Self::Account(account) => &account.held,
            _ => &[],
        }
    }
}

/// The context of a request, a job, a command. Cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    kernel: Arc<Kernel>,
    tenant: Arc<TenantInfo>,
    db: Arc<Db>,
    actor: Actor,
    lang: Lang,
    request_id: Uuid,
    gate: ReadGate,
    page_rows: u64,
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ctx")
            .field("tenant", &self.0.tenant.code)
            .field("request_id", &self.0.request_id)
            .finish_non_exhaustive()
    }
}

impl Ctx {
    /// A context over an open database. Made by [`Kernel::ctx`].
    pub(crate) fn new(
        kernel: Arc<Kernel>,
        tenant: Arc<TenantInfo>,
        db: Arc<Db>,
        actor: Actor,
        lang: Lang,
        request_id: Uuid,
    ) -> Self {
        let (gate, page_rows) = (ReadGate::until(CancellationToken::new()), crate::gql::Paging::MOST);
        Self(Arc::new(Inner { kernel, tenant, db, actor, lang, request_id, gate, page_rows }))
    }

    /// The same request as another actor: sign-in becomes the account it signed in.
    #[must_use]
    pub fn as_actor(&self, actor: Actor) -> Self {
        Self(Arc::new(Inner { actor, ..Inner::clone(&self.0) }))
    }

    /// The same request as its door lets it in: its pages hold at most so many rows (每页行数上限), at least one and at most
    /// [`Paging::MOST`], and it is over when this flag is raised.
    ///
    /// [`Paging::MOST`]: crate::gql::Paging::MOST
    #[must_use]
    pub fn let_in(mut self, most_rows: u64, until: CancellationToken) -> Self {
        let inner = Arc::make_mut(&mut self.0);
        inner.page_rows = most_rows.clamp(1, crate::gql::Paging::MOST);
        inner.gate = ReadGate::until(until);
        self
    }

    /// How many rows a page holds at most.
    #[must_use]
    pub fn page_rows(&self) -> u64 {
        self.0.page_rows
    }

    /// What all requests share.
    #[must_use]
    pub fn kernel(&self) -> &Arc<Kernel> {
        &self.0.kernel
    }

    /// The tenant.
    #[must_use]
    pub fn tenant(&self) -> &TenantInfo {
        &self.0.tenant
    }

    /// The tenant, to keep.
    #[must_use]
    pub fn tenant_arc(&self) -> Arc<TenantInfo> {
        Arc::clone(&self.0.tenant)
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// The signed-in account, or [`Fault::Unauthenticated`].
    pub fn account(&self) -> Result<&AccountActor, Fault> {
        match &self.0.actor {
            Actor::Account(account) => Ok(account),
            _ => Err(Fault::Unauthenticated),
        }
    }

    /// The citizen who acts, or [`Fault::Unauthenticated`].
    pub fn citizen(&self) -> Result<CitizenActor, Fault> {
        match &self.0.actor {
            Actor::Citizen(citizen) => Ok(*citizen),
            _ => Err(Fault::Unauthenticated),
        }
    }

    /// The caller's language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The id under which logs and audit know this request.
    #[must_use]
    pub fn request_id(&self) -> Uuid {
        self.0.request_id
    }

    /// Now, UTC, microseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.kernel.clock.now()
    }

    /// Today in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        clock::day_of(self.now())
    }

    /// A new id, UUID version 7.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        clock::new_id(self.now())
    }

    /// Reads of this tenant.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::new(Arc::clone(&self.0.db), self.0.gate.clone())
    }

    /// Reads of this tenant as it stands now, however many statements they take.
    pub async fn snapshot(&self) -> Result<ReadSnapshot, Fault> {
        ReadSnapshot::begin(Arc::clone(&self.0.db), self.0.gate.clone()).await
    }

    /// Work counted so far.
    #[must_use]
    pub fn counters(&self) -> &Counters {
        self.0.gate.counters()
    }

    /// Ends the request between two steps: the next statement fails, nothing is dropped in the middle.
    pub fn expire(&self) {
        self.0.gate.expired().cancel();
    }

    /// Resolves when the request is over: a source of events ends then by itself, between two reads.
    pub fn expired(&self) -> impl Future<Output = ()> + Send + 'static {
        self.0.gate.expired().clone().cancelled_owned()
    }

    /// The same request with time of its own: to record that it ran out.
    pub(crate) fn unhurried(&self) -> Self {
        Self(Arc::new(Inner { gate: ReadGate::until(CancellationToken::new()), ..Inner::clone(&self.0) }))
    }

    pub(crate) fn gate(&self) -> ReadGate {
        self.0.gate.clone()
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    /// May the actor do `action` at `place`?
    pub async fn allows(&self, action: &Action, place: &Place) -> Result<bool, Fault> {
        let policy = self.0.kernel.policy.of(self).await?;
        Ok(policy.decide(self.actor(), action, place, self.today()).allowed)
    }

    /// Refuses with `UNAUTHENTICATED` or `FORBIDDEN` unless the actor may do `action` at `place`.
    pub async fn require(&self, action: &Action, place: &Place) -> Result<(), Fault> {
        if self.allows(action, place).await? {
            return Ok(());
        }
        Err(if matches!(self.actor(), Actor::Anonymous) { Fault::Unauthenticated } else { Fault::Forbidden })
    }

    /// Where the actor may do `action`: the start of every list's row scope. Refuses where that is nowhere.
    pub async fn reach(&self, action: &Action) -> Result<Reach, Fault> {
        let policy = self.0.kernel.policy.of(self).await?;
        let reach = policy.reach(self.actor(), action, self.today());
        if reach.is_nowhere() { Err(self.nowhere()) } else { Ok(reach) }
    }

    /// As [`Self::reach`], by the class of what it is done to.
    pub async fn reach_by_class(&self, action: &Action) -> Result<ClassedReach, Fault> {
        let policy = self.0.kernel.policy.of(self).await?;
        let reach = policy.reach_by_class(self.actor(), action, self.today());
        if reach.is_nowhere() { Err(self.nowhere()) } else { Ok(reach) }
    }

    fn nowhere(&self) -> Fault {
        if matches!(self.actor(), Actor::Anonymous) { Fault::Unauthenticated } else { Fault::Forbidden }
    }
}
