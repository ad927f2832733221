//! Whom of those who work the staff see (可见范围).

use kernel::policy::ScopeKind;
use kernel::{Ctx, Fault};
use people::testing::{TAIYUAN, id_number};
use people::{ConsentForm, NewRole, Sought, WorkerInput, close_worker, look_up_worker, print_slip, register_worker};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::common::{as_account, fault, refusal};
use super::counters::{self, COMMERCIAL, PUBLIC, STREET, form, officer, signed};
use super::workers::{ask, workers};

#[tokio::test]
async fn a_commercial_market_sees_its_own_workers_and_volunteers_see_whom_they_entered() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let agency = counters::at(&house, "agency", "market_manager", COMMERCIAL).await;
    let team = counters::at(&house, "team", "volunteer_lead", STREET).await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    for (ctx, market, name, year) in
        [(&desk, PUBLIC, "张三", 1980), (&agency, COMMERCIAL, "李四", 1981), (&team, STREET, "王五", 1982)]
    {
        let input = form(name, &id_number(&format!("{year}-02-03"), 1), "无");
        register_worker(ctx, Some(market), input, signed(ctx).await, None).await.unwrap();
    }
    let seen = async |ctx: &Ctx| -> Vec<String> {
        let answer = ask(
            ctx,
            "{ workers(orderBy: CREATED_AT) { totalCount edges { node { nameMasked difficulties { kind } } } } }",
            json!({}),
        )
        .await;
        let page = &answer["data"]["workers"];
        let edges = page["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        assert_eq!(page["totalCount"], json!(edges.len()));
        edges.iter().map(|edge| edge["node"]["nameMasked"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(seen(&bureau).await, ["王*", "李*", "张*"]);
    assert_eq!(seen(&desk).await, ["张*"]);
    assert_eq!(seen(&agency).await, ["李*"]);
    assert_eq!(seen(&team).await, ["王*"]);
    let by = workers(&house).await;
    let theirs = by.iter().find(|row| row.name_masked == "张*").unwrap();
    for (ctx, who) in [(&agency, "agency"), (&team, "team")] {
        let id = ctx.gid("Worker", theirs.id);
        let asked = ask(ctx, "query($i: ID!) { worker(id: $i) { nameMasked } }", json!({"i": id.as_str()})).await;
        assert_eq!(asked["data"]["worker"], Value::Null, "{who}");
        assert!(matches!(fault(close_worker(ctx, theirs.id, 1, None).await), Fault::NotFound), "{who}");
    }
    let wrong = counters::at(&house, "stray", "market_staff", STREET).await;
    assert_eq!(seen(&wrong).await, Vec::<String>::new(), "market staff have no part in a volunteers' market");
    let denied = register_worker(
        &wrong,
        Some(STREET),
        form("赵六", &id_number("1983-02-03", 1), "无"),
        signed_by(&bureau).await,
        None,
    );
    assert!(matches!(fault(denied.await), Fault::Forbidden));
    assert_eq!(workers(&house).await.len(), 3);
}

/// Somebody else's paper: it is of no use to whoever may not register at all.
async fn signed_by(ctx: &Ctx) -> ConsentForm {
    signed(ctx).await
}

#[tokio::test]
async fn a_whole_number_finds_a_worker_at_a_public_counter_and_each_look_is_recorded() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let agency = counters::at(&house, "agency", "market_manager", COMMERCIAL).await;
    let card = id_number("1980-02-03", 1);
    register_worker(&agency, Some(COMMERCIAL), form("李四", &card, "13800001234"), signed(&agency).await, None)
        .await
        .unwrap();
    let found = look_up_worker(&desk, Some(PUBLIC), Some(Sought::Phone("138 0000 1234".to_owned()))).await.unwrap();
    assert_eq!(found.name_masked, "李*");
    let by_card = look_up_worker(&desk, Some(PUBLIC), Some(Sought::IdNumber(card.clone()))).await.unwrap();
    assert_eq!(by_card.id, found.id);
    let part = look_up_worker(&desk, Some(PUBLIC), Some(Sought::Phone("1380000".to_owned()))).await;
    assert_eq!(refusal(part), people::LookUpWorker::OneNumber);
    let nobody = look_up_worker(&desk, Some(PUBLIC), Some(Sought::Phone("13900005678".to_owned()))).await;
    assert_eq!(refusal(nobody), people::LookUpWorker::NotRegistered);
    let other = look_up_worker(&agency, Some(COMMERCIAL), Some(Sought::Phone("13800001234".to_owned()))).await;
    assert!(matches!(fault(other), Fault::Forbidden), "a commercial market finds nobody by number");
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let entries = entities::audit_entry::Entity::find().all(&ctx.scope()).await.unwrap();
    let looks: Vec<_> = entries.iter().filter(|entry| entry.operation == "worker.look_up").collect();
    let mut results: Vec<&str> = looks.iter().map(|entry| entry.result.as_str()).collect();
    results.sort_unstable();
    assert_eq!(results, ["DONE", "DONE", "FORBIDDEN", "REFUSED", "REFUSED"]);
    assert!(
        looks.iter().all(|entry| !entry.detail.to_string().contains("13800001234")),
        "no number stands in the audit"
    );
    print_slip(&desk, found.id, None).await.unwrap();
}

#[tokio::test]
async fn an_officer_of_a_county_sees_its_workers_and_filters_find_them() {
    let (house, _dir) = counters::city().await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    let held = NewRole { role: "county_officer", kind: ScopeKind::County, key: "140106".to_owned() };
    house.account(TAIYUAN, "yingze", vec![held]).await.unwrap();
    let yingze = as_account(&house, "yingze").await;
    for (n, (county, trade)) in [("140105", "瓦工"), ("140106", "瓦工"), ("140106", "保洁员")].into_iter().enumerate()
    {
        let card = id_number(&format!("19{}-02-03", 80 + n), 1);
        let input = WorkerInput {
            county: county.to_owned(),
            trades: vec![trade.to_owned()],
            ..form(["张三", "李四", "王五"][n], &card, "无")
        };
        register_worker(&bureau, None, input, signed(&bureau).await, None).await.unwrap();
    }
    let names = async |ctx: &Ctx, filter: Value| -> Vec<String> {
        let query =
            "query($f: WorkerFilter) { workers(filter: $f, orderBy: CREATED_AT) { edges { node { nameMasked } } } }";
        let answer = ask(ctx, query, json!({"f": filter})).await;
        let edges = answer["data"]["workers"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}"));
        edges.iter().map(|edge| edge["node"]["nameMasked"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&yingze, json!({})).await, ["王*", "李*"]);
    assert_eq!(names(&yingze, json!({"trade": "瓦匠"})).await, ["李*"]);
    assert_eq!(names(&bureau, json!({"name": "张"})).await, ["张*"]);
    assert_eq!(names(&bureau, json!({"county": "140106", "looking": true})).await, ["王*", "李*"]);
    assert_eq!(names(&bureau, json!({"trade": "宇航员"})).await, Vec::<String>::new());
    let elsewhere =
        register_worker(&yingze, None, form("赵六", &id_number("1990-02-03", 1), "无"), signed(&yingze).await, None);
    assert!(matches!(fault(elsewhere.await), Fault::Forbidden), "Xiaodian is another county's");
}
