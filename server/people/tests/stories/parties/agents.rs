//! Agents (经办人): who acts for a unit.

use serde_json::{Value, json};

use super::town::{PHONE, Town, ZHANG, ask, enterprise, error, evidence, household, register, send, send_for, step};

async fn authorise(ctx: &kernel::Ctx, party: &Value, phone: &str, file: Option<String>) -> Value {
    let variables = json!({ "p": party["id"], "n": phone, "f": file });
    let declared = "$p: ID!, $n: String!, $f: ID";
    send(ctx, "authoriseAgent", declared, "partyId: $p, phone: $n, evidence: $f", variables).await
}

async fn end(ctx: &kernel::Ctx, member: &Value) -> Value {
    let variables = json!({ "id": member["id"] });
    send_for(ctx, "endAgent", "$id: ID!", "id: $id", variables, "AgentEnded", "party { members { id } }").await
}

async fn ask_to_act(ctx: &kernel::Ctx, uscc: &Value) -> Value {
    let variables = json!({ "u": uscc });
    send_for(ctx, "requestAgency", "$u: String!", "uscc: $u", variables, "AgencyRequested", "id").await
}

async fn answer(ctx: &kernel::Ctx, request: &Value, input: Value) -> Value {
    let variables = json!({ "id": request["id"], "i": input });
    send(ctx, "answerAgencyRequest", "$id: ID!, $i: AnswerAgencyInput!", "id: $id, input: $i", variables).await
}

#[tokio::test]
async fn an_owner_authorises_whoever_proved_the_number_and_an_agent_does_not_close_the_party() {
    let town = Town::new().await;
    let (_, owner) = town.citizen(PHONE).await;
    let party = register(&owner, enterprise(1)).await;
    assert_eq!(authorise(&owner, &party, "13700007777", None).await["code"], "UNKNOWN_PHONE");
    assert_eq!(authorise(&owner, &party, "1370", None).await["code"], "INVALID_PHONE");
    let (_, agent) = town.citizen("13700007777").await;
    let with = authorise(&owner, &party, "137 0000 7777", None).await;
    assert_eq!(with["members"][1]["role"], "AGENT", "{with}");
    assert_eq!(with["members"][1]["phone"], "137****7777");
    assert_eq!(authorise(&owner, &party, "13700007777", None).await["code"], "ALREADY_ACTS");

    let tapped = send(&agent, "confirmHiring", "$id: ID!", "id: $id", json!({ "id": party["id"] })).await;
    assert_eq!(tapped["__typename"], "HiringParty", "{tapped}");
    assert_eq!(step(&agent, "closeParty", &tapped, "").await["code"], "OWNER_ONLY");
    let (_, third) = town.citizen("13600006666").await;
    assert_eq!(authorise(&agent, &party, "13600006666", None).await["code"], "OWNER_ONLY");
    assert_eq!(end(&agent, &with["members"][0]).await["code"], "OWNER_STAYS");
    assert_eq!(end(&owner, &with["members"][0]).await["code"], "OWNER_STAYS");
    let ended = end(&owner, &with["members"][1]).await;
    assert_eq!(ended["party"]["members"].as_array().unwrap().len(), 1, "{ended}");
    assert_eq!(end(&owner, &with["members"][1]).await["code"], "ALREADY_ENDED");
    let query = "mutation($id: ID!) { confirmHiring(id: $id) { __typename } }";
    for ctx in [&agent, &third] {
        assert_eq!(error(ctx, query, json!({ "id": party["id"] })).await, "NOT_FOUND");
    }
}

#[tokio::test]
async fn a_counter_authorises_with_the_paper_and_replaces_an_owner() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (_, impostor) = town.citizen(PHONE).await;
    let party = register(&impostor, enterprise(1)).await;
    let (_, real) = town.citizen("13700007777").await;
    assert_eq!(authorise(&bureau, &party, "13700007777", None).await["code"], "EVIDENCE_NEEDED");
    let with = authorise(&bureau, &party, "13700007777", Some(evidence(&bureau).await)).await;
    assert_eq!(with["members"].as_array().unwrap().len(), 2, "{with}");
    let without = end(&bureau, &with["members"][0]).await;
    assert_eq!(
        without["party"]["members"].as_array().unwrap().len(),
        1,
        "the one without a licence acts no more: {without}"
    );
    assert_eq!(ask(&impostor, "{ myParties { edges { node { id } } } }").await["myParties"]["edges"], json!([]));
    assert_eq!(
        ask(&real, "{ myParties { edges { node { id } } } }").await["myParties"]["edges"][0]["node"]["id"],
        party["id"]
    );
    // A person who hires sends nobody.
    let household = register(&bureau, household("张三", ZHANG)).await;
    let refused = authorise(&bureau, &household, "13700007777", Some(evidence(&bureau).await)).await;
    assert_eq!(refused["code"], "NOT_A_UNIT");
    assert_eq!(end(&bureau, &household["members"][0]).await["code"], "OWNER_STAYS");
}

