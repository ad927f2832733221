//! The province freezes its roll-up, sends it, and keeps what it sent.

use kernel::sheet::{Limits, read_all};
use kernel::{Ctx, blob};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use super::world::{World, ask, morning};
use crate::testing::{DATONG, PLATFORM, TAIYUAN};

const REPORT: &str = "id versionNo version frozenAt frozenBy cityCount rowCount changedSince sentOn documentNo late \
    cities { code included status versionNo rowCount submittedOn changedSince }";

async fn reports(ctx: &Ctx) -> Value {
    let query = format!(
        "{{ provinceReports(year: 2026) {{ version dueOn late missing {{ city {{ code }} status }} \
         versions {{ {REPORT} }} }} }}"
    );
    ask(ctx, &query, json!({})).await["provinceReports"].take()
}

async fn freeze(ctx: &Ctx, version: i32, without: &[&str]) -> Value {
    let query = format!(
        "mutation($version: Int!, $without: [String!]) {{ \
         freezeProvinceReport(year: 2026, version: $version, without: $without) {{ ... on ProvinceReport {{ {REPORT} }} \
         ... on FreezeProvinceReportRefused {{ code message field current {{ version }} }} }} }}"
    );
    let mut answer = ask(ctx, &query, json!({ "version": version, "without": without })).await;
    answer.get_mut("freezeProvinceReport").map(Value::take).unwrap_or(answer)
}

async fn sent(ctx: &Ctx, of: &Value, day: &str, no: Option<&str>) -> Value {
    let query = format!(
        "mutation($id: ID!, $version: Int!, $day: Date!, $no: String) {{ \
         markProvinceReportSent(id: $id, version: $version, sentOn: $day, documentNo: $no) {{ \
         ... on ProvinceReport {{ {REPORT} }} \
         ... on MarkProvinceReportSentRefused {{ code field current {{ version documentNo }} }} }} }}"
    );
    let mut answer = ask(ctx, &query, json!({ "id": of["id"], "version": of["version"], "day": day, "no": no })).await;
    answer.get_mut("markProvinceReportSent").map(Value::take).unwrap_or(answer)
}

/// What a city handed in, for a decision: its id and version.
async fn handed_in(ctx: &Ctx, code: &str) -> Value {
    let known = ask(ctx, "{ provinceReturns(year: 2026) { id version city { code } } }", json!({})).await;
    let rows = known["provinceReturns"].as_array().unwrap();
    let row = rows.iter().find(|row| row["city"]["code"] == code).unwrap();
    json!({ "id": row["id"], "version": row["version"] })
}

/// The province accepts what a city handed in.
async fn accept(ctx: &Ctx, code: &str) {
    let query = "mutation($id: ID!, $version: Int!) { acceptReturn(id: $id, version: $version) { \
                 ... on ProvinceReturn { status } } }";
    let done = ask(ctx, query, handed_in(ctx, code).await).await;
    assert_eq!(done["acceptReturn"]["status"], "ACCEPTED");
}

/// The province sends it back.
async fn send_back(ctx: &Ctx, code: &str) {
    let query = "mutation($id: ID!, $version: Int!) { returnToCity(id: $id, version: $version, reason: \"地址不全\") { \
                 ... on ProvinceReturn { status } } }";
    let done = ask(ctx, query, handed_in(ctx, code).await).await;
    assert_eq!(done["returnToCity"]["status"], "RETURNED");
}

/// A city hands in these markets and is accepted.
async fn accepted(world: &World, ctx: &Ctx, code: &str, names: &[&str]) {
    world.list(code, names).await;
    world.hand_in(code, 2026).await;
    accept(ctx, code).await;
    world.settle().await;
}

async fn export(ctx: &Ctx, reader: &str, report: Option<i32>) -> Value {
    let query = "mutation($reader: ReportReader, $report: Int) { \
                 exportProvince(year: 2026, format: XLSX, reader: $reader, report: $report) { \
                 ... on ExportedFile { fileName } ... on ExportProvinceRefused { code field } } }";
    ask(ctx, query, json!({ "reader": reader, "report": report })).await["exportProvince"].take()
}

/// What stands in the file that was written last, sheet by sheet.
async fn last_book(ctx: &Ctx) -> Vec<Vec<Vec<String>>> {
    let files = entities::blob::Entity::find().order_by_desc(entities::blob::Column::Id);
    let file = files.one(&ctx.scope()).await.unwrap().unwrap();
    let sheets = read_all(&blob::read(ctx, file.id).await.unwrap(), &Limits::default()).unwrap();
    let lines = |sheet: &kernel::sheet::Grid| {
        (0..9).map(|row| (0..11).map(|column| sheet.text(row, column)).collect()).collect()
    };
    sheets.iter().map(lines).collect()
}

