//! The province collects.

use kernel::blob;
use kernel::outbox::Event as _;
use kernel::sheet::{Limits, read_all};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::world::{World, ask, freeze, kinds, look, names, sorted, submit};
use crate::events::{ReturnDecided, ReturnSubmitted};
use crate::operations::deliver_decision::deliver_decision;
use crate::operations::deliver_return::deliver_return;
use crate::rows::{platform_return, platform_return_row};
use crate::testing::{DATONG, PLATFORM, TAIYUAN};

const RETURNS: &str = "query($year: Int!) { provinceReturns(year: $year) { id city { code nameZh } year status versionNo \
    rowCount lastYearRowCount difference submittedAt receivedAt decisionDeliveredAt late filer filerPhoneMasked \
    monitoringCity rows(first: 3) { totalCount edges { node { name } } } } }";

async fn returns(ctx: &kernel::Ctx, year: i32) -> serde_json::Value {
    ask(ctx, RETURNS, json!({ "year": year })).await["provinceReturns"].take()
}

/// The version of a return as it stands; a city has none to tell.
async fn version(ctx: &kernel::Ctx, id: &serde_json::Value) -> serde_json::Value {
    let known = ask(ctx, "{ provinceReturns(year: 2026) { id version } }", json!({})).await;
    let rows = known["provinceReturns"].as_array().cloned().unwrap_or_default();
    rows.into_iter().find(|row| row["id"] == *id).map_or(json!(1), |row| row["version"].clone())
}

async fn send_back(ctx: &kernel::Ctx, id: &serde_json::Value, reason: &str) -> serde_json::Value {
    let query = "mutation($id: ID!, $version: Int!, $reason: String!) { \
                 returnToCity(id: $id, version: $version, reason: $reason) { \
                 ... on ProvinceReturn { status decisionDeliveredAt } ... on ReturnToCityRefused { code message } } }";
    let mut answer = ask(ctx, query, json!({ "id": id, "version": version(ctx, id).await, "reason": reason })).await;
    answer.get_mut("returnToCity").map(serde_json::Value::take).unwrap_or(answer)
}

async fn accept(ctx: &kernel::Ctx, id: &serde_json::Value) -> serde_json::Value {
    accept_seen(ctx, id, version(ctx, id).await).await
}

async fn accept_seen(ctx: &kernel::Ctx, id: &serde_json::Value, version: serde_json::Value) -> serde_json::Value {
    let query = "mutation($id: ID!, $version: Int!) { acceptReturn(id: $id, version: $version) { \
                 ... on ProvinceReturn { status } \
                 ... on AcceptReturnRefused { code message current { status version } } } }";
    let mut answer = ask(ctx, query, json!({ "id": id, "version": version })).await;
    answer.get_mut("acceptReturn").map(serde_json::Value::take).unwrap_or(answer)
}

