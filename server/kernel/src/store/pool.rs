//! The connections of one database for one use, to read or to write (连接组): opened when needed, at most so many, at
//! rest between two uses, closed when long unused.
//!
//! A pool of sqlx asks the server after every use whether the connection is still there and outside a transaction: two
//! conversations more for each statement, and a task. Here a connection rests only when its use ended as it should; one
//! that was dropped in the middle, or inside a transaction, or whose server did not answer, is closed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use sea_orm::{DbBackend, DbErr, ExecResult, QueryResult, Statement, Values};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::cap::{Cap, Slot};
use super::connection::{BEGIN_IMMEDIATE, Connection, Options, closed, is_refusal, none_free, silent};

/// Nobody waits longer for a connection.
pub(super) const ACQUIRE: Duration = Duration::from_secs(10);
/// Unused for so long, it is closed: of a dozen cities that all woke at once, each connection of SQLite holds a thread, its pages
/// and its statements, some two megabytes.
const IDLE: Duration = Duration::from_secs(20);
/// So often is looked for those.
const LOOK: Duration = Duration::from_secs(5);
/// Rested for so long, it is asked first whether the server is still there.
const ASK: Duration = Duration::from_secs(5);

/// Connections of one database.
#[derive(Debug)]
pub(crate) struct Pool {
    options: Options,
    size: u32,
    places: Arc<Semaphore>,
    resting: Mutex<Vec<(Open, Instant)>>,
    reaped: AtomicBool,
    cap: Option<Arc<Cap>>,
}

/// An open connection, and its slot among those of all databases.
#[derive(Debug)]
struct Open {
    connection: Connection,
    _slot: Option<Slot>,
}

impl Pool {
    pub(super) fn new(options: Options, size: u32, cap: Option<Arc<Cap>>) -> Arc<Self> {
        let (places, reaped) = (Arc::new(Semaphore::new(size as usize)), AtomicBool::new(false));
        let pool = Arc::new(Self { options, size, places, resting: Mutex::default(), reaped, cap });
        if let Some(cap) = &pool.cap {
            cap.watch(&pool);
        }
        pool
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.options.backend()
    }

    /// A connection for one use: the last one that came to rest, or a new one.
    pub(super) async fn lend(self: &Arc<Self>) -> Result<Lent, DbErr> {
        let place = Arc::clone(&self.places);
        let place = match Arc::clone(&place).try_acquire_owned() {
            Ok(place) => place,
            Err(_) => tokio::time::timeout(ACQUIRE, place.acquire_owned())
                .await
                .map_err(|_| none_free())?
                .map_err(|_| closed())?,
        };
        let open = match self.rested().await {
            Some(open) => open,
            None => self.open().await?,
        };
        Ok(Lent { open: Some(open), pool: Arc::clone(self), unsure: false, inside: false, _place: place })
    }

    async fn open(&self) -> Result<Open, DbErr> {
        let slot = match &self.cap {
            Some(cap) => Some(cap.take().await?),
            None => None,
        };
        let opened = tokio::time::timeout(ACQUIRE, Connection::open(&self.options)).await;
        Ok(Open { connection: opened.map_err(|_| silent())??, _slot: slot })
    }

    /// The last one that came to rest and is still there.
    async fn rested(&self) -> Option<Open> {
        loop {
            let (mut open, since) = self.resting.lock().pop()?;
            if since.elapsed() < ASK || open.connection.is_there().await {
                return Some(open);
            }
        }
    }

    /// Since when the one that has rested longest does so.
    pub(super) fn rests_since(&self) -> Option<Instant> {
        self.resting.lock().first().map(|(_, since)| *since)
    }

    /// Closes the one that has rested longest.
    pub(super) async fn give_up_one(&self) {
        let oldest = {
            let mut resting = self.resting.lock();
            (!resting.is_empty()).then(|| resting.remove(0))
        };
        if let Some((open, _)) = oldest {
            open.connection.close().await;
        }
    }

    fn rest(self: &Arc<Self>, open: Open) {
        self.resting.lock().push((open, Instant::now()));
        if !self.reaped.swap(true, Ordering::AcqRel) {
            tokio::spawn(reap(Arc::downgrade(self)));
        }
    }

    /// Waits until nobody uses it, and closes it for good.
    pub(super) async fn close(&self) {
        // Behind whoever waits already; who comes later learns that it is closed.
        let all = self.places.acquire_many(self.size).await;
        self.places.close();
        drop(all);
        let resting = std::mem::take(&mut *self.resting.lock());
        for (open, _) in resting {
            open.connection.close().await;
        }
    }

