//! An agency's file: three thousand rows, two hundred of them bad.

use kernel::blob::POSTINGS;
use kernel::{Never, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::*;
use crate::rows::{posting_import, posting_import_row};

const HEADINGS: &str =
    "外部编号,用工主体,工种,工作内容,招聘人数,工作日期,开始时间,结束时间,工作地点,工资（元）,计薪单位,即时快招";
const USCC: &str = "91140100MA0K000001";
const SLOWED: &str = "91140100MA0K000002";

fn row(n: usize) -> String {
    format!("JC-{n},{USCC},搬运工,第{n}车水果装卸,5,2026-11-24,06:00,14:00,坞城路{n}号,200,天,是")
}

fn file(rows: &[String]) -> Vec<u8> {
    format!("用工信息表\n{HEADINGS}\n{}\n", rows.join("\n")).into_bytes()
}

struct Agency {
    id: Uuid,
    ctx: Ctx,
}

async fn agency(town: &Town) -> Agency {
    let id = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = NewParty { uscc: Some(USCC.to_owned()), ..NewParty::lead("客户公司", id) };
    town.party(lead).await;
    Agency { id, ctx: town.by(testing::manager(id)).await }
}

async fn uploaded(ctx: &Ctx, bytes: &[u8]) -> String {
    let bytes = bytes.to_vec();
    let id: Result<Uuid, Stop<Never>> = ctx
        .transact(&kernel::blob::UPLOAD, |tx| async move {
            Ok(kernel::blob::store(&tx, &POSTINGS, "招聘.csv", "text/csv", &bytes, None).await?)
        })
        .await;
    ctx.gid("Upload", id.map_err(Stop::into_fault).unwrap()).to_string()
}

const FIELDS: &str = "id version status rowCount goodRows badRows published inReview reportUrl job { status }";

async fn check(ctx: &Ctx, bytes: &[u8]) -> Value {
    let upload = uploaded(ctx, bytes).await;
    let variables = json!({ "upload": upload });
    let of = ("PostingImport", FIELDS);
    send_for(ctx, "checkPostingImport", of, "$upload: ID!", "uploadId: $upload", variables).await
}

async fn apply(ctx: &Ctx, of: &Value, without: bool) -> Value {
    let variables = json!({ "id": of["id"], "version": of["version"], "without": without });
    let declared = "$id: ID!, $version: Int!, $without: Boolean";
    let call = "id: $id, version: $version, withoutBadRows: $without";
    send_for(ctx, "applyPostingImport", ("PostingImport", FIELDS), declared, call, variables).await
}

async fn again(ctx: &Ctx, of: &Value) -> Value {
    ask(ctx, &format!("{{ postingImport(id: {}) {{ {FIELDS} }} }}", of["id"])).await["postingImport"].clone()
}

async fn bad_rows(ctx: &Ctx, of: &Value) -> Vec<Value> {
    let question = format!(
        "{{ postingImport(id: {}) {{ rows(first: 100, onlyBad: true) {{ edges {{ node {{ row status externalId \
         issues {{ column columnTitle value code message }} }} }} }} }} }}",
        of["id"]
    );
    let rows = ask(ctx, &question).await["postingImport"]["rows"]["edges"].as_array().unwrap().clone();
    rows.into_iter().map(|edge| edge["node"].clone()).collect()
}

/// Three thousand rows; every fifteenth is bad, each in another cell.
fn three_thousand() -> Vec<String> {
    let spoil = |n: usize, line: String| match (n % 15, n / 15 % 5) {
        (0, 0) => line.replace("搬运工", "宇航员"),
        (0, 1) => line.replace(",200,天", ",面议,天"),
        (0, 2) => line.replace(USCC, "91140100MA0K999999"),
        (0, 3) => line.replace("2026-11-24", "明天"),
        (0, _) => line.replace("装卸", "装卸，只要男的"),
        _ => line,
    };
    (1..=3_000).map(|n| spoil(n, row(n))).collect()
}

#[tokio::test]
async fn three_thousand_rows_with_two_hundred_bad_ones_publish_the_good_ones_and_name_every_bad_cell() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let checked = check(&agency.ctx, &file(&three_thousand())).await;
    assert_eq!(
        (&checked["rowCount"], &checked["goodRows"], &checked["badRows"], &checked["status"]),
        (&json!(3_000), &json!(2_800), &json!(200), &json!("CHECKED")),
        "{checked}"
    );
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 0, "nothing is published by a check");
    let bad = bad_rows(&agency.ctx, &checked).await;
    assert_eq!(bad.len(), 100);
    // The first row of the file stands in its third line.
    assert_eq!(bad[0]["row"], 17);
    let first: Vec<_> = bad[..5].iter().map(|row| (&row["issues"][0]["column"], &row["issues"][0]["code"])).collect();
    assert_eq!(
        json!(first),
        json!([
            ["J", "NOT_READABLE"],
            ["B", "PARTY_UNKNOWN"],
            ["F", "NOT_READABLE"],
            ["D", "SEX_LIMIT"],
            ["C", "TRADE_UNKNOWN"]
        ])
    );
    assert_eq!(apply(&agency.ctx, &checked, false).await["code"], "BAD_ROWS");
    let applying = apply(&agency.ctx, &checked, true).await;
    assert_eq!(applying["status"], "APPLYING", "{applying}");
    town.work().await;
    let applied = again(&agency.ctx, &checked).await;
    assert_eq!(
        (&applied["status"], &applied["published"], &applied["badRows"]),
        (&json!("APPLIED"), &json!(2_800), &json!(200)),
        "{applied}"
    );
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 2_800);
    let published = posting::Column::Status.eq(crate::kinds::PostingStatus::Published);
    let published = posting::Entity::find().filter(published).count(&town.bureau.scope()).await.unwrap();
    assert_eq!(published, 2_800);
    assert_eq!(apply(&agency.ctx, &applied, true).await["code"], "ALREADY_APPLIED");
    let second = check(&agency.ctx, &file(&three_thousand())).await;
    assert_eq!(second["goodRows"], 0, "numbers in use are not imported twice: {second}");
    assert_eq!(apply(&agency.ctx, &second, true).await["code"], "NOTHING_GOOD");
}

