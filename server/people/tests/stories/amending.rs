//! Amending an account (修改账号).

use entities::{account, audit_entry, mail, role_assignment};
use kernel::{Ctx, Fault, Lang, Once};
use people::testing::{House, TAIYUAN};
use people::{
    AmendAccount, AmendInput, AssignInput, Claimed, LiaisonInput, NewRole, amend_account, assign_role, authenticate,
    disable_account, erase_personal_data, set_liaison, withdraw_role,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{self, as_account, ask, city, fault, letters, refusal};

fn input(name: &str, email: Option<&str>) -> AmendInput {
    AmendInput { display_name: name.into(), email: email.map(Into::into), department: Some("HRSS"), lang: None }
}

/// A city with its system and security administrator, who act, and a clerk.
async fn offices() -> (House, TempDir, Ctx, Ctx, Uuid) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let clerk = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let (system, security) = (as_account(&house, "system").await, as_account(&house, "security").await);
    (house, dir, system, security, clerk)
}

async fn row(house: &House, id: Uuid) -> account::Model {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    account::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap()
}

/// The working name and the address, opened.
async fn values(house: &House, id: Uuid) -> (String, Option<String>) {
    let (ring, row) = (house.itself(TAIYUAN).await.unwrap().keys().await.unwrap(), row(house, id).await);
    let open = |column: &str, sealed: &[u8]| ring.open("account", column, id, sealed).unwrap().expose().clone();
    (open("display_name", &row.display_name), row.email.as_deref().map(|email| open("email", email)))
}

#[tokio::test]
async fn an_account_is_amended_its_session_goes_on_and_the_former_address_is_told() {
    let (house, _dir, system, _, clerk) = offices().await;
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    let new =
        AmendInput { department: Some("FINANCE"), lang: Some(Lang::En), ..input(" 王芳 ", Some("fang@Example.org")) };
    let done = amend_account(&system, clerk, 1, new, None).await.unwrap();
    assert_eq!((done.id, done.version), (clerk, 2));
    assert_eq!(values(&house, clerk).await, ("王芳".to_owned(), Some("fang@example.org".to_owned())));
    let row = row(&house, clerk).await;
    assert_eq!((row.department.as_deref(), row.lang.as_str(), row.version), (Some("FINANCE"), "en", 2));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&stranger, &token, None).await.unwrap(), Claimed::Actor(_)));

    let written = mail::Entity::find().order_by_asc(mail::Column::Id).all(&stranger.scope()).await.unwrap();
    let to: Vec<_> = written.iter().map(|m| (m.template.as_str(), m.recipient_masked.as_str())).collect();
    assert_eq!(to, [("people.address_changed", "l***@example.com")], "the former address");
    let (_, text) = letters(&house, TAIYUAN).await.pop().unwrap();
    assert!(text.contains("liwei") && !text.contains("fang"), "{text}");

    // Whoever leaves the address empty keeps it, and nobody is told.
    amend_account(&system, clerk, 2, input("王芳芳", Some(" ")), None).await.unwrap();
    assert_eq!(values(&house, clerk).await, ("王芳芳".to_owned(), Some("fang@example.org".to_owned())));
    assert_eq!(letters(&house, TAIYUAN).await.len(), 1);
}

#[tokio::test]
async fn the_audit_says_which_fields_were_amended_and_no_value_of_them() {
    let (house, _dir, system, _, clerk) = offices().await;
    amend_account(&system, clerk, 1, input("王芳", Some("fang@example.org")), None).await.unwrap();
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let named = audit_entry::Entity::find().filter(audit_entry::Column::Operation.eq("account.amend"));
    let entry = named.one(&ctx.scope()).await.unwrap().unwrap();
    assert_eq!((entry.result.as_str(), entry.subject_id), ("DONE", Some(clerk)));
    assert_eq!(entry.detail["fields"], json!(["displayName", "email"]));
    let text = serde_json::to_string(&entry.detail).unwrap();
    assert!(!text.contains("王芳") && !text.contains("example"), "{text}");
}

