//! Signing in and being recognised (登录与身份识别).

use chrono::Duration;
use kernel::Actor;
use kernel::ctx::Via;
use kernel::house::queries::audit::EntryFilter;
use people::testing::{PASSWORD, TAIYUAN};
use people::{Claimed, NewAccount, NewRole, SignIn, SignInInput, SignedIn, authenticate, sign_in, sign_out};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::common::{self, HOME, STRANGE, city, refusal, signed_in};

fn input(username: &str, password: &str, totp: Option<String>) -> SignInInput {
    SignInInput { username: username.to_owned(), password: password.to_owned(), totp }
}

#[tokio::test]
async fn a_clerk_signs_in_with_password_and_code_and_is_recognised_by_the_token() {
    let (house, _dir) = city().await;
    let id = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let token = signed_in(&house, "LiWei ", &HOME).await;
    assert!(token.starts_with("yz_s_140100_"));
    let Claimed::Actor(Actor::Account(actor)) = authenticate(&ctx, &token, None).await.unwrap() else { panic!() };
    assert_eq!((actor.id, actor.username.as_str(), actor.restricted), (id, "liwei", false));
    assert_eq!(actor.held[0].role, "bureau_officer");
    assert!(matches!(actor.via, Via::Session(_)));
}

#[tokio::test]
async fn without_a_code_staff_are_asked_for_one_and_no_session_is_opened() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let asked = sign_in(&ctx, input("liwei", PASSWORD, None), &HOME).await.unwrap();
    assert!(matches!(asked, SignedIn::TotpRequired { under_attack: false }));
    assert_eq!(common::count_sessions(&house).await, 0);
}

#[tokio::test]
async fn a_wrong_password_an_unknown_name_and_a_disabled_account_get_the_same_answer() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    house.new_account(TAIYUAN, NewAccount::named("nobody.yet", "无口令")).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    for typed in [input("liwei", "wrong", None), input("wangfang", "wrong", None), input("nobody.yet", PASSWORD, None)]
    {
        let refused = refusal(sign_in(&ctx, typed, &HOME).await);
        assert_eq!(refused, SignIn::InvalidCredentials);
    }
    assert_eq!(common::count_sessions(&house).await, 0);
}

#[tokio::test]
async fn an_unknown_name_costs_the_same_statements_as_a_known_one() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let mut costs = Vec::new();
    for username in ["liwei", "wangfang"] {
        let ctx = house.stranger(TAIYUAN).await.unwrap();
        ctx.keys().await.unwrap();
        let before = ctx.counters().statements();
        assert_eq!(refusal(sign_in(&ctx, input(username, "wrong", None), &HOME).await), SignIn::InvalidCredentials);
        costs.push(ctx.counters().statements() - before);
    }
    assert_eq!(costs[0], costs[1]);
}

#[tokio::test]
async fn the_audit_tells_who_signed_in_and_that_somebody_failed_but_not_what_was_typed() {
    let (house, _dir) = city().await;
    let id = house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    assert!(sign_in(&ctx, input("liwei", "wrong-typed", None), &HOME).await.is_err());
    assert!(sign_in(&ctx, input("typed-password-as-name", "x", None), &HOME).await.is_err());
    signed_in(&house, "liwei", &HOME).await;
    let entries = entities::audit_entry::Entity::find()
        .filter(entities::audit_entry::Column::Operation.eq("session.sign_in"))
        .all(&ctx.scope())
        .await
        .unwrap();
    let mut told: Vec<_> = entries.iter().map(|e| (e.result.as_str(), e.subject_id)).collect();
    told.sort_unstable();
    assert_eq!(told, [("DONE", Some(id)), ("REFUSED", None), ("REFUSED", Some(id))]);
    let done: Vec<_> = entries.iter().filter(|e| e.result == "DONE").map(|e| e.actor_id).collect();
    assert_eq!(done, [Some(id)], "who signed in is who acted");
    assert!(entries.iter().all(|e| e.result == "DONE" || e.actor_id.is_none()));
    let stored =
        serde_json::to_string(&entries.iter().map(|e| (&e.detail, &e.actor_label)).collect::<Vec<_>>()).unwrap();
    assert!(!stored.contains("59.49.12") && !stored.contains("typed"), "{stored}");
    let itself = house.itself(TAIYUAN).await.unwrap();
    let read = kernel::house::queries::audit::entries(&itself, &EntryFilter::default(), None, 10).await.unwrap();
    let read: Vec<String> = read.iter().map(|(entry, _)| entry.detail.to_string()).collect();
    let all = read.concat();
    assert!(all.contains("59.49.12.0/24") && !all.contains("typed") && !all.contains("59.49.12.77"), "{all}");
}

