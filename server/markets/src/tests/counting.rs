//! What is counted at a market: queue numbers of the day, samples, and figures computed from them.

use std::collections::BTreeSet;

use kernel::policy::ScopeKind;

use super::*;

async fn issue(ctx: &Ctx, market: &Value, key: Option<&str>) -> Value {
    let variables = json!({ "market": market["id"], "key": key });
    let call = "marketId: $market, idempotencyKey: $key";
    let fields = "number queue { lastIssued lastCalled waiting }";
    send(ctx, "issueQueueNumber", "$market: ID!, $key: String", call, variables, fields).await
}

async fn call(ctx: &Ctx, market: &Value) -> Value {
    let fields = "number queue { waiting }";
    send(ctx, "callQueueNumber", "$market: ID!", "marketId: $market", json!({ "market": market["id"] }), fields).await
}

async fn count(ctx: &Ctx, market: &Value, known: &Value, input: Value) -> Value {
    let declared = "$market: ID!, $id: ID, $version: Int, $input: MonitoringSampleInput!";
    let variables = json!({ "market": market["id"], "id": known["id"], "version": known["version"], "input": input });
    let call = "marketId: $market, id: $id, version: $version, input: $input";
    send(ctx, "saveMonitoringSample", declared, call, variables, "id version seekers withdrawnReason").await
}

async fn compute(ctx: &Ctx, market: &Value, from: &str, to: &str) -> Value {
    let declared = "$id: ID!, $version: Int!, $from: Date!, $to: Date!";
    let variables = json!({ "id": market["id"], "version": market["version"], "from": from, "to": to });
    let figure = "low high method overrideReason asOf computedFrom { samples days from to }";
    let fields = format!("id version seekerScale {{ {figure} }} dailySuccesses {{ {figure} }}");
    send(ctx, "computeFigures", declared, "id: $id, version: $version, from: $from, to: $to", variables, &fields).await
}

fn sample(day: &str, session: &str, seekers: i32, successes: i32) -> Value {
    json!({ "sampledOn": day, "session": session, "seekers": seekers, "successes": successes, "countedBy": "李建国" })
}

