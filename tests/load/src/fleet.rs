//! The fleet (租户群): making many cities, and what they cost while nobody asks anything.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::Kernel;
use kernel::kernel::NewTenant;
use migrations::Backend;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::place::Place;
use crate::report::{Report, Target};
use crate::{Result, client, process};

const MANY: u32 = 340;
const SOME: u32 = 34;
/// Cities take turns with what they repeat, so that any minute is like another: some of them are at work in it.
const IDLE: Duration = Duration::from_secs(65);

/// Measures both back ends.
pub(crate) async fn measure(server: &Path, dir: &Path, admin: Option<&str>, report: &mut Report) -> Result<()> {
    let files = Place::at(dir, "fleet");
    files.clear().await?;
    let began = Instant::now();
    files.seed(server, MANY, 0)?;
    let value = (began.elapsed().as_secs_f64(), "s");
    report.add(format!("{MANY} tenants made from the template"), files.back, value, Target::AtMost(60.0), "");
    idle(server, &files, MANY, report).await?;
    if let Some(admin) = admin {
        let place = Place::database(dir, admin, "bench_fleet").await?;
        place.clear().await?;
        made(&place, report).await?;
        idle(server, &place, MANY, report).await?;
    }
    Ok(())
}

/// Cities in PostgreSQL, each of the first beside the raw statements that make one.
async fn made(place: &Place, report: &mut Report) -> Result<()> {
    let kernel = place.kernel(2)?;
    let url = place.url.as_deref().ok_or("not PostgreSQL")?;
    kernel.ensure_platform(Some(url)).await?;
    let statements = statements(&kernel);
    let (mut ours, mut raw) = (Duration::ZERO, Duration::ZERO);
    for n in 0..SOME {
        let began = Instant::now();
        by_hand(url, n, &statements).await?;
        raw += began.elapsed();
        let began = Instant::now();
        kernel.create_tenant(city(n), Some(url)).await?;
        ours += began.elapsed();
    }
    for n in SOME..MANY {
        kernel.create_tenant(city(n), Some(url)).await?;
    }
    let detail = format!("{:.2} against {:.2} s", ours.as_secs_f64(), raw.as_secs_f64());
    let value = (ours.as_secs_f64() / raw.as_secs_f64(), "×");
    let what = format!("{SOME} tenants made: time by raw DDL");
    report.add(what, place.back, value, Target::AtMost(1.5), detail);
    Ok(())
}

fn city(n: u32) -> NewTenant {
    NewTenant {
        code: format!("9{n:05}"),
        slug: format!("city-{n:03}"),
        name_zh: format!("样本城市{n:03}"),
        name_en: format!("Sample city {n:03}"),
        hotline: None,
    }
}

/// The statements of each migration that a city has.
fn statements(kernel: &Kernel) -> Vec<String> {
    let sets = std::iter::once(&migrations::CORE).chain(kernel.manifests.iter().flat_map(|m| &m.migrations));
    sets.filter(|set| !set.owner.starts_with(migrations::PLATFORM.owner))
        .flat_map(|set| set.migrations)
        .map(|migration| migrations::up(&(migration.steps)(), Backend::Postgres).join(";\n"))
        .collect()
}

/// Two roles, a schema and its tables, as a script would make them: one connection, a transaction per migration.
async fn by_hand(url: &str, n: u32, statements: &[String]) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let (schema, ddl, app) = (format!("raw_t_{n}"), format!("raw_t_{n}_ddl"), format!("raw_t_{n}_app"));
    let head = format!(
        "CREATE ROLE {ddl} LOGIN PASSWORD '{ddl}' NOINHERIT; CREATE ROLE {app} LOGIN PASSWORD '{app}' NOINHERIT;
         CREATE SCHEMA {schema} AUTHORIZATION {ddl}; GRANT USAGE ON SCHEMA {schema} TO {app};
         ALTER ROLE {ddl} SET search_path = {schema}; ALTER ROLE {app} SET search_path = {schema};
         GRANT {ddl} TO CURRENT_USER; SET ROLE {ddl}; SET search_path = {schema};
         ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};"
    );
    for sql in std::iter::once(&head).chain(statements) {
        sqlx::raw_sql(AssertSqlSafe(sql.clone())).execute(&mut connection).await?;
    }
    Ok(connection.close().await?)
}

/// Asks every city one page, then nothing for a while.
async fn idle(server: &Path, place: &Place, tenants: u32, report: &mut Report) -> Result<()> {
    let running = place.serve(server).await?;
    let page = r#"{"query":"{ directory(first: 1) { edges { node { name } } } }"}"#;
    let slugs = slugs(place).await?;
    for slug in &slugs {
        let (status, _) = client::once(running.port, &client::post(&format!("/{slug}/graphql"), page)).await?;
        if status != 200 {
            return Err(format!("{slug}: status {status}").into());
        }
    }
    let (files, connections) = (running.files()?, connections(place).await?);
    let before = settled(&running).await?;
    let mut clock = tokio::time::interval(IDLE);
    clock.tick().await;
    clock.tick().await;
    let used = running.cpu()? - before;
    let share = 100.0 * used / IDLE.as_secs_f64();
    let detail = format!("{used:.2} s of CPU in {} s, the turns of that minute among them", IDLE.as_secs());
    report.add(format!("{tenants} idle tenants: a core's time"), place.back, (share, "%"), Target::AtMost(1.0), detail);
    let detail = format!("{} at rest; {:.0} MB resident", running.files()?, running.resident()?);
    let most = usize_to_f64(files);
    report.add(
        format!("{tenants} tenants, each asked once: open files"),
        place.back,
        (most, ""),
        Target::AtMost(1024.0),
        detail,
    );
    if place.url.is_some() {
        let value = (f64::from(connections), "");
        // Those of one process, and the one that listens.
        let most = place.kernel(2)?.config.database.connections + 1;
        report.add(
            format!("{tenants} tenants, each asked once: connections"),
            place.back,
            value,
            Target::AtMost(f64::from(most)),
            "`database.connections`, and one that listens",
        );
    }
    Ok(())
}

/// What it has used once the worker has looked at every city for the first time, which is work: three quiet seconds.
async fn settled(running: &process::Server) -> Result<f64> {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let (mut used, mut quiet) = (running.cpu()?, 0);
    while quiet < 3 {
        second.tick().await;
        let now = running.cpu()?;
        quiet = if now - used < 0.02 { quiet + 1 } else { 0 };
        used = now;
    }
    Ok(used)
}

fn usize_to_f64(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

async fn slugs(place: &Place) -> Result<Vec<String>> {
    let kernel: Arc<Kernel> = place.kernel(2)?;
    Ok(kernel.all_tenants().await?.into_iter().filter(|t| !t.is_platform()).map(|t| t.slug).collect())
}

/// Connections to the database of the place.
async fn connections(place: &Place) -> Result<i32> {
    let Some(url) = &place.url else { return Ok(0) };
    let mut connection = PgConnection::connect(url).await?;
    let sql =
        "SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let count = sqlx::query_scalar(sql).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(count)
}