#[tokio::test]
async fn a_code_is_taken_once() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let code = house.code();
    assert!(sign_in(&ctx, input("liwei", PASSWORD, Some(code.clone())), &HOME).await.is_ok());
    let again = sign_in(&ctx, input("liwei", PASSWORD, Some(code)), &HOME).await;
    assert_eq!(refusal(again), SignIn::InvalidCredentials);
}

#[tokio::test]
async fn five_wrong_passwords_close_that_network_and_leave_the_owners_open() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    for _ in 0..5 {
        assert_eq!(refusal(sign_in(&ctx, input("liwei", "wrong", None), &STRANGE).await), SignIn::InvalidCredentials);
        house.clock.advance(Duration::seconds(9));
    }
    let right = sign_in(&ctx, input("liwei", PASSWORD, Some(house.code())), &STRANGE).await;
    assert_eq!(refusal(right), SignIn::TooManyAttempts { minutes: 20 });
    signed_in(&house, "liwei", &HOME).await;
    house.clock.advance(Duration::minutes(20));
    signed_in(&house, "liwei", &STRANGE).await;
}

#[tokio::test]
async fn whoever_guesses_in_the_owners_own_network_does_not_keep_the_owner_with_a_code_out() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    signed_in(&house, "liwei", &HOME).await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    for _ in 0..5 {
        house.clock.advance(Duration::seconds(9));
        assert_eq!(refusal(sign_in(&ctx, input("liwei", "wrong", None), &HOME).await), SignIn::InvalidCredentials);
    }
    let closed = SignIn::TooManyAttempts { minutes: 20 };
    let other_code = if house.code() == "000000" { "111111" } else { "000000" };
    for (password, code) in
        [(PASSWORD, None), ("wrong", Some(house.code())), (PASSWORD, Some(other_code.to_owned())), ("wrong", None)]
    {
        let answer = sign_in(&ctx, input("liwei", password, code), &HOME).await;
        assert_eq!(refusal(answer), closed, "the same answer, whatever was wrong");
    }
    house.clock.advance(Duration::seconds(30));
    signed_in(&house, "liwei", &HOME).await;
    assert_eq!(
        refusal(sign_in(&ctx, input("liwei", "wrong", None), &HOME).await),
        SignIn::InvalidCredentials,
        "and the network is open again"
    );
}

#[tokio::test]
async fn an_unknown_name_is_locked_out_like_a_known_one() {
    let (house, _dir) = city().await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    for _ in 0..5 {
        assert_eq!(
            refusal(sign_in(&ctx, input("wangfang", "wrong", None), &STRANGE).await),
            SignIn::InvalidCredentials
        );
        house.clock.advance(Duration::seconds(9));
    }
    let sixth = sign_in(&ctx, input("wangfang", "wrong", None), &STRANGE).await;
    assert_eq!(refusal(sixth), SignIn::TooManyAttempts { minutes: 20 });
}

#[tokio::test]
async fn guesses_at_the_same_moment_do_not_pass_the_lock_together() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let guesses = (0..12).map(|_| sign_in(&ctx, input("liwei", "wrong", None), &STRANGE));
    let answers = futures_util::future::join_all(guesses).await;
    let looked_at = answers.into_iter().map(refusal).filter(|r| *r == SignIn::InvalidCredentials).count();
    assert_eq!(looked_at, 3, "from the third on a network waits four seconds");
}

#[tokio::test]
async fn under_attack_a_strange_network_needs_a_code_and_the_owners_network_does_not() {
    let (house, _dir) = common::city_without_totp().await;
    let new = NewAccount { password: Some(house.password()), ..NewAccount::named("liwei", "李伟") };
    house.new_account(TAIYUAN, new).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    assert!(sign_in(&ctx, input("liwei", PASSWORD, None), &HOME).await.is_ok());
    for username in ["liwei", "wangfang"] {
        for network in 0..50 {
            let source = common::network(network);
            assert_eq!(
                refusal(sign_in(&ctx, input(username, "wrong", None), &source).await),
                SignIn::InvalidCredentials
            );
        }
        // Whether the name exists, has a second factor, or the password is right, cannot be told.
        for password in [PASSWORD, "wrong"] {
            let asked = sign_in(&ctx, input(username, password, None), &STRANGE).await.unwrap();
            assert!(matches!(asked, SignedIn::TotpRequired { under_attack: true }));
            let refused =
                sign_in(&ctx, input(username, password, Some("123456".to_owned())), &common::network(60)).await;
            assert_eq!(refusal(refused), SignIn::InvalidCredentials);
            house.clock.advance(Duration::seconds(9));
        }
    }
    assert!(sign_in(&ctx, input("liwei", PASSWORD, None), &HOME).await.is_ok());
}