#[tokio::test]
async fn what_is_no_name_no_address_or_anothers_changes_nothing() {
    let (house, _dir, system, _, clerk) = offices().await;
    let before = row(&house, clerk).await;
    let amend = async |version: i32, new: AmendInput| amend_account(&system, clerk, version, new, None).await;
    assert_eq!(refusal(amend(1, input("  ", None)).await), AmendAccount::InvalidDisplayName);
    assert_eq!(refusal(amend(1, input("王芳", Some("wang"))).await), AmendAccount::InvalidEmail);
    assert_eq!(refusal(amend(1, input("王芳", Some("System@Example.com"))).await), AmendAccount::EmailInUse);
    assert_eq!(refusal(amend(9, input("王芳", None)).await), AmendAccount::Conflict { current: 1 });
    assert_eq!(refusal(amend(1, input("liwei", Some("liwei@example.com"))).await), AmendAccount::Unchanged);
    let nowhere = AmendInput { department: None, ..input("王芳", None) };
    assert_eq!(refusal(amend(1, nowhere).await), AmendAccount::DepartmentNeeded, "an officer keeps a department");
    assert_eq!(row(&house, clerk).await, before);
    assert!(letters(&house, TAIYUAN).await.is_empty());
    amend(1, input("liwei", Some("LiWei@example.com"))).await.unwrap();
    assert_eq!(values(&house, clerk).await.1.as_deref(), Some("LiWei@example.com"), "one's own, written otherwise");
}

#[tokio::test]
async fn of_two_accounts_given_one_address_at_one_moment_one_gets_it() {
    let (house, _dir, system, _, clerk) = offices().await;
    let other = house.account(TAIYUAN, "wangfang", Vec::new()).await.unwrap();
    let new = || input("同名", Some("shared@example.org"));
    let (one, two) =
        tokio::join!(amend_account(&system, clerk, 1, new(), None), amend_account(&system, other, 1, new(), None));
    assert_ne!(one.is_ok(), two.is_ok(), "one gets it: {one:?} {two:?}");
    assert_eq!(refusal(if one.is_ok() { two } else { one }), AmendAccount::EmailInUse);
    let have = [values(&house, clerk).await.1, values(&house, other).await.1];
    assert_eq!(have.iter().filter(|email| email.as_deref() == Some("shared@example.org")).count(), 1);
    assert_eq!(letters(&house, TAIYUAN).await.len(), 1, "one address was given up");
}

#[tokio::test]
async fn only_the_system_administrator_amends_accounts_and_the_own_as_well() {
    let (house, _dir, system, security, clerk) = offices().await;
    let before = row(&house, clerk).await;
    for ctx in [&security, &as_account(&house, "liwei").await] {
        assert!(matches!(fault(amend_account(ctx, clerk, 1, input("王芳", None), None).await), Fault::Forbidden));
    }
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(
        fault(amend_account(&stranger, clerk, 1, input("王芳", None), None).await),
        Fault::Unauthenticated
    ));
    let mut after = row(&house, clerk).await;
    after.last_sign_in_at = before.last_sign_in_at;
    after.totp_last_step = before.totp_last_step;
    assert_eq!(after, before);
    let me = system.account().unwrap().id;
    let once = || Once::from(Some("k1".to_owned()), &"same");
    let first = amend_account(&system, me, 1, input("赵敏", Some("min@example.org")), once()).await.unwrap();
    let again = amend_account(&system, me, 1, input("赵敏", Some("min@example.org")), once()).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(values(&house, me).await, ("赵敏".to_owned(), Some("min@example.org".to_owned())));
    assert!(system.account().is_ok() && letters(&house, TAIYUAN).await.len() == 1);
}

