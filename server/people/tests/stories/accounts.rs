//! Inviting, accepting, disabling, enabling (邀请、接受、停用、启用).

use chrono::Duration;
use entities::account;
use kernel::policy::ScopeKind;
use kernel::{Ctx, Fault, Once, Stop};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{
    AcceptInvitation, Claimed, CreateAccount, DisableAccount, EnableAccount, InviteAccount, InviteInput, NewAccount,
    NewRole, ResetTotp, WithdrawInvitation, accept_invitation, authenticate, create_account, disable_account,
    enable_account, invite_account, policy, reset_totp, withdraw_invitation,
};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use tempfile::TempDir;
use uuid::Uuid;

use super::common::{self, as_account, city, fault, letters, refusal};

fn input(email: &str) -> InviteInput {
    InviteInput {
        email: email.into(),
        display_name: "王芳".into(),
        role: "bureau_officer".to_owned(),
        kind: ScopeKind::City,
        key: None,
        department: Some("HRSS"),
    }
}

async fn offices() -> (House, TempDir, Ctx) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let system = as_account(&house, "system").await;
    (house, dir, system)
}

/// The token that stands in the last invitation that was mailed.
async fn token(house: &House) -> String {
    let letters = letters(house, TAIYUAN).await;
    let (_, text) = letters.iter().rfind(|(template, _)| template == "people.invitation").unwrap();
    let (_, after) = text.split_once("token=").unwrap();
    after.split_whitespace().next().unwrap().to_owned()
}

async fn invited(house: &House, system: &Ctx) -> (Uuid, String) {
    house.clock.advance(Duration::seconds(1));
    let id = invite_account(system, input("wangfang@example.com"), None).await.unwrap().id;
    (id, token(house).await)
}

#[tokio::test]
async fn an_invited_person_chooses_name_and_password_signs_in_and_enrols_a_second_factor_first() {
    let (house, _dir, system) = offices().await;
    let (_, token) = invited(&house, &system).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    accept_invitation(&stranger, &token, "WangFang", PASSWORD).await.unwrap();
    let typed = people::SignInInput { username: "wangfang".into(), password: PASSWORD.into(), totp: None };
    let people::SignedIn::Done { actor, .. } = people::sign_in(&stranger, typed, &common::HOME).await.unwrap() else {
        panic!()
    };
    let kernel::Actor::Account(account) = actor else { panic!() };
    assert_eq!((account.held[0].role.as_str(), account.restricted), ("bureau_officer", true));
    let told = letters(&house, TAIYUAN).await;
    let (_, text) = told.iter().find(|(template, _)| template == "people.newcomer").unwrap();
    assert!(text.contains("wangfang") && text.contains("市局经办人"), "{text}");
}

#[tokio::test]
async fn an_invitation_is_accepted_once_in_time_and_not_when_withdrawn() {
    let (house, _dir, system) = offices().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let accept = async |token: &str, name: &str| accept_invitation(&stranger, token, name, PASSWORD).await;
    let (id, first) = invited(&house, &system).await;
    assert_eq!(refusal(accept("yz_i_140100_guess", "wangfang").await), AcceptInvitation::InvalidToken);
    withdraw_invitation(&system, id, None).await.unwrap();
    assert_eq!(refusal(accept(&first, "wangfang").await), AcceptInvitation::InvalidToken);
    assert_eq!(refusal(withdraw_invitation(&system, id, None).await), WithdrawInvitation::AlreadyWithdrawn);

    let (_, second) = invited(&house, &system).await;
    house.clock.advance(Duration::days(7));
    assert_eq!(refusal(accept(&second, "wangfang").await), AcceptInvitation::Expired);

    let system = as_account(&house, "system").await;
    let (id, third) = invited(&house, &system).await;
    let datong = house.stranger("140200").await.unwrap();
    let elsewhere = accept_invitation(&datong, &third, "wangfang", PASSWORD).await;
    assert_eq!(refusal(elsewhere), AcceptInvitation::InvalidToken);
    accept(&third, "wangfang").await.unwrap();
    assert_eq!(refusal(accept(&third, "wangfang2").await), AcceptInvitation::InvalidToken);
    assert_eq!(refusal(withdraw_invitation(&system, id, None).await), WithdrawInvitation::AlreadyAccepted);
}

/// An account of this name with this address, made at the command line.
async fn made(house: &House, name: &str, email: &str) -> Result<Uuid, Stop<CreateAccount>> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let new = NewAccount { email: Some(email.into()), ..NewAccount::named(name, name) };
    ctx.transact(&policy::CREATE_ACCOUNT, |tx| async move { create_account(&tx, new).await }).await
}

