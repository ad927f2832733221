//! What an agency must have and show (机构资料): branches, prices, what hangs in the hall, reports.

use super::*;

/// Rows of an agency's table.
async fn count(ctx: &Ctx, field: &str, of: &Value) -> usize {
    let document = format!("query($id: ID!) {{ {field}(agencyId: $id) {{ edges {{ cursor }} }} }}");
    answer(ctx, field, &document, json!({"id": of["id"]})).await["edges"].as_array().unwrap().len()
}

async fn save_branch(ctx: &Ctx, of: &Value, known: &Value, input: Value) -> Value {
    let declared =
        ("$a: ID!, $id: ID, $v: Int, $i: AgencyBranchInput!", "agencyId: $a, id: $id, version: $v, input: $i");
    let variables = json!({"a": of["id"], "id": known["id"], "v": known["version"], "i": input});
    let shown = "id version name reportDueOn overdue countyName";
    send(ctx, "saveBranch", declared, variables, ("AgencyBranch", shown)).await
}

fn branch(reported_on: Value) -> Value {
    json!({"name": "大同分公司", "address": "迎宾街1号", "county": "140213", "setUpOn": "2026-06-15", "reportedOn": reported_on})
}

pub(super) async fn publish(ctx: &Ctx, of: &Value, from: &str, items: Value) -> Value {
    let declared = ("$a: ID!, $i: PriceListInput!", "agencyId: $a, input: $i");
    let variables = json!({"a": of["id"], "i": {"effectiveFrom": from, "items": items}});
    let shown = "id number effectiveFrom items { id item unit fen payer }";
    send(ctx, "savePriceList", declared, variables, ("PriceList", shown)).await
}

pub(super) fn item(item: &str, fen: i64, payer: &str) -> Value {
    json!({"item": item, "unit": "人次", "fen": fen, "payer": payer})
}

async fn display(ctx: &Ctx, of: &Value, input: Value) -> Value {
    let declared = ("$a: ID!, $i: DisplayedItemInput!", "agencyId: $a, input: $i");
    let variables = json!({"a": of["id"], "i": input});
    send(ctx, "saveDisplayedItem", declared, variables, ("DisplayedItem", "id kind text phone checkedOn")).await
}

async fn shown(ctx: &Ctx, of: &Value, fields: &str) -> Value {
    let document = format!("query($id: ID!) {{ agency(id: $id) {{ {fields} }} }}");
    answer(ctx, "agency", &document, json!({"id": of["id"]})).await
}

#[tokio::test]
async fn a_branch_that_is_not_reported_within_fifteen_days_is_overdue() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let saved = save_branch(&world.taiyuan, &agency, &json!({}), branch(Value::Null)).await;
    assert_eq!((&saved["reportDueOn"], &saved["overdue"]), (&json!("2026-06-30"), &json!(true)), "{saved}");
    assert_eq!(saved["countyName"], "山西省大同市平城区");
    let early = save_branch(&world.taiyuan, &agency, &saved, branch(json!("2026-06-14"))).await;
    assert_eq!((&early["code"], &early["field"]), (&json!("REPORTED_ON"), &json!("input.reportedOn")));
    let reported = save_branch(&world.taiyuan, &agency, &saved, branch(json!("2026-06-30"))).await;
    assert_eq!((&reported["version"], &reported["overdue"]), (&json!(2), &json!(false)), "{reported}");
    let stale = save_branch(&world.taiyuan, &agency, &saved, branch(Value::Null)).await;
    assert_eq!(stale["code"], "CONFLICT");
    let all = shown(&world.taiyuan, &agency, "branches { name overdue version }").await;
    assert_eq!(all["branches"], json!([{"name": "大同分公司", "overdue": false, "version": 2}]));
}

