//! A city files.

use kernel::Lang;
use kernel::blob;
use kernel::ids::GlobalId;
use kernel::policy::ScopeKind;
use kernel::sheet::{Limits, read_all};
use sea_orm::EntityTrait as _;
use serde_json::json;

use super::world::{World, ask, freeze, freeze_as, kinds, look, names, sorted, submit, submit_once, unfreeze};
use crate::testing::{DATONG, PLATFORM, TAIYUAN};

#[tokio::test]
async fn before_anything_is_written_the_return_is_open_with_its_calendar() {
    let world = World::on("2026-11-23").await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let seen = look(&ctx, 2026).await;
    assert_eq!(seen["status"], "OPEN");
    assert_eq!(seen["versionNo"], 0);
    assert_eq!((&seen["dueOn"], &seen["remindOn"]), (&json!("2026-12-20"), &json!("2026-12-18")));
    assert_eq!(seen["provisional"], false);
    assert_eq!(seen["exports"], json!([]));
    assert_eq!(
        seen["reminders"],
        json!([
            { "on": "2026-11-06", "workingDaysBefore": 30, "sent": false },
            { "on": "2026-12-04", "workingDaysBefore": 10, "sent": false },
            { "on": "2026-12-15", "workingDaysBefore": 3, "sent": false },
            { "on": "2026-12-17", "workingDaysBefore": 1, "sent": false },
        ])
    );
    assert_eq!(look(&ctx, 2027).await["provisional"], true);
    assert_eq!(look(&ctx, 2021).await, json!(null));
    assert_eq!(look(&ctx, 2028).await, json!(null));
}

#[tokio::test]
async fn a_frozen_return_stays_as_it_was_while_the_directory_goes_on() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥", "坞城路"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze_as(&ctx, 2026, " 王建国 ", "138 0000 1234").await;
    assert_eq!(frozen["status"], "FROZEN", "{frozen}");
    assert_eq!((&frozen["versionNo"], &frozen["rowCount"]), (&json!(1), &json!(2)));
    assert_eq!((&frozen["filer"], &frozen["filerPhoneMasked"]), (&json!("王建国"), &json!("138****1234")));
    assert_eq!(frozen["frozenAt"], "2026-12-01T08:30:00+08:00");
    assert_eq!(frozen["exports"], json!(["XLSX", "CSV", "PDF"]));
    world.list(TAIYUAN, &["迎泽桥", "坞城路", "长风街"]).await;
    let seen = look(&ctx, 2026).await;
    assert_eq!(names(&seen), sorted(["迎泽桥", "坞城路"]));
    assert_eq!(kinds(&seen), ["FROZEN"]);
    assert_eq!(seen["history"][0]["actor"], "bureau_officer1");
}

#[tokio::test]
async fn what_cannot_be_frozen_is_refused_and_names_the_field() {
    let world = World::on("2026-12-01").await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let why = |answer: serde_json::Value| (answer["code"].clone(), answer["field"].clone());
    assert_eq!(why(freeze(&ctx, 2026).await), (json!("NOTHING_TO_REPORT"), json!(null)));
    world.list(TAIYUAN, &["迎泽桥"]).await;
    assert_eq!(why(freeze(&ctx, 2024).await), (json!("WRONG_YEAR"), json!("year")));
    assert_eq!(why(freeze(&ctx, 2027).await), (json!("WRONG_YEAR"), json!("year")));
    assert_eq!(why(freeze_as(&ctx, 2026, "", "12345").await), (json!("FILER_MISSING"), json!("filer")));
    assert_eq!(why(freeze_as(&ctx, 2026, "王", "").await), (json!("PHONE_MISSING"), json!("filerPhone")));
    assert_eq!(why(freeze_as(&ctx, 2026, "王", "5278313").await), (json!("PHONE_INVALID"), json!("filerPhone")));
    let seen = look(&ctx, 2026).await;
    assert_eq!((&seen["status"], &seen["version"]), (&json!("OPEN"), &json!(1)), "nothing was changed");
    assert_eq!(freeze(&ctx, 2026).await["status"], "FROZEN");
    assert_eq!(why(freeze(&ctx, 2026).await), (json!("ALREADY_FROZEN"), json!(null)));
}