#[tokio::test]
async fn whoever_finds_his_unit_registered_asks_and_the_owner_answers() {
    let town = Town::new().await;
    let (_, owner) = town.citizen(PHONE).await;
    let party = register(&owner, enterprise(1)).await;
    let (_, clerk) = town.citizen("13700007777").await;
    assert_eq!(ask_to_act(&clerk, &enterprise(2)["uscc"]).await["code"], "NOT_REGISTERED");
    assert_eq!(ask_to_act(&clerk, &json!("91")).await["code"], "INVALID_USCC");
    assert_eq!(ask_to_act(&owner, &party["uscc"]).await["code"], "ALREADY_ACTS");
    let asked = ask_to_act(&clerk, &party["uscc"]).await;
    assert_eq!(asked["__typename"], "AgencyRequested", "{asked}");
    assert_eq!(ask_to_act(&clerk, &party["uscc"]).await["code"], "ALREADY_ASKED");
    let seen = ask(&owner, "{ myParties { edges { node { agentRequests { id phone } } } } }").await;
    let request = seen["myParties"]["edges"][0]["node"]["agentRequests"][0].clone();
    assert_eq!((&request["id"], &request["phone"]), (&asked["id"], &json!("137****7777")));
    let answering = "mutation($id: ID!) { answerAgencyRequest(id: $id, input: { accept: true }) { __typename } }";
    assert_eq!(error(&clerk, answering, json!({ "id": asked["id"] })).await, "NOT_FOUND", "nobody answers himself");
    assert_eq!(answer(&owner, &request, json!({ "accept": false })).await["code"], "REASON_NEEDED");
    let declined = answer(&owner, &request, json!({ "accept": false, "reason": "已离职" })).await;
    assert_eq!((&declined["agentRequests"], declined["members"].as_array().unwrap().len()), (&json!([]), 1));
    assert_eq!(answer(&owner, &request, json!({ "accept": true })).await["code"], "ALREADY_ANSWERED");
    let own = "{ myAgencyRequests { partyId partyName status reason } }";
    let heard = ask(&clerk, own).await["myAgencyRequests"].clone();
    let of = |status: &str, reason: Value| json!({ "partyId": party["id"], "partyName": party["displayName"], "status": status, "reason": reason });
    assert_eq!(heard, json!([of("DECLINED", json!("已离职"))]));
    assert_eq!(ask(&owner, own).await["myAgencyRequests"], json!([]), "others' requests are not one's own");
    let again = ask_to_act(&clerk, &party["uscc"]).await;
    let taken = answer(&owner, &again, json!({ "accept": true })).await;
    assert_eq!(taken["members"][1]["role"], "AGENT", "{taken}");
    let heard = ask(&clerk, own).await["myAgencyRequests"].clone();
    assert_eq!(heard, json!([of("GRANTED", json!(null)), of("DECLINED", json!("已离职"))]), "the newest first");
    let acts = "{ myParties { edges { node { id } } } }";
    assert_eq!(ask(&clerk, acts).await["myParties"]["edges"][0]["node"]["id"], party["id"]);
    assert_eq!(end(&clerk, &taken["members"][1]).await["party"], json!(null), "it is seen no more");
    assert_eq!(ask(&clerk, acts).await["myParties"]["edges"], json!([]), "whoever leaves asks nobody");
}

#[tokio::test]
async fn nobody_asks_his_way_through_the_register() {
    let town = Town::new().await;
    let bureau = town.bureau().await;
    let (_, curious) = town.citizen(PHONE).await;
    for n in 1..=6 {
        register(&bureau, enterprise(n)).await;
    }
    for n in 1..=5 {
        assert_eq!(ask_to_act(&curious, &enterprise(n)["uscc"]).await["__typename"], "AgencyRequested");
    }
    assert_eq!(ask_to_act(&curious, &enterprise(6)["uscc"]).await["code"], "TOO_MANY_WAITING");
    let query = "mutation($u: String!) { requestAgency(uscc: $u) { __typename } }";
    assert_eq!(
        error(&bureau, query, json!({ "u": enterprise(1)["uscc"] })).await,
        "UNAUTHENTICATED",
        "a clerk is no citizen"
    );
}
