//! What is personal stays out of the log: of what was done, refused, shown for a reason, and of what failed.

use serde_json::{Value, json};

use super::mail::letter_when;
use super::server::{Caller, Place};
use super::town;
use crate::stories::town::PASSWORD;

/// What people typed, each so that it is found nowhere else.
const NAME: &str = "欧阳云鹤";
const PHONE: &str = "13935187642";
const PRIVATE: &str = "13803517391";
const EMAIL: &str = "ouyang.yunhe@example.org";
const REASON: &str = "核对上月投诉回访";
const TYPED_WRONG: &str = "Wrong-Pass-8812";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_a_busy_day_names_nobody_on_sqlite() {
    the_log_names_nobody(town::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_of_a_busy_day_names_nobody_on_postgresql() {
    the_log_names_nobody(town::on_postgres().await).await;
}

async fn the_log_names_nobody(mut place: Place) {
    // As an operator sets it who looks for a fault.
    place.set("YIZHAN_LOG__FILTER", "debug");
    place.set("YIZHAN_LOG__FORMAT", "json");
    place.set("YIZHAN_MAIL__HOST", place.host.clone());
    place.set("YIZHAN_MAIL__PORT", "2525");
    let mut server = place.serve().await;
    let caller = server.caller.clone();
    let sysadmin = caller.sign_in("sysadmin").await;
    let bureau = caller.sign_in("writer1").await;
    refused_sign_in(&caller).await;
    let shown = [name_a_liaison(&caller, &bureau).await, register_with_private_contact(&caller, &bureau).await];
    let mut secrets =
        [NAME, PHONE, PRIVATE, EMAIL, REASON, TYPED_WRONG, PASSWORD, &sysadmin, &bureau].map(str::to_owned).to_vec();
    for (id, whole) in shown {
        let shown = reveal(&caller, &bureau, &id).await;
        assert!(shown.replace(' ', "").ends_with(whole), "{shown}");
        secrets.push(shown);
    }
    invite(&caller, &sysadmin).await;
    server.lives();

    let log = server.log();
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    assert_eq!(lines.len(), log.lines().count(), "every line is JSON");
    let told = lines.iter().any(|line| {
        let said = |name: &str| !line["fields"][name].is_null() || !line[name].is_null();
        said("request_id") && said("tenant") && said("status")
    });
    assert!(told, "an answer is logged with its request, tenant and status: {log}");
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "the log says {secret}");
    }
}

async fn refused_sign_in(caller: &Caller) {
    let query = "mutation($i: SignInInput!) { signIn(input: $i) { ... on SignInRefused { code } } }";
    let typed = json!({ "i": { "username": "writer2", "password": TYPED_WRONG } });
    let answer = caller.ask(None, query, &typed).await.expect("an answer");
    assert_eq!(answer["data"]["signIn"]["code"], "INVALID_CREDENTIALS", "{answer}");
}

async fn name_a_liaison(caller: &Caller, token: &str) -> (Value, &'static str) {
    let query = "mutation($i: SetLiaisonInput!) { setLiaison(input: $i, version: 0) {
        ... on Liaison { id } ... on SetLiaisonRefused { code field } } }";
    // A number in the field of another is refused, and is no less a number.
    let wrong = json!({ "i": { "name": NAME, "unit": "就业科", "position": "科长", "phone": EMAIL, "email": PHONE } });
    let answer = caller.get(token, query, &wrong, "setLiaison").await;
    assert!(answer["code"].is_string(), "{answer}");
    let right = json!({ "i": { "name": NAME, "unit": "就业科", "position": "科长", "phone": PHONE, "email": EMAIL } });
    let answer = caller.get(token, query, &right, "setLiaison").await;
    (answer["id"].clone(), PHONE)
}

async fn register_with_private_contact(caller: &Caller, token: &str) -> (Value, &'static str) {
    let made = caller.register(token, "许坦东街零工市场").await.expect("an answer");
    let id = &made["data"]["registerMarket"]["id"];
    let query = "query($id: ID!) { market(id: $id) { version } }";
    let version = caller.get(token, query, &json!({ "id": id }), "market").await["version"].clone();
    let query = "mutation($id: ID!, $v: Int!, $i: MarketInput!) { amendMarket(id: $id, version: $v, input: $i) {
        ... on Market { contacts { id } } ... on AmendMarketRefused { code field } } }";
    let mut input = town::market("许坦东街零工市场");
    input["contacts"] = json!([{ "label": "场长", "phone": PRIVATE, "public": false }]);
    let answer = caller.get(token, query, &json!({ "id": id, "v": version, "i": input }), "amendMarket").await;
    (answer["contacts"][0]["id"].clone(), PRIVATE)
}

/// Shows the number whole, for a reason.
async fn reveal(caller: &Caller, token: &str, id: &Value) -> String {
    let query = "mutation($i: RevealPersonalValueInput!) { revealPersonalValue(input: $i) {
        ... on PersonalValue { value } ... on RevealPersonalValueRefused { code field } } }";
    let asked = json!({ "i": { "id": id, "field": "PHONE", "reason": REASON } });
    caller.get(token, query, &asked, "revealPersonalValue").await["value"].as_str().expect("a number").to_owned()
}

/// Invites somebody whose letter cannot go: the failure is logged.
async fn invite(caller: &Caller, token: &str) {
    let query = "mutation($i: InviteAccountInput!) { inviteAccount(input: $i) { ... on Invitation { id } } }";
    let person = json!({ "i": { "displayName": NAME, "email": EMAIL, "role": "bureau_officer", "scopeKind": "CITY", "department": "HRSS" } });
    caller.get(token, query, &person, "inviteAccount").await;
    letter_when(caller, token, "RETRYING").await;
}
