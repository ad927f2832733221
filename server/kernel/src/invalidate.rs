//! Invalidation across processes (缓存失效): a version in the store, a hint to everybody who caches.
//!
//! In one process a broadcast; between processes PostgreSQL's NOTIFY, one listening connection per process.

use entities::stamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{DbBackend, EntityTrait as _, ExprTrait as _, Set};
use tokio::sync::broadcast;

use crate::fault::Fault;
use crate::store::OpenTx;
use crate::transact::Tx;

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

/// The channel of PostgreSQL on which processes tell each other.
pub const CHANNEL: &str = "yizhan";

/// What became stale (失效通知).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// In which tenant.
    pub tenant: String,
    /// What.
    pub name: String,
}

/// The in-process side.
#[derive(Debug)]
pub struct Invalidation(broadcast::Sender<Stale>);

impl Default for Invalidation {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Invalidation {
    /// Tells everybody in this process.
    pub fn publish(&self, tenant: &str, name: &str) {
        // Nobody listening is no fault.
        let _receivers = self.0.send(Stale { tenant: tenant.to_owned(), name: name.to_owned() });
    }

    /// Hears what becomes stale.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Stale> {
        self.0.subscribe()
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
        open.kernel_statement(&format!("NOTIFY {CHANNEL}, '{code}:{name}'")).await?;
    }
    Ok(())
}
