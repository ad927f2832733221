//! The worker: events are heard, jobs are run once, by one worker at a time, and their ends are kept.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;

use chrono::{DateTime, Duration, Utc};
use entities::{event, idempotency, job, setting};
use kernel::clock::{Clock, ManualClock};
use kernel::worker::Worker;
use kernel::{Ctx, Never, Once, Outcome, Stop, Words};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::support::{AWAY, CITY, House, NoteWritten, WRITE, build_by, put, rows, value};
use crate::tasks::{Count, Wait};

on_both! {
    an_event_is_heard_once_by_its_listener,
    what_was_announced_arrives_once_however_long_its_receiver_was_away,
    a_job_runs_once_however_many_workers_there_are,
    a_job_that_faults_is_tried_again_later_and_given_up_in_the_end,
    a_job_that_panics_ends_itself_and_nothing_else,
    a_job_that_never_comes_back_is_broken_off_and_tried_again,
    a_job_whose_worker_died_is_taken_by_another_when_its_lease_ends,
    a_worker_that_lost_its_lease_does_not_write_the_end,
    repeated_jobs_exist_once_and_run_at_their_times,
    old_idempotency_keys_and_finished_jobs_are_thrown_away,
}

async fn enqueue(ctx: &Ctx, name: &str, how: &str) -> Uuid {
    let job = Count { name: name.to_owned(), how: how.to_owned() };
    let done: Result<Uuid, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(tx.enqueue(&job)?) }).await;
    done.unwrap()
}

async fn row(ctx: &Ctx, id: Uuid) -> job::Model {
    job::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap()
}

async fn an_event_is_heard_once_by_its_listener(house: House) {
    let ctx = house.ctx().await;
    let done: Result<Uuid, Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let id = tx.ctx().new_id();
            tx.announce(&NoteWritten { id })?;
            Ok(id)
        })
        .await;
    let id = done.unwrap();
    house.worker().drain(CITY).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(value(&ctx, &format!("heard:{id}")).await, Some(json!(1)));
    let event = event::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!(event.dispatched_at, Some(house.kernel.clock.now()));
    house.close().await;
}

async fn what_was_announced_arrives_once_however_long_its_receiver_was_away(house: House) {
    let ctx = house.ctx().await;
    let done: Result<Uuid, Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            let id = tx.ctx().new_id();
            put(&tx, AWAY, json!(true)).await?;
            tx.announce(&NoteWritten { id })?;
            Ok(id)
        })
        .await;
    let id = done.unwrap();
    // Two days, and a look every hour.
    for _ in 0..48 {
        house.worker().drain(CITY).await.unwrap();
        house.clock.advance(Duration::hours(1));
    }
    let delivery = async || {
        // The other delivery is that of a plugin that is off.
        let of = job::Entity::find().filter(job::Column::UniqueKey.starts_with("notes.heard:"));
        of.one(&ctx.scope()).await.unwrap().unwrap()
    };
    let waits = delivery().await;
    assert_eq!((waits.status.as_str(), waits.attempts), ("QUEUED", 10));
    assert_eq!(value(&ctx, &format!("heard:{id}")).await, None);
    let back: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            setting::Entity::delete_by_id(AWAY).exec(&tx).await?;
            Ok(())
        })
        .await;
    back.unwrap();
    for _ in 0..2 {
        house.clock.advance(Duration::hours(1));
        house.worker().drain(CITY).await.unwrap();
    }
    assert_eq!(
        (value(&ctx, &format!("heard:{id}")).await, delivery().await.status),
        (Some(json!(1)), "DONE".to_owned())
    );
    house.close().await;
}

