//! What an agency does and what is found there (机构业务): inspections by two, the ledger, fees paid back.

use kernel::sheet::{Limits, read};
use sea_orm::QueryOrder as _;

use super::kept::{item, publish};
use super::*;

fn inspection(accounts: Value, names: Value) -> Value {
    json!({
        "inspectedOn": "2026-07-01", "kind": "RANDOM", "inspectorAccounts": accounts, "inspectorNames": names,
        "result": "RECTIFY", "findings": "收费标准未公示", "followUpOn": "2026-07-10",
    })
}

async fn inspect(ctx: &Ctx, of: &Value, input: Value) -> Value {
    let declared = ("$a: ID!, $i: AgencyInspectionInput!", "agencyId: $a, input: $i");
    let variables = json!({"a": of["id"], "i": input});
    let shown = "id version inspectors { name account } followUpOverdue";
    send(ctx, "recordInspection", declared, variables, ("AgencyInspection", shown)).await
}

async fn inspections(ctx: &Ctx, of: &Value) -> usize {
    let document = "query($id: ID!) { agencyInspections(agencyId: $id) { edges { cursor } } }";
    answer(ctx, "agencyInspections", document, json!({"id": of["id"]})).await["edges"].as_array().unwrap().len()
}

#[tokio::test]
async fn one_inspector_is_not_enough_and_one_named_twice_is_one() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let me = world.taiyuan.gid("Account", world.taiyuan.account().unwrap().id);
    let me = me.as_str();
    for (accounts, names, code) in [
        (json!([]), json!([]), "INSPECTORS_MISSING"),
        (json!([me]), json!([]), "INSPECTORS_MISSING"),
        (json!([]), json!(["张伟"]), "INSPECTORS_MISSING"),
        (json!([me, me]), json!([]), "SAME_PERSON"),
        (json!([]), json!(["张伟", " 张 伟"]), "SAME_PERSON"),
        // The account of the bureau's officer is called like its user name.
        (json!([me]), json!(["bureau"]), "SAME_PERSON"),
        (json!([me]), json!([" "]), "NAME_INVALID"),
    ] {
        let refused = inspect(&world.taiyuan, &agency, inspection(accounts, names)).await;
        assert_eq!(refused["code"], code, "{refused}");
    }
    let alone = inspect(&world.taiyuan, &agency, inspection(json!([me]), json!([]))).await;
    assert!(alone["message"].as_str().unwrap().contains("第三十五条"), "{alone}");
    assert_eq!(inspections(&world.taiyuan, &agency).await, 0, "nothing was recorded");
    let foreign = world.datong.gid("Account", world.datong.account().unwrap().id);
    let refused = inspect(&world.taiyuan, &agency, inspection(json!([foreign.as_str()]), json!(["张伟"]))).await;
    assert_eq!(refused["error"], "NOT_FOUND", "another city's account is not found");
    let done = inspect(&world.taiyuan, &agency, inspection(json!([me]), json!(["张伟"]))).await;
    assert_eq!(done["inspectors"], json!([{"name": "bureau", "account": me}, {"name": "张伟", "account": null}]));
    assert_eq!(inspections(&world.taiyuan, &agency).await, 1);
}

#[tokio::test]
async fn an_inspection_that_nobody_followed_up_in_time_is_found_until_somebody_does() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let made = inspect(&world.taiyuan, &agency, inspection(json!([]), json!(["张伟", "李强"]))).await;
    let overdue = async || {
        let document = "query($id: ID!) { agencyInspections(agencyId: $id, filter: { followUpOverdue: true }) { edges { node { id } } } }";
        answer(&world.taiyuan, "agencyInspections", document, json!({"id": agency["id"]})).await["edges"].clone()
    };
    assert_eq!(overdue().await, json!([]));
    world.house.clock.set("2026-07-11T09:00:00+08:00".parse().unwrap());
    assert_eq!(overdue().await, json!([{"node": {"id": made["id"]}}]));
    let follow = async |version: &Value, day: &str| {
        let declared = ("$id: ID!, $v: Int!, $i: InspectionFollowUpInput!", "id: $id, version: $v, input: $i");
        let input = json!({"followedUpOn": day, "result": "COMPLIANT", "note": "已公示"});
        let variables = json!({"id": made["id"], "v": version, "i": input});
        let shown = ("AgencyInspection", "version followUpResult followUpOverdue");
        send(&world.taiyuan, "recordInspectionFollowUp", declared, variables, shown).await
    };
    assert_eq!(follow(&made["version"], "2026-06-30").await["code"], "DAY");
    let done = follow(&made["version"], "2026-07-11").await;
    assert_eq!(done, json!({"version": 2, "followUpResult": "COMPLIANT", "followUpOverdue": false}));
    assert_eq!(overdue().await, json!([]));
    assert_eq!(follow(&made["version"], "2026-07-11").await["code"], "CONFLICT");
    assert_eq!(follow(&json!(2), "2026-07-11").await["code"], "ALREADY_FOLLOWED_UP");
}

