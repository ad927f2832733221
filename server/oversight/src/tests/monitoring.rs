//! The cities that the province names for monitoring.

use serde_json::json;

use super::world::{World, ask};
use crate::testing::PLATFORM;

const SET: &str = "mutation($city: String!, $on: Boolean!, $version: Int!) { \
                   setMonitoringCity(cityCode: $city, monitored: $on, version: $version) { \
                   ... on ProvinceReturn { monitoringCity monitoringVersion } \
                   ... on SetMonitoringCityRefused { code field current { monitoringCity monitoringVersion } } } }";

#[tokio::test]
async fn a_city_is_named_and_withdrawn_by_who_saw_how_it_stands() {
    let world = World::on("2026-05-01").await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let set = async |on: bool, version: i32| {
        let asked = json!({ "city": "140200", "on": on, "version": version });
        ask(&province, SET, asked).await["setMonitoringCity"].take()
    };
    let stands = |on: bool, version: i32| json!({ "monitoringCity": on, "monitoringVersion": version });
    let stale =
        |on: bool, version: i32| json!({ "code": "CONFLICT", "field": "version", "current": stands(on, version) });
    assert_eq!(set(true, 0).await, stands(true, 1));
    assert_eq!(set(true, 1).await, stands(true, 1), "it is named already");
    assert_eq!(set(false, 0).await, stale(true, 1), "somebody named it since");
    assert_eq!(set(false, 1).await, stands(false, 2));
    assert_eq!(set(true, 2).await, stands(true, 3));
    let both = tokio::join!(set(false, 3), set(false, 3));
    let ended = [&both.0, &both.1].map(|answer| *answer == stands(false, 4));
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 1, "{both:?}");
    let unknown = ask(&province, SET, json!({ "city": "141100", "on": true, "version": 0 })).await;
    assert_eq!(unknown["setMonitoringCity"]["code"], "UNKNOWN_CITY");
}
