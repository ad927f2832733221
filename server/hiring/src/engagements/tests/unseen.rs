//! Work of which nobody recorded the arrival: it is owed all the same, and nobody counts as arrived.

use super::pay::{answer, sweep};
use super::*;
use crate::kinds::PostingStatus;
use sea_orm::sea_query::Expr;

/// Somebody who has a place from six to four, and whose arrival nobody recorded.
async fn unseen(town: &Town, name: &str, number: u32) -> (Somebody, Value, Posted) {
    let wall = town.post(town.wall(true, 5)).await;
    let who = town.worker(name, number).await;
    let hired = town.hired(who, wall.shifts[0]).await;
    (who, hired, wall)
}

async fn days(town: &Town, who: Somebody) -> Value {
    ask(&town.citizen(who).await, "{ myRecord { days minutes } }").await["myRecord"].clone()
}

#[tokio::test]
async fn who_was_never_shown_the_code_is_asked_about_pay_and_warned_for_and_never_counts_as_arrived() {
    let town = Town::new().await;
    let (zhang, hired, _) = unseen(&town, "张三", 1).await;
    sweep(&town, "2026-11-24T09:59:00Z").await;
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED");
    sweep(&town, "2026-11-24T10:00:00Z").await;
    let shown = town.engagement(&hired, "status arrivedAt completedBy payDueAt").await;
    assert_eq!(
        shown,
        json!({ "status": "COMPLETED", "arrivedAt": null, "completedBy": null, "payDueAt": "2026-11-25T00:00:00+08:00" })
    );
    assert_eq!(days(&town, zhang).await, json!({ "days": 0, "minutes": 0 }), "nobody saw the hours");
    sweep(&town, "2026-11-25T00:00:00Z").await;
    let asked = town.texts("hire.paid").await;
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(asked[0].contains("没有到岗记录") && asked[0].contains("没去干活回3"), "{asked:?}");
    sweep(&town, "2026-11-25T16:00:00Z").await;
    let warned = town.engagement(&hired, "warnedAt").await;
    assert_eq!(warned, json!({ "warnedAt": "2026-11-26T00:00:00+08:00" }));
    let call = format!("{}, paidFen: 18000", seen(&town.now(&hired).await));
    assert_eq!(send(&town.citizen(zhang).await, "confirmPay", &call).await["status"], "PAID");
    assert_eq!(days(&town, zhang).await, json!({ "days": 1, "minutes": 540 }), "the pay was confirmed");
    let question = "{ quickHireFigures(from: \"2026-11-23\", to: \"2026-11-23\") { confirmed arrived sameDay } }";
    let figures = ask(&town.bureau().await, question).await["quickHireFigures"].clone();
    assert_eq!(figures, json!({ "confirmed": 1, "arrived": 0, "sameDay": 0 }));
}

#[tokio::test]
async fn who_did_not_go_answers_so_and_nothing_is_owed_and_no_points_are_given() {
    let town = Town::new().await;
    let (zhang, hired, wall) = unseen(&town, "张三", 1).await;
    sweep(&town, "2026-11-24T10:00:00Z").await;
    sweep(&town, "2026-11-25T00:00:00Z").await;
    answer(&town, "13800000001", "3", "a").await;
    let shown = town.engagement(&hired, "status endReason payDueAt completedAt").await;
    assert_eq!(shown, json!({ "status": "NO_SHOW", "endReason": "NO_SHOW", "payDueAt": null, "completedAt": null }));
    assert_eq!(town.worker_row(zhang).await.points, 0);
    assert_eq!(town.taken(wall.shifts[0]).await.0, 0);
    sweep(&town, "2026-11-25T16:00:00Z").await;
    assert_eq!(town.engagement(&hired, "warnedAt").await, json!({ "warnedAt": null }));
}

#[tokio::test]
async fn the_hiring_party_disputes_what_the_clock_counted_and_the_staff_finds_that_nobody_came() {
    let town = Town::new().await;
    let (zhang, hired, _) = unseen(&town, "张三", 1).await;
    sweep(&town, "2026-11-24T10:00:00Z").await;
    let now = town.now(&hired).await;
    let builder = town.builder().await;
    assert_eq!(send(&builder, "recordNoShow", &seen(&now)).await["code"], "NOT_FROM_HERE", "it had its time");
    let words = format!("{}, words: \"此人当天没有来\"", seen(&now));
    let disputed = send(&builder, "disputeEngagement", &words).await;
    assert_eq!(disputed["status"], "COMPLETED", "{disputed}");
    let found = send(&town.counter().await, "recordNoShow", &seen(&disputed)).await;
    assert_eq!((&found["status"], &found["endReason"]), (&json!("NO_SHOW"), &json!("NO_SHOW")), "{found}");
    assert_eq!(town.worker_row(zhang).await.points, 3, "which can be appealed");
}

