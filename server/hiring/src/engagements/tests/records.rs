//! The worker's own record: exported, signed, verified, deleted.

use super::arriving::decide;
use super::*;
use crate::engagements::operations::keep;
use crate::engagements::personal;

/// Somebody who worked two days at a wall and one at table.
async fn three_days(town: &Town, who: Somebody) -> Vec<Value> {
    let mut done = Vec::new();
    for (trade, from) in [
        ("6-29-01-01", "2026-11-23T22:00:00Z"),
        ("6-29-01-01", "2026-11-24T22:00:00Z"),
        ("4-03-02-05", "2026-11-25T22:00:00Z"),
    ] {
        town.clock.set(at(from) - Duration::hours(2));
        let posted = town.post(NewPosting { trade, shifts: vec![(at(from), 5)], ..town.wall(true, 5) }).await;
        let hired = town.hired(who, posted.shifts[0]).await;
        town.clock.set(at(from));
        let arrived = send(&town.counter().await, "recordArrival", &seen(&hired)).await;
        town.clock.set(at(from) + Duration::hours(5));
        let completed = send(&town.counter().await, "completeEngagement", &seen(&arrived)).await;
        let call = format!("{}, paidFen: 18000", seen(&completed));
        done.push(send(&town.citizen(who).await, "confirmPay", &call).await);
    }
    done
}

const FILE: &str = "... on ExportedFile { fileName url }";

/// The bytes of an exported file.
async fn fetched(ctx: &Ctx, file: &Value) -> Vec<u8> {
    let name = file["fileName"].as_str().unwrap();
    let row = entities::blob::Entity::find()
        .filter(entities::blob::Column::FileName.eq(name))
        .order_by_desc(entities::blob::Column::Id)
        .one(&ctx.scope())
        .await
        .unwrap()
        .unwrap();
    kernel::blob::read(ctx, row.id).await.unwrap()
}

#[tokio::test]
async fn a_record_adds_up_days_hours_and_pay_by_trade_and_is_nobody_elses() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    three_days(&town, zhang).await;
    let question = "{ myRecord { days minutes paidFen trades { tradeName days minutes paidFen } } }";
    assert_eq!(
        ask(&town.citizen(zhang).await, question).await["myRecord"],
        json!({ "days": 3, "minutes": 720, "paidFen": 54000, "trades": [
            { "tradeName": "砌筑工", "days": 2, "minutes": 480, "paidFen": 36000 },
            { "tradeName": "餐厅服务员", "days": 1, "minutes": 240, "paidFen": 18000 } ] })
    );
    let li = town.worker("李四", 2).await;
    assert_eq!(ask(&town.citizen(li).await, question).await["myRecord"]["days"], 0);
    assert_eq!(ask(&town.builder().await, question).await["myRecord"], Value::Null);
}

#[tokio::test]
async fn an_exported_record_is_verified_by_the_city_and_a_changed_one_is_not() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    let me = town.citizen(zhang).await;
    let nothing = send_for(&me, "exportMyRecord", "format: JSON", FILE, "").await;
    assert_eq!(nothing["code"], "NOTHING", "{nothing}");
    three_days(&town, zhang).await;
    let file = send_for(&me, "exportMyRecord", "format: JSON", FILE, "").await;
    let bytes = fetched(&me, &file).await;
    let exported: Value = serde_json::from_slice(&bytes).unwrap();
    let text = exported["record"].as_str().unwrap();
    let record: Value = serde_json::from_str(text).unwrap();
    assert_eq!((&record["name"], &record["sums"]["days"]), (&json!("张三"), &json!(3)));
    assert_eq!(exported["digest"], kernel::crypto::hash::sha256_hex(text.as_bytes()), "over the very text");
    let verify = async |digest: &Value, number: &Value| {
        let question = format!(
            "{{ verifyRecord(number: {number}, digest: {digest}, signature: {}) {{ valid }} }}",
            exported["signature"]
        );
        ask(&town.by(Actor::Anonymous).await, &question).await["verifyRecord"]["valid"].clone()
    };
    assert_eq!(verify(&exported["digest"], &record["number"]).await, true);
    let more = text.replace("\"days\":3", "\"days\":300");
    assert_ne!(more, text);
    let digest = json!(kernel::crypto::hash::sha256_hex(more.as_bytes()));
    assert_eq!(verify(&digest, &record["number"]).await, false);
    assert_eq!(verify(&exported["digest"], &json!("20261126-AAAA-AAAA-AAAA")).await, false);
    let paper = send_for(&me, "exportMyRecord", "format: PDF", FILE, "").await;
    assert!(fetched(&me, &paper).await.starts_with(b"%PDF"));
}

