//! The life of an entry, and who is told what.

use kernel::policy::ScopeKind;

use super::*;

#[tokio::test]
async fn a_market_is_listed_suspended_resumed_and_delisted_each_as_it_was_seen() {
    let town = Town::new().await;
    let listed = town.listed(form("小店区零工市场")).await;
    assert_eq!(step(&town.bureau, "suspendMarket", &listed, " ").await["code"], "REASON_MISSING");
    let suspended = step(&town.bureau, "suspendMarket", &listed, "采收季结束").await;
    assert_eq!((&suspended["status"], &suspended["statusReason"]), (&json!("SUSPENDED"), &json!("采收季结束")));
    let public = town.by(Actor::Anonymous).await;
    assert_eq!(ask(&public, "{ directory { totalCount } }").await["directory"]["totalCount"], 0);
    assert_eq!(step(&town.bureau, "listMarket", &suspended, "").await["code"], "NOT_FROM_HERE");
    let resumed = step(&town.bureau, "resumeMarket", &suspended, "").await;
    assert_eq!((&resumed["status"], &resumed["statusReason"]), (&json!("LISTED"), &json!(null)));
    assert_eq!(ask(&public, "{ directory { totalCount } }").await["directory"]["totalCount"], 1);
    let delisted = step(&town.bureau, "delistMarket", &resumed, "场地拆迁").await;
    assert_eq!(delisted["status"], "DELISTED");
    assert_eq!(step(&town.bureau, "resumeMarket", &delisted, "").await["code"], "NOT_FROM_HERE");
    assert_eq!(amend(&town.bureau, &delisted, form("小店区零工市场")).await["code"], "DELISTED");
    town.register(form("小店区零工市场")).await;
}

#[tokio::test]
async fn a_stale_version_is_refused_and_shows_the_newest_state() {
    let town = Town::new().await;
    let made = town.register(form("小店区零工市场")).await;
    let listed = step(&town.bureau, "listMarket", &made, "").await;
    for (name, before) in
        [("listMarket", &made), ("suspendMarket", &made), ("resumeMarket", &made), ("delistMarket", &made)]
    {
        let refused = step(&town.bureau, name, before, "原因").await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("CONFLICT"), &json!("version")), "{name}");
        assert_eq!(refused["current"], json!({ "status": "LISTED", "version": 2 }), "{name}");
    }
    assert_eq!(town.market(&made, "version").await["version"], listed["version"]);
}

#[tokio::test]
async fn a_planned_market_opens_as_a_draft() {
    let town = Town::new().await;
    let declared = "$input: MarketInput!";
    let variables = json!({ "input": form("娄烦零工市场") });
    let planned =
        send(&town.bureau, "registerMarket", declared, "input: $input, planned: true", variables, "id version status")
            .await;
    assert_eq!(planned["status"], "PLANNED");
    let opened = step(&town.bureau, "openMarket", &planned, "").await;
    assert_eq!((&opened["status"], &opened["version"]), (&json!("DRAFT"), &json!(2)));
    assert_eq!(step(&town.bureau, "openMarket", &opened, "").await["code"], "NOT_FROM_HERE");
    assert_eq!(step(&town.bureau, "openMarket", &planned, "").await["current"]["status"], "DRAFT");
}

#[tokio::test]
async fn what_is_missing_before_the_public_sees_it_is_named() {
    let town = Town::new().await;
    let silent = town.register(with(form("甲零工市场"), "/hours", json!([]))).await;
    assert_eq!(step(&town.bureau, "listMarket", &silent, "").await["code"], "NO_HOURS");
    let idle = town.register(with(form("乙零工市场"), "/trades", json!([]))).await;
    assert_eq!(step(&town.bureau, "listMarket", &idle, "").await["code"], "NO_TRADES");
    let listed = town.listed(form("丙零工市场")).await;
    let hollow = amend(&town.bureau, &listed, with(form("丙零工市场"), "/hours", json!([]))).await;
    assert_eq!(hollow["code"], "LISTED_NEEDS_HOURS");
}

#[tokio::test]
async fn who_does_not_see_a_market_does_not_find_it_and_who_may_only_read_is_forbidden() {
    let town = Town::new().await;
    let listed = town.listed(form("小店区零工市场")).await;
    let elsewhere = town.by(testing::officer("county_officer", ScopeKind::County, "140106")).await;
    assert_eq!(step(&elsewhere, "suspendMarket", &listed, "原因").await, json!({ "error": "NOT_FOUND" }));
    let watcher = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    assert_eq!(step(&watcher, "suspendMarket", &listed, "原因").await, json!({ "error": "FORBIDDEN" }));
    let foreign = kernel::ids::GlobalId::new("Market", "140200", uuid::Uuid::from_u128(7)).encode();
    let other = json!({ "id": foreign, "version": 1 });
    for name in ["listMarket", "suspendMarket", "resumeMarket", "delistMarket", "openMarket"] {
        assert_eq!(step(&town.bureau, name, &other, "原因").await, json!({ "error": "NOT_FOUND" }), "{name}");
    }
    assert_eq!(amend(&town.bureau, &other, form("某")).await, json!({ "error": "NOT_FOUND" }));
    assert_eq!(town.market(&listed, "status version").await, json!({ "status": "LISTED", "version": 2 }));
}
