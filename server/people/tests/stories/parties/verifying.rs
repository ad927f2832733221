//! Verifying (核验): steps, the queue, the notice, the badge.

use chrono::Duration;
use entities::{audit_entry, event};
use people::testing::TAIYUAN;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};

use super::town::{
    ALL, Town, ZHANG, answer, ask, at, check, enterprise, error, evidence, household, passed, pledge, register,
    send_for, step, step_for, verified,
};

async fn reject(ctx: &kernel::Ctx, party: &Value, input: &str) -> Value {
    step(ctx, "rejectParty", party, &format!(", input: {input}")).await
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once_and_a_second_notice_needs_a_reason() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (_, owner) = town.citizen("13800001234").await;
    let party = register(&owner, enterprise(1)).await;
    passed(&bureau, &party, "USCC_CHECKED").await;
    let told = step(&bureau, "verifyParty", &party, "").await;
    assert_eq!(told["code"], "INCOMPLETE");
    let message = told["message"].as_str().unwrap();
    for what in ["查看营业执照", "核对本人或经办人身份证件", "查看经办人授权委托书"] {
        assert!(message.contains(what), "{message}");
    }
    assert_eq!(town.rows().await[0].status, "PENDING", "nothing was decided");

    let rejected = reject(&bureau, &party, "{ remarks: \"执照上的名称与填写的不一致\" }").await;
    assert_eq!(rejected["status"], "REJECTED", "{rejected}");
    assert_eq!(rejected["notice"]["missing"], json!(["LICENCE_SEEN", "IDENTITY_SEEN", "AGENT_AUTHORISED"]));
    let read = ask(&owner, "{ myParties { edges { node { statusReason notice { text } } } } }").await;
    let told = read["myParties"]["edges"][0]["node"]["statusReason"].as_str().unwrap().to_owned();
    assert!(told.contains("执照上的名称与填写的不一致") && told.contains("授权委托书"), "the owner reads it: {told}");

    let supplied = step(&owner, "amendParty", &rejected, ", input: { name: \"晋阳装卸有限公司\" }").await;
    assert_eq!((&supplied["status"], &supplied["statusReason"]), (&json!("PENDING"), &Value::Null));
    assert_eq!(reject(&bureau, &supplied, "{ remarks: \"地址不详\" }").await["code"], "SECOND_NOTICE");
    let again = reject(&bureau, &supplied, "{ remarks: \"地址不详\", whyAgain: \"上次材料中未见地址\" }").await;
    assert_eq!(again["status"], "REJECTED");
    // What is missing may be brought to the counter.
    for step in ALL {
        passed(&bureau, &again, step).await;
    }
    assert_eq!(step(&bureau, "verifyParty", &again, "").await["status"], "VERIFIED");
}

#[tokio::test]
async fn who_lacks_nothing_is_sent_back_only_with_a_word() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let party = register(&bureau, household("张三", ZHANG)).await;
    passed(&bureau, &party, "IDENTITY_SEEN").await;
    assert_eq!(reject(&bureau, &party, "{}").await["code"], "NOTHING_MISSING");
    let back = reject(&bureau, &party, "{ remarks: \"请说明用工地点\" }").await;
    assert_eq!((&back["status"], &back["statusReason"]), (&json!("REJECTED"), &json!("请说明用工地点")));
    assert_eq!(reject(&bureau, &back, "{ remarks: \"再来\" }").await["code"], "NOT_FROM_HERE");
}

#[tokio::test]
async fn a_badge_names_the_organ_and_the_day_and_everybody_reads_it_without_a_number() {
    let town = Town::new().await;
    let (bureau, hall) = (town.bureau().await, town.hall().await);
    let of_bureau = verified(&bureau, enterprise(1)).await;
    assert_eq!(
        of_bureau["verifiedBadge"],
        json!({ "on": "2026-07-01", "by": "太原市人力资源和社会保障局", "rechecked": null })
    );
    let of_market = verified(&hall, at(enterprise(2), &Town::public_market(&hall))).await;
    assert_eq!(of_market["verifiedBadge"]["by"], "小店区零工市场");
    let county = town.county("140105").await;
    let of_county = verified(&county, enterprise(3)).await;
    assert_eq!(of_county["verifiedBadge"]["by"], "小店区人力资源和社会保障局");

    let stranger = town.stranger().await;
    let query = format!(
        "{{ publicParty(id: {}) {{ displayName kind kindName countyName verifiedBadge {{ on by }} suspended pledged
            duties {{ text law }} remedies {{ text law }} }} }}",
        of_market["id"]
    );
    let seen = ask(&stranger, &query).await["publicParty"].clone();
    assert_eq!((&seen["displayName"], &seen["kindName"]), (&json!("第2装卸有限公司"), &json!("企业")));
    assert_eq!(seen["verifiedBadge"], json!({ "on": "2026-07-01", "by": "小店区零工市场" }));
    assert_eq!(
        (&seen["suspended"], &seen["pledged"], &seen["countyName"]),
        (&json!(false), &json!(false), &json!("小店区"))
    );
    let text = seen.to_string();
    assert!(!text.contains("5678") && !text.contains('李') && !text.contains("market_staff"), "{text}");
}