#[tokio::test]
async fn a_file_is_checked_for_a_named_agency_once_it_arrived_and_not_after_its_time() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let nobodys = check(&town.bureau, &file(&[row(1)])).await;
    assert_eq!((&nobodys["code"], &nobodys["field"]), (&json!("AGENCY_MISSING"), &json!("agencyId")), "{nobodys}");
    let begun = kernel::blob::create_upload(&agency.ctx, &POSTINGS, "招聘.csv", 10, None).await.unwrap();
    let upload = agency.ctx.gid("Upload", begun.id).to_string();
    let checked = async || {
        let (of, variables) = (("PostingImport", FIELDS), json!({ "upload": upload }));
        send_for(&agency.ctx, "checkPostingImport", of, "$upload: ID!", "uploadId: $upload", variables).await
    };
    assert_eq!(checked().await["code"], "NOT_UPLOADED");
    town.clock.advance(chrono::Duration::days(1));
    assert_eq!(checked().await["code"], "EXPIRED");
    let imports = posting_import::Entity::find().count(&town.bureau.scope()).await.unwrap();
    assert_eq!(imports, 0);
}

#[tokio::test]
async fn a_file_is_imported_as_it_was_seen_and_once_at_a_time() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let checked = check(&agency.ctx, &file(&[row(1)])).await;
    let unseen = apply(&agency.ctx, &with(checked.clone(), "version", json!(7)), false).await;
    assert_eq!(unseen["code"], "CONFLICT", "{unseen}");
    assert_eq!(apply(&agency.ctx, &checked, false).await["status"], "APPLYING");
    let again = apply(&agency.ctx, &again(&agency.ctx, &checked).await, false).await;
    assert_eq!((&again["code"], &again["field"]), (&json!("ALREADY_APPLYING"), &json!("id")), "{again}");
    town.work().await;
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
}