async fn frozen_book(ctx: &Ctx, version: i32) -> Vec<Vec<Vec<String>>> {
    let file = export(ctx, "MINISTRY", Some(version)).await;
    assert_eq!(file["fileName"], format!("零工市场名录上报-2026年-第{version}版.xlsx"), "{file}");
    last_book(ctx).await
}

#[tokio::test]
async fn only_accepted_returns_are_frozen_and_every_other_city_is_left_out_by_name() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    let none = reports(&ctx).await;
    assert_eq!((&none["version"], &none["dueOn"], &none["late"]), (&json!(0), &json!("2026-12-31"), &json!(false)));
    let nothing = freeze(&ctx, 0, &[TAIYUAN, DATONG]).await;
    assert_eq!((&nothing["code"], &nothing["field"]), (&json!("NOTHING_ACCEPTED"), &json!("year")));
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥", "坞城路"]).await;
    world.list(DATONG, &["御河"]).await;
    world.hand_in(DATONG, 2026).await;
    let missing = freeze(&ctx, 0, &[]).await;
    assert_eq!((&missing["code"], &missing["field"]), (&json!("CITIES_MISSING"), &json!("without")));
    assert!(missing["message"].as_str().unwrap().starts_with("大同市的报送还没有接收"), "{missing}");
    assert_eq!(freeze(&ctx, 0, &["141100"]).await["code"], "UNKNOWN_CITY");
    assert_eq!(freeze(&ctx, 0, &[TAIYUAN, DATONG]).await["code"], "CITY_ACCEPTED");
    let before = reports(&ctx).await;
    assert_eq!(before["versions"], json!([]), "nothing was written");
    assert_eq!(before["missing"], json!([{ "city": { "code": DATONG }, "status": "SUBMITTED" }]));

    let first = freeze(&ctx, 0, &[DATONG]).await;
    assert_eq!((&first["versionNo"], &first["cityCount"], &first["rowCount"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!((&first["frozenBy"], &first["changedSince"]), (&json!("province_officer1"), &json!(false)));
    assert_eq!(first["frozenAt"], "2026-12-18T08:30:00+08:00");
    let line = |code: &str, included: bool, status: &str| (json!(code), json!(included), json!(status));
    let lines = first["cities"].as_array().unwrap().iter();
    let lines: Vec<_> =
        lines.map(|city| (city["code"].clone(), city["included"].clone(), city["status"].clone())).collect();
    assert_eq!(lines, [line(TAIYUAN, true, "ACCEPTED"), line(DATONG, false, "SUBMITTED")]);

    let stale = freeze(&ctx, 0, &[DATONG]).await;
    assert_eq!((&stale["code"], &stale["current"]["version"]), (&json!("CONFLICT"), &json!(1)));
    assert_eq!(freeze(&ctx, 1, &[DATONG]).await["code"], "UNCHANGED");
    assert_eq!(reports(&ctx).await["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_who_freeze_at_one_moment_one_makes_the_version_and_the_other_is_told() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥"]).await;
    let both = tokio::join!(freeze(&ctx, 0, &[DATONG]), freeze(&ctx, 0, &[DATONG]));
    let made = [&both.0, &both.1].map(|answer| (answer["versionNo"].clone(), answer["code"].clone()));
    let (first, told) = ((json!(1), json!(null)), (json!(null), json!("CONFLICT")));
    assert!(made == [first.clone(), told.clone()] || made == [told, first], "{both:?}");
    assert_eq!(reports(&ctx).await["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_city_accepted_later_makes_a_second_version_due_and_the_first_stays_as_it_was_sent() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥", "坞城路"]).await;
    let first = freeze(&ctx, 0, &[DATONG]).await;
    assert_eq!(first["versionNo"], 1, "{first}");
    let book = frozen_book(&ctx, 1).await;
    assert_eq!(book.len(), 2, "the summary and the city that is in it");
    assert_eq!(book[0][0][0], "2026年度零工市场名录汇总表（第1版）");
    assert_eq!(book[0][1][0], "各市报送期限：2026-12-20；省级上报期限：2026-12-31；定稿日期：2026-12-18");
    assert_eq!(book[0][3][..4], ["太原市", "已接收", "1", "2"].map(str::to_owned));
    assert_eq!(book[0][4][..4], ["大同市", "未纳入（未报送）", "", ""].map(str::to_owned));
    assert_eq!(book[0][5][0], "共2个市，纳入1个，零工市场2家。");
    assert!(book[1][2].iter().all(|head| head != "运行时间"), "the ministry is told no hours");

    world.province.clock.set(morning("2026-12-22"));
    accepted(&world, &ctx, DATONG, &["御河"]).await;
    let seen = reports(&ctx).await;
    assert_eq!((&seen["versions"][0]["changedSince"], &seen["missing"]), (&json!(true), &json!([])));
    assert_eq!(seen["versions"][0]["cities"][1]["changedSince"], true);
    assert_eq!(frozen_book(&ctx, 1).await, book, "what was frozen is what it was");
    let second = freeze(&ctx, 1, &[]).await;
    assert_eq!((&second["versionNo"], &second["cityCount"], &second["rowCount"]), (&json!(2), &json!(2), &json!(3)));
    assert_eq!(frozen_book(&ctx, 2).await.len(), 3);
    assert_eq!(frozen_book(&ctx, 1).await, book);
    let seen = reports(&ctx).await;
    let states: Vec<_> =
        [0, 1].map(|at| (&seen["versions"][at]["versionNo"], &seen["versions"][at]["changedSince"])).into();
    assert_eq!(states, [(&json!(2), &json!(false)), (&json!(1), &json!(true))]);
}

#[tokio::test]
async fn a_city_that_hands_in_anew_changes_no_frozen_row() {
    let world = World::on("2026-12-01").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["旧名"]).await;
    accepted(&world, &ctx, DATONG, &["御河"]).await;
    assert_eq!(freeze(&ctx, 0, &[]).await["versionNo"], 1);
    let book = frozen_book(&ctx, 1).await;
    world.province.reset(TAIYUAN).await.unwrap();
    world.tomorrow();
    world.list(TAIYUAN, &["新名", "又一家"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    let seen = reports(&ctx).await;
    assert_eq!(seen["versions"][0]["changedSince"], true, "it waits for the province");
    assert_eq!(seen["missing"][0]["status"], "SUBMITTED");
    assert_eq!(freeze(&ctx, 1, &[]).await["code"], "CITIES_MISSING");
    accept(&ctx, TAIYUAN).await;
    assert_eq!(frozen_book(&ctx, 1).await, book, "rows and filer are those that were frozen");
    assert_eq!(freeze(&ctx, 1, &[]).await["rowCount"], 3);
    let anew = frozen_book(&ctx, 2).await;
    assert_eq!((book[1][3][1].as_str(), anew[1][4][1].as_str()), ("旧名零工市场", "新名零工市场"));
}

#[tokio::test]
async fn what_was_sent_to_the_ministry_is_recorded_late_or_in_time() {
    let world = World::on("2026-12-22").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥"]).await;
    let first = freeze(&ctx, 0, &[DATONG]).await;
    assert_eq!((&first["sentOn"], &first["late"]), (&json!(null), &json!(null)));
    let why = |answer: Value| (answer["code"].clone(), answer["field"].clone());
    assert_eq!(why(sent(&ctx, &first, "2026-12-21", None).await), (json!("BEFORE_FROZEN"), json!("sentOn")));
    assert_eq!(why(sent(&ctx, &first, "2026-12-23", None).await), (json!("IN_FUTURE"), json!("sentOn")));
    let long = "号".repeat(51);
    let invalid = sent(&ctx, &first, "2026-12-22", Some(&long)).await;
    assert_eq!(why(invalid), (json!("DOCUMENT_NO_INVALID"), json!("documentNo")));
    world.province.clock.set(morning("2027-01-04"));
    assert_eq!(reports(&ctx).await["late"], true, "not sent, and the day is past");
    let late = sent(&ctx, &first, "2027-01-03", Some(" 晋人社函〔2027〕1号 ")).await;
    assert_eq!((&late["sentOn"], &late["late"]), (&json!("2027-01-03"), &json!(true)));
    assert_eq!((&late["documentNo"], &late["version"]), (&json!("晋人社函〔2027〕1号"), &json!(2)));
    let stale = sent(&ctx, &first, "2026-12-22", None).await;
    assert_eq!((&stale["code"], &stale["current"]["version"]), (&json!("CONFLICT"), &json!(2)));
    let corrected = sent(&ctx, &late, "2026-12-31", Some("晋人社函〔2026〕88号")).await;
    assert_eq!((&corrected["late"], &corrected["version"]), (&json!(false), &json!(3)));
    let seen = reports(&ctx).await;
    assert_eq!((&seen["late"], &seen["versions"][0]["cityCount"]), (&json!(false), &json!(1)));
}

#[tokio::test]
async fn a_day_set_for_the_ministry_tells_who_is_late_and_one_set_afterwards_does_not() {
    let world = World::on("2026-12-22").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥"]).await;
    let first = freeze(&ctx, 0, &[DATONG]).await;
    assert_eq!(sent(&ctx, &first, "2026-12-22", None).await["late"], false);
    let set = "mutation { setMinistryDeadline(year: 2026, dueOn: \"2026-12-21\", version: 0) { __typename } }";
    assert_eq!(ask(&ctx, set, json!({})).await["setMinistryDeadline"]["__typename"], "ProvinceDeadlines");
    let seen = reports(&ctx).await;
    assert_eq!((&seen["dueOn"], &seen["late"]), (&json!("2026-12-21"), &json!(false)));
    assert_eq!(seen["versions"][0]["late"], false);
}

#[tokio::test]
async fn without_a_frozen_version_the_ministrys_file_says_that_it_is_a_draft() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    world.list(TAIYUAN, &["迎泽桥"]).await;
    world.hand_in(TAIYUAN, 2026).await;
    assert_eq!(export(&ctx, "MINISTRY", None).await["fileName"], "零工市场名录上报-2026年-草稿.xlsx");
    assert_eq!(last_book(&ctx).await[0][0][0], "2026年度零工市场名录汇总表（草稿）");
    assert_eq!(export(&ctx, "PROVINCE", None).await["fileName"], "零工市场名录全省汇总-2026年.xlsx");
    assert_eq!(last_book(&ctx).await[0][0][0], "2026年度零工市场名录汇总表");
    world.list(DATONG, &["红旗", "平城"]).await;
    world.hand_in(DATONG, 2026).await;
    export(&ctx, "PROVINCE", None).await;
    assert_eq!(last_book(&ctx).await[0][5][0], "共2个市，已报送2个，零工市场3家。");
    send_back(&ctx, DATONG).await;
    export(&ctx, "PROVINCE", None).await;
    assert_eq!(last_book(&ctx).await[0][5][0], "共2个市，已报送1个，零工市场1家。", "what was sent back is not in it");
    let unknown = export(&ctx, "MINISTRY", Some(1)).await;
    assert_eq!(unknown, json!({ "code": "UNKNOWN_REPORT", "field": "report" }));
    accept(&ctx, TAIYUAN).await;
    assert_eq!(freeze(&ctx, 0, &[DATONG]).await["versionNo"], 1);
    let own = export(&ctx, "PROVINCE", Some(1)).await;
    assert_eq!(own["fileName"], "零工市场名录全省汇总-2026年-第1版.xlsx");
    assert!(last_book(&ctx).await[1][2].contains(&"运行时间".to_owned()));
}

#[tokio::test]
async fn a_city_and_a_supervisor_freeze_nothing_and_only_the_supervisor_sees_what_is_frozen() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥"]).await;
    let first = freeze(&ctx, 0, &[DATONG]).await;
    let city = world.officer(TAIYUAN, "bureau_officer").await;
    assert_eq!(reports(&city).await, json!(null));
    assert_eq!(freeze(&city, 1, &[]).await["errors"], json!(["NOT_FOUND"]));
    assert_eq!(sent(&city, &first, "2026-12-18", None).await["errors"], json!(["NOT_FOUND"]));
    let supervisor = world.officer(PLATFORM, "province_supervisor").await;
    assert_eq!(reports(&supervisor).await["versions"][0]["rowCount"], 1);
    assert_eq!(freeze(&supervisor, 1, &[]).await["errors"], json!(["FORBIDDEN"]));
    assert_eq!(sent(&supervisor, &first, "2026-12-18", None).await["errors"], json!(["FORBIDDEN"]));
    let impostor = world.officer(PLATFORM, "bureau_officer").await;
    assert_eq!(freeze(&impostor, 1, &[]).await["errors"], json!(["FORBIDDEN"]));
    assert_eq!(reports(&ctx).await["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_sandbox_city_that_is_forgotten_takes_the_versions_with_it_that_hold_its_rows() {
    let world = World::on("2026-12-18").await;
    let ctx = world.officer(PLATFORM, "province_officer").await;
    accepted(&world, &ctx, TAIYUAN, &["迎泽桥"]).await;
    assert_eq!(freeze(&ctx, 0, &[DATONG]).await["versionNo"], 1);
    accepted(&world, &ctx, DATONG, &["御河"]).await;
    assert_eq!(freeze(&ctx, 1, &[]).await["versionNo"], 2);
    crate::forget_city(&world.province.house(PLATFORM).await.unwrap(), DATONG).await.unwrap();
    let seen = reports(&ctx).await;
    assert_eq!((&seen["version"], &seen["versions"][0]["versionNo"]), (&json!(1), &json!(1)));
    assert_eq!(seen["versions"][0]["changedSince"], false);
}
