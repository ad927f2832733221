//! The dry run.

use kernel::policy::ScopeKind;

use super::*;

const GOOD: &str =
    "1,小店区零工市场,公共（公益性）,夏季5:00-19:00，冬季6:00-18:00,太原市小店区坞城路１号,约300,瓦工、宇航员,120";
const BAD: &str = "2,大营盘（代称）,自发形成,25:00-26:00,太原市迎泽区大营盘十字西北角,很多,普工 装卸工,—";

#[tokio::test]
async fn a_dry_run_shows_how_every_cell_was_read_and_changes_nothing() {
    let (_dir, _kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[GOOD, BAD]), None).await;
    assert_eq!(checked["status"], "CHECKED");
    assert_eq!((&checked["city"], &checked["filer"]), (&"太原市".into(), &"王芳".into()));
    assert_eq!([&checked["rowCount"], &checked["goodRows"], &checked["badRows"], &checked["created"]], [2, 1, 1, 1]);
    let rows = rows(&ctx, &checked).await;
    let good = &rows[0];
    assert_eq!((&good["row"], &good["action"], &good["good"]), (&3.into(), &"CREATE".into(), &true.into()));
    assert_eq!(good["nature"], "PUBLIC");
    assert_eq!(good["publicInterest"], true);
    assert!(good["natureReading"].as_str().is_some_and(|how| !how.is_empty()));
    assert_eq!(good["hoursText"], "夏季 05:00—19:00；冬季 06:00—18:00");
    assert_eq!((&good["seekerScale"], &good["dailySuccesses"]), (&"约300".into(), &"120".into()));
    assert_eq!((&good["trades"][0], &good["unknownTrades"][0]), (&"砌筑工".into(), &"宇航员".into()));
    assert_eq!(good["divisionName"], "山西省太原市小店区");
    assert_eq!(markets(&ctx).await, 0);
}

#[tokio::test]
async fn every_bad_cell_is_named_with_row_column_value_reason_and_hint() {
    let (_dir, _kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[GOOD, BAD]), None).await;
    let rows = rows(&ctx, &checked).await;
    let bad = &rows[1];
    assert_eq!((&bad["action"], &bad["good"]), (&"SKIP".into(), &false.into()));
    let errors: Vec<_> = bad["issues"].as_array().unwrap().iter().filter(|i| i["severity"] == "ERROR").collect();
    let named: Vec<_> = errors.iter().map(|i| (i["row"].clone(), i["column"].clone(), i["code"].clone())).collect();
    assert_eq!(
        named,
        [(4.into(), "D".into(), "HOURS_IMPOSSIBLE".into()), (4.into(), "F".into(), "FIGURE_NOT_UNDERSTOOD".into())]
    );
    assert_eq!((&errors[0]["columnTitle"], &errors[0]["value"]), (&"运行时间".into(), &"25:00-26:00".into()));
    assert!(
        errors.iter().all(|i| !i["message"].as_str().unwrap().is_empty() && !i["hint"].as_str().unwrap().is_empty())
    );
    assert!(checked["reportUrl"].as_str().unwrap().starts_with("/taiyuan/files/"));
}

#[tokio::test]
async fn a_bad_cell_is_corrected_in_place_and_the_report_is_written_again() {
    let (_dir, kernel, ctx) = bureau().await;
    let checked = check(&ctx, &file(&[GOOD, BAD]), None).await;
    let half = correct(&ctx, &checked, 4, "hoursText: \"05:00-09:00\"").await;
    assert_eq!((&half["badRows"], &half["goodRows"]), (&1.into(), &1.into()));
    let whole = correct(&ctx, &checked, 4, "seekerScale: \"200-300\"").await;
    assert_eq!((&whole["badRows"], &whole["created"]), (&0.into(), &2.into()));
    let row = rows(&ctx, &checked).await.remove(1);
    assert_eq!((&row["hoursText"], &row["seekerScale"]), (&"05:00—09:00".into(), &"200—300".into()));
    assert_eq!(row["name"], "大营盘");
    work(&kernel, &ctx).await;
    assert!(again(&ctx, &checked).await["reportUrl"].is_string());
    let none = correct(&ctx, &checked, 40, "name: \"x\"").await;
    assert_eq!(none["code"], "NO_ROW");
}