#[tokio::test]
async fn a_row_with_several_faults_has_every_one_of_them_named_in_its_cell() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let rows = [
        row(1).replace("搬运工", "宇航员").replace("装卸", "装卸，只要男的") + ",60",
        row(2).replace("搬运工", "宇航员") + ",300",
        row(3).replace(",200,", ",面议,").replace("14:00", "次日08:00").replace("装卸", "装卸，只要男的") + ",",
        row(4) + ",60",
    ];
    let bytes = format!("{HEADINGS},休息分钟\n{}\n", rows.join("\n")).into_bytes();
    let checked = check(&agency.ctx, &bytes).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&json!(1), &json!(3)), "{checked}");
    let bad = bad_rows(&agency.ctx, &checked).await;
    let named = |row: &Value| {
        let issues = row["issues"].as_array().unwrap().iter();
        issues.map(|issue| json!([issue["columnTitle"], issue["code"]])).collect::<Value>()
    };
    assert_eq!(
        bad.iter().map(named).collect::<Value>(),
        json!([
            [["工种", "TRADE_UNKNOWN"], ["工作内容", "SEX_LIMIT"]],
            [["工种", "TRADE_UNKNOWN"], ["休息分钟", "SHIFT_BREAK"]],
            [["工资（元）", "NOT_READABLE"], ["结束时间", "SHIFT_REVERSED"], ["工作内容", "SEX_LIMIT"]]
        ])
    );
}

#[tokio::test]
async fn rows_come_in_with_as_many_statements_for_two_hundred_as_for_fifty() {
    let statements = async |rows: usize| {
        let town = Town::new().await;
        let agency = agency(&town).await;
        let rows: Vec<String> = (1..=rows).map(row).collect();
        let checked = check(&agency.ctx, &file(&rows)).await;
        apply(&agency.ctx, &checked, true).await;
        let import =
            agency.ctx.parse_id("PostingImport", &async_graphql::ID(checked["id"].as_str().unwrap().to_owned()));
        let task = crate::imports::jobs::ApplyJob { import: import.unwrap(), publishes: true, account: None };
        let house = town.by(Actor::System("test")).await;
        let progress = crate::operations::import_run::run_some(&house, task).await.unwrap();
        assert!(matches!(progress, crate::operations::import_run::Progress::More { done, .. } if done == rows.len()));
        house.counters().statements()
    };
    assert_eq!(statements(50).await, statements(200).await);
}

#[tokio::test]
async fn the_error_report_is_a_workbook_with_every_bad_row_and_what_is_the_matter() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let rows = [row(1), row(2).replace("搬运工", "宇航员").replace(",5,", ",零,"), row(3).replace("坞城路3号", "=1+1")];
    let checked = check(&agency.ctx, &file(&rows)).await;
    assert_eq!(checked["badRows"], 1, "{checked}");
    let url = checked["reportUrl"].as_str().unwrap();
    let token = url.rsplit('/').next().unwrap();
    let download = kernel::blob::open_download(&agency.ctx, token).await.unwrap();
    assert_eq!(download.file_name, "招聘-错误报告.xlsx");
    let import = posting_import::Entity::find().one(&town.bureau.scope()).await.unwrap().unwrap();
    let bytes = kernel::blob::read(&agency.ctx, import.report_id.unwrap()).await.unwrap();
    let grid = kernel::sheet::read(&bytes, &kernel::sheet::Limits::default()).unwrap();
    let note = grid.text(2, 0);
    assert!(note.starts_with("可以导入的行中有 2 行请留意：【J 工资（元）】"), "no minimum wage is set: {note}");
    let line: Vec<String> = (0..grid.width()).map(|at| grid.text(4, at)).collect();
    assert_eq!((line[0].as_str(), line[1].as_str(), line[3].as_str()), ("4", "JC-2", "宇航员"));
    let told = &line[line.len() - 2];
    assert!(told.contains("【E 招聘人数】"), "{told}");
    let good = town.by(testing::manager(agency.id)).await;
    let all_good = check(&good, &file(&[row(9)])).await;
    assert_eq!(all_good["reportUrl"], Value::Null);
}

#[tokio::test]
async fn what_cannot_be_checked_is_told_of_a_good_row_and_it_is_published() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let checked = check(&agency.ctx, &file(&[row(1)])).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&json!(1), &json!(0)), "{checked}");
    apply(&agency.ctx, &checked, false).await;
    town.work().await;
    assert_eq!(again(&agency.ctx, &checked).await["published"], 1);
    let question = format!(
        "{{ postingImport(id: {}) {{ rows(first: 9) {{ edges {{ node {{ status issues {{ column code }} }} }} }} }} }}",
        checked["id"]
    );
    let rows = ask(&agency.ctx, &question).await["postingImport"]["rows"]["edges"].clone();
    let issues = json!([{ "column": "J", "code": "WAGE_BELOW_MINIMUM" }]);
    assert_eq!(rows, json!([{ "node": { "status": "APPLIED", "issues": issues } }]), "no minimum wage is set");
}

