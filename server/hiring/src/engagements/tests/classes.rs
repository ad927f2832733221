//! The three classes of operators, and who sees whose engagements.

use kernel::Fault;
use markets::OperatorKind;
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{ConnectionTrait as _, ExprTrait as _};

use super::*;

/// Another market of a kind.
async fn market(town: &Town, name: &str, kind: &'static str) -> Uuid {
    let bureau = town.by(markets::testing::bureau()).await;
    let made = markets::register_market(&bureau, markets::testing::market(name), None).await.unwrap().id;
    testing::make(&town.kernel, |tx| async move {
        let changed = Query::update()
            .table(Alias::new("market"))
            .value(Alias::new("operator_kind"), kind)
            .and_where(Expr::col(Alias::new("id")).eq(made))
            .to_owned();
        tx.execute(&changed).await?;
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
    made
}

#[tokio::test]
async fn each_market_sees_its_own_engagements_the_county_its_own_and_volunteers_none() {
    let town = Town::new().await;
    let commercial = market(&town, "晋源经营市场", OperatorKind::LicensedAgency.code()).await;
    let volunteer = market(&town, "志愿市场", OperatorKind::VolunteerTeam.code()).await;
    let mut hired = Vec::new();
    for (n, at_market) in [(1, town.market), (2, commercial), (3, volunteer)] {
        let posted = town.post(NewPosting { market: Some(at_market), ..town.wall(true, 5) }).await;
        let who = town.worker("张三", n).await;
        hired.push(town.hired(who, posted.shifts[0]).await["id"].clone());
    }
    let list = "{ engagements { edges { node { id workerName } } } }";
    let seen_by = async |actor: Actor| -> Vec<Value> {
        let answer = ask(&town.by(actor).await, list).await;
        let edges = answer["engagements"]["edges"].as_array().unwrap().clone();
        let mut ids: Vec<Value> = edges.iter().map(|edge| edge["node"]["id"].clone()).collect();
        ids.sort_by_key(ToString::to_string);
        ids
    };
    let sorted = |ids: &[&Value]| {
        let mut ids: Vec<Value> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort_by_key(ToString::to_string);
        ids
    };
    let staff = |role: &'static str, market: Uuid| officer(role, ScopeKind::Market, &market.to_string());
    assert_eq!(seen_by(staff("market_staff", town.market)).await, sorted(&[&hired[0]]));
    assert_eq!(seen_by(staff("market_staff", commercial)).await, sorted(&[&hired[1]]));
    assert_eq!(seen_by(staff("market_staff", volunteer)).await, Vec::<Value>::new());
    let all = sorted(&[&hired[0], &hired[1], &hired[2]]);
    assert_eq!(seen_by(officer("bureau_officer", ScopeKind::City, "")).await, all);
    assert_eq!(seen_by(officer("county_officer", ScopeKind::County, XIAODIAN)).await, all);
    assert_eq!(seen_by(officer("county_officer", ScopeKind::County, "140106")).await, Vec::<Value>::new());
    let lead = town.by(staff("volunteer_lead", volunteer)).await;
    let answer = schema().execute(Request::new(list).data(lead)).await;
    assert_eq!(answer.errors.len(), 1, "volunteers see no engagements");
}

#[tokio::test]
async fn staff_of_another_market_finds_nothing_and_a_supervisor_looks_and_does_nothing() {
    let town = Town::new().await;
    let other = market(&town, "另一市场", OperatorKind::HrssDirect.code()).await;
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(town.worker("张三", 1).await, wall.shifts[0]).await;
    let there = town.by(officer("market_staff", ScopeKind::Market, &other.to_string())).await;
    let question = format!("{{ engagement(id: {}) {{ status }} }}", hired["id"]);
    assert_eq!(ask(&there, &question).await["engagement"], Value::Null);
    assert_eq!(send(&there, "recordArrival", &seen(&hired)).await, Value::Null);
    let walk_in =
        format!("shiftId: \"{}\", workerId: \"{}\"", gid("Shift", wall.shifts[0]), gid("Worker", Uuid::nil()));
    assert_eq!(send(&there, "hireWalkIn", &walk_in).await, Value::Null);
    let supervisor = town.by(officer("supervisor", ScopeKind::City, "")).await;
    assert_eq!(ask(&supervisor, &question).await["engagement"]["status"], "CONFIRMED");
    let call = format!("{}, reason: OTHER, behalf: PARTY", seen(&hired));
    assert_eq!(send(&supervisor, "cancelEngagement", &call).await["error"], "FORBIDDEN");
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn the_counter_sees_the_shifts_of_today_in_their_order() {
    let town = Town::new().await;
    let hours = |from: &str| NewPosting { shifts: vec![(at(from), 2)], ..town.wall(true, 5) };
    let evening = town.post(hours("2026-11-23T10:00:00Z")).await;
    let noon = town.post(hours("2026-11-23T04:00:00Z")).await;
    let tomorrow = town.post(hours("2026-11-23T16:00:00Z")).await;
    let zhang = town.worker("张三", 1).await;
    for posted in [&evening, &noon, &tomorrow] {
        town.hired(zhang, posted.shifts[0]).await;
    }
    let question = format!(
        "{{ engagementsToday(marketId: \"{}\") {{ edges {{ node {{ job {{ startsAt }} }} }} }} }}",
        gid("Market", town.market)
    );
    let shown = ask(&town.counter().await, &question).await["engagementsToday"]["edges"].clone();
    assert_eq!(
        shown,
        json!([
            { "node": { "job": { "startsAt": "2026-11-23T12:00:00+08:00" } } },
            { "node": { "job": { "startsAt": "2026-11-23T18:00:00+08:00" } } },
        ])
    );
}

#[tokio::test]
async fn volunteers_handle_no_money_and_no_market_is_paid_by_a_worker() {
    let town = Town::new().await;
    let street = market(&town, "志愿市场", OperatorKind::VolunteerTeam.code()).await;
    let posted = town.post(NewPosting { market: Some(street), ..town.wall(true, 5) }).await;
    let hired = town.hired(town.worker("张三", 1).await, posted.shifts[0]).await;
    let lead = town.by(officer("volunteer_lead", ScopeKind::Market, &street.to_string())).await;
    let line = format!(
        "{{ engagementId: {}, minutes: 540, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T16:00:00+08:00\", method: CASH }}",
        hired["id"]
    );
    let sheet = format!("postingId: \"{}\", lines: [{line}]", gid("Posting", posted.id));
    let shown = "... on WageSheet { id }";
    for (name, arguments, success) in [
        ("recordPayAnswer", format!("{}, paidFen: 18000", seen(&hired)), "... on Engagement { id }"),
        ("saveWageSheet", sheet, shown),
    ] {
        let answer = send_for(&lead, name, &arguments, success, "").await;
        assert!(answer == Value::Null || answer["error"] == "FORBIDDEN", "{name}: {answer}");
    }
    assert_eq!(town.now(&hired).await["status"], "CONFIRMED", "nothing came of it");
    let sheets = format!("{{ wageSheets(postingId: \"{}\") {{ edges {{ cursor }} }} }}", gid("Posting", posted.id));
    assert_eq!(ask(&town.bureau().await, &sheets).await["wageSheets"]["edges"], json!([]));
}

#[tokio::test]
async fn no_commercial_operator_says_in_the_workers_name_that_it_was_paid() {
    let town = Town::new().await;
    let commercial = market(&town, "晋源经营市场", OperatorKind::LicensedAgency.code()).await;
    let posted = town.post(NewPosting { market: Some(commercial), ..town.wall(true, 5) }).await;
    let completed = pay::done(&town, town.worker("张三", 1).await, &posted).await;
    let call = format!("{}, paidFen: 18000", seen(&completed));
    for role in ["market_staff", "market_manager"] {
        let operator = town.by(officer(role, ScopeKind::Market, &commercial.to_string())).await;
        assert_eq!(send(&operator, "recordPayAnswer", &call).await["error"], "FORBIDDEN", "{role}");
    }
    let unpaid = town.engagement(&completed, "status wageTruth { paidFen }").await;
    assert_eq!(unpaid, json!({ "status": "COMPLETED", "wageTruth": { "paidFen": null } }), "nothing came of it");
    let county = town.by(officer("county_officer", ScopeKind::County, XIAODIAN)).await;
    assert_eq!(send(&county, "recordPayAnswer", &call).await["status"], "PAID", "whoever has no telephone goes there");
}