/// What is wrong with a row, as codes; what is only remarked upon left out.
fn errors(row: &Value) -> Vec<&str> {
    let issues = row["issues"].as_array().unwrap();
    issues.iter().filter(|i| i["severity"] == "ERROR").map(|i| i["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_address_without_a_county_needs_a_default_or_a_choice() {
    let (_dir, _kernel, ctx) = bureau().await;
    let bytes = file(&["1,坞城人市,自形成,04:30—08:00,坞城路1号,500,普工,80"]);
    let checked = check(&ctx, &bytes, None).await;
    assert_eq!(checked["badRows"], 1);
    assert_eq!(errors(&rows(&ctx, &checked).await[0]), ["NO_COUNTY"]);
    let chosen = correct(&ctx, &checked, 3, "division: \"140105001\"").await;
    assert_eq!(chosen["badRows"], 0, "{chosen}");
    assert_eq!(rows(&ctx, &checked).await[0]["divisionName"], "山西省太原市小店区坞城街道");
    let default = check(&ctx, &bytes, Some("140105")).await;
    assert_eq!(default["badRows"], 0);
    assert_eq!(check(&ctx, &bytes, Some("140214")).await["code"], "DIVISION_NOT_USABLE");
    assert_eq!(check(&ctx, &bytes, Some("140111")).await["code"], "RETIRED_DIVISION");
}

#[tokio::test]
async fn two_rows_that_are_the_same_market_are_told_until_one_is_corrected() {
    let (_dir, _kernel, ctx) = bureau().await;
    let twice = "2,小店区零工市场,公共,06:00—18:00,小店区坞城路1号,100,瓦工,20";
    let checked = check(&ctx, &file(&[GOOD, twice]), None).await;
    let row = rows(&ctx, &checked).await.remove(1);
    assert_eq!((&row["good"], &row["issues"][0]["code"]), (&false.into(), &"DUPLICATE_MARKET".into()));
    let corrected = correct(&ctx, &checked, 4, "address: \"小店区长风街2号\"").await;
    assert_eq!((&corrected["badRows"], &corrected["created"]), (&0.into(), &2.into()));
    let left = &rows(&ctx, &checked).await[1]["issues"];
    assert_eq!(left.as_array().unwrap().len(), 1, "who is assumed to run it is said, and no more");
    assert_eq!((&left[0]["code"], &left[0]["severity"]), (&"OPERATOR_ASSUMED".into(), &"NOTE".into()));
}

#[tokio::test]
async fn a_county_imports_its_own_rows_and_sees_its_own_imports() {
    let (_dir, kernel, ctx) = bureau().await;
    let theirs = check(&ctx, &file(&[GOOD]), None).await;
    let county = testing::officer_of(7, "county_officer", ScopeKind::County, "140105");
    let ctx = testing::by(&kernel, county).await.unwrap();
    let checked = check(&ctx, &file(&[GOOD, "2,大营盘,自形成,05:00—08:00,迎泽区大营盘,100,普工,20"]), None).await;
    assert_eq!((&checked["goodRows"], &checked["badRows"]), (&1.into(), &1.into()));
    assert_eq!(errors(&rows(&ctx, &checked).await[1]), ["OUTSIDE_REACH"]);
    assert_eq!(again(&ctx, &theirs).await, Value::Null);
    let listed = ask(&ctx, "{ directoryImports { totalCount edges { node { id } } } }").await;
    assert_eq!(listed["directoryImports"]["totalCount"], 1);
    assert_eq!(check(&ctx, &file(&[GOOD]), Some("140106")).await["code"], "DIVISION_OUTSIDE_REACH");
}

#[tokio::test]
async fn a_file_that_is_not_the_form_is_refused_and_told_why() {
    let (_dir, _kernel, ctx) = bureau().await;
    let legacy = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    for (bytes, word) in [
        (&legacy[..], ".xls"),
        (b"\x00\x01\x02 no text".as_slice(), ".xlsx"),
        ("姓名,年龄\n张三,40\n".as_bytes(), "样表"),
        (format!("太原市\n{HEADINGS}\n").as_bytes(), "没有填写"),
        ("大同市\n序号,零工市场名称,运营性质,详细地址\n".as_bytes(), "没有填写"),
        ("零工市场名称,运营性质,详细地址\n甲零工市场,公共,小店区坞城路1号\n".as_bytes(), "运行时间"),
    ] {
        let refused = check(&ctx, bytes, None).await;
        assert_eq!(refused["code"], "NOT_READABLE", "{refused}");
        assert!(refused["message"].as_str().unwrap().contains(word), "{refused}");
    }
    assert_eq!(ask(&ctx, "{ directoryImports { totalCount } }").await["directoryImports"]["totalCount"], 6);
}

#[tokio::test]
async fn another_citys_form_in_gbk_is_refused_here_and_taken_there() {
    let (_dir, kernel, ctx) = bureau().await;
    let bytes = include_bytes!("../../annex2/fixtures/datong-gbk.csv");
    let refused = check(&ctx, bytes, None).await;
    assert_eq!(refused["code"], "OTHER_CITY");
    assert!(refused["message"].as_str().unwrap().contains("大同市"));
    let city = kernel::kernel::NewTenant {
        code: "140200".to_owned(),
        slug: "datong".to_owned(),
        name_zh: "大同市".to_owned(),
        name_en: "Datong".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(city, testing::on_postgres().as_deref()).await.unwrap();
    let there = kernel.ctx("140200", testing::bureau(), kernel::Lang::Zh).await.unwrap();
    let checked = check(&there, bytes, Some("140213")).await;
    assert_eq!((&checked["city"], &checked["rowCount"]), (&"大同市".into(), &4.into()), "{checked}");
}

#[tokio::test]
async fn an_upload_of_somebody_else_is_not_there() {
    let (_dir, kernel, ctx) = bureau().await;
    let upload = uploaded(&ctx, &file(&[GOOD])).await;
    let other = testing::officer_of(9, "bureau_officer", ScopeKind::City, "");
    let other = testing::by(&kernel, other).await.unwrap();
    let question = format!("mutation {{ checkDirectoryImport(uploadId: \"{upload}\") {{ __typename }} }}");
    let schema = Schema::new(crate::MarketsQuery::default(), crate::MarketsMutation::default(), EmptySubscription);
    let answer = schema.execute(Request::new(question).data(other)).await;
    assert_eq!(answer.errors.len(), 1);
    assert_eq!(answer.data.into_json().unwrap()["checkDirectoryImport"], Value::Null);
}
