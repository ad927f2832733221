//! PostgreSQL: a schema per tenant, and two login roles that have no rights outside it.
//!
//! `…_ddl` owns the schema and migrates it; `…_app` reads and writes rows and only reads and adds to the audit. Their
//! passwords are derived from the root key and stored nowhere. Making roles is the command line's alone.

use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::ArrayType;
use sea_orm::{ConnectionTrait as _, DatabaseConnection, DbBackend, SqlxPostgresConnector, Statement, Value};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgListener, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection as _};

use super::cap::Cap;
use super::connection::Options;
use super::pool::{ACQUIRE, Pool};
use crate::fault::Fault;
use crate::keys::RootKey;

/// Tables the application may only read and add to.
const APPEND_ONLY: [&str; 3] = ["audit_entry", "audit_seal", "audit_checkpoint"];

/// Where PostgreSQL is (数据库连接设置).
#[derive(Clone, Debug)]
pub struct PostgresSettings {
    /// Server and database; user and password in it are ignored, those of the tenant's roles are derived.
    pub url: String,
    /// Begins the names of roles and schemas of this installation.
    pub prefix: String,
    /// Connections to write, per tenant.
    pub writers: u32,
    /// Connections to read, per tenant.
    pub readers: u32,
    /// Connections of this process in all.
    pub connections: u32,
    /// No statement runs longer.
    pub statement_timeout: Duration,
}

#[derive(Clone, Copy)]
enum Login {
    Ddl,
    App,
}

impl Login {
    const fn suffix(self) -> &'static str {
        match self {
            Self::Ddl => "ddl",
            Self::App => "app",
        }
    }
}

/// The schema of a tenant: `t_140100`. Codes are digits or `platform`, so the name needs no quoting.
fn schema(settings: &PostgresSettings, code: &str) -> String {
    format!("{}t_{code}", settings.prefix)
}

fn role(settings: &PostgresSettings, code: &str, login: Login) -> String {
    format!("{}t_{code}_{}", settings.prefix, login.suffix())
}

fn options(settings: &PostgresSettings, root: &RootKey, code: &str, login: Login) -> Result<PgConnectOptions, Fault> {
    let role = role(settings, code, login);
    let password = root.derive_text(&format!("postgres:{role}:1"));
    let base = PgConnectOptions::from_str(&settings.url).map_err(Fault::of("read the PostgreSQL URL"))?;
    Ok(base.username(&role).password(&password).application_name("yizhan").statement_cache_capacity(256))
}

pub(super) fn open(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    cap: &Arc<Cap>,
) -> Result<(Arc<Pool>, Arc<Pool>), Fault> {
    let app = options(settings, root, code, Login::App)?;
    let timeout = settings.statement_timeout.as_millis().to_string();
    let app = app.options([("statement_timeout", timeout.as_str()), ("TimeZone", "UTC")]);
    let pool = |options, size| Pool::new(Options::Postgres(options), size, Some(Arc::clone(cap)));
    let write = pool(app.clone(), settings.writers);
    Ok((pool(app.options([("default_transaction_read_only", "on")]), settings.readers), write))
}

/// A connection, as the application of `code`, that listens on `channel`.
pub(super) async fn listener(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    channel: &str,
) -> Result<PgListener, Fault> {
    // Not from a tenant's pool: it stays open for good.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(ACQUIRE)
        .connect_with(options(settings, root, code, Login::App)?)
        .await
        .map_err(Fault::of("connect to PostgreSQL to listen"))?;
    let mut listener = PgListener::connect_with(&pool).await.map_err(Fault::of("listen to PostgreSQL"))?;
    listener.ignore_pool_close_event(true);
    listener.eager_reconnect(false);
    listener.listen(channel).await.map_err(Fault::of("listen to PostgreSQL"))?;
    Ok(listener)
}

/// Says `words` on `channel`.
pub(super) async fn notify(pool: &Arc<Pool>, channel: &str, words: Vec<String>) -> Result<(), Fault> {
    let sql = "SELECT pg_notify($1, word) FROM unnest($2) AS word";
    let words = Value::Array(ArrayType::String, Some(Box::new(words.into_iter().map(Value::from).collect())));
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [channel.into(), words]);
    let said = async { pool.lend().await?.execute(statement).await };
    said.await.map(|_| ()).map_err(Fault::of("notify other processes"))
}

