//! The write envelope: one transaction or nothing.

use entities::{audit_entry, event, idempotency, job, mail, setting};
use kernel::mail::Letter;
use kernel::{Claim, Ctx, Fault, Lang, Never, Once, Outcome, Stop};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, Set};
use serde_json::json;
use uuid::Uuid;

use crate::on_both;
use crate::support::{House, NoteWritten, WRITE, WriteNote, entries, put, raw_statement, rows, says, value};
use crate::tasks::Count;

on_both! {
    change_audit_event_job_and_letter_are_one_transaction,
    a_refused_operation_changes_nothing_and_is_recorded,
    a_failed_operation_changes_nothing_and_is_recorded,
    an_operation_that_ran_out_of_time_changes_nothing_and_is_recorded,
    a_transaction_inside_another_fails_at_once,
    raw_statements_are_refused_on_scope_and_transaction,
    a_scope_cannot_write,
    the_same_key_and_input_give_the_first_outcome,
    the_same_key_and_input_give_the_first_refusal,
    the_same_key_with_another_input_is_a_fault_and_changes_nothing,
    of_many_at_once_with_the_same_key_exactly_one_changes_anything,
    what_can_be_done_only_once_is_answered_the_second_time_as_the_first,
    of_many_rows_put_at_the_end_one_that_is_kept_out_keeps_out_all,
    what_is_claimed_happens_wholly_or_the_sure_way_decides,
    a_request_dropped_at_any_point_leaves_the_next_one_a_clean_connection,
    thousands_of_events_fit_into_one_transaction,
}

async fn write(ctx: &Ctx, name: &str) -> Result<Uuid, Stop<WriteNote>> {
    let name = name.to_owned();
    ctx.transact(&WRITE, |tx| async move {
        let id = tx.ctx().new_id();
        tx.about("Note", id);
        tx.note("name", name.as_str());
        put(&tx, &name, json!(1)).await?;
        tx.announce(&NoteWritten { id })?;
        tx.enqueue(&Count { name: "count".to_owned(), how: "ok".to_owned() })?;
        let letter = Letter {
            to: "wang@example.cn".into(),
            template: "note",
            lang: Lang::Zh,
            subject: "题".into(),
            text: "文".into(),
        };
        tx.mail(letter).await?;
        Ok(id)
    })
    .await
}

async fn change_audit_event_job_and_letter_are_one_transaction(house: House) {
    let ctx = house.ctx().await;
    let id = write(&ctx, "one").await.unwrap();
    assert_eq!(value(&ctx, "one").await, Some(json!(1)));
    let [entry] = <[_; 1]>::try_from(entries(&ctx).await).unwrap();
    assert_eq!((entry.operation.as_str(), entry.result.as_str()), ("note.write", "DONE"));
    assert_eq!((entry.subject_kind.as_deref(), entry.subject_id), (Some("Note"), Some(id)));
    assert_eq!((entry.actor_kind.as_str(), entry.actor_label.as_deref()), ("SYSTEM", Some("test")));
    assert_eq!((entry.detail, entry.request_id), (json!({"name": "one"}), ctx.request_id()));
    assert_eq!(rows::<event::Entity>(&ctx).await, 1);
    assert_eq!(rows::<mail::Entity>(&ctx).await, 1);
    // The one asked for, and the letter's.
    assert_eq!(rows::<job::Entity>(&ctx).await, 2);
    house.close().await;
}

/// Nothing of the operation is there but the record that it stopped.
async fn only_the_record(ctx: &Ctx, result: &str, detail: serde_json::Value) {
    assert_eq!(rows::<setting::Entity>(ctx).await, 0);
    assert_eq!(rows::<event::Entity>(ctx).await, 0);
    assert_eq!(rows::<job::Entity>(ctx).await, 0);
    let [entry] = <[audit_entry::Model; 1]>::try_from(entries(ctx).await).unwrap();
    assert_eq!((entry.operation.as_str(), entry.result.as_str()), ("note.write", result));
    assert_eq!(entry.detail, detail);
}