#[tokio::test]
async fn unfreezing_needs_a_reason_and_the_next_snapshot_has_a_new_number() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze(&ctx, 2026).await;
    assert_eq!(unfreeze(&ctx, &frozen, "  ").await["code"], "REASON_MISSING");
    let stale = json!({ "id": frozen["id"], "version": 1 });
    assert_eq!(unfreeze(&ctx, &stale, "漏填").await["code"], "CONFLICT");
    let open = unfreeze(&ctx, &frozen, "漏填一家").await;
    assert_eq!((&open["status"], &open["rowCount"], names(&open).len()), (&json!("OPEN"), &json!(0), 0));
    assert_eq!(open["history"][0]["reason"], "漏填一家");
    assert_eq!(unfreeze(&ctx, &open, "漏填").await["code"], "NOT_FROZEN");
    assert_eq!(submit(&ctx, &open).await["code"], "NOT_FROZEN");
    world.list(TAIYUAN, &["迎泽桥", "坞城路"]).await;
    let again = freeze(&ctx, 2026).await;
    assert_eq!((&again["versionNo"], names(&again).len()), (&json!(2), 2));
}

#[tokio::test]
async fn a_submitted_return_cannot_be_changed() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze(&ctx, 2026).await;
    let submitted = submit(&ctx, &frozen).await;
    assert_eq!(submitted["status"], "SUBMITTED");
    assert_eq!(submitted["deliveredAt"], json!(null), "it is on its way");
    world.settle().await;
    world.list(TAIYUAN, &["迎泽桥", "坞城路"]).await;
    let before = look(&ctx, 2026).await;
    assert_eq!(kinds(&before), ["DELIVERED", "SUBMITTED", "FROZEN"]);
    assert_eq!(freeze(&ctx, 2026).await["code"], "ALREADY_SUBMITTED");
    assert_eq!(unfreeze(&ctx, &before, "想改").await["code"], "ALREADY_SUBMITTED");
    assert_eq!(submit(&ctx, &before).await["code"], "ALREADY_SUBMITTED");
    assert_eq!(submit(&ctx, &frozen).await["code"], "CONFLICT", "the version that was seen is stale");
    assert_eq!(look(&ctx, 2026).await, before);
}

#[tokio::test]
async fn the_same_key_submits_once_and_answers_alike() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze(&ctx, 2026).await;
    let first = submit_once(&ctx, &frozen, "k1").await;
    let second = submit_once(&ctx, &frozen, "k1").await;
    assert_eq!(first, second);
    assert_eq!(first["status"], "SUBMITTED");
    let events = entities::event::Entity::find().all(&ctx.scope()).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.kind == "oversight.return_submitted").count(), 1);
}

#[tokio::test]
async fn a_city_that_joined_later_files_its_own_first_report() {
    let world = World::on("2026-05-01").await;
    world.first_report(TAIYUAN, "2026-06-30").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(look(&ctx, 2026).await["dueOn"], "2026-06-30");
    assert_eq!(look(&ctx, 2025).await, json!(null));
    assert_eq!(freeze(&ctx, 2025).await["code"], "WRONG_YEAR");
    assert_eq!(freeze(&ctx, 2026).await["status"], "FROZEN");
}

#[tokio::test]
async fn who_may_only_read_changes_nothing_and_a_stranger_sees_nothing() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let county = world.province.actor(TAIYUAN, "county_officer", ScopeKind::County, "140105", Lang::Zh).await.unwrap();
    assert_eq!(look(&county, 2026).await["status"], "OPEN");
    assert_eq!(freeze(&county, 2026).await["errors"], json!(["FORBIDDEN"]));
    let stranger = world.province.kernel.ctx(TAIYUAN, kernel::Actor::Anonymous, Lang::Zh).await.unwrap();
    let answer = ask(&stranger, "{ directoryReturns { year } }", json!({})).await;
    assert_eq!(answer, json!({ "data": { "directoryReturns": null }, "errors": ["UNAUTHENTICATED"] }));
    let supervisor = world.officer(TAIYUAN, "supervisor").await;
    assert_eq!(freeze(&supervisor, 2026).await["errors"], json!(["FORBIDDEN"]));
    assert_eq!(look(&county, 2026).await["version"], 1);
}