#[tokio::test]
async fn the_province_sees_who_handed_in_and_who_did_not() {
    let world = World::on("2026-12-18").await;
    world.list(TAIYUAN, &["迎泽桥", "坞城路"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let seen = returns(&province, 2026).await;
    let (taiyuan, datong) = (&seen[0], &seen[1]);
    assert_eq!((&taiyuan["city"]["code"], &taiyuan["status"]), (&json!("140100"), &json!("SUBMITTED")));
    assert_eq!((&taiyuan["versionNo"], &taiyuan["rowCount"], &taiyuan["late"]), (&json!(1), &json!(2), &json!(false)));
    assert_eq!((&taiyuan["filer"], &taiyuan["filerPhoneMasked"]), (&json!("王建国"), &json!("0351-****313")));
    assert_eq!(taiyuan["receivedAt"], "2026-12-18T08:30:00+08:00");
    assert_eq!(names(taiyuan), sorted(["迎泽桥", "坞城路"]));
    assert_eq!((&datong["status"], &datong["id"], &datong["rowCount"]), (&json!("OPEN"), &json!(null), &json!(null)));
    assert_eq!(datong["late"], false);
    world.province.clock.advance(chrono::Duration::days(3));
    let later = returns(&province, 2026).await;
    assert_eq!((&later[0]["late"], &later[1]["late"]), (&json!(false), &json!(true)));
    world.list(DATONG, &["御河"]).await;
    world.hand_in(DATONG, 2026).await;
    assert_eq!(returns(&province, 2026).await[1]["late"], true, "handed in after the due day");
}

#[tokio::test]
async fn a_returned_return_comes_back_as_version_two_and_is_accepted() {
    let world = World::on("2026-12-01").await;
    world.hire(TAIYUAN, "bureau_officer", Some("wang@example.com"), "ACTIVE", "zh").await;
    world.hire(PLATFORM, "province_officer", Some("lihua@example.com"), "ACTIVE", "en").await;
    world.list(TAIYUAN, &["迎泽桥", "旧名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let id = returns(&province, 2026).await[0]["id"].clone();
    assert_eq!(send_back(&province, &id, " ").await["code"], "REASON_MISSING");
    assert_eq!(
        send_back(&province, &id, "地址不全").await,
        json!({ "status": "RETURNED", "decisionDeliveredAt": null })
    );
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&city, 2026).await["status"], "SUBMITTED", "the decision is on its way");
    world.settle().await;
    let returned = look(&city, 2026).await;
    assert_eq!((&returned["status"], &returned["returnedReason"]), (&json!("RETURNED"), &json!("地址不全")));
    assert_eq!(returned["history"][0]["actor"], "省级平台");
    assert!(!returns(&province, 2026).await[0]["decisionDeliveredAt"].is_null());
    assert_eq!(accept(&province, &id).await["code"], "ALREADY_RETURNED");

    world.list(TAIYUAN, &["迎泽桥", "新名", "坞城路"]).await;
    world.tomorrow();
    let second = freeze(&city, 2026).await;
    assert_eq!((&second["versionNo"], &second["status"]), (&json!(2), &json!("FROZEN")));
    assert_eq!(submit(&city, &second).await["returnedReason"], json!(null));
    world.settle().await;
    let received = returns(&province, 2026).await[0].clone();
    assert_eq!((&received["versionNo"], &received["rowCount"]), (&json!(2), &json!(3)));
    assert_eq!(names(&received), sorted(["迎泽桥", "新名", "坞城路"]), "the rows of version 1 are shown no more");
    assert_eq!(received["id"], id);
    assert_eq!(accept(&province, &id).await["status"], "ACCEPTED");
    world.settle().await;
    let accepted = look(&city, 2026).await;
    assert_eq!(accepted["status"], "ACCEPTED");
    let expected = ["ACCEPTED", "DELIVERED", "SUBMITTED", "FROZEN", "RETURNED", "DELIVERED", "SUBMITTED", "FROZEN"];
    assert_eq!(kinds(&accepted), expected);
    assert_eq!(freeze(&city, 2026).await["code"], "ALREADY_ACCEPTED");
    assert_eq!(send_back(&province, &id, "迟了").await["code"], "ALREADY_ACCEPTED");
    assert_eq!(accept(&province, &id).await["code"], "ALREADY_ACCEPTED");

    let letters = |rows: Vec<entities::mail::Model>| rows.into_iter().map(|row| row.template).collect::<Vec<_>>();
    let of_city = entities::mail::Entity::find().all(&city.scope()).await.unwrap();
    assert_eq!(letters(of_city), ["oversight.decided", "oversight.decided"]);
    let of_province = entities::mail::Entity::find().all(&province.scope()).await.unwrap();
    assert_eq!(letters(of_province), ["oversight.received", "oversight.received"]);
}

#[tokio::test]
async fn what_a_city_submits_after_it_was_set_up_anew_reaches_the_province() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["旧名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let before = returns(&province, 2026).await[0].clone();
    assert_eq!((&before["versionNo"], names(&before)), (&json!(1), vec!["旧名".to_owned()]));
    accept(&province, &before["id"]).await;
    world.settle().await;
    world.province.reset(TAIYUAN).await.unwrap();
    world.tomorrow();
    world.list(TAIYUAN, &["新名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let after = returns(&province, 2026).await[0].clone();
    assert_eq!((&after["versionNo"], &after["status"]), (&json!(1), &json!("SUBMITTED")), "it counts from 1 again");
    assert_eq!(names(&after), ["新名"]);
    assert_eq!(accept(&province, &after["id"]).await["status"], "ACCEPTED");
    world.settle().await;
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&city, 2026).await["status"], "ACCEPTED", "and hears the decision");
}

#[tokio::test]
async fn nobody_accepts_a_version_that_he_has_not_seen() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["旧名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let id = returns(&province, 2026).await[0]["id"].clone();
    let seen = version(&province, &id).await;
    send_back(&province, &id, "改名").await;
    world.settle().await;
    world.list(TAIYUAN, &["新名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let stale = accept_seen(&province, &id, seen).await;
    assert_eq!(stale["code"], "CONFLICT");
    assert_eq!(stale["current"]["status"], "SUBMITTED", "the newest state is shown");
    assert_eq!(accept_seen(&province, &id, stale["current"]["version"].clone()).await["status"], "ACCEPTED");
}

#[tokio::test]
async fn superseded_rows_are_kept_as_proof() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["旧名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let id = returns(&province, 2026).await[0]["id"].clone();
    send_back(&province, &id, "改名").await;
    world.settle().await;
    world.list(TAIYUAN, &["新名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let rows = platform_return_row::Entity::find().all(&province.scope()).await.unwrap();
    let kept: Vec<(i32, &str, bool)> =
        rows.iter().map(|row| (row.receipt_no, row.name.as_str(), row.superseded_at.is_some())).collect();
    assert_eq!(kept, [(1, "旧名零工市场", true), (2, "新名零工市场", false)]);
}

#[tokio::test]
async fn an_event_heard_twice_or_too_late_changes_nothing() {
    let world = World::on("2026-12-01").await;
    world.hire(PLATFORM, "province_officer", Some("lihua@example.com"), "ACTIVE", "zh").await;
    world.list(TAIYUAN, &["旧名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let house = world.province.house(TAIYUAN).await.unwrap();
    let platform = world.province.house(PLATFORM).await.unwrap();
    let events = entities::event::Entity::find()
        .filter(entities::event::Column::Kind.eq(ReturnSubmitted::KIND))
        .all(&house.scope())
        .await
        .unwrap();
    let submitted: ReturnSubmitted = serde_json::from_value(events[0].payload.clone()).unwrap();
    let province = world.officer(PLATFORM, "province_officer").await;
    let before = returns(&province, 2026).await;
    deliver_return(house.clone(), submitted.clone()).await.unwrap();
    // As if the city had not noted the delivery: the worker died in between.
    forget_delivery(&house).await;
    deliver_return(house.clone(), submitted.clone()).await.unwrap();
    assert_eq!(returns(&province, 2026).await, before);
    let letters = entities::mail::Entity::find().all(&platform.scope()).await.unwrap();
    assert_eq!(letters.len(), 1);

    send_back(&province, &before[0]["id"], "改名").await;
    let row = platform_return::Entity::find().one(&platform.scope()).await.unwrap().unwrap();
    let decided = ReturnDecided {
        id: row.id,
        city: TAIYUAN.to_owned(),
        year: 2026,
        version_no: 1,
        snapshot: row.snapshot_id,
        accepted: false,
    };
    world.settle().await;
    deliver_decision(platform.clone(), decided.clone()).await.unwrap();
    world.list(TAIYUAN, &["新名"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    // The first version's events come once more, after the second arrived.
    deliver_return(house.clone(), submitted).await.unwrap();
    deliver_decision(platform.clone(), decided).await.unwrap();
    let after = returns(&province, 2026).await;
    assert_eq!((&after[0]["versionNo"], &after[0]["status"]), (&json!(2), &json!("SUBMITTED")));
    assert_eq!(names(&after[0]), ["新名"]);
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&city, 2026).await["status"], "SUBMITTED");
}

async fn forget_delivery(ctx: &kernel::Ctx) {
    use sea_orm::sea_query::Expr;
    let done: Result<(), kernel::Stop<kernel::Never>> = ctx
        .transact(&crate::policy::DELIVER, |tx| async move {
            crate::rows::directory_return::Entity::update_many()
                .col_expr(
                    crate::rows::directory_return::Column::DeliveredAt,
                    Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None),
                )
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await;
    done.unwrap();
}

#[tokio::test]
async fn the_ministrys_day_is_the_end_of_the_year_until_the_province_sets_it() {
    let world = World::on("2026-11-23").await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let dates = "query($year: Int!) { provinceDeadlines(year: $year) { year citiesDueOn citiesRemindOn ministryDueOn \
                 ministrySet provisional } }";
    let seen = ask(&province, dates, json!({ "year": 2026 })).await;
    assert_eq!(
        seen["provinceDeadlines"],
        json!({ "year": 2026, "citiesDueOn": "2026-12-20", "citiesRemindOn": "2026-12-18",
                "ministryDueOn": "2026-12-31", "ministrySet": false, "provisional": false })
    );
    let next = ask(&province, dates, json!({ "year": 2027 })).await;
    assert_eq!(next["provinceDeadlines"]["provisional"], true);
    assert_eq!(ask(&province, dates, json!({ "year": 2021 })).await["provinceDeadlines"], json!(null));
    let set = "mutation($day: Date!, $version: Int!) { \
               setMinistryDeadline(year: 2026, dueOn: $day, version: $version) { \
               ... on ProvinceDeadlines { ministryDueOn ministrySet } \
               ... on SetMinistryDeadlineRefused { code field } } }";
    for (version, day) in [(0, "2026-12-28"), (1, "2026-12-25")] {
        let answer = ask(&province, set, json!({ "day": day, "version": version })).await;
        assert_eq!(answer["setMinistryDeadline"], json!({ "ministryDueOn": day, "ministrySet": true }));
    }
    let early = ask(&province, set, json!({ "day": "2026-12-19", "version": 2 })).await;
    assert_eq!(early["setMinistryDeadline"], json!({ "code": "BEFORE_CITIES", "field": "dueOn" }));
    let late = ask(&province, set, json!({ "day": "2027-01-02", "version": 2 })).await;
    assert_eq!(late["setMinistryDeadline"], json!({ "code": "OUTSIDE_YEAR", "field": "dueOn" }));
    let stale = ask(&province, set, json!({ "day": "2026-12-28", "version": 1 })).await;
    assert_eq!(stale["setMinistryDeadline"], json!({ "code": "CONFLICT", "field": "version" }));
    let supervisor = world.officer(PLATFORM, "province_supervisor").await;
    assert_eq!(
        ask(&supervisor, set, json!({ "day": "2026-12-28", "version": 2 })).await["errors"],
        json!(["FORBIDDEN"])
    );
    let seen = ask(&province, dates, json!({ "year": 2026 })).await;
    assert_eq!(seen["provinceDeadlines"]["ministryDueOn"], "2026-12-25");
    let kept = crate::rows::platform_deadline::Entity::find().all(&province.scope()).await.unwrap();
    assert_eq!(kept.len(), 2, "the day before it is kept, superseded");
}

#[tokio::test]
async fn two_who_set_the_ministrys_day_at_one_moment_do_not_undo_each_other() {
    let world = World::on("2026-11-23").await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let set = "mutation($day: Date!, $version: Int!) { \
               setMinistryDeadline(year: 2026, dueOn: $day, version: $version) { \
               ... on ProvinceDeadlines { ministryDueOn } \
               ... on SetMinistryDeadlineRefused { code field current { ministryDueOn } } } }";
    for version in 0..6 {
        let on = |day: &str| ask(&province, set, json!({ "day": day, "version": version }));
        let (one, other) = tokio::join!(on("2026-12-25"), on("2026-12-28"));
        let [one, other] = [one, other].map(|answer| answer["setMinistryDeadline"].clone());
        let (done, refused) = if one["code"].is_null() { (one, other) } else { (other, one) };
        let newest = json!({ "code": "CONFLICT", "field": "version", "current": done });
        assert_eq!(refused, newest, "round {version}: {done}");
    }
}

#[tokio::test]
async fn a_city_asks_the_provinces_questions_in_vain() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let id = returns(&province, 2026).await[0]["id"].clone();
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    let query = "{ provinceReturns(year: 2026) { year } provinceDeadlines(year: 2026) { year } \
                 provinceComparison(cityCode: \"140200\", year: 2026) { kept } }";
    let answer = ask(&city, query, json!({})).await;
    assert_eq!(answer, json!({ "provinceReturns": null, "provinceDeadlines": null, "provinceComparison": null }));
    assert_eq!(accept(&city, &id).await["errors"], json!(["NOT_FOUND"]));
    assert_eq!(send_back(&city, &id, "x").await["errors"], json!(["NOT_FOUND"]));
    let export = "mutation { exportProvince(year: 2026, format: XLSX) { __typename } }";
    assert_eq!(ask(&city, export, json!({})).await["errors"], json!(["NOT_FOUND"]));
    assert_eq!(returns(&province, 2026).await[0]["status"], "SUBMITTED");
    // On the platform, a city's role opens nothing.
    let impostor = world.officer(PLATFORM, "bureau_officer").await;
    assert_eq!(ask(&impostor, RETURNS, json!({ "year": 2026 })).await["errors"], json!(["FORBIDDEN"]));
    assert_eq!(accept(&impostor, &id).await["errors"], json!(["FORBIDDEN"]));
}

#[tokio::test]
async fn the_provinces_workbook_has_a_summary_and_a_sheet_for_each_city_that_handed_in() {
    let world = World::on("2026-12-18").await;
    let province = world.officer(PLATFORM, "province_officer").await;
    let export = "mutation($format: ExportFormat!) { exportProvince(year: 2026, format: $format) { \
                  ... on ExportedFile { url fileName } ... on ExportProvinceRefused { code field } } }";
    let nothing = ask(&province, export, json!({ "format": "XLSX" })).await;
    assert_eq!(nothing["exportProvince"], json!({ "code": "NOTHING_HANDED_IN", "field": "year" }));
    world.list(TAIYUAN, &["迎泽桥", "坞城路"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    world.list(DATONG, &["御河"]).await;
    world.hand_in(DATONG, 2026).await;
    let monitor = "mutation { setMonitoringCity(cityCode: \"140200\", monitored: true, version: 0) { \
                   ... on ProvinceReturn { monitoringCity } ... on SetMonitoringCityRefused { code } } }";
    assert_eq!(ask(&province, monitor, json!({})).await["setMonitoringCity"]["monitoringCity"], true);
    for (format, ending) in [("XLSX", "xlsx"), ("CSV", "csv"), ("PDF", "pdf")] {
        let answer = ask(&province, export, json!({ "format": format })).await;
        assert_eq!(answer["exportProvince"]["fileName"], format!("零工市场名录全省汇总-2026年.{ending}"), "{answer}");
        assert!(answer["exportProvince"]["url"].as_str().unwrap().starts_with("/platform/files/"));
    }
    let files = entities::blob::Entity::find().all(&province.scope()).await.unwrap();
    let of = |ending: &str| files.iter().find(|file| file.file_name.ends_with(ending)).unwrap().id;
    let book = read_all(&blob::read(&province, of("xlsx")).await.unwrap(), &Limits::default()).unwrap();
    assert_eq!(book.len(), 3);
    let summary: Vec<String> = (0..11).map(|column| book[0].text(4, column)).collect();
    assert_eq!(summary, ["大同市", "已报送", "1", "1", "", "", "2026-12-18", "否", "是", "王建国", "0351-5278313"]);
    assert_eq!((book[1].text(1, 0), book[1].text(4, 1)), ("太原市".to_owned(), "迎泽桥零工市场".to_owned()));
    assert_eq!(book[2].text(3, 1), "御河零工市场");
    let flat = read_all(&blob::read(&province, of("csv")).await.unwrap(), &Limits::default()).unwrap().remove(0);
    assert_eq!((flat.text(5, 0), flat.text(5, 2)), ("大同市".to_owned(), "御河零工市场".to_owned()));
}

#[tokio::test]
async fn all_cities_rows_cost_as_many_statements_as_one_citys() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let count = |ctx: kernel::Ctx| async move {
        ctx.keys().await.unwrap();
        ask(&ctx, "{ provinceDeadlines(year: 2026) { year } }", json!({})).await;
        let before = ctx.counters().statements();
        returns(&ctx, 2026).await;
        ctx.counters().statements() - before
    };
    let one = count(world.officer(PLATFORM, "province_officer").await).await;
    world.list(DATONG, &["御河", "云冈"]).await;
    world.hand_in(DATONG, 2026).await;
    let two = count(world.officer(PLATFORM, "province_officer").await).await;
    assert_eq!(one, two);
}

#[tokio::test]
async fn the_province_knows_every_citys_liaison_and_a_city_does_not_ask() {
    let world = World::on("2026-08-03").await;
    let query = "{ provinceLiaisons { city { code } liaison { unit } changedAt } }";
    let province = world.officer(PLATFORM, "province_officer").await;
    let answer = ask(&province, query, json!({})).await;
    let expected = json!([
        { "city": { "code": "140100" }, "liaison": null, "changedAt": null },
        { "city": { "code": "140200" }, "liaison": null, "changedAt": null },
    ]);
    assert_eq!(answer["provinceLiaisons"], expected);
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(ask(&city, query, json!({})).await, json!({ "provinceLiaisons": null }));
}
