//! The chapter through GraphQL (接口).

use chrono::Duration;
use kernel::policy::ScopeKind;
use kernel::{Ctx, Lang};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{AssignInput, NewAccount, NewRole, assign_role};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::common::{as_account, ask, city};

#[tokio::test]
async fn signing_in_answers_with_the_token_and_who_it_is() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let query = "mutation($i: SignInInput!) { signIn(input: $i) { __typename
        ... on SignedIn { token viewer { permissions mustEnrolTotp mustChangePassword tenant { code slug provinceCode }
            session { current ipMasked } account { username emailMasked staff totpEnabled
            roles { role { name title } scopeKind scopeKey scopeLabel } } } }
        ... on TotpRequired { message } ... on SignInRefused { code message field } } }";
    let input =
        |totp: Option<String>, password: &str| json!({"i": {"username": "liwei", "password": password, "totp": totp}});
    let asked = ask(&ctx, query, input(None, PASSWORD)).await;
    assert_eq!(asked["data"]["signIn"]["__typename"], "TotpRequired");
    let refused = ask(&ctx, query, input(None, "wrong")).await;
    assert_eq!(refused["data"]["signIn"]["code"], "INVALID_CREDENTIALS");
    let done = ask(&ctx, query, input(Some(house.code()), PASSWORD)).await;
    let viewer = &done["data"]["signIn"]["viewer"];
    assert_eq!(viewer["tenant"], json!({"code": "140100", "slug": "taiyuan", "provinceCode": "140000"}), "{done}");
    assert_eq!(viewer["session"], json!({"current": true, "ipMasked": "59.49.12.0/24"}));
    assert_eq!(viewer["account"]["emailMasked"], "l***@example.com");
    assert_eq!(viewer["account"]["roles"][0]["scopeLabel"], "太原市");
    assert_eq!(viewer["account"]["roles"][0]["role"]["title"], "市局经办人");
    let permissions = viewer["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("liaison.set")) && !permissions.contains(&json!("role.assign")));
}

#[tokio::test]
async fn a_stranger_is_nobody_and_sees_no_list() {
    let (house, _dir) = city().await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let seen = ask(&ctx, "{ me { permissions } }", json!({})).await;
    assert_eq!(seen["data"]["me"], Value::Null);
    assert_eq!(seen["errors"], Value::Null);
    let lists =
        "{ accounts { edges { cursor } } roles { name } invitations { edges { cursor } } apiKeys { edges { cursor } }
        apiScopes mySessions { id } liaison { name } liaisonHistory { name } }";
    let refused = ask(&ctx, lists, json!({})).await;
    let data = refused["data"].as_object().unwrap();
    assert!(data.values().all(Value::is_null), "{refused}");
    let errors = refused["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 8);
    assert!(errors.iter().all(|e| e["extensions"]["code"] == "UNAUTHENTICATED"), "{refused}");
}

async fn offices() -> (House, tempfile::TempDir, Ctx) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    for n in 0..25 {
        house.account(TAIYUAN, &format!("clerk{n:02}"), vec![NewRole::city("supervisor")]).await.unwrap();
    }
    let ctx = as_account(&house, "security").await;
    (house, dir, ctx)
}

#[tokio::test]
async fn accounts_are_read_by_pages_searched_and_cost_the_same_however_many() {
    let (house, _dir, ctx) = offices().await;
    let query =
        "query($n: Int, $a: String, $f: AccountFilter) { accounts(first: $n, after: $a, filter: $f) { totalCount
        pageInfo { hasNextPage endCursor } edges { node { username roles { role { name } } } } } }";
    let names = |page: &Value| -> Vec<String> {
        let edges = page["data"]["accounts"]["edges"].as_array().unwrap();
        edges.iter().map(|e| e["node"]["username"].as_str().unwrap().to_owned()).collect()
    };
    let (mut after, mut seen) = (Value::Null, Vec::new());
    loop {
        let page = ask(&ctx, query, json!({"n": 10, "a": after})).await;
        assert_eq!(page["data"]["accounts"]["totalCount"], 26);
        seen.extend(names(&page));
        let info = &page["data"]["accounts"]["pageInfo"];
        if info["hasNextPage"] == false {
            break;
        }
        after = info["endCursor"].clone();
    }
    assert_eq!(seen.len(), 26);
    assert!(seen.is_sorted());
    let found = ask(&ctx, query, json!({"f": {"search": "RK2"}})).await;
    assert_eq!(names(&found), ["clerk20", "clerk21", "clerk22", "clerk23", "clerk24"]);
    assert_eq!(names(&ask(&ctx, query, json!({"f": {"search": "%"}})).await), [] as [&str; 0]);
    assert_eq!(
        names(&ask(&ctx, query, json!({"f": {"role": "security_admin", "status": "ACTIVE"}})).await),
        ["security"]
    );
    // A cursor of one list is refused in another.
    let stolen = ask(&ctx, query, json!({"a": after, "f": {"search": "rk"}})).await;
    assert_eq!(stolen["errors"][0]["extensions"]["code"], "INVALID_REQUEST");
    let mut costs = Vec::new();
    for n in [2, 25] {
        let ctx = house.kernel.ctx(TAIYUAN, ctx.actor().clone(), Lang::Zh).await.unwrap();
        ask(&ctx, query, json!({"n": n})).await;
        costs.push(ctx.counters().statements());
    }
    assert_eq!(costs, [3, 3], "accounts, roles, count");
}

