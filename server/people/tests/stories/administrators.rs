//! How a real city begins, and what happens when a password is forgotten (设立三员、重置口令).

use std::collections::HashSet;

use chrono::Duration;
use entities::{account, audit_entry};
use kernel::{Actor, Ctx, Once};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{
    Claimed, NewAccount, NewRole, ResetPassword, SignInInput, SignedIn, appoint_administrators, authenticate,
    change_password, issue_password, reset_password, sign_in,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use tempfile::TempDir;

use super::common::{self, HOME, as_account, city, city_without_totp, letters, refusal};

/// Signs in with this password alone; who it is, and the token.
async fn enter(house: &House, username: &str, password: &str) -> (Actor, String) {
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let typed = SignInInput { username: username.to_owned(), password: password.to_owned(), totp: None };
    match sign_in(&stranger, typed, &HOME).await {
        Ok(SignedIn::Done { actor, token }) => (actor, token),
        Ok(SignedIn::TotpRequired { .. }) => panic!("{username} was asked for a code"),
        Err(stop) => panic!("{username} could not sign in: {stop:?}"),
    }
}

fn is_restricted(actor: &Actor) -> bool {
    matches!(actor, Actor::Account(account) if account.restricted)
}

#[tokio::test]
async fn a_new_city_gets_three_administrators_who_choose_another_password_before_anything_else() {
    let (house, _dir) = city_without_totp().await;
    let appointed = appoint_administrators(&house.itself(TAIYUAN).await.unwrap()).await.unwrap();
    let roles: Vec<&str> = appointed.iter().map(|a| a.role).collect();
    assert_eq!(roles, ["system_admin", "security_admin", "audit_admin"]);
    let passwords: HashSet<&str> = appointed.iter().map(|a| a.password.as_str()).collect();
    assert_eq!(passwords.len(), 3, "each has its own");
    for one in &appointed {
        let (actor, _) = enter(&house, &one.username, &one.password).await;
        assert!(is_restricted(&actor), "{} may do nothing yet", one.username);
        let ctx = house.stranger(TAIYUAN).await.unwrap().as_actor(actor);
        change_password(&ctx, &one.password, PASSWORD, &HOME).await.unwrap();
        let (actor, _) = enter(&house, &one.username, PASSWORD).await;
        assert!(!is_restricted(&actor), "{} may begin", one.username);
    }
}

#[tokio::test]
async fn who_is_an_administrator_already_is_not_appointed_again() {
    let (house, _dir) = city().await;
    house.account(TAIYUAN, "wang", vec![NewRole::city("security_admin")]).await.unwrap();
    let itself = house.itself(TAIYUAN).await.unwrap();
    let appointed = appoint_administrators(&itself).await.unwrap();
    assert_eq!(appointed.iter().map(|a| a.role).collect::<Vec<_>>(), ["system_admin", "audit_admin"]);
    assert!(appoint_administrators(&itself).await.unwrap().is_empty());
    let accounts = account::Entity::find().all(&itself.scope()).await.unwrap();
    assert_eq!(accounts.len(), 3);
}

/// A house with a system administrator who is signed in, and a clerk with or without an address.
async fn clerk(email: Option<&str>, role: &'static str) -> (House, TempDir, Ctx, account::Model) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let new = NewAccount {
        password: Some(house.password()),
        email: email.map(kernel::Pii::from),
        roles: vec![NewRole::city(role)],
        ..NewAccount::named("clerk", "李伟")
    };
    house.new_account(TAIYUAN, new).await.unwrap();
    let system = as_account(&house, "system").await;
    let row = find(&house).await;
    (house, dir, system, row)
}

