//! A city's own lines of policy (授权策略): what its roles may do beside what the house gives them, or may not do.

use entities::{audit_entry, policy_line};
use kernel::{Ctx, Fault, Never, Place, Stop};
use people::testing::{House, TAIYUAN};
use people::{LineInput, NewRole, SetPolicyLine, WithdrawPolicyLine, policy, set_policy_line, withdraw_policy_line};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{self, as_account, ask, city, fault, refusal};

fn line(role: &str, action: &str, forbids: bool) -> LineInput {
    LineInput { role: role.to_owned(), action: action.to_owned(), forbids }
}

/// A city with a security administrator, who acts.
async fn offices() -> (House, TempDir, Ctx) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let security = as_account(&house, "security").await;
    (house, dir, security)
}

async fn lines(house: &House) -> Vec<policy_line::Model> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    policy_line::Entity::find().order_by_asc(policy_line::Column::Id).all(&ctx.scope()).await.unwrap()
}

#[tokio::test]
async fn what_a_city_allows_to_a_role_holds_at_once_and_ends_at_once() {
    let (house, _dir, security) = offices().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("supervisor")]).await.unwrap();
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    let may = async || {
        let ctx = common::believed(&house, &token).await;
        ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap()
    };
    assert!(!may().await);
    let set = set_policy_line(&security, line("supervisor", "liaison.set", false), 0, None).await.unwrap();
    assert!(may().await);
    let again =
        async |version| set_policy_line(&security, line("supervisor", "liaison.set", false), version, None).await;
    assert_eq!(refusal(again(0).await), SetPolicyLine::Conflict { current: 1 }, "there is one now");
    assert_eq!(refusal(again(1).await), SetPolicyLine::AlreadySet);
    withdraw_policy_line(&security, set.id, 1, None).await.unwrap();
    assert!(!may().await);
    assert!(matches!(fault(withdraw_policy_line(&security, set.id, 1, None).await), Fault::NotFound));
    assert!(lines(&house).await.is_empty());
}

#[tokio::test]
async fn what_is_forbidden_to_one_role_of_a_person_no_other_role_allows_and_no_list_shows() {
    let (house, _dir, security) = offices().await;
    let both = vec![NewRole::city("bureau_officer"), NewRole::city("supervisor")];
    house.account(TAIYUAN, "wangfang", both).await.unwrap();
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let (wangfang, liwei) = (as_account(&house, "wangfang").await, as_account(&house, "liwei").await);
    assert!(wangfang.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap());
    set_policy_line(&security, line("supervisor", "liaison.read", true), 0, None).await.unwrap();
    assert!(!wangfang.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap());
    assert!(matches!(wangfang.reach(&policy::READ_LIAISON).await, Err(Fault::Forbidden)));
    assert!(liwei.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap(), "who is no supervisor");
    let me = ask(&wangfang, "{ me { permissions } }", json!({})).await;
    let permissions = me["data"]["me"]["permissions"].as_array().unwrap();
    assert!(!permissions.contains(&json!("liaison.read")) && permissions.contains(&json!("liaison.set")), "{me}");
    // Turned round, it is one line still, and allows.
    let turned = set_policy_line(&security, line("supervisor", "liaison.read", false), 1, None).await.unwrap();
    assert_eq!(lines(&house).await.len(), 1);
    let late = refusal(withdraw_policy_line(&security, turned.id, 1, None).await);
    assert_eq!(late, WithdrawPolicyLine::Conflict { current: 2 }, "who saw it forbid does not take back what allows");
    assert!(wangfang.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap());
}

#[tokio::test]
async fn only_the_security_administrator_sets_lines_and_the_three_administrators_stay_three() {
    let (house, _dir, security) = offices().await;
    for (name, role) in [("system", "system_admin"), ("audit", "audit_admin"), ("officer", "bureau_officer")] {
        house.account(TAIYUAN, name, vec![NewRole::city(role)]).await.unwrap();
        let ctx = as_account(&house, name).await;
        let set = set_policy_line(&ctx, line("supervisor", "liaison.set", false), 0, None).await;
        assert!(matches!(fault(set), Fault::Forbidden), "{name}");
        let taken_back = withdraw_policy_line(&ctx, Uuid::nil(), 1, None).await;
        assert!(matches!(fault(taken_back), Fault::Forbidden), "{name}");
    }
    for (role, action, forbids, refused) in [
        ("security_admin", "liaison.read", false, SetPolicyLine::Administrator),
        ("audit_admin", "account.read", true, SetPolicyLine::Administrator),
        ("bureau_officer", "role.assign", false, SetPolicyLine::AdministratorsPart),
        ("supervisor", "audit.read", true, SetPolicyLine::AdministratorsPart),
        ("supervisor", "account.disable", true, SetPolicyLine::AdministratorsPart),
        ("bureau_officer", "policy.set", false, SetPolicyLine::AdministratorsPart),
        ("bureau_officer", "session.sign_in", true, SetPolicyLine::NoRolesPart),
        ("bureau_officer", "liaison.sell", false, SetPolicyLine::UnknownAction),
        ("province_officer", "liaison.read", false, SetPolicyLine::UnknownRole),
    ] {
        assert_eq!(
            refusal(set_policy_line(&security, line(role, action, forbids), 0, None).await),
            refused,
            "{action}"
        );
    }
    // Who holds an office too does not widen it alone, and may narrow it.
    house.account(TAIYUAN, "both", vec![NewRole::city("security_admin"), NewRole::city("supervisor")]).await.unwrap();
    let both = as_account(&house, "both").await;
    let own = set_policy_line(&both, line("supervisor", "liaison.set", false), 0, None).await;
    assert_eq!(refusal(own), SetPolicyLine::OwnRole);
    assert!(lines(&house).await.is_empty());
    set_policy_line(&both, line("supervisor", "liaison.read", true), 0, None).await.unwrap();
}