#[tokio::test]
async fn another_citys_return_is_neither_seen_nor_touched() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let taiyuan = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze(&taiyuan, 2026).await;
    let datong = world.officer(DATONG, "bureau_officer").await;
    assert_eq!(names(&look(&datong, 2026).await).len(), 0);
    assert_eq!(submit(&datong, &frozen).await["errors"], json!(["NOT_FOUND"]), "a foreign id is not found");
    assert_eq!(unfreeze(&datong, &frozen, "误").await["errors"], json!(["NOT_FOUND"]));
    assert_eq!(look(&taiyuan, 2026).await["status"], "FROZEN");
    // The cursor of one city's rows is refused in the other.
    world.list(TAIYUAN, &["甲", "乙", "丙", "丁", "戊", "己"]).await;
    unfreeze(&taiyuan, &frozen, "补").await;
    let full = freeze(&taiyuan, 2026).await;
    assert_eq!(full["rows"]["pageInfo"]["hasNextPage"], true);
    let page =
        "query($after: String) { directoryReturn(year: 2026) { rows(after: $after) { edges { node { name } } } } }";
    let cursor = json!({ "after": full["rows"]["pageInfo"]["endCursor"] });
    let second = ask(&taiyuan, page, cursor.clone()).await;
    assert_eq!(names(&second["directoryReturn"]).len(), 1);
    assert_eq!(ask(&datong, page, cursor).await["errors"], json!(["INVALID_REQUEST"]));
}

#[tokio::test]
async fn the_province_files_nothing_and_sees_no_return_of_its_own() {
    let world = World::on("2026-12-01").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    assert_eq!(freeze(&ctx, 2026).await["code"], "NOT_A_CITY");
    let id = GlobalId::new("DirectoryReturn", PLATFORM, crate::rules::returns::return_id(2026)).encode();
    let of = json!({ "id": id, "version": 1 });
    assert_eq!(submit(&ctx, &of).await["code"], "NOT_A_CITY");
    assert_eq!(unfreeze(&ctx, &of, "x").await["code"], "NOT_A_CITY");
    assert_eq!(look(&ctx, 2026).await, json!(null));
    assert_eq!(ask(&ctx, "{ directoryReturns { year } }", json!({})).await, json!({ "directoryReturns": null }));
}

#[tokio::test]
async fn the_form_is_printed_exactly_as_frozen_and_is_safe_to_open() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥", "=1+1"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let print = "mutation($id: ID!, $format: ExportFormat!) { exportReturn(id: $id, format: $format) { \
                 ... on ExportedFile { url fileName expiresAt } ... on ExportReturnRefused { code } } }";
    let open = look(&ctx, 2026).await;
    let nothing = ask(&ctx, print, json!({ "id": open["id"], "format": "XLSX" })).await;
    assert_eq!(nothing["errors"], json!(["NOT_FOUND"]), "nothing was ever written");
    let frozen = freeze_as(&ctx, 2026, "王建国", "138 0000 1234").await;
    world.list(TAIYUAN, &["别的"]).await;
    for (format, ending, begin) in
        [("XLSX", ".xlsx", &b"PK"[..]), ("CSV", ".csv", b"\xEF\xBB\xBF"), ("PDF", ".pdf", b"%PDF")]
    {
        let answer = ask(&ctx, print, json!({ "id": frozen["id"], "format": format })).await;
        let file = &answer["exportReturn"];
        assert_eq!(file["fileName"], format!("太原市零工市场名录-2026年-第1版{ending}"), "{answer}");
        assert!(file["url"].as_str().unwrap().starts_with("/taiyuan/files/"));
        let stored = entities::blob::Entity::find().all(&ctx.scope()).await.unwrap();
        let row = stored.iter().find(|row| row.file_name.ends_with(ending)).unwrap();
        assert_eq!(row.expires_at, Some(ctx.now() + chrono::Duration::days(30)));
        let bytes = blob::read(&ctx, row.id).await.unwrap();
        assert!(bytes.starts_with(begin), "{format}");
        if format != "PDF" {
            let grid = read_all(&bytes, &Limits::default()).unwrap().remove(0);
            assert_eq!(grid.text(1, 0), "太原市");
            let heads: Vec<String> = (0..8).map(|column| grid.text(2, column)).collect();
            assert_eq!(heads[0], "序号");
            assert_eq!(heads[6], "主要招聘工种");
            assert!(grid.text(3, 1).trim_start_matches('\'').starts_with("=1+1"), "text, not a formula");
            let row: Vec<String> = (0..8).map(|column| grid.text(4, column)).collect();
            assert_eq!(row, ["2", "迎泽桥零工市场", "公共", "04:30—18:00", "坞城路7号", "", "砌筑工、电工", ""]);
            assert!(grid.text(6, 0).contains("王建国") && grid.text(6, 0).contains("138 0000 1234"));
        }
    }
    let open = unfreeze(&ctx, &frozen, "改").await;
    let refused = ask(&ctx, print, json!({ "id": open["id"], "format": "XLSX" })).await;
    assert_eq!(refused["exportReturn"]["code"], "NOT_FROZEN");
    let county = world.province.actor(TAIYUAN, "county_officer", ScopeKind::County, "140105", Lang::Zh).await.unwrap();
    let denied = ask(&county, print, json!({ "id": open["id"], "format": "XLSX" })).await;
    assert_eq!(denied["errors"], json!(["FORBIDDEN"]), "the form shows the filer's whole number");
}

