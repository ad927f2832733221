//! Which way postings go: at once, through review, or not at all.

use super::*;

const PASS: (&str, &str) = ("decision", "ReviewDecision!");

async fn draft(ctx: &Ctx, input: Value) -> Value {
    let made = save(ctx, input).await;
    assert_eq!(made["status"], "DRAFT", "{made}");
    made
}

#[tokio::test]
async fn a_party_of_the_fast_lane_publishes_at_once_and_is_looked_at_afterwards() {
    let town = Town::new().await;
    let owner = town.member(town.party).await;
    let made = draft(&owner, form(&owner, town.party)).await;
    let sent = step(&owner, "submitPosting", &made, &[]).await;
    assert_eq!((&sent["status"], &sent["placesLeft"]), (&json!("PUBLISHED"), &json!(10)), "{sent}");
    let queue = async |filter: &str| {
        let question =
            format!("{{ reviewQueue(filter: {{ {filter} }}) {{ edges {{ node {{ id reviewOverdue }} }} }} }}");
        ask(&town.bureau, &question).await["reviewQueue"]["edges"].clone()
    };
    assert_eq!(queue("stage: BEFORE").await, json!([]));
    assert_eq!(queue("stage: AFTER").await, json!([{ "node": { "id": sent["id"], "reviewOverdue": false } }]));
    let passed = step(&town.bureau, "reviewPosting", &sent, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!(passed["status"], "PUBLISHED", "{passed}");
    assert_eq!(queue("stage: AFTER").await, json!([]));
    let again = step(&town.bureau, "reviewPosting", &passed, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!(again["code"], "REVIEWED", "{again}");
}

#[tokio::test]
async fn a_slow_partys_posting_waits_for_review_and_is_overdue_after_the_target() {
    let town = Town::new().await;
    let slow = town.party(NewParty::verified("普通公司")).await;
    let owner = town.member(slow).await;
    let sent = step(&owner, "submitPosting", &draft(&owner, form(&owner, slow)).await, &[]).await;
    assert_eq!((&sent["status"], &sent["placesLeft"]), (&json!("IN_REVIEW"), &json!(0)), "{sent}");
    let queue = async || {
        let question = "{ reviewQueue { edges { node { id reviewDueAt reviewOverdue } } } }";
        ask(&town.bureau, question).await["reviewQueue"]["edges"].clone()
    };
    assert_eq!(
        queue().await,
        json!([{ "node": { "id": sent["id"], "reviewDueAt": "2026-11-23T10:30:00+08:00", "reviewOverdue": false } }])
    );
    town.clock.advance(chrono::Duration::minutes(31));
    assert_eq!(queue().await[0]["node"]["reviewOverdue"], true);
    let overdue = ask(&town.bureau, "{ reviewQueue(filter: { overdue: false }) { edges { node { id } } } }").await;
    assert_eq!(overdue["reviewQueue"]["edges"], json!([]));
    assert_eq!(step(&owner, "reviewPosting", &sent, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await["error"], "FORBIDDEN");
    let passed = step(&town.bureau, "reviewPosting", &sent, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!((&passed["status"], &passed["placesLeft"]), (&json!("PUBLISHED"), &json!(10)), "{passed}");
}

#[tokio::test]
async fn what_is_given_back_is_given_back_with_all_that_is_wrong_at_once() {
    let town = Town::new().await;
    let slow = town.party(NewParty::verified("普通公司")).await;
    let owner = town.member(slow).await;
    let sent = step(&owner, "submitPosting", &draft(&owner, form(&owner, slow)).await, &[]).await;
    let back = |remarks: Value| vec![(PASS.0, PASS.1, json!("RETURN")), ("remarks", "[ReviewRemarkInput!]", remarks)];
    let refused = step(&town.bureau, "reviewPosting", &sent, &back(json!([]))).await;
    assert_eq!(refused["code"], "REMARKS_MISSING", "{refused}");
    let remarks = json!([{ "field": "place", "text": "请写明门牌号" }, { "field": null, "text": "请注明是否管饭" }]);
    let returned = step(&town.bureau, "reviewPosting", &sent, &back(remarks.clone())).await;
    assert_eq!((&returned["status"], &returned["remarks"]), (&json!("RETURNED"), &remarks), "{returned}");
    let amended = amend(&owner, &returned, with(form(&owner, slow), "place", json!("坞城路12号院"))).await;
    assert_eq!(amended["status"], "RETURNED");
    let again = step(&owner, "submitPosting", &amended, &[]).await;
    assert_eq!((&again["status"], &again["remarks"]), (&json!("IN_REVIEW"), &json!([])), "{again}");
}

#[tokio::test]
async fn an_unverified_party_waits_and_no_reviewer_lets_it_out_before_it_is_verified() {
    let town = Town::new().await;
    let waiting = town.party(NewParty { status: "PENDING", ..NewParty::verified("新登记公司") }).await;
    let owner = town.member(waiting).await;
    let sent = step(&owner, "submitPosting", &draft(&owner, form(&owner, waiting)).await, &[]).await;
    assert_eq!(sent["status"], "IN_REVIEW");
    let refused = step(&town.bureau, "reviewPosting", &sent, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!(refused["code"], "NOT_VERIFIED", "{refused}");
    assert_eq!(stands(&owner, town_id(&owner, &sent)).await["status"], "IN_REVIEW");
}

/// The key of a posting's id.
fn town_id(ctx: &Ctx, of: &Value) -> Uuid {
    ctx.parse_id("Posting", &async_graphql::ID(of["id"].as_str().unwrap().to_owned())).unwrap()
}

#[tokio::test]
async fn a_suspended_party_and_one_without_a_pledge_or_with_a_lost_lane_go_other_ways() {
    let town = Town::new().await;
    for (new, expected) in [
        (NewParty { status: "SUSPENDED", ..NewParty::fast("被暂停公司") }, json!("PARTY_BARRED")),
        (NewParty { status: "CLOSED", ..NewParty::fast("已注销公司") }, json!("PARTY_BARRED")),
        (NewParty { pledged: false, ..NewParty::fast("未签承诺公司") }, json!("IN_REVIEW")),
    ] {
        let party = town.party(new).await;
        let owner = town.member(party).await;
        let sent = step(&owner, "submitPosting", &draft(&owner, form(&owner, party)).await, &[]).await;
        let told = if sent["code"].is_null() { &sent["status"] } else { &sent["code"] };
        assert_eq!(told, &expected, "{sent}");
    }
    let lost = town.party(NewParty::fast("失去通道公司")).await;
    lose_fast_lane(&town, lost).await;
    let owner = town.member(lost).await;
    let sent = step(&owner, "submitPosting", &draft(&owner, form(&owner, lost)).await, &[]).await;
    assert_eq!(sent["status"], "IN_REVIEW", "{sent}");
}

#[tokio::test]
async fn an_agency_publishes_its_own_leads_at_once_while_its_licence_is_good() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let manager = town.by(testing::manager(agency)).await;
    let sent = step(&manager, "submitPosting", &draft(&manager, form(&manager, lead)).await, &[]).await;
    assert_eq!((&sent["status"], &sent["source"]), (&json!("PUBLISHED"), &json!("AGENCY_FEED")), "{sent}");
    assert_eq!(sent["agency"]["name"], "晋才人力");
    assert_eq!(save(&manager, form(&manager, town.party)).await["error"], "NOT_FOUND", "not its lead");
    let other = testing::agency(&town.bureau, "另一家机构").await.unwrap();
    let rival = town.by(testing::manager(other)).await;
    assert_eq!(step(&rival, "closePosting", &sent, &[]).await["error"], "NOT_FOUND");
    let next = draft(&manager, form(&manager, lead)).await;
    set_licence(&town.bureau, agency, "SUSPENDED").await;
    let refused = step(&manager, "submitPosting", &next, &[]).await;
    assert_eq!(refused["code"], "LICENCE_INVALID", "{refused}");
    let public = format!("{{ publicPosting(id: {}) {{ agency {{ licenceValid licenceProblem }} }} }}", sent["id"]);
    let shown = ask(&town.by(Actor::Anonymous).await, &public).await;
    assert_eq!(shown["publicPosting"]["agency"], json!({ "licenceValid": false, "licenceProblem": "已暂停" }));
}

#[tokio::test]
async fn what_an_agency_hands_in_for_a_party_that_lost_the_fast_lane_waits_for_review() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let manager = town.by(testing::manager(agency)).await;
    let before = step(&manager, "submitPosting", &draft(&manager, form(&manager, lead)).await, &[]).await;
    assert_eq!(before["status"], "PUBLISHED", "{before}");
    lose_fast_lane(&town, lead).await;
    let later = with(form(&manager, lead), "duties", json!("搬运苹果，装车"));
    let sent = step(&manager, "submitPosting", &draft(&manager, later).await, &[]).await;
    assert_eq!((&sent["status"], &sent["placesLeft"]), (&json!("IN_REVIEW"), &json!(0)), "{sent}");
    let passed = step(&town.bureau, "reviewPosting", &sent, &[(PASS.0, PASS.1, json!("PUBLISH"))]).await;
    assert_eq!(passed["status"], "PUBLISHED", "{passed}");
    town.clock.advance(chrono::Duration::days(1));
    let next = with(form(&manager, lead), "duties", json!("搬运白菜，装车"));
    let next = step(&manager, "submitPosting", &draft(&manager, next).await, &[]).await;
    assert_eq!(next["status"], "PUBLISHED", "it has the lane again: {next}");
}

/// The scope of an agency's licence comes to be this.
async fn set_scope(bureau: &Ctx, agency: Uuid, scope: Value) {
    set_agency(bureau, agency, entities::agency::Column::Scope, Expr::value(scope)).await;
}

#[tokio::test]
async fn nothing_is_published_under_a_licence_that_holds_no_job_intermediation() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let manager = town.by(testing::manager(agency)).await;
    let sent = draft(&manager, form(&manager, lead)).await;
    set_scope(&town.bureau, agency, json!(["TRAINING", "OUTSOURCING"])).await;
    let refused = step(&manager, "submitPosting", &sent, &[]).await;
    assert_eq!(refused["code"], "LICENCE_INVALID", "{refused}");
    let message = refused["message"].as_str().unwrap();
    assert!(message.contains("业务范围不含职业中介") && message.contains("第十八条"), "{message}");
    set_scope(&town.bureau, agency, json!(["JOB_FAIRS"])).await;
    assert_eq!(step(&manager, "submitPosting", &sent, &[]).await["status"], "PUBLISHED");
}

#[tokio::test]
async fn what_is_out_of_sight_is_not_brought_back_while_the_licence_is_not_good() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let manager = town.by(testing::manager(agency)).await;
    let shift =
        json!({ "startsAt": testing::at(&manager, 20, 6), "endsAt": testing::at(&manager, 20, 14), "headcount": 10 });
    let input = with(form(&manager, lead), "shifts", json!([shift]));
    let sent = step(&manager, "submitPosting", &draft(&manager, input).await, &[]).await;
    let open =
        async || ask(&town.bureau, "{ openPostings { edges { node { id } } } }").await["openPostings"]["edges"].clone();
    set_licence(&town.bureau, agency, "SUSPENDED").await;
    let confirmed = step(&manager, "confirmPosting", &sent, &[]).await;
    assert_eq!(confirmed["status"], "PUBLISHED", "what runs goes on and says so: {confirmed}");
    town.clock.advance(chrono::Duration::days(7));
    assert_eq!(open().await, json!([]));
    let refused = step(&manager, "confirmPosting", &sent, &[]).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("LICENCE_INVALID"), &json!("id")), "{refused}");
    assert_eq!(open().await, json!([]));
    set_licence(&town.bureau, agency, "VALID").await;
    assert_eq!(step(&manager, "confirmPosting", &sent, &[]).await["status"], "PUBLISHED");
    assert_eq!(open().await, json!([{ "node": { "id": sent["id"] } }]));
}