#[tokio::test]
async fn the_queue_is_by_age_and_says_what_is_late() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let first = register(&bureau, enterprise(1)).await;
    town.house.clock.advance(Duration::minutes(20));
    let second = register(&bureau, enterprise(2)).await;
    let query = "{ partyReviews { edges { node { party { id } targetMinutes overdue } } totalCount } }";
    let queue = ask(&bureau, query).await["partyReviews"].clone();
    let line = |queue: &Value| {
        let edges = queue["edges"].as_array().unwrap().iter();
        edges.map(|e| (e["node"]["party"]["id"].clone(), e["node"]["overdue"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(line(&queue), [(first["id"].clone(), json!(false)), (second["id"].clone(), json!(false))]);
    assert_eq!((&queue["totalCount"], &queue["edges"][0]["node"]["targetMinutes"]), (&json!(2), &json!(30)));
    town.house.clock.advance(Duration::minutes(11));
    let queue = ask(&bureau, query).await["partyReviews"].clone();
    assert_eq!(line(&queue), [(first["id"].clone(), json!(true)), (second["id"].clone(), json!(false))]);
    let late = ask(&bureau, "{ partyReviews(filter: { overdue: true }) { totalCount } }").await;
    assert_eq!(late["partyReviews"]["totalCount"], 1);
    // Page by page, nobody is passed over.
    let page =
        ask(&bureau, "{ partyReviews(first: 1) { edges { cursor node { party { id } } } pageInfo { hasNextPage } } }")
            .await;
    let cursor = &page["partyReviews"]["edges"][0]["cursor"];
    let next = ask(
        &bureau,
        &format!("{{ partyReviews(first: 1, after: {cursor}) {{ edges {{ node {{ party {{ id }} }} }} }} }}"),
    )
    .await;
    assert_eq!(next["partyReviews"]["edges"][0]["node"]["party"]["id"], second["id"]);

    let rejected = reject(&bureau, &first, "{}").await;
    assert_eq!(rejected["status"], "REJECTED");
    assert_eq!(line(&ask(&bureau, query).await["partyReviews"]).len(), 1, "who was told waits no more");
    let (_, citizen) = town.citizen("13800001234").await;
    assert_eq!(error(&citizen, "{ partyReviews { totalCount } }", json!({})).await, "FORBIDDEN");
    let agent = town.agent().await;
    assert_eq!(error(&agent, "{ partyReviews { totalCount } }", json!({})).await, "FORBIDDEN");
}

#[tokio::test]
async fn a_step_keeps_its_paper_where_there_is_one_and_says_what_failed() {
    let town = Town::new().await;
    let (bureau, hall) = (town.bureau().await, town.hall().await);
    let party = register(&bureau, enterprise(1)).await;
    let step = |step: &str, result: &str| json!({ "step": step, "result": result });
    let code = async |input: Value| check(&bureau, &party, input).await["code"].clone();
    assert_eq!(code(step("LICENCE_SEEN", "PASSED")).await, "EVIDENCE_NEEDED");
    assert_eq!(code(step("LICENCE_SEEN", "FAILED")).await, "NOTE_MISSING");
    let mut tomorrow = step("USCC_CHECKED", "PASSED");
    tomorrow["madeOn"] = json!("2026-07-02");
    assert_eq!(code(tomorrow).await, "IN_FUTURE");
    let household = register(&bureau, household("张三", ZHANG)).await;
    let none = check(&bureau, &household, step("LICENCE_SEEN", "PASSED")).await;
    assert_eq!(none["code"], "NOT_OF_THIS_KIND");

    let file = evidence(&bureau).await;
    let mut seen = step("LICENCE_SEEN", "PASSED");
    seen["evidence"] = json!(file);
    let kept = check(&bureau, &party, seen.clone()).await;
    assert_eq!((&kept["steps"][0]["result"], &kept["steps"][0]["hasEvidence"]), (&json!("PASSED"), &json!(true)));
    assert_eq!(code(seen).await, "EVIDENCE_NOT_READY", "one file belongs to one step");
    let mut foreign = step("AGENT_AUTHORISED", "PASSED");
    foreign["evidence"] = json!(evidence(&hall).await);
    let declared = "mutation($id: ID!, $i: VerificationStepInput!) { recordVerificationStep(partyId: $id, input: $i) { __typename } }";
    assert_eq!(
        error(&bureau, declared, json!({ "id": party["id"], "i": foreign })).await,
        "NOT_FOUND",
        "another's upload"
    );
    let read = ask(&bureau, &format!("{{ hiringParty(id: {}) {{ steps {{ id }} }} }}", party["id"])).await;
    assert_eq!(read["hiringParty"]["steps"].as_array().unwrap().len(), 1, "what was refused left nothing");
    // The newest result counts.
    let mut forged = step("LICENCE_SEEN", "FAILED");
    forged["note"] = json!("执照系伪造");
    let failed = check(&bureau, &party, forged).await;
    assert!(failed["missingSteps"].as_array().unwrap().contains(&json!("LICENCE_SEEN")));
}

#[tokio::test]
async fn a_paper_is_opened_for_a_reason_that_the_audit_keeps() {
    let town = Town::new().await;
    let (bureau, agent) = (town.bureau().await, town.agent().await);
    let party = register(&bureau, enterprise(1)).await;
    let kept = passed(&bureau, &party, "LICENCE_SEEN").await;
    let plain = passed(&bureau, &party, "USCC_CHECKED").await;
    let open = async |ctx: &kernel::Ctx, of: &Value, reason: &str| {
        let variables = json!({ "of": of, "r": reason });
        let declared = "$of: ID!, $r: String!";
        send_for(ctx, "openPartyEvidence", declared, "of: $of, reason: $r", variables, "ExportedFile", "url fileName")
            .await
    };
    let step = &kept["steps"][0]["id"];
    assert_eq!(open(&bureau, step, "看").await["code"], "REASON_NEEDED");
    assert_eq!(open(&bureau, &plain["steps"][1]["id"], "核对执照").await["code"], "NO_FILE");
    let opened = open(&bureau, step, "核对执照有效期").await;
    assert_eq!(opened["fileName"], "执照.pdf");
    let query = "mutation($of: ID!) { openPartyEvidence(of: $of, reason: \"核对执照\") { __typename } }";
    assert_eq!(error(&agent, query, json!({ "of": step })).await, "NOT_FOUND", "not its lead");
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::Operation.eq("party.read_evidence"))
        .order_by_asc(audit_entry::Column::Id)
        .all(&itself.scope())
        .await
        .unwrap();
    let done: Vec<&str> = entries.iter().map(|entry| entry.result.as_str()).collect();
    assert_eq!(done, ["REFUSED", "REFUSED", "DONE", "FAILED"]);
    assert!(!entries.iter().any(|entry| entry.detail.to_string().contains("有效期")), "the reason lies sealed");
}

#[tokio::test]
async fn whoever_verifies_too_late_is_shown_the_newest_state() {
    let town = Town::new().await;
    let (bureau, colleague) = (town.bureau().await, town.colleague().await);
    let party = register(&bureau, household("张三", ZHANG)).await;
    passed(&bureau, &party, "IDENTITY_SEEN").await;
    super::town::send(&colleague, "confirmHiring", "$id: ID!", "id: $id", json!({ "id": party["id"] })).await;
    let query = "mutation($id: ID!, $v: Int!) { verifyParty(id: $id, version: $v) {
        ... on VerifyPartyRefused { code current { version status } } } }";
    let told = answer(&bureau, query, json!({ "id": party["id"], "v": party["version"] })).await;
    assert_eq!(
        told["data"]["verifyParty"],
        json!({ "code": "CONFLICT", "current": { "version": 2, "status": "PENDING" } })
    );
    let seen = json!({ "id": party["id"], "version": 2 });
    let (one, other) =
        tokio::join!(step(&bureau, "verifyParty", &seen, ""), step(&colleague, "verifyParty", &seen, ""));
    let done = [&one, &other].into_iter().filter(|said| said["status"] == "VERIFIED").count();
    assert_eq!(done, 1, "{one} {other}");
}

