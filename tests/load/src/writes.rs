//! A write (写入): one row with policy, audit entry, event and idempotency key, against the bare insert of the same row;
//! both in one transaction, synced to disk.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use kernel::ctx::{AccountActor, Via};
use kernel::policy::{Held, OperatorClass, Place as Where, ScopeKind};
use kernel::worker::Worker;
use kernel::{Actor, Fault, Kernel, Lang, Never, Once, Outcome, Stop};
use markets::rows::{market, market_event};
use markets::{MarketSuspended, policy};
use sea_orm::{EntityTrait as _, Set};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::client::Load;
use crate::place::{CITY, Place};
use crate::report::{Report, Target, median};
use crate::{Result, process};

const TIME: Duration = Duration::from_secs(1);
const RUNS: usize = 9;
/// No run writes more rows.
const MOST: u64 = 20_000;
const INSERT: &str =
    "INSERT INTO market_event (id, market_id, at, kind, reason, actor) VALUES ($1, $2, $3, $4, $5, $6)";

/// Something that can be done once and once again.
pub(crate) type Work = Arc<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>;

/// The row, the same on both back ends.
macro_rules! insert {
    ($tx:expr, $market:expr) => {{
        let now = kernel::clock::Clock::now(&kernel::clock::SystemClock);
        sqlx::query(INSERT)
            .bind(kernel::clock::new_id(now))
            .bind($market)
            .bind(now)
            .bind("suspended")
            .bind("采收季结束，暂停开放")
            .bind("bureau")
            .execute(&mut $tx)
            .await?;
    }};
}

/// Measures writes on a place of its own, made anew.
pub(crate) async fn measure(server: &Path, place: &Place, report: &mut Report) -> Result<()> {
    place.clear().await?;
    place.seed(server, 1, 10)?;
    let sqlite = place.url.is_none();
    for (clients, least) in if sqlite { vec![(1, 0.6)] } else { vec![(1, 0.8), (16, 0.5)] } {
        let connections = if sqlite { 1 } else { u32::try_from(clients)? };
        let kernel = place.kernel(connections.max(2))?;
        let market = some_market(&kernel).await?;
        let (ours, bare) = (ours(&kernel, market), bare(place, connections, market).await?);
        let what = format!("write with policy, audit, event, idempotency; {}: writes/s by hand", people(clients));
        compare(&what, place.back, (&ours, &bare, clients), Target::AtLeast(least), report).await?;
        if clients == 1 {
            let stop = CancellationToken::new();
            let worker = tokio::spawn(Worker::new(Arc::clone(&kernel), "bench".to_owned()).run(stop.clone()));
            let what = "the same with the worker sealing and dispatching beside it";
            compare(what, place.back, (&ours, &bare, clients), Target::None, report).await?;
            stop.cancel();
            worker.await?;
        }
    }
    Ok(())
}

pub(crate) fn people(clients: u64) -> String {
    if clients == 1 { "one client".to_owned() } else { format!("{clients} clients") }
}

/// Runs both in turn and adds a line.
pub(crate) async fn compare(
    what: &str,
    back: &'static str,
    (ours, bare, clients): (&Work, &Work, u64),
    target: Target,
    report: &mut Report,
) -> Result<()> {
    for work in [bare, ours] {
        run(work, clients, TIME / 4).await?;
    }
    let (mut ratios, mut rates, mut bares) = (Vec::new(), Vec::new(), Vec::new());
    let (mut cost, mut bare_cost) = (Vec::new(), Vec::new());
    for number in 0..RUNS {
        // Whoever goes second finds what the first left: each does so as often.
        let ours_first = number % 2 == 1;
        let first = if ours_first { Some(run(ours, clients, TIME).await?) } else { None };
        let (by_hand, by_hand_cpu) = run(bare, clients, TIME).await?;
        let (rate, cpu) = match first {
            Some(first) => first,
            None => run(ours, clients, TIME).await?,
        };
        ratios.push(rate / by_hand);
        rates.push(rate);
        bares.push(by_hand);
        cost.push(cpu);
        bare_cost.push(by_hand_cpu);
    }
    let detail = format!(
        "{:.0} against {:.0} writes/s; CPU of this process {:.0} against {:.0} µs",
        median(&mut rates),
        median(&mut bares),
        median(&mut cost),
        median(&mut bare_cost)
    );
    report.add(what, back, (median(&mut ratios), "×"), target, detail);
    Ok(())
}

