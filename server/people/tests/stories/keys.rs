//! API keys of front-end teams (接口密钥).

use chrono::Duration;
use kernel::{Actor, Ctx, Fault, Place};
use people::testing::{House, TAIYUAN};
use people::{
    Claimed, CreateApiKey, KeyInput, NewAccount, NewKey, NewRole, RevokeApiKey, authenticate, change_password,
    create_api_key, origin_known, policy, revoke_api_key,
};
use tempfile::TempDir;

use super::common::{HOME, as_account, city, fault, refusal};

const APP: &str = "https://app.example.cn";

fn input(scopes: &[&str]) -> KeyInput {
    KeyInput {
        label: "小程序".to_owned(),
        scopes: scopes.iter().map(ToString::to_string).collect(),
        origins: vec![APP.to_owned()],
        ends: None,
    }
}

async fn team() -> (House, TempDir, Ctx) {
    let (house, dir) = city().await;
    let roles = vec![NewRole::city("developer"), NewRole::city("bureau_officer")];
    house.account(TAIYUAN, "front", roles).await.unwrap();
    let front = as_account(&house, "front").await;
    (house, dir, front)
}

async fn claim(house: &House, key: &NewKey, origin: Option<&str>) -> Claimed {
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    authenticate(&ctx, &key.secret, origin).await.unwrap()
}

#[tokio::test]
async fn a_key_does_what_it_names_from_where_it_may_and_nothing_else() {
    let (house, _dir, front) = team().await;
    let key = create_api_key(&front, input(&["liaison.read"])).await.unwrap();
    assert!(key.secret.starts_with("yz_k_140100_"));
    assert!(matches!(claim(&house, &key, Some("https://evil.example.cn")).await, Claimed::OriginNotAllowed));
    for origin in [None, Some(APP)] {
        let Claimed::Actor(actor) = claim(&house, &key, origin).await else { panic!("{origin:?}") };
        let ctx = house.stranger(TAIYUAN).await.unwrap().as_actor(actor);
        assert!(ctx.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap());
        assert!(!ctx.allows(&policy::SET_LIAISON, &Place::city()).await.unwrap());
        assert!(matches!(fault(create_api_key(&ctx, input(&["liaison.read"])).await.map(|_| ())), Fault::Forbidden));
        assert!(matches!(fault(change_password(&ctx, "a", "b", &HOME).await), Fault::Forbidden));
    }
}

#[tokio::test]
async fn a_key_has_no_more_than_its_owner_not_even_later() {
    let (house, _dir, front) = team().await;
    let beyond = create_api_key(&front, input(&["account.invite"])).await.map(|_| ());
    assert_eq!(refusal(beyond), CreateApiKey::BeyondOwner { scope: "account.invite".to_owned() });
    let key = create_api_key(&front, input(&["liaison.*"])).await.unwrap();
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let security = as_account(&house, "security").await;
    let held = {
        use sea_orm::EntityTrait as _;
        entities::role_assignment::Entity::find().all(&security.scope()).await.unwrap()
    };
    let officer = held.iter().find(|row| row.role == "bureau_officer").unwrap().id;
    people::withdraw_role(&security, officer, None).await.unwrap();
    let Claimed::Actor(actor) = claim(&house, &key, None).await else { panic!() };
    let ctx = house.stranger(TAIYUAN).await.unwrap().as_actor(actor);
    assert!(!ctx.allows(&policy::READ_LIAISON, &Place::city()).await.unwrap());
}

#[tokio::test]
async fn a_revoked_key_stops_at_once_and_an_old_one_by_itself() {
    let (house, _dir, front) = team().await;
    let key = create_api_key(&front, input(&["liaison.read"])).await.unwrap();
    assert!(matches!(claim(&house, &key, None).await, Claimed::Actor(Actor::Account(_))));
    revoke_api_key(&front, key.id, None).await.unwrap();
    assert!(matches!(claim(&house, &key, None).await, Claimed::Unknown));
    assert_eq!(refusal(revoke_api_key(&front, key.id, None).await), RevokeApiKey::AlreadyRevoked);
    let key = create_api_key(&front, input(&["liaison.read"])).await.unwrap();
    house.clock.advance(Duration::days(364));
    assert!(matches!(claim(&house, &key, None).await, Claimed::Actor(_)), "it outlives its owner's password");
    house.clock.advance(Duration::days(1));
    assert!(matches!(claim(&house, &key, None).await, Claimed::Unknown));
}

#[tokio::test]
async fn a_key_of_another_person_is_not_found_except_for_the_security_administrator() {
    let (house, _dir, front) = team().await;
    let key = create_api_key(&front, input(&["liaison.read"])).await.unwrap();
    house.account(TAIYUAN, "other", vec![NewRole::city("developer")]).await.unwrap();
    house.account(TAIYUAN, "security", vec![NewRole::city("security_admin")]).await.unwrap();
    let other = as_account(&house, "other").await;
    assert!(matches!(fault(revoke_api_key(&other, key.id, None).await), Fault::NotFound));
    assert!(matches!(claim(&house, &key, None).await, Claimed::Actor(_)));
    revoke_api_key(&as_account(&house, "security").await, key.id, None).await.unwrap();
    assert!(matches!(claim(&house, &key, None).await, Claimed::Unknown));
}

#[tokio::test]
async fn bad_keys_are_refused_and_name_the_field() {
    let (house, _dir, front) = team().await;
    let make = async |input: KeyInput| refusal(create_api_key(&front, input).await.map(|_| ()));
    assert_eq!(make(KeyInput { label: String::new(), ..input(&["liaison.read"]) }).await, CreateApiKey::InvalidLabel);
    assert_eq!(make(input(&[])).await, CreateApiKey::NoScope);
    assert!(matches!(make(input(&["liaison.sell"])).await, CreateApiKey::UnknownScope { .. }));
    let path = KeyInput { origins: vec![format!("{APP}/x")], ..input(&["liaison.read"]) };
    assert!(matches!(make(path).await, CreateApiKey::InvalidOrigin { .. }));
    let over = KeyInput { ends: Some(front.now()), ..input(&["liaison.read"]) };
    assert_eq!(make(over).await, CreateApiKey::InvalidEnd);
    let nobody = NewAccount {
        password: Some(house.password()),
        totp_secret: Some(people::testing::SECRET.to_vec()),
        ..NewAccount::named("liwei", "李伟")
    };
    house.new_account(TAIYUAN, nobody).await.unwrap();
    let clerk = as_account(&house, "liwei").await;
    assert!(matches!(fault(create_api_key(&clerk, input(&["liaison.read"])).await.map(|_| ())), Fault::Forbidden));
}

#[tokio::test]
async fn an_origin_is_known_as_long_as_a_live_key_names_it() {
    let (house, _dir, front) = team().await;
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    assert!(!origin_known(&ctx, APP).await.unwrap());
    let key = create_api_key(&front, input(&["liaison.read"])).await.unwrap();
    assert!(origin_known(&ctx, APP).await.unwrap());
    assert!(!origin_known(&ctx, "https://evil.example.cn").await.unwrap());
    assert!(!origin_known(&house.stranger("140200").await.unwrap(), APP).await.unwrap());
    revoke_api_key(&front, key.id, None).await.unwrap();
    assert!(!origin_known(&ctx, APP).await.unwrap());
}
