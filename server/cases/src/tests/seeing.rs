//! Who sees which cases, and what of them.

use super::*;

/// The references of a page, in order.
fn references(answer: &Value) -> Vec<&str> {
    let edges = answer["cases"]["edges"].as_array().map(Vec::as_slice).unwrap_or_default();
    edges.iter().map(|edge| edge["node"]["reference"].as_str().unwrap()).collect()
}

async fn list(ctx: &Ctx, arguments: &str) -> Value {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let question = format!(
        "{{ cases{arguments} {{ totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ reference }} }} }} }}"
    );
    ask(ctx, &question, json!({})).await
}

#[tokio::test]
async fn a_county_sees_its_cases_the_city_all_and_the_person_their_own() {
    let town = Town::new().await;
    let other = person(&town.house, "other", None).await.unwrap();
    let house = town.itself().await;
    for (county, who) in [(Some(XIAODIAN), &town.worker), (Some("140106"), &other), (None, &town.worker)] {
        testing::appealed(&house, county, Opener::Account(id_of(who)), REASON).await.unwrap();
    }
    let numbers =
        async |ctx: &Ctx| references(&list(ctx, "").await).iter().map(|n| n[12..].to_owned()).collect::<Vec<_>>();
    assert_eq!(numbers(&town.wang).await, ["0001", "0002", "0003"]);
    assert_eq!(numbers(&town.supervisor).await, ["0001", "0002", "0003"]);
    assert_eq!(numbers(&town.li).await, ["0001"]);
    assert_eq!(numbers(&town.zhao).await, ["0002"]);
    assert_eq!(numbers(&town.worker).await, ["0001", "0003"]);
    assert_eq!(numbers(&other).await, ["0002"]);
    let manager = NewRole { role: "market_manager", kind: ScopeKind::Market, key: Uuid::from_u128(5).to_string() };
    let manager = person(&town.house, "manager", Some(manager)).await.unwrap();
    assert_eq!(numbers(&manager).await, Vec::<String>::new(), "markets have no part in it");
    let stranger = town.house.stranger(TAIYUAN).await.unwrap();
    assert_eq!(list(&stranger, "").await, json!({ "error": "UNAUTHENTICATED" }));
}

#[tokio::test]
async fn what_the_person_wrote_is_read_by_owner_handlers_and_the_person() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.li).await;
    hand_over(&town.li, &taken, &town.wang).await;
    for (ctx, reason, offered) in [
        (&town.li, json!(REASON), json!({ "name": "wang" })),
        (&town.wang, json!(REASON), json!({ "name": "wang" })),
        (&town.supervisor, json!(null), json!({ "name": "wang" })),
        (&town.worker, json!(REASON), json!(null)),
    ] {
        let seen = look(ctx, &taken, "reason offeredTo { name } offeredAt").await;
        assert_eq!(
            (&seen["reason"], &seen["offeredTo"], seen["offeredAt"].is_null()),
            (&reason, &offered, offered.is_null())
        );
    }
    assert_eq!(look(&town.zhao, &taken, "reason").await, json!(null), "another county does not see it");
    assert_eq!(course(&town.worker, &taken).await, ["TAKEN", "OPENED"], "an offer is the officials' affair");
    assert_eq!(course(&town.supervisor, &taken).await, ["OFFERED", "TAKEN", "OPENED"]);
    let mine = look(&town.worker, &taken, "openedByMe owner { name }").await;
    assert_eq!(mine, json!({ "openedByMe": true, "owner": { "name": "liming" } }), "首问负责: the person knows who");
}

#[tokio::test]
async fn a_key_of_a_front_end_team_sees_what_its_scopes_name_and_has_no_cases_of_its_own() {
    use kernel::Actor;
    use kernel::ctx::Via;
    let town = Town::new().await;
    let (case, _) = town.appealed().await;
    let through = async |ctx: &Ctx, scopes: &[&str]| {
        let Actor::Account(account) = ctx.actor() else { panic!("an account") };
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let via = Via::ApiKey { id: Uuid::nil(), scopes };
        let actor = Actor::Account(kernel::ctx::AccountActor { via, ..account.clone() });
        town.house.kernel.ctx(TAIYUAN, actor, Lang::Zh).await.unwrap()
    };
    assert_eq!(list(&through(&town.worker, &["case.read"]).await, "").await, json!({ "error": "FORBIDDEN" }));
    assert_eq!(list(&through(&town.wang, &["market.read"]).await, "").await, json!({ "error": "FORBIDDEN" }));
    let reads = through(&town.wang, &["case.read"]).await;
    assert_eq!(
        look(&reads, &case, "reference reason").await,
        json!({ "reference": "SS-20261126-0001", "reason": null })
    );
    let handles = through(&town.wang, &["case.*"]).await;
    assert_eq!(look(&handles, &case, "reason").await["reason"], REASON);
}

