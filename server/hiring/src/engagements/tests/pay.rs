//! Pay: the sheet, what the worker says, and the early warning.

use kernel::sms::{Purpose, Report, signature};

use super::*;
use crate::rows::wage_line;

/// Somebody whose work is done, paid daily, at four in the afternoon of the 24th.
pub(super) async fn done(town: &Town, who: Somebody, posted: &Posted) -> Value {
    let hired = town.hired(who, posted.shifts[0]).await;
    let builder = town.builder().await;
    let now = town.kernel.clock.now();
    town.at("2026-11-23T22:00:00Z");
    let arrived = send(&builder, "recordArrival", &seen(&hired)).await;
    town.at("2026-11-24T08:00:00Z");
    let completed = send(&builder, "completeEngagement", &seen(&arrived)).await;
    assert_eq!(completed["status"], "COMPLETED", "{completed}");
    assert!(now < town.kernel.clock.now());
    completed
}

pub(super) fn line(of: &Value, more: &str) -> String {
    format!(
        "{{ engagementId: {}, minutes: 540, dueFen: 18000, paidFen: 18000, paidAt: \"2026-11-24T16:00:00+08:00\", method: CASH{more} }}",
        of["id"]
    )
}

const SHEET: &str = "... on WageSheet { id version keepUntil lines { workerName minutes agreedFen dueFen deductionFen paidFen proven } }";

pub(super) async fn sheet(ctx: &Ctx, posted: &Posted, more: &str, lines: &[String]) -> Value {
    let call = format!("postingId: \"{}\"{more}, lines: [{}]", gid("Posting", posted.id), lines.join(", "));
    send_for(ctx, "saveWageSheet", &call, SHEET, "current { version }").await
}

#[tokio::test]
async fn the_sheet_says_agreed_due_and_paid_is_kept_three_years_and_each_worker_sees_its_own_line() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let completed = done(&town, zhang, &wall).await;
    let builder = town.builder().await;
    let short =
        line(&completed, ", deductionFen: 3000, deductionReason: DAMAGE").replace("paidFen: 18000", "paidFen: 15000");
    let saved = sheet(&builder, &wall, "", &[short]).await;
    assert_eq!((&saved["version"], &saved["keepUntil"]), (&json!(1), &json!("2029-11-24")), "{saved}");
    assert_eq!(
        saved["lines"],
        json!([{ "workerName": "张*", "minutes": 540, "agreedFen": 18000, "dueFen": 18000, "deductionFen": 3000, "paidFen": 15000, "proven": false }])
    );
    let truth =
        "wageTruth { agreedFen dueFen deductionFen deductionReason sheetPaidFen paidFen shortFen method } version";
    let mine =
        ask(&town.citizen(zhang).await, &format!("{{ engagement(id: {}) {{ {truth} }} }}", completed["id"])).await;
    let mine = mine["engagement"].clone();
    assert_eq!(
        mine["wageTruth"],
        json!({ "agreedFen": 18000, "dueFen": 18000, "deductionFen": 3000, "deductionReason": "DAMAGE",
                "sheetPaidFen": 15000, "paidFen": null, "shortFen": null, "method": "CASH" })
    );
    let call = format!("id: {}, version: {}, paidFen: 14000", completed["id"], mine["version"]);
    let paid = send(&town.citizen(zhang).await, "confirmPay", &call).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
    let truth = town.engagement(&paid, "wageTruth { sheetPaidFen paidFen shortFen }").await;
    assert_eq!(truth["wageTruth"], json!({ "sheetPaidFen": 15000, "paidFen": 14000, "shortFen": 4000 }));
    let name = wage_line::Entity::find().one(&builder.scope()).await.unwrap().unwrap();
    let opened = builder.keys().await.unwrap().open("wage_line", "worker_name", name.id, &name.worker_name).unwrap();
    assert_eq!(opened.expose(), "张三");
}