    /// Takes out those that have rested too long; whether others are left.
    fn outdated(&self) -> (Vec<Open>, bool) {
        let mut resting = self.resting.lock();
        let rested = resting.partition_point(|(_, since)| since.elapsed() >= IDLE);
        let old = resting.drain(..rested).map(|(open, _)| open).collect();
        let left = !resting.is_empty();
        if !left {
            self.reaped.store(false, Ordering::Release);
        }
        (old, left)
    }
}

/// Closes what has rested too long, until nothing rests; an idle database has no task.
async fn reap(pool: Weak<Pool>) {
    let mut tick = tokio::time::interval(LOOK);
    tick.tick().await;
    loop {
        tick.tick().await;
        let Some(pool) = pool.upgrade() else { return };
        let (old, left) = pool.outdated();
        for open in old {
            open.connection.close().await;
        }
        if !left {
            return;
        }
    }
}

/// A connection in use (借出的连接): it comes to rest when it is dropped, if its use ended as it should.
#[derive(Debug)]
pub(super) struct Lent {
    open: Option<Open>,
    pool: Arc<Pool>,
    /// A statement was begun and did not end, or the server did not answer it.
    unsure: bool,
    /// A transaction is open.
    inside: bool,
    _place: OwnedSemaphorePermit,
}

/// Runs `$call`, and is unsure of the connection unless the server answered.
macro_rules! answered {
    ($self:ident, |$connection:ident| $call:expr) => {{
        let $connection = &mut $self.open.as_mut().ok_or_else(closed)?.connection;
        $self.unsure = true;
        let done = $call.await;
        $self.unsure = done.as_ref().is_err_and(|error| !is_refusal(error));
        done
    }};
}

impl Lent {
    pub(super) async fn begin(&mut self) -> Result<(), DbErr> {
        self.inside = true;
        answered!(self, |connection| connection.begin())
    }

    /// Begins, and asks the first thing: in one journey on SQLite, where each is a way to the connection's thread and back. Not
    /// for what is counted in rows changed: of two statements SQLite adds up what the one before them changed.
    pub(super) async fn begin_and_query(&mut self, first: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if self.pool.backend() != DbBackend::Sqlite {
            self.begin().await?;
            return self.query_all(first).await;
        }
        self.inside = true;
        let first = Statement { sql: format!("{BEGIN_IMMEDIATE}; {}", first.sql), ..first };
        self.query_all(first).await
    }

    /// Begins to read as of one moment.
    pub(super) async fn begin_to_read(&mut self) -> Result<(), DbErr> {
        self.inside = true;
        answered!(self, |connection| connection.begin_to_read())
    }

    /// Ends the transaction by `COMMIT` or `ROLLBACK`.
    pub(super) async fn end(&mut self, how: &str) -> Result<(), DbErr> {
        let done = answered!(self, |connection| connection.raw(how));
        // A refused COMMIT leaves nobody knows what: such a connection is closed.
        self.inside = done.is_err();
        done
    }

    /// Is a transaction open?
    pub(super) const fn is_inside(&self) -> bool {
        self.inside
    }

    /// Runs these statements and commits, and begins before if that was not done yet: all in one go.
    pub(super) async fn commit_with(&mut self, last: Vec<Statement>) -> Result<(), DbErr> {
        let (mut sql, mut values) = (String::new(), Vec::new());
        if !self.inside {
            sql.push_str(BEGIN_IMMEDIATE);
            sql.push_str("; ");
        }
        for statement in last {
            sql.push_str(&statement.sql);
            sql.push_str("; ");
            values.extend(statement.values.into_iter().flat_map(|values| values.0));
        }
        sql.push_str("COMMIT");
        let whole = Statement { sql, values: Some(Values(values)), db_backend: self.pool.backend() };
        // Whether it ends as it should is known afterwards.
        self.inside = true;
        let done = answered!(self, |connection| connection.execute(whole));
        self.inside = done.is_err();
        done.map(|_| ())
    }

    pub(super) async fn raw(&mut self, sql: &str) -> Result<(), DbErr> {
        answered!(self, |connection| connection.raw(sql))
    }

    pub(super) async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        answered!(self, |connection| connection.execute(statement))
    }

    pub(super) async fn query_one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        answered!(self, |connection| connection.query_one(statement))
    }

    pub(super) async fn query_all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        answered!(self, |connection| connection.query_all(statement))
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let ended_well = !self.unsure && !self.inside && !self.pool.places.is_closed();
        let wanted = self.pool.cap.as_ref().is_some_and(|cap| cap.has_waiters());
        if let (Some(open), true, false) = (self.open.take(), ended_well, wanted) {
            self.pool.rest(open);
        }
    }
}
