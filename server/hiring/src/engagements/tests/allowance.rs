//! The allowance that a hiring party owes for a late cancellation: until when, what came of it, and the early warning.

use super::cancelling::set_rules;
use super::pay::sweep;
use super::*;

const WARNED: &str = "{ unpaidWarnings { edges { node { id } } } }";
const SHORT: &str = "{ engagements(filter: { short: true }) { edges { node { id } } } }";
const OPEN: &str = "{ myEngagements(open: true) { edges { node { id } } } }";

/// Somebody whose place the builder cancels the evening before, under these rules.
async fn cancelled(town: &Town, rules: &[(&str, i32)]) -> (Somebody, Posted, Value) {
    set_rules(town, rules).await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T12:00:00Z");
    let call = format!("{}, reason: NO_WORK", seen(&hired));
    let cancelled = send(&town.builder().await, "cancelEngagement", &call).await;
    assert_eq!(cancelled["status"], "CANCELLED_BY_PARTY", "{cancelled}");
    (zhang, wall, cancelled)
}

async fn confirm(town: &Town, who: Somebody, of: &Value, fen: i64) -> Value {
    let now = town.now(of).await;
    send(&town.citizen(who).await, "confirmPay", &format!("{}, paidFen: {fen}", seen(&now))).await
}

#[tokio::test]
async fn an_allowance_is_due_warned_of_and_paid_when_the_worker_says_so() {
    let town = Town::new().await;
    let (zhang, wall, owed) = cancelled(&town, &[("allowancePercent", 60), ("allowanceDays", 7)]).await;
    town.drain().await;
    let told = town.texts("hire.cancelled").await;
    assert!(told[0].contains("补偿108元"), "{told:?}");
    let bureau = town.bureau().await;
    let listed = json!([{ "node": { "id": owed["id"] } }]);
    sweep(&town, "2026-12-01T15:59:00Z").await;
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], json!([]));
    sweep(&town, "2026-12-01T16:00:00Z").await;
    sweep(&town, "2026-12-01T16:15:00Z").await;
    let shown = town.engagement(&owed, "payDueAt warnedAt").await;
    assert_eq!(shown, json!({ "payDueAt": "2026-12-01T00:00:00+08:00", "warnedAt": "2026-12-02T00:00:00+08:00" }));
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], listed);
    assert_eq!(ask(&town.citizen(zhang).await, OPEN).await["myEngagements"]["edges"], listed);
    let part = confirm(&town, zhang, &owed, 5_000).await;
    assert_eq!(part["status"], "CANCELLED_BY_PARTY", "the place stays cancelled: {part}");
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], listed);
    assert_eq!(ask(&bureau, SHORT).await["engagements"]["edges"], listed);
    let of = gid("Posting", wall.id);
    let fields = "allowanceFen payDueAt paidAt wageTruth { paidFen shortFen }";
    let question = format!("{{ engagementsOf(postingId: \"{of}\") {{ edges {{ node {{ {fields} }} }} }} }}");
    let truth = json!({ "paidFen": 5_000, "shortFen": 5_800 });
    assert_eq!(
        ask(&town.builder().await, &question).await["engagementsOf"]["edges"][0]["node"],
        json!({ "allowanceFen": 10_800, "payDueAt": "2026-12-01T00:00:00+08:00",
                "paidAt": "2026-12-02T00:15:00+08:00", "wageTruth": truth }),
        "the hiring party sees what is left to pay"
    );
    town.later(Duration::days(30));
    let rest = confirm(&town, zhang, &owed, 10_800).await;
    assert_eq!(rest["status"], "CANCELLED_BY_PARTY", "the rest came: {rest}");
    assert_eq!(ask(&bureau, WARNED).await["unpaidWarnings"]["edges"], json!([]));
    assert_eq!(ask(&bureau, SHORT).await["engagements"]["edges"], json!([]));
    assert_eq!(ask(&town.citizen(zhang).await, OPEN).await["myEngagements"]["edges"], json!([]));
    assert_eq!(confirm(&town, zhang, &owed, 5_000).await["code"], "NOT_FROM_HERE", "now it is all of it");
}

#[tokio::test]
async fn where_the_city_gives_no_days_no_allowance_is_late_and_it_is_paid_all_the_same() {
    let town = Town::new().await;
    let (zhang, _, owed) = cancelled(&town, &[("allowancePercent", 60)]).await;
    let rules = ask(&town.by(Actor::Anonymous).await, "{ hireRules { allowancePercent allowanceDays } }").await;
    assert_eq!(rules["hireRules"], json!({ "allowancePercent": 60, "allowanceDays": null }));
    sweep(&town, "2026-12-31T16:00:00Z").await;
    let nothing = confirm(&town, zhang, &owed, 0).await;
    assert_eq!(nothing["status"], "CANCELLED_BY_PARTY", "nothing is an answer: {nothing}");
    let shown = town.engagement(&owed, "payDueAt warnedAt paidAt wageTruth { paidFen shortFen }").await;
    let truth = json!({ "paidFen": 0, "shortFen": 10_800 });
    assert_eq!(shown, json!({ "payDueAt": null, "warnedAt": null, "paidAt": null, "wageTruth": truth }));
    let now = town.now(&owed).await;
    let paid = send(&town.counter().await, "recordPayAnswer", &format!("{}, paidFen: 10800", seen(&now))).await;
    assert_eq!(paid["status"], "CANCELLED_BY_PARTY", "{paid}");
    let shown = town.engagement(&owed, "paidAt wageTruth { shortFen }").await;
    assert_eq!(shown, json!({ "paidAt": "2027-01-01T00:00:00+08:00", "wageTruth": { "shortFen": 0 } }));
}

#[tokio::test]
async fn of_a_place_for_which_no_allowance_is_owed_nobody_says_that_it_was_paid() {
    let town = Town::new().await;
    let (zhang, _, gone) = cancelled(&town, &[]).await;
    assert_eq!(gone["consequence"], "FAST_LANE_LOST", "{gone}");
    let refused = confirm(&town, zhang, &gone, 10_800).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("NOT_FROM_HERE"), &json!("id")), "{refused}");
    let shown = town.engagement(&gone, "paidAt wageTruth { paidFen }").await;
    assert_eq!(shown, json!({ "paidAt": null, "wageTruth": { "paidFen": null } }));
}

#[tokio::test]
async fn what_is_owed_for_a_place_stays_in_the_workers_record_until_it_is_paid() {
    let town = Town::new().await;
    let (zhang, _, owed) = cancelled(&town, &[("allowancePercent", 60), ("allowanceDays", 7)]).await;
    let me = town.citizen(zhang).await;
    let gone = async || send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await["gone"].clone();
    assert_eq!(gone().await, 0, "it waits for the allowance");
    assert_eq!(confirm(&town, zhang, &owed, 10_800).await["status"], "CANCELLED_BY_PARTY");
    assert_eq!(gone().await, 1);
}