async fn a_job_runs_once_however_many_workers_there_are(house: House) {
    let ctx = house.ctx().await;
    for n in 0..12 {
        enqueue(&ctx, &format!("j{n}"), "ok").await;
    }
    let mut tasks = Vec::new();
    for n in 0..3 {
        // Each a process of its own.
        let mut worker = Worker::new(house.neighbour(), format!("w{n}"));
        tasks.push(tokio::spawn(async move { worker.drain(CITY).await.unwrap() }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    house.worker().drain(CITY).await.unwrap();
    for n in 0..12 {
        assert_eq!(value(&ctx, &format!("j{n}")).await, Some(json!(1)), "j{n}");
    }
    house.close().await;
}

async fn a_job_that_faults_is_tried_again_later_and_given_up_in_the_end(house: House) {
    let ctx = house.ctx().await;
    let id = enqueue(&ctx, "tries", "fault").await;
    house.worker().drain(CITY).await.unwrap();
    let first = row(&ctx, id).await;
    assert_eq!((first.status.as_str(), first.attempts), ("QUEUED", 1));
    assert_eq!(first.run_at, house.kernel.clock.now() + Duration::seconds(10));
    let said = Words::read(first.message.as_deref().unwrap());
    assert_eq!(said.en, "Something failed (count); give the id of the job to the administrator.");
    assert!(said.zh.starts_with("系统出错"), "{said:?}");
    // Not before its time.
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&ctx, id).await.attempts, 1);
    for _ in 0..7 {
        house.clock.advance(Duration::hours(2));
        house.worker().drain(CITY).await.unwrap();
    }
    let last = row(&ctx, id).await;
    assert_eq!((last.status.as_str(), last.attempts), ("FAILED", 8));
    assert_eq!(value(&ctx, "tries").await, Some(json!(8)));
    house.close().await;
}

async fn a_job_that_panics_ends_itself_and_nothing_else(house: House) {
    let ctx = house.ctx().await;
    let bad = enqueue(&ctx, "bad", "panic").await;
    let good = enqueue(&ctx, "good", "ok").await;
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&ctx, bad).await.status, "QUEUED");
    assert_eq!(row(&ctx, good).await.status, "DONE");
    house.close().await;
}

/// As if `worker` had taken the job and died.
async fn a_job_that_never_comes_back_is_broken_off_and_tried_again(house: House) {
    let ctx = house.ctx().await;
    let done: Result<Uuid, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(tx.enqueue(&Wait)?) }).await;
    let (waits, good) = (done.unwrap(), enqueue(&ctx, "good", "ok").await);
    house.worker().drain(CITY).await.unwrap();
    let row = row(&ctx, waits).await;
    assert_eq!((row.status.as_str(), row.attempts), ("QUEUED", 1));
    assert!(row.run_at > house.kernel.clock.now(), "after a while");
    assert_eq!(value(&ctx, "good").await, Some(json!(1)), "{good} was not kept waiting");
    house.close().await;
}

async fn taken_by(house: &House, worker: &str) {
    let mut raw = house.raw(CITY).await;
    let until = house.kernel.clock.now() + Duration::minutes(5);
    // As both back ends write it.
    let until = until.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false);
    raw.run(&format!(
        "UPDATE job SET status = 'RUNNING', attempts = 1, leased_by = '{worker}', leased_until = '{until}' \
         WHERE kind = 'note.count'"
    ))
    .await
    .unwrap();
}

async fn a_job_whose_worker_died_is_taken_by_another_when_its_lease_ends(house: House) {
    let ctx = house.ctx().await;
    let id = enqueue(&ctx, "one", "ok").await;
    taken_by(&house, "dead").await;
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&ctx, id).await.leased_by.as_deref(), Some("dead"), "its lease runs");
    house.clock.advance(Duration::minutes(6));
    house.worker().drain(CITY).await.unwrap();
    let end = row(&ctx, id).await;
    assert_eq!((end.status.as_str(), end.attempts, end.leased_by), ("DONE", 2, None));
    assert_eq!(value(&ctx, "one").await, Some(json!(1)));
    house.close().await;
}

async fn a_worker_that_lost_its_lease_does_not_write_the_end(house: House) {
    let ctx = house.ctx().await;
    // One on each back end, and they may be at work at the same time.
    let name = ctx.new_id().to_string();
    let id = enqueue(&ctx, &name, "steal").await;
    // While the job runs another worker takes it over.
    let mut raw = house.raw(CITY).await;
    let (sender, receiver) = tokio::sync::oneshot::channel();
    crate::tasks::STEAL.lock().unwrap().insert(name, receiver);
    let stop = tokio_util::sync::CancellationToken::new();
    let worker = tokio::spawn(house.worker().run(stop.clone()));
    while row(&ctx, id).await.status != "RUNNING" {
        tokio::task::yield_now().await;
    }
    raw.run("UPDATE job SET leased_by = 'other' WHERE kind = 'note.count'").await.unwrap();
    sender.send(()).unwrap();
    stop.cancel();
    // It finishes what it has begun, and leaves.
    worker.await.unwrap();
    let left = row(&ctx, id).await;
    assert_eq!((left.status.as_str(), left.leased_by.as_deref()), ("RUNNING", Some("other")));
    house.close().await;
}

