//! Registering (登记).

use kernel::policy::ScopeKind;
use serde_json::{Value, json};

use super::town::{Town, ZHANG, answer, ask, at, code, enterprise, error, household, passed, register, step};

#[tokio::test]
async fn a_citizen_registers_its_household_owns_it_and_shows_a_masked_name() {
    let town = Town::new().await;
    let (_, zhang) = town.citizen("13800001234").await;
    let mut input = household("张三", ZHANG);
    input["contactPhone"] = Value::Null;
    let party = register(&zhang, input.clone()).await;
    assert_eq!(
        (&party["status"], &party["displayName"], &party["contactName"], &party["contactPhone"]),
        (&json!("PENDING"), &json!("张*"), &json!("张*"), &json!("138****1234")),
        "{party}"
    );
    assert_eq!(party["missingSteps"], json!(["IDENTITY_SEEN"]));
    assert_eq!(party["members"][0]["role"], "OWNER");
    assert_eq!(party["remedies"][0]["law"], "民法典第五百七十七条、人民调解法第二条");

    let again = register(&zhang, input).await;
    assert_eq!(again["code"], "ALREADY_HERE", "{again}");
    assert_eq!(town.rows().await.len(), 1);
    let own = ask(&zhang, "{ myParties { edges { node { displayName } } } }").await;
    assert_eq!(own["myParties"]["edges"], json!([{ "node": { "displayName": "张*" } }]));
}

#[tokio::test]
async fn what_a_citizen_said_of_itself_before_it_need_not_say_again_and_cannot_say_otherwise() {
    let town = Town::new().await;
    let (_, zhang) = town.citizen("13800001234").await;
    let first = register(&zhang, household("张三", ZHANG)).await;
    assert_eq!(first["status"], "PENDING", "{first}");
    let gang = |name: Value| json!({ "kind": "GANG_LEADER", "name": name, "county": "140105" });
    let other = register(&zhang, gang(json!("李四"))).await;
    assert_eq!((&other["code"], &other["field"]), (&json!("IDENTITY_MISMATCH"), &json!("input.idNumber")));
    let leader = register(&zhang, gang(Value::Null)).await;
    assert_eq!((&leader["kind"], &leader["displayName"]), (&json!("GANG_LEADER"), &json!("张*")), "{leader}");
    assert_eq!(leader["missingSteps"], json!(["IDENTITY_SEEN", "SITE_VISITED"]));
    assert_eq!(leader["remedies"][0]["law"], "劳动保障监察条例第三十三条");
}

#[tokio::test]
async fn whoever_stands_at_the_counter_finds_its_household_once_it_signs_in() {
    let town = Town::new().await;
    let hall = town.hall().await;
    let party = register(&hall, at(household("张三", ZHANG), &Town::public_market(&hall))).await;
    assert_eq!(party["status"], "PENDING", "{party}");
    let row = town.rows().await.remove(0);
    let zhang = town.as_citizen(row.citizen_id.unwrap()).await;
    let own = ask(&zhang, "{ myParties { edges { node { id } } } }").await;
    assert_eq!(own["myParties"]["edges"][0]["node"]["id"], party["id"]);
    // Another card of that number is another name's.
    let other = register(&hall, at(household("李四", ZHANG), &Town::public_market(&hall))).await;
    assert_eq!(other["code"], "IDENTITY_MISMATCH", "{other}");
}