#[tokio::test]
async fn the_address_of_a_security_or_audit_administrator_takes_two_persons_to_change() {
    let (house, _dir, system, security, clerk) = offices().await;
    let assign = |role: &str| {
        let kind = kernel::policy::ScopeKind::City;
        assign_role(
            &security,
            AssignInput { account: clerk, role: role.to_owned(), kind, key: None, until: None },
            None,
        )
    };
    assign("audit_admin").await.unwrap();
    let before = row(&house, clerk).await;
    let refused = amend_account(&system, clerk, before.version, input("王芳", Some("mine@example.org")), None).await;
    assert_eq!(refusal(refused), AmendAccount::GuardedAddress, "a reset password would go there");
    assert_eq!(row(&house, clerk).await, before);
    amend_account(&system, clerk, before.version, input("王芳", None), None).await.unwrap();
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let held = role_assignment::Entity::find().filter(role_assignment::Column::Role.eq("audit_admin"));
    let held = held.one(&ctx.scope()).await.unwrap().unwrap().id;
    // There must be another one first.
    house.account(TAIYUAN, "audit", vec![NewRole::city("audit_admin")]).await.unwrap();
    withdraw_role(&security, held, None).await.unwrap();
    let version = row(&house, clerk).await.version;
    amend_account(&system, clerk, version, input("王芳", Some("fang@example.org")), None).await.unwrap();
}

#[tokio::test]
async fn whoever_amends_too_late_sees_the_newest_state() {
    let (_house, _dir, system, _, clerk) = offices().await;
    let query = "mutation($id: ID!, $v: Int!, $i: AmendAccountInput!) { amendAccount(id: $id, version: $v, input: $i) {
        ... on Account { displayName emailMasked department lang version }
        ... on AmendAccountRefused { code field current { displayName version } } } }";
    let id = system.gid("Account", clerk);
    let amend = async |version: i32, name: &str| {
        let new = json!({"displayName": name, "email": "fang@example.org", "department": "HOUSING", "lang": "EN"});
        ask(&system, query, json!({"id": id, "v": version, "i": new})).await["data"]["amendAccount"].take()
    };
    let done = json!({"displayName": "王芳", "emailMasked": "f***@example.org", "department": "HOUSING", "lang": "EN", "version": 2});
    assert_eq!(amend(1, "王芳").await, done);
    let late = json!({"code": "CONFLICT", "field": "version", "current": {"displayName": "王芳", "version": 2}});
    assert_eq!(amend(1, "李强").await, late);
}

#[tokio::test]
async fn the_address_of_the_present_liaison_person_is_the_bureaus_to_change_and_a_former_one_is_still_the_same_person()
{
    let (house, _dir, system, security, clerk) = offices().await;
    let officer = as_account(&house, "liwei").await;
    let person = LiaisonInput {
        name: "李伟".into(),
        unit: "太原市人力资源和社会保障局".to_owned(),
        position: "就业科科长".to_owned(),
        phone: "13800001234".into(),
        email: Some("liwei@example.com".into()),
    };
    set_liaison(&officer, person.clone(), 0, None).await.unwrap();
    let moved = async || amend_account(&system, clerk, 1, input("李伟", Some("wei@example.org")), None).await;
    assert_eq!(refusal(moved().await), AmendAccount::PresentLiaison);
    let next = LiaisonInput { name: "王芳".into(), email: Some("wangfang@example.com".into()), ..person };
    set_liaison(&officer, next, 1, None).await.unwrap();
    moved().await.unwrap();
    disable_account(&system, clerk, 2, "离职", None).await.unwrap();
    erase_personal_data(&security, clerk, 3, "本人书面申请", None).await.unwrap();
    let left = ask(&officer, "{ liaisonHistory { name } }", json!({})).await;
    assert_eq!(
        left["data"]["liaisonHistory"],
        json!([{"name": "王芳"}]),
        "the former one went with the person: {left}"
    );
}
