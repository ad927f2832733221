//! What a party may (资格): the pledge, the fast lane, suspension, "still hiring".

use chrono::{Duration, NaiveDate};
use entities::hiring_party;
use kernel::{Action, Ctx, Never, Stop};
use people::testing::TAIYUAN;
use people::{acts_for, lose_fast_lane, standing};
use serde_json::{Value, json};

use super::town::{Town, answer, ask, at, enterprise, error, pledge, register, send, step, step_for, verified};

static PUNISH: Action = Action::new("test", "punish", "停用通道", "Take the fast lane");

async fn lose(town: &Town, until: &str) {
    let ctx = town.house.itself(TAIYUAN).await.unwrap();
    let (party, until): (_, NaiveDate) = (town.rows().await[0].id, until.parse().unwrap());
    let done: Result<(), Stop<Never>> = ctx
        .transact(&PUNISH, |tx| async move {
            Ok(lose_fast_lane(&tx, party, until, "二十四小时内取消用工").await?)
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
}

async fn row(town: &Town) -> hiring_party::Model {
    town.rows().await.remove(0)
}

/// A verified party that signed.
async fn pledged(ctx: &Ctx) -> Value {
    let party = verified(ctx, enterprise(1)).await;
    let signed = pledge(ctx, &party).await;
    assert_eq!(signed["pledged"], true, "{signed}");
    signed
}

#[tokio::test]
async fn the_fast_lane_is_for_who_is_verified_and_signed_and_is_lost_for_a_time() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let party = register(&bureau, enterprise(1)).await;
    assert_eq!(step(&bureau, "grantFastLane", &party, "").await["code"], "NOT_VERIFIED");
    let other = verified(&bureau, enterprise(2)).await;
    assert_eq!(step(&bureau, "grantFastLane", &other, "").await["code"], "NOT_PLEDGED");
    let signed = pledge(&bureau, &other).await;
    let given = step(&bureau, "grantFastLane", &signed, "").await;
    assert_eq!(given["fastLane"], true, "{given}");
    assert_eq!(step(&bureau, "grantFastLane", &given, "").await["code"], "ALREADY_GIVEN");
}

#[tokio::test]
async fn who_lost_the_fast_lane_publishes_after_review_until_the_day_is_over() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let signed = pledged(&bureau).await;
    step(&bureau, "grantFastLane", &signed, "").await;
    assert!(standing(&row(&town).await, "2026-07-01".parse().unwrap()).fast_lane);
    lose(&town, "2026-07-08").await;
    lose(&town, "2026-07-03").await;
    let lost = row(&town).await;
    assert_eq!(lost.fast_lane_lost_until, Some("2026-07-08".parse().unwrap()), "the longer time stands");
    let on = |day: &str| standing(&lost, day.parse().unwrap());
    assert!(!on("2026-07-08").fast_lane && on("2026-07-08").verified);
    assert!(on("2026-07-09").fast_lane);
    let query = format!("{{ hiringParty(id: {}) {{ fastLane fastLaneLostUntil }} }}", signed["id"]);
    let seen = ask(&bureau, &query).await["hiringParty"].clone();
    assert_eq!(seen, json!({ "fastLane": false, "fastLaneLostUntil": "2026-07-08" }));
    let history =
        format!("{{ hiringParty(id: {}) {{ history {{ edges {{ node {{ kind reason }} }} }} }} }}", signed["id"]);
    let told = ask(&bureau, &history).await["hiringParty"]["history"]["edges"][0]["node"].clone();
    assert_eq!(told, json!({ "kind": "fast_lane_lost", "reason": "二十四小时内取消用工" }));
}

#[tokio::test]
async fn a_suspended_party_may_not_hire_and_has_no_fast_lane_once_it_is_lifted() {
    let town = Town::new().await;
    let (bureau, hall) = (town.bureau().await, town.hall().await);
    let party = verified(&hall, at(enterprise(1), &Town::public_market(&hall))).await;
    let signed = pledge(&hall, &party).await;
    let given = step(&hall, "grantFastLane", &signed, "").await;
    let query =
        "mutation($id: ID!, $v: Int!) { suspendParty(id: $id, version: $v, reason: \"虚假招聘\") { __typename } }";
    let seen = json!({ "id": given["id"], "v": given["version"] });
    assert_eq!(error(&hall, query, seen).await, "FORBIDDEN", "a market does not suspend");
    assert_eq!(step_for(&bureau, "suspendParty", &given, " ").await["code"], "REASON_NEEDED");
    let suspended = step_for(&bureau, "suspendParty", &given, "虚假招聘").await;
    assert_eq!((&suspended["status"], &suspended["statusReason"]), (&json!("SUSPENDED"), &json!("虚假招聘")));
    assert_eq!(suspended["verifiedBadge"], Value::Null);
    let at_noon = standing(&row(&town).await, "2026-07-01".parse().unwrap());
    assert!(at_noon.suspended && !at_noon.verified && !at_noon.fast_lane);
    assert_eq!(step_for(&bureau, "suspendParty", &suspended, "再次").await["code"], "NOT_FROM_HERE");
    let confirm = send(&hall, "confirmHiring", "$id: ID!", "id: $id", json!({ "id": party["id"] })).await;
    assert_eq!(confirm["code"], "SUSPENDED");
    let lifted = step_for(&bureau, "liftPartySuspension", &suspended, "已整改").await;
    assert_eq!((&lifted["status"], &lifted["fastLane"]), (&json!("VERIFIED"), &json!(false)), "{lifted}");
    assert_eq!(step_for(&bureau, "liftPartySuspension", &lifted, "再次").await["code"], "NOT_FROM_HERE");
}

