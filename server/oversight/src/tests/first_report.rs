//! A city that joined later, and what the province makes of it.

use sea_orm::EntityTrait as _;
use serde_json::json;

use super::world::{World, ask};
use crate::testing::{DATONG, PLATFORM, TAIYUAN};

const SET: &str = "mutation($day: Date) { setFirstReport(dueOn: $day) { ... on FirstReport { dueOn } \
                   ... on SetFirstReportRefused { code field } } }";
const LATE: &str = "{ provinceReturns(year: 2026) { city { code } dueOn late } }";

#[tokio::test]
async fn a_city_is_late_by_its_own_due_day_before_and_after_it_handed_in() {
    let world = World::on("2026-05-01").await;
    let bureau = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    let set = ask(&bureau, SET, json!({ "day": "2026-06-30" })).await;
    assert_eq!(set["setFirstReport"], json!({ "dueOn": "2026-06-30" }));
    world.settle().await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let seen = |answer: serde_json::Value| {
        let of =
            |at: usize| (answer["provinceReturns"][at]["dueOn"].clone(), answer["provinceReturns"][at]["late"].clone());
        (of(0), of(1))
    };
    let before = seen(ask(&province, LATE, json!({})).await);
    assert_eq!(before.0, (json!("2026-06-30"), json!(false)));
    assert_eq!(before.1, (json!("2026-12-20"), json!(false)), "Datong follows the yearly rule");
    world.province.clock.advance(chrono::Duration::days(62));
    assert_eq!(seen(ask(&province, LATE, json!({})).await).0, (json!("2026-06-30"), json!(true)), "2 July: late");
    world.list(TAIYUAN, &["迎泽桥"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    world.list(DATONG, &["御河"]).await;
    world.hand_in(DATONG, 2026).await;
    let after = seen(ask(&province, LATE, json!({})).await);
    assert_eq!(after, ((json!("2026-06-30"), json!(true)), (json!("2026-12-20"), json!(false))));
    let refused = ask(&bureau, SET, json!({ "day": "2026-09-30" })).await;
    assert_eq!(refused["setFirstReport"], json!({ "code": "ALREADY_REPORTED", "field": "dueOn" }));
}

#[tokio::test]
async fn only_the_bureau_sets_the_first_report_and_it_is_in_the_audit() {
    let world = World::on("2026-05-01").await;
    let supervisor = world.officer(TAIYUAN, "supervisor").await;
    let denied = ask(&supervisor, SET, json!({ "day": "2026-06-30" })).await;
    assert_eq!(denied["errors"], json!(["FORBIDDEN"]));
    let bureau = world.officer(TAIYUAN, "bureau_officer").await;
    let past = ask(&bureau, SET, json!({ "day": "2026-04-30" })).await;
    assert_eq!(past["setFirstReport"], json!({ "code": "IN_PAST", "field": "dueOn" }));
    let far = ask(&bureau, SET, json!({ "day": "2028-01-01" })).await;
    assert_eq!(far["setFirstReport"], json!({ "code": "TOO_FAR", "field": "dueOn" }));
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    ask(&bureau, SET, json!({ "day": "2026-06-30" })).await;
    ask(&bureau, SET, json!({ "day": null })).await;
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    let audit = entities::audit_entry::Entity::find().all(&bureau.scope()).await.unwrap();
    assert_eq!(audit.iter().filter(|entry| entry.operation == "return.schedule").count(), 5);
}