async fn usernames(house: &House) -> Vec<String> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let rows = account::Entity::find().order_by_asc(account::Column::Username).all(&ctx.scope()).await.unwrap();
    rows.into_iter().map(|row| row.username).collect()
}

#[tokio::test]
async fn no_two_accounts_have_one_address_however_it_is_written_and_at_whatever_moment_they_come() {
    let (house, _dir, _) = offices().await;
    let (one, other) =
        tokio::join!(made(&house, "wangfang", "wang@example.com"), made(&house, "wangmin", "Wang@Example.com"));
    assert_ne!(one.is_ok(), other.is_ok(), "one has it: {one:?} {other:?}");
    assert_eq!(refusal(if one.is_ok() { other } else { one }), CreateAccount::EmailInUse);
    assert_eq!(refusal(made(&house, "third", "wang@example.com").await), CreateAccount::EmailInUse);
    let (one, other) = tokio::join!(made(&house, "liqiang", "a@example.com"), made(&house, "liqiang", "b@example.com"));
    assert_eq!(refusal(if one.is_ok() { other } else { one }), CreateAccount::UsernameTaken, "a name is a name");
    assert_eq!(usernames(&house).await.len(), 4, "security, system, one of the address and one of the name");
}

#[tokio::test]
async fn an_invitation_to_an_address_that_an_account_came_to_have_is_not_accepted() {
    let (house, _dir, system) = offices().await;
    let (id, token) = invited(&house, &system).await;
    made(&house, "wangfang", "WangFang@example.com").await.unwrap();
    let before = usernames(&house).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let accepted = accept_invitation(&stranger, &token, "wangfang2", PASSWORD).await;
    assert_eq!(refusal(accepted), AcceptInvitation::EmailInUse);
    assert_eq!(usernames(&house).await, before);
    withdraw_invitation(&system, id, None).await.unwrap();
}

#[tokio::test]
async fn whoever_accepts_while_another_account_gets_the_address_is_told() {
    let (house, _dir, system) = offices().await;
    let (_, token) = invited(&house, &system).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let (accepted, other) = tokio::join!(
        accept_invitation(&stranger, &token, "wangfang", PASSWORD),
        made(&house, "wangmin", "wangfang@example.com")
    );
    match (accepted, other) {
        (Ok(_), Err(Stop::Refused(CreateAccount::EmailInUse)))
        | (Err(Stop::Refused(AcceptInvitation::EmailInUse)), Ok(_)) => {}
        both => panic!("two have one address, or none has: {both:?}"),
    }
    assert_eq!(usernames(&house).await.len(), 3);
}

