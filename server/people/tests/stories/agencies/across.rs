//! One licence across cities (跨市一致): what one says all hear, and who may say it.

use chrono::Duration;
use people::{LicenceState, Licensed, licence_of};

use super::super::common::letters;
use super::*;

#[tokio::test]
async fn what_taiyuan_registers_and_verifies_is_known_in_datong_and_at_the_province() {
    let world = Province::new().await;
    let made = register(&world.taiyuan, LICENCE, form()).await;
    assert_eq!((&made["licenceState"], &made["registeredHere"]), (&json!("UNVERIFIED"), &json!(true)));
    world.settle().await;
    assert_eq!(seen(&world.datong, LICENCE).await["licenceState"], "UNVERIFIED");
    verify(&world.taiyuan, &made).await;
    world.settle().await;
    for ctx in [&world.datong, &world.bureau] {
        let there = seen(ctx, LICENCE).await;
        assert_eq!(there["licenceState"], "VALID", "{there}");
        assert_eq!((&there["registeredIn"], &there["registeredHere"]), (&json!(TAIYUAN), &json!(false)));
        assert_ne!(there["id"], made["id"], "each store has ids of its own");
    }
    let (here, there) = (row(&world.house, TAIYUAN, LICENCE).await, row(&world.house, DATONG, LICENCE).await);
    assert_eq!((&there.uscc, &there.scope, there.expires_on), (&here.uscc, &here.scope, here.expires_on));
    assert_eq!((here.verified_by.is_some(), there.verified_by), (true, None), "the account is Taiyuan's");
    assert_eq!(history(&world.taiyuan, &made).await, ["VERIFIED", "REGISTERED"]);
    assert_eq!(history(&world.datong, &seen(&world.datong, LICENCE).await).await, ["RECEIVED", "RECEIVED"]);
}

#[tokio::test]
async fn a_licence_suspended_in_taiyuan_is_suspended_in_datong_until_taiyuan_gives_it_back() {
    let world = Province::new().await;
    let verified = world.verified().await;
    let there = row(&world.house, DATONG, LICENCE).await;
    acting(&world.house, DATONG, "manager", "agency_manager", ScopeKind::Agency, &there.id.to_string()).await;
    let before = announced(&world.house, DATONG, LICENCE_CHANGED).await;
    let datong = world.house.itself(DATONG).await.unwrap();
    let state = async || licence_of(&datong.scope(), there.id, datong.today()).await.unwrap();
    assert_eq!(state().await, LicenceState::Valid { until: "2027-01-04".parse().ok() });

    let suspended = decide(&world.taiyuan, "suspendAgencyLicence", &verified).await;
    let day = (&suspended["licenceState"], &suspended["licenceStateSince"]);
    assert_eq!(day, (&json!("SUSPENDED"), &json!("2026-07-01")));
    world.settle().await;
    assert_eq!(state().await, LicenceState::Suspended { since: "2026-07-01".parse().unwrap() });
    assert!(!state().await.may_publish());
    assert_eq!(announced(&world.house, DATONG, LICENCE_CHANGED).await, before + 1, "whoever publishes asks again");
    let told = letters(&world.house, DATONG).await;
    let (template, text) = told.last().unwrap();
    assert_eq!(template, "people.licence_decided");
    assert!(text.contains("发布虚假招聘信息") && text.contains("第四十三条") && text.contains("暂停"), "{text}");
    let shown = "query($id: ID!) { agency(id: $id) { statusReason statusArticle statusBy } }";
    let id = seen(&world.datong, LICENCE).await["id"].clone();
    let shown = answer(&world.datong, "agency", shown, json!({"id": id})).await;
    let why = json!({"statusReason": "发布虚假招聘信息", "statusArticle": "人力资源市场暂行条例第四十三条", "statusBy": TAIYUAN});
    assert_eq!(shown, why);

    let lifted = decide(&world.taiyuan, "liftAgencyLicence", &suspended).await;
    assert_eq!(lifted["licenceState"], "VALID");
    world.settle().await;
    assert!(state().await.may_publish());
    let kinds = history(&world.taiyuan, &lifted).await;
    assert_eq!(kinds, ["LIFTED", "SUSPENDED", "VERIFIED", "REGISTERED"], "each version stays in the history");
}

#[tokio::test]
async fn datong_neither_amends_verifies_nor_suspends_what_taiyuan_registered() {
    let world = Province::new().await;
    world.verified().await;
    let (there, before) = (seen(&world.datong, LICENCE).await, row(&world.house, DATONG, LICENCE).await);
    let moved = with(form(), "county", json!("140213"));
    let refused = [
        amend(&world.datong, &there, moved.clone()).await,
        verify(&world.datong, &there).await,
        decide(&world.datong, "suspendAgencyLicence", &there).await,
        decide(&world.datong, "revokeAgencyLicence", &there).await,
    ];
    for refused in &refused {
        assert_eq!(refused["code"], "ELSEWHERE", "{refused}");
        assert!(refused["message"].as_str().unwrap().contains("太原市"), "{refused}");
    }
    let again = register(&world.datong, "晋人服证字（2026）第0101号", moved).await;
    assert_eq!((&again["code"], &again["field"]), (&json!("ALREADY_REGISTERED"), &json!("licenceNo")));
    assert_eq!(row(&world.house, DATONG, LICENCE).await, before, "nothing changed");
}