#[tokio::test]
async fn who_is_too_young_or_mistyped_is_refused_and_nothing_is_kept() {
    let town = Town::new().await;
    let (_, citizen) = town.citizen("13800001234").await;
    for (input, code) in [
        (household("张三", "140105201003070012"), "MINOR"),
        (household("张三", "140105199003070013"), "INVALID_ID_NUMBER"),
        (household("", ZHANG), "INVALID_NAME"),
        (json!({ "kind": "HOUSEHOLD", "name": "张三", "county": "140105" }), "ID_NUMBER_MISSING"),
        (json!({ "kind": "HOUSEHOLD", "name": "张三", "idNumber": ZHANG, "county": "140212" }), "INVALID_COUNTY"),
        (json!({ "kind": "ENTERPRISE", "name": "装卸公司", "county": "140105" }), "USCC_MISSING"),
        (json!({ "kind": "ENTERPRISE", "name": "装卸公司", "uscc": "91", "county": "140105" }), "INVALID_USCC"),
    ] {
        let refused = register(&citizen, input).await;
        assert_eq!(refused["code"], code, "{refused}");
    }
    assert!(town.rows().await.is_empty());
}

#[tokio::test]
async fn the_code_of_another_kind_is_refused_and_says_what_it_begins_with() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let mut input = enterprise(1);
    input["uscc"] = json!(code("92", 1));
    let refused = register(&bureau, input.clone()).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("USCC_OF_ANOTHER_KIND"), &json!("input.uscc")));
    assert!(refused["message"].as_str().unwrap().contains("企业为 91"), "{refused}");
    input["kind"] = json!("INDIVIDUAL_BUSINESS");
    let taken = register(&bureau, input).await;
    assert_eq!(taken["missingSteps"], json!(["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN"]), "it comes itself");
}

#[tokio::test]
async fn of_one_unit_the_second_registration_is_told_which_or_only_that_it_is_there() {
    let town = Town::new().await;
    let (hall, bureau, agent) = (town.hall().await, town.bureau().await, town.agent().await);
    let party = register(&hall, at(enterprise(1), &Town::public_market(&hall))).await;
    let query = "mutation($i: RegisterPartyInput!) { registerParty(input: $i) {
        ... on RegisterPartyRefused { code message existing { id displayName } } } }";
    let told = answer(&bureau, query, json!({ "i": enterprise(1) })).await["data"]["registerParty"].take();
    assert_eq!((&told["code"], &told["existing"]["id"]), (&json!("ALREADY_HERE"), &party["id"]), "{told}");
    let lead = at(enterprise(1), &Town::commercial_market(&agent));
    let told = answer(&agent, query, json!({ "i": lead })).await["data"]["registerParty"].take();
    assert_eq!((&told["code"], &told["existing"]), (&json!("ALREADY_REGISTERED"), &Value::Null));
    assert!(told["message"].as_str().unwrap().contains("申请成为经办人"), "{told}");
    assert!(!told.to_string().contains("第1装卸"), "a stranger is not told the name: {told}");
    let (_, stranger) = town.citizen("13800001234").await;
    let told = answer(&stranger, query, json!({ "i": enterprise(1) })).await["data"]["registerParty"].take();
    assert_eq!(told["code"], "ALREADY_REGISTERED");
    assert_eq!(town.rows().await.len(), 1);
}

#[tokio::test]
async fn of_two_who_register_one_unit_at_one_moment_one_does() {
    let town = Town::new().await;
    let (bureau, colleague) = (town.bureau().await, town.colleague().await);
    let (one, other) = tokio::join!(register(&bureau, enterprise(1)), register(&colleague, enterprise(1)));
    let done = [&one, &other].into_iter().filter(|said| said["__typename"] == "HiringParty").count();
    assert_eq!(done, 1, "{one} {other}");
    assert_eq!(town.rows().await.len(), 1);
}

#[tokio::test]
async fn a_registration_that_is_sent_twice_is_done_once() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let variables = json!({ "i": enterprise(1), "k": "dawn" });
    let query = "mutation($i: RegisterPartyInput!, $k: String) { registerParty(input: $i, idempotencyKey: $k) {
        ... on HiringParty { id version } ... on RegisterPartyRefused { code } } }";
    let first = answer(&bureau, query, variables.clone()).await["data"].take();
    assert_eq!(answer(&bureau, query, variables).await["data"], first);
    assert_eq!(first["registerParty"]["version"], 1);
    assert_eq!(town.rows().await.len(), 1);
}

