//! The venue: zones that share a place, facilities, bays, safety checks.

use kernel::policy::ScopeKind;

use super::*;

const SAVE: &str = "marketId: $market, id: $id, version: $version, input: $input";
const REMOVE: &str = "id: $id, version: $version";
const REMOVES: &str = "$id: ID!, $version: Int!";

async fn save(ctx: &Ctx, name: &str, kind: &str, market: &Value, known: &Value, input: Value) -> Value {
    let declared = format!("$market: ID!, $id: ID, $version: Int, $input: {kind}!");
    let variables = json!({ "market": market["id"], "id": known["id"], "version": known["version"], "input": input });
    send(ctx, name, &declared, SAVE, variables, "id version").await
}

async fn remove(ctx: &Ctx, name: &str, known: &Value, version: i32) -> Value {
    let variables = json!({ "id": known["id"], "version": version });
    send(ctx, name, REMOVES, REMOVE, variables, "id").await
}

fn zone(kind: &str, opens: &str, closes: &str) -> Value {
    let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
    json!({ "kind": kind, "name": "一楼大厅", "capacity": 60,
            "timetable": [{ "season": "ALL_YEAR", "weekdays": days, "opens": opens, "closes": closes }] })
}

#[tokio::test]
async fn two_zones_share_a_place_by_time_and_not_at_the_same_time() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let none = json!({});
    let waiting = zone("WAITING", "05:00", "09:00");
    let first = save(&town.bureau, "saveZone", "ZoneInput", &market, &none, waiting.clone()).await;
    assert_eq!(first["version"], 1, "{first}");
    let clash = save(&town.bureau, "saveZone", "ZoneInput", &market, &none, zone("TALKS", "08:00", "12:00")).await;
    assert_eq!(clash["code"], "CLASH", "{clash}");
    let second = save(&town.bureau, "saveZone", "ZoneInput", &market, &none, zone("TALKS", "09:00", "12:00")).await;
    assert_eq!(second["version"], 1);
    let shared = "{ markets(filter: { zoneShared: true }) { totalCount } }";
    assert_eq!(ask(&town.bureau, shared).await["markets"]["totalCount"], 1);
    let again = save(&town.bureau, "saveZone", "ZoneInput", &market, &first, waiting.clone()).await;
    assert_eq!(again["version"], 2);
    assert_eq!(save(&town.bureau, "saveZone", "ZoneInput", &market, &first, waiting).await["code"], "CONFLICT");
    assert_eq!(remove(&town.bureau, "removeZone", &first, 1).await["code"], "CONFLICT");
    assert_eq!(remove(&town.bureau, "removeZone", &first, 2).await["id"], first["id"]);
    assert_eq!(town.market(&market, "zones { kind }").await["zones"], json!([{ "kind": "TALKS" }]));
    assert_eq!(ask(&town.bureau, shared).await["markets"]["totalCount"], 0);
}

#[tokio::test]
async fn the_same_key_saves_a_facility_once() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let input = json!({ "kind": "WATER", "name": "饮水机", "quantity": 2, "state": "WORKING" });
    let declared = "$market: ID!, $input: FacilityInput!";
    let call = "marketId: $market, input: $input, idempotencyKey: \"k1\"";
    let variables = json!({ "market": market["id"], "input": input });
    let first = send(&town.bureau, "saveFacility", declared, call, variables.clone(), "id version").await;
    let second = send(&town.bureau, "saveFacility", declared, call, variables.clone(), "id version").await;
    assert_eq!((&first["version"], &first), (&json!(1), &second));
    let facilities = town.market(&market, "facilities { name }").await["facilities"].clone();
    assert_eq!(facilities.as_array().unwrap().len(), 1);
    let other = json!({ "market": market["id"], "input": with(variables["input"].clone(), "/quantity", json!(3)) });
    let reused = send(&town.bureau, "saveFacility", declared, call, other, "id").await;
    assert_eq!(reused, json!({ "error": "IDEMPOTENCY_KEY_REUSED" }));
    let tomorrow = json!({ "kind": "WATER", "name": "饮水机", "quantity": 2, "state": "WORKING",
                           "lastCheckedOn": "2026-11-24" });
    let refused = save(&town.bureau, "saveFacility", "FacilityInput", &market, &json!({}), tomorrow).await;
    assert_eq!(refused["code"], "CHECKED_IN_FUTURE");
    assert_eq!(remove(&town.bureau, "removeFacility", &first, 1).await["id"], first["id"]);
}