#[tokio::test]
async fn the_pledge_is_read_by_everybody_and_signed_in_its_newest_version() {
    let town = Town::new().await;
    let (bureau, stranger) = (town.bureau().await, town.stranger().await);
    let read = ask(&stranger, "{ partyPledge { version since inForce title promises } }").await["partyPledge"].clone();
    assert_eq!(
        (&read["version"], &read["since"], &read["inForce"]),
        (&json!("2026-1"), &json!("2026-07-01"), &json!(true))
    );
    assert_eq!(read["promises"].as_array().unwrap().len(), 11);
    assert!(read["promises"].to_string().contains("押金"));
    assert_eq!(ask(&stranger, "{ partyPledge(version: \"1999-1\") { version } }").await["partyPledge"], Value::Null);

    let (_, owner) = town.citizen("13800001234").await;
    let party = register(&owner, enterprise(1)).await;
    let sign = async |ctx: &Ctx, version: &str| {
        let variables = json!({ "id": party["id"], "v": party["version"], "p": version });
        let passed = "id: $id, version: $v, pledgeVersion: $p";
        send(ctx, "signPledge", "$id: ID!, $v: Int!, $p: String!", passed, variables).await
    };
    assert_eq!(sign(&owner, "2019-1").await["code"], "NOT_IN_FORCE");
    assert_eq!(sign(&bureau, "2026-1").await["code"], "EVIDENCE_NEEDED", "a counter keeps the paper");
    assert_eq!(row(&town).await.pledge_version, None);
    let signed = sign(&owner, "2026-1").await;
    assert_eq!(signed["pledged"], true, "who hires signs by itself: {signed}");
    let again = step(&owner, "signPledge", &signed, ", pledgeVersion: \"2026-1\"").await;
    assert_eq!(again["code"], "ALREADY_SIGNED");
}

#[tokio::test]
async fn one_tap_says_that_a_party_still_hires_and_who_is_silent_for_long_is_stale() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (_, owner) = town.citizen("13800001234").await;
    let party = register(&owner, enterprise(1)).await;
    let silent = register(&bureau, enterprise(2)).await;
    town.house.clock.advance(Duration::days(31));
    let stale = "{ hiringParties(filter: { stale: true }) { edges { node { displayName stale } } } }";
    assert_eq!(ask(&bureau, stale).await["hiringParties"]["edges"].as_array().unwrap().len(), 2);
    let tapped = send(&owner, "confirmHiring", "$id: ID!", "id: $id", json!({ "id": party["id"] })).await;
    assert_eq!(tapped["stale"], false, "{tapped}");
    let left = ask(&bureau, stale).await["hiringParties"]["edges"].clone();
    assert_eq!(left, json!([{ "node": { "displayName": "第2装卸有限公司", "stale": true } }]));
    let stranger = town.stranger().await;
    for (one, stale) in [(&party, false), (&silent, true)] {
        let seen = ask(&stranger, &format!("{{ publicParty(id: {}) {{ stale }} }}", one["id"])).await;
        assert_eq!(seen["publicParty"], json!({ "stale": stale }), "everybody may know");
    }
    let (_, other) = town.citizen("13800009999").await;
    let query = "mutation($id: ID!) { confirmHiring(id: $id) { __typename } }";
    assert_eq!(error(&other, query, json!({ "id": party["id"] })).await, "NOT_FOUND");
}

#[tokio::test]
async fn other_chapters_are_told_who_may_act_for_a_party() {
    let town = Town::new().await;
    let (bureau, hall, agent) = (town.bureau().await, town.hall().await, town.agent().await);
    let (_, owner) = town.citizen("13800001234").await;
    let (_, other) = town.citizen("13800009999").await;
    register(&owner, at(enterprise(1), &Town::public_market(&owner))).await;
    let id = row(&town).await.id;
    let far = town.county("140106").await;
    for (ctx, may) in [
        (&owner, true),
        (&bureau, true),
        (&hall, true),
        (&other, false),
        (&agent, false),
        (&far, false),
        (&town.stranger().await, false),
        (&town.volunteer(7).await, false),
    ] {
        let acts = acts_for(ctx, &ctx.scope(), id).await.unwrap();
        assert_eq!(acts.is_some(), may, "{:?}", ctx.actor());
    }
    let nobody = acts_for(&bureau, &bureau.scope(), uuid::Uuid::nil()).await.unwrap();
    assert!(nobody.is_none());
}

#[tokio::test]
async fn what_a_party_is_called_is_told_in_english_too() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let party = verified(&bureau, enterprise(1)).await;
    let english = town.house.kernel.ctx(TAIYUAN, bureau.actor().clone(), kernel::Lang::En).await.unwrap();
    let query =
        format!("{{ publicParty(id: {}) {{ kindName verifiedBadge {{ by }} remedies {{ law }} }} }}", party["id"]);
    let seen = answer(&english, &query, json!({})).await["data"]["publicParty"].take();
    assert_eq!(seen["kindName"], "enterprise");
    assert_eq!(seen["verifiedBadge"]["by"], "Human Resources and Social Security Bureau of Taiyuan");
    assert_eq!(seen["remedies"][0]["law"], "Regulations on Labour Security Inspection, articles 2, 9 and 20");
}