#[tokio::test]
async fn lines_are_set_listed_explained_and_taken_back_through_the_interface() {
    let (house, _dir, security) = offices().await;
    let both = vec![NewRole::city("bureau_officer"), NewRole::city("supervisor")];
    let wangfang = house.account(TAIYUAN, "wangfang", both).await.unwrap();
    let set = "mutation($i: PolicyLineInput!, $k: String) { setPolicyLine(input: $i, version: 0, idempotencyKey: $k) {
        ... on PolicyLine { id role { name } action { name title } effect setAt }
        ... on SetPolicyLineRefused { code field message current { id version } } } }";
    let input = json!({"role": "supervisor", "action": "liaison.read", "effect": "DENY"});
    let made = ask(&security, set, json!({"i": input, "k": "once"})).await;
    let made = &made["data"]["setPolicyLine"];
    assert_eq!(made["action"], json!({"name": "liaison.read", "title": "查看工作对接人"}), "{made}");
    assert_eq!((&made["effect"], &made["role"]["name"]), (&json!("DENY"), &json!("supervisor")));
    let again = ask(&security, set, json!({"i": input, "k": "once"})).await;
    assert_eq!(&again["data"]["setPolicyLine"], made, "sent twice, done once");
    let refused = ask(&security, set, json!({"i": {"role": "king", "action": "x.y", "effect": "ALLOW"}})).await;
    assert_eq!(refused["data"]["setPolicyLine"]["field"], "role", "{refused}");
    let clash = ask(&security, set, json!({"i": input})).await["data"]["setPolicyLine"].clone();
    assert_eq!((&clash["code"], &clash["current"]["id"]), (&json!("CONFLICT"), &made["id"]), "{clash}");
    let explain =
        "query($id: ID!) { explainAccess(accountId: $id, action: \"liaison.read\") { allowed reason decidedBy } }";
    let id = security.gid("Account", wangfang);
    let why = ask(&security, explain, json!({"id": id})).await["data"]["explainAccess"].clone();
    assert_eq!(why["decidedBy"], "supervisor, *, liaison, read, deny");
    assert!(why["reason"].as_str().unwrap().contains("禁止优先于允许"), "{why}");
    let list = "{ policyLines { edges { node { id effect } } } }";
    let listed = ask(&security, list, json!({})).await;
    assert_eq!(listed["data"]["policyLines"]["edges"][0]["node"]["id"], made["id"]);
    let officer = as_account(&house, "wangfang").await;
    assert_eq!(ask(&officer, list, json!({})).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let back = "mutation($id: ID!) { withdrawPolicyLine(id: $id, version: 1) { ... on PolicyLineWithdrawn { id }
        ... on WithdrawPolicyLineRefused { code } } }";
    let gone = ask(&security, back, json!({"id": made["id"]})).await;
    assert_eq!(gone["data"]["withdrawPolicyLine"]["id"], made["id"]);
    let gone = ask(&security, back, json!({"id": made["id"]})).await;
    assert_eq!(gone["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn each_change_of_policy_is_in_the_audit_with_role_action_and_effect() {
    let (house, _dir, security) = offices().await;
    let set = set_policy_line(&security, line("supervisor", "liaison.read", true), 0, None).await.unwrap();
    withdraw_policy_line(&security, set.id, 1, None).await.unwrap();
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let entries = audit_entry::Entity::find().order_by_asc(audit_entry::Column::Id).all(&ctx.scope()).await.unwrap();
    let of = |action: &str| -> Vec<Value> {
        let mine = entries.iter().filter(|entry| entry.operation == action);
        mine.map(|entry| serde_json::to_value(&entry.detail).unwrap()).collect()
    };
    for action in ["policy.set", "policy.withdraw"] {
        let details = of(action);
        assert_eq!(details.len(), 1, "{action}");
        let told = details[0].to_string();
        assert!(told.contains("supervisor") && told.contains("liaison.read") && told.contains("deny"), "{told}");
    }
}

#[tokio::test]
async fn a_line_of_a_role_that_is_no_more_shortens_no_page() {
    let (house, _dir, security) = offices().await;
    for action in ["liaison.read", "liaison.set"] {
        set_policy_line(&security, line("supervisor", action, true), 0, None).await.unwrap();
    }
    // The newer of the two is of a role that this version does not have any more, and stands in front.
    let newer = lines(&house).await.pop().unwrap().id;
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let renamed: Result<(), Stop<Never>> = ctx
        .quietly(|tx| async move {
            let role = policy_line::Column::Role;
            let all = policy_line::Entity::update_many().col_expr(role, Expr::value("gatekeeper"));
            all.filter(policy_line::Column::Id.eq(newer)).exec(&tx).await?;
            Ok(())
        })
        .await;
    renamed.map_err(Stop::into_fault).unwrap();
    let list = "{ policyLines(first: 1) { edges { node { action { name } } } pageInfo { hasNextPage } } }";
    let page = ask(&security, list, json!({})).await["data"]["policyLines"].clone();
    assert_eq!(page["edges"][0]["node"]["action"]["name"], "liaison.read", "{page}");
    assert_eq!(page["pageInfo"]["hasNextPage"], false);
}