#[tokio::test]
async fn a_bay_stands_at_its_market_and_is_seen_by_the_public() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let bay = |lat: f64| {
        json!({ "label": "1号", "capacity": 3, "maxStayMinutes": 10,
                "point": { "lat": lat, "lng": 112.571, "crs": "WGS84" }, "routeText": "辅路驶入" })
    };
    let far = save(&town.bureau, "saveBay", "BayInput", &market, &json!({}), bay(37.90)).await;
    assert_eq!(far["code"], "FAR_AWAY");
    let saved = save(&town.bureau, "saveBay", "BayInput", &market, &json!({}), bay(37.791)).await;
    assert_eq!(saved["version"], 1, "{saved}");
    let public = town.by(Actor::Anonymous).await;
    let seen = ask(&public, "{ directory { edges { node { bays { label maxStayMinutes } } } } }").await;
    let bays = &seen["directory"]["edges"][0]["node"]["bays"];
    assert_eq!(*bays, json!([{ "label": "1号", "maxStayMinutes": 10 }]));
    let manager = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    assert_eq!(remove(&manager, "removeBay", &saved, 1).await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(remove(&town.bureau, "removeBay", &saved, 1).await["id"], saved["id"]);
}

async fn inspect(ctx: &Ctx, market: &Value, item: &str, result: &str, day: &str) -> Value {
    let note = if result == "FAILED" { json!("灭火器过期") } else { json!(null) };
    let input = json!({ "item": item, "result": result, "inspector": "李建国", "inspectedOn": day,
                        "expiresOn": "2027-11-01", "note": note });
    let variables = json!({ "market": market["id"], "input": input });
    let declared = "$market: ID!, $input: SafetyCheckInput!";
    send(ctx, "recordSafetyCheck", declared, "marketId: $market, input: $input", variables, "id newest").await
}

async fn withdraw(ctx: &Ctx, check: &Value, reason: &str) -> Value {
    let variables = json!({ "id": check["id"], "reason": reason });
    let declared = "$id: ID!, $reason: String!";
    let fields = "id newest withdrawnReason";
    send(ctx, "withdrawSafetyCheck", declared, "id: $id, reason: $reason", variables, fields).await
}

