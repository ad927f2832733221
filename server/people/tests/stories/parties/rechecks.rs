//! Sampling checks (抽查).

use chrono::Duration;
use kernel::worker::Worker;
use people::draw_rechecks;
use people::testing::TAIYUAN;
use serde_json::{Value, json};

use super::town::{Town, ask, enterprise, evidence, register, send_for, step, verified};

const CHECK: &str =
    "id version status draw dueOn overdue finding hasEvidence party { id status verifiedBadge { recheckedOn } }";

async fn record(ctx: &kernel::Ctx, check: &Value, input: Value) -> Value {
    let variables = json!({ "id": check["id"], "v": check["version"], "i": input });
    let declared = "$id: ID!, $v: Int!, $i: RecheckResultInput!";
    send_for(ctx, "recordRecheck", declared, "id: $id, version: $v, input: $i", variables, "PartyRecheck", CHECK).await
}

async fn order(ctx: &kernel::Ctx, party: &Value, reason: &str) -> Value {
    let variables = json!({ "id": party["id"], "r": reason });
    send_for(ctx, "orderRecheck", "$id: ID!, $r: String!", "partyId: $id, reason: $r", variables, "PartyRecheck", CHECK)
        .await
}

async fn checks(ctx: &kernel::Ctx, filter: &str) -> Vec<Value> {
    let answer = ask(ctx, &format!("{{ partyRechecks{filter} {{ edges {{ node {{ {CHECK} }} }} }} }}")).await;
    answer["partyRechecks"]["edges"].as_array().unwrap().iter().map(|edge| edge["node"].clone()).collect()
}

#[tokio::test]
async fn each_month_a_share_of_the_verified_is_drawn_and_no_month_twice() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    for n in 1..=3 {
        verified(&bureau, enterprise(n)).await;
    }
    register(&bureau, enterprise(4)).await;
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    assert_eq!(draw_rechecks(&itself).await.unwrap(), 1, "one at least");
    assert_eq!(draw_rechecks(&itself).await.unwrap(), 0, "once a month");
    let drawn = checks(&bureau, "").await;
    assert_eq!(drawn.len(), 1);
    // 1 July 2026 is a Wednesday: ten working days on.
    assert_eq!(
        (&drawn[0]["draw"], &drawn[0]["dueOn"], &drawn[0]["overdue"]),
        (&json!("2026-07"), &json!("2026-07-15"), &json!(false))
    );
    assert_eq!(drawn[0]["party"]["status"], "VERIFIED");
    town.house.clock.advance(Duration::days(31));
    assert_eq!(checks(&bureau, "(filter: { overdue: true })").await.len(), 1);
    assert_eq!(draw_rechecks(&itself).await.unwrap(), 1);
    let parties: Vec<Value> = checks(&bureau, "").await.iter().map(|check| check["party"]["id"].clone()).collect();
    assert_ne!(parties[0], parties[1], "whoever waits to be looked at is not drawn again");
}

#[tokio::test]
async fn the_draw_happens_by_itself_on_the_first_of_the_month() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    verified(&bureau, enterprise(1)).await;
    let mut worker = Worker::new(town.house.kernel.clone(), "test".to_owned());
    worker.drain(TAIYUAN).await.unwrap();
    let before = checks(&bureau, "").await.len();
    town.house.clock.advance(Duration::days(31));
    worker.drain(TAIYUAN).await.unwrap();
    worker.drain(TAIYUAN).await.unwrap();
    let drawn = checks(&bureau, "(filter: { status: OPEN })").await;
    assert_eq!((before, drawn.len()), (0, 1));
    assert_eq!(drawn[0]["draw"], "2026-08");
}

#[tokio::test]
async fn somebody_else_looks_again_and_the_badge_gets_its_day() {
    let town = Town::new().await;
    let (bureau, colleague) = (town.bureau().await, town.colleague().await);
    let party = verified(&bureau, enterprise(1)).await;
    assert_eq!(order(&bureau, &party, " ").await["code"], "REASON_NEEDED");
    let check = order(&bureau, &party, "收到举报").await;
    assert_eq!(check["status"], "OPEN", "{check}");
    assert_eq!(order(&bureau, &party, "再次").await["code"], "ALREADY_LISTED");
    assert_eq!(record(&bureau, &check, json!({ "passed": true })).await["code"], "SAME_PERSON");
    town.house.clock.advance(Duration::days(1));
    let file = evidence(&colleague).await;
    let done = record(&colleague, &check, json!({ "passed": true, "evidence": file })).await;
    assert_eq!((&done["status"], &done["hasEvidence"]), (&json!("PASSED"), &json!(true)), "{done}");
    assert_eq!(done["party"]["verifiedBadge"]["recheckedOn"], "2026-07-02");
    assert_eq!(record(&colleague, &check, json!({ "passed": true })).await["code"], "CONFLICT");
    assert_eq!(record(&colleague, &done, json!({ "passed": true })).await["code"], "NOT_OPEN");
}

#[tokio::test]
async fn who_is_found_not_in_order_is_suspended_with_the_finding() {
    let town = Town::new().await;
    let (bureau, colleague) = (town.bureau().await, town.colleague().await);
    let party = verified(&bureau, enterprise(1)).await;
    let check = order(&bureau, &party, "收到举报").await;
    assert_eq!(record(&colleague, &check, json!({ "passed": false })).await["code"], "FINDING_NEEDED");
    let done = record(&colleague, &check, json!({ "passed": false, "finding": "经营场所已人去楼空" })).await;
    assert_eq!((&done["status"], &done["party"]["status"]), (&json!("FAILED"), &json!("SUSPENDED")), "{done}");
    assert_eq!(town.rows().await[0].status_reason.as_deref(), Some("经营场所已人去楼空"));
    let told: Vec<String> = town.texts().await.into_iter().map(|(_, template, _)| template).collect();
    assert_eq!(told, ["parties.suspended"]);
    let not_now = order(&colleague, &party, "再看").await;
    assert_eq!(not_now["code"], "NOT_VERIFIED");
}

#[tokio::test]
async fn a_check_that_is_done_says_who_looked() {
    let town = Town::new().await;
    let (bureau, officer) = (town.bureau().await, town.officer("王敏").await);
    let party = verified(&bureau, enterprise(1)).await;
    let check = order(&bureau, &party, "收到举报").await;
    let looked = "{ partyRechecks { edges { node { doneBy { name } } } } }";
    let who = async || ask(&bureau, looked).await["partyRechecks"]["edges"][0]["node"]["doneBy"].clone();
    assert_eq!(who().await, Value::Null);
    assert_eq!(record(&officer, &check, json!({ "passed": true })).await["status"], "PASSED");
    assert_eq!(who().await, json!({ "name": "王敏" }));
}

#[tokio::test]
async fn a_check_of_a_party_that_closed_is_void() {
    let town = Town::new().await;
    let (bureau, colleague) = (town.bureau().await, town.colleague().await);
    let party = verified(&bureau, enterprise(1)).await;
    let check = order(&bureau, &party, "收到举报").await;
    step(&bureau, "closeParty", &party, "").await;
    assert_eq!(checks(&bureau, "").await[0]["status"], "VOID");
    let late = record(&colleague, &check, json!({ "passed": true })).await;
    assert_eq!(late["code"], "CONFLICT");
}
