//! Personal values (个人信息): shown for a reason, handed out, erased.

use chrono::Duration;
use entities::{audit_entry, idempotency};
use kernel::ctx::{AccountActor, Via};
use kernel::house::operations::reveal_personal_value::{RevealPersonalValue, reveal_personal_value};
use kernel::personal::PersonalField::{self, Email, Name, Phone};
use kernel::policy::ScopeKind;
use kernel::{Actor, Ctx, Fault, Pii, Stop};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{
    InviteInput, LiaisonInput, NewRole, SignInInput, SignedIn, invite_account, province_liaisons, set_liaison, sign_in,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{HOME, as_account, city, fault, refusal};

const REASON: &str = "来电核实本人邮箱";

/// A city with a system administrator, who asks, and a clerk, about whom is asked.
async fn town() -> (House, TempDir, Ctx, Uuid) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let clerk = house.account(TAIYUAN, "clerk", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let system = as_account(&house, "system").await;
    (house, dir, system, clerk)
}

async fn reveal(
    ctx: &Ctx,
    kind: &str,
    id: Uuid,
    field: PersonalField,
    reason: &str,
) -> Result<Pii<String>, Stop<RevealPersonalValue>> {
    reveal_personal_value(ctx, &ctx.gid(kind, id), field, reason).await
}

async fn shown(house: &House, operation: &str) -> Vec<audit_entry::Model> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let named = audit_entry::Entity::find().filter(audit_entry::Column::Operation.eq(operation));
    named.all(&ctx.scope()).await.unwrap()
}

#[tokio::test]
async fn an_address_is_shown_for_a_reason_and_the_audit_keeps_the_reason_and_not_the_address() {
    let (house, _dir, system, clerk) = town().await;
    let value = reveal(&system, "Account", clerk, Email, REASON).await.unwrap();
    assert_eq!(value.expose(), "clerk@example.com");
    let entries = shown(&house, "account.reveal").await;
    assert_eq!((entries.len(), entries[0].result.as_str(), entries[0].subject_id), (1, "DONE", Some(clerk)));
    assert_eq!(entries[0].detail["field"], "email");
    let kept = entries[0].detail.to_string();
    assert!(!kept.contains(REASON) && !kept.contains("clerk@example.com"), "{kept}");
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let filter = kernel::house::queries::audit::EntryFilter {
        operation: Some("account.reveal".to_owned()),
        ..Default::default()
    };
    let read = kernel::house::queries::audit::entries(&ctx, &filter, None, 10).await.unwrap();
    assert_eq!(read[0].0.detail["reason"], REASON, "whoever may read the audit reads the reason");
    assert_eq!(idempotency::Entity::find().all(&ctx.scope()).await.unwrap().len(), 0);
}

#[tokio::test]
async fn without_a_reason_a_role_a_screen_or_an_address_nothing_is_shown_and_the_audit_says_so() {
    let (house, _dir, system, clerk) = town().await;
    for short in ["", "核实", "   核实   ", &"长".repeat(201)] {
        let refused = refusal(reveal(&system, "Account", clerk, Email, short).await);
        assert_eq!(refused, RevealPersonalValue::ReasonNeeded { least: 4, most: 200 });
    }
    let officer = as_account(&house, "clerk").await;
    assert!(matches!(fault(reveal(&officer, "Account", clerk, Email, REASON).await), Fault::Forbidden));
    let key = system.account().unwrap().clone();
    let scopes = ["account.*".to_owned()].into();
    let key = Actor::Account(AccountActor { via: Via::ApiKey { id: clerk, scopes }, ..key });
    let key = system.as_actor(key);
    assert!(matches!(fault(reveal(&key, "Account", clerk, Email, REASON).await), Fault::Forbidden));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(fault(reveal(&stranger, "Account", clerk, Email, REASON).await), Fault::Unauthenticated));
    let results: Vec<String> = shown(&house, "account.reveal").await.into_iter().map(|e| e.result).collect();
    assert_eq!(results.iter().filter(|r| *r == "REFUSED").count(), 4);
    assert_eq!(results.iter().filter(|r| *r == "FORBIDDEN").count(), 3);
    for (kind, field) in [("Account", Phone), ("Market", Email), ("Session", Name)] {
        assert!(matches!(fault(reveal(&system, kind, clerk, field, REASON).await), Fault::NotFound));
    }
}

