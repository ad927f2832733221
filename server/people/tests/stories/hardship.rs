//! Hardship (困难情形): sensitive, so apart, sealed, with a consent of its own, and counted so that nobody is known by it.

use entities::worker;
use kernel::{Ctx, Fault};
use people::testing::{self, House, TAIYUAN, code, id_number};
use people::{
    ConsentForm, DifficultyBasis, DifficultyForm, DifficultyKind, PhoneCodePurpose, RecordDifficulty, WithdrawConsent,
    record_difficulty, register_worker, withdraw_consent,
};
use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::{Value, json};

use super::common::{fault, refusal};
use super::counters::{self, COMMERCIAL, PUBLIC, form, officer, paper, signed};
use super::workers::ask;

fn declared(kind: DifficultyKind, consent: ConsentForm) -> DifficultyForm {
    DifficultyForm {
        kind,
        basis: DifficultyBasis::Declared,
        consent,
        evidence: None,
        valid_until: None,
        certified_by: None,
        certified_on: None,
    }
}

pub(super) async fn rows_of(house: &House, table: &str) -> usize {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let all = Query::select().column(Alias::new("id")).from(Alias::new(table)).to_owned();
    ctx.scope().query_all(&all).await.unwrap().len()
}

async fn seen(ctx: &Ctx, worker: uuid::Uuid) -> Value {
    let query = "query($i: ID!) { worker(id: $i) { difficulties { kind basis certifiedBy hasEvidence } } }";
    let answer = ask(ctx, query, json!({"i": ctx.gid("Worker", worker).as_str()})).await;
    answer["data"]["worker"]["difficulties"].clone()
}

#[tokio::test]
async fn hardship_is_written_down_with_a_separate_consent_and_seen_by_few() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let manager = counters::at(&house, "manager", "market_manager", PUBLIC).await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    let made = register_worker(
        &desk,
        Some(PUBLIC),
        form("张三", &id_number("1980-02-03", 1), "无"),
        signed(&desk).await,
        None,
    );
    let worker = made.await.unwrap().id;
    let denied = record_difficulty(&desk, worker, declared(DifficultyKind::Disabled, signed(&desk).await), None).await;
    assert!(matches!(fault(denied), Fault::Forbidden));
    let without =
        record_difficulty(&bureau, worker, declared(DifficultyKind::Disabled, ConsentForm::online()), None).await;
    assert!(matches!(refusal(without), RecordDifficulty::Consent { .. }));
    let certified = DifficultyForm {
        basis: DifficultyBasis::Certified,
        ..declared(DifficultyKind::Disabled, signed(&bureau).await)
    };
    let unnamed = record_difficulty(&bureau, worker, certified.clone(), None).await;
    assert_eq!(refusal(unnamed), RecordDifficulty::CertificationMissing);
    assert_eq!((rows_of(&house, "worker_difficulty").await, rows_of(&house, "consent").await), (0, 1));
    let whole = DifficultyForm {
        evidence: Some(paper(&bureau).await),
        certified_by: Some("小店区人力资源和社会保障局".to_owned()),
        certified_on: Some(bureau.today()),
        ..certified
    };
    record_difficulty(&bureau, worker, whole.clone(), None).await.unwrap();
    assert_eq!(refusal(record_difficulty(&bureau, worker, whole, None).await), RecordDifficulty::AlreadyRecorded);
    let shown = json!([{"kind": "DISABLED", "basis": "CERTIFIED", "certifiedBy": "小店区人力资源和社会保障局", "hasEvidence": true}]);
    assert_eq!(seen(&bureau, worker).await, shown);
    assert_eq!(seen(&manager, worker).await, shown);
    assert_eq!(seen(&desk, worker).await, Value::Null, "whoever works at the counter does not see it");
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let all = Query::select()
        .columns(["kind", "certified_by"].map(Alias::new))
        .from(Alias::new("worker_difficulty"))
        .to_owned();
    for row in ctx.scope().query_all(&all).await.unwrap() {
        for (column, plain) in [("kind", "DISABLED"), ("certified_by", "小店区")] {
            let sealed: Vec<u8> = row.try_get("", column).unwrap();
            assert!(!String::from_utf8_lossy(&sealed).contains(plain), "{column} lies sealed");
        }
    }
}

