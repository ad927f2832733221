//! The liaison person (工作对接人), in the city and at the province.

use kernel::worker::Worker;
use kernel::{Ctx, Fault};
use people::testing::{House, TAIYUAN};
use people::{LiaisonInput, NewAccount, NewRole, SetLiaison, province_liaisons, set_liaison};
use serde_json::json;
use tempfile::TempDir;

use super::common::{as_account, ask, city, fault, letters, refusal};

fn input(name: &str) -> LiaisonInput {
    LiaisonInput {
        name: name.into(),
        unit: "太原市人力资源和社会保障局".to_owned(),
        position: "就业科科长".to_owned(),
        phone: "13800001234".into(),
        email: Some("liaison@example.com".into()),
    }
}

async fn bureau() -> (House, TempDir, Ctx) {
    let (house, dir) = city().await;
    house.account(TAIYUAN, "officer", vec![NewRole::city("bureau_officer")]).await.unwrap();
    house.account("platform", "province", vec![NewRole::city("province_officer")]).await.unwrap();
    let officer = as_account(&house, "officer").await;
    (house, dir, officer)
}

async fn deliver(house: &House) {
    let mut worker = Worker::new(house.kernel.clone(), "test".to_owned());
    worker.drain(TAIYUAN).await.unwrap();
}

#[tokio::test]
async fn a_new_liaison_reaches_the_province_once_and_its_officers_by_mail() {
    let (house, _dir, officer) = bureau().await;
    set_liaison(&officer, input("张伟"), 0, None).await.unwrap();
    deliver(&house).await;
    let province = house.itself("platform").await.unwrap();
    let cities = province_liaisons(&province).await.unwrap();
    let names: Vec<_> =
        cities.iter().map(|c| (c.city.slug.as_str(), c.liaison.as_ref().map(|l| l.name.as_str()))).collect();
    assert_eq!(names, [("taiyuan", Some("张伟")), ("datong", None)]);
    let told = letters(&house, "platform").await;
    assert_eq!(told.len(), 1);
    assert!(told[0].1.contains("太原市") && !told[0].1.contains("张伟"), "{}", told[0].1);

    set_liaison(&officer, input("李强"), 1, None).await.unwrap();
    set_liaison(&officer, input("王敏"), 2, None).await.unwrap();
    deliver(&house).await;
    let cities = province_liaisons(&province).await.unwrap();
    assert_eq!(cities[0].liaison.as_ref().unwrap().name, "王敏");
    assert_eq!(letters(&house, "platform").await.len(), 2, "the event that came late found the present one there");
}

#[tokio::test]
async fn bad_liaisons_are_refused_and_name_the_field() {
    use kernel::refusal::Refusal as _;
    let (house, _dir, officer) = bureau().await;
    let set = async |input: LiaisonInput| refusal(set_liaison(&officer, input, 0, None).await);
    assert_eq!(set(input(" ")).await, SetLiaison::InvalidName);
    assert_eq!(set(LiaisonInput { unit: String::new(), ..input("张伟") }).await, SetLiaison::InvalidUnit);
    assert_eq!(set(LiaisonInput { position: String::new(), ..input("张伟") }).await, SetLiaison::InvalidPosition);
    let phone = set(LiaisonInput { phone: "1380000".into(), ..input("张伟") }).await;
    assert_eq!(phone.field(), Some("phone"));
    assert_eq!(set(LiaisonInput { email: Some("x".into()), ..input("张伟") }).await, SetLiaison::InvalidEmail);
    let province = house.itself("platform").await.unwrap();
    assert_eq!(refusal(set_liaison(&province, input("张伟"), 0, None).await), SetLiaison::NotACity);
}