#[tokio::test]
async fn fines_clothes_and_too_much_damage_are_refused_with_their_article_and_nothing_is_saved() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let builder = town.builder().await;
    for (reason, code, says) in [
        ("FINE", "UNLAWFUL_DEDUCTION", "工资支付暂行规定"),
        ("UNIFORM", "UNLAWFUL_DEDUCTION", "劳动合同法"),
        ("DEPOSIT", "UNLAWFUL_DEDUCTION", "劳动合同法"),
        ("DAMAGE", "TOO_MUCH", "36"),
    ] {
        let taken = line(&completed, &format!(", deductionFen: 3601, deductionReason: {reason}"));
        let refused = sheet(&builder, &wall, "", &[taken]).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!(code), &json!("lines")), "{reason}");
        let message = refused["message"].as_str().unwrap();
        assert!(message.contains(says) && message.contains("第 1 行"), "{message}");
    }
    assert_eq!(sheet(&builder, &wall, "", &[line(&completed, ", deductionFen: 1")]).await["code"], "NO_REASON");
    assert_eq!(wage_line::Entity::find().count(&builder.scope()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_sheet_is_changed_at_its_version_and_nobody_stands_on_two() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let builder = town.builder().await;
    let first = sheet(&builder, &wall, "", &[line(&completed, "")]).await;
    let second = sheet(&builder, &wall, "", &[line(&completed, "")]).await;
    assert_eq!(second["code"], "TWICE", "{second}");
    let twice = sheet(&builder, &wall, "", &[line(&completed, ""), line(&completed, "")]).await;
    assert_eq!(twice["code"], "TWICE");
    let changed =
        sheet(&builder, &wall, &format!(", {}", seen(&first)), &[line(&completed, "").replace("540", "480")]).await;
    assert_eq!((&changed["version"], &changed["lines"][0]["minutes"]), (&json!(2), &json!(480)), "{changed}");
    let stale = sheet(&builder, &wall, &format!(", {}", seen(&first)), &[line(&completed, "")]).await;
    assert_eq!((&stale["code"], &stale["current"]["version"]), (&json!("CONFLICT"), &json!(2)));
    let ahead = line(&completed, "").replace("16:00:00", "16:00:01");
    assert_eq!(sheet(&builder, &wall, &format!(", {}", seen(&changed)), &[ahead]).await["code"], "PAID_AHEAD");
    town.at("2026-11-23T02:00:00Z");
    let next = done(&town, town.worker("王五", 3).await, &wall).await;
    let without = sheet(&builder, &wall, &format!(", {}", seen(&changed)), &[line(&next, "")]).await;
    assert_eq!(without["code"], "LINE_GONE", "what stands in the ledger is corrected and not left out");
    let other = town.post(town.wall(true, 5)).await;
    assert_eq!(sheet(&builder, &other, "", &[line(&completed, "")]).await["code"], "NOT_HERE");
    let stranger = town.citizen(town.worker("李四", 2).await).await;
    assert_eq!(sheet(&stranger, &wall, "", &[line(&completed, "")]).await, Value::Null);
}

#[tokio::test]
async fn a_sheet_has_lines_that_can_be_and_proofs_that_arrived() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let builder = town.builder().await;
    let fine = line(&completed, "");
    assert_eq!(sheet(&builder, &wall, "", &[]).await["code"], "COUNT");
    assert_eq!(sheet(&builder, &wall, "", &vec![fine.clone(); 101]).await["code"], "COUNT");
    for (was, is) in [
        ("minutes: 540", "minutes: -1"),
        ("minutes: 540", "minutes: 44641"),
        ("dueFen: 18000", "dueFen: -1"),
        ("paidFen: 18000", "paidFen: 100000001"),
    ] {
        let refused = sheet(&builder, &wall, "", &[fine.replace(was, is)]).await;
        assert_eq!((&refused["code"], &refused["field"]), (&json!("FIGURES"), &json!("lines")), "{is}: {refused}");
    }
    let begun = kernel::blob::create_upload(&builder, &kernel::blob::WAGE_PROOF, "转账.png", 400, None).await.unwrap();
    let proof = format!(", proof: \"{}\"", gid("Upload", begun.id));
    let refused = sheet(&builder, &wall, "", &[line(&completed, &proof)]).await;
    assert_eq!(refused["code"], "PROOF_MISSING", "nothing came of it: {refused}");
    assert_eq!(wage_line::Entity::find().count(&builder.scope()).await.unwrap(), 0);
    assert_eq!(sheet(&builder, &wall, "", &[fine]).await["version"], 1);
    let call = format!("id: {}", completed["id"]);
    let nothing = send_for(&builder, "openWageProof", &call, "... on ExportedFile { fileName }", "").await;
    assert_eq!(nothing["code"], "NO_PROOF", "{nothing}");
}

