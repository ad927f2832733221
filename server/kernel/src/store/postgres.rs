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
const APPEND_ONLY: [&str; 5] = ["audit_entry", "audit_seal", "audit_checkpoint", "audit_key", "audit_horizon"];

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

/// How to log in: by the password that follows from the root key or, while that is being replaced, from the next.
async fn login(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    login: Login,
) -> Result<PgConnectOptions, Fault> {
    if let Some(next) = root.next() {
        let options = options(settings, next, code, login)?;
        if opens(&options).await? {
            return Ok(options);
        }
    }
    options(settings, root, code, login)
}

pub(super) async fn open(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    cap: &Arc<Cap>,
) -> Result<(Arc<Pool>, Arc<Pool>), Fault> {
    let app = login(settings, root, code, Login::App).await?;
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
        .connect_with(login(settings, root, code, Login::App).await?)
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
    let app = login(settings, root, code, Login::App).await?;
    let app = app.options([("default_transaction_read_only", "on"), ("TimeZone", "UTC")]);
    let pool = PgPoolOptions::new().max_connections(1).connect_with(app).await;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool.map_err(Fault::of("open a schema to read it"))?))
}

pub(super) async fn connect_for_migration(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
) -> Result<DatabaseConnection, Fault> {
    let ddl = login(settings, root, code, Login::Ddl).await?.options([("TimeZone", "UTC")]);
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
    opens(&login(settings, root, code, Login::App).await?).await
}

/// Does the server let this role in?
async fn opens(options: &PgConnectOptions) -> Result<bool, Fault> {
    match PgConnection::connect_with(options).await {
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
    let mut connection = administrator(admin_url).await?;
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(&mut connection)
        .await
        .map_err(Fault::of("make a tenant's schema and roles"))?;
    connection.close().await.map_err(Fault::of("close a connection"))
}

/// Who else of this installation is connected: role and address of each.
pub(super) async fn others(settings: &PostgresSettings, admin_url: &str) -> Result<Vec<String>, Fault> {
    let mut connection = administrator(admin_url).await?;
    let sql = "SELECT usename || ' from ' || COALESCE(host(client_addr), 'this machine') FROM pg_stat_activity \
               WHERE starts_with(usename, $1) ORDER BY 1";
    let found = sqlx::query_scalar::<_, String>(sql).bind(schema(settings, "")).fetch_all(&mut connection).await;
    connection.close().await.map_err(Fault::of("close a connection"))?;
    found.map_err(Fault::of("ask PostgreSQL who is connected"))
}

/// Gives both roles of a tenant the passwords that follow from `root`, at once.
pub(super) async fn change_passwords(
    settings: &PostgresSettings,
    root: &RootKey,
    code: &str,
    admin_url: &str,
) -> Result<(), Fault> {
    let statements = [Login::Ddl, Login::App].map(|login| {
        let role = role(settings, code, login);
        let password = root.derive_text(&format!("postgres:{role}:1"));
        format!("ALTER ROLE {role} PASSWORD '{password}';")
    });
    let mut connection = administrator(admin_url).await?;
    sqlx::raw_sql(AssertSqlSafe(statements.concat()))
        .execute(&mut connection)
        .await
        .map_err(Fault::of("change the passwords of a tenant's roles"))?;
    connection.close().await.map_err(Fault::of("close a connection"))
}

async fn administrator(url: &str) -> Result<PgConnection, Fault> {
    PgConnection::connect(url).await.map_err(Fault::of("connect to PostgreSQL as administrator"))
}

/// Drops schema and roles.
pub(super) async fn drop(settings: &PostgresSettings, code: &str, admin_url: &str) -> Result<(), Fault> {
    let schema = schema(settings, code);
    let ddl = role(settings, code, Login::Ddl);
    let app = role(settings, code, Login::App);
    let mut connection = administrator(admin_url).await?;
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