#[tokio::test]
async fn numbers_are_issued_and_called_in_order_the_public_sees_them_and_the_next_day_begins_anew() {
    let town = Town::new().await;
    let draft = town.register(with(form("草稿市场"), "/address/text", json!("某路"))).await;
    assert_eq!(issue(&town.bureau, &draft, None).await["code"], "NOT_LISTED");
    let market = town.listed(form("坞城零工市场")).await;
    let public = town.by(Actor::Anonymous).await;
    let seen = "{ directory { edges { node { queueNumbers { lastIssued lastCalled waiting } } } } }";
    let node = async || ask(&public, seen).await["directory"]["edges"][0]["node"]["queueNumbers"].clone();
    assert_eq!(node().await, json!(null));
    assert_eq!(call(&town.bureau, &market).await["code"], "NOBODY_WAITS");
    assert_eq!(issue(&town.bureau, &market, Some("甲")).await["number"], 1);
    assert_eq!(issue(&town.bureau, &market, Some("甲")).await["number"], 1, "the same key gives the same number");
    assert_eq!(issue(&town.bureau, &market, Some("乙")).await["number"], 2);
    assert_eq!(call(&town.bureau, &market).await, json!({ "number": 1, "queue": { "waiting": 1 } }));
    assert_eq!(node().await, json!({ "lastIssued": 2, "lastCalled": 1, "waiting": 1 }));
    assert_eq!(call(&town.bureau, &market).await["number"], 2);
    assert_eq!(call(&town.bureau, &market).await["code"], "NOBODY_WAITS");
    // 10:00 in Shanghai: fourteen hours later it is midnight there.
    town.clock.advance(chrono::Duration::hours(14));
    let tomorrow = town.by(bureau()).await;
    assert_eq!(call(&tomorrow, &market).await["code"], "NOBODY_WAITS");
    assert_eq!(issue(&tomorrow, &market, None).await["number"], 1);
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(issue(&elsewhere, &market, None).await, json!({ "error": "NOT_FOUND" }));
    let watcher = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    assert_eq!(issue(&watcher, &market, None).await, json!({ "error": "FORBIDDEN" }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_who_ask_at_once_no_two_get_the_same_number() {
    let town = Arc::new(Town::new().await);
    let market = town.listed(form("坞城零工市场")).await;
    let asked: Vec<_> = (0..24)
        .map(|_| {
            let (town, market) = (Arc::clone(&town), market.clone());
            tokio::spawn(async move {
                let desk = town.by(bureau()).await;
                issue(&desk, &market, None).await["number"].as_i64().unwrap()
            })
        })
        .collect();
    let mut numbers = BTreeSet::new();
    for one in asked {
        numbers.insert(one.await.unwrap());
    }
    assert_eq!(numbers, (1..=24).collect());
}

#[tokio::test]
async fn figures_are_the_mean_of_the_days_sampled_and_say_so_and_can_be_set_by_hand_again() {
    let town = Town::new().await;
    let market = town.listed(form("坞城零工市场")).await;
    assert_eq!(compute(&town.bureau, &market, "2026-11-01", "2026-11-22").await["code"], "NO_SAMPLES");
    let first = count(&town.bureau, &market, &json!({}), sample("2026-11-02", "EARLY", 100, 40)).await;
    assert_eq!(first["version"], 1);
    for (day, session, seekers, successes) in
        [("2026-11-02", "MORNING", 50, 21), ("2026-11-03", "EARLY", 101, 50), ("2026-10-31", "EARLY", 9, 9)]
    {
        count(&town.bureau, &market, &json!({}), sample(day, session, seekers, successes)).await;
    }
    let twice = count(&town.bureau, &market, &json!({}), sample("2026-11-02", "EARLY", 1, 1)).await;
    assert_eq!(twice["code"], "TAKEN");
    let odd = count(&town.bureau, &market, &json!({}), sample("2026-11-04", "EARLY", 10, 11)).await;
    assert_eq!(odd["code"], "NUMBERS");
    let late = count(&town.bureau, &market, &json!({}), sample("2026-11-24", "EARLY", 10, 1)).await;
    assert_eq!(late["code"], "FUTURE");
    let from = json!({ "samples": 3, "days": 2, "from": "2026-11-01", "to": "2026-11-22" });
    let done = compute(&town.bureau, &market, "2026-11-01", "2026-11-22").await;
    let figure = |n: i32| json!({ "low": n, "high": n, "method": "COMPUTED", "overrideReason": null, "asOf": "2026-11-22", "computedFrom": from });
    assert_eq!((&done["seekerScale"], &done["dailySuccesses"]), (&figure(126), &figure(56)));
    assert_eq!(compute(&town.bureau, &market, "2026-11-01", "2026-11-22").await["code"], "CONFLICT");
    // The form sends a computed number back as it was read, and types none in.
    let kept = json!({ "low": 126, "high": 126, "approximate": false, "method": "COMPUTED", "asOf": "2026-11-22" });
    let again = amend(&town.bureau, &done, with(form("坞城零工市场"), "/seekerScale", kept.clone())).await;
    let shown = town.market(&market, "seekerScale { computedFrom { samples } } dailySuccesses { low }").await;
    assert_eq!(shown, json!({ "seekerScale": { "computedFrom": { "samples": 3 } }, "dailySuccesses": null }));
    let typed = with(form("坞城零工市场"), "/seekerScale", with(kept, "/low", json!(1)));
    assert_eq!(amend(&town.bureau, &again, typed).await["code"], "SCALE_COMPUTED");
    let by_hand = json!({ "low": 90, "high": 90, "approximate": true, "method": "OVERRIDE",
                          "overrideReason": "农忙，抽样偏高", "asOf": "2026-11-22" });
    amend(&town.bureau, &again, with(form("坞城零工市场"), "/seekerScale", by_hand)).await;
    let shown = town.market(&market, "seekerScale { method computedFrom { samples } }").await;
    assert_eq!(shown["seekerScale"], json!({ "method": "OVERRIDE", "computedFrom": null }));
}

#[tokio::test]
async fn a_sample_is_corrected_under_its_version_and_a_withdrawn_one_counts_no_more() {
    let town = Town::new().await;
    let market = town.listed(form("坞城零工市场")).await;
    let one = count(&town.bureau, &market, &json!({}), sample("2026-11-02", "EARLY", 100, 40)).await;
    let two = count(&town.bureau, &market, &json!({}), sample("2026-11-03", "EARLY", 50, 10)).await;
    let better = count(&town.bureau, &market, &two, sample("2026-11-03", "EARLY", 60, 20)).await;
    assert_eq!((&better["version"], &better["seekers"]), (&json!(2), &json!(60)));
    assert_eq!(count(&town.bureau, &market, &two, sample("2026-11-03", "EARLY", 1, 1)).await["code"], "CONFLICT");
    let withdraw = async |of: &Value, reason: &str| {
        let variables = json!({ "id": of["id"], "version": of["version"], "reason": reason });
        let declared = "$id: ID!, $version: Int!, $reason: String!";
        let call = "id: $id, version: $version, reason: $reason";
        send(&town.bureau, "withdrawMonitoringSample", declared, call, variables, "version withdrawnReason").await
    };
    assert_eq!(withdraw(&one, " ").await["code"], "REASON_MISSING");
    assert_eq!(withdraw(&one, "数错了").await, json!({ "version": 2, "withdrawnReason": "数错了" }));
    let done = compute(&town.bureau, &market, "2026-11-01", "2026-11-22").await;
    assert_eq!((&done["seekerScale"]["low"], &done["dailySuccesses"]["low"]), (&json!(60), &json!(20)));
    let all = town.market(&market, "monitoringSamples(first: 1) { edges { cursor node { sampledOn seekers } } }").await;
    let newest = &all["monitoringSamples"]["edges"][0];
    assert_eq!(newest["node"], json!({ "sampledOn": "2026-11-03", "seekers": 60 }));
    let next = format!(
        "monitoringSamples(first: 1, after: {}) {{ edges {{ node {{ withdrawnReason }} }} }}",
        newest["cursor"]
    );
    let next = town.market(&market, &next).await;
    assert_eq!(next["monitoringSamples"]["edges"], json!([{ "node": { "withdrawnReason": "数错了" } }]));
    let anew = count(&town.bureau, &market, &json!({}), sample("2026-11-02", "EARLY", 70, 20)).await;
    assert_eq!(anew["version"], 1, "what was withdrawn can be counted again");
}