#[tokio::test]
async fn why_somebody_may_not_is_told_in_plain_words() {
    let (house, _dir, ctx) = offices().await;
    let id = house.account(TAIYUAN, "liwei", Vec::new()).await.unwrap();
    let query =
        "query($id: ID!, $a: String!) { explainAccess(accountId: $id, action: $a) { allowed reason decidedBy roles } }";
    let explain = async |ctx: &Ctx, action: &str| {
        let answer = ask(ctx, query, json!({"id": ctx.gid("Account", id).to_string(), "a": action})).await;
        answer["data"]["explainAccess"].clone()
    };
    let none = explain(&ctx, "liaison.set").await;
    assert_eq!(none["allowed"], false);
    assert_eq!(none["reason"], "不可“设置工作对接人”：所持角色均不含此项权限；需要的角色：市局经办人。");
    let role = AssignInput {
        account: id,
        role: "bureau_officer".into(),
        kind: ScopeKind::City,
        key: None,
        until: Some(ctx.today()),
    };
    assign_role(&ctx, role, None).await.unwrap();
    let granted = explain(&ctx, "liaison.set").await;
    assert_eq!(granted["allowed"], true);
    assert_eq!(granted["decidedBy"], "bureau_officer, *, liaison, set, allow");
    assert_eq!(granted["roles"], json!(["bureau_officer"]));
    house.clock.advance(Duration::days(1));
    let ctx = as_account(&house, "security").await;
    assert_eq!(explain(&ctx, "liaison.set").await["reason"], "不可“设置工作对接人”：角色市局经办人已过有效期。");
    assert_eq!(explain(&ctx, "liaison.dance").await, Value::Null);
    let clerk = as_account(&house, "clerk00").await;
    assert_eq!(explain(&clerk, "liaison.set").await, Value::Null);
}

#[tokio::test]
async fn a_refusal_is_data_with_code_field_and_a_message_in_the_callers_language() {
    let (house, _dir, ctx) = offices().await;
    let english = house.kernel.ctx(TAIYUAN, ctx.actor().clone(), Lang::En).await.unwrap();
    let me = ctx.gid("Account", ctx.account().unwrap().id).to_string();
    let query = "mutation($i: AssignRoleInput!) { assignRole(input: $i) { __typename
        ... on Account { id } ... on AssignRoleRefused { code message field } } }";
    let input = json!({"i": {"accountId": me, "role": "supervisor", "scopeKind": "CITY"}});
    let answer = ask(&english, query, input).await;
    let refused = &answer["data"]["assignRole"];
    assert_eq!(refused["__typename"], "AssignRoleRefused", "{answer}");
    assert_eq!((refused["code"].as_str(), refused["field"].as_str()), (Some("OWN_ACCOUNT"), Some("accountId")));
    assert!(refused["message"].as_str().unwrap().starts_with("You cannot assign a role to yourself"));
}

#[tokio::test]
async fn an_account_is_found_by_its_whole_working_name_which_lies_sealed() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let new = NewAccount { password: Some(house.password()), ..NewAccount::named("ouyang", "欧阳 建国") };
    house.new_account(TAIYUAN, new).await.unwrap();
    let system = as_account(&house, "system").await;
    let found = async |search: &str| {
        let query = "query($s: String!) { accounts(filter: { search: $s }) { edges { node { displayName } } } }";
        let answer = ask(&system, query, json!({ "s": search })).await;
        let edges = answer["data"]["accounts"]["edges"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        edges.iter().map(|edge| edge["node"]["displayName"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("欧阳  建国").await, ["欧阳 建国"]);
    assert_eq!(found("uyan").await, ["欧阳 建国"], "part of the user name");
    assert_eq!(found("欧阳").await, Vec::<String>::new(), "part of the working name is not found");
    let rows = entities::account::Entity::find().all(&system.scope()).await.unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        for sealed in [row.display_name, row.display_name_index] {
            assert!(!sealed.is_empty() && !sealed.windows("欧阳".len()).any(|part| part == "欧阳".as_bytes()));
        }
    }
}