#[tokio::test]
async fn a_row_for_a_party_that_lost_the_fast_lane_is_taken_in_for_review() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let slowed = NewParty { uscc: Some(SLOWED.to_owned()), ..NewParty::lead("失约公司", agency.id) };
    let slowed = town.party(slowed).await;
    lose_fast_lane(&town, slowed).await;
    let checked = check(&agency.ctx, &file(&[row(1), row(2).replace(USCC, SLOWED)])).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&json!(2), &json!(0)), "{checked}");
    apply(&agency.ctx, &checked, false).await;
    town.work().await;
    let applied = again(&agency.ctx, &checked).await;
    assert_eq!((&applied["published"], &applied["inReview"]), (&json!(1), &json!(1)), "{applied}");
}

#[tokio::test]
async fn what_came_to_be_bad_since_the_check_is_left_out_and_told() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let rows = [row(1), row(2).replace("2026-11-24", "2026-11-26"), row(3).replace("2026-11-24", "2026-11-26")];
    let checked = check(&agency.ctx, &file(&rows)).await;
    assert_eq!(checked["goodRows"], 3);
    town.clock.advance(chrono::Duration::days(2));
    apply(&agency.ctx, &checked, false).await;
    town.work().await;
    let applied = again(&agency.ctx, &checked).await;
    assert_eq!((&applied["published"], &applied["badRows"]), (&json!(2), &json!(1)), "{applied}");
    let bad = bad_rows(&agency.ctx, &checked).await;
    assert_eq!((&bad[0]["row"], &bad[0]["issues"][0]["code"]), (&json!(3), &json!("SHIFT_PAST")));
    assert!(applied["reportUrl"].is_string());
}

#[tokio::test]
async fn a_licence_that_is_lost_stops_the_import_and_what_is_in_stays() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let checked = check(&agency.ctx, &file(&[row(1)])).await;
    apply(&agency.ctx, &checked, true).await;
    let id = agency.id;
    testing::arrange(&town.bureau, |tx| async move {
        use entities::agency::{Column, Entity};
        Entity::update_many()
            .col_expr(Column::Status, Expr::value("REVOKED"))
            .filter(Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    town.work().await;
    let stopped = again(&agency.ctx, &checked).await;
    assert_eq!((&stopped["status"], &stopped["published"]), (&json!("CHECKED"), &json!(0)), "{stopped}");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 0);
    assert_eq!(check(&agency.ctx, &file(&[row(1)])).await["code"], "LICENCE_INVALID");
}

#[tokio::test]
async fn files_that_cannot_be_read_are_refused_in_words_and_other_peoples_are_not_there() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let refused = check(&agency.ctx, "工种,人数\n搬运工,5\n".as_bytes()).await;
    assert_eq!(refused["code"], "NOT_READABLE", "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("用工主体"), "{refused}");
    let empty = check(&agency.ctx, format!("{HEADINGS}\n").as_bytes()).await;
    assert_eq!(empty["code"], "NOT_READABLE");
    let checked = check(&agency.ctx, &file(&[row(1)])).await;
    let other = testing::agency(&town.bureau, "另一家机构").await.unwrap();
    let rival = town
        .by(markets::testing::officer_of(5, "agency_manager", kernel::policy::ScopeKind::Agency, &other.to_string()))
        .await;
    assert_eq!(again(&rival, &checked).await, Value::Null);
    assert_eq!(apply(&rival, &checked, true).await["error"], "NOT_FOUND");
    assert_eq!(again(&town.bureau, &checked).await["rowCount"], 1, "the bureau sees everybody's");
}

#[tokio::test]
async fn imports_are_thrown_away_after_thirty_days_and_their_postings_stay() {
    let town = Town::new().await;
    let agency = agency(&town).await;
    let checked = check(&agency.ctx, &file(&[row(1)])).await;
    apply(&agency.ctx, &checked, true).await;
    town.work().await;
    town.clock.advance(chrono::Duration::days(31));
    assert_eq!(crate::operations::import_purge::purge_imports(&town.bureau).await.unwrap(), 1);
    assert_eq!(posting_import_row::Entity::find().count(&town.bureau.scope()).await.unwrap(), 0);
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
}