async fn find(house: &House) -> account::Model {
    let itself = house.itself(TAIYUAN).await.unwrap();
    let named = account::Entity::find().filter(account::Column::Username.eq("clerk"));
    named.one(&itself.scope()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_forgotten_password_is_reset_its_sessions_end_and_the_one_time_password_opens_once() {
    let (house, _dir, system, row) = clerk(None, "bureau_officer").await;
    let (_, token) = enter(&house, "clerk", PASSWORD).await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    assert!(matches!(authenticate(&stranger, &token, None).await.unwrap(), Claimed::Actor(_)));
    let reset = reset_password(&system, row.id, row.version, "本人来电", None).await.unwrap();
    let shown = reset.shown.expect("nobody else can tell the owner");
    assert!(matches!(authenticate(&stranger, &token, None).await.unwrap(), Claimed::Unknown), "the session ended");
    let typed = SignInInput { username: "clerk".into(), password: PASSWORD.into(), totp: None };
    assert!(sign_in(&stranger, typed, &HOME).await.is_err(), "the old password is gone");
    let (actor, _) = enter(&house, "clerk", &shown).await;
    assert!(is_restricted(&actor));
    let ctx = stranger.as_actor(actor);
    let old = change_password(&ctx, &shown, PASSWORD, &HOME).await;
    assert!(old.is_err(), "the password before counts as one of the last five");
    change_password(&ctx, &shown, "Another-9-Hall", &HOME).await.unwrap();
    let itself = house.itself(TAIYUAN).await.unwrap();
    let entries = audit_entry::Entity::find().all(&itself.scope()).await.unwrap();
    let entry = entries.iter().find(|e| e.operation == "account.reset_password").unwrap();
    assert_eq!((entry.result.as_str(), entry.subject_id), ("DONE", Some(row.id)));
    assert!(!serde_json::to_string(&entry.detail).unwrap().contains(&shown));
}

#[tokio::test]
async fn the_one_time_password_goes_to_the_owners_address_and_is_shown_to_nobody_else() {
    let (house, _dir, system, row) = clerk(Some("liwei@example.com"), "security_admin").await;
    let reset = reset_password(&system, row.id, row.version, "本人来电", None).await.unwrap();
    assert_eq!(reset.shown, None);
    let letters = letters(&house, TAIYUAN).await;
    let (_, text) = letters.iter().find(|(template, _)| template == "people.password_reset").unwrap();
    let shown = text.lines().find(|line| line.starts_with("yz-")).unwrap();
    let (actor, _) = enter(&house, "clerk", shown).await;
    assert!(is_restricted(&actor));
}

#[tokio::test]
async fn a_reset_repeated_with_its_key_gives_no_second_password() {
    let (house, _dir, system, row) = clerk(None, "bureau_officer").await;
    let once = || Once::from(Some("r-1".to_owned()), &row.id);
    let first = reset_password(&system, row.id, row.version, "本人来电", once()).await.unwrap();
    let again = reset_password(&system, row.id, row.version, "本人来电", once()).await.unwrap();
    assert!(first.shown.is_some() && again.shown.is_none());
    enter(&house, "clerk", &first.shown.unwrap()).await;
}

#[tokio::test]
async fn a_reset_that_is_not_due_changes_nothing() {
    let (house, _dir, system, row) = clerk(None, "audit_admin").await;
    let guarded = reset_password(&system, row.id, row.version, "本人来电", None).await;
    assert!(matches!(refusal(guarded), ResetPassword::NeedsMail), "one person would be two of the three");
    let stale = reset_password(&system, row.id, row.version - 1, "本人来电", None).await;
    assert!(matches!(refusal(stale), ResetPassword::Conflict { current } if current == row.version));
    let silent = reset_password(&system, row.id, row.version, " ", None).await;
    assert!(matches!(refusal(silent), ResetPassword::ReasonNeeded));
    let own = system.actor().account_id().unwrap();
    assert!(matches!(refusal(reset_password(&system, own, 1, "忘记", None).await), ResetPassword::OwnAccount));
    assert_eq!(find(&house).await, row);
    enter(&house, "clerk", PASSWORD).await;
}

#[tokio::test]
async fn only_the_system_administrator_resets_a_password() {
    let (house, _dir, _, row) = clerk(None, "bureau_officer").await;
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let security = as_account(&house, "security").await;
    let denied = reset_password(&security, row.id, row.version, "本人来电", None).await;
    assert!(matches!(common::fault(denied), kernel::Fault::Forbidden));
    assert_eq!(find(&house).await, row);
}

#[tokio::test]
async fn whoever_runs_the_server_can_issue_a_one_time_password() {
    let (house, _dir, _, _) = clerk(None, "audit_admin").await;
    let itself = house.itself(TAIYUAN).await.unwrap();
    assert_eq!(issue_password(&itself, "nobody").await.unwrap(), None);
    let shown = issue_password(&itself, "Clerk").await.unwrap().unwrap();
    let (actor, _) = enter(&house, "clerk", &shown).await;
    assert!(is_restricted(&actor));
}

#[tokio::test]
async fn a_one_time_password_lapses_and_says_what_to_do() {
    use kernel::refusal::Refusal as _;
    let (house, _dir, system, row) = clerk(None, "bureau_officer").await;
    let reset = reset_password(&system, row.id, row.version, "本人来电", None).await.unwrap();
    let shown = reset.shown.unwrap();
    house.clock.advance(Duration::hours(71));
    enter(&house, "clerk", &shown).await;
    house.clock.advance(Duration::hours(1));
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let typed = |password: &str| SignInInput {
        username: "clerk".to_owned(),
        password: password.to_owned(),
        totp: Some(house.code()),
    };
    let refused = refusal(sign_in(&ctx, typed(&shown), &HOME).await);
    assert_eq!(refused, people::SignIn::OneTimePasswordLapsed { hours: 72 });
    assert!(refused.message(kernel::Lang::Zh).contains("重新重置口令"));
    let guessed = refusal(sign_in(&ctx, typed("yz-AAAA-BBBB-CCCC-DDDD"), &HOME).await);
    assert_eq!(guessed, people::SignIn::InvalidCredentials, "who does not know it hears no more than before");

    let system = as_account(&house, "system").await;
    let row = find(&house).await;
    let again = reset_password(&system, row.id, row.version, "过期重发", None).await.unwrap();
    enter(&house, "clerk", &again.shown.unwrap()).await;
}
