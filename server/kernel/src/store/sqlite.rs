//! SQLite: one file per tenant, one writer, up to four read-only readers, and settings that are read back.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use migrations::{Backend, MigrationSet};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, DbErr, RuntimeErr, SqlxSqliteConnector, Statement};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Row as _};

use super::connection::Options;
use super::migrate;
use super::pool::Pool;
use crate::fault::Fault;
use crate::folder;

const READERS: u32 = 4;
const BUSY: Duration = Duration::from_secs(10);

pub(super) fn path(dir: &Path, code: &str) -> PathBuf {
    if code == super::PLATFORM {
        dir.join("platform.sqlite")
    } else {
        dir.join("tenants").join(format!("{code}.sqlite"))
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("secure_delete", "ON")
        .statement_cache_capacity(256)
}

/// The writer looks back at many pages, and empties its log of them less often than SQLite would by itself (4 MiB): the pages that
/// every transaction ends on are then written to the file once for thousands of them. A log of 16 MiB is read in a moment.
fn to_write(path: &Path) -> SqliteConnectOptions {
    options(path).pragma("wal_autocheckpoint", "4000").pragma("cache_size", "-8192")
}

/// The pools of a tenant's file. Each connection reads its settings back as it opens.
pub(super) async fn open(path: &Path, longest: Duration) -> Result<(Arc<Pool>, Arc<Pool>), Fault> {
    if !tokio::fs::try_exists(path).await.map_err(Fault::of("look for a tenant's file"))? {
        return Err(Fault::internal("open a tenant's file: there is none"));
    }
    let read = Pool::new(Options::Sqlite(options(path).read_only(true), longest), READERS, None);
    Ok((read, Pool::new(Options::Sqlite(to_write(path), longest), 1, None)))
}

/// Fails unless the statement before it changed a row: what follows it in one go is not run then.
pub(crate) fn changed() -> Statement {
    const SQL: &str = "SELECT json(CASE changes() WHEN 0 THEN 'nothing was changed' ELSE '1' END)";
    Statement::from_string(DbBackend::Sqlite, SQL)
}

/// What durability and isolation rest on: name and value as SQLite reports it.
const SETTINGS: [(&str, &str); 4] =
    [("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"), ("secure_delete", "1")];

/// Reads the settings back: a connection with others than these is not used.
pub(super) async fn verify(connection: &mut SqliteConnection) -> Result<(), DbErr> {
    let columns: Vec<String> = SETTINGS.iter().map(|(name, _)| format!("CAST({name} AS TEXT)")).collect();
    let tables: Vec<String> = SETTINGS.iter().map(|(name, _)| format!("pragma_{name}")).collect();
    let sql = format!("SELECT {} FROM {}", columns.join(", "), tables.join(", "));
    let row = sqlx::query(AssertSqlSafe(sql)).fetch_one(connection).await;
    let row = row.map_err(|e| DbErr::Conn(RuntimeErr::SqlxError(Arc::new(e))))?;
    for (n, (name, expected)) in SETTINGS.iter().enumerate() {
        let actual = row.try_get::<String, _>(n).ok();
        if actual.as_deref() != Some(expected) {
            tracing::error!(setting = name, expected, ?actual, "SQLite does not hold a setting we rest on");
            return Err(DbErr::Custom(DIFFERS.to_owned()));
        }
    }
    Ok(())
}

const DIFFERS: &str = "one of SQLite's settings differs from what we rest on";

/// One connection that reads, for as long as it takes.
pub(super) async fn connect_to_read(path: &Path) -> Result<DatabaseConnection, Fault> {
    connect_once(options(path).read_only(true)).await
}

/// One connection that fills an empty file; foreign keys are checked at the end, for a row may point at a later one.
pub(super) async fn connect_to_fill(path: &Path) -> Result<DatabaseConnection, Fault> {
    connect_once(options(path).create_if_missing(true).foreign_keys(false)).await
}

async fn connect_once(options: SqliteConnectOptions) -> Result<DatabaseConnection, Fault> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(Fault::of("open a tenant's file"))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

pub(super) async fn connect_for_migration(path: &Path) -> Result<DatabaseConnection, Fault> {
    make_folder(path)?;
    connect_once(options(path).create_if_missing(true)).await
}

/// Makes a tenant's file from the template: a migrated, empty database, kept by the names of its migrations.
pub(super) async fn create(dir: &Path, code: &str, sets: &[&MigrationSet]) -> Result<(), Fault> {
    let target = path(dir, code);
    make_folder(&target)?;
    let template = dir.join(format!("template-{}.sqlite", migrate::fingerprint(sets)));
    let _lock = lock(&template)?;
    if !tokio::fs::try_exists(&template).await.unwrap_or(false) {
        let fresh = template.with_extension("fresh");
        let connection = connect_for_migration(&fresh).await?;
        migrate::apply(&connection, Backend::Sqlite, sets, &migrate::all).await?;
        // Everything into the one file, which is then copied.
        connection.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        connection.close().await?;
        tokio::fs::rename(&fresh, &template).await.map_err(Fault::of("keep the template"))?;
    }
    if tokio::fs::try_exists(&target).await.map_err(Fault::of("look for a tenant's file"))? {
        return Err(Fault::internal("make a tenant's file: there is one already"));
    }
    let partial = target.with_extension("partial");
    tokio::fs::copy(&template, &partial).await.map_err(Fault::of("copy the template"))?;
    File::open(&partial).and_then(|f| f.sync_all()).map_err(Fault::of("write a new tenant's file to disk"))?;
    tokio::fs::rename(&partial, &target).await.map_err(Fault::of("name a new tenant's file"))?;
    folder::keep_name(&target).map_err(Fault::of("name a new tenant's file"))
}

pub(super) async fn remove(dir: &Path, code: &str) -> Result<(), Fault> {
    let target = path(dir, code);
    for suffix in ["", "-wal", "-shm"] {
        let mut name = target.clone().into_os_string();
        name.push(suffix);
        match tokio::fs::remove_file(PathBuf::from(name)).await {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Fault::of("remove a tenant's file")(e)),
        }
    }
    Ok(())
}

fn make_folder(path: &Path) -> Result<(), Fault> {
    path.parent().map_or(Ok(()), folder::make).map_err(Fault::of("make the data directory"))
}

/// One process at a time migrates a file.
pub(super) fn lock(path: &Path) -> Result<File, Fault> {
    make_folder(path)?;
    let file = File::create(path.with_extension("lock")).map_err(Fault::of("open a lock file"))?;
    file.lock().map_err(Fault::of("lock a tenant's file"))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;

    use super::*;

    #[tokio::test]
    async fn a_connection_without_one_of_our_settings_is_refused() {
        let dir = tempfile::TempDir::new().unwrap();
        let file = dir.path().join("x.sqlite");
        let ours = || options(&file).create_if_missing(true);
        // Closed, not dropped: a dropped one ends on a thread of its own, and until then the next one
        // cannot change the journal of the file.
        let verified = async |options: SqliteConnectOptions| {
            let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
            let answer = verify(&mut connection).await;
            connection.close().await.unwrap();
            answer
        };
        assert!(verified(ours()).await.is_ok());
        for (setting, other) in [
            ("foreign keys", ours().foreign_keys(false)),
            ("synchronous", ours().synchronous(SqliteSynchronous::Normal)),
            ("secure delete", ours().pragma("secure_delete", "OFF")),
            ("journal", ours().journal_mode(SqliteJournalMode::Delete)),
        ] {
            let refused = verified(other).await.unwrap_err().to_string();
            assert!(refused.contains(DIFFERS), "{setting}: {refused}");
        }
    }
}