async fn repeated_jobs_exist_once_and_run_at_their_times(house: House) {
    let ctx = house.ctx().await;
    house.worker().drain(CITY).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    let cron =
        job::Entity::find().filter(job::Column::UniqueKey.eq("cron:audit.checkpoint")).all(&ctx.scope()).await.unwrap();
    let [first] = <[job::Model; 1]>::try_from(cron).unwrap();
    // 10:00 in Taiyuan; it runs within fifty minutes after seven minutes past, when the city has its turn.
    let first_time = first.run_at - house.kernel.clock.now();
    assert!(first_time > Duration::zero() && first_time <= Duration::hours(1), "{first_time}");
    house.clock.advance(first_time + Duration::seconds(1));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&ctx, first.id).await.status, "DONE");
    house.close().await;
}

async fn old_idempotency_keys_and_finished_jobs_are_thrown_away(house: House) {
    let ctx = house.ctx().await;
    let once = Once::from(Some("k".to_owned()), &1);
    let done: Result<Outcome, Stop<Never>> =
        ctx.transact_once(&WRITE, once, |tx| async move { Ok(Outcome::of("Note", tx.ctx().new_id(), 1)) }).await;
    done.unwrap();
    let id = enqueue(&ctx, "one", "ok").await;
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(rows::<idempotency::Entity>(&ctx).await, 1);
    house.clock.advance(Duration::hours(26));
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(rows::<idempotency::Entity>(&ctx).await, 0);
    assert_eq!(row(&ctx, id).await.status, "DONE");
    house.clock.advance(Duration::days(31));
    house.worker().drain(CITY).await.unwrap();
    assert!(job::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().is_none());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_cities_due_at_the_same_moment_are_both_looked_after() {
    let house = House::sqlite().await;
    house.city("140200", "datong").await;
    let stop = tokio_util::sync::CancellationToken::new();
    for code in [CITY, "140200"] {
        enqueue(&house.ctx_in(code).await, "one", "ok").await;
    }
    let running = tokio::spawn(Worker::new(Arc::clone(&house.kernel), "w".to_owned()).run(stop.clone()));
    for code in [CITY, "140200"] {
        let ctx = house.ctx_in(code).await;
        while value(&ctx, "one").await.is_none() {
            tokio::task::yield_now().await;
        }
    }
    stop.cancel();
    running.await.unwrap();
}

/// A clock that fails so many times.
struct Faulty {
    clock: ManualClock,
    failures: Arc<AtomicUsize>,
}

impl Clock for Faulty {
    fn now(&self) -> DateTime<Utc> {
        let fails = self.failures.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        assert!(!fails, "a bug of the house's own");
        self.clock.now()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_panic_of_the_houses_own_does_not_end_the_worker() {
    let house = House::sqlite().await;
    let failures = Arc::new(AtomicUsize::new(0));
    let kernel =
        build_by(&house.config, Arc::new(Faulty { clock: house.clock.clone(), failures: Arc::clone(&failures) }));
    let ctx = kernel.ctx(CITY, kernel::Actor::System("test"), kernel::Lang::Zh).await.unwrap();
    let stop = tokio_util::sync::CancellationToken::new();
    let running = tokio::spawn(Worker::new(Arc::clone(&kernel), "w".to_owned()).run(stop.clone()));
    enqueue(&ctx, "before", "ok").await;
    while value(&ctx, "before").await.is_none() {
        tokio::task::yield_now().await;
    }
    failures.store(1, SeqCst);
    while failures.load(SeqCst) > 0 {
        kernel.wake.notify(CITY);
        tokio::task::yield_now().await;
    }
    enqueue(&ctx, "after", "ok").await;
    while value(&ctx, "after").await.is_none() {
        tokio::task::yield_now().await;
    }
    assert!(!kernel.alive.has_died());
    stop.cancel();
    running.await.unwrap();
}
