//! Visits (走访企业).

use serde_json::{Value, json};

use super::town::{Town, ask, at, enterprise, error, register, send_for};

const VISIT: &str = "id version name visitors needs headcount followUpOn partyId";

async fn save(ctx: &kernel::Ctx, known: Option<&Value>, input: Value) -> Value {
    let variables = json!({ "id": known.map(|k| &k["id"]), "v": known.map(|k| &k["version"]), "i": input });
    let declared = "$id: ID, $v: Int, $i: EmployerVisitInput!";
    send_for(ctx, "saveVisit", declared, "id: $id, version: $v, input: $i", variables, "EmployerVisit", VISIT).await
}

fn visit(name: &str) -> Value {
    json!({
        "name": name, "visitedOn": "2026-06-30", "visitors": "李建国、王敏", "needs": "急需装卸工，日结",
        "headcount": 12, "followUpOn": "2026-07-10", "county": "140105",
    })
}

async fn found(ctx: &kernel::Ctx, arguments: &str) -> Vec<String> {
    let answer = ask(ctx, &format!("{{ employerVisits{arguments} {{ edges {{ node {{ name }} }} }} }}")).await;
    let edges = answer["employerVisits"]["edges"].as_array().unwrap().clone();
    edges.iter().map(|edge| edge["node"]["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_visit_says_who_went_what_was_needed_and_when_somebody_asks_again() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let kept = save(&bureau, None, visit("城南物流园")).await;
    assert_eq!(
        (&kept["name"], &kept["visitors"], &kept["headcount"], &kept["partyId"]),
        (&json!("城南物流园"), &json!("李建国、王敏"), &json!(12), &Value::Null),
        "{kept}"
    );
    assert_eq!(found(&bureau, "(filter: { followUpBefore: \"2026-07-10\" })").await, ["城南物流园"]);
    let mut followed = visit("城南物流园");
    followed["followedUpOn"] = json!("2026-07-01");
    let amended = save(&bureau, Some(&kept), followed.clone()).await;
    assert_eq!(amended["version"], 2);
    assert_eq!(save(&bureau, Some(&kept), followed).await["code"], "CONFLICT");
    assert_eq!(found(&bureau, "(filter: { followUpBefore: \"2026-07-10\" })").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_visit_that_says_too_little_is_refused_and_names_the_field() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    for (field, value, code) in [
        ("name", Value::Null, "NAME_MISSING"),
        ("visitedOn", json!("2026-07-02"), "IN_FUTURE"),
        ("visitors", json!(" "), "VISITORS_MISSING"),
        ("needs", json!(""), "NEEDS_MISSING"),
        ("headcount", json!(0), "HEADCOUNT"),
        ("followUpOn", json!("2026-06-01"), "FOLLOW_UP_BEFORE"),
        ("county", json!("140212"), "INVALID_COUNTY"),
    ] {
        let mut input = visit("城南物流园");
        input[field] = value;
        assert_eq!(save(&bureau, None, input).await["code"], code, "{field}");
    }
    assert!(found(&bureau, "").await.is_empty());
}

#[tokio::test]
async fn visits_are_seen_where_they_were_made_and_found_by_day_and_name() {
    let town = Town::new().await;
    let (bureau, hall, agent) = (town.bureau().await, town.hall().await, town.agent().await);
    let party = register(&hall, at(enterprise(1), &Town::public_market(&hall))).await;
    let mut of_party = visit("");
    of_party["partyId"] = party["id"].clone();
    of_party["name"] = Value::Null;
    of_party["county"] = Value::Null;
    of_party["visitedOn"] = json!("2026-06-20");
    let kept = save(&hall, None, of_party).await;
    assert_eq!((&kept["name"], &kept["partyId"]), (&json!("第1装卸有限公司"), &party["id"]), "{kept}");
    let mut far = visit("尖草坪钢材市场");
    far["county"] = json!("140108");
    save(&bureau, None, far).await;
    assert_eq!(found(&bureau, "").await, ["尖草坪钢材市场", "第1装卸有限公司"]);
    assert_eq!(found(&hall, "").await, ["第1装卸有限公司"]);
    assert_eq!(found(&town.county("140108").await, "").await, ["尖草坪钢材市场"]);
    assert!(found(&agent, "").await.is_empty());
    assert_eq!(found(&bureau, "(filter: { to: \"2026-06-25\" })").await, ["第1装卸有限公司"]);
    assert_eq!(found(&bureau, "(filter: { search: \"钢材\" })").await, ["尖草坪钢材市场"]);
    assert_eq!(found(&bureau, &format!("(filter: {{ partyId: {} }})", party["id"])).await, ["第1装卸有限公司"]);
    let volunteer = town.volunteer(7).await;
    assert_eq!(error(&volunteer, "{ employerVisits { totalCount } }", json!({})).await, "FORBIDDEN");
    let elsewhere = "mutation($i: EmployerVisitInput!) { saveVisit(input: $i) { __typename } }";
    assert_eq!(
        error(&hall, elsewhere, json!({ "i": visit("城南物流园") })).await,
        "FORBIDDEN",
        "a hall visits as a hall"
    );
}
