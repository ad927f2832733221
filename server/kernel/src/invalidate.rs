//! Invalidation across processes (缓存失效): a version in the store, a hint to everybody who caches.
//!
//! In one process a broadcast; between processes PostgreSQL's NOTIFY, one listening connection per process.

mod listen;

use entities::stamp;
use parking_lot::RwLock;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{DbBackend, EntityTrait as _, ExprTrait as _, Set};
use tokio::sync::broadcast;

use crate::fault::Fault;
use crate::kernel::Kernel;
use crate::store::OpenTx;
use crate::transact::Tx;

pub use listen::run;

/// Policy lines or role assignments changed.
pub const POLICY: &str = "policy";
/// A session or API key was revoked, a role given or taken.
pub const SESSIONS: &str = "sessions";
/// A plugin was switched.
pub const PLUGINS: &str = "plugins";
/// A data key was added.
pub const KEYS: &str = "keys";
/// The list of tenants changed.
pub const TENANTS: &str = "tenants";

/// Everything may be stale: words of other processes may have been lost.
pub const ALL: &str = "*";

/// The channel of PostgreSQL on which the processes of this installation tell each other.
pub(crate) fn channel(kernel: &Kernel) -> String {
    format!("{}stale", kernel.config.database.prefix)
}

/// What became stale (失效通知).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// In which tenant; `*` for all.
    pub tenant: String,
    /// What; [`ALL`] for everything.
    pub name: String,
}

impl Stale {
    /// Is what is cached under `name` for `tenant` stale?
    #[must_use]
    pub fn concerns(&self, tenant: &str, name: &str) -> bool {
        (self.tenant == "*" || self.tenant == tenant) && (self.name == ALL || self.name == name)
    }
}

type Hook = Box<dyn Fn(&Stale) + Send + Sync>;

/// The in-process side: hooks for caches, which must be right at once, and a broadcast for those who may lag.
pub struct Invalidation {
    hooks: RwLock<Vec<Hook>>,
    sender: broadcast::Sender<Stale>,
}

impl std::fmt::Debug for Invalidation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invalidation").field("hooks", &self.hooks.read().len()).finish_non_exhaustive()
    }
}

impl Default for Invalidation {
    fn default() -> Self {
        Self { hooks: RwLock::default(), sender: broadcast::channel(1024).0 }
    }
}

impl Invalidation {
    /// Calls `hook` whenever something becomes stale, before the request that caused it has its answer. It must not
    /// block.
    pub fn hook(&self, hook: impl Fn(&Stale) + Send + Sync + 'static) {
        self.hooks.write().push(Box::new(hook));
    }

    /// Tells everybody in this process.
    pub(crate) fn publish(&self, tenant: &str, name: &str) {
        let stale = Stale { tenant: tenant.to_owned(), name: name.to_owned() };
        for hook in self.hooks.read().iter() {
            hook(&stale);
        }
        // Nobody listening is no fault.
        let _receivers = self.sender.send(stale);
    }

    /// Hears what becomes stale. Whoever lags must take everything for stale.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Stale> {
        self.sender.subscribe()
    }
}

/// Counts the stamp up and, on PostgreSQL, tells the other processes when the transaction commits.
pub(crate) async fn stamp(tx: &Tx, open: &OpenTx, name: &'static str) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let row = stamp::ActiveModel { name: Set(name.to_owned()), version: Set(1), changed_at: Set(now) };
    let count = OnConflict::column(stamp::Column::Name)
        .value(stamp::Column::Version, Expr::col((stamp::Entity, stamp::Column::Version)).add(1))
        .value(stamp::Column::ChangedAt, now)
        .to_owned();
    stamp::Entity::insert(row).on_conflict(count).exec_without_returning(tx).await?;
    if open.backend() == DbBackend::Postgres {
        // Tenant codes and names are ours: digits and lower-case letters.
        let code = &tx.ctx().tenant().code;
        let channel = channel(tx.ctx().kernel());
        open.kernel_statement(&format!("NOTIFY {channel}, '{code}:{name}'")).await?;
    }
    Ok(())
}