#[tokio::test]
async fn withdrawing_the_consent_deletes_what_was_written_down_and_leaves_the_registration() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let input = testing::worker("张三", &id_number("1980-02-03", 1), "无");
    let worker = register_worker(&ctx, None, input, ConsentForm::online(), None).await.unwrap().id;
    let certified = DifficultyForm {
        basis: DifficultyBasis::Certified,
        ..declared(DifficultyKind::MinimumLiving, ConsentForm::online())
    };
    assert_eq!(refusal(record_difficulty(&ctx, worker, certified, None).await), RecordDifficulty::DeclaredOnly);
    record_difficulty(&ctx, worker, declared(DifficultyKind::MinimumLiving, ConsentForm::online()), None)
        .await
        .unwrap();
    let consents = async || {
        let answer = ask(
            &ctx,
            "{ citizenViewer { citizen { consents { id purpose how withdrawnAt } } worker { status } } }",
            json!({}),
        );
        answer.await["data"]["citizenViewer"].clone()
    };
    let before = consents().await;
    assert_eq!(before["citizen"]["consents"].as_array().unwrap().len(), 2);
    let separate =
        before["citizen"]["consents"].as_array().unwrap().iter().find(|one| one["purpose"] == "DIFFICULTY").unwrap();
    let id = ctx.parse_id("Consent", &async_graphql::ID(separate["id"].as_str().unwrap().to_owned())).unwrap();
    let other = testing::citizen(&stranger, "13900005678").await.unwrap();
    let foreign = withdraw_consent(&stranger.as_actor(other.actor), id, None).await;
    assert!(matches!(fault(foreign), Fault::NotFound));
    assert_eq!(rows_of(&house, "worker_difficulty").await, 1);
    withdraw_consent(&ctx, id, None).await.unwrap();
    assert_eq!(rows_of(&house, "worker_difficulty").await, 0);
    assert_eq!(refusal(withdraw_consent(&ctx, id, None).await), WithdrawConsent::AlreadyWithdrawn);
    assert_eq!(consents().await["worker"]["status"], "ACTIVE");
    let registration = consents().await["citizen"]["consents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["purpose"] == "REGISTRATION")
        .unwrap()["id"]
        .clone();
    let id = ctx.parse_id("Consent", &async_graphql::ID(registration.as_str().unwrap().to_owned())).unwrap();
    withdraw_consent(&ctx, id, None).await.unwrap();
    assert_eq!(consents().await["worker"]["status"], "CLOSED");
}

#[tokio::test]
async fn few_people_are_not_counted_and_the_next_smallest_is_hidden_with_them() {
    let (house, _dir) = counters::city().await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    let register = async |n: u32, county: &str| {
        let card = id_number(&format!("19{}-02-03", 60 + n), 1 + 2 * n);
        let input = people::WorkerInput { county: county.to_owned(), ..form("张三", &card, "无") };
        register_worker(&bureau, None, input, signed(&bureau).await, None).await.unwrap().id
    };
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(register(n, "140105").await);
    }
    for n in 7..13 {
        ids.push(register(n, "140106").await);
    }
    let one = register(13, "140107").await;
    let counts = async |by: &str| {
        let query = format!("{{ workerStatistics(by: {by}) {{ total least rows {{ key count }} }} }}");
        ask(&bureau, &query, json!({})).await["data"]["workerStatistics"].clone()
    };
    let count = |answer: &Value, key: &str| {
        answer["rows"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap()["count"].clone()
    };
    let by_county = counts("COUNTY").await;
    assert_eq!((by_county["total"].clone(), by_county["least"].clone()), (json!(14), json!(5)));
    assert_eq!(count(&by_county, "140105"), json!(7));
    assert_eq!(count(&by_county, "140107"), Value::Null, "one person is not counted");
    assert_eq!(count(&by_county, "140106"), Value::Null, "or the one would be what the others lack of the whole");
    assert_eq!(count(&by_county, "140108"), json!(0));
    for id in &ids[..5] {
        let form = declared(DifficultyKind::Disabled, signed(&bureau).await);
        record_difficulty(&bureau, *id, form, None).await.unwrap();
    }
    record_difficulty(&bureau, one, declared(DifficultyKind::MinimumLiving, signed(&bureau).await), None)
        .await
        .unwrap();
    let by_hardship = counts("DIFFICULTY").await;
    assert_eq!((count(&by_hardship, "DISABLED"), count(&by_hardship, "MINIMUM_LIVING")), (Value::Null, Value::Null));
    let form = declared(DifficultyKind::Disabled, signed(&bureau).await);
    record_difficulty(&bureau, one, form, None).await.unwrap();
    assert_eq!(count(&counts("DIFFICULTY").await, "VETERAN"), json!(0));
    assert_eq!(count(&counts("TRADE").await, "6-29-01-01"), json!(14));
    let bands = counts("AGE_BAND").await;
    let known: i64 = bands["rows"].as_array().unwrap().iter().filter_map(|row| row["count"].as_i64()).sum();
    assert!(known <= 14, "{bands}");
    let agency = counters::at(&house, "agency", "market_manager", COMMERCIAL).await;
    let denied = ask(&agency, "{ workerStatistics(by: COUNTY) { total } }", json!({})).await;
    assert_eq!(denied["data"]["workerStatistics"], Value::Null, "{denied}");
}