#[tokio::test]
async fn another_citys_account_is_not_found_and_leaves_no_trace() {
    let (house, _dir, system, _) = town().await;
    let there = house.account("140200", "clerk", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let abroad = house.itself("140200").await.unwrap().gid("Account", there);
    let asked = reveal_personal_value(&system, &abroad, Email, REASON).await;
    assert!(matches!(fault(asked), Fault::NotFound));
    assert!(matches!(fault(reveal(&system, "Account", there, Email, REASON).await), Fault::NotFound));
    assert!(shown(&house, "account.reveal").await.iter().all(|entry| entry.result == "FAILED"));
}

#[tokio::test]
async fn the_twenty_first_within_an_hour_is_refused_and_says_when_to_come_again() {
    let (house, _dir, system, clerk) = town().await;
    for _ in 0..20 {
        reveal(&system, "Account", clerk, Email, REASON).await.unwrap();
        house.clock.advance(Duration::minutes(1));
    }
    let refused = refusal(reveal(&system, "Account", clerk, Email, REASON).await);
    assert_eq!(refused, RevealPersonalValue::TooMany { most: 20, minutes: 41 });
    house.clock.advance(Duration::minutes(41));
    let system = as_account(&house, "system").await;
    reveal(&system, "Account", clerk, Email, REASON).await.unwrap();
    assert_eq!(shown(&house, "account.reveal").await.iter().filter(|e| e.result == "DONE").count(), 21);
}

#[tokio::test]
async fn of_many_at_once_no_more_than_twenty_are_shown() {
    let (house, _dir, system, clerk) = town().await;
    let asked = (0..24).map(|_| reveal(&system, "Account", clerk, Email, REASON));
    let done = futures_util::future::join_all(asked).await;
    assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 20);
    assert_eq!(shown(&house, "account.reveal").await.iter().filter(|e| e.result == "DONE").count(), 20);
}

#[tokio::test]
async fn invited_and_liaison_persons_are_shown_to_those_who_see_them_masked() {
    let (house, _dir, system, _) = town().await;
    let input = InviteInput {
        email: "newcomer@example.com".into(),
        display_name: "王芳".into(),
        role: "county_officer".to_owned(),
        kind: ScopeKind::County,
        key: Some("140105".to_owned()),
        department: Some("HRSS"),
    };
    let invited = invite_account(&system, input, None).await.unwrap().id;
    assert_eq!(reveal(&system, "Invitation", invited, Email, REASON).await.unwrap().expose(), "newcomer@example.com");

    let clerk = as_account(&house, "clerk").await;
    let person = LiaisonInput {
        name: "张伟".into(),
        unit: "太原市人力资源和社会保障局".to_owned(),
        position: "就业科科长".to_owned(),
        phone: "13800001234".into(),
        email: None,
    };
    let named = set_liaison(&clerk, person, 0, None).await.unwrap().id;
    let county = NewRole { kind: ScopeKind::County, key: "140105".to_owned(), ..NewRole::city("county_officer") };
    house.account(TAIYUAN, "county", vec![county]).await.unwrap();
    let county = as_account(&house, "county").await;
    assert!(matches!(fault(reveal(&system, "Liaison", named, Name, REASON).await), Fault::Forbidden));
    assert_eq!(reveal(&clerk, "Liaison", named, Name, REASON).await.unwrap().expose(), "张伟");
    assert_eq!(reveal(&county, "Liaison", named, Phone, REASON).await.unwrap().expose(), "138 0000 1234");
    assert!(matches!(fault(reveal(&clerk, "Liaison", named, Email, REASON).await), Fault::NotFound), "it has none");

    let mut worker = kernel::worker::Worker::new(house.kernel.clone(), "test".to_owned());
    worker.drain(TAIYUAN).await.unwrap();
    let province = house.stranger("platform").await.unwrap();
    house.account("platform", "province", vec![NewRole::city("province_officer")]).await.unwrap();
    let typed = SignInInput { username: "province".into(), password: PASSWORD.into(), totp: Some(house.code()) };
    let Ok(SignedIn::Done { actor, .. }) = sign_in(&province, typed, &HOME).await else { panic!("not signed in") };
    let province = province.as_actor(actor);
    let liaison = province_liaisons(&province).await.unwrap().remove(0).liaison.unwrap();
    let value = reveal_personal_value(&province, &liaison.id, Phone, REASON).await.unwrap();
    assert_eq!(value.expose(), "138 0000 1234");
}
