//! One's own password, second factor and sessions (口令、动态口令、会话).

use chrono::Duration;
use entities::account;
use kernel::crypto::totp::{self, OtpHash};
use kernel::{Actor, Ctx, Fault, Place};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{
    BeginTotp, ChangePassword, Claimed, ConfirmTotp, NewAccount, NewRole, SignInInput, SignedIn, authenticate,
    begin_totp, change_password, confirm_totp, policy, revoke_session, sign_in, sign_out,
};
use sea_orm::EntityTrait as _;

use super::common::{self, HOME, STRANGE, as_account, city, fault, refusal, signed_in};

async fn clerk() -> (House, tempfile::TempDir) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    (house, dir)
}

async fn enters(house: &House, password: &str) -> bool {
    house.clock.advance(Duration::seconds(30));
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let typed = SignInInput { username: "liwei".into(), password: password.into(), totp: Some(house.code()) };
    matches!(sign_in(&ctx, typed, &HOME).await, Ok(SignedIn::Done { .. }))
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_not_the_present_one() {
    let (house, _dir) = clerk().await;
    let other = signed_in(&house, "liwei", &STRANGE).await;
    house.clock.advance(Duration::seconds(30));
    let present = signed_in(&house, "liwei", &HOME).await;
    let ctx = common::believed(&house, &present).await;
    change_password(&ctx, PASSWORD, "Rivers-7-Stones", &HOME).await.unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&stranger, &other, None).await.unwrap(), Claimed::Unknown));
    assert!(matches!(authenticate(&stranger, &present, None).await.unwrap(), Claimed::Actor(_)));
    assert!(!enters(&house, PASSWORD).await);
    assert!(enters(&house, "Rivers-7-Stones").await);
}

#[tokio::test]
async fn none_of_the_last_five_passwords_comes_back_and_the_sixth_may() {
    let (house, _dir) = clerk().await;
    let ctx = as_account(&house, "liwei").await;
    let all = [PASSWORD, "Rivers-7-A", "Rivers-7-B", "Rivers-7-C", "Rivers-7-D", "Rivers-7-E"];
    for pair in all.windows(2) {
        house.clock.advance(Duration::seconds(1));
        change_password(&ctx, pair[0], pair[1], &HOME).await.unwrap();
        let back = refusal(change_password(&ctx, pair[1], pair[0], &HOME).await);
        assert!(matches!(back, ChangePassword::WeakPassword { zh, .. } if zh.contains("最近 5 次")));
    }
    let first = refusal(change_password(&ctx, "Rivers-7-E", "Rivers-7-A", &HOME).await);
    assert!(matches!(first, ChangePassword::WeakPassword { .. }), "one of the last five");
    change_password(&ctx, "Rivers-7-E", PASSWORD, &HOME).await.unwrap();
}

#[tokio::test]
async fn whoever_guesses_at_the_present_password_is_stopped_like_at_sign_in() {
    let (house, _dir) = clerk().await;
    let ctx = as_account(&house, "liwei").await;
    for _ in 0..5 {
        let wrong = change_password(&ctx, "wrong", "Rivers-7-Stones", &HOME).await;
        assert_eq!(refusal(wrong), ChangePassword::WrongPassword);
        house.clock.advance(Duration::seconds(9));
    }
    let right = change_password(&ctx, PASSWORD, "Rivers-7-Stones", &HOME).await;
    assert_eq!(refusal(right), ChangePassword::TooManyAttempts { minutes: 20 });
}

