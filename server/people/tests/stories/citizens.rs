//! Whoever has no account signs in by telephone (个人用户).

use chrono::Duration;
use entities::citizen;
use kernel::{Actor, Ctx, Fault};
use people::testing::{self, House, TAIYUAN, code, code_sent, id_number, notice_version};
use people::{
    ChangePhone, ChangePhoneInput, Claimed, PhoneCodePurpose, RequestPhoneCode, SignInCitizen, SignInCitizenInput,
    authenticate, change_phone, refresh, register_worker, request_phone_code, sign_in_citizen, sign_out,
};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

use super::common::{HOME, fault, network, refusal};
use super::counters::{self, PUBLIC, form, signed};
use super::hardship::rows_of;

const ZHANG: &str = "13800001234";
const LI: &str = "13900005678";

async fn people(house: &House) -> Vec<citizen::Model> {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    citizen::Entity::find().all(&ctx.scope()).await.unwrap()
}

fn typed(phone: &str, code: &str) -> SignInCitizenInput {
    SignInCitizenInput {
        phone: phone.to_owned(),
        code: code.to_owned(),
        notice_version: notice_version().to_owned(),
        id_tail: None,
        not_mine: false,
    }
}

async fn ask(ctx: &Ctx, query: &str, variables: Value) -> Value {
    super::workers::ask(ctx, query, variables).await
}

#[tokio::test]
async fn a_number_and_the_code_that_came_to_it_make_a_citizen_who_saw_the_notice() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let sent = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    let query = "mutation($i: SignInCitizenInput!) { signInCitizen(input: $i) { __typename
        ... on CitizenSignedIn { token viewer { citizen { phoneMasked phoneProved nameMasked noticeVersion status }
            worker { id } parties { displayName } tenant { slug } } }
        ... on SignInCitizenRefused { code field } } }";
    let input = |code: &str| json!({"i": {"phone": "138 0000 1234", "code": code, "noticeVersion": notice_version()}});
    let wrong = if sent == "000000" { "000001" } else { "000000" };
    let refused = ask(&stranger, query, input(wrong)).await;
    assert_eq!(
        refused["data"]["signInCitizen"],
        json!({"__typename": "SignInCitizenRefused", "code": "WRONG_CODE", "field": "input.code"})
    );
    assert_eq!(people(&house).await, []);
    let done = ask(&stranger, query, input(&sent)).await;
    let answer = &done["data"]["signInCitizen"];
    assert!(answer["token"].as_str().unwrap().starts_with("yz_c_140100_"), "{done}");
    assert_eq!(
        answer["viewer"],
        json!({
            "citizen": {"phoneMasked": "138****1234", "phoneProved": true, "nameMasked": null,
                "noticeVersion": notice_version(), "status": "ACTIVE"},
            "worker": null, "parties": [], "tenant": {"slug": "taiyuan"},
        })
    );
    assert_eq!(people(&house).await.len(), 1);
    let again = refusal(sign_in_citizen(&stranger, typed(ZHANG, &sent), &HOME).await);
    assert_eq!(again, SignInCitizen::WrongCode, "a code is used once");
}

#[tokio::test]
async fn whoever_asks_for_a_code_hears_the_same_whether_the_number_is_known_or_not() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    testing::citizen(&stranger, ZHANG).await.unwrap();
    house.clock.advance(Duration::minutes(2));
    let query = "mutation($p: String!) { requestPhoneCode(phone: $p, purpose: SIGN_IN) { __typename
        ... on PhoneCodeSent { goodUntil } ... on RequestPhoneCodeRefused { code message } } }";
    let known = ask(&stranger, query, json!({"p": ZHANG})).await;
    let unknown = ask(&stranger, query, json!({"p": LI})).await;
    assert_eq!(known["data"]["requestPhoneCode"]["__typename"], "PhoneCodeSent");
    assert_eq!(known, unknown);
    house.clock.advance(Duration::seconds(20));
    let (known, unknown) =
        (ask(&stranger, query, json!({"p": ZHANG})).await, ask(&stranger, query, json!({"p": LI})).await);
    assert_eq!(known["data"]["requestPhoneCode"]["code"], "TOO_SOON");
    assert!(known["data"]["requestPhoneCode"]["message"].as_str().unwrap().contains("40秒"), "{known}");
    assert_eq!(known, unknown);
    let landline = refusal(request_phone_code(&stranger, "0351-5278313", PhoneCodePurpose::SignIn, &HOME).await);
    assert_eq!(landline, RequestPhoneCode::NotMobile);
}

#[tokio::test]
async fn a_network_that_asked_for_too_many_codes_waits_and_another_does_not() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::with(dir.path(), Vec::new(), |config| config.people.codes_an_hour = 2).await.unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let request = async |phone: &str, n: u8| {
        let from = network(n);
        request_phone_code(&stranger, phone, PhoneCodePurpose::SignIn, &from).await
    };
    for phone in ["13800000001", "13800000002"] {
        request(phone, 1).await.unwrap();
    }
    let refused = refusal(request("13800000003", 1).await);
    assert_eq!(refused, RequestPhoneCode::NetworkBusy { seconds: 3600 });
    assert!(code_sent(&stranger, "13800000003").await.is_err(), "nothing was sent");
    request("13800000003", 2).await.unwrap();
    house.clock.advance(Duration::hours(1));
    request("13800000004", 1).await.unwrap();
}