#[tokio::test]
async fn cases_are_found_by_kind_state_owner_day_and_mark() {
    let town = Town::new().await;
    let (taken, _) = town.taken(&town.wang).await;
    town.taken(&town.li).await;
    hand_over(&town.wang, &taken, &town.li).await;
    town.house.clock.advance(chrono::Duration::days(1));
    town.appealed().await;
    let li = gid(&town.li);
    let (first, second, third) = ("SS-20261126-0001", "SS-20261126-0002", "SS-20261127-0001");
    let nothing: [&str; 0] = [];
    for (filter, found) in [
        ("", &[first, second, third][..]),
        ("kind: \"POINT_APPEAL\"", &[first, second, third]),
        ("kind: \"COMPLAINT\"", &nothing),
        ("status: ACCEPTED", &[first, second]),
        ("mine: true", &[first]),
        ("mine: false", &[second, third]),
        (&format!("owner: \"{li}\""), &[second]),
        ("dueBefore: \"2026-12-04\"", &[first, second]),
        ("breached: true", &nothing),
        ("breached: false, status: RECEIVED", &[third]),
    ] {
        let answer = list(&town.wang, &format!("filter: {{ {filter} }}")).await;
        assert_eq!(references(&answer), found, "{filter}: {answer}");
        assert_eq!(answer["cases"]["totalCount"], found.len(), "{filter}");
    }
    assert_eq!(references(&list(&town.li, "filter: { offeredToMe: true }").await), [first]);
    assert_eq!(references(&list(&town.wang, "orderBy: OPENED_AT").await), [third, second, first]);
    let foreign = kernel::ids::GlobalId::new("Account", "140200", id_of(&town.li)).encode();
    assert_eq!(list(&town.wang, &format!("filter: {{ owner: \"{foreign}\" }}")).await, json!({ "error": "NOT_FOUND" }));
}

#[tokio::test]
async fn pages_follow_each_other_without_gaps_in_either_order() {
    let town = Town::new().await;
    for _ in 0..5 {
        town.appealed().await;
    }
    for order in ["DUE_ON", "OPENED_AT"] {
        let (mut after, mut seen) = (String::new(), Vec::new());
        loop {
            let page = list(&town.wang, &format!("first: 2, orderBy: {order}{after}")).await;
            seen.extend(references(&page).iter().map(|n| n[15..].to_owned()));
            let info = &page["cases"]["pageInfo"];
            if info["hasNextPage"] == false {
                break;
            }
            after = format!(", after: {}", info["endCursor"]);
        }
        seen.sort();
        assert_eq!(seen, ["1", "2", "3", "4", "5"], "{order}");
        let other = if order == "DUE_ON" { "OPENED_AT" } else { "DUE_ON" };
        let strange = list(&town.wang, &format!("first: 2, orderBy: {other}{after}")).await;
        assert_eq!(strange, json!({ "error": "INVALID_REQUEST" }), "a cursor of another order");
    }
    let (taken, _) = town.taken(&town.wang).await;
    let fields = "timeline(first: 1) { pageInfo { endCursor hasNextPage } edges { node { kind } } }";
    let first = town.case(&taken, fields).await;
    assert_eq!(first["timeline"]["edges"][0]["node"]["kind"], "TAKEN");
    let after = &first["timeline"]["pageInfo"]["endCursor"];
    let rest = town.case(&taken, &format!("timeline(after: {after}) {{ edges {{ node {{ kind }} }} }}")).await;
    assert_eq!(rest["timeline"]["edges"], json!([{ "node": { "kind": "OPENED" } }]));
}