#[tokio::test]
async fn what_happened_to_a_party_is_told_in_its_order() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (_, owner) = town.citizen("13800001234").await;
    let party = register(&owner, enterprise(1)).await;
    for step in ALL {
        passed(&bureau, &party, step).await;
    }
    step(&bureau, "verifyParty", &party, "").await;
    let query = format!(
        "{{ hiringParty(id: {}) {{ history {{ edges {{ node {{ kind title actor byItself }} }} }} }} }}",
        party["id"]
    );
    let told = ask(&owner, &query).await["hiringParty"]["history"]["edges"].clone();
    let kinds: Vec<&str> = told.as_array().unwrap().iter().map(|e| e["node"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["verified", "checked", "checked", "checked", "checked", "registered"]);
    assert_eq!(told[0]["node"]["actor"], "bureau_officer1");
    assert_eq!((&told[5]["node"]["byItself"], &told[5]["node"]["actor"]), (&json!(true), &Value::Null));
    let (_, other) = town.citizen("13800009999").await;
    assert_eq!(ask(&other, &query).await["hiringParty"], Value::Null);
}

/// How a licence turns out that was withdrawn.
fn withdrawn() -> Value {
    json!({ "step": "LICENCE_SEEN", "result": "FAILED", "note": "执照已被吊销" })
}

