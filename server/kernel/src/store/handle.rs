//! The handles: [`Scope`] reads, [`OpenTx`] is what a `Tx` writes through. Typed builders pass, raw statements do not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use migrations::Backend;
use sea_orm::{ConnAcquireErr, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, StatementBuilder};
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use super::Db;
use super::connection::is_refusal;
use super::pool::Lent;
use crate::fault::Fault;

const EXPIRED: &str = "the request's time is over";

/// Did the database itself refuse a statement, so that nothing of it happened?
pub(crate) fn is_refused(fault: &Fault) -> bool {
    std::error::Error::source(fault).and_then(|source| source.downcast_ref::<DbErr>()).is_some_and(is_refusal)
}

/// Did the statement fail because the request, or the statement itself, ran out of time, or others had every connection?
pub(crate) fn is_over_time(error: &DbErr) -> bool {
    let cancelled = |e: &RuntimeErr| match e {
        // 57014: cancelled by PostgreSQL's statement_timeout; 9: interrupted by SQLite's own look at the clock.
        RuntimeErr::SqlxError(e) => {
            let code = e.as_database_error().and_then(sqlx::error::DatabaseError::code);
            matches!(code.as_deref(), Some("57014" | "9"))
        }
        RuntimeErr::Internal(_) => false,
    };
    match error {
        DbErr::Custom(text) => text == EXPIRED,
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => true,
        DbErr::Exec(e) | DbErr::Query(e) => cancelled(e),
        _ => false,
    }
}

/// Time that is over is told as such; whatever else is wrong, as what could not be done.
pub(super) fn could_not(action: &'static str) -> impl FnOnce(DbErr) -> Fault {
    move |error| if is_over_time(&error) { Fault::Deadline } else { Fault::of(action)(error) }
}

/// Work that a request did, counted for tests and metrics.
#[derive(Debug, Default)]
pub struct Counters {
    statements: AtomicU64,
}

impl Counters {
    /// Statements sent so far.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    fn count(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}

/// What all reads of one request share: at most two at a time, a count, and the flag that ends them.
#[derive(Clone, Debug)]
pub(crate) struct ReadGate(Arc<Gate>);

#[derive(Debug)]
struct Gate {
    permits: Semaphore,
    counters: Counters,
    expired: CancellationToken,
}

impl ReadGate {
    /// Until the flag is raised.
    pub(crate) fn until(expired: CancellationToken) -> Self {
        Self(Arc::new(Gate { permits: Semaphore::new(2), counters: Counters::default(), expired }))
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    pub(crate) fn expired(&self) -> &CancellationToken {
        &self.0.expired
    }

    pub(super) fn check(&self) -> Result<(), DbErr> {
        if self.0.expired.is_cancelled() {
            return Err(DbErr::Custom(EXPIRED.to_owned()));
        }
        Ok(())
    }

    /// Checks, and waits for its turn among the reads of the request, which counts as a statement.
    async fn permit(&self) -> Result<SemaphorePermit<'_>, DbErr> {
        self.check()?;
        let permit = self.0.permits.acquire().await.map_err(|e| DbErr::Custom(e.to_string()))?;
        self.0.counters.count();
        Ok(permit)
    }

    /// Checks, and counts a statement.
    pub(super) fn admit(&self) -> Result<(), DbErr> {
        self.check()?;
        self.0.counters.count();
        Ok(())
    }
}

/// Reads of one tenant (读取范围): the only way to run a query outside a transaction.
#[derive(Clone, Debug)]
pub struct Scope {
    db: Arc<Db>,
    gate: ReadGate,
}

impl Scope {
    pub(crate) const fn new(db: Arc<Db>, gate: ReadGate) -> Self {
        Self { db, gate }
    }

    /// Whose rows it reads.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.db.code
    }

    /// The back end, for the few queries that differ.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.db.backend
    }
}

