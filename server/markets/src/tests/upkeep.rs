//! The upkeep: contracts, construction projects, map annotations.

use super::*;

async fn save(ctx: &Ctx, name: &str, kind: &str, market: &Value, known: &Value, input: Value) -> Value {
    let declared = format!("$market: ID!, $id: ID, $version: Int, $input: {kind}!");
    let call = "marketId: $market, id: $id, version: $version, input: $input";
    let variables = json!({ "market": market["id"], "id": known["id"], "version": known["version"], "input": input });
    send(ctx, name, &declared, call, variables, "id version").await
}

async fn remove(ctx: &Ctx, name: &str, known: &Value, version: i32) -> Value {
    let variables = json!({ "id": known["id"], "version": version });
    send(ctx, name, "$id: ID!, $version: Int!", "id: $id, version: $version", variables, "id").await
}

#[tokio::test]
async fn a_contract_is_kept_changed_found_by_its_end_and_removed() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let contract = |ends: &str| {
        json!({ "operator": "某某公司", "scope": "日常运营", "startsOn": "2026-01-01", "endsOn": ends,
                "indicators": [{ "name": "日均服务", "target": 100, "unit": "人次", "actual": 120 }] })
    };
    let none = json!({});
    let wrong = save(&town.bureau, "saveContract", "ContractInput", &market, &none, contract("2025-12-31")).await;
    assert_eq!((&wrong["code"], &wrong["field"]), (&json!("ENDS_BEFORE_START"), &json!("input.endsOn")));
    let made = save(&town.bureau, "saveContract", "ContractInput", &market, &none, contract("2026-12-31")).await;
    assert_eq!(made["version"], 1, "{made}");
    let ending = |day: &str| format!("{{ markets(filter: {{ contractEndsBefore: \"{day}\" }}) {{ totalCount }} }}");
    assert_eq!(ask(&town.bureau, &ending("2027-01-01")).await["markets"]["totalCount"], 1);
    assert_eq!(ask(&town.bureau, &ending("2026-12-31")).await["markets"]["totalCount"], 0);
    let kept = town.market(&market, "contracts { operator current indicators { name target actual } }").await;
    assert_eq!(kept["contracts"][0]["indicators"], json!([{ "name": "日均服务", "target": 100, "actual": 120 }]));
    let later = save(&town.bureau, "saveContract", "ContractInput", &market, &made, contract("2027-12-31")).await;
    assert_eq!(later["version"], 2);
    assert_eq!(remove(&town.bureau, "removeContract", &made, 1).await["code"], "CONFLICT");
    assert_eq!(remove(&town.bureau, "removeContract", &made, 2).await["id"], made["id"]);
    assert_eq!(town.market(&market, "contracts { id }").await["contracts"], json!([]));
}

#[tokio::test]
async fn a_project_shows_what_is_late_and_is_found_by_mode() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let project = |done: Value| {
        json!({ "mode": "CONVERSION", "title": "桥下空地改造", "milestones": [
            { "title": "施划标线", "dueOn": "2026-11-01", "doneOn": done },
            { "title": "投入使用", "dueOn": "2026-12-20" } ] })
    };
    let none = json!({});
    let tomorrow =
        save(&town.bureau, "saveProject", "ProjectInput", &market, &none, project(json!("2026-11-24"))).await;
    assert_eq!(tomorrow["code"], "DONE_IN_FUTURE");
    let made = save(&town.bureau, "saveProject", "ProjectInput", &market, &none, project(json!(null))).await;
    let count = |filter: &str| format!("{{ markets(filter: {{ {filter} }}) {{ totalCount }} }}");
    assert_eq!(ask(&town.bureau, &count("projectLate: true")).await["markets"]["totalCount"], 1);
    assert_eq!(ask(&town.bureau, &count("projectMode: CONVERSION")).await["markets"]["totalCount"], 1);
    assert_eq!(ask(&town.bureau, &count("projectMode: NEW_BUILD")).await["markets"]["totalCount"], 0);
    let done = save(&town.bureau, "saveProject", "ProjectInput", &market, &made, project(json!("2026-11-10"))).await;
    assert_eq!(done["version"], 2, "{done}");
    assert_eq!(ask(&town.bureau, &count("projectLate: true")).await["markets"]["totalCount"], 0);
    let states = town.market(&market, "projects { milestones { status } }").await["projects"][0]["milestones"].clone();
    assert_eq!(states, json!([{ "status": "DONE" }, { "status": "PLANNED" }]));
    assert_eq!(remove(&town.bureau, "removeProject", &made, 2).await["id"], made["id"]);
}

#[tokio::test]
async fn an_annotation_that_is_asked_for_is_not_removed_and_another_is() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let declared = "$market: ID!, $version: Int, $input: AnnotationInput!";
    let call = "marketId: $market, version: $version, input: $input";
    let put = |provider: &str, status: &str, poi: Option<&str>, version: Option<i32>| {
        json!({ "market": market["id"], "version": version,
                "input": { "provider": provider, "status": status, "poiId": poi } })
    };
    let nowhere =
        send(&town.bureau, "saveAnnotation", declared, call, put("BAIDU", "APPROVED", None, Some(1)), "id").await;
    assert_eq!(nowhere["code"], "POI_MISSING");
    let baidu = put("BAIDU", "APPROVED", Some("B1"), Some(1));
    let baidu = send(&town.bureau, "saveAnnotation", declared, call, baidu, "id version").await;
    assert_eq!(baidu["version"], 2);
    let tencent = put("TENCENT", "SUBMITTED", None, None);
    let tencent = send(&town.bureau, "saveAnnotation", declared, call, tencent, "id version").await;
    assert_eq!(remove(&town.bureau, "removeAnnotation", &baidu, 2).await["code"], "REQUIRED");
    assert_eq!(remove(&town.bureau, "removeAnnotation", &tencent, 1).await["id"], tencent["id"]);
    let count = |filter: &str| format!("{{ markets(filter: {{ {filter} }}) {{ totalCount }} }}");
    let approved = "annotationProvider: BAIDU, annotation: APPROVED";
    assert_eq!(ask(&town.bureau, &count(approved)).await["markets"]["totalCount"], 1);
    let other = "annotationProvider: GAODE, annotation: APPROVED";
    assert_eq!(ask(&town.bureau, &count(other)).await["markets"]["totalCount"], 0);
}