#[tokio::test]
async fn who_was_seen_to_arrive_is_no_no_show_afterwards() {
    let town = Town::new().await;
    let (_, hired, _) = unseen(&town, "张三", 1).await;
    town.at("2026-11-23T22:00:00Z");
    let counter = town.counter().await;
    send(&counter, "recordArrival", &seen(&hired)).await;
    sweep(&town, "2026-11-24T10:00:00Z").await;
    let now = town.now(&hired).await;
    assert_eq!(send(&counter, "recordNoShow", &seen(&now)).await["code"], "NOT_FROM_HERE");
    sweep(&town, "2026-11-25T00:00:00Z").await;
    let asked = town.texts("hire.paid").await;
    assert!(!asked[0].contains("到岗记录") && !asked[0].contains("回3"), "{asked:?}");
    answer(&town, "13800000001", "3", "a").await;
    assert_eq!(town.now(&hired).await["status"], "COMPLETED", "the staff reads it");
}

#[tokio::test]
async fn once_the_shift_is_over_a_worker_says_itself_that_the_work_is_done_and_disputes_it() {
    let town = Town::new().await;
    let (zhang, hired, _) = unseen(&town, "张三", 1).await;
    let (li, other, _) = unseen(&town, "李四", 2).await;
    let (me, them) = (town.citizen(zhang).await, town.citizen(li).await);
    let words = |of: &Value| format!("{}, words: \"在工地干了一天，不给看到岗码\"", seen(of));
    town.at("2026-11-24T07:59:59Z");
    assert_eq!(send(&me, "completeEngagement", &seen(&hired)).await["code"], "NOT_FROM_HERE");
    assert_eq!(send(&them, "disputeEngagement", &words(&other)).await["code"], "NOT_FROM_HERE");
    town.at("2026-11-24T08:00:00Z");
    for ctx in [town.builder().await, town.counter().await] {
        assert_eq!(
            send(&ctx, "completeEngagement", &seen(&hired)).await["code"],
            "NOT_FROM_HERE",
            "they saw it, or not"
        );
        assert_eq!(send(&ctx, "disputeEngagement", &words(&other)).await["code"], "NOT_FROM_HERE");
    }
    let done = send(&me, "completeEngagement", &seen(&hired)).await;
    assert_eq!(done["status"], "COMPLETED", "{done}");
    let shown = town.engagement(&done, "arrivedAt completedBy payDueAt").await;
    assert_eq!(shown, json!({ "arrivedAt": null, "completedBy": "WORKER", "payDueAt": "2026-11-25T00:00:00+08:00" }));
    let disputed = send(&them, "disputeEngagement", &words(&other)).await;
    assert_eq!(disputed["status"], "CONFIRMED", "{disputed}");
    sweep(&town, "2026-11-24T10:00:00Z").await;
    let shown = town.engagement(&other, "status disputedBy").await;
    assert_eq!(shown, json!({ "status": "COMPLETED", "disputedBy": "WORKER" }), "the time to pay runs on");
}

#[tokio::test]
async fn a_hiring_party_does_not_get_out_of_it_by_cancelling_or_taking_its_posting_back_afterwards() {
    let town = Town::new().await;
    let (_, hired, wall) = unseen(&town, "张三", 1).await;
    town.at("2026-11-24T08:00:00Z");
    let call = format!("{}, reason: NO_WORK", seen(&hired));
    assert_eq!(send(&town.builder().await, "cancelEngagement", &call).await["code"], "NOT_FROM_HERE");
    testing::make(&town.kernel, |tx| async move {
        posting::Entity::update_many()
            .col_expr(posting::Column::Status, Expr::value(PostingStatus::Withdrawn))
            .filter(posting::Column::Id.eq(wall.id))
            .exec(&tx)
            .await?;
        Ok::<_, kernel::Fault>(())
    })
    .await
    .unwrap();
    sweep(&town, "2026-11-24T09:00:00Z").await;
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED");
    sweep(&town, "2026-11-24T10:00:00Z").await;
    assert_eq!(town.now(&hired).await["status"], "COMPLETED");
}

#[tokio::test]
async fn the_staff_finds_what_nobody_saw_before_and_after_the_clock_counts_it() {
    let town = Town::new().await;
    let (_, hired, _) = unseen(&town, "张三", 1).await;
    let question = "{ engagements(filter: { unclosed: true }) { edges { node { id } } } }";
    let bureau = town.bureau().await;
    let found = async || ask(&bureau, question).await["engagements"]["edges"].clone();
    assert_eq!(found().await, json!([]), "it has not begun");
    town.at("2026-11-24T08:00:00Z");
    assert_eq!(found().await, json!([{ "node": { "id": hired["id"] } }]));
    sweep(&town, "2026-11-24T10:00:00Z").await;
    assert_eq!(found().await, json!([{ "node": { "id": hired["id"] } }]));
}