/// Six who are younger, five who are older and some who are over age, in each of two counties; in this order.
async fn of_all_ages(bureau: &Ctx) -> Vec<uuid::Uuid> {
    let mut all = Vec::new();
    for (county, over_age) in [("140105", 1), ("140106", 2)] {
        for (born, many) in [("1990-02-03", 6), ("1970-02-03", 5), ("1950-02-03", over_age)] {
            for _ in 0..many {
                let card = id_number(born, 1 + 2 * u32::try_from(all.len()).unwrap());
                let input = people::WorkerInput { county: county.to_owned(), ..form("张三", &card, "无") };
                all.push(register_worker(bureau, None, input, signed(bureau).await, None).await.unwrap().id);
            }
        }
    }
    all
}

#[tokio::test]
async fn what_is_counted_is_split_by_age_and_hardship_and_what_is_hidden_follows_from_nothing_that_is_shown() {
    let (house, _dir) = counters::city().await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    let all = of_all_ages(&bureau).await;
    let disabled = all[..6].iter().chain(&all[12..18]).map(|id| (*id, DifficultyKind::Disabled));
    let two = [(all[6], DifficultyKind::Veteran), (all[7], DifficultyKind::Graduate)];
    for (id, kind) in disabled.chain(two) {
        record_difficulty(&bureau, id, declared(kind, signed(&bureau).await), None).await.unwrap();
    }
    let row = async |by: &str, key: &str| {
        let parts = "byAge { age count } byDifficulty { difficulty count }";
        let query = format!("{{ workerStatistics(by: {by}) {{ rows {{ key count {parts} }} }} }}");
        let answer = ask(&bureau, &query, json!({})).await["data"]["workerStatistics"].clone();
        answer["rows"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap().clone()
    };
    let ages = |row: &Value| {
        ["MINOR", "ADULT", "OLDER", "OVER_AGE"]
            .map(|age| row["byAge"].as_array().unwrap().iter().find(|one| one["age"] == age).unwrap()["count"].clone())
    };
    let hardship = |row: &Value, kind: &str| {
        row["byDifficulty"].as_array().unwrap().iter().find(|one| one["difficulty"] == kind).unwrap()["count"].clone()
    };
    let nothing = Value::Null;
    for (county, people) in [("140105", 12), ("140106", 13)] {
        let row = row("COUNTY", county).await;
        assert_eq!(row["count"], people);
        assert_eq!(
            ages(&row),
            [json!(0), json!(6), nothing.clone(), nothing.clone()],
            "the few, and who stands beside"
        );
        assert_eq!(hardship(&row, "DISABLED"), 6);
    }
    assert_eq!(hardship(&row("COUNTY", "140105").await, "VETERAN"), nothing, "one person");
    assert_eq!(hardship(&row("COUNTY", "140106").await, "VETERAN"), 0);
    let masons = row("TRADE", "6-29-01-01").await;
    assert_eq!(ages(&masons), [json!(0), json!(12), nothing.clone(), nothing.clone()], "three are over age");
    assert_eq!((hardship(&masons, "DISABLED"), hardship(&masons, "GRADUATE")), (json!(12), nothing.clone()));
    let disabled = row("DIFFICULTY", "DISABLED").await;
    assert_eq!(ages(&disabled), [json!(0), json!(12), json!(0), json!(0)]);
    assert_eq!(
        ages(&row("DIFFICULTY", "VETERAN").await),
        [const { Value::Null }; 4],
        "nothing of a row that is hidden"
    );
    let adults = row("AGE_BAND", "ADULT").await;
    assert_eq!((&adults["count"], &adults["byAge"], &adults["byDifficulty"]), (&json!(12), &json!([]), &json!([])));
}

#[tokio::test]
async fn erased_by_its_own_code_a_citizen_leaves_nothing_and_by_staff_it_takes_two_persons() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor.clone());
    let card = id_number("1980-02-03", 1);
    let input = testing::worker("张三", &card, "无");
    let worker = register_worker(&ctx, None, input, ConsentForm::online(), None).await.unwrap().id;
    record_difficulty(&ctx, worker, declared(DifficultyKind::Disabled, ConsentForm::online()), None).await.unwrap();
    let id = me.actor.citizen_id().unwrap();
    let version = people_version(&house).await;
    let guessed = people::erase_citizen(&ctx, id, version, Some("000000"), "", None).await;
    assert_eq!(refusal(guessed), people::EraseCitizen::WrongCode);
    house.clock.advance(chrono::Duration::minutes(2));
    let own = code(&ctx, "13800001234", PhoneCodePurpose::OwnData).await.unwrap();
    people::export_citizen_data(&ctx, id, Some(&own), "", None).await.unwrap();
    let tables = [
        "citizen",
        "worker",
        "worker_trade",
        "worker_difficulty",
        "worker_profile",
        "consent",
        "citizen_session",
        "phone_code",
        "sms",
    ];
    for table in tables.into_iter().filter(|table| *table != "worker_profile") {
        assert!(rows_of(&house, table).await > 0, "{table} holds something of the person");
    }
    house.clock.advance(chrono::Duration::minutes(2));
    let own = code(&ctx, "13800001234", PhoneCodePurpose::OwnData).await.unwrap();
    people::erase_citizen(&ctx, id, version, Some(&own), "", None).await.unwrap();
    for table in tables.into_iter().filter(|table| *table != "worker_profile") {
        assert_eq!(rows_of(&house, table).await, 0, "{table}");
    }
    assert!(matches!(people::authenticate(&stranger, &me.token, None).await.unwrap(), people::Claimed::Unknown));
    by_two_persons(&house).await;
}