#[tokio::test]
async fn a_filers_number_is_shown_for_a_reason_in_the_city_and_at_the_province_each_its_own() {
    use kernel::house::operations::reveal_personal_value::reveal_personal_value;
    use kernel::personal::PersonalField::Phone;
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze_as(&ctx, 2026, "王建国", "138 0000 1234").await;
    submit(&ctx, &frozen).await;
    world.settle().await;
    let gid = |value: &serde_json::Value| async_graphql::ID(value.as_str().unwrap_or_default().to_owned());
    let here = gid(&frozen["id"]);
    let shown = reveal_personal_value(&ctx, &here, Phone, "核对填报数据").await.unwrap();
    assert_eq!(shown.expose(), "138 0000 1234");
    let county = world.province.actor(TAIYUAN, "county_officer", ScopeKind::County, "140105", Lang::Zh).await.unwrap();
    assert!(reveal_personal_value(&county, &here, Phone, "核对填报数据").await.is_err(), "reads, and sees it masked");

    let province = world.officer(PLATFORM, "province_officer").await;
    let known = ask(&province, "{ provinceReturns(year: 2026) { id } }", json!({})).await;
    let rows = known["provinceReturns"].as_array().unwrap();
    let there = rows.iter().map(|row| gid(&row["id"])).find(|id| !id.is_empty()).unwrap();
    let shown = reveal_personal_value(&province, &there, Phone, "核对报送数据").await.unwrap();
    assert_eq!(shown.expose(), "138 0000 1234");
    for (who, id) in [(&ctx, &there), (&province, &here)] {
        assert!(reveal_personal_value(who, id, Phone, "核对报送数据").await.is_err(), "another store's");
    }
    let open = unfreeze(&world.officer(DATONG, "bureau_officer").await, &frozen, "改").await;
    assert_ne!(open["status"], "OPEN", "another city's return");
}

#[tokio::test]
async fn no_personal_value_stands_open_in_the_store_or_in_the_audit() {
    let world = World::on("2026-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let ctx = world.officer(TAIYUAN, "bureau_officer").await;
    let frozen = freeze_as(&ctx, 2026, "王建国", "138 0000 1234").await;
    submit(&ctx, &frozen).await;
    world.settle().await;
    let row = crate::records::load(&ctx.scope(), 2026).await.unwrap().unwrap();
    let filer = crate::queries::city::filer(&ctx, &row).await.unwrap().unwrap();
    assert_eq!(
        (filer.name.expose().as_str(), filer.phone.expose().as_str()),
        ("王建国", "138 0000 1234"),
        "it is there, sealed"
    );
    let platform = world.province.house(PLATFORM).await.unwrap();
    for ctx in [&ctx, &platform] {
        let audit = entities::audit_entry::Entity::find().all(&ctx.scope()).await.unwrap();
        let events = entities::event::Entity::find().all(&ctx.scope()).await.unwrap();
        let jobs = entities::job::Entity::find().all(&ctx.scope()).await.unwrap();
        assert!(!audit.is_empty());
        let text = format!("{audit:?} {events:?} {jobs:?} {row:?}");
        assert!(!text.contains("王建国") && !text.contains("1234\""), "{text}");
    }
}

#[tokio::test]
async fn a_list_of_returns_costs_as_many_statements_with_more_rows() {
    let world = World::on("2025-12-01").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    let first = world.officer(TAIYUAN, "bureau_officer").await;
    freeze(&first, 2025).await;
    let query = "{ directoryReturns { year history { kind } reminders { sent } rows { edges { node { name } } } } }";
    let count = |ctx: kernel::Ctx| async move {
        ctx.keys().await.unwrap();
        ask(&ctx, "{ directoryReturn(year: 2025) { status } }", json!({})).await;
        let before = ctx.counters().statements();
        let answer = ask(&ctx, query, json!({})).await;
        (answer["directoryReturns"].as_array().unwrap().len(), ctx.counters().statements() - before)
    };
    let (years, few) = count(world.officer(TAIYUAN, "bureau_officer").await).await;
    assert_eq!(years, 1);
    world.province.clock.advance(chrono::Duration::days(365));
    world.list(TAIYUAN, &["甲", "乙", "丙", "丁"]).await;
    freeze(&first, 2026).await;
    let (years, many) = count(world.officer(TAIYUAN, "bureau_officer").await).await;
    assert_eq!((years, many), (2, few));
}