async fn enter(ctx: &Ctx, of: &Value, party: &str, household: bool, online: bool) -> Value {
    let declared = ("$a: ID!, $i: LedgerEntryInput!", "agencyId: $a, input: $i");
    let input = json!({
        "servedOn": "2026-06-30", "hiringParty": party, "household": household, "kind": "INTRODUCTION",
        "online": online, "workers": 2, "result": "到岗2人",
    });
    let shown = ("LedgerEntry", "id hiringParty keptUntil");
    send(ctx, "addLedgerEntry", declared, json!({"a": of["id"], "i": input}), shown).await
}

#[tokio::test]
async fn the_ledger_is_kept_for_two_years_online_for_three_and_names_no_household_but_in_the_workbook() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let export = async |ctx: &Ctx| {
        let declared = ("$a: ID!", "agencyId: $a");
        send(ctx, "exportServiceLedger", declared, json!({"a": agency["id"]}), ("ExportedFile", "fileName")).await
    };
    assert_eq!(export(&world.taiyuan).await["code"], "NOTHING");
    let unit = enter(&world.taiyuan, &agency, "某某建筑公司", false, false).await;
    assert_eq!((&unit["hiringParty"], &unit["keptUntil"]), (&json!("某某建筑公司"), &json!("2028-06-30")));
    let household = enter(&world.taiyuan, &agency, "王秀英", true, true).await;
    assert_eq!((&household["hiringParty"], &household["keptUntil"]), (&json!("王*"), &json!("2029-06-30")));
    let file = export(&world.taiyuan).await;
    assert_eq!(file["fileName"], "并州人力资源服务有限公司服务台账-20260701.xlsx");
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    let newest = entities::blob::Entity::find().order_by_desc(entities::blob::Column::Id);
    let id = newest.one(&ctx.scope()).await.unwrap().unwrap().id;
    let grid = read(&kernel::blob::read(&ctx, id).await.unwrap(), &Limits::default()).unwrap();
    let rows: Vec<[String; 3]> = (3..5).map(|row| [1, 2, 6].map(|column| grid.text(row, column))).collect();
    assert_eq!(rows, [["2026-06-30", "王秀英", "2"], ["2026-06-30", "某某建筑公司", "2"]]);
}

#[tokio::test]
async fn an_entry_of_the_ledger_stands_on_its_last_day_and_is_gone_the_day_after() {
    let world = Province::new().await;
    let agency = world.verified().await;
    enter(&world.taiyuan, &agency, "某某建筑公司", false, false).await;
    enter(&world.taiyuan, &agency, "某某物流公司", false, true).await;
    let left = async |day: &str| {
        world.house.clock.set(format!("{day}T09:00:00+08:00").parse().unwrap());
        world.settle().await;
        let document = "query($id: ID!) { agencyLedger(agencyId: $id) { edges { node { hiringParty } } } }";
        answer(&world.taiyuan, "agencyLedger", document, json!({"id": agency["id"]})).await["edges"].clone()
    };
    let online = json!([{"node": {"hiringParty": "某某物流公司"}}]);
    assert_eq!(left("2028-06-30").await.as_array().unwrap().len(), 2);
    assert_eq!(left("2028-07-01").await, online, "what was not on the network had two years");
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    let audited = entities::audit_entry::Entity::find()
        .filter(entities::audit_entry::Column::Operation.eq("agency.forget"))
        .count(&ctx.scope())
        .await;
    assert_eq!(audited.unwrap(), 1);
    assert_eq!(left("2029-06-30").await, online);
    assert_eq!(left("2029-07-01").await, json!([]));
}

pub(super) async fn receipt(ctx: &Ctx, list: &Value, number: &str, day: &str, fen: i64) -> Value {
    let declared = ("$item: ID!, $i: FeeReceiptInput!", "itemId: $item, input: $i");
    let input = json!({
        "receiptNo": number, "issuedOn": day, "hiringParty": "某某建筑公司", "household": false, "quantity": 2,
        "fen": fen,
    });
    let variables = json!({"item": list["items"][0]["id"], "i": input});
    send(ctx, "recordFeeReceipt", declared, variables, ("FeeReceipt", "id version refundDue keptUntil item { item }"))
        .await
}