#[tokio::test]
async fn what_the_law_forbids_is_not_published_and_all_of_it_is_told() {
    let town = Town::new().await;
    let input =
        with(form(&town.bureau, town.party), "conditions", json!("只要男的，先交300元押金，身份证押在老板这儿"));
    let made = draft(&town.bureau, input).await;
    let refused = step(&town.bureau, "submitPosting", &made, &[]).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("FINDINGS"), &json!("input")), "{refused}");
    let rules: Vec<&str> =
        refused["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    for rule in ["SEX_LIMIT", "DEPOSIT", "KEPT_DOCUMENT"] {
        assert!(rules.contains(&rule), "{rule}: {refused}");
    }
    let row = town.row(town_id(&town.bureau, &made)).await;
    assert_eq!((row.status.code(), row.version), ("DRAFT", 1));
    assert_eq!(town.announced(row.id).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_wage_below_the_minimum_blocks_once_the_city_has_set_one_and_cannot_be_checked_before() {
    let town = Town::new().await;
    let low = json!({ "engagement": "PART_TIME", "wageFen": 1_000, "wageUnit": "HOUR" });
    let mut input = form(&town.bureau, town.party);
    for (key, value) in low.as_object().unwrap() {
        input[key] = value.clone();
    }
    input["shifts"] = json!([{ "startsAt": testing::at(&town.bureau, 1, 6), "endsAt": testing::at(&town.bureau, 1, 10), "headcount": 2 }]);
    let findings = async |id: &Value| {
        let question = format!("{{ posting(id: {id}) {{ findings {{ rule severity }} }} }}");
        ask(&town.bureau, &question).await["posting"]["findings"].clone()
    };
    let made = draft(&town.bureau, input).await;
    let before = findings(&made["id"]).await;
    assert!(
        before.as_array().unwrap().contains(&json!({ "rule": "WAGE_BELOW_MINIMUM", "severity": "CANNOT_CHECK" })),
        "{before}"
    );
    let figures = json!({ "minimumWages": [{ "hourlyFen": 2_130, "from": "2026-01-01", "basis": "晋政发〔2026〕1号" }],
                          "reviewMinutes": 30, "staleDays": 7 });
    let set = async |version: i32| {
        send_for(
            &town.bureau,
            "setPostingFigures",
            ("PostingFigures", "version minimumWages { hourlyFen county }"),
            "$version: Int!, $input: PostingFiguresInput!",
            "version: $version, input: $input",
            json!({ "version": version, "input": figures }),
        )
        .await
    };
    let kept = set(0).await;
    assert_eq!(kept["version"], 1, "{kept}");
    assert_eq!(set(0).await["code"], "CONFLICT");
    let refused = step(&town.bureau, "submitPosting", &made, &[]).await;
    assert_eq!(refused["code"], "FINDINGS", "{refused}");
    assert_eq!(refused["findings"][0]["rule"], "WAGE_BELOW_MINIMUM", "{refused}");
}

#[tokio::test]
async fn a_posting_whose_first_shift_has_begun_is_not_handed_in() {
    let town = Town::new().await;
    let made = draft(&town.bureau, form(&town.bureau, town.party)).await;
    town.clock.advance(chrono::Duration::hours(20));
    let refused = step(&town.bureau, "submitPosting", &made, &[]).await;
    assert_eq!(refused["code"], "TOO_LATE", "{refused}");
}