#[tokio::test]
async fn a_code_is_good_for_five_minutes_five_tries_and_its_own_number_and_purpose() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let sign_in = async |phone: &str, code: &str| sign_in_citizen(&stranger, typed(phone, code), &HOME).await;
    let late = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    house.clock.advance(Duration::minutes(5));
    assert_eq!(refusal(sign_in(ZHANG, &late).await), SignInCitizen::WrongCode);
    let tried = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    assert_eq!(refusal(sign_in(LI, &tried).await), SignInCitizen::WrongCode, "it is bound to the number");
    let wrong = if tried == "111111" { "222222" } else { "111111" };
    for _ in 0..5 {
        assert_eq!(refusal(sign_in(ZHANG, wrong).await), SignInCitizen::WrongCode);
    }
    assert_eq!(refusal(sign_in(ZHANG, &tried).await), SignInCitizen::WrongCode, "tried too often");
    house.clock.advance(Duration::minutes(1));
    let fresh = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    let me = sign_in(ZHANG, &fresh).await.unwrap();
    house.clock.advance(Duration::minutes(1));
    let own = code(&stranger.as_actor(me.actor), ZHANG, PhoneCodePurpose::OwnData).await.unwrap();
    assert_eq!(refusal(sign_in(ZHANG, &own).await), SignInCitizen::WrongCode, "it is for something else");
}

#[tokio::test]
async fn an_outdated_notice_is_shown_again_before_anybody_signs_in() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let sent = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    let outdated = SignInCitizenInput { notice_version: "2020-01".to_owned(), ..typed(ZHANG, &sent) };
    let refused = refusal(sign_in_citizen(&stranger, outdated, &HOME).await);
    assert_eq!(refused, SignInCitizen::NoticeChanged { version: notice_version().to_owned() });
    assert_eq!(people(&house).await, []);
    sign_in_citizen(&stranger, typed(ZHANG, &sent), &HOME).await.unwrap();
    let notice = ask(&stranger, "{ privacyNotice { version text } }", json!({})).await;
    assert_eq!(notice["data"]["privacyNotice"]["version"], notice_version());
    assert!(notice["data"]["privacyNotice"]["text"].as_str().unwrap().contains("太原市人力资源和社会保障局"));
}

#[tokio::test]
async fn a_session_ends_by_signing_out_by_a_week_without_use_and_after_thirty_days() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let claimed = async |token: &str| authenticate(&stranger, token, None).await.unwrap();
    let first = testing::citizen(&stranger, ZHANG).await.unwrap();
    assert!(matches!(claimed(&first.token).await, Claimed::Actor(actor) if actor == first.actor));
    sign_out(&stranger.as_actor(first.actor.clone()), false).await.unwrap();
    assert!(matches!(claimed(&first.token).await, Claimed::Unknown));
    assert_eq!(refresh(&stranger, &first.actor, true).await.unwrap(), None, "an open socket ends too");
    house.clock.advance(Duration::minutes(2));
    let second = testing::citizen(&stranger, ZHANG).await.unwrap();
    for _ in 0..4 {
        house.clock.advance(Duration::days(6));
        assert!(matches!(claimed(&second.token).await, Claimed::Actor(_)), "it is used every week");
    }
    house.clock.advance(Duration::days(6));
    assert!(matches!(claimed(&second.token).await, Claimed::Unknown), "thirty days are over");
    let third = testing::citizen(&stranger, ZHANG).await.unwrap();
    house.clock.advance(Duration::days(7));
    assert!(matches!(claimed(&third.token).await, Claimed::Unknown), "a week without use");
    let foreign = house.stranger("140200").await.unwrap();
    assert!(matches!(authenticate(&foreign, &third.token, None).await.unwrap(), Claimed::OtherTenant));
}

#[tokio::test]
async fn whoever_lost_a_telephone_signs_out_everywhere_and_nobody_else_is_signed_out() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let claimed = async |token: &str| authenticate(&stranger, token, None).await.unwrap();
    let lost = testing::citizen(&stranger, ZHANG).await.unwrap();
    house.clock.advance(Duration::minutes(2));
    let new = testing::citizen(&stranger, ZHANG).await.unwrap();
    let other = testing::citizen(&stranger, LI).await.unwrap();
    sign_out(&stranger.as_actor(new.actor), true).await.unwrap();
    for token in [&lost.token, &new.token] {
        assert!(matches!(claimed(token).await, Claimed::Unknown));
    }
    assert!(matches!(claimed(&other.token).await, Claimed::Actor(_)));
}