#[tokio::test]
async fn a_fee_goes_by_the_list_and_is_paid_back_once_the_placement_failed() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let old = publish(&world.taiyuan, &agency, "2026-07-01", json!([item("代理招聘", 9000, "HIRING_PARTY")])).await;
    let list = publish(&world.taiyuan, &agency, "2026-07-03", json!([item("代理招聘", 5000, "HIRING_PARTY")])).await;
    world.house.clock.set("2026-07-03T09:00:00+08:00".parse().unwrap());
    let of =
        async |list: &Value, number: &str, fen: i64| receipt(&world.taiyuan, list, number, "2026-07-03", fen).await;
    let outdated = of(&old, "0001", 100).await;
    assert_eq!((&outdated["code"], &outdated["field"]), (&json!("NOT_IN_FORCE"), &json!("itemId")));
    let above = of(&list, "0001", 10_001).await;
    assert_eq!((&above["code"], &above["field"]), (&json!("ABOVE_THE_LIST"), &json!("input.fen")));
    let paid = of(&list, "0001", 10_000).await;
    assert_eq!((&paid["refundDue"], &paid["item"]["item"]), (&json!(false), &json!("代理招聘")), "{paid}");
    assert_eq!(of(&list, "0001", 10_000).await["code"], "NUMBER_TAKEN");

    let refunded = async |version: &Value| {
        let declared = ("$id: ID!, $v: Int!", "id: $id, version: $v, refundedOn: \"2026-07-03\"");
        let variables = json!({"id": paid["id"], "v": version});
        send(&world.taiyuan, "markRefunded", declared, variables, ("FeeReceipt", "version refundDue refundedOn")).await
    };
    assert_eq!(refunded(&json!(1)).await["code"], "NOT_DUE");
    let declared = ("$id: ID!, $v: Int!", "id: $id, version: $v, failedOn: \"2026-07-03\", reason: \"未到岗\"");
    let variables = json!({"id": paid["id"], "v": 1});
    let due = send(&world.taiyuan, "markRefundDue", declared, variables, ("FeeReceipt", "version refundDue")).await;
    assert_eq!(due, json!({"version": 2, "refundDue": true}));
    let open = "query($id: ID!) { agencyReceipts(agencyId: $id, filter: { refundDue: true }) { edges { node { receiptNo } } } }";
    let open =
        async || answer(&world.taiyuan, "agencyReceipts", open, json!({"id": agency["id"]})).await["edges"].clone();
    assert_eq!(open().await, json!([{"node": {"receiptNo": "0001"}}]));
    let back = refunded(&json!(2)).await;
    assert_eq!(back, json!({"version": 3, "refundDue": false, "refundedOn": "2026-07-03"}));
    assert_eq!(open().await, json!([]));
    assert_eq!(refunded(&json!(3)).await["code"], "ALREADY_REFUNDED");
}

#[tokio::test]
async fn a_receipt_is_kept_as_long_as_the_ledger_and_while_it_is_due_to_be_paid_back() {
    let world = Province::new().await;
    let agency = world.verified().await;
    let list = publish(&world.taiyuan, &agency, "2026-07-01", json!([item("代理招聘", 5000, "HIRING_PARTY")])).await;
    let settled = receipt(&world.taiyuan, &list, "0001", "2026-07-01", 10_000).await;
    let failed = receipt(&world.taiyuan, &list, "0002", "2026-07-01", 10_000).await;
    assert_eq!((&settled["keptUntil"], &failed["keptUntil"]), (&json!("2028-07-01"), &json!("2028-07-01")));
    let mark = async |name: &str, arguments: &str, version: i32| {
        let (passed, variables) =
            (format!("id: $id, version: $v, {arguments}"), json!({"id": failed["id"], "v": version}));
        send(&world.taiyuan, name, ("$id: ID!, $v: Int!", passed.as_str()), variables, ("FeeReceipt", "keptUntil"))
            .await
    };
    let due = mark("markRefundDue", "failedOn: \"2026-07-01\", reason: \"未到岗\"", 1).await;
    assert_eq!(due, json!({"keptUntil": null}));
    let left = async |day: &str| {
        world.house.clock.set(format!("{day}T09:00:00+08:00").parse().unwrap());
        world.settle().await;
        let document = "query($id: ID!) { agencyReceipts(agencyId: $id) { edges { node { receiptNo } } } }";
        let all = answer(&world.taiyuan, "agencyReceipts", document, json!({"id": agency["id"]})).await;
        let all = all["edges"].as_array().unwrap().iter().map(|edge| edge["node"]["receiptNo"].clone());
        all.collect::<Vec<_>>()
    };
    assert_eq!(left("2028-07-01").await, [json!("0002"), json!("0001")]);
    assert_eq!(left("2028-07-02").await, [json!("0002")], "the other is not paid back yet");
    let back = mark("markRefunded", "refundedOn: \"2028-07-02\"", 2).await;
    assert_eq!(back, json!({"keptUntil": "2030-07-02"}));
    assert_eq!(left("2030-07-02").await, [json!("0002")]);
    assert!(left("2030-07-03").await.is_empty());
}