#[tokio::test]
async fn a_step_that_failed_takes_badge_and_fast_lane_and_the_party_is_told_and_waits_again() {
    let town = Town::new().await;
    let (bureau, stranger) = (town.bureau().await, town.stranger().await);
    let party = verified(&bureau, enterprise(1)).await;
    let given = step(&bureau, "grantFastLane", &pledge(&bureau, &party).await, "").await;
    assert_eq!((&given["fastLane"], given["verifiedBadge"].is_object()), (&json!(true), true), "{given}");
    assert!(town.texts().await.is_empty());
    let failed = check(&bureau, &given, withdrawn()).await;
    assert_eq!((&failed["status"], &failed["fastLane"]), (&json!("PENDING"), &json!(false)), "{failed}");
    assert_eq!(failed["statusReason"], "查看营业执照或批准设立文件；执照已被吊销");
    let public = format!("{{ publicParty(id: {}) {{ verifiedBadge {{ on }} }} }}", party["id"]);
    assert_eq!(ask(&stranger, &public).await["publicParty"]["verifiedBadge"], Value::Null);
    assert_eq!(ask(&bureau, "{ partyReviews { totalCount } }").await["partyReviews"]["totalCount"], 1);
    let (number, template, text) = town.texts().await.remove(0);
    assert_eq!((&*number, &*template), ("139****5678", "parties.doubted"));
    assert!(text.contains("第1装卸有限公司") && text.contains("撤销") && !text.contains("吊销"), "{text}");
    let itself = town.house.itself(TAIYUAN).await.unwrap();
    let told = event::Entity::find().filter(event::Column::Kind.eq("party.verification_lost"));
    assert_eq!(told.count(&itself.scope()).await.unwrap(), 1);
    let audited = audit_entry::Entity::find().filter(audit_entry::Column::Operation.eq("party.check"));
    let audited = audited.order_by_desc(audit_entry::Column::Id).one(&itself.scope()).await.unwrap().unwrap();
    assert!(audited.detail.to_string().contains("FAILED"), "{}", audited.detail);

    check(&bureau, &failed, withdrawn()).await;
    assert_eq!(town.texts().await.len(), 1, "what is said already is not said again");
    assert_eq!(step(&bureau, "verifyParty", &failed, "").await["code"], "INCOMPLETE");
    passed(&bureau, &failed, "LICENCE_SEEN").await;
    let again = step(&bureau, "verifyParty", &failed, "").await;
    assert_eq!((&again["status"], &again["statusReason"]), (&json!("VERIFIED"), &Value::Null), "{again}");
    assert_eq!(again["fastLane"], false, "that is given anew, or not");
}

#[tokio::test]
async fn a_suspension_is_not_lifted_while_a_step_stands_as_failed() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let suspended = step_for(&bureau, "suspendParty", &verified(&bureau, enterprise(1)).await, "虚假招聘").await;
    let (_, template, text) = town.texts().await.remove(0);
    assert!(template == "parties.suspended" && !text.contains("虚假"), "why stands in the file: {text}");
    assert_eq!(check(&bureau, &suspended, withdrawn()).await["status"], "SUSPENDED");
    let told = step_for(&bureau, "liftPartySuspension", &suspended, "已整改").await;
    assert_eq!(told["code"], "STEP_FAILED");
    assert!(told["message"].as_str().unwrap().contains("查看营业执照"), "{told}");
    passed(&bureau, &suspended, "LICENCE_SEEN").await;
    assert_eq!(step_for(&bureau, "liftPartySuspension", &suspended, "已整改").await["status"], "VERIFIED");
}

#[tokio::test]
async fn whoever_reads_the_file_of_a_party_sees_who_looked() {
    let town = Town::new().await;
    let officer = town.officer("王敏").await;
    let (_, owner) = town.citizen("13800001234").await;
    let party = register(&owner, enterprise(1)).await;
    passed(&officer, &party, "USCC_CHECKED").await;
    let query = format!("{{ hiringParty(id: {}) {{ steps {{ verifiedBy {{ id name }} }} }} }}", party["id"]);
    let who = json!({ "id": officer.gid("Account", officer.account().unwrap().id), "name": "王敏" });
    for reader in [&officer, &owner] {
        assert_eq!(ask(reader, &query).await["hiringParty"]["steps"], json!([{ "verifiedBy": who }]));
    }
    let (_, other) = town.citizen("13800009999").await;
    assert_eq!(ask(&other, &query).await["hiringParty"], Value::Null);
}
