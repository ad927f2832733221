//! The race (抢单): many workers want the same ten places at one moment, over HTTP. Ten have one each time and everybody else is told
//! that it is full, whatever the back end, and with two server processes on one database.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ::hiring::engagements::testing::{self, CITY, NewPosting, NewWorker};
use ::hiring::kinds::{PayDay, WageUnit};
use ::hiring::rows::{engagement, shift};
use kernel::crypto::hash::{random_token, sha256};
use kernel::{Fault, Kernel, Tx};
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::server::{Caller, Place, Server};
use super::{report, times, town, within};
use crate::postgres::Fresh;

const PLACES: i32 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_ten_of_many_have_one_of_ten_places_on_sqlite() {
    let place = racing(town::on_sqlite().await);
    exactly_ten("SQLite", &[place]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_ten_of_many_have_one_of_ten_places_on_postgresql() {
    let place = racing(town::on_postgres().await);
    exactly_ten("PostgreSQL", &[place]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_ten_of_many_have_one_of_ten_places_with_two_servers_on_one_postgresql() {
    let place = racing(town::on_postgres().await);
    let Fresh { url, prefix } = place.database.as_ref().expect("a database");
    let other = racing(Place::new(Some(Fresh { url: url.clone(), prefix: prefix.clone() })));
    exactly_ten("PostgreSQL, two server processes", &[place, other]).await;
}

/// They come from one address at one moment, and this build is slow: nobody is sent away for either.
fn racing(mut place: Place) -> Place {
    for rate in ["ACCOUNT", "ADDRESS", "TENANT"] {
        place.set(&format!("YIZHAN_HTTP__LIMITS__{rate}_PER_SECOND"), "0");
    }
    place.set("YIZHAN_HTTP__LIMITS__QUEUE_MS", "60000");
    place
}

async fn exactly_ten(back_end: &str, places: &[Place]) {
    let (rounds, workers) = (times("YIZHAN_FAULT_RACES", 20), times("YIZHAN_FAULT_RACERS", 100));
    let kernel = town::kernel(&places[0]);
    let (tokens, shifts) = start(&kernel, rounds, workers).await;
    kernel.store.close(CITY).await.expect("the store closes");
    let mut servers = Vec::new();
    for place in places {
        servers.push(place.serve().await);
    }
    let callers: Vec<Caller> = servers.iter().map(|server| server.caller.clone()).collect();
    let mut slowest = Duration::ZERO;
    for (round, shift) in shifts.iter().enumerate() {
        let began = Instant::now();
        let ended = within(all_at_once(&callers, &tokens, shift)).await;
        slowest = slowest.max(began.elapsed());
        let wanted = [("CONFIRMED", 10), ("FULL", workers - 10)].map(|(how, count)| (how.to_owned(), count));
        assert_eq!(ended, BTreeMap::from(wanted), "round {round}, {back_end}");
    }
    for server in &mut servers {
        server.lives();
        nothing_of_locks(server);
        server.kill();
    }
    ten_rows_each(&kernel, rounds).await;
    report(&format!(
        "| {workers} workers for {PLACES} places at one moment, {back_end} | {rounds} rounds | {} applications, {} places given | \
         exactly {PLACES} each time, everybody else told that it is full; no 5xx, no error of a lock in a log; slowest round {:.2} s |",
        rounds * workers,
        rounds * 10,
        slowest.as_secs_f64(),
    ));
}

/// Everybody applies at one moment, spread over the servers: how often each end was met.
async fn all_at_once(callers: &[Caller], tokens: &[String], shift: &str) -> BTreeMap<String, usize> {
    let (gate, mut running) = (Arc::new(Barrier::new(tokens.len())), JoinSet::new());
    for (caller, token) in callers.iter().cycle().zip(tokens) {
        let (gate, caller, token, shift) = (Arc::clone(&gate), caller.clone(), token.clone(), shift.to_owned());
        running.spawn(async move {
            gate.wait().await;
            apply(&caller, &token, &shift).await
        });
    }
    let mut ended = BTreeMap::new();
    for end in running.join_all().await {
        *ended.entry(end).or_default() += 1;
    }
    ended
}

/// Applies for a place: the state of the engagement, or the code of the refusal; the whole answer if it is neither.
async fn apply(caller: &Caller, token: &str, shift: &str) -> String {
    let query =
        "mutation($s: ID!) { applyForShift(shiftId: $s) { ... on Engagement { status } ... on ApplyForShiftRefused {
        code } } }";
    let request = caller.client.post(format!("{}/taiyuan/graphql", caller.base)).bearer_auth(token);
    let answer = match request.json(&json!({"query": query, "variables": {"s": shift}})).send().await {
        Ok(answer) => answer,
        Err(silence) => return format!("{silence:?}"),
    };
    let status = answer.status();
    let said = answer.text().await.unwrap_or_default();
    let read: Value = serde_json::from_str(&said).unwrap_or_default();
    let end = &read["data"]["applyForShift"];
    let known = end["status"].as_str().or(end["code"].as_str()).filter(|_| status == 200);
    known.map_or_else(|| format!("{status}: {said}"), str::to_owned)
}

/// No statement waited for another in vain.
fn nothing_of_locks(server: &Server) {
    let log = server.log();
    for sign in
        ["database is locked", "deadlock", "could not serialize", "lock timeout", "lock_not_available", " ERROR "]
    {
        let line = log.lines().find(|line| line.contains(sign));
        assert_eq!(line, None, "the log knows nothing of it");
    }
}

/// Makes workers with sessions, and a posting for each round, each on a day of its own: their tokens, and the ids of the shifts.
async fn start(kernel: &Arc<Kernel>, rounds: usize, workers: usize) -> (Vec<String>, Vec<String>) {
    let made = testing::make(kernel, |tx| async move {
        let mut tokens = Vec::new();
        for n in 0..workers {
            let new = NewWorker::named("张三", u32::try_from(n).expect("a number of workers"));
            let worker = testing::new_worker(&tx, &new).await?;
            tokens.push(session(&tx, worker.citizen).await?);
        }
        let party = testing::new_party(&tx, "ENTERPRISE", "太原建工", 1).await?;
        let mut shifts = Vec::new();
        for round in 0..rounds {
            let days = chrono::Duration::days(2 + i64::try_from(round).expect("a number of days"));
            let new = NewPosting {
                party: party.id,
                market: None,
                trade: "6-29-01-01",
                instant: true,
                priority: false,
                headcount: PLACES,
                wage: (24_000, WageUnit::Day),
                pay_day: PayDay::OnCompletion,
                shifts: vec![(tx.ctx().now() + days, 9)],
            };
            let posted = testing::new_posting(&tx, &new).await?;
            shifts.extend(posted.shifts.iter().map(|id| tx.ctx().gid("Shift", *id).to_string()));
        }
        Ok((tokens, shifts))
    });
    made.await.expect("the race is prepared")
}

/// Opens a session of a citizen; its token.
async fn session(tx: &Tx, citizen: Uuid) -> Result<String, Fault> {
    let (ctx, now) = (tx.ctx(), tx.ctx().now());
    let random = random_token().map_err(Fault::of("make a token"))?;
    let token = format!("{}{CITY}_{random}", people::CITIZEN_PREFIX);
    let columns = ["id", "citizen_id", "token_hash", "created_at", "last_used_at", "expires_at"].map(Alias::new);
    let insert = Query::insert()
        .into_table(Alias::new("citizen_session"))
        .columns(columns)
        .values_panic([
            ctx.new_id().into(),
            citizen.into(),
            sha256(token.as_bytes()).to_vec().into(),
            now.into(),
            now.into(),
            (now + chrono::Duration::days(1)).into(),
        ])
        .to_owned();
    tx.execute(&insert).await?;
    Ok(token)
}

/// Each shift has ten engagements, and says so.
async fn ten_rows_each(kernel: &Arc<Kernel>, rounds: usize) {
    let ctx = testing::by(kernel, kernel::Actor::System("test")).await.expect("the house asks");
    let shifts = shift::Entity::find().all(&ctx.scope()).await.expect("shifts are read");
    assert_eq!(shifts.len(), rounds);
    for row in shifts {
        let of = engagement::Entity::find().filter(engagement::Column::ShiftId.eq(row.id));
        let rows = of.count(&ctx.scope()).await.expect("engagements are counted");
        assert_eq!((row.taken, rows), (PLACES, 10), "shift {}", row.id);
    }
}