#[tokio::test]
async fn an_item_that_a_worker_would_pay_is_refused_with_its_article_and_nothing_is_published() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let charged = json!([item("代理招聘", 5000, "HIRING_PARTY"), item("求职登记费", 1000, "WORKER")]);
    let refused = publish(&world.taiyuan, &agency, "2026-07-01", charged).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("CHARGED_TO_WORKER"), &json!("input.items")));
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("第 2 项") && message.contains("就业促进法第四十一条"), "{message}");
    assert_eq!(count(&world.taiyuan, "agencyPriceLists", &agency).await, 0);
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    let audited = entities::audit_entry::Entity::find()
        .filter(entities::audit_entry::Column::Operation.eq("agency.keep"))
        .all(&ctx.scope())
        .await
        .unwrap();
    assert_eq!(audited.iter().map(|entry| entry.result.as_str()).collect::<Vec<_>>(), ["REFUSED"]);
}

#[tokio::test]
async fn a_new_price_list_follows_the_one_before_on_its_day_and_changes_none() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let first = publish(&world.taiyuan, &agency, "2026-07-01", json!([item("代理招聘", 5000, "HIRING_PARTY")])).await;
    assert_eq!(first["number"], 1, "{first}");
    let second = publish(&world.taiyuan, &agency, "2026-08-01", json!([item("代理招聘", 6000, "HIRING_PARTY")])).await;
    assert_eq!(second["number"], 2);
    let early = publish(&world.taiyuan, &agency, "2026-07-31", json!([item("代理招聘", 1, "HIRING_PARTY")])).await;
    assert_eq!(early["code"], "BEFORE_THE_LAST");
    let price =
        async || shown(&world.taiyuan, &agency, "priceList { number items { fen } }").await["priceList"].clone();
    assert_eq!(price().await, json!({"number": 1, "items": [{"fen": 5000}]}));
    world.house.clock.set("2026-08-01T01:00:00+08:00".parse().unwrap());
    assert_eq!(price().await, json!({"number": 2, "items": [{"fen": 6000}]}));
    assert_eq!(count(&world.taiyuan, "agencyPriceLists", &agency).await, 2);
}

#[tokio::test]
async fn what_must_hang_in_the_hall_and_does_not_is_named() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let all = json!(["BUSINESS_LICENCE", "SERVICES", "PRICE_LIST", "LICENCE", "SUPERVISOR"]);
    assert_eq!(shown(&world.taiyuan, &agency, "missingDisplayedItems").await["missingDisplayedItems"], all);
    let silent = json!({"kind": "SUPERVISOR", "text": "市人力资源和社会保障局", "checkedOn": "2026-07-01"});
    let refused = display(&world.taiyuan, &agency, silent.clone()).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("PHONE_INVALID"), &json!("input.phone")));
    let saved = display(&world.taiyuan, &agency, with(silent.clone(), "phone", json!("12333"))).await;
    assert_eq!(saved["phone"], "12333", "{saved}");
    let empty = json!({"kind": "LICENCE", "checkedOn": "2026-07-01"});
    assert_eq!(display(&world.taiyuan, &agency, empty).await["code"], "NOTHING_SHOWN");
    for text in ["大厅东墙", "大厅西墙"] {
        let hung = json!({"kind": "LICENCE", "text": text, "checkedOn": "2026-07-01"});
        assert_eq!(display(&world.taiyuan, &agency, hung).await["text"], text);
    }
    let now = shown(&world.taiyuan, &agency, "missingDisplayedItems displayedItems { kind text }").await;
    assert_eq!(now["missingDisplayedItems"], json!(["BUSINESS_LICENCE", "SERVICES", "PRICE_LIST"]));
    let newest = json!([
        {"kind": "LICENCE", "text": "大厅西墙"}, {"kind": "SUPERVISOR", "text": "市人力资源和社会保障局"},
    ]);
    assert_eq!(now["displayedItems"], newest, "the newest of a kind counts");
}

async fn set(ctx: &Ctx, code: &str, value: Value, from: &str) -> Value {
    let declared = ("$i: AgencyParameterInput!", "input: $i");
    let variables = json!({"i": {"code": code, "value": value, "effectiveFrom": from}});
    send(ctx, "setAgencyParameter", declared, variables, ("AgencyParameter", "code value usual")).await
}