pub(super) fn refuse_raw<T>() -> Result<T, DbErr> {
    Err(DbErr::Custom("raw statements are refused: use the typed builders".to_owned()))
}

/// What a handle that only reads is to sea-orm: built queries run as its `one` and `all` do, everything else is refused.
macro_rules! reads_only {
    ($handle:ident) => {
        #[async_trait::async_trait]
        impl ::sea_orm::ConnectionTrait for $handle {
            fn get_database_backend(&self) -> ::sea_orm::DbBackend {
                self.db.read.backend()
            }

            async fn execute_raw(&self, _: ::sea_orm::Statement) -> Result<::sea_orm::ExecResult, ::sea_orm::DbErr> {
                $crate::store::handle::refuse_raw()
            }

            async fn execute<S: ::sea_orm::StatementBuilder>(
                &self,
                _: &S,
            ) -> Result<::sea_orm::ExecResult, ::sea_orm::DbErr> {
                Err(::sea_orm::DbErr::Custom("a scope only reads: writes need a transaction".to_owned()))
            }

            async fn execute_unprepared(&self, _: &str) -> Result<::sea_orm::ExecResult, ::sea_orm::DbErr> {
                $crate::store::handle::refuse_raw()
            }

            async fn query_one_raw(
                &self,
                _: ::sea_orm::Statement,
            ) -> Result<Option<::sea_orm::QueryResult>, ::sea_orm::DbErr> {
                $crate::store::handle::refuse_raw()
            }

            async fn query_one<S: ::sea_orm::StatementBuilder>(
                &self,
                stmt: &S,
            ) -> Result<Option<::sea_orm::QueryResult>, ::sea_orm::DbErr> {
                self.one(stmt.build(&self.db.read.backend())).await
            }

            async fn query_all_raw(
                &self,
                _: ::sea_orm::Statement,
            ) -> Result<Vec<::sea_orm::QueryResult>, ::sea_orm::DbErr> {
                $crate::store::handle::refuse_raw()
            }

            async fn query_all<S: ::sea_orm::StatementBuilder>(
                &self,
                stmt: &S,
            ) -> Result<Vec<::sea_orm::QueryResult>, ::sea_orm::DbErr> {
                self.all(stmt.build(&self.db.read.backend())).await
            }
        }
    };
}
pub(super) use reads_only;

reads_only!(Scope);

impl Scope {
    async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let _permit = self.gate.permit().await?;
        self.db.read.lend().await?.query_one(statement).await
    }

    async fn all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let _permit = self.gate.permit().await?;
        self.db.read.lend().await?.query_all(statement).await
    }
}

/// A transaction that is open until it is committed or rolled back; afterwards every use of it fails.
///
/// It holds its connection from the first moment, and begins at the first statement; on PostgreSQL at the first that
/// writes or locks, for what is read before reads what is committed, as it would inside. One that only writes at its end
/// is one journey to the database.
#[derive(Debug)]
pub(crate) struct OpenTx {
    backend: DbBackend,
    inner: Mutex<Option<Lent>>,
    gate: ReadGate,
}

fn over() -> DbErr {
    DbErr::Custom("the transaction is over".to_owned())
}

/// Does it neither write nor lock? SQLite has no words that lock: there nothing is sure to.
fn only_reads(backend: DbBackend, sql: &str) -> bool {
    backend == DbBackend::Postgres && sql.starts_with("SELECT ") && !sql.contains(" FOR ")
}

impl OpenTx {
    /// Takes a connection to write.
    pub(crate) async fn begin(db: &Db, gate: ReadGate) -> Result<Self, Fault> {
        gate.check()?;
        let lent = db.write.lend().await.map_err(could_not("begin a transaction"))?;
        Ok(Self { backend: db.write.backend(), inner: Mutex::new(Some(lent)), gate })
    }

