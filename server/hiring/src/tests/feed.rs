//! An agency's own system, with a key.

use std::sync::Arc;

use kernel::ctx::{AccountActor, Via};
use kernel::policy::{Held, ScopeKind};

use super::*;

/// The manager of an agency through a key with these scopes.
fn key(agency: Uuid, scopes: &[&str]) -> Actor {
    let scope = ScopeKind::Agency;
    let held = Held { role: "agency_manager".to_owned(), kind: scope, key: agency.to_string(), until: None };
    let scopes: Vec<String> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    Actor::Account(AccountActor {
        id: Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0042),
        username: "jincai".to_owned(),
        held: Arc::new([held]),
        via: Via::ApiKey { id: Uuid::nil(), scopes: scopes.into() },
        restricted: false,
    })
}

async fn upsert(ctx: &Ctx, external: &str, input: Value) -> Value {
    let (declared, call) = ("$external: String!, $input: PostingInput!", "externalId: $external, input: $input");
    send(ctx, "upsertPosting", declared, call, json!({ "external": external, "input": input })).await
}

async fn withdraw(ctx: &Ctx, external: &str) -> Value {
    let (declared, call) = ("$external: String!, $reason: String!", "externalId: $external, reason: $reason");
    send(ctx, "withdrawPostingByExternalId", declared, call, json!({ "external": external, "reason": "客户取消" }))
        .await
}

#[tokio::test]
async fn an_agencys_system_publishes_amends_and_withdraws_by_its_own_numbers() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let system = town.by(key(agency, &["posting.*", "party.act_for"])).await;
    let first = upsert(&system, "JC-001", form(&system, lead)).await;
    assert_eq!(first["status"], "PUBLISHED", "{first}");
    let same = upsert(&system, "JC-001", form(&system, lead)).await;
    assert_eq!((&same["id"], &same["version"]), (&first["id"], &first["version"]), "sent again it changes nothing");
    let better = upsert(&system, "JC-001", with(form(&system, lead), "wageFen", json!(22_000))).await;
    assert_eq!((&better["id"], &better["status"]), (&first["id"], &json!("PUBLISHED")), "{better}");
    assert_ne!(better["version"], first["version"]);
    let other = town.party(NewParty::lead("另一客户", agency)).await;
    assert_eq!(upsert(&system, "JC-001", form(&system, other)).await["code"], "PARTY_FIXED");
    assert_eq!(upsert(&system, " ", form(&system, lead)).await["code"], "NUMBER_MISSING");
    assert_eq!(upsert(&town.bureau, "JC-001", form(&town.bureau, town.party)).await["code"], "NOT_OF_AGENCY");
    assert_eq!(withdraw(&system, "JC-404").await["code"], "UNKNOWN_NUMBER");
    let gone = withdraw(&system, "JC-001").await;
    assert_eq!((&gone["id"], &gone["status"]), (&first["id"], &json!("WITHDRAWN")), "{gone}");
    assert_eq!(withdraw(&system, "JC-001").await["code"], "UNKNOWN_NUMBER");
    let anew = upsert(&system, "JC-001", form(&system, lead)).await;
    assert_ne!(anew["id"], first["id"], "the number is free again");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 2);
}

#[tokio::test]
async fn what_is_sent_again_as_it_is_still_holds_and_any_other_word_amends_it() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let system = town.by(key(agency, &["posting.*", "party.act_for"])).await;
    let shifts = json!([{
        "startsAt": testing::at(&system, 20, 6), "endsAt": testing::at(&system, 20, 14), "headcount": 10,
    }]);
    let input = with(form(&system, lead), "shifts", shifts);
    let first = upsert(&system, "JC-001", input.clone()).await;
    assert_eq!(first["status"], "PUBLISHED", "{first}");
    let stale = async || {
        ask(&town.bureau, &format!("{{ posting(id: {}) {{ stale }} }}", first["id"])).await["posting"]["stale"].clone()
    };
    town.clock.advance(chrono::Duration::days(7));
    assert_eq!(stale().await, true);
    let same = upsert(&system, "JC-001", input.clone()).await;
    assert_eq!((&same["id"], &same["version"]), (&first["id"], &first["version"]), "{same}");
    assert_eq!(stale().await, false);
    let priority = upsert(&system, "JC-001", with(input.clone(), "priority", json!(true))).await;
    assert_eq!(priority["id"], first["id"], "{priority}");
    assert_ne!(priority["version"], first["version"]);
    let from = with(with(input, "priority", json!(true)), "validFrom", json!("2026-12-02"));
    let from = upsert(&system, "JC-001", from).await;
    assert_eq!(from["id"], first["id"], "{from}");
    assert_ne!(from["version"], priority["version"], "its first day was said");
}

#[tokio::test]
async fn a_key_does_no_more_than_its_scopes_name_and_nothing_of_another_agency() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let reader = town.by(key(agency, &["posting.read"])).await;
    assert_eq!(upsert(&reader, "JC-001", form(&reader, lead)).await["error"], "FORBIDDEN");
    let creator = town.by(key(agency, &["posting.read", "posting.create", "party.act_for"])).await;
    let waits = upsert(&creator, "JC-001", form(&creator, lead)).await;
    assert_eq!(waits["status"], "IN_REVIEW", "without the scope to publish it waits: {waits}");
    let other = testing::agency(&town.bureau, "另一家机构").await.unwrap();
    let rival = town.by(key(other, &["posting.*", "party.act_for"])).await;
    assert_eq!(upsert(&rival, "JC-001", form(&rival, lead)).await["error"], "NOT_FOUND");
    assert_eq!(withdraw(&rival, "JC-001").await["code"], "UNKNOWN_NUMBER");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
}

#[tokio::test]
async fn a_repeated_call_with_the_same_key_is_done_once() {
    let town = Town::new().await;
    let agency = testing::agency(&town.bureau, "晋才人力").await.unwrap();
    let lead = town.party(NewParty::lead("客户公司", agency)).await;
    let system = town.by(key(agency, &["posting.*", "party.act_for"])).await;
    let once = async || {
        let variables = json!({ "input": form(&system, lead) });
        let call = "input: $input, idempotencyKey: \"k1\"";
        send(&system, "savePosting", "$input: PostingInput!", call, variables).await
    };
    let (first, second) = (once().await, once().await);
    assert_eq!(first["id"], second["id"], "{first} {second}");
    assert_eq!(crate::count(&town.bureau).await.unwrap(), 1);
}
