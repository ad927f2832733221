//! Paid, and with less than was agreed: it is warned of, found, and corrected.

use std::collections::HashSet;

use super::pay::{answer, done, line, sheet, sweep};
use super::*;

const WARNED: &str = "{ unpaidWarnings { edges { node { id } } } }";

async fn confirm(town: &Town, who: Somebody, of: &Value, fen: i64) -> Value {
    let now = town.now(of).await;
    send(&town.citizen(who).await, "confirmPay", &format!("{}, paidFen: {fen}", seen(&now))).await
}

async fn warnings(town: &Town) -> u64 {
    let told = entities::event::Entity::find().filter(entities::event::Column::Kind.eq("engagement.unpaid"));
    told.count(&town.bureau().await.scope()).await.unwrap()
}

async fn one(town: &Town) -> (Somebody, Value) {
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let completed = done(town, zhang, &wall).await;
    (zhang, completed)
}

#[tokio::test]
async fn one_yuan_of_a_hundred_and_eighty_is_warned_of_once_and_stays_on_the_list_until_the_rest_came() {
    let town = Town::new().await;
    let (zhang, completed) = one(&town).await;
    let bureau = town.bureau().await;
    town.at("2026-11-25T00:00:00Z");
    let paid = confirm(&town, zhang, &completed, 100).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
    let shown = town.engagement(&completed, "warnedAt wageTruth { shortFen }").await;
    assert_eq!(shown, json!({ "warnedAt": "2026-11-25T08:00:00+08:00", "wageTruth": { "shortFen": 17900 } }));
    sweep(&town, "2026-11-26T16:00:00Z").await;
    confirm(&town, zhang, &completed, 9000).await;
    assert_eq!(warnings(&town).await, 1);
    let listed = json!([{ "node": { "id": completed["id"] } }]);
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], listed);
    let rest = confirm(&town, zhang, &completed, 18_000).await;
    assert_eq!(rest["status"], "PAID", "{rest}");
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], json!([]));
    assert_eq!(warnings(&town).await, 1);
}

#[tokio::test]
async fn what_is_paid_in_part_before_it_is_due_is_warned_of_a_day_after_it_was() {
    let town = Town::new().await;
    let (zhang, completed) = one(&town).await;
    assert_eq!(confirm(&town, zhang, &completed, 10_000).await["status"], "PAID");
    sweep(&town, "2026-11-25T15:59:00Z").await;
    assert_eq!(town.engagement(&completed, "warnedAt").await, json!({ "warnedAt": null }));
    sweep(&town, "2026-11-25T16:00:00Z").await;
    sweep(&town, "2026-11-25T16:15:00Z").await;
    let warned = town.engagement(&completed, "status warnedAt").await;
    assert_eq!(warned, json!({ "status": "PAID", "warnedAt": "2026-11-26T00:00:00+08:00" }));
    assert_eq!(warnings(&town).await, 1);
}

#[tokio::test]
async fn a_wage_by_the_month_is_held_to_the_sheet_and_where_there_is_none_that_is_said() {
    let town = Town::new().await;
    let wall = town.post(NewPosting { wage: (400_000, WageUnit::Month), ..town.wall(true, 5) }).await;
    let zhang = town.worker("张三", 1).await;
    let completed = done(&town, zhang, &wall).await;
    let bureau = town.bureau().await;
    let short = "{ engagements(filter: { short: true }) { edges { node { id } } } }";
    let truth = "warnedAt wageTruth { agreedFen shortFen comparable }";
    town.at("2026-11-25T00:00:00Z");
    assert_eq!(confirm(&town, zhang, &completed, 10_000).await["status"], "PAID");
    sweep(&town, "2026-11-25T16:00:00Z").await;
    let nothing = json!({ "agreedFen": null, "shortFen": null, "comparable": false });
    let shown = town.engagement(&completed, truth).await;
    assert_eq!(shown, json!({ "warnedAt": null, "wageTruth": nothing }), "no figure is made up");
    assert_eq!(ask(&bureau, short).await["engagements"]["edges"], json!([]));
    let saved = sheet(&town.builder().await, &wall, "", &[line(&completed, "")]).await;
    assert_eq!(saved["lines"][0]["dueFen"], 18_000, "{saved}");
    sweep(&town, "2026-11-25T16:15:00Z").await;
    let less = json!({ "agreedFen": null, "shortFen": 8000, "comparable": true });
    let shown = town.engagement(&completed, truth).await;
    assert_eq!(shown, json!({ "warnedAt": "2026-11-26T00:15:00+08:00", "wageTruth": less }));
    let listed = json!([{ "node": { "id": completed["id"] } }]);
    assert_eq!(ask(&bureau, short).await["engagements"]["edges"], listed);
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], listed);
    assert_eq!(confirm(&town, zhang, &completed, 18_000).await["status"], "PAID");
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], json!([]));
    assert_eq!(ask(&bureau, short).await["engagements"]["edges"], json!([]));
}

