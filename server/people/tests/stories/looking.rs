//! Who still looks for work (仍在求职): said with one tap, by an answer to a message, or at any public counter.

use chrono::{Duration, NaiveDate};
use entities::{sms, worker};
use kernel::sms::{Purpose, Report, signature};
use kernel::worker::Worker;
use kernel::{Ctx, Fault};
use people::testing::{self, House, TAIYUAN, id_number};
use people::{
    ConsentForm, SetWorkerParameter, StillLooking, WorkerParameter, register_worker, set_parameter, still_looking,
    stop_looking,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use super::common::{fault, refusal};
use super::counters::{self, PUBLIC, form, officer, signed};

const SECRET: &str = "0123456789abcdef";

async fn row(house: &House) -> worker::Model {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    worker::Entity::find().one(&ctx.scope()).await.unwrap().unwrap()
}

/// Lets days pass, each with its repeated jobs.
async fn days_pass(house: &House, days: i64) {
    let mut worker = Worker::new(std::sync::Arc::clone(&house.kernel), "story".to_owned());
    worker.drain(TAIYUAN).await.unwrap();
    for _ in 0..days {
        house.clock.advance(Duration::days(1));
        worker.drain(TAIYUAN).await.unwrap();
        worker.drain(TAIYUAN).await.unwrap();
    }
}

async fn questions(ctx: &Ctx) -> Vec<String> {
    let asked = sms::Entity::find().filter(sms::Column::Template.eq("workers.still_looking"));
    let mut texts = Vec::new();
    for row in asked.filter(sms::Column::Direction.eq("OUT")).all(&ctx.scope()).await.unwrap() {
        texts.push(kernel::sms::open(ctx, &row).await.unwrap().text.expose().clone());
    }
    texts
}

#[tokio::test]
async fn one_tap_keeps_somebody_on_the_list_for_as_many_days_as_the_city_says() {
    let (house, _dir) = counters::city().await;
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    assert_eq!(refusal(still_looking(&ctx, None, None).await), StillLooking::NotRegistered);
    let input = testing::worker("张三", &id_number("1980-02-03", 1), "无");
    register_worker(&ctx, None, input, ConsentForm::online(), None).await.unwrap();
    assert_eq!(row(&house).await.looking_until, Some(ctx.now() + Duration::days(14)));
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    let refused = refusal(set_parameter(&bureau, WorkerParameter::LookingDays, Some(181), None).await);
    assert_eq!(refused, SetWorkerParameter::OutOfBounds { least: 1, most: 180 });
    set_parameter(&bureau, WorkerParameter::LookingDays, Some(7), None).await.unwrap();
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let denied = set_parameter(&desk, WorkerParameter::LookingDays, Some(9), None).await;
    assert!(matches!(fault(denied), Fault::Forbidden));
    house.clock.advance(Duration::days(3));
    still_looking(&ctx, None, None).await.unwrap();
    assert_eq!(row(&house).await.looking_until, Some(ctx.now() + Duration::days(7)));
    stop_looking(&ctx, None, None).await.unwrap();
    assert_eq!((row(&house).await.looking_until, row(&house).await.status.as_str()), (None, "ACTIVE"));
    let at_any_counter = row(&house).await;
    let desk = super::common::as_account(&house, "desk").await;
    still_looking(&desk, Some(at_any_counter.id), None).await.unwrap();
    assert_eq!(row(&house).await.looking_until, Some(desk.now() + Duration::days(7)));
}

#[tokio::test]
async fn who_did_not_say_so_in_time_is_asked_once_and_goes_on_with_the_answer_one() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::with(dir.path(), Vec::new(), |config| {
        config.people.staff_totp = false;
        config.sms.gateway = kernel::sms::GatewayKind::Page;
        config.sms.secret = Some(SECRET.to_owned());
    })
    .await
    .unwrap();
    let stranger = house.stranger(TAIYUAN).await.unwrap();
    let me = testing::citizen(&stranger, "13800001234").await.unwrap();
    let ctx = stranger.as_actor(me.actor);
    let input = testing::worker("张三", &id_number("1980-02-03", 1), "无");
    register_worker(&ctx, None, input, ConsentForm::online(), None).await.unwrap();
    days_pass(&house, 13).await;
    assert_eq!(questions(&stranger).await, Vec::<String>::new());
    days_pass(&house, 2).await;
    let asked = questions(&stranger).await;
    assert_eq!(asked.len(), 1);
    assert!(asked[0].contains("您还在找零工吗") && asked[0].contains("回复 1"), "{asked:?}");
    assert_eq!(row(&house).await.looking_until, None);
    days_pass(&house, 1).await;
    assert_eq!(questions(&stranger).await.len(), 1, "nobody is asked again for the same silence");
    answer(&house, "13900005678", "1", "a stranger").await;
    assert_eq!(row(&house).await.looking_until, None);
    answer(&house, "13800001234", "1", "yes").await;
    assert_eq!(row(&house).await.looking_until, Some(stranger.now() + Duration::days(14)));
}