#[tokio::test]
async fn who_may_not_name_a_liaison_names_none_and_who_may_not_see_one_sees_a_mask() {
    let (house, _dir, officer) = bureau().await;
    set_liaison(&officer, input("张伟"), 0, None).await.unwrap();
    deliver(&house).await;
    house.account(TAIYUAN, "system", vec![NewRole::city("system_admin")]).await.unwrap();
    let system = as_account(&house, "system").await;
    assert!(matches!(fault(set_liaison(&system, input("李强"), 1, None).await), Fault::Forbidden));
    let new = NewAccount { password: Some(house.password()), ..NewAccount::named("guest", "访客") };
    house.new_account("platform", new).await.unwrap();
    let stranger = house.stranger("platform").await.unwrap();
    assert!(matches!(province_liaisons(&stranger).await, Err(Fault::Unauthenticated)));
    let typed =
        people::SignInInput { username: "guest".into(), password: people::testing::PASSWORD.into(), totp: None };
    let people::SignedIn::Done { actor, .. } = people::sign_in(&stranger, typed, &super::common::HOME).await.unwrap()
    else {
        panic!()
    };
    let seen = province_liaisons(&stranger.as_actor(actor)).await.unwrap();
    let liaison = seen[0].liaison.as_ref().unwrap();
    assert_eq!((liaison.name.as_str(), liaison.phone.as_str()), ("张*", "138****1234"));
    assert_eq!(liaison.email.as_deref(), Some("l***@example.com"));
    assert!(matches!(province_liaisons(&officer).await, Err(Fault::NotFound)));
}

#[tokio::test]
async fn a_city_that_begins_anew_is_heard_although_it_counts_from_one_again() {
    let (house, _dir, officer) = bureau().await;
    let province = house.itself("platform").await.unwrap();
    let known = async || {
        let cities = province_liaisons(&province).await.unwrap();
        cities[0].liaison.as_ref().map(|liaison| liaison.name.clone())
    };
    for (version, name) in [(0, "张伟"), (1, "李强"), (2, "王敏")] {
        set_liaison(&officer, input(name), version, None).await.unwrap();
    }
    deliver(&house).await;
    assert_eq!(known().await.as_deref(), Some("王敏"));

    // Set up anew, with the province remembering the old one: its first person is the first again.
    house.begin_anew(TAIYUAN).await.unwrap();
    house.account(TAIYUAN, "officer", vec![NewRole::city("bureau_officer")]).await.unwrap();
    let officer = as_account(&house, "officer").await;
    assert_eq!(known().await.as_deref(), Some("王敏"), "the province still has the old one");
    set_liaison(&officer, input("赵敏"), 0, None).await.unwrap();
    deliver(&house).await;
    assert_eq!(known().await.as_deref(), Some("赵敏"));

    // A sandbox is forgotten at the province as well.
    people::forget_city(&province, TAIYUAN).await.unwrap();
    assert_eq!(known().await, None);
}

#[tokio::test]
async fn of_two_who_name_a_liaison_at_one_moment_the_second_is_told_which_one_stands() {
    let (_house, _dir, officer) = bureau().await;
    for version in [0, 1] {
        let (one, other) = tokio::join!(
            set_liaison(&officer, input("张伟"), version, None),
            set_liaison(&officer, input("李强"), version, None)
        );
        assert_ne!(one.is_ok(), other.is_ok(), "one is named: {one:?} {other:?}");
        let told = refusal(if one.is_ok() { other } else { one });
        assert_eq!(told, SetLiaison::Conflict { current: version + 1 });
    }
    let stale = set_liaison(&officer, input("王敏"), 1, None).await;
    assert_eq!(refusal(stale), SetLiaison::Conflict { current: 2 });
    let history = ask(&officer, "{ liaisonHistory { version validUntil } }", json!({})).await;
    let rows = history["data"]["liaisonHistory"].as_array().unwrap();
    let present: Vec<_> = rows.iter().map(|row| (&row["version"], row["validUntil"].is_null())).collect();
    assert_eq!(present, [(&json!(2), true), (&json!(1), false)], "one is present, one was");
}

#[tokio::test]
async fn whoever_names_a_liaison_too_late_sees_the_one_that_stands() {
    let (_house, _dir, officer) = bureau().await;
    let query = "mutation($i: SetLiaisonInput!, $v: Int!) { setLiaison(input: $i, version: $v) {
        ... on Liaison { name version } ... on SetLiaisonRefused { code field current { name version } } } }";
    let name = async |name: &str, version: i32| {
        let person = json!({"name": name, "unit": "人社局", "position": "科长", "phone": "13800001234"});
        ask(&officer, query, json!({"i": person, "v": version})).await["data"]["setLiaison"].take()
    };
    assert_eq!(name("张伟", 0).await, json!({"name": "张伟", "version": 1}));
    let late = json!({"code": "CONFLICT", "field": "version", "current": {"name": "张伟", "version": 1}});
    assert_eq!(name("李强", 0).await, late);
    assert_eq!(name("李强", 1).await, json!({"name": "李强", "version": 2}));
}