/// One connection that reads, for as long as it takes.
pub(super) async fn connect_to_read(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
) -> Result<DatabaseConnection, Fault> {
    let app = options(settings, root, code, Login::App)?;
    let app = app.options([("default_transaction_read_only", "on"), ("TimeZone", "UTC")]);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(app).await;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool.map_err(Fault::of("open a schema to read it"))?))
}

pub(super) async fn connect_for_migration(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
) -> Result<DatabaseConnection, Fault> {
    let ddl = options(settings, root, code, Login::Ddl)?.options([("TimeZone", "UTC")]);
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(ddl)
        .await
        .map_err(Fault::of("open a schema to migrate it"))?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

/// One process at a time migrates a schema; the lock ends with the connection.
pub(super) async fn lock(connection: &DatabaseConnection) -> Result<(), Fault> {
    connection.execute_unprepared("SELECT pg_advisory_lock(hashtext(current_schema()))").await?;
    Ok(())
}

pub(super) async fn exists(settings: &PostgresSettings, root: &RootKey, code: &str) -> Result<bool, Fault> {
    let connected = PgConnection::connect_with(&options(settings, root, code, Login::App)?).await;
    match connected {
        Ok(connection) => {
            connection.close().await.map_err(Fault::of("close a connection"))?;
            Ok(true)
        }
        // 28P01 invalid password, 28000 unknown role: this tenant was never provisioned here.
        Err(sqlx::Error::Database(e)) if matches!(e.code().as_deref(), Some("28P01" | "28000")) => Ok(false),
        Err(e) => Err(Fault::of("connect to PostgreSQL")(e)),
    }
}

/// Makes schema and roles.
pub(super) async fn provision(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    admin_url: &str,
) -> Result<(), Fault> {
    let schema = schema(settings, code);
    let ddl = role(settings, code, Login::Ddl);
    let app = role(settings, code, Login::App);
    let ddl_password = root.derive_text(&format!("postgres:{ddl}:1"));
    let app_password = root.derive_text(&format!("postgres:{app}:1"));
    let statements = format!(
        "CREATE ROLE {ddl} LOGIN PASSWORD '{ddl_password}' NOINHERIT;
         CREATE ROLE {app} LOGIN PASSWORD '{app_password}' NOINHERIT;
         CREATE SCHEMA {schema};
         GRANT ALL ON SCHEMA {schema} TO {ddl};
         GRANT USAGE ON SCHEMA {schema} TO {app};
         ALTER ROLE {ddl} SET search_path = {schema};
         ALTER ROLE {app} SET search_path = {schema};
         GRANT {ddl} TO CURRENT_USER;
         ALTER SCHEMA {schema} OWNER TO {ddl};
         SET ROLE {ddl};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
         RESET ROLE;"
    );
    let mut connection =
        PgConnection::connect(admin_url).await.map_err(Fault::of("connect to PostgreSQL as administrator"))?;
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&mut connection)
        .await
        .map_err(Fault::of("make a tenant's schema and roles"))?;
    connection.close().await.map_err(Fault::of("close a connection"))
}

/// Drops schema and roles.
pub(super) async fn drop(settings: &PostgresSettings, code: &str, admin_url: &str) -> Result<(), Fault> {
    let schema = schema(settings, code);
    let ddl = role(settings, code, Login::Ddl);
    let app = role(settings, code, Login::App);
    let mut connection =
        PgConnection::connect(admin_url).await.map_err(Fault::of("connect to PostgreSQL as administrator"))?;
    sqlx::raw_sql(AssertSqlSafe(format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE; DROP OWNED BY {ddl}, {app}; DROP ROLE {ddl}; DROP ROLE {app};"
    )))
    .execute(&mut connection)
    .await
    .map_err(Fault::of("drop a tenant's schema"))?;
    connection.close().await.map_err(Fault::of("close a connection"))
}

/// Takes back from the application what it may not do: change the audit, or say which migrations were applied. Run by
/// the owner after every migration.
pub(super) async fn restrict(
    settings: &PostgresSettings,
    code: &str,
    connection: &DatabaseConnection,
) -> Result<(), Fault> {
    let app = role(settings, code, Login::App);
    let tables = APPEND_ONLY.join(", ");
    connection
        .execute_unprepared(&format!(
            "REVOKE UPDATE, DELETE, TRUNCATE ON {tables} FROM {app}; \
             REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON migration_ledger FROM {app}"
        ))
        .await
        .map_err(Fault::of("restrict the application's role"))?;
    Ok(())
}