#[tokio::test]
async fn a_check_entered_by_mistake_is_withdrawn_and_the_one_before_it_counts_again() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    for item in ["EVACUATION_ROUTE", "FIRE_EQUIPMENT", "SECURITY_EQUIPMENT", "SANITATION"] {
        assert_eq!(inspect(&town.bureau, &market, item, "PASSED", "2026-11-01").await["newest"], true);
    }
    let standing = "standardisation { standardised }";
    assert_eq!(town.market(&market, standing).await["standardisation"]["standardised"], true);
    let target = "{ standardisationTarget(year: 2026) { target actual met markets { displayName } } }";
    assert_eq!(ask(&town.bureau, target).await["standardisationTarget"]["met"], true);
    let wrong = inspect(&town.bureau, &market, "FIRE_EQUIPMENT", "FAILED", "2026-11-20").await;
    assert_eq!(town.market(&market, standing).await["standardisation"]["standardised"], false);
    assert_eq!(ask(&town.bureau, target).await["standardisationTarget"]["actual"], 0);
    assert_eq!(withdraw(&town.bureau, &wrong, " ").await["code"], "REASON_MISSING");
    let withdrawn = withdraw(&town.bureau, &wrong, "填错市场").await;
    assert_eq!((&withdrawn["newest"], &withdrawn["withdrawnReason"]), (&json!(false), &json!("填错市场")));
    assert_eq!(withdraw(&town.bureau, &wrong, "填错市场").await["code"], "ALREADY_WITHDRAWN");
    assert_eq!(town.market(&market, standing).await["standardisation"]["standardised"], true);
    assert_eq!(ask(&town.bureau, target).await["standardisationTarget"]["actual"], 1);
    let page = "safetyChecks(first: 2) { pageInfo { hasNextPage endCursor } edges { node { item } } }";
    let checks = town.market(&market, page).await["safetyChecks"].clone();
    assert_eq!(
        (&checks["edges"][0]["node"]["item"], &checks["pageInfo"]["hasNextPage"]),
        (&json!("FIRE_EQUIPMENT"), &json!(true))
    );
    let next =
        format!("safetyChecks(first: 9, after: {}) {{ edges {{ node {{ item }} }} }}", checks["pageInfo"]["endCursor"]);
    let rest = town.market(&market, &next).await["safetyChecks"]["edges"].clone();
    assert_eq!(rest.as_array().unwrap().len(), 3, "it stays in the record");
}

#[tokio::test]
async fn how_full_a_market_is_is_public_for_a_while() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let declared = "$id: ID!, $level: CrowdLevel!, $minutes: Int";
    let call = "marketId: $id, level: $level, minutes: $minutes";
    let say = |level: &str, minutes: i32| json!({ "id": market["id"], "level": level, "minutes": minutes });
    let staff = town.by(testing::officer("market_staff", ScopeKind::Market, &id_of(&town, &market))).await;
    let refused = send(&staff, "reportCrowd", declared, call, say("FULL", 5), "id").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("MINUTES"), &json!("minutes")));
    let said = send(&staff, "reportCrowd", declared, call, say("BUSY", 30), "version crowd { level title }").await;
    assert_eq!(said["crowd"], json!({ "level": "BUSY", "title": "拥挤" }), "{said}");
    assert_eq!(said["version"], 2, "the form of the market is not touched");
    let seen = "{ directory { edges { node { crowd { level } } } } }";
    let public = town.by(Actor::Anonymous).await;
    assert_eq!(ask(&public, seen).await["directory"]["edges"][0]["node"]["crowd"]["level"], "BUSY");
    town.clock.advance(chrono::Duration::minutes(30));
    assert_eq!(ask(&public, seen).await["directory"]["edges"][0]["node"]["crowd"], json!(null));
    let watcher = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    let denied = send(&watcher, "reportCrowd", declared, call, say("FULL", 30), "id").await;
    assert_eq!(denied, json!({ "error": "FORBIDDEN" }));
}

/// The id of a market as roles are held at it.
fn id_of(town: &Town, of: &Value) -> String {
    let id = async_graphql::ID(of["id"].as_str().unwrap().to_owned());
    town.bureau.parse_id("Market", &id).unwrap().to_string()
}

#[tokio::test]
async fn a_zone_of_a_public_interest_market_is_free_of_charge() {
    let town = Town::new().await;
    let market = town.listed(form("小店区零工市场")).await;
    let charged = with(zone("TALKS", "09:00", "12:00"), "/freeOfCharge", json!(false));
    let refused = save(&town.bureau, "saveZone", "ZoneInput", &market, &json!({}), charged).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("CHARGED"), &json!("input.freeOfCharge")));
    save(&town.bureau, "saveZone", "ZoneInput", &market, &json!({}), zone("TALKS", "09:00", "12:00")).await;
    assert_eq!(town.market(&market, "zones { freeOfCharge }").await["zones"], json!([{ "freeOfCharge": true }]));
}
