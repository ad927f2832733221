//! The store (存储): one database per city, two back ends, no way to reach one without a handle that knows its tenant.
//!
//! `Scope` reads and `Tx` writes; both are made from a [`crate::Ctx`] only, and neither runs a raw statement.

#![expect(clippy::disallowed_types, reason = "this module is the home of connections")]

mod cap;
mod cause;
mod cells;
mod connection;
mod custody;
mod fit;
mod fixed;
mod handle;
mod hold;
mod homes;
mod load;
mod migrate;
mod pool;
mod postgres;
mod snapshot;
mod sqlite;
mod still;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use migrations::{Backend, MigrationSet};
use parking_lot::Mutex;
use tokio::sync::OnceCell;

use crate::fault::Fault;
use crate::keys::RootKey;

use cap::Cap;
use fit::Fit;
use homes::Homes;
use pool::Pool;

pub use cause::Cause;
pub use fit::Misfit;
pub use fixed::{Fixed, FixedFor, Kept, KeptFor, Shape};
pub(crate) use fixed::{Group, Marks};
pub use handle::{Counters, Scope};
pub(crate) use handle::{OpenTx, ReadGate, is_over_time, is_refused};
pub use hold::Held;
pub(crate) use load::Load;
pub use migrate::{Applied, Ledger};
pub use postgres::PostgresSettings;
pub(crate) use snapshot::Snapshot;
pub(crate) use sqlite::changed;
pub use still::ReadSnapshot;

/// The code of the platform's own store.
pub const PLATFORM: &str = "platform";

/// Where the data is (存储位置).
#[derive(Clone, Debug)]
pub enum StoreSettings {
    /// `platform.sqlite` and one file per tenant under this directory.
    Sqlite {
        /// The directory.
        dir: PathBuf,
        /// No statement runs longer.
        statement_timeout: Duration,
    },
    /// A schema per tenant.
    Postgres(PostgresSettings),
}

/// One open database: a pool to read, one to write.
pub struct Db {
    /// Whose it is.
    pub code: String,
    /// Which back end.
    pub backend: Backend,
    read: Arc<Pool>,
    write: Arc<Pool>,
    fit: Fit,
}

impl Db {
    /// In what it differs from what this build needs, if it does.
    #[must_use]
    pub const fn misfit(&self) -> Option<&Misfit> {
        self.fit.misfit.as_ref()
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db").field("code", &self.code).field("backend", &self.backend).finish_non_exhaustive()
    }
}

/// The place of one database: opened once, by whoever comes first; who wants another one does not wait for it.
#[derive(Default)]
struct Slot {
    db: OnceCell<Arc<Db>>,
    last_used: AtomicU64,
}

/// All databases of this process, opened when first asked for and closed when long unused.
pub struct Store {
    settings: StoreSettings,
    root: Arc<RootKey>,
    sets: Vec<MigrationSet>,
    open: Mutex<HashMap<String, Arc<Slot>>>,
    keep_open: usize,
    cap: Arc<Cap>,
    homes: Homes,
    tick: AtomicU64,
    /// Whose misfit was told already.
    unfit: Mutex<HashSet<String>>,
}

impl Store {
    /// A store over `settings`; `sets` are the migrations of the core, the chapters and the plugins.
    #[must_use]
    pub fn new(settings: StoreSettings, root: Arc<RootKey>, sets: Vec<MigrationSet>, keep_open: usize) -> Self {
        let most = match &settings {
            StoreSettings::Sqlite { .. } => 0,
            StoreSettings::Postgres(settings) => settings.connections,
        };
        let (open, unfit, cap, tick) = (Mutex::default(), Mutex::default(), Cap::new(most), AtomicU64::new(0));
        Self { settings, root, sets, open, keep_open, cap, homes: Homes::default(), tick, unfit }
    }

    /// Which back end it is.
    #[must_use]
    pub const fn backend(&self) -> Backend {
        match self.settings {
            StoreSettings::Sqlite { .. } => Backend::Sqlite,
            StoreSettings::Postgres(_) => Backend::Postgres,
        }
    }

    /// The settings it was made with.
    #[must_use]
    pub const fn settings(&self) -> &StoreSettings {
        &self.settings
    }