#[tokio::test]
async fn a_deleted_record_is_gone_but_for_what_still_waits_and_the_wage_ledger() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    let done = three_days(&town, zhang).await;
    let me = town.citizen(zhang).await;
    send_for(&me, "exportMyRecord", "format: JSON", FILE, "").await;
    let wall = town.post(NewPosting { shifts: vec![(at("2026-11-29T22:00:00Z"), 5)], ..town.wall(true, 5) }).await;
    let open = town.hired(zhang, wall.shifts[0]).await;
    let line = format!(
        "{{ engagementId: {}, minutes: 240, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T16:00:00+08:00\", method: CASH }}",
        done[0]["id"]
    );
    let posting =
        engagement::Entity::find().order_by_asc(engagement::Column::Id).one(&me.scope()).await.unwrap().unwrap();
    let call = format!("postingId: \"{}\", lines: [{line}]", gid("Posting", posting.posting_id));
    let sheet = send_for(&town.builder().await, "saveWageSheet", &call, "... on WageSheet { id }", "").await;
    assert!(sheet["id"].is_string(), "{sheet}");
    let deleted = send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await;
    assert_eq!(deleted["gone"], 3, "{deleted}");
    let list = "{ myEngagements { edges { node { id } } } }";
    assert_eq!(ask(&me, list).await["myEngagements"]["edges"], json!([{ "node": { "id": open["id"] } }]));
    assert_eq!(ask(&me, "{ myRecord { days } }").await["myRecord"]["days"], 0);
    let gone = town.engagement(&done[0], "status workerName slip { number } wageTruth { sheetPaidFen }").await;
    assert_eq!(
        gone,
        json!({ "status": "PAID", "workerName": null, "slip": null, "wageTruth": { "sheetPaidFen": 18000 } })
    );
    let files = entities::blob::Entity::find().count(&me.scope()).await.unwrap();
    assert_eq!(files, 0, "the exported record is thrown away too");
    assert_eq!(town.taken(wall.shifts[0]).await.0, 1);
}

#[tokio::test]
async fn what_an_appeal_is_about_stays_in_the_record_until_it_is_decided() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let hired = town.hired(zhang, wall.shifts[0]).await;
    town.at("2026-11-23T22:30:00Z");
    send(&town.bureau().await, "recordNoShow", &seen(&hired)).await;
    let me = town.citizen(zhang).await;
    let point = ask(&me, "{ myConductPoints { id } }").await["myConductPoints"][0]["id"].clone();
    // The last day of the points, and the day after.
    town.at("2027-02-22T02:00:00Z");
    let call = format!("id: {point}, reason: \"当天班车停运，我提前打过电话\"");
    let me = town.citizen(zhang).await;
    let appealed = send_for(&me, "appealPoint", &call, "... on ConductPoint { appealStatus }", "").await;
    assert_eq!(appealed["appealStatus"], "RECEIVED", "{appealed}");
    town.at("2027-02-23T02:00:00Z");
    let delete = async || {
        let me = town.citizen(zhang).await;
        send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await["gone"].clone()
    };
    assert_eq!(delete().await, 0, "the appeal is in hand");
    decide(&town, town.bureau().await.actor().account_id().unwrap(), cases::CaseDecision::Upheld).await;
    assert_eq!(delete().await, 1);
}

#[tokio::test]
async fn work_that_was_paid_short_stays_in_the_record_until_the_rest_has_come() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    let done = three_days(&town, zhang).await;
    let me = town.citizen(zhang).await;
    let pay = async |fen: i64| {
        let now = town.now(&done[0]).await;
        send(&me, "confirmPay", &format!("{}, paidFen: {fen}", seen(&now))).await["status"].clone()
    };
    assert_eq!(pay(10_000).await, "PAID");
    let delete =
        async || send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await["gone"].clone();
    assert_eq!(delete().await, 2);
    assert_eq!(pay(18_000).await, "PAID");
    assert_eq!(delete().await, 1);
}