#[tokio::test]
async fn of_two_cities_that_register_one_licence_at_one_time_the_first_at_the_province_stands() {
    let world = Province::new().await;
    register(&world.taiyuan, LICENCE, form()).await;
    let elsewhere = with(with(form(), "county", json!("140213")), "name", json!("另一家公司"));
    let second = register(&world.datong, LICENCE, elsewhere).await;
    assert_eq!(second["registeredHere"], true);
    // Taiyuan's word arrives first.
    world.settle().await;
    for code in [TAIYUAN, DATONG, PLATFORM] {
        let row = row(&world.house, code, LICENCE).await;
        assert_eq!((row.name.as_str(), row.home.as_deref()), ("并州人力资源服务有限公司", Some(TAIYUAN)), "{code}");
    }
    assert_eq!(history(&world.datong, &second).await, ["SUPERSEDED", "REGISTERED"]);
    assert_eq!(seen(&world.datong, LICENCE).await["id"], second["id"], "what hangs on it there stays");
}

#[tokio::test]
async fn what_the_province_revokes_no_city_gives_back_and_every_city_hears() {
    let world = Province::new().await;
    let verified = world.verified().await;
    let at_the_province = seen(&world.bureau, LICENCE).await;
    let revoked = decide(&world.bureau, "revokeAgencyLicence", &at_the_province).await;
    assert_eq!(revoked["licenceState"], "REVOKED");
    world.settle().await;
    let here = seen(&world.taiyuan, LICENCE).await;
    assert_eq!(here["licenceState"], "REVOKED");
    assert_eq!(seen(&world.datong, LICENCE).await["licenceState"], "REVOKED");
    let refused = decide(&world.taiyuan, "liftAgencyLicence", &here).await;
    assert_eq!(refused["code"], "DECIDED_ELSEWHERE", "{refused}");
    assert!(refused["message"].as_str().unwrap().contains("省级"), "{refused}");
    let stale = decide(&world.taiyuan, "suspendAgencyLicence", &verified).await;
    assert_eq!(stale["code"], "CONFLICT", "{stale}");
    assert_eq!(verify(&world.taiyuan, &here).await["code"], "REVOKED");
    let given_back = decide(&world.bureau, "liftAgencyLicence", &seen(&world.bureau, LICENCE).await).await;
    assert_eq!(given_back["licenceState"], "VALID");
    world.settle().await;
    assert_eq!(seen(&world.taiyuan, LICENCE).await["licenceState"], "VALID");
}

#[tokio::test]
async fn a_city_that_gives_back_what_the_province_revokes_at_that_moment_hears_that_it_stands() {
    let world = Province::new().await;
    let suspended = decide(&world.taiyuan, "suspendAgencyLicence", &world.verified().await).await;
    world.settle().await;
    decide(&world.bureau, "revokeAgencyLicence", &seen(&world.bureau, LICENCE).await).await;
    // The city does not know yet.
    world.house.clock.advance(Duration::minutes(1));
    let lifted = decide(&world.taiyuan, "liftAgencyLicence", &suspended).await;
    assert_eq!(lifted["licenceState"], "VALID");
    world.settle().await;
    for (code, ctx) in [(TAIYUAN, &world.taiyuan), (DATONG, &world.datong), (PLATFORM, &world.bureau)] {
        assert_eq!(seen(ctx, LICENCE).await["licenceState"], "REVOKED", "{code}");
    }
    let kinds = history(&world.bureau, &seen(&world.bureau, LICENCE).await).await;
    assert!(kinds.contains(&"UPHELD".to_owned()), "{kinds:?}");
}

#[tokio::test]
async fn a_city_that_is_set_up_anew_hears_of_every_agency_within_the_hour() {
    let world = Province::new().await;
    world.verified().await;
    world.house.begin_anew(DATONG).await.unwrap();
    let datong = world.house.itself(DATONG).await.unwrap();
    let known = async || agency::Entity::find().count(&datong.scope()).await.unwrap();
    assert_eq!(known().await, 0, "it begins without any");
    world.house.clock.advance(Duration::hours(2));
    world.settle().await;
    assert_eq!(known().await, 1);
    let before = row(&world.house, DATONG, LICENCE).await;
    world.house.clock.advance(Duration::hours(2));
    world.settle().await;
    assert_eq!(row(&world.house, DATONG, LICENCE).await, before, "what is no news changes nothing");
}