    /// Takes the data directory for this process alone (SQLite); fails at once when another process has it.
    pub fn hold(&self) -> Result<Held, Fault> {
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => Held::take(dir),
            StoreSettings::Postgres(_) => Ok(Held::nothing()),
        }
    }

    /// The database of `code`, opened if need be.
    pub async fn db(&self, code: &str) -> Result<Arc<Db>, Fault> {
        let slot = self.slot(code);
        let opened = slot.db.get_or_try_init(|| self.open(code)).await.map(Arc::clone);
        let mut open = self.open.lock();
        if opened.is_err() && open.get(code).is_some_and(|kept| Arc::ptr_eq(kept, &slot)) {
            open.remove(code);
        }
        if open.len() > self.keep_open {
            close_oldest(&mut open, code);
        }
        opened
    }

    fn slot(&self, code: &str) -> Arc<Slot> {
        let tick = self.tick.fetch_add(1, Ordering::Relaxed);
        let mut open = self.open.lock();
        let slot = open.entry(code.to_owned()).or_default();
        if slot.db.get().is_some_and(|db| db.fit.is_doubtful()) {
            *slot = Arc::default();
        }
        slot.last_used.store(tick, Ordering::Relaxed);
        Arc::clone(slot)
    }

    async fn open(&self, code: &str) -> Result<Arc<Db>, Fault> {
        let (read, write) = match &self.settings {
            StoreSettings::Sqlite { dir, statement_timeout } => {
                sqlite::open(&sqlite::path(dir, code), *statement_timeout).await?
            }
            StoreSettings::Postgres(settings) => {
                postgres::open(&self.homes.of(settings, code), &self.root, code, &self.cap).await?
            }
        };
        let fit = Fit::of(&self.sets_of(code), &migrate::ledger_of(&read).await?);
        self.tell(code, fit.misfit.as_ref());
        Ok(Arc::new(Db { code: code.to_owned(), backend: self.backend(), read, write, fit }))
    }

    /// Names the schema by every statement that makes it: two builds with the same name make the same tables.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        migrate::fingerprint(&self.sets_of(PLATFORM))
    }

    /// How many databases are open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.open.lock().values().filter(|slot| slot.db.initialized()).count()
    }

    /// How many connections to PostgreSQL are open.
    #[must_use]
    pub fn connections(&self) -> u32 {
        self.cap.open()
    }

    /// Forgets the database of `code`: whoever asks next opens it anew, and its connections close when the last one who
    /// holds them is done.
    pub(crate) fn forget(&self, code: &str) {
        self.open.lock().remove(code);
    }

    /// Closes the database of `code`, so that its file may be replaced or its schema changed.
    pub async fn close(&self, code: &str) -> Result<(), Fault> {
        let slot = self.open.lock().remove(code);
        if let Some(db) = slot.as_ref().and_then(|slot| slot.db.get()) {
            db.read.close().await;
            db.write.close().await;
        }
        Ok(())
    }

    /// Does the database of `code` exist?
    pub async fn exists(&self, code: &str) -> Result<bool, Fault> {
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => {
                tokio::fs::try_exists(sqlite::path(dir, code)).await.map_err(Fault::of("look for a tenant's file"))
            }
            StoreSettings::Postgres(settings) => {
                postgres::exists(&self.homes.of(settings, code), &self.root, code).await
            }
        }
    }

    /// Makes the database of `code` and brings it up to date.
    ///
    /// On SQLite a migrated template is copied, so that a fleet of new cities costs one migration. On PostgreSQL the
    /// schema and its two roles are made with `admin_url`, which only the command line knows.
    pub async fn create(&self, code: &str, admin_url: Option<&str>) -> Result<(), Fault> {
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => sqlite::create(dir, code, &self.sets_of(code)).await,
            StoreSettings::Postgres(settings) => {
                let admin = admin_url.ok_or(Fault::internal("make a schema without an administrator's URL"))?;
                postgres::provision(settings, &self.root, code, admin).await?;
                self.migrate(code).await.map(|_| ())
            }
        }
    }

    /// Removes the database of `code` for good.
    pub async fn remove(&self, code: &str, admin_url: Option<&str>) -> Result<(), Fault> {
        self.close(code).await?;
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => sqlite::remove(dir, code).await,
            StoreSettings::Postgres(settings) => {
                let admin = admin_url.ok_or(Fault::internal("drop a schema without an administrator's URL"))?;
                postgres::drop(settings, code, admin).await
            }
        }
    }

    /// Applies what the database of `code` lacks, each migration in a transaction, under a lock.
    pub async fn migrate(&self, code: &str) -> Result<Vec<Applied>, Fault> {
        let sets = self.sets_of(code);
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => {
                let path = sqlite::path(dir, code);
                let _lock = sqlite::lock(&path)?;
                let connection = sqlite::connect_for_migration(&path).await?;
                let applied = migrate::apply(&connection, Backend::Sqlite, &sets, &migrate::all).await;
                connection.close().await?;
                if applied.as_ref().is_ok_and(|a| !a.is_empty()) {
                    self.forget(code);
                }
                applied
            }
            StoreSettings::Postgres(settings) => {
                let home = self.homes.of(settings, code);
                let connection = postgres::connect_for_migration(&home, &self.root, code).await?;
                postgres::lock(&connection).await?;
                let applied = migrate::apply(&connection, Backend::Postgres, &sets, &migrate::all).await;
                if applied.is_ok() {
                    postgres::restrict(settings, code, &connection).await?;
                }
                connection.close().await?;
                if applied.as_ref().is_ok_and(|a| !a.is_empty()) {
                    // Prepared statements of the old shape would fail.
                    self.close(code).await?;
                }
                applied
            }
        }
    }

    /// A connection to the server of `code` that hears what other processes say on `channel` (PostgreSQL only).
    pub(crate) async fn listener(&self, code: &str, channel: &str) -> Result<sqlx::postgres::PgListener, Fault> {
        match &self.settings {
            StoreSettings::Sqlite { .. } => Err(Fault::internal("listen to other processes: SQLite has none")),
            StoreSettings::Postgres(settings) => {
                postgres::listener(&self.homes.of(settings, code), &self.root, code, channel).await
            }
        }
    }

    /// Says `words` to other processes, on the server of `code` (PostgreSQL only).
    pub(crate) async fn notify(&self, code: &str, channel: &str, words: Vec<String>) -> Result<(), Fault> {
        match &self.settings {
            StoreSettings::Sqlite { .. } => Ok(()),
            StoreSettings::Postgres(_) => postgres::notify(&self.db(code).await?.write, channel, words).await,
        }
    }

    /// The tenant `code` as it is at this moment.
    pub(crate) async fn snapshot(&self, code: &str) -> Result<Snapshot, Fault> {
        let connection = match &self.settings {
            StoreSettings::Sqlite { dir, .. } => sqlite::connect_to_read(&sqlite::path(dir, code)).await?,
            StoreSettings::Postgres(settings) => {
                postgres::connect_to_read(&self.homes.of(settings, code), &self.root, code).await?
            }
        };
        Snapshot::begin(connection, &self.sets_of(code)).await
    }

    /// An empty tenant with the tables of exactly these migrations (owner, name), to be filled. [`Store::migrate`]
    /// afterwards brings it up to date.
    pub(crate) async fn load(
        &self,
        code: &str,
        ledger: &[(String, String)],
        admin_url: Option<&str>,
    ) -> Result<Load, Fault> {
        let sets = self.sets_of(code);
        let known =
            |(o, n): &(String, String)| sets.iter().any(|s| s.owner == o && s.migrations.iter().any(|m| m.name == n));
        if !ledger.iter().all(known) {
            return Err(Fault::internal("restore a backup: it has migrations that this build does not know"));
        }
        self.close(code).await?;
        let only = |owner: &str, name: &str| ledger.iter().any(|(o, n)| o == owner && n == name);
        let connection = match &self.settings {
            StoreSettings::Sqlite { dir, .. } => {
                let path = sqlite::path(dir, code);
                let _lock = sqlite::lock(&path)?;
                let connection = sqlite::connect_to_fill(&path).await?;
                migrate::apply(&connection, Backend::Sqlite, &sets, &only).await?;
                connection
            }
            StoreSettings::Postgres(settings) => {
                if !self.exists(code).await? {
                    let admin = admin_url.ok_or(Fault::internal("make a schema without an administrator's URL"))?;
                    postgres::provision(settings, &self.root, code, admin).await?;
                }
                let home = self.homes.of(settings, code);
                let connection = postgres::connect_for_migration(&home, &self.root, code).await?;
                postgres::lock(&connection).await?;
                migrate::apply(&connection, Backend::Postgres, &sets, &only).await?;
                connection
            }
        };
        Load::begin(connection, snapshot::tables(&sets, ledger)).await
    }

    /// The ledger of `code`: what was applied, and when.
    pub async fn ledger(&self, code: &str) -> Result<Vec<Ledger>, Fault> {
        let db = self.db(code).await?;
        migrate::ledger_of(&db.read).await
    }

    fn sets_of(&self, code: &str) -> Vec<&MigrationSet> {
        self.sets.iter().filter(|s| code == PLATFORM || !s.owner.starts_with(migrations::PLATFORM.owner)).collect()
    }

    /// The path of a tenant's file (SQLite only).
    #[must_use]
    pub fn file(&self, code: &str) -> Option<PathBuf> {
        match &self.settings {
            StoreSettings::Sqlite { dir, .. } => Some(sqlite::path(dir, code)),
            StoreSettings::Postgres(_) => None,
        }
    }
}

/// Forgets the least recently used database that nobody holds; its pools close as they are dropped.
fn close_oldest(open: &mut HashMap<String, Arc<Slot>>, except: &str) {
    let unused = |slot: &Slot| slot.db.get().is_some_and(|db| Arc::strong_count(db) == 1);
    let oldest = open
        .iter()
        .filter(|(code, slot)| *code != except && *code != PLATFORM && unused(slot))
        .min_by_key(|(_, slot)| slot.last_used.load(Ordering::Relaxed))
        .map(|(code, _)| code.clone());
    if let Some(code) = oldest {
        open.remove(&code);
    }
}
