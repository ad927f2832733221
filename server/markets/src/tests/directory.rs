//! The directory: what goes in comes out, and who sees it.

use kernel::policy::ScopeKind;
use kernel::{Actor, Stop};

use crate::operations::list_market::list_market;
use crate::operations::register_market::{RegisterMarket, register_market};
use crate::testing::{bureau, by, house, market, officer};

#[tokio::test]
async fn a_registered_market_is_seen_by_the_public_once_it_is_listed() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    let done = register_market(&ctx, &market("小店区零工市场"), false, None).await.unwrap();
    let public = by(&kernel, Actor::Anonymous).await.unwrap();
    let found = super::ask(&public, "{ directory { edges { node { name } } } }").await;
    assert_eq!(found["directory"]["edges"].as_array().unwrap().len(), 0);
    list_market(&ctx, done.id, 1, None).await.unwrap();
    let found = super::ask(&public, "{ directory { totalCount edges { node { name slug hoursText openNow trades { name } contacts { phone } } } } }").await;
    let node = &found["directory"]["edges"][0]["node"];
    assert_eq!(found["directory"]["totalCount"], 1);
    assert_eq!(node["name"], "小店区零工市场");
    assert_eq!(node["slug"], "140105-001");
    assert_eq!(node["hoursText"], "04:30—18:00");
    assert_eq!(node["openNow"], true);
    assert_eq!(node["trades"][0]["name"], "砌筑工");
    assert_eq!(node["contacts"][0]["phone"], "+863515278313");
}

#[tokio::test]
async fn the_same_name_at_the_same_address_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, bureau()).await.unwrap();
    register_market(&ctx, &market("小店区零工市场"), false, None).await.unwrap();
    let mut double = market("小店区零工市场");
    double.address.text = "山西省太原市小店区坞城路７号".to_owned();
    let refused = register_market(&ctx, &double, false, None).await;
    assert!(matches!(refused, Err(Stop::Refused(RegisterMarket::DuplicateMarket { .. }))), "{refused:?}");
}

#[tokio::test]
async fn a_county_officer_registers_in_his_county_only() {
    let dir = tempfile::tempdir().unwrap();
    let (kernel, _clock) = house(dir.path()).await.unwrap();
    let ctx = by(&kernel, officer("county_officer", ScopeKind::County, "140106")).await.unwrap();
    let refused = register_market(&ctx, &market("小店区零工市场"), false, None).await;
    assert!(matches!(refused, Err(Stop::Fault(kernel::Fault::Forbidden))), "{refused:?}");
    let ctx = by(&kernel, officer("county_officer", ScopeKind::County, "140105")).await.unwrap();
    register_market(&ctx, &market("小店区零工市场"), false, None).await.unwrap();
}