#[tokio::test]
async fn whoever_was_registered_at_a_counter_becomes_that_citizen_by_the_number_and_the_end_of_the_card() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let card = id_number("1980-02-03", 1);
    let made =
        register_worker(&desk, Some(PUBLIC), form("张三", &card, ZHANG), signed(&desk).await, None).await.unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let sent = code(&stranger, ZHANG, PhoneCodePurpose::SignIn).await.unwrap();
    let with = |tail: Option<&str>, not_mine| SignInCitizenInput {
        id_tail: tail.map(str::to_owned),
        not_mine,
        ..typed(ZHANG, &sent)
    };
    let asked = refusal(sign_in_citizen(&stranger, with(None, false), &HOME).await);
    assert_eq!(asked, SignInCitizen::IdTailNeeded);
    let wrong = refusal(sign_in_citizen(&stranger, with(Some("0000"), false), &HOME).await);
    assert_eq!(wrong, SignInCitizen::WrongIdTail);
    let me = sign_in_citizen(&stranger, with(Some(&card[14..]), false), &HOME).await.unwrap();
    let viewer = ask(&stranger.as_actor(me.actor), "{ citizenViewer { worker { id nameMasked } } }", json!({})).await;
    let worker = &viewer["data"]["citizenViewer"]["worker"];
    assert_eq!(worker, &json!({"id": stranger.gid("Worker", made.id).as_str(), "nameMasked": "张*"}));
    assert_eq!(people(&house).await.len(), 1);
}

#[tokio::test]
async fn a_number_that_a_counter_mistyped_does_not_open_the_entry_of_somebody_else() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let card = id_number("1980-02-03", 1);
    register_worker(&desk, Some(PUBLIC), form("张三", &card, LI), signed(&desk).await, None).await.unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let sent = code(&stranger, LI, PhoneCodePurpose::SignIn).await.unwrap();
    let mine = SignInCitizenInput { not_mine: true, ..typed(LI, &sent) };
    let me = sign_in_citizen(&stranger, mine, &HOME).await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let viewer = ask(&ctx, "{ citizenViewer { worker { id } citizen { idNumberMasked } } }", json!({}));
    assert_eq!(viewer.await["data"]["citizenViewer"], json!({"worker": null, "citizen": {"idNumberMasked": null}}));
    let (with, without): (Vec<_>, Vec<_>) = people(&house).await.into_iter().partition(|row| row.phone.is_some());
    assert_eq!((with.len(), without.len()), (1, 1), "the entry of the counter has no number now");
}

#[tokio::test]
async fn a_number_changes_with_a_code_to_the_old_and_one_to_the_new_and_other_sessions_end() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let other = testing::citizen(&stranger, ZHANG).await.unwrap();
    house.clock.advance(Duration::minutes(2));
    let me = testing::citizen(&stranger, ZHANG).await.unwrap();
    let ctx = stranger.as_actor(me.actor.clone());
    let version = people(&house).await[0].version;
    house.clock.advance(Duration::minutes(2));
    let old = code(&ctx, ZHANG, PhoneCodePurpose::ChangePhone).await.unwrap();
    let new = code(&ctx, LI, PhoneCodePurpose::ChangePhone).await.unwrap();
    let input = |code: &str, new_code: &str| ChangePhoneInput {
        code: code.to_owned(),
        new_phone: LI.to_owned(),
        new_code: new_code.to_owned(),
    };
    let stale = refusal(change_phone(&ctx, version + 7, input(&old, &new)).await);
    assert_eq!(stale, ChangePhone::Conflict { current: version });
    let wrong = if new == "333333" { "444444" } else { "333333" };
    assert_eq!(refusal(change_phone(&ctx, version, input(&old, wrong)).await), ChangePhone::WrongNewCode);
    assert_eq!(rows_of(&house, "phone_code").await, 4);
    change_phone(&ctx, version, input(&old, &new)).await.unwrap();
    assert_eq!(rows_of(&house, "phone_code").await, 1, "the codes of the old number go with it");
    let viewer = ask(&ctx, "{ citizenViewer { citizen { phoneMasked phoneProved } } }", json!({})).await;
    assert_eq!(viewer["data"]["citizenViewer"]["citizen"], json!({"phoneMasked": "139****5678", "phoneProved": true}));
    assert!(matches!(authenticate(&stranger, &other.token, None).await.unwrap(), Claimed::Unknown));
    assert!(matches!(authenticate(&stranger, &me.token, None).await.unwrap(), Claimed::Actor(_)));
}

#[tokio::test]
async fn a_citizen_sees_no_list_of_the_staff_and_a_clerk_is_no_citizen() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, ZHANG).await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let lists =
        ask(&ctx, "{ accounts { edges { cursor } } invitations { edges { cursor } } me { permissions } }", json!({}));
    let refused = lists.await;
    assert_eq!(refused["data"], json!({"accounts": null, "invitations": null, "me": null}), "{refused}");
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let viewer = ask(&desk, "{ citizenViewer { sessionEndsAt } }", json!({})).await;
    assert_eq!(viewer, json!({"data": {"citizenViewer": null}}));
    let province = house.stranger("platform").await.unwrap();
    let there = fault(request_phone_code(&province, ZHANG, PhoneCodePurpose::SignIn, &HOME).await);
    assert!(matches!(there, Fault::NotFound), "nobody signs in at the province by telephone");
    assert!(matches!(ctx.actor(), Actor::Citizen(_)));
}