#[tokio::test]
async fn a_wage_by_the_hour_is_owed_for_the_hours_of_the_sheet_and_for_no_fewer_than_were_agreed() {
    let town = Town::new().await;
    let wall = town.post(NewPosting { wage: (2_050, WageUnit::Hour), ..town.wall(true, 5) }).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let truth = async || town.engagement(&completed, "wageTruth { agreedFen }").await["wageTruth"]["agreedFen"].clone();
    assert_eq!(truth().await, 18450, "nine paid hours were planned");
    let builder = town.builder().await;
    let saved = sheet(&builder, &wall, "", &[line(&completed, "").replace("540", "300")]).await;
    assert_eq!(saved["lines"][0]["agreedFen"], 10250, "{saved}");
    assert_eq!(truth().await, 18450, "whoever counts five hours owes nine until both sides say otherwise");
    let longer = line(&completed, "").replace("540", "600");
    let saved = sheet(&builder, &wall, &format!(", {}", seen(&saved)), &[longer]).await;
    assert_eq!(saved["lines"][0]["agreedFen"], 20500, "{saved}");
    assert_eq!(truth().await, 20500);
    let saved = sheet(&builder, &wall, &format!(", {}", seen(&saved)), &[line(&completed, "")]).await;
    assert_eq!(saved["lines"][0]["agreedFen"], 18450, "{saved}");
    assert_eq!(truth().await, 18450, "a line that was wrong is put right");
}

#[tokio::test]
async fn a_worker_is_asked_the_next_morning_and_one_answer_by_text_settles_it() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let (zhang, li) = (town.worker("张三", 1).await, town.worker("李四", 2).await);
    let completed = done(&town, zhang, &wall).await;
    town.at("2026-11-23T02:00:00Z");
    let short = done(&town, li, &wall).await;
    sweep(&town, "2026-11-24T23:59:00Z").await;
    assert_eq!(town.texts("hire.paid").await, Vec::<String>::new(), "nobody is asked before eight");
    sweep(&town, "2026-11-25T00:00:00Z").await;
    sweep(&town, "2026-11-25T00:15:00Z").await;
    let asked = town.texts("hire.paid").await;
    assert_eq!(asked.len(), 2, "each is asked once: {asked:?}");
    assert!(asked[0].contains("应得180元") && asked[0].contains("全部收到回1"), "{asked:?}");
    answer(&town, "13800000001", "1", "a").await;
    answer(&town, "13800000002", "2 150", "b").await;
    let truth = "status wageTruth { paidFen shortFen }";
    let full = town.engagement(&completed, truth).await;
    assert_eq!(full, json!({ "status": "PAID", "wageTruth": { "paidFen": 18000, "shortFen": 0 } }));
    let part = town.engagement(&short, truth).await;
    assert_eq!(part, json!({ "status": "PAID", "wageTruth": { "paidFen": 15000, "shortFen": 3000 } }));
}

pub(super) async fn sweep(town: &Town, moment: &str) {
    town.at(moment);
    let house = town.by(Actor::System("hiring")).await;
    crate::engagements::operations::keep::sweep(&house).await.unwrap();
    town.drain().await;
}

/// An answer as the gateway brings it.
pub(super) async fn answer(town: &Town, number: &str, text: &str, id: &str) {
    let ctx = town.by(Actor::Anonymous).await;
    let timestamp = ctx.now().timestamp().to_string();
    let body = serde_json::to_vec(&json!({ "id": id, "number": number, "text": text })).unwrap();
    let signature = signature(testing::SECRET, Purpose::Reply, "taiyuan", &timestamp, &body).unwrap();
    let report = Report { purpose: Purpose::Reply, timestamp: &timestamp, signature: &signature, body: &body };
    kernel::sms::receive(&ctx, report).await.unwrap();
    town.drain().await;
}

#[tokio::test]
async fn an_unclear_answer_changes_nothing_and_nothing_is_an_answer_that_warns() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let completed = done(&town, zhang, &wall).await;
    sweep(&town, "2026-11-25T00:00:00Z").await;
    answer(&town, "13800000001", "你好", "a").await;
    assert_eq!(
        town.engagement(&completed, "status warnedAt").await,
        json!({ "status": "COMPLETED", "warnedAt": null })
    );
    let now = town.now(&completed).await;
    let none = send(&town.citizen(zhang).await, "confirmPay", &format!("{}, paidFen: 0", seen(&now))).await;
    assert_eq!(none["status"], "COMPLETED", "{none}");
    let warned = town.engagement(&completed, "warnedAt wageTruth { paidFen }").await;
    assert_eq!(warned, json!({ "warnedAt": "2026-11-25T08:00:00+08:00", "wageTruth": { "paidFen": 0 } }));
}