#[tokio::test]
async fn an_agency_only_heard_of_keeps_its_id_when_it_is_registered_and_is_called_as_it_was_registered() {
    let world = Province::new().await;
    let heard = async |name: &str| {
        let written = [Licensed { number: LICENCE.to_owned(), name: Some(name.to_owned()) }];
        let entered: Result<_, kernel::Stop<kernel::Never>> = world
            .house
            .itself(TAIYUAN)
            .await
            .unwrap()
            .transact(&people::policy::REMIND, |tx| async move { Ok(people::enter_agencies(&tx, &written).await?) })
            .await;
        entered.unwrap().of(LICENCE).unwrap()
    };
    let id = heard("某公司").await;
    let known = seen(&world.taiyuan, LICENCE).await;
    assert_eq!((&known["name"], &known["licenceState"]), (&json!("某公司"), &json!("UNVERIFIED")));
    assert_eq!(verify(&world.taiyuan, &known).await["code"], "NOT_REGISTERED");
    assert_eq!(decide(&world.taiyuan, "suspendAgencyLicence", &known).await["code"], "NOT_REGISTERED");
    let made = register(&world.taiyuan, "晋人服证字（2026）第0101号", form()).await;
    assert_eq!(made["id"], known["id"]);
    assert_eq!(heard("市场登记表上的另一名称").await, id);
    let named = row(&world.house, TAIYUAN, "晋人服证字（2026）第0101号").await;
    assert_eq!(named.name, "并州人力资源服务有限公司", "a market's form says nothing new of it");
}

#[tokio::test]
async fn another_last_day_must_be_verified_again_and_another_name_need_not() {
    let world = Province::new().await;
    let verified = world.verified().await;
    let unchanged = amend(&world.taiyuan, &verified, form()).await;
    assert_eq!(unchanged["code"], "NOTHING_CHANGED");
    let named = amend(&world.taiyuan, &verified, with(form(), "name", json!("并州人力集团"))).await;
    assert_eq!(named["licenceState"], "VALID", "{named}");
    let stale = amend(&world.taiyuan, &verified, form()).await;
    assert_eq!((&stale["code"], &stale["field"]), (&json!("CONFLICT"), &json!("version")));
    let renewed = with(with(form(), "name", json!("并州人力集团")), "expiresOn", json!("2030-01-04"));
    let renewed = amend(&world.taiyuan, &named, renewed).await;
    assert_eq!(renewed["licenceState"], "UNVERIFIED", "{renewed}");
    assert_eq!(verify(&world.taiyuan, &renewed).await["licenceState"], "VALID");
    world.settle().await;
    let there = row(&world.house, DATONG, LICENCE).await;
    assert_eq!((there.name.as_str(), there.expires_on), ("并州人力集团", "2030-01-04".parse().ok()));
}

#[tokio::test]
async fn nothing_is_decided_without_a_reason_and_an_article() {
    let world = Province::new().await;
    let verified = world.verified().await;
    let before = row(&world.house, TAIYUAN, LICENCE).await;
    let silent = decide_because(&world.taiyuan, "suspendAgencyLicence", &verified, " ", "第四十三条").await;
    assert_eq!((&silent["code"], &silent["field"]), (&json!("REASON_MISSING"), &json!("input.reason")));
    let lawless = decide_because(&world.taiyuan, "suspendAgencyLicence", &verified, "虚假信息", "").await;
    assert_eq!((&lawless["code"], &lawless["field"]), (&json!("ARTICLE_MISSING"), &json!("input.article")));
    let early = decide(&world.taiyuan, "liftAgencyLicence", &verified).await;
    assert_eq!(early["code"], "NOT_FROM_HERE", "{early}");
    assert_eq!(row(&world.house, TAIYUAN, LICENCE).await, before);
}

#[tokio::test]
async fn what_is_filled_in_wrongly_is_refused_and_names_its_field() {
    let world = Province::new().await;
    let refused = async |field: &str, value: Value| {
        let refused = register(&world.taiyuan, LICENCE, with(form(), field, value)).await;
        (refused["code"].clone(), refused["field"].clone())
    };
    for (field, value, code) in [
        ("name", json!(" "), "NAME_MISSING"),
        ("uscc", json!("91350100M000100Y44"), "USCC_INVALID"),
        ("county", json!("140213"), "COUNTY_INVALID"),
        ("issuer", json!(""), "ISSUER_MISSING"),
        ("scope", json!([]), "SCOPE_MISSING"),
        ("issuedOn", json!("2026-07-02"), "ISSUED_IN_FUTURE"),
        ("expiresOn", json!("2026-01-04"), "EXPIRES_BEFORE_ISSUE"),
    ] {
        assert_eq!(refused(field, value).await, (json!(code), json!(format!("input.{field}"))));
    }
    let nameless = register(&world.taiyuan, " ", form()).await;
    assert_eq!((&nameless["code"], &nameless["field"]), (&json!("NUMBER_MISSING"), &json!("licenceNo")));
    let ctx = world.house.itself(TAIYUAN).await.unwrap();
    assert_eq!(agency::Entity::find().count(&ctx.scope()).await.unwrap(), 0, "nothing was registered");
}
