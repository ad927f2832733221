//! One open connection (连接) of either back end, and how a built statement runs on it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sea_orm::{ConnAcquireErr, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Postgres, Sqlite};

use super::sqlite;

/// Instructions of SQLite between two looks at the clock.
const LOOK_EVERY: i32 = 10_000;

/// So that the one writer of SQLite waits at the door and not in the middle.
pub(super) const BEGIN_IMMEDIATE: &str = "BEGIN IMMEDIATE";

/// How to connect.
#[derive(Debug)]
pub(super) enum Options {
    /// A file, and how long one statement may take in it.
    Sqlite(SqliteConnectOptions, Duration),
    /// A server, which holds the time of a statement itself.
    Postgres(PgConnectOptions),
}

impl Options {
    pub(super) const fn backend(&self) -> DbBackend {
        match self {
            Self::Sqlite(..) => DbBackend::Sqlite,
            Self::Postgres(_) => DbBackend::Postgres,
        }
    }
}

/// An open connection.
#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(Box<SqliteConnection>, StatementClock),
    Postgres(Box<PgConnection>),
}

/// Runs `$call` on the connection of either back end, each with its own kind of query.
macro_rules! run {
    ($connection:expr, $statement:expr, $call:ident, |$found:ident| $read:expr, $wrap:expr) => {{
        let Statement { sql, values, .. } = $statement;
        let values = SqlxValues(values.unwrap_or(Values(Vec::new())));
        match $connection {
            Self::Sqlite(connection, clock) => {
                let _running = clock.start();
                let query: Query<'_, Sqlite, _> = sqlx::query_with(AssertSqlSafe(sql), values);
                query.$call(&mut **connection).await.map(|$found| $read).map_err($wrap)
            }
            Self::Postgres(connection) => {
                let query: Query<'_, Postgres, _> = sqlx::query_with(AssertSqlSafe(sql), values);
                query.$call(&mut **connection).await.map(|$found| $read).map_err($wrap)
            }
        }
    }};
}

impl Connection {
    pub(super) async fn open(options: &Options) -> Result<Self, DbErr> {
        let failed = |e: sqlx::Error| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(e)));
        match options {
            Options::Sqlite(options, longest) => {
                let mut connection = SqliteConnection::connect_with(options).await.map_err(failed)?;
                sqlite::verify(&mut connection).await?;
                let clock = StatementClock::new(*longest);
                let watch = clock.clone();
                let mut handle = connection.lock_handle().await.map_err(failed)?;
                handle.set_progress_handler(LOOK_EVERY, move || !watch.is_over());
                drop(handle);
                Ok(Self::Sqlite(Box::new(connection), clock))
            }
            Options::Postgres(options) => {
                let connection = PgConnection::connect_with(options).await.map_err(failed)?;
                Ok(Self::Postgres(Box::new(connection)))
            }
        }
    }

    /// Asks whether the server is still there.
    pub(super) async fn is_there(&mut self) -> bool {
        match self {
            Self::Sqlite(..) => true,
            Self::Postgres(connection) => connection.ping().await.is_ok(),
        }
    }

    /// Closes it and says so to the server.
    pub(super) async fn close(self) {
        // What cannot be closed is gone.
        let _gone = match self {
            Self::Sqlite(connection, _) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        };
    }

    /// Begins.
    pub(super) async fn begin(&mut self) -> Result<(), DbErr> {
        let sql = match self {
            Self::Sqlite(..) => BEGIN_IMMEDIATE,
            Self::Postgres(_) => "BEGIN",
        };
        self.raw(sql).await
    }

    /// Begins a transaction that reads as of one moment: on SQLite that of its first statement, on a file in WAL mode.
    pub(super) async fn begin_to_read(&mut self) -> Result<(), DbErr> {
        let sql = match self {
            Self::Sqlite(..) => "BEGIN",
            Self::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        self.raw(sql).await
    }

    /// A statement that no builder can say, without values.
    pub(super) async fn raw(&mut self, sql: &str) -> Result<(), DbErr> {
        let sql = AssertSqlSafe(sql.to_owned());
        let done = match self {
            Self::Sqlite(connection, _) => sqlx::raw_sql(sql).execute(&mut **connection).await.map(|_| ()),
            Self::Postgres(connection) => sqlx::raw_sql(sql).execute(&mut **connection).await.map(|_| ()),
        };
        done.map_err(exec)
    }

    pub(super) async fn execute(&mut self, statement: Statement) -> Result<ExecResult, DbErr> {
        run!(self, statement, execute, |done| done.into(), exec)
    }

    pub(super) async fn query_one(&mut self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        run!(self, statement, fetch_optional, |row| row.map(QueryResult::from), query)
    }

    pub(super) async fn query_all(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        run!(self, statement, fetch_all, |rows| rows.into_iter().map(QueryResult::from).collect(), query)
    }
}

fn exec(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error)))
}

fn query(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Did the server itself refuse the statement? Then the connection is as good as before; otherwise nobody knows.
pub(super) fn is_refusal(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return false;
    };
    error.as_database_error().is_some_and(|answer| !answer.code().is_some_and(|code| ends_the_connection(&code)))
}

/// Does PostgreSQL say with this that it hangs up? 57P..: it is going down or was told to; 08...: the line is broken.
fn ends_the_connection(code: &str) -> bool {
    code.starts_with("57P") || (code.len() == 5 && code.starts_with("08"))
}

/// Others had all connections in use until nobody waits any longer: the request is over time.
pub(super) const fn none_free() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)
}

/// The database did not answer whoever wanted to connect.
pub(super) fn silent() -> DbErr {
    DbErr::Custom("the database did not answer in time".to_owned())
}

/// The database is being closed.
pub(super) const fn closed() -> DbErr {
    DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)
}

/// Until when the running statement of one connection may run (语句时限); SQLite looks at it itself.
#[derive(Clone, Debug)]
pub(super) struct StatementClock {
    begun: Instant,
    longest: Duration,
    /// Milliseconds after `begun`; 0 while nothing runs that has a limit.
    until: Arc<AtomicU64>,
}

impl StatementClock {
    fn new(longest: Duration) -> Self {
        Self { begun: Instant::now(), longest, until: Arc::default() }
    }

    /// Runs from here until what is returned is dropped.
    fn start(&self) -> impl Drop + use<> {
        let until = (self.begun.elapsed() + self.longest).as_millis();
        self.until.store(u64::try_from(until).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
        Running(Arc::clone(&self.until))
    }

    fn is_over(&self) -> bool {
        let until = self.until.load(Ordering::Relaxed);
        until != 0 && self.begun.elapsed() > Duration::from_millis(until)
    }
}

/// A statement that runs.
struct Running(Arc<AtomicU64>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_goes_down_ends_the_connection_and_a_refused_statement_does_not() {
        for (code, ends) in [("57P01", true), ("57P03", true), ("08006", true), ("57014", false), ("23505", false)] {
            assert_eq!(ends_the_connection(code), ends, "{code}");
        }
    }
}
