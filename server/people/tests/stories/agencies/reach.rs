//! Who sees and keeps which agency (可及范围).

use super::super::counters::{COMMERCIAL, PUBLIC, STREET};
use super::kept::{item, publish};
use super::work::receipt;
use super::*;

const OTHER: &str = "晋人服证字〔2026〕第0202号";

async fn names(ctx: &Ctx) -> Vec<String> {
    let all = answer(ctx, "agencies", "{ agencies { edges { node { name } } } }", json!({})).await;
    let edges = all["edges"].as_array().unwrap_or_else(|| panic!("{all}"));
    edges.iter().map(|edge| edge["node"]["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_manager_sees_and_keeps_its_own_agency_and_decides_nothing() {
    let world = Province::new().await;
    let own = world.verified().await;
    let other = with(with(form(), "name", json!("另一家公司")), "county", json!("140106"));
    let other = register(&world.taiyuan, OTHER, other).await;
    let id = row(&world.house, TAIYUAN, LICENCE).await.id.to_string();
    let manager = acting(&world.house, TAIYUAN, "manager", "agency_manager", ScopeKind::Agency, &id).await;
    assert_eq!(names(&world.taiyuan).await, ["另一家公司", "并州人力资源服务有限公司"]);
    assert_eq!(names(&manager).await, ["并州人力资源服务有限公司"]);
    let prices = json!([item("代理招聘", 5000, "HIRING_PARTY")]);
    assert_eq!(publish(&manager, &own, "2026-07-01", prices.clone()).await["number"], 1);
    assert_eq!(publish(&manager, &other, "2026-07-01", prices).await["error"], "NOT_FOUND", "another's is not there");
    assert_eq!(decide(&manager, "liftAgencyLicence", &own).await["error"], "FORBIDDEN");
    assert_eq!(verify(&manager, &own).await["error"], "FORBIDDEN");
    assert_eq!(amend(&manager, &own, form()).await["error"], "FORBIDDEN");
    let inspections = "query($id: ID!) { agencyInspections(agencyId: $id) { edges { cursor } } }";
    let found = answer(&manager, "agencyInspections", inspections, json!({"id": own["id"]})).await;
    assert_eq!(found["error"], "FORBIDDEN", "what inspectors found is not theirs to read");
    let ledger = "query($id: ID!) { agencyLedger(agencyId: $id) { edges { cursor } } }";
    assert_eq!(answer(&manager, "agencyLedger", ledger, json!({"id": own["id"]})).await["edges"], json!([]));
    assert_eq!(answer(&manager, "agencyLedger", ledger, json!({"id": other["id"]})).await, Value::Null);
}

#[tokio::test]
async fn a_county_looks_after_the_agencies_with_their_seat_there_and_suspends_none() {
    let world = Province::new().await;
    let county = acting(&world.house, TAIYUAN, "county", "county_officer", ScopeKind::County, "140105").await;
    let made = register(&county, LICENCE, form()).await;
    assert_eq!(made["registeredHere"], true, "{made}");
    let elsewhere = register(&county, OTHER, with(form(), "county", json!("140106"))).await;
    assert_eq!(elsewhere["error"], "FORBIDDEN");
    let citywide = register(&county, OTHER, with(form(), "county", Value::Null)).await;
    assert_eq!(citywide["error"], "FORBIDDEN");
    let verified = verify(&county, &made).await;
    assert_eq!(verified["licenceState"], "VALID");
    assert_eq!(decide(&county, "suspendAgencyLicence", &verified).await["error"], "FORBIDDEN");
    let moved = amend(&county, &verified, with(form(), "county", json!("140106"))).await;
    assert_eq!(moved["error"], "FORBIDDEN", "moving it needs the right there too");
    let away = amend(&world.taiyuan, &verified, with(form(), "county", json!("140106"))).await;
    assert_eq!(away["version"], 3, "{away}");
    assert_eq!(names(&county).await, Vec::<String>::new());
    assert_eq!(amend(&county, &away, form()).await["error"], "NOT_FOUND", "what it does not look after is not there");
}

#[tokio::test]
async fn whoever_holds_no_role_sees_no_agency() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let stranger = world.house.stranger(TAIYUAN).await.unwrap();
    let all = answer(&stranger, "agencies", "{ agencies { totalCount } }", json!({})).await;
    assert_eq!(all["error"], "UNAUTHENTICATED");
    assert_eq!(publish(&stranger, &agency, "2026-07-01", json!([])).await["error"], "UNAUTHENTICATED");
    let supervisor = acting(&world.house, TAIYUAN, "supervisor", "supervisor", ScopeKind::City, "").await;
    assert_eq!(names(&supervisor).await, ["并州人力资源服务有限公司"]);
    assert_eq!(publish(&supervisor, &agency, "2026-07-01", json!([])).await["error"], "FORBIDDEN");
    let province = seen(&world.bureau, LICENCE).await;
    assert_eq!(publish(&world.bureau, &province, "2026-07-01", json!([])).await["error"], "FORBIDDEN");
}

#[tokio::test]
async fn a_public_market_charges_nobody_volunteers_handle_no_money_and_a_commercial_one_charges_by_its_list() {
    let world = Province::new().await;
    let agency = world.verified().await;
    world.house.clock.set("2026-07-03T09:00:00+08:00".parse().unwrap());
    let id = row(&world.house, TAIYUAN, LICENCE).await.id.to_string();
    let prices = json!([item("代理招聘", 5000, "HIRING_PARTY")]);
    let list = publish(&world.taiyuan, &agency, "2026-07-01", prices.clone()).await;
    let markets = [
        ("staff", "market_staff", PUBLIC),
        ("manager", "market_manager", PUBLIC),
        ("team", "volunteer_lead", STREET),
        // A licence is the agency's: its market charges through whoever answers for the agency.
        ("counter", "market_staff", COMMERCIAL),
    ];
    for (name, role, market) in markets {
        let who = acting(&world.house, TAIYUAN, name, role, ScopeKind::Market, &market.to_string()).await;
        assert_eq!(publish(&who, &agency, "2026-07-02", prices.clone()).await["error"], "FORBIDDEN", "{name}: a list");
        assert_eq!(receipt(&who, &list, "0001", "2026-07-03", 5_000).await["error"], "FORBIDDEN", "{name}: a fee");
    }
    let manager = acting(&world.house, TAIYUAN, "agency", "agency_manager", ScopeKind::Agency, &id).await;
    let worker = json!([item("推荐服务", 5000, "WORKER")]);
    assert_eq!(
        publish(&manager, &agency, "2026-07-02", worker).await["code"],
        "CHARGED_TO_WORKER",
        "workers are charged nothing"
    );
    let above = receipt(&manager, &list, "0001", "2026-07-03", 10_001).await;
    assert_eq!(above["code"], "ABOVE_THE_LIST");
    assert!(above["message"].as_str().unwrap().contains("100元"), "{above}");
    assert_eq!(receipt(&manager, &list, "0001", "2026-07-03", 10_000).await["refundDue"], false);
}
