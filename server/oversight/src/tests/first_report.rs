//! A city that joined later, and what the province makes of it.

use sea_orm::EntityTrait as _;
use serde_json::json;

use super::world::{World, ask};
use crate::testing::{DATONG, PLATFORM, TAIYUAN};

const SET: &str = "mutation($day: Date, $version: Int!) { setFirstReport(dueOn: $day, version: $version) { \
                   ... on FirstReport { dueOn version } \
                   ... on SetFirstReportRefused { code field current { dueOn version } } } }";
const LATE: &str = "{ provinceReturns(year: 2026) { city { code } dueOn late } }";

#[tokio::test]
async fn a_city_is_late_by_its_own_due_day_before_and_after_it_handed_in() {
    let world = World::on("2026-05-01").await;
    let bureau = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    let set = ask(&bureau, SET, json!({ "day": "2026-06-30", "version": 0 })).await;
    assert_eq!(set["setFirstReport"], json!({ "dueOn": "2026-06-30", "version": 1 }));
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
    let refused = ask(&bureau, SET, json!({ "day": "2026-09-30", "version": 1 })).await;
    assert_eq!(refused["setFirstReport"], json!({ "code": "ALREADY_REPORTED", "field": "dueOn", "current": null }));
}

#[tokio::test]
async fn only_the_bureau_sets_the_first_report_and_it_is_in_the_audit() {
    let world = World::on("2026-05-01").await;
    let supervisor = world.officer(TAIYUAN, "supervisor").await;
    let denied = ask(&supervisor, SET, json!({ "day": "2026-06-30", "version": 0 })).await;
    assert_eq!(denied["errors"], json!(["FORBIDDEN"]));
    let bureau = world.officer(TAIYUAN, "bureau_officer").await;
    let past = ask(&bureau, SET, json!({ "day": "2026-04-30", "version": 0 })).await;
    assert_eq!(past["setFirstReport"], json!({ "code": "IN_PAST", "field": "dueOn", "current": null }));
    let far = ask(&bureau, SET, json!({ "day": "2028-01-01", "version": 0 })).await;
    assert_eq!(far["setFirstReport"], json!({ "code": "TOO_FAR", "field": "dueOn", "current": null }));
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    ask(&bureau, SET, json!({ "day": "2026-06-30", "version": 0 })).await;
    ask(&bureau, SET, json!({ "day": null, "version": 1 })).await;
    assert_eq!(ask(&bureau, "{ firstReport { dueOn } }", json!({})).await["firstReport"]["dueOn"], json!(null));
    let audit = entities::audit_entry::Entity::find().all(&bureau.scope()).await.unwrap();
    assert_eq!(audit.iter().filter(|entry| entry.operation == "return.schedule").count(), 5);
}

#[tokio::test]
async fn two_officers_who_set_the_first_report_at_one_time_do_not_undo_each_other() {
    let world = World::on("2026-05-01").await;
    let bureau = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(ask(&bureau, "{ firstReport { version } }", json!({})).await["firstReport"]["version"], 0);
    ask(&bureau, SET, json!({ "day": "2026-06-30", "version": 0 })).await;
    let late = ask(&bureau, SET, json!({ "day": "2026-09-30", "version": 0 })).await;
    let newest = json!({ "dueOn": "2026-06-30", "version": 1 });
    assert_eq!(late["setFirstReport"], json!({ "code": "CONFLICT", "field": "version", "current": newest }));
    let taken_away = ask(&bureau, SET, json!({ "day": null, "version": 1 })).await;
    assert_eq!(taken_away["setFirstReport"], json!({ "dueOn": null, "version": 2 }));
    let (one, other) = tokio::join!(
        ask(&bureau, SET, json!({ "day": "2026-07-01", "version": 2 })),
        ask(&bureau, SET, json!({ "day": "2026-08-01", "version": 2 })),
    );
    let codes = [&one, &other].map(|answer| answer["setFirstReport"]["code"].clone());
    assert!(codes.contains(&json!(null)) && codes.contains(&json!("CONFLICT")), "{one} {other}");
}