#[tokio::test]
async fn a_commercial_operator_registers_its_own_leads_and_verifies_none() {
    let town = Town::new().await;
    let (agent, other, bureau) = (town.agent().await, town.other_agent().await, town.bureau().await);
    let lead = register(&agent, at(enterprise(1), &Town::commercial_market(&agent))).await;
    assert_eq!(lead["status"], "PENDING", "{lead}");
    assert_eq!(town.rows().await[0].agency_id, Some(town.agency));
    for kept in ["USCC_CHECKED", "LICENCE_SEEN", "IDENTITY_SEEN", "AGENT_AUTHORISED"] {
        assert_eq!(passed(&agent, &lead, kept).await["__typename"], "HiringParty", "{kept}");
    }
    let verify = "mutation($id: ID!, $v: Int!) { verifyParty(id: $id, version: $v) { __typename } }";
    let seen = json!({ "id": lead["id"], "v": lead["version"] });
    assert_eq!(error(&agent, verify, seen.clone()).await, "FORBIDDEN");
    assert_eq!(town.rows().await[0].status, "PENDING");

    let list = "{ hiringParties { edges { node { displayName } } } }";
    assert_eq!(ask(&agent, list).await["hiringParties"]["edges"].as_array().unwrap().len(), 1);
    assert_eq!(ask(&other, list).await["hiringParties"]["edges"], json!([]), "another agency's lead is not its own");
    let by_id = format!("{{ hiringParty(id: {}) {{ id }} }}", lead["id"]);
    assert_eq!(ask(&other, &by_id).await["hiringParty"], Value::Null);
    assert_eq!(error(&other, verify, seen).await, "NOT_FOUND");

    let elsewhere = "mutation($i: RegisterPartyInput!) { registerParty(input: $i) { __typename } }";
    let public = at(enterprise(2), &Town::public_market(&agent));
    assert_eq!(error(&agent, elsewhere, json!({ "i": public })).await, "FORBIDDEN");
    let mut wrong = at(enterprise(2), &Town::commercial_market(&bureau));
    wrong["agencyId"] = json!(Town::gid(&bureau, "Agency", town.other_agency));
    assert_eq!(register(&bureau, wrong).await["code"], "AGENCY_OF_ANOTHER");
    let verified = step(&bureau, "verifyParty", &lead, "").await;
    assert_eq!(verified["status"], "VERIFIED", "the bureau verifies: {verified}");
}

#[tokio::test]
async fn volunteers_propose_and_see_what_they_entered_themselves() {
    let town = Town::new().await;
    let (one, other) = (town.volunteer(7).await, town.volunteer(8).await);
    let party = register(&one, at(enterprise(1), &Town::volunteer_market(&one))).await;
    assert_eq!(party["status"], "PENDING", "{party}");
    let list = "{ hiringParties { edges { node { id } } } }";
    assert_eq!(ask(&one, list).await["hiringParties"]["edges"][0]["node"]["id"], party["id"]);
    assert_eq!(ask(&other, list).await["hiringParties"]["edges"], json!([]));
    // A role of staff at a market that volunteers run has no part in it.
    let row = town.rows().await.remove(0);
    let staff = town.clerk(9, "market_staff", ScopeKind::Market, &row.market_id.unwrap().to_string()).await;
    assert_eq!(ask(&staff, list).await["hiringParties"]["edges"], json!([]));
    let verify = "mutation($id: ID!, $v: Int!) { verifyParty(id: $id, version: $v) { __typename } }";
    assert_eq!(error(&one, verify, json!({ "id": party["id"], "v": 1 })).await, "FORBIDDEN");
    let reveal = json!({ "id": party["id"], "i": { "step": "IDENTITY_SEEN", "result": "PASSED" } });
    let check = "mutation($id: ID!, $i: VerificationStepInput!) { recordVerificationStep(partyId: $id, input: $i) { __typename } }";
    assert_eq!(error(&one, check, reveal).await, "FORBIDDEN");
    let county = town.county("140105").await;
    assert_eq!(
        ask(&county, list).await["hiringParties"]["edges"][0]["node"]["id"],
        party["id"],
        "its county looks after it"
    );
}