async fn people_version(house: &House) -> i32 {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    entities::citizen::Entity::find().one(&ctx.scope()).await.unwrap().unwrap().version
}

async fn by_two_persons(house: &House) {
    let bureau = officer(house, "bureau", "bureau_officer").await;
    let security = officer(house, "security", "security_admin").await;
    let made =
        register_worker(&bureau, None, form("李四", &id_number("1981-02-03", 1), "无"), signed(&bureau).await, None);
    made.await.unwrap();
    let ctx = house.itself(TAIYUAN).await.unwrap();
    let row = worker::Entity::find().one(&ctx.scope()).await.unwrap().unwrap();
    let (id, version) = (row.citizen_id, people_version(house).await);
    let why = "本人书面申请删除";
    let in_use = people::erase_citizen(&security, id, version, None, why, None).await;
    assert_eq!(refusal(in_use), people::EraseCitizen::NotBlocked);
    let denied = people::erase_citizen(&bureau, id, version, None, why, None).await;
    assert!(matches!(fault(denied), Fault::Forbidden));
    people::block_citizen(&bureau, id, version, why, None).await.unwrap();
    people::erase_citizen(&security, id, version + 1, None, why, None).await.unwrap();
    assert_eq!(
        (rows_of(house, "citizen").await, rows_of(house, "worker").await, rows_of(house, "blob").await),
        (0, 0, 0)
    );
}