async fn a_refused_operation_changes_nothing_and_is_recorded(house: House) {
    let ctx = house.ctx().await;
    let refused: Result<(), Stop<WriteNote>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.note("name", "one");
            put(&tx, "one", json!(1)).await?;
            tx.announce(&NoteWritten { id: tx.ctx().new_id() })?;
            Err(Stop::Refused(WriteNote::Unwanted { why: "x".to_owned() }))
        })
        .await;
    assert!(matches!(refused, Err(Stop::Refused(WriteNote::Unwanted { .. }))));
    only_the_record(&ctx, "REFUSED", json!({"name": "one", "code": "Unwanted"})).await;
    house.close().await;
}

async fn a_failed_operation_changes_nothing_and_is_recorded(house: House) {
    let ctx = house.ctx().await;
    let failed: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, "one", json!(1)).await?;
            // The same key again: the database itself objects.
            put(&tx, "one", json!(2)).await?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Stop::Fault(Fault::Internal { .. }))));
    only_the_record(&ctx, "FAILED", json!({"code": "INTERNAL"})).await;
    house.close().await;
}

async fn an_operation_that_ran_out_of_time_changes_nothing_and_is_recorded(house: House) {
    let ctx = house.ctx().await;
    let failed: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, "one", json!(1)).await?;
            tx.ctx().expire();
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Stop::Fault(Fault::Deadline))));
    only_the_record(&house.ctx().await, "FAILED", json!({"code": "DEADLINE_EXCEEDED"})).await;
    house.close().await;
}

async fn a_transaction_inside_another_fails_at_once(house: House) {
    let ctx = house.ctx().await;
    let outer: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            put(&tx, "outer", json!(1)).await?;
            let inner: Result<(), Stop<Never>> = tx.ctx().transact(&WRITE, |_| async { Ok(()) }).await;
            let Err(Stop::Fault(fault)) = inner else { panic!("it began") };
            assert_eq!(fault.to_string(), "could not begin a transaction inside another");
            Ok(())
        })
        .await;
    outer.unwrap();
    assert_eq!(value(&ctx, "outer").await, Some(json!(1)));
    house.close().await;
}

async fn raw_statements_are_refused_on_scope_and_transaction(house: House) {
    let ctx = house.ctx().await;
    let scope = ctx.scope();
    let refusal = "raw statements are refused: use the typed builders";
    assert!(says(scope.query_one_raw(raw_statement(&scope)).await).contains(refusal));
    assert!(says(scope.query_all_raw(raw_statement(&scope)).await).contains(refusal));
    assert!(says(scope.execute_raw(raw_statement(&scope)).await).contains(refusal));
    assert!(says(scope.execute_unprepared("SELECT 1").await).contains(refusal));
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            assert!(says(tx.query_one_raw(raw_statement(&tx)).await).contains(refusal));
            assert!(says(tx.query_all_raw(raw_statement(&tx)).await).contains(refusal));
            assert!(says(tx.execute_raw(raw_statement(&tx)).await).contains(refusal));
            assert!(says(tx.execute_unprepared("SELECT 1").await).contains(refusal));
            Ok(())
        })
        .await;
    done.unwrap();
    house.close().await;
}

async fn a_scope_cannot_write(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "one").await.unwrap();
    let deleted = setting::Entity::delete_by_id("one").exec(&ctx.scope()).await;
    assert!(says(deleted).contains("a scope only reads"));
    assert_eq!(value(&ctx, "one").await, Some(json!(1)));
    house.close().await;
}

/// Writes `name`, unless it is `bad`.
async fn write_once(ctx: &Ctx, key: &str, name: &str) -> Result<Outcome, Stop<WriteNote>> {
    let once = Once::from(Some(key.to_owned()), &name);
    let name = name.to_owned();
    ctx.transact_once(&WRITE, once, |tx| async move {
        if name == "bad" {
            return Err(Stop::Refused(WriteNote::Unwanted { why: tx.ctx().new_id().to_string() }));
        }
        let id = tx.ctx().new_id();
        put(&tx, &format!("{name}:{id}"), json!(1)).await?;
        Ok(Outcome::of("Note", id, 1))
    })
    .await
}

async fn the_same_key_and_input_give_the_first_outcome(house: House) {
    let ctx = house.ctx().await;
    let first = write_once(&ctx, "k", "good").await.unwrap();
    assert_eq!(write_once(&ctx, "k", "good").await.unwrap(), first);
    assert_eq!(rows::<setting::Entity>(&ctx).await, 1);
    // A replay is an operation, and recorded as what it is.
    assert_eq!(entries(&ctx).await.last().unwrap().detail, json!({"replayed": true}));
    assert_ne!(write_once(&ctx, "other", "good").await.unwrap(), first);
    house.close().await;
}

