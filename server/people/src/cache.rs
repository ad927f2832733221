//! Tokens this process has seen (身份缓存): for half a minute, and never past a change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Duration, Utc};
use kernel::invalidate::{POLICY, SESSIONS, Stale};
use kernel::{Actor, Kernel};
use parking_lot::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use uuid::Uuid;

/// What a process says that may have missed what others said.
const EVERYTHING: &str = "*";
/// Nothing is believed longer without looking again, in seconds.
const KEEP_SECONDS: i64 = 30;
/// Tokens kept at most.
const MOST: u64 = 50_000;

/// What a token is known by.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The tenant it was shown to.
    pub(crate) tenant: String,
    /// SHA-256 of the token.
    pub(crate) hash: [u8; 32],
}

/// What kind of token it is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// A session.
    Session(Uuid),
    /// A key, and the origins it may come from.
    ApiKey { id: Uuid, origins: Arc<[String]> },
    /// A session of a citizen.
    Citizen(Uuid),
}

/// A token that was looked up.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) actor: Actor,
    pub(crate) kind: Kind,
    pub(crate) ends: DateTime<Utc>,
    pub(crate) idle: Option<Duration>,
    last_used: AtomicI64,
    read_at: DateTime<Utc>,
    epoch: u64,
}

impl Known {
    pub(crate) fn new(
        actor: Actor,
        kind: Kind,
        ends: DateTime<Utc>,
        idle: Option<Duration>,
        last_used: DateTime<Utc>,
        read_at: DateTime<Utc>,
        epoch: u64,
    ) -> Self {
        Self { actor, kind, ends, idle, last_used: AtomicI64::new(last_used.timestamp_micros()), read_at, epoch }
    }

    pub(crate) fn last_used(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.last_used.load(Ordering::Relaxed)).unwrap_or(self.read_at)
    }

    pub(crate) fn set_last_used(&self, at: DateTime<Utc>) {
        self.last_used.store(at.timestamp_micros(), Ordering::Relaxed);
    }
}

/// The origins that the keys of a tenant name.
pub(crate) struct Origins {
    names: HashSet<String>,
    read_at: DateTime<Utc>,
    epoch: u64,
}

/// The tokens of this process.
pub(crate) struct Cache {
    known: moka::sync::Cache<Key, Arc<Known>>,
    origins: moka::sync::Cache<String, Arc<Origins>>,
    stale: Mutex<Epochs>,
}

/// How often each tenant's sessions or roles changed since this process began; what was read before the last change is
/// not believed.
struct Epochs {
    changes: Receiver<Stale>,
    all: u64,
    of: HashMap<String, u64>,
}

impl Cache {
    /// The cache of this process.
    pub(crate) fn of(kernel: &Kernel) -> Arc<Self> {
        kernel.part(|kernel| Self {
            known: moka::sync::Cache::new(MOST),
            origins: moka::sync::Cache::new(MOST),
            stale: Mutex::new(Epochs { changes: kernel.invalidation.subscribe(), all: 0, of: HashMap::new() }),
        })
    }

    /// The present epoch of a tenant: to be asked for before reading.
    pub(crate) fn epoch(&self, tenant: &str) -> u64 {
        let mut epochs = self.stale.lock();
        loop {
            match epochs.changes.try_recv() {
                Ok(stale) if stale.name == SESSIONS || stale.name == POLICY => {
                    *epochs.of.entry(stale.tenant).or_default() += 1;
                }
                Ok(stale) if stale.name == EVERYTHING => epochs.all += 1,
                Ok(_) => {}
                // Too many to tell: everything may have changed.
                Err(TryRecvError::Lagged(_)) => epochs.all += 1,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        epochs.all + epochs.of.get(tenant).copied().unwrap_or_default()
    }

    pub(crate) fn get(&self, key: &Key, now: DateTime<Utc>) -> Option<Arc<Known>> {
        let epoch = self.epoch(&key.tenant);
        self.known.get(key).filter(|k| k.epoch == epoch && k.read_at + Duration::seconds(KEEP_SECONDS) > now)
    }

    pub(crate) fn put(&self, key: Key, known: Known) -> Arc<Known> {
        let known = Arc::new(known);
        self.known.insert(key, Arc::clone(&known));
        known
    }

    /// Does a key of the tenant name this origin? `None` when that must be read anew.
    pub(crate) fn names_origin(&self, tenant: &str, origin: &str, now: DateTime<Utc>) -> Option<bool> {
        let epoch = self.epoch(tenant);
        let kept = self.origins.get(tenant)?;
        let fresh = kept.epoch == epoch && kept.read_at + Duration::seconds(KEEP_SECONDS) > now;
        fresh.then(|| kept.names.contains(origin))
    }

    pub(crate) fn put_origins(&self, tenant: &str, names: HashSet<String>, read_at: DateTime<Utc>, epoch: u64) {
        self.origins.insert(tenant.to_owned(), Arc::new(Origins { names, read_at, epoch }));
    }

    pub(crate) fn forget(&self, key: &Key) {
        self.known.invalidate(key);
    }
}
