//! Amending: what two people do at once, what stays, what follows from it.

use super::*;

#[tokio::test]
async fn whoever_saves_second_is_shown_what_the_first_saved() {
    let town = Town::new().await;
    let made = town.register(form("小店区零工市场")).await;
    let first = amend(&town.bureau, &made, form("坞城零工市场")).await;
    assert_eq!((&first["displayName"], &first["version"]), (&json!("坞城零工市场"), &json!(2)));
    let second = amend(&town.bureau, &made, form("学府街零工市场")).await;
    assert_eq!((&second["code"], &second["field"]), (&json!("CONFLICT"), &json!("version")));
    assert_eq!(second["current"], json!({ "displayName": "坞城零工市场", "version": 2 }));
    assert_eq!(town.market(&made, "displayName version").await, json!({ "displayName": "坞城零工市场", "version": 2 }));
}

#[tokio::test]
async fn a_trade_that_a_spreadsheet_brought_stays_and_a_new_unknown_one_is_refused() {
    let town = Town::new().await;
    let made = town.register(form("小店区零工市场")).await;
    let known = with(form("小店区零工市场"), "/trades", json!(["瓦工", "扎彩工"]));
    let refused = amend(&town.bureau, &made, known.clone()).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("TRADE_UNKNOWN"), &json!("trades")));
    bring_trade(&town, &made, "扎彩工").await;
    let saved = amend(&town.bureau, &made, known).await;
    assert_eq!(saved["otherTrades"], json!(["扎彩工"]), "{saved}");
    let again = with(form("小店区零工市场"), "/trades", json!(["瓦工", "扎彩工", "糖画工"]));
    assert_eq!(amend(&town.bureau, &saved, again).await["code"], "TRADE_UNKNOWN");
}

/// As an import does it.
async fn bring_trade(town: &Town, of: &Value, name: &str) {
    use kernel::{Never, Stop};
    use sea_orm::{EntityTrait as _, Set};
    let market = town.bureau.parse_id("Market", &async_graphql::ID(of["id"].as_str().unwrap().to_owned())).unwrap();
    let name = name.to_owned();
    let done: Result<(), Stop<Never>> = town
        .bureau
        .quietly(|tx| async move {
            let row = crate::rows::market_trade::ActiveModel {
                id: Set(tx.ctx().new_id()),
                market_id: Set(market),
                position: Set(9),
                code: Set(None),
                name: Set(Some(name)),
            };
            crate::rows::market_trade::Entity::insert(row).exec_without_returning(&tx).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault).unwrap();
}

#[tokio::test]
async fn a_number_with_an_extension_is_saved_again_as_it_was_read() {
    let town = Town::new().await;
    let contacts = json!([{ "label": "总机", "phone": "0351-5278313转801", "public": true }]);
    let made = town.register(with(form("小店区零工市场"), "/contacts", contacts)).await;
    let seen = town.market(&made, "contacts { label phone public }").await["contacts"].clone();
    assert_eq!(seen[0]["phone"], "+863515278313,801");
    let saved = amend(&town.bureau, &made, with(form("小店区零工市场"), "/contacts", seen)).await;
    assert_eq!(saved["contacts"][0], json!({ "phone": "+863515278313,801", "phoneDisplay": "0351-5278313转801" }));
}

#[tokio::test]
async fn a_number_that_is_not_public_is_masked_for_those_who_may_not_amend() {
    use kernel::policy::ScopeKind;
    let town = Town::new().await;
    let contacts = json!([{ "label": "负责人", "phone": "13800001234", "public": false }]);
    let made = town.listed(with(form("小店区零工市场"), "/contacts", contacts)).await;
    let fields = "contacts { phone phoneDisplay public }";
    let whole = town.market(&made, fields).await["contacts"][0].clone();
    assert_eq!(whole, json!({ "phone": "+8613800001234", "phoneDisplay": "138 0000 1234", "public": false }));
    let watcher = town.by(testing::officer("supervisor", ScopeKind::City, "")).await;
    let seen = ask(&watcher, &format!("{{ market(id: {}) {{ {fields} }} }}", made["id"])).await;
    assert_eq!(seen["market"]["contacts"][0]["phone"], "138****1234");
    let public = town.by(Actor::Anonymous).await;
    let seen = ask(&public, "{ directory { edges { node { contacts { phone } } } } }").await;
    assert_eq!(seen["directory"]["edges"][0]["node"]["contacts"], json!([]));
}

#[tokio::test]
async fn a_listed_market_that_becomes_public_interest_is_to_be_annotated_and_again_when_it_moves() {
    let town = Town::new().await;
    let private =
        with(with(form("小店区零工市场"), "/operatorKind", json!("ENTRUSTED")), "/publicInterest", json!(false));
    let private = with(private, "/operatorName", json!("某某公司"));
    let listed = town.listed(private.clone()).await;
    assert_eq!(town.market(&listed, "annotations { id }").await["annotations"], json!([]));
    let public = with(private, "/publicInterest", json!(true));
    let amended = amend(&town.bureau, &listed, public.clone()).await;
    let states = |of: &Value| -> Vec<(Value, Value)> {
        let rows = of["annotations"].as_array().unwrap();
        rows.iter().map(|row| (row["provider"].clone(), row["status"].clone())).collect()
    };
    let todo = [(json!("BAIDU"), json!("TODO")), (json!("GAODE"), json!("TODO"))];
    assert_eq!(states(&amended), todo, "{amended}");
    let declared = "$id: ID!, $version: Int, $input: AnnotationInput!";
    let approved = json!({ "id": listed["id"], "version": 1,
        "input": { "provider": "BAIDU", "status": "APPROVED", "poiId": "B2094" } });
    let call = "marketId: $id, version: $version, input: $input";
    let saved = send(&town.bureau, "saveAnnotation", declared, call, approved, "status").await;
    assert_eq!(saved["status"], "APPROVED");
    let moved = with(public, "/address/point/lat", json!(37.80));
    let after = amend(&town.bureau, &amended, moved).await;
    assert_eq!(states(&after), todo, "the map shows the old place");
}

#[tokio::test]
async fn the_history_names_the_fields_that_changed_and_never_what_stood_in_them() {
    let town = Town::new().await;
    let made = town.register(form("小店区零工市场")).await;
    let other = with(with(form("小店区零工市场"), "/remark", json!("冬季暂停")), "/trades", json!(["电工"]));
    let contacts = json!([{ "label": "负责人", "phone": "13800001234", "public": false }]);
    amend(&town.bureau, &made, with(other, "/contacts", contacts)).await;
    let history = "history(first: 1) { pageInfo { hasNextPage endCursor } edges { node { kind fields } } }";
    let seen = town.market(&made, history).await["history"].clone();
    assert_eq!(seen["edges"][0]["node"], json!({ "kind": "amended", "fields": ["trades", "contacts", "remark"] }));
    assert_eq!(seen["pageInfo"]["hasNextPage"], true);
    let next =
        format!("history(first: 1, after: {}) {{ edges {{ node {{ kind fields }} }} }}", seen["pageInfo"]["endCursor"]);
    let seen = town.market(&made, &next).await["history"].clone();
    assert_eq!(seen["edges"][0]["node"], json!({ "kind": "registered", "fields": [] }));
}