#[tokio::test]
async fn the_staff_finds_those_who_were_paid_less_than_agreed() {
    let town = Town::new().await;
    let (zhang, short) = one(&town).await;
    town.at("2026-11-23T02:00:00Z");
    let wall = town.post(town.wall(true, 5)).await;
    let (li, wang) = (town.worker("李四", 2).await, town.worker("王五", 3).await);
    let full = done(&town, li, &wall).await;
    town.at("2026-11-23T02:00:00Z");
    let silent = done(&town, wang, &wall).await;
    confirm(&town, zhang, &short, 10_000).await;
    confirm(&town, li, &full, 18_000).await;
    let bureau = town.bureau().await;
    let found = async |is: bool| {
        let question = format!("{{ engagements(filter: {{ short: {is} }}) {{ edges {{ node {{ id }} }} }} }}");
        let all = ask(&bureau, &question).await["engagements"]["edges"].as_array().unwrap().clone();
        all.into_iter().map(|edge| edge["node"]["id"].clone()).collect::<HashSet<Value>>()
    };
    assert_eq!(found(true).await, HashSet::from([short["id"].clone()]));
    assert_eq!(found(false).await, HashSet::from([full["id"].clone(), silent["id"].clone()]));
}

#[tokio::test]
async fn what_was_said_is_corrected_within_a_week_and_later_only_by_the_rest() {
    let town = Town::new().await;
    let (zhang, completed) = one(&town).await;
    assert_eq!(confirm(&town, zhang, &completed, 18_000).await["status"], "PAID");
    town.at("2026-12-01T07:59:59Z");
    let less = confirm(&town, zhang, &completed, 17_000).await;
    assert_eq!(less["status"], "PAID", "{less}");
    town.at("2026-12-01T08:00:00Z");
    let late = confirm(&town, zhang, &completed, 16_000).await;
    assert_eq!(late["code"], "NOT_FROM_HERE", "{late}");
    assert!(late["message"].as_str().unwrap().contains("7天"), "{late}");
    let now = town.now(&completed).await;
    let rest = send(&town.counter().await, "recordPayAnswer", &format!("{}, paidFen: 18000", seen(&now))).await;
    assert_eq!(rest["status"], "PAID", "the rest came, and the counter was told: {rest}");
    assert_eq!(confirm(&town, zhang, &completed, 17_000).await["code"], "NOT_FROM_HERE", "now it is all of it");
    let shown = town.engagement(&completed, "paidAt wageTruth { paidFen shortFen }").await;
    assert_eq!(
        shown,
        json!({ "paidAt": "2026-11-24T16:00:00+08:00", "wageTruth": { "paidFen": 18000, "shortFen": 0 } })
    );
}

#[tokio::test]
async fn what_turns_out_to_be_nothing_is_not_paid() {
    let town = Town::new().await;
    let (zhang, completed) = one(&town).await;
    confirm(&town, zhang, &completed, 18_000).await;
    town.at("2026-11-25T01:00:00Z");
    let nothing = confirm(&town, zhang, &completed, 0).await;
    assert_eq!(nothing["status"], "COMPLETED", "{nothing}");
    let shown = town.engagement(&completed, "completedAt paidAt warnedAt wageTruth { paidFen }").await;
    assert_eq!(
        shown,
        json!({ "completedAt": "2026-11-24T16:00:00+08:00", "paidAt": null,
                "warnedAt": "2026-11-25T09:00:00+08:00", "wageTruth": { "paidFen": 0 } })
    );
    let stale = format!("{}, paidFen: 18000", seen(&completed));
    assert_eq!(send(&town.citizen(zhang).await, "confirmPay", &stale).await["code"], "CONFLICT");
}

#[tokio::test]
async fn an_answer_of_less_than_half_is_asked_back_once_before_it_is_taken() {
    let town = Town::new().await;
    let (_, first) = one(&town).await;
    town.at("2026-11-23T02:00:00Z");
    let wall = town.post(town.wall(true, 5)).await;
    let second = done(&town, town.worker("李四", 2).await, &wall).await;
    sweep(&town, "2026-11-25T00:00:00Z").await;
    answer(&town, "13800000001", "2 50", "a").await;
    answer(&town, "13800000002", "2 5", "b").await;
    let truth = "status wageTruth { paidFen }";
    let waits = json!({ "status": "COMPLETED", "wageTruth": { "paidFen": null } });
    assert_eq!((town.engagement(&first, truth).await, town.engagement(&second, truth).await), (waits.clone(), waits));
    let asked = town.texts("hire.paid_again").await;
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(asked[0].contains("应得180元") && asked[0].contains("只收到50元"), "{asked:?}");
    answer(&town, "13800000001", "2 50", "c").await;
    answer(&town, "13800000002", "1", "d").await;
    let so = json!({ "status": "PAID", "wageTruth": { "paidFen": 5000 } });
    assert_eq!(town.engagement(&first, truth).await, so, "asked back once");
    let mistyped = json!({ "status": "PAID", "wageTruth": { "paidFen": 18000 } });
    assert_eq!(town.engagement(&second, truth).await, mistyped);
    assert_eq!(town.texts("hire.paid_again").await.len(), 2);
}