/// What the worker's own copy says is kept, by what it is.
async fn kept(town: &Town, who: Somebody) -> Vec<&'static str> {
    let held = personal::held(&town.bureau().await, who.citizen).await.unwrap();
    held.into_iter().filter(|piece| piece.kept.is_some()).map(|piece| piece.title.zh).collect()
}

#[tokio::test]
async fn what_the_law_has_kept_stands_in_the_workers_own_copy_though_it_deleted_its_record() {
    let town = Town::new().await;
    let zhang = town.worker("张三", 1).await;
    let done = three_days(&town, zhang).await;
    let (me, builder) = (town.citizen(zhang).await, town.builder().await);
    let first = engagement::Entity::find().order_by_asc(engagement::Column::Id).one(&me.scope()).await;
    let posting = gid("Posting", first.unwrap().unwrap().posting_id);
    let line = format!(
        "{{ engagementId: {}, minutes: 240, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T16:00:00+08:00\", method: CASH }}",
        done[0]["id"]
    );
    let save = async |more: &str| {
        let call = format!("postingId: \"{posting}\"{more}, lines: [{line}]");
        send_for(&builder, "saveWageSheet", &call, "... on WageSheet { id version }", "").await
    };
    let saved = save("").await;
    assert_eq!(kept(&town, zhang).await, ["工资支付台账"]);
    let deleted = send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await;
    assert_eq!(deleted["gone"], 3, "{deleted}");
    assert_eq!(kept(&town, zhang).await, ["工资支付台账"]);
    let corrected = save(&format!(", {}", seen(&saved))).await;
    assert_eq!(corrected["version"], 2, "{corrected}");
    assert_eq!(kept(&town, zhang).await, ["工资支付台账"], "a line that is corrected is still the worker's");
}

/// Somebody over age worked under the written agreement that both accepted, and was paid.
pub(super) async fn agreed_and_paid(town: &Town, who: Somebody) -> Value {
    let wall = town.post(town.wall(true, 5)).await;
    let hired = town.hired(who, wall.shifts[0]).await;
    town.at("2026-11-23T21:55:00Z");
    let (me, builder) = (town.citizen(who).await, town.builder().await);
    for side in [&me, &builder] {
        send(side, "acceptAgreement", &format!("id: {}", hired["id"])).await;
    }
    let arrived = send(&builder, "recordArrival", &seen(&hired)).await;
    town.at("2026-11-24T08:00:00Z");
    let completed = send(&builder, "completeEngagement", &seen(&arrived)).await;
    let paid = send(&me, "confirmPay", &format!("{}, paidFen: 18000", seen(&completed))).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
    paid
}

#[tokio::test]
async fn work_under_a_written_agreement_stays_in_the_record_for_two_years() {
    let town = Town::new().await;
    let old = town.worker_of(NewWorker { age_band: "OVER_AGE", ..NewWorker::named("赵伯", 1) }).await;
    let paid = agreed_and_paid(&town, old).await;
    let delete = async || {
        let me = town.citizen(old).await;
        send_for(&me, "deleteMyRecord", "", "... on DeletedRecord { gone }", "").await["gone"].clone()
    };
    let agreement = async || town.engagement(&paid, "workerName slip { agreement { acceptedByWorkerAt } }").await;
    let signed =
        json!({ "workerName": "赵*", "slip": { "agreement": { "acceptedByWorkerAt": "2026-11-24T05:55:00+08:00" } } });
    town.at("2028-11-24T08:00:00Z");
    assert_eq!(delete().await, 0, "on the last day");
    assert_eq!(agreement().await, signed);
    assert_eq!(kept(&town, old).await, ["超龄用工协议"]);
    town.at("2028-11-24T08:00:01Z");
    assert_eq!(kept(&town, old).await.len(), 0);
    assert_eq!(delete().await, 1);
    keep::let_go(&town.by(Actor::System("hiring")).await).await.unwrap();
    assert_eq!(agreement().await, json!({ "workerName": null, "slip": null }));
}