    pub(crate) async fn commit(&self) -> Result<(), Fault> {
        let mut lent = self.inner.lock().await.take().ok_or_else(over)?;
        if !lent.is_inside() {
            return Ok(());
        }
        lent.end("COMMIT").await.map_err(Fault::of("commit a transaction"))
    }

    /// Runs these statements and commits: in one go on SQLite, which takes several at once, and where one statement is
    /// all there is, a transaction by itself. When it fails the transaction is still to be rolled back.
    pub(crate) async fn commit_after(&self, last: Vec<Statement>) -> Result<(), DbErr> {
        for _ in &last {
            self.gate.admit()?;
        }
        let mut open = self.inner.lock().await;
        let lent = open.as_mut().ok_or_else(over)?;
        let alone = !lent.is_inside() && last.len() == 1;
        if !alone && self.backend == DbBackend::Sqlite {
            lent.commit_with(last).await?;
        } else {
            if !alone && !lent.is_inside() {
                lent.begin().await?;
            }
            for statement in last {
                lent.execute(statement).await?;
            }
            if lent.is_inside() {
                lent.end("COMMIT").await?;
            }
        }
        *open = None;
        Ok(())
    }

    pub(crate) async fn rollback(&self) -> Result<(), Fault> {
        let Some(mut lent) = self.inner.lock().await.take() else { return Ok(()) };
        if !lent.is_inside() {
            return Ok(());
        }
        lent.end("ROLLBACK").await.map_err(Fault::of("roll back a transaction"))
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.backend
    }

    pub(crate) async fn execute<S: StatementBuilder>(&self, stmt: &S) -> Result<ExecResult, DbErr> {
        self.run(stmt.build(&self.backend)).await
    }

    pub(crate) async fn run(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.gate.admit()?;
        let mut open = self.inner.lock().await;
        let lent = open.as_mut().ok_or_else(over)?;
        if !lent.is_inside() {
            lent.begin().await?;
        }
        lent.execute(statement).await
    }

    pub(crate) async fn query_one<S: StatementBuilder>(&self, stmt: &S) -> Result<Option<QueryResult>, DbErr> {
        // Builders that ask for one say LIMIT 1.
        Ok(self.query_all(stmt).await?.into_iter().next())
    }

    pub(crate) async fn query_all<S: StatementBuilder>(&self, stmt: &S) -> Result<Vec<QueryResult>, DbErr> {
        self.gate.admit()?;
        let statement = stmt.build(&self.backend);
        let mut open = self.inner.lock().await;
        let lent = open.as_mut().ok_or_else(over)?;
        if lent.is_inside() || only_reads(self.backend, &statement.sql) {
            return lent.query_all(statement).await;
        }
        lent.begin_and_query(statement).await
    }

    /// For the kernel alone: NOTIFY, which no builder can say.
    pub(crate) async fn kernel_statement(&self, sql: &str) -> Result<(), DbErr> {
        let mut open = self.inner.lock().await;
        let lent = open.as_mut().ok_or_else(over)?;
        if !lent.is_inside() {
            lent.begin().await?;
        }
        lent.raw(sql).await
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::DatabaseBackend::{Postgres, Sqlite};

    use super::only_reads;

    #[test]
    fn what_writes_or_locks_begins_the_transaction() {
        let read = "SELECT \"id\" FROM \"market\" WHERE \"id\" = $1";
        assert!(only_reads(Postgres, read));
        assert!(!only_reads(Sqlite, read), "it may have been asked to lock");
        for sql in [
            "SELECT \"id\" FROM \"job\" LIMIT 1 FOR UPDATE SKIP LOCKED",
            "INSERT INTO \"market\" (\"id\") VALUES ($1) RETURNING \"id\"",
            "UPDATE \"market\" SET \"version\" = 2",
            "DELETE FROM \"market\"",
            "WITH \"a\" AS (INSERT INTO \"b\" VALUES (1)) SELECT 1",
        ] {
            assert!(!only_reads(Postgres, sql), "{sql}");
        }
    }
}