#[tokio::test]
async fn no_annual_report_is_asked_for_of_a_year_before_there_was_a_licence() {
    let world = Province::new().await;
    let agency = world.verified().await;
    assert_eq!(set(&world.taiyuan, "ANNUAL_REPORT_BY", json!(331), "2026-01-01").await["value"], 331);
    let fields = "annualReportDue { year dueOn overdue note }";
    let due = shown(&world.taiyuan, &agency, fields).await["annualReportDue"].clone();
    assert_eq!((&due["year"], &due["dueOn"], &due["overdue"]), (&json!(2025), &Value::Null, &json!(false)), "{due}");
    assert!(due["note"].as_str().unwrap().contains("尚未取得许可证"), "{due}");
}

#[tokio::test]
async fn no_annual_report_is_late_until_the_city_sets_a_day_and_it_says_that_none_is_set() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let since_last_year = with(form(), "issuedOn", json!("2025-12-31"));
    let amended = amend(&world.taiyuan, &agency, since_last_year).await;
    assert_eq!(amended["id"], agency["id"], "{amended}");
    let due = async || {
        let fields = "annualReportDue { year dueOn reportedOn overdue note }";
        shown(&world.taiyuan, &agency, fields).await["annualReportDue"].clone()
    };
    let unset = due().await;
    assert_eq!((&unset["year"], &unset["dueOn"], &unset["overdue"]), (&json!(2025), &Value::Null, &json!(false)));
    assert!(unset["note"].as_str().unwrap().contains("未设定"), "{unset}");
    assert_eq!(set(&world.taiyuan, "ANNUAL_REPORT_BY", json!(1332), "2026-01-01").await["code"], "NO_SUCH_DAY");
    assert_eq!(set(&world.taiyuan, "ANNUAL_REPORT_BY", json!(331), "2026-01-01").await["value"], 331);
    let late = due().await;
    assert_eq!((&late["dueOn"], &late["overdue"]), (&json!("2026-03-31"), &json!(true)));
    let declared = ("$a: ID!, $i: AnnualReportInput!", "agencyId: $a, input: $i");
    let report = async |year: i32, day: &str| {
        let variables = json!({"a": agency["id"], "i": {"year": year, "reportedOn": day}});
        send(&world.taiyuan, "recordAnnualReport", declared, variables, ("AnnualReport", "year reportedOn")).await
    };
    assert_eq!(report(2026, "2026-07-01").await["code"], "YEAR");
    assert_eq!(report(2025, "2026-03-30").await["reportedOn"], "2026-03-30");
    assert_eq!(due().await["overdue"], false);
}

#[tokio::test]
async fn a_city_sets_more_than_the_law_asks_and_never_less() {
    let world = Province::new().await;
    let refused = set(&world.taiyuan, "LEDGER_YEARS", json!(1), "2026-07-01").await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("BELOW_THE_LAW"), &json!("input.value")));
    assert_eq!(set(&world.taiyuan, "BRANCH_REPORT_DAYS", json!(16), "2026-07-01").await["code"], "ABOVE_THE_LAW");
    let more = set(&world.taiyuan, "LEDGER_YEARS", json!(5), "2026-07-01").await;
    assert_eq!((&more["value"], &more["usual"]), (&json!(5), &json!(2)));
    let all = "{ agencyParameters { code value law settings { effectiveFrom value } } }";
    let all = answer(&world.taiyuan, "agencyParameters", all, json!({})).await;
    let values: Vec<_> = all.as_array().unwrap().iter().map(|one| (&one["code"], &one["value"])).collect();
    assert_eq!(values[0], (&json!("ANNUAL_REPORT_BY"), &Value::Null), "unset, and shown as such");
    assert_eq!(values[2], (&json!("LEDGER_YEARS"), &json!(5)));
    assert_eq!(all[2]["settings"], json!([{"effectiveFrom": "2026-07-01", "value": 5}]));
}