#[tokio::test]
async fn a_county_and_a_market_see_what_is_theirs() {
    let town = Town::new().await;
    let (hall, bureau) = (town.hall().await, town.bureau().await);
    register(&hall, at(enterprise(1), &Town::public_market(&hall))).await;
    let mut far = enterprise(2);
    far["county"] = json!("140106");
    register(&bureau, far).await;
    let names = async |ctx: &kernel::Ctx| {
        let answer = ask(ctx, "{ hiringParties(orderBy: NAME) { edges { node { displayName } } totalCount } }").await;
        answer["hiringParties"]["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["node"]["displayName"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&bureau).await, ["\"第1装卸有限公司\"", "\"第2装卸有限公司\""]);
    assert_eq!(names(&hall).await, ["\"第1装卸有限公司\""]);
    assert_eq!(names(&town.county("140106").await).await, ["\"第2装卸有限公司\""]);
    let stranger = town.stranger().await;
    assert_eq!(error(&stranger, "{ hiringParties { totalCount } }", json!({})).await, "UNAUTHENTICATED");
}

#[tokio::test]
async fn who_closed_comes_back_under_the_same_id_and_is_verified_anew() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let verified = super::town::verified(&bureau, enterprise(1)).await;
    let closed = step(&bureau, "closeParty", &verified, "").await;
    assert_eq!((&closed["status"], &closed["verifiedBadge"]), (&json!("CLOSED"), &Value::Null), "{closed}");
    assert!(closed["steps"].as_array().unwrap().iter().all(|step| step["counts"] == false));
    assert_eq!(step(&bureau, "closeParty", &closed, "").await["code"], "CLOSED");
    let (id, owner) = town.citizen("13800001234").await;
    let back = register(&owner, enterprise(1)).await;
    assert_eq!((&back["id"], &back["status"]), (&verified["id"], &json!("PENDING")), "{back}");
    assert_eq!(back["missingSteps"].as_array().unwrap().len(), 4);
    assert_eq!(back["version"], json!(closed["version"].as_i64().unwrap() + 1));
    assert_eq!(town.rows().await.len(), 1);
    let acting = people::acts_for(&town.as_citizen(id).await, &bureau.scope(), town.rows().await[0].id).await.unwrap();
    assert!(acting.is_some());
}

#[tokio::test]
async fn a_unit_that_was_written_down_wrong_is_put_right_before_it_is_verified_and_not_after() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let party = register(&bureau, enterprise(1)).await;
    let amended =
        step(&bureau, "amendParty", &party, ", input: { name: \"晋阳装卸有限公司\", contactPhone: \"0351-5278313\" }")
            .await;
    assert_eq!(
        (&amended["displayName"], &amended["contactPhone"], &amended["version"]),
        (&json!("晋阳装卸有限公司"), &json!("0351-****313"), &json!(2))
    );
    let stale = step(&bureau, "amendParty", &party, ", input: { contactName: \"王敏\" }").await;
    assert_eq!(stale["code"], "CONFLICT");
    for seen in super::town::ALL {
        passed(&bureau, &party, seen).await;
    }
    let verified = step(&bureau, "verifyParty", &amended, "").await;
    let renamed = step(&bureau, "amendParty", &verified, ", input: { name: \"另一家公司\" }").await;
    assert_eq!(renamed["code"], "NAME_FIXED");
    assert_eq!(town.rows().await[0].display_name, "晋阳装卸有限公司");
    // An officer of one county does not move it to another's.
    let county = town.county("140105").await;
    let move_away = "mutation($id: ID!, $v: Int!) { amendParty(id: $id, version: $v, input: { county: \"140106\" }) { __typename } }";
    assert_eq!(error(&county, move_away, json!({ "id": verified["id"], "v": verified["version"] })).await, "FORBIDDEN");
}