async fn the_same_key_and_input_give_the_first_refusal(house: House) {
    let ctx = house.ctx().await;
    let Err(Stop::Refused(first)) = write_once(&ctx, "k", "bad").await else { panic!("it was done") };
    let Err(Stop::Refused(second)) = write_once(&ctx, "k", "bad").await else { panic!("it was done") };
    // The id in its text is the first one's.
    assert_eq!(first, second);
    assert_eq!(rows::<idempotency::Entity>(&ctx).await, 1);
    house.close().await;
}

async fn the_same_key_with_another_input_is_a_fault_and_changes_nothing(house: House) {
    let ctx = house.ctx().await;
    write_once(&ctx, "k", "good").await.unwrap();
    let reused = write_once(&ctx, "k", "better").await;
    assert!(matches!(reused, Err(Stop::Fault(Fault::IdempotencyKeyReused))));
    assert_eq!(rows::<setting::Entity>(&ctx).await, 1);
    let bad = write_once(&ctx, "k", "bad").await;
    assert!(matches!(bad, Err(Stop::Fault(Fault::IdempotencyKeyReused))));
    house.close().await;
}

async fn of_many_at_once_with_the_same_key_exactly_one_changes_anything(house: House) {
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let ctx = house.ctx().await;
        tasks.push(tokio::spawn(async move { write_once(&ctx, "k", "good").await.unwrap() }));
    }
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes.dedup();
    assert_eq!(outcomes.len(), 1, "all heard of the same one");
    assert_eq!(rows::<setting::Entity>(&house.ctx().await).await, 1);
    house.close().await;
}

/// Takes a note away, if it is there.
async fn take_away(ctx: &Ctx, key: &str) -> Result<Outcome, Stop<WriteNote>> {
    let id = Uuid::from_u128(7);
    ctx.transact_once(&WRITE, Once::from(Some(key.to_owned()), &id), |tx| async move {
        tx.about("Note", id);
        let taken = setting::Entity::delete_by_id("one").exec(&tx).await?;
        if taken.rows_affected == 0 {
            return Err(Stop::Fault(Fault::NotFound));
        }
        Ok(Outcome::of("Note", id, 1))
    })
    .await
}

async fn what_can_be_done_only_once_is_answered_the_second_time_as_the_first(house: House) {
    let ctx = house.ctx().await;
    write(&ctx, "one").await.unwrap();
    let first = take_away(&ctx, "k").await.unwrap();
    assert_eq!(take_away(&ctx, "k").await.unwrap(), first, "although there is nothing left to take away");
    let replay = entries(&ctx).await.pop().unwrap();
    assert_eq!((replay.result.as_str(), replay.subject_id), ("DONE", Some(first.id)));
    assert_eq!(replay.detail, json!({"replayed": true}));
    // Without the key, or with another, it is what it is now.
    assert!(matches!(take_away(&ctx, "").await, Err(Stop::Fault(Fault::NotFound))));
    assert!(matches!(take_away(&ctx, "other").await, Err(Stop::Fault(Fault::NotFound))));
    // A fault is not kept: what failed may be tried again with the same key.
    write(&ctx, "one").await.unwrap();
    assert_eq!(take_away(&ctx, "other").await.unwrap(), first);
    house.close().await;
}

async fn of_many_rows_put_at_the_end_one_that_is_kept_out_keeps_out_all(house: House) {
    let ctx = house.ctx().await;
    let row = |name: &str| setting::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(json!(1)),
        changed_at: Set(ctx.now()),
        ..Default::default()
    };
    let [one, two, again] = ["one", "two", "one"].map(row);
    let failed: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.announce(&NoteWritten { id: tx.ctx().new_id() })?;
            tx.put(one);
            tx.put(two);
            tx.put(again);
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(Stop::Fault(Fault::Internal { .. }))));
    only_the_record(&ctx, "FAILED", json!({"code": "INTERNAL"})).await;
    house.close().await;
}

