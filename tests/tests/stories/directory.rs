//! A city fills its directory from the annex-2 form, publishes it, hands in the yearly return, and the province sees it.

use serde_json::json;

use super::town::Town;

/// As bureaus send it: a title, the city above the table, full-width digits, two seasons in a cell, street names.
const FORM: &str = "太原市零工市场名录\n太原市\n\
序号,零工市场名称,运营性质,运行时间,详细地址,求职人员规模（人）,主要招聘工种,日均招聘成功人数（人）\n\
1,太原市晋源区义井零工市场,公益,夏季5:00-19:00，冬季6:00-18:00,晋源区义井街道和平南路,约３００,瓦工、小工，水电工,50\n\
2,柳巷路口,自发,25:00-8:00,迎泽区柳巷路口,200-300,保洁员 服务员,30\n\
填报人：王芳,,联系电话：0351-5278313\n";

const IMPORT: &str =
    "... on DirectoryImport { id version status goodRows badRows created updated unchanged listed job { status }
    rows(first: 10) { edges { node { row good hoursText natureReading issues { column value severity } } } } }";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_imports_publishes_and_hands_in_its_directory_on_sqlite() {
    a_city_hands_in_its_directory(Town::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_imports_publishes_and_hands_in_its_directory_on_postgresql() {
    a_city_hands_in_its_directory(Town::on_postgres().await).await;
}

async fn a_city_hands_in_its_directory(town: Town) {
    let bureau = town.sign_in("taiyuan", "bureau").await;
    let import = upload_and_check(&town, &bureau).await;
    correct_and_apply(&town, &bureau, &import).await;
    publish(&town, &bureau, &import).await;
    import_again_changes_nothing(&town, &bureau).await;
    export(&town, &bureau).await;
    hand_in(&town, &bureau).await;
    audit_is_whole(&town).await;
}

async fn check(town: &Town, bureau: &str) -> serde_json::Value {
    let query = "mutation($i: CreateUploadInput!) { createUpload(input: $i) { ... on UploadTicket { uploadId url } } }";
    let size = FORM.len();
    let ticket = town
        .get(
            "taiyuan",
            bureau,
            query,
            json!({"i": {"purpose": "ANNEX2", "fileName": "名录.csv", "size": size}}),
            "createUpload",
        )
        .await;
    let path = ticket["url"].as_str().expect("an address");
    assert_eq!(town.put(path, FORM.as_bytes().to_vec()).await, 201);
    let upload = json!({"i": ticket["uploadId"]});
    let query = "mutation($i: ID!) { completeUpload(id: $i) { ... on Upload { kind } } }";
    let complete = town.get("taiyuan", bureau, query, upload.clone(), "completeUpload").await;
    assert_eq!(complete["kind"], "text/csv");
    let query = format!("mutation($i: ID!) {{ checkDirectoryImport(uploadId: $i) {{ {IMPORT} }} }}");
    town.get("taiyuan", bureau, &query, upload, "checkDirectoryImport").await
}

async fn upload_and_check(town: &Town, bureau: &str) -> serde_json::Value {
    let checked = check(town, bureau).await;
    assert_eq!(
        (&checked["status"], &checked["goodRows"], &checked["badRows"]),
        (&json!("CHECKED"), &json!(1), &json!(1))
    );
    let rows = checked["rows"]["edges"].as_array().expect("rows").clone();
    assert_eq!(rows[0]["node"]["hoursText"], "夏季 05:00—19:00；冬季 06:00—18:00");
    let errors: Vec<_> =
        rows[1]["node"]["issues"].as_array().expect("issues").iter().filter(|i| i["severity"] == "ERROR").collect();
    assert_eq!(errors.len(), 1, "the bad cell is named: {errors:?}");
    assert_eq!((&errors[0]["column"], &errors[0]["value"]), (&json!("D"), &json!("25:00-8:00")));
    checked
}

async fn correct_and_apply(town: &Town, bureau: &str, import: &serde_json::Value) {
    let apply =
        "mutation($i: ID!, $v: Int!) { applyDirectoryImport(id: $i, version: $v, mode: ALL_OR_NOTHING) { __typename
        ... on ApplyDirectoryImportRefused { code } } }";
    let refused = town
        .get("taiyuan", bureau, apply, json!({"i": import["id"], "v": import["version"]}), "applyDirectoryImport")
        .await;
    assert_eq!(refused["__typename"], "ApplyDirectoryImportRefused", "all or nothing waits for the bad row");
    let correct = format!(
        "mutation($i: ID!, $v: Int!) {{ correctImportRow(id: $i, version: $v, row: 5, input: {{hoursText: \"05:00-08:00\"}}) {{ {IMPORT} }} }}"
    );
    let corrected = town
        .get("taiyuan", bureau, &correct, json!({"i": import["id"], "v": import["version"]}), "correctImportRow")
        .await;
    assert_eq!(corrected["badRows"], 0);
    let newest = json!({"i": import["id"], "v": corrected["version"]});
    let applying = town.get("taiyuan", bureau, apply, newest, "applyDirectoryImport").await;
    assert_eq!(applying["__typename"], "DirectoryImport");
    let query = "query($i: ID!) { directoryImport(id: $i) { status created } }";
    let done = town
        .until("taiyuan", bureau, query, json!({"i": import["id"]}), |d| d["directoryImport"]["status"] == "APPLIED")
        .await;
    assert_eq!(done["directoryImport"]["created"], 2);
}