/// An answer as the gateway brings it.
async fn answer(house: &House, number: &str, text: &str, id: &str) {
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let timestamp = ctx.now().timestamp().to_string();
    let body = serde_json::to_vec(&json!({"id": id, "number": number, "text": text})).unwrap();
    let signature = signature(SECRET, Purpose::Reply, "taiyuan", &timestamp, &body).unwrap();
    let report = Report { purpose: Purpose::Reply, timestamp: &timestamp, signature: &signature, body: &body };
    kernel::sms::receive(&ctx, report).await.unwrap();
    Worker::new(std::sync::Arc::clone(&house.kernel), "story".to_owned()).drain(TAIYUAN).await.unwrap();
}

#[tokio::test]
async fn who_comes_of_age_or_becomes_older_is_counted_so_from_that_morning() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    // The stories begin on 1 July 2026.
    let card = id_number("2008-07-03", 1);
    let made = register_worker(
        &desk,
        Some(PUBLIC),
        people::WorkerInput { trades: vec!["餐厅服务员".to_owned()], ..form("王五", &card, "无") },
        signed(&desk).await,
        None,
    )
    .await
    .unwrap();
    assert_eq!(row(&house).await.age_band, "MINOR");
    days_pass(&house, 1).await;
    assert_eq!(row(&house).await.age_band, "MINOR");
    days_pass(&house, 1).await;
    assert_eq!((row(&house).await.id, row(&house).await.age_band.as_str()), (made.id, "ADULT"));
}

#[tokio::test]
async fn who_comes_to_be_over_age_within_half_a_year_is_noted_by_the_month_until_the_band_says_so() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    // Over age from 3 July 2026: sixty years and four months. The stories begin on 1 July.
    let soon = form("赵六", &id_number("1966-03-03", 1), "无");
    let soon = register_worker(&desk, Some(PUBLIC), soon, signed(&desk).await, None).await.unwrap().id;
    // From 2 January 2027: sixty years and five months.
    let later = form("钱七", &id_number("1966-08-02", 3), "无");
    let later = register_worker(&desk, Some(PUBLIC), later, signed(&desk).await, None).await.unwrap().id;
    let noted = async |id: uuid::Uuid| {
        let ctx = house.itself(TAIYUAN).await.unwrap();
        let row = worker::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap();
        (row.age_band, row.over_age_from)
    };
    let older = |month: Option<&str>| ("OLDER".to_owned(), month.map(|day| day.parse::<NaiveDate>().unwrap()));
    assert_eq!(noted(soon).await, older(Some("2026-07-01")));
    assert_eq!(noted(later).await, older(None));
    days_pass(&house, 1).await;
    assert_eq!(noted(soon).await, older(Some("2026-07-01")));
    assert_eq!(noted(later).await, older(Some("2027-01-01")));
    days_pass(&house, 1).await;
    assert_eq!(noted(soon).await, ("OVER_AGE".to_owned(), None));
}

#[tokio::test]
async fn a_city_that_changes_from_which_age_somebody_is_older_finds_everybody_counted_so_the_next_morning() {
    let (house, _dir) = counters::city().await;
    let desk = counters::at(&house, "desk", "market_staff", PUBLIC).await;
    let bureau = officer(&house, "bureau", "bureau_officer").await;
    // A woman of forty-five: older from forty, as the city has it.
    let woman = form("孙八", &id_number("1981-02-03", 2), "无");
    register_worker(&desk, Some(PUBLIC), woman, signed(&desk).await, None).await.unwrap();
    assert_eq!(row(&house).await.age_band, "OLDER");
    for (from, band) in [(46, "ADULT"), (44, "OLDER"), (60, "ADULT"), (30, "OLDER")] {
        set_parameter(&bureau, WorkerParameter::OlderWomen, Some(from), None).await.unwrap();
        days_pass(&house, 1).await;
        assert_eq!(row(&house).await.age_band, band, "from {from}");
    }
}