#[tokio::test]
async fn a_bad_name_or_password_is_refused_and_the_invitation_stays_good() {
    let (house, _dir, system) = offices().await;
    let (_, token) = invited(&house, &system).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let accept = async |name: &str, password: &str| accept_invitation(&stranger, &token, name, password).await;
    assert_eq!(refusal(accept("王芳", PASSWORD).await), AcceptInvitation::InvalidUsername);
    assert_eq!(refusal(accept("system", PASSWORD).await), AcceptInvitation::UsernameTaken);
    assert!(matches!(refusal(accept("wangfang", "short").await), AcceptInvitation::WeakPassword { .. }));
    let own_name = refusal(accept("wangfang", "Wangfang-2026").await);
    assert!(matches!(own_name, AcceptInvitation::WeakPassword { zh, .. } if zh.contains("用户名")));
    accept("wangfang", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn bad_invitations_are_refused_and_name_the_field() {
    let (house, _dir, system) = offices().await;
    let invite = async |input: InviteInput| refusal(invite_account(&system, input, None).await);
    assert_eq!(invite(input("wangfang")).await, InviteAccount::InvalidEmail);
    assert_eq!(invite(input("System@example.com")).await, InviteAccount::EmailInUse);
    let nameless = InviteInput { display_name: " ".into(), ..input("a@example.com") };
    assert_eq!(invite(nameless).await, InviteAccount::InvalidDisplayName);
    for role in ["system_admin", "security_admin", "audit_admin"] {
        let admin = InviteInput { role: role.into(), ..input("a@example.com") };
        assert_eq!(invite(admin).await, InviteAccount::AdministratorRole);
    }
    let unknown = InviteInput { role: "province_officer".into(), ..input("a@example.com") };
    assert_eq!(invite(unknown).await, InviteAccount::UnknownRole);
    let nowhere = InviteInput { kind: ScopeKind::County, key: Some("140105".into()), ..input("a@example.com") };
    assert!(matches!(invite(nowhere).await, InviteAccount::InvalidScope { .. }));
    let of_none = InviteInput { department: None, ..input("a@example.com") };
    assert_eq!(invite(of_none).await, InviteAccount::DepartmentNeeded);
    let of_another = InviteInput {
        role: "department_officer".into(),
        kind: ScopeKind::Department,
        key: Some("FINANCE".into()),
        ..input("a@example.com")
    };
    assert_eq!(invite(of_another).await, InviteAccount::OtherDepartment);
    assert!(letters(&house, TAIYUAN).await.is_empty());
    invite_account(&system, input("a@example.com"), None).await.unwrap();
    assert_eq!(invite(input("A@example.com")).await, InviteAccount::AlreadyInvited);
}

#[tokio::test]
async fn an_invitation_sent_twice_with_one_key_is_one_invitation() {
    let (house, _dir, system) = offices().await;
    let once = || Once::from(Some("k1".to_owned()), &"same");
    let first = invite_account(&system, input("a@example.com"), once()).await.unwrap();
    let again = invite_account(&system, input("a@example.com"), once()).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(letters(&house, TAIYUAN).await.len(), 1);
}

#[tokio::test]
async fn only_the_system_administrator_invites_and_disables() {
    let (house, _dir, _system) = offices().await;
    let clerk = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    for name in ["security", "liwei"] {
        let ctx = as_account(&house, name).await;
        assert!(matches!(fault(invite_account(&ctx, input("a@example.com"), None).await), Fault::Forbidden));
        assert!(matches!(fault(disable_account(&ctx, clerk, 1, "离职", None).await), Fault::Forbidden));
    }
    assert!(letters(&house, TAIYUAN).await.is_empty());
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once_and_may_come_back() {
    let (house, _dir, system) = offices().await;
    let clerk = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Actor(_)));
    assert_eq!(refusal(disable_account(&system, clerk, 1, "  ", None).await), DisableAccount::ReasonNeeded);
    let stale = refusal(disable_account(&system, clerk, 9, "离职", None).await);
    assert_eq!(stale, DisableAccount::Conflict { current: 1 });
    disable_account(&system, clerk, 1, "离职", None).await.unwrap();
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));
    house.clock.advance(Duration::seconds(30));
    let typed = people::SignInInput { username: "liwei".into(), password: PASSWORD.into(), totp: Some(house.code()) };
    let refused = people::sign_in(&ctx, typed, &common::HOME).await;
    assert_eq!(refusal(refused), people::SignIn::InvalidCredentials);

    assert_eq!(refusal(disable_account(&system, clerk, 2, "离职", None).await), DisableAccount::AlreadyDisabled);
    enable_account(&system, clerk, 2, None).await.unwrap();
    assert_eq!(refusal(enable_account(&system, clerk, 3, None).await), EnableAccount::NotDisabled);
    house.clock.advance(Duration::seconds(30));
    common::signed_in(&house, "liwei", &common::HOME).await;
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));
}

#[tokio::test]
async fn neither_oneself_nor_the_last_administrator_can_be_disabled() {
    let (house, _dir, system) = offices().await;
    let me = system.account().unwrap().id;
    assert_eq!(refusal(disable_account(&system, me, 1, "离职", None).await), DisableAccount::OwnAccount);
    let security = as_account(&house, "security").await.account().unwrap().id;
    let refused = refusal(disable_account(&system, security, 1, "离职", None).await);
    assert!(matches!(refused, DisableAccount::LastAdministrator { zh, .. } if zh == "安全管理员"));
}

#[tokio::test]
async fn a_lost_second_factor_is_taken_away_and_its_owner_hears_of_it() {
    let (house, _dir, system) = offices().await;
    let clerk = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let token = common::signed_in(&house, "liwei", &common::HOME).await;
    reset_totp(&system, clerk, 1, "手机遗失", None).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));
    assert_eq!(letters(&house, TAIYUAN).await.last().unwrap().0, "people.totp_reset");
    assert_eq!(refusal(reset_totp(&system, clerk, 2, "手机遗失", None).await), ResetTotp::NotEnrolled);
    let me = system.account().unwrap().id;
    assert_eq!(refusal(reset_totp(&system, me, 1, "手机遗失", None).await), ResetTotp::OwnAccount);
}