async fn publish(town: &Town, bureau: &str, import: &serde_json::Value) {
    let directory =
        "{ directory(filter: {search: \"瓦工\"}) { totalCount edges { node { name divisionName trades { name } } } } }";
    let before = town.ask("taiyuan", None, directory, json!({})).await;
    assert_eq!(before["data"]["directory"]["totalCount"], 0, "nothing is public before it is listed");
    let seen = town
        .ask(
            "taiyuan",
            Some(bureau),
            "query($i: ID!) { directoryImport(id: $i) { version } }",
            json!({"i": import["id"]}),
        )
        .await;
    let newest = json!({"i": import["id"], "v": seen["data"]["directoryImport"]["version"]});
    let list = "mutation($i: ID!, $v: Int!) { listImportedMarkets(id: $i, version: $v) { ... on DirectoryImport { listed } } }";
    let listed = town.get("taiyuan", bureau, list, newest, "listImportedMarkets").await;
    assert_eq!(listed["listed"], 2);
    let after = town.ask("taiyuan", None, directory, json!({})).await;
    assert_eq!(after["data"]["directory"]["totalCount"], 1, "a street name of a trade finds the market: {after}");
    let market = &after["data"]["directory"]["edges"][0]["node"];
    assert_eq!(market["name"], "太原市晋源区义井零工市场");
}

async fn import_again_changes_nothing(town: &Town, bureau: &str) {
    let again = check(town, bureau).await;
    assert_eq!(
        (&again["created"], &again["unchanged"]),
        (&json!(0), &json!(1)),
        "a repeated import does not double: {again}"
    );
}

async fn export(town: &Town, bureau: &str) {
    for (format, magic) in [("XLSX", b"PK".as_slice()), ("CSV", "\u{feff}".as_bytes()), ("PDF", b"%PDF".as_slice())] {
        let query = format!("mutation {{ exportDirectory(format: {format}) {{ ... on ExportedFile {{ url }} }} }}");
        let file = town.get("taiyuan", bureau, &query, json!({}), "exportDirectory").await;
        let (status, bytes) = town.fetch(file["url"].as_str().expect("an address")).await;
        assert_eq!(status, 200);
        assert!(bytes.starts_with(magic), "{format} begins as {format} does");
    }
    let stranger =
        town.ask("taiyuan", None, "mutation { exportDirectory(format: CSV) { __typename } }", json!({})).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

async fn hand_in(town: &Town, bureau: &str) {
    let freeze = "mutation { freezeReturn(year: 2026, input: {filer: \"王芳\", filerPhone: \"0351-5278313\"}) {
        ... on DirectoryReturn { id version rowCount dueOn remindOn } } }";
    let frozen = town.get("taiyuan", bureau, freeze, json!({}), "freezeReturn").await;
    assert_eq!((&frozen["rowCount"], &frozen["dueOn"]), (&json!(2), &json!("2026-12-20")));
    assert_eq!(frozen["remindOn"], "2026-12-18", "20 December 2026 is a Sunday");
    let submit =
        "mutation($i: ID!, $v: Int!) { submitReturn(id: $i, version: $v) { ... on DirectoryReturn { status } } }";
    let variables = json!({"i": frozen["id"], "v": frozen["version"]});
    assert_eq!(town.get("taiyuan", bureau, submit, variables, "submitReturn").await["status"], "SUBMITTED");
    let province = town.sign_in("platform", "province").await;
    let query = "{ provinceReturns(year: 2026) { status rowCount city { slug } } }";
    let seen =
        town.until("platform", &province, query, json!({}), |d| d["provinceReturns"][0]["status"] == "SUBMITTED").await;
    assert_eq!(seen["provinceReturns"][0]["rowCount"], 2);
    let outsider = town.ask("platform", Some(bureau), query, json!({})).await;
    assert!(outsider["data"]["provinceReturns"].is_null(), "a city's token opens nothing at the province: {outsider}");
}

async fn audit_is_whole(town: &Town) {
    let auditor = town.sign_in("taiyuan", "auditor").await;
    let verify = "mutation { verifyAudit { ... on AuditStatus { verified firstBroken entries } } }";
    let found = town.get("taiyuan", &auditor, verify, json!({}), "verifyAudit").await;
    assert_eq!((&found["verified"], &found["firstBroken"]), (&json!(true), &json!(null)));
}