#[tokio::test]
async fn on_the_ninety_first_day_a_new_password_is_due_and_nothing_else_goes_on() {
    let (house, _dir) = clerk().await;
    house.clock.advance(Duration::days(90));
    let ctx = as_account(&house, "liwei").await;
    assert!(ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
    house.clock.advance(Duration::days(1));
    let token = signed_in(&house, "liwei", &HOME).await;
    let ctx = common::believed(&house, &token).await;
    assert!(!ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
    assert!(matches!(fault(revoke_session(&ctx, uuid::Uuid::nil(), None).await), Fault::Forbidden));
    change_password(&ctx, PASSWORD, "Rivers-7-Stones", &HOME).await.unwrap();
    let ctx = common::believed(&house, &token).await;
    assert!(ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
}

async fn fresh(house: &House) -> Ctx {
    let new = NewAccount {
        password: Some(house.password()),
        roles: vec![NewRole::city("bureau_officer")],
        ..NewAccount::named("wangfang", "王芳")
    };
    house.new_account(TAIYUAN, new).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let typed = SignInInput { username: "wangfang".into(), password: PASSWORD.into(), totp: None };
    let SignedIn::Done { actor, .. } = sign_in(&ctx, typed, &HOME).await.unwrap() else { panic!() };
    ctx.as_actor(actor)
}

fn code(house: &House, secret: &str) -> String {
    use kernel::clock::Clock as _;
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    totp::code_at(&secret, OtpHash::Sha1, house.clock.now().timestamp().try_into().unwrap())
}

#[tokio::test]
async fn a_second_factor_counts_once_a_code_of_it_was_shown() {
    let (house, _dir) = city().await;
    let ctx = fresh(&house).await;
    assert_eq!(refusal(confirm_totp(&ctx, "123456").await), ConfirmTotp::NotBegun);
    let first = begin_totp(&ctx).await.unwrap();
    assert!(first.uri.starts_with("otpauth://totp/") && first.uri.contains("wangfang") && first.svg.contains("<svg"));
    let second = begin_totp(&ctx).await.unwrap();
    assert_eq!(refusal(confirm_totp(&ctx, &code(&house, &first.secret)).await), ConfirmTotp::WrongCode);
    confirm_totp(&ctx, &code(&house, &second.secret)).await.unwrap();
    assert!(matches!(refusal(begin_totp(&ctx).await.map(|_| ())), BeginTotp::AlreadyEnrolled));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let typed = |totp| SignInInput { username: "wangfang".into(), password: PASSWORD.into(), totp };
    let asked = sign_in(&stranger, typed(None), &HOME).await.unwrap();
    assert!(matches!(asked, SignedIn::TotpRequired { .. }));
    // The code that confirmed it is spent.
    assert!(sign_in(&stranger, typed(Some(code(&house, &second.secret))), &HOME).await.is_err());
    house.clock.advance(Duration::seconds(30));
    let done = sign_in(&stranger, typed(Some(code(&house, &second.secret))), &HOME).await.unwrap();
    let SignedIn::Done { actor: Actor::Account(account), .. } = done else { panic!() };
    assert!(!account.restricted);
}

#[tokio::test]
async fn what_takes_no_key_is_harmless_when_it_is_sent_again() {
    let (house, _dir) = city().await;
    let ctx = fresh(&house).await;
    let itself = house.itself(TAIYUAN).await.unwrap();
    let id = ctx.account().unwrap().id;
    let row = async || account::Entity::find_by_id(id).one(&itself.scope()).await.unwrap().unwrap();

    let first = begin_totp(&ctx).await.unwrap();
    let newest = begin_totp(&ctx).await.unwrap();
    assert_ne!(first.secret, newest.secret, "the newest counts");
    let shown = code(&house, &newest.secret);
    confirm_totp(&ctx, &shown).await.unwrap();
    let enrolled = row().await;
    assert_eq!(refusal(confirm_totp(&ctx, &shown).await), ConfirmTotp::NotBegun);
    assert!(matches!(refusal(begin_totp(&ctx).await.map(|_| ())), BeginTotp::AlreadyEnrolled));
    assert_eq!(row().await, enrolled);

    change_password(&ctx, PASSWORD, "Rivers-7-Stones", &HOME).await.unwrap();
    let changed = row().await;
    let again = change_password(&ctx, PASSWORD, "Rivers-7-Stones", &HOME).await;
    assert_eq!(refusal(again), ChangePassword::WrongPassword);
    assert_eq!(row().await, changed);

    house.clock.advance(Duration::seconds(30));
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let totp = Some(code(&house, &newest.secret));
    let typed = SignInInput { username: "wangfang".into(), password: "Rivers-7-Stones".into(), totp };
    let SignedIn::Done { token, .. } = sign_in(&stranger, typed, &HOME).await.unwrap() else { panic!() };
    let ctx = common::believed(&house, &token).await;
    let before = row().await;
    sign_out(&ctx, false).await.unwrap();
    assert!(matches!(authenticate(&stranger, &token, None).await.unwrap(), Claimed::Unknown), "at the door");
    // Two that came through the door together.
    sign_out(&ctx, false).await.unwrap();
    assert_eq!(row().await, before);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_of_the_account() {
    let (house, _dir) = clerk().await;
    fresh(&house).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let typed = || SignInInput { username: "wangfang".into(), password: PASSWORD.into(), totp: None };
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let SignedIn::Done { token, .. } = sign_in(&stranger, typed(), &HOME).await.unwrap() else { panic!() };
        tokens.push(token);
    }
    sign_out(&common::believed(&house, &tokens[0]).await, true).await.unwrap();
    for token in &tokens {
        assert!(matches!(authenticate(&stranger, token, None).await.unwrap(), Claimed::Unknown));
    }
}

#[tokio::test]
async fn an_enrolment_that_takes_longer_than_ten_minutes_begins_again() {
    let (house, _dir) = city().await;
    let ctx = fresh(&house).await;
    let begun = begin_totp(&ctx).await.unwrap();
    house.clock.advance(Duration::minutes(10));
    assert_eq!(refusal(confirm_totp(&ctx, &code(&house, &begun.secret)).await), ConfirmTotp::NotBegun);
}

#[tokio::test]
async fn a_session_of_another_person_is_not_found_and_goes_on() {
    let (house, _dir) = clerk().await;
    house.account(TAIYUAN, "wangfang", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let mine = as_account(&house, "liwei").await;
    let theirs = signed_in(&house, "wangfang", &HOME).await;
    let their_ctx = common::believed(&house, &theirs).await;
    let kernel::ctx::Via::Session(id) = their_ctx.account().unwrap().via else { panic!() };
    assert!(matches!(fault(revoke_session(&mine, id, None).await), Fault::NotFound));
    revoke_session(&their_ctx, id, None).await.unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&stranger, &theirs, None).await.unwrap(), Claimed::Unknown));
}

#[tokio::test]
async fn ten_wrong_codes_behind_the_right_password_warn_the_owner_and_stop_strange_networks() {
    let (house, _dir) = clerk().await;
    signed_in(&house, "liwei", &HOME).await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let typed =
        |totp: &str| SignInInput { username: "liwei".into(), password: PASSWORD.into(), totp: Some(totp.into()) };
    for n in 0..10 {
        assert!(sign_in(&ctx, typed("000000"), &common::network(n)).await.is_err());
    }
    let warned = common::letters(&house, TAIYUAN).await;
    assert_eq!(warned.iter().filter(|(template, _)| template == "people.codes_guessed").count(), 1);
    house.clock.advance(Duration::seconds(30));
    let strange = sign_in(&ctx, typed(&house.code()), &STRANGE).await;
    assert!(matches!(refusal(strange), people::SignIn::TooManyAttempts { .. }));
    assert!(sign_in(&ctx, typed(&house.code()), &HOME).await.is_ok());
}