#[tokio::test]
async fn a_token_of_another_city_says_so_and_is_not_believed() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let token = signed_in(&house, "liwei", &HOME).await;
    let datong = house.stranger("140200").await.unwrap();
    assert!(matches!(authenticate(&datong, &token, None).await.unwrap(), Claimed::OtherTenant));
    let forged = token.replace("140100", "140200");
    assert!(matches!(authenticate(&datong, &forged, None).await.unwrap(), Claimed::Unknown));
    for rubbish in ["", "yz_s_", "yz_s_140200", "yz_x_140200_abc", &"yz_s_140200_".repeat(20)] {
        assert!(matches!(authenticate(&datong, rubbish, None).await.unwrap(), Claimed::Unknown), "{rubbish}");
    }
}

#[tokio::test]
async fn a_session_ends_at_once_when_signed_out_and_by_itself_when_unused() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let token = signed_in(&house, "liwei", &HOME).await;
    let Claimed::Actor(actor) = authenticate(&ctx, &token, None).await.unwrap() else { panic!() };
    sign_out(&ctx.as_actor(actor), false).await.unwrap();
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));

    house.clock.advance(Duration::minutes(1));
    let token = signed_in(&house, "liwei", &HOME).await;
    for _ in 0..4 {
        house.clock.advance(Duration::minutes(29));
        assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Actor(_)));
    }
    house.clock.advance(Duration::minutes(30));
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let token = signed_in(&house, "liwei", &HOME).await;
    for _ in 0..35 {
        house.clock.advance(Duration::minutes(20));
        assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Actor(_)));
    }
    house.clock.advance(Duration::minutes(20));
    assert!(matches!(authenticate(&ctx, &token, None).await.unwrap(), Claimed::Unknown));
}

#[tokio::test]
async fn an_administrator_has_one_session_and_fifteen_minutes_of_rest() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let first = signed_in(&house, "system", &HOME).await;
    assert!(matches!(authenticate(&ctx, &first, None).await.unwrap(), Claimed::Actor(_)));
    house.clock.advance(Duration::minutes(1));
    let second = signed_in(&house, "system", &HOME).await;
    assert!(matches!(authenticate(&ctx, &first, None).await.unwrap(), Claimed::Unknown));
    assert!(matches!(authenticate(&ctx, &second, None).await.unwrap(), Claimed::Actor(_)));
    house.clock.advance(Duration::minutes(15));
    assert!(matches!(authenticate(&ctx, &second, None).await.unwrap(), Claimed::Unknown));
}

#[tokio::test]
async fn staff_without_a_second_factor_are_restricted_until_they_enrol_one() {
    let (house, _dir) = city().await;
    let new = NewAccount {
        password: Some(house.password()),
        roles: vec![NewRole::city("bureau_officer")],
        ..NewAccount::named("liwei", "李伟")
    };
    house.new_account(TAIYUAN, new).await.unwrap();
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let SignedIn::Done { actor, .. } = sign_in(&ctx, input("liwei", PASSWORD, None), &HOME).await.unwrap() else {
        panic!()
    };
    let Actor::Account(account) = &actor else { panic!() };
    assert!(account.restricted);
    let restricted = ctx.as_actor(actor);
    assert!(!restricted.allows(&people::policy::SET_LIAISON, &kernel::Place::city()).await.unwrap());
}

#[tokio::test]
async fn a_token_costs_two_statements_the_first_time_and_none_the_second() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let token = signed_in(&house, "liwei", &HOME).await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    authenticate(&ctx, &token, None).await.unwrap();
    assert_eq!(ctx.counters().statements(), 2);
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    authenticate(&ctx, &token, None).await.unwrap();
    assert_eq!(ctx.counters().statements(), 0);
}

#[tokio::test]
async fn neither_password_nor_token_nor_address_stands_in_the_store() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "liwei", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let token = signed_in(&house, "liwei", &HOME).await;
    house.kernel.store.close(TAIYUAN).await.unwrap();
    // On PostgreSQL the rows are the same; only a file can be searched byte by byte.
    let Some(file) = house.kernel.store.file(TAIYUAN) else { return };
    let mut found = 0;
    for entry in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let has = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        found += usize::from(has("liwei"));
        for secret in [PASSWORD, token.as_str(), "liwei@example.com", "59.49.12.77"] {
            assert!(!has(secret), "{} holds {secret}", path.display());
        }
    }
    assert!(found > 0, "the user name itself must be found, or nothing was looked at");
}