async fn a_request_dropped_at_any_point_leaves_the_next_one_a_clean_connection(house: House) {
    let admin = house.admin.clone();
    house.close().await;
    // One connection to write: a transaction left open would be the next one's.
    let house = House::with(admin, |c| c.database.writers = 1).await;
    let ctx = house.ctx().await;
    let mut whole = 0;
    for polls in 0..60 {
        let name = format!("n{polls}");
        let mut future = Box::pin(write(&ctx, &name));
        // Polled so often, then dropped where it stands.
        for _ in 0..polls {
            let once = futures_util::future::poll_immediate(&mut future).await;
            if once.is_some() {
                whole += 1;
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(future);
        let after = format!("after{polls}");
        write(&ctx, &after).await.unwrap();
        // Committed, and not inside the transaction of the dropped one.
        assert_eq!(value(&house.ctx().await, &after).await, Some(json!(1)));
    }
    let settings = rows::<setting::Entity>(&ctx).await;
    assert_eq!(settings, rows::<audit_entry::Entity>(&ctx).await, "a change has its entry, and nothing else has");
    assert!(settings >= 60 + whole);
    house.close().await;
}

async fn thousands_of_events_fit_into_one_transaction(house: House) {
    let ctx = house.ctx().await;
    let done: Result<(), Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move {
            for _ in 0..6000 {
                tx.announce(&NoteWritten { id: tx.ctx().new_id() })?;
            }
            Ok(())
        })
        .await;
    done.unwrap();
    assert_eq!(rows::<event::Entity>(&ctx).await, 6000);
    house.close().await;
}

/// The setting of this name becomes a two, if there is one.
fn becomes_two(name: &str) -> Claim {
    Claim::new([name.into()], |[name]| {
        Query::update()
            .table(setting::Entity)
            .value(setting::Column::Value, json!(2))
            .and_where(Expr::col(setting::Column::Name).eq(name))
            .to_owned()
    })
}

/// Claims both, writes a third, and announces it; the sure way is refused.
async fn claims(ctx: &Ctx, both: [&str; 2], key: &str) -> Result<Outcome, Stop<WriteNote>> {
    let once = Once::from(Some(key.to_owned()), &both);
    let swift = |tx: &kernel::Tx, ()| {
        let id = tx.ctx().new_id();
        for name in both {
            tx.claim(becomes_two(name));
        }
        let (name, at) = (format!("third:{key}"), tx.ctx().now());
        tx.put(setting::ActiveModel {
            name: Set(name),
            value: Set(json!(3)),
            changed_at: Set(at),
            changed_by: Set(None),
        });
        tx.announce(&NoteWritten { id })?;
        Ok(Outcome::of("Note", id, 1))
    };
    let sure = |_| async { Err(Stop::Refused(WriteNote::Unwanted { why: "gone".to_owned() })) };
    ctx.transact_swiftly(&WRITE, once, |_| async { Some(()) }, swift, sure).await
}

async fn what_is_claimed_happens_wholly_or_the_sure_way_decides(house: House) {
    let ctx = house.ctx().await;
    for name in ["a", "b"] {
        let done: Result<(), Stop<Never>> =
            ctx.transact(&WRITE, |tx| async move { Ok(put(&tx, name, json!(1)).await?) }).await;
        done.unwrap();
    }
    for (both, key) in [(["a", "missing"], "one"), (["missing", "a"], "two")] {
        let refused = claims(&ctx, both, key).await;
        assert!(matches!(refused, Err(Stop::Refused(WriteNote::Unwanted { .. }))), "{both:?}: {refused:?}");
        assert_eq!(value(&ctx, "a").await, Some(json!(1)), "{both:?}");
        assert_eq!(value(&ctx, &format!("third:{key}")).await, None);
    }
    assert_eq!(rows::<event::Entity>(&ctx).await, 0);
    let first = claims(&ctx, ["a", "b"], "three").await.unwrap();
    assert_eq!((value(&ctx, "a").await, value(&ctx, "b").await), (Some(json!(2)), Some(json!(2))));
    assert_eq!(value(&ctx, "third:three").await, Some(json!(3)));
    assert_eq!(claims(&ctx, ["a", "b"], "three").await.unwrap(), first, "the same key is answered with the first end");
    let ends: Vec<String> = entries(&ctx).await.into_iter().map(|entry| entry.result).collect();
    assert_eq!(ends, ["DONE", "DONE", "REFUSED", "REFUSED", "DONE", "DONE"]);
    assert_eq!(rows::<event::Entity>(&ctx).await, 1);
    house.close().await;
}