/// Does `work` from so many clients for so long: times a second, and microseconds of CPU each.
async fn run(work: &Work, clients: u64, time: Duration) -> Result<(f64, f64)> {
    let (before, began) = (process::cpu_of("self")?, Instant::now());
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let work = Arc::clone(work);
        tasks.spawn(async move {
            let mut done = 0;
            while began.elapsed() < time && done < MOST / clients {
                work().await?;
                done += 1;
            }
            Ok::<u64, crate::Error>(done)
        });
    }
    let mut requests = 0;
    while let Some(done) = tasks.join_next().await {
        requests += done??;
    }
    let load = Load { requests, took: began.elapsed() };
    let cpu = process::cpu_of("self")? - before;
    Ok((load.rate(), cpu * 1e6 / (load.rate() * load.took.as_secs_f64())))
}

async fn some_market(kernel: &Arc<Kernel>) -> Result<Uuid> {
    let ctx = kernel.ctx(CITY, Actor::System("bench"), Lang::Zh).await?;
    Ok(market::Entity::find().one(&ctx.scope()).await?.ok_or("a city without markets")?.id)
}

pub(crate) fn work<F, Fut>(f: F) -> Work
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<()>> + Send + 'static,
{
    Arc::new(move || Box::pin(f()))
}

/// The write as an operation makes it: authorised, audited, announced, under an idempotency key.
fn ours(kernel: &Arc<Kernel>, market: Uuid) -> Work {
    let held = Held { role: "bureau_officer".to_owned(), kind: ScopeKind::City, key: String::new(), until: None };
    let actor = Actor::Account(AccountActor {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001),
        username: "bureau".to_owned(),
        held: Arc::new([held]),
        via: Via::Session(Uuid::nil()),
        restricted: false,
    });
    let kernel = Arc::clone(kernel);
    work(move || {
        let (kernel, actor) = (Arc::clone(&kernel), actor.clone());
        async move {
            let ctx = kernel.ctx(CITY, actor, Lang::Zh).await?;
            let once = Once::from(Some(ctx.new_id().to_string()), &market);
            let done: Result<Outcome, Stop<Never>> = ctx
                .transact_once(&policy::SUSPEND, once, |tx| async move {
                    let county = Some("140105".to_owned());
                    let class = OperatorClass::Public;
                    let place = Where { class, county, departments: true, market: Some(market), agency: None };
                    tx.about("Market", market);
                    tx.authorize(&policy::SUSPEND, &place).await?;
                    tx.put(entry(tx.ctx(), market));
                    tx.announce(&MarketSuspended { id: market })?;
                    Ok(Outcome::of("Market", market, 1))
                })
                .await;
            done.map_err(|stop| -> Fault { stop.into_fault() })?;
            Ok(())
        }
    })
}

fn entry(ctx: &kernel::Ctx, market: Uuid) -> market_event::ActiveModel {
    market_event::ActiveModel {
        id: Set(ctx.new_id()),
        market_id: Set(market),
        at: Set(ctx.now()),
        kind: Set("suspended".to_owned()),
        reason: Set(Some("采收季结束，暂停开放".to_owned())),
        actor: Set(Some("bureau".to_owned())),
        fields: Set(None),
    }
}

/// The bare insert of the same row, with so many connections.
async fn bare(place: &Place, connections: u32, market: Uuid) -> Result<Work> {
    match &place.url {
        None => {
            let pool = bare_file(place).await?;
            Ok(work(move || {
                let pool = pool.clone();
                async move {
                    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                    insert!(*tx, market);
                    Ok(tx.commit().await?)
                }
            }))
        }
        Some(url) => {
            let pool = bare_database(place, url, connections).await?;
            Ok(work(move || {
                let pool = pool.clone();
                async move {
                    let mut tx = pool.begin().await?;
                    insert!(*tx, market);
                    Ok(tx.commit().await?)
                }
            }))
        }
    }
}

/// The city's file as bare work opens it: synced as the server's.
pub(crate) async fn bare_file(place: &Place) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(place.file())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("secure_delete", "ON");
    Ok(SqlitePoolOptions::new().max_connections(1).test_before_acquire(false).connect_with(options).await?)
}

/// The city's schema as bare work opens it, with so many connections.
pub(crate) async fn bare_database(place: &Place, url: &str, connections: u32) -> Result<PgPool> {
    let options: PgConnectOptions = url.parse()?;
    let options = options.options([("search_path", place.schema().as_str())]);
    let pool = PgPoolOptions::new().max_connections(connections).test_before_acquire(false);
    Ok(pool.connect_with(options).await?)
}