#[tokio::test]
async fn a_wage_that_is_not_confirmed_a_day_after_it_was_due_raises_one_early_warning() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let completed = done(&town, town.worker("张三", 1).await, &wall).await;
    let list = "{ unpaidWarnings { edges { node { id payDueAt warnedAt partyName } } } }";
    let bureau = town.bureau().await;
    sweep(&town, "2026-11-25T15:59:00Z").await;
    assert_eq!(ask(&bureau, list).await["unpaidWarnings"]["edges"], json!([]));
    sweep(&town, "2026-11-25T16:00:00Z").await;
    sweep(&town, "2026-11-25T17:00:00Z").await;
    let warned = ask(&bureau, list).await["unpaidWarnings"]["edges"].clone();
    assert_eq!(
        warned,
        json!([{ "node": { "id": completed["id"], "payDueAt": "2026-11-25T00:00:00+08:00",
                           "warnedAt": "2026-11-26T00:00:00+08:00", "partyName": "晋建公司" } }])
    );
    let events = entities::event::Entity::find()
        .filter(entities::event::Column::Kind.eq("engagement.unpaid"))
        .count(&bureau.scope())
        .await
        .unwrap();
    assert_eq!(events, 1);
    let now = town.now(&completed).await;
    let paid = send(&town.counter().await, "recordPayAnswer", &format!("{}, paidFen: 18000", seen(&now))).await;
    assert_eq!(paid["status"], "PAID", "{paid}");
    assert_eq!(ask(&bureau, list).await["unpaidWarnings"]["edges"], json!([]));
}

#[tokio::test]
async fn a_proof_is_brought_in_by_whoever_acts_for_the_hiring_party() {
    let town = Town::new().await;
    let wall = town.post(town.wall(true, 5)).await;
    let zhang = town.worker("张三", 1).await;
    let completed = done(&town, zhang, &wall).await;
    let builder = town.builder().await;
    let uploaded = upload(&builder).await;
    let proof = format!(", proof: \"{}\"", gid("Upload", uploaded));
    let stranger = town.citizen(town.worker("李四", 2).await).await;
    assert!(kernel::blob::complete(&stranger, uploaded, None).await.is_err(), "another's upload is not there");
    let saved = sheet(&builder, &wall, "", &[line(&completed, &proof)]).await;
    assert_eq!(saved["lines"][0]["proven"], true, "{saved}");
    let again = sheet(&builder, &wall, &format!(", {}", seen(&saved)), &[line(&completed, &proof)]).await;
    assert_eq!(again["lines"][0]["proven"], true, "a proof that is kept stays: {again}");
    let silent = sheet(&builder, &wall, &format!(", {}", seen(&again)), &[line(&completed, "")]).await;
    assert_eq!(silent["lines"][0]["proven"], true, "and where nothing is said of it: {silent}");
    for (who, more, answer) in [
        (&builder, "", "转账.png"),
        (&town.counter().await, "", "REASON_NEEDED"),
        (&town.counter().await, ", reason: \"核对欠薪投诉\"", "转账.png"),
        (&town.citizen(zhang).await, "", "FORBIDDEN"),
    ] {
        let call = format!("id: {}{more}", completed["id"]);
        let opened = send_for(who, "openWageProof", &call, "... on ExportedFile { fileName }", "").await;
        let told = [&opened["fileName"], &opened["code"], &opened["error"]];
        assert!(told.contains(&&json!(answer)), "{more}: {opened}");
    }
    let call = format!("id: {}", completed["id"]);
    let unknown = send_for(&stranger, "openWageProof", &call, "... on ExportedFile { fileName }", "").await;
    assert_eq!(unknown, Value::Null, "nobody else knows of it");
    let another = gid("Upload", upload(&builder).await);
    let proof = format!(", proof: \"{another}\"");
    let replaced = sheet(&builder, &wall, &format!(", {}", seen(&silent)), &[line(&completed, &proof)]).await;
    assert_eq!(replaced["lines"][0]["proven"], true, "{replaced}");
    assert!(kernel::blob::read(&builder, uploaded).await.is_err(), "what was replaced does not lie about for ever");
    let annex = kernel::blob::create_upload(&builder, &kernel::blob::ANNEX2, "名录.xlsx", 10, None).await;
    assert!(annex.is_err(), "a citizen brings in what is for citizens");
}

/// A proof that somebody brings in.
pub(super) async fn upload(by: &Ctx) -> Uuid {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    bytes.resize(400, 0);
    let size = i64::try_from(bytes.len()).unwrap();
    let ticket = kernel::blob::create_upload(by, &kernel::blob::WAGE_PROOF, "转账.png", size, None).await.unwrap();
    let token = ticket.url.rsplit('/').next().unwrap().to_owned();
    kernel::blob::receive(by, &token, futures_like(bytes)).await.unwrap();
    kernel::blob::complete(by, ticket.id, None).await.unwrap();
    ticket.id
}

/// The bytes as they come in.
fn futures_like(bytes: Vec<u8>) -> impl futures_util::Stream<Item = Result<Vec<u8>, std::io::Error>> + Send + Unpin {
    futures_util::stream::iter([Ok(bytes)])
}
