//! Text messages: over a real port, retried while the gateway is away, handed over once, and no more often than may be.

mod gateway;
mod replies;
mod shown;

use chrono::{DateTime, Duration, Utc};
use entities::{job, sms};
use kernel::house::operations::resend_sms::{ResendSms, resend_sms};
use kernel::sms::{Class, GatewayKind, Message, NotQueued, Period};
use kernel::{Ctx, Lang, Never, Stop, Words};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use self::gateway::{Gateway, Mood, leading_to};
use crate::on_both;
use crate::post::dead_port;
use crate::support::{self, CITY, House, WRITE, WriteNote};
use crate::tasks::Count;

on_both! {
    a_message_waits_for_a_gateway_that_is_down_slow_or_failing_and_goes_once_when_it_takes_it,
    a_message_that_is_refused_fails_names_nobody_and_can_be_sent_again,
    a_code_is_not_sent_when_it_is_of_no_use_any_more,
    without_a_gateway_a_message_fails_and_says_so,
    a_number_gets_one_code_a_minute_and_the_second_is_refused_without_a_trace,
    of_two_codes_at_one_moment_one_goes,
    the_fifty_first_notice_within_a_day_fails_and_is_not_tried,
    many_messages_cost_one_look_at_their_numbers,
    a_refused_operation_sends_nothing,
}

const WANG: &str = "138 0000 1234";
const LI: &str = "13900005678";

fn notice(to: &str) -> Message {
    Message::notice(to.into(), "test.notice", Lang::Zh, "您的零工已确认，明日5:30在迎泽桥头集合。".into())
}

fn code(ctx: &Ctx, to: &str) -> Message {
    let until = ctx.now() + Duration::minutes(5);
    Message::code(to.into(), "test.code", Lang::Zh, "验证码 604217，五分钟内有效。".into(), until)
}

async fn queue(ctx: &Ctx, message: Message) -> Result<Uuid, NotQueued> {
    let done: Result<_, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(tx.sms(message).await?) }).await;
    done.map_err(Stop::into_fault).unwrap()
}

async fn row(ctx: &Ctx, id: Uuid) -> sms::Model {
    sms::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap()
}

async fn count(ctx: &Ctx) -> u64 {
    sms::Entity::find().count(&ctx.scope()).await.unwrap()
}

/// Jobs that send messages and wait.
async fn waiting(ctx: &Ctx) -> u64 {
    let waiting = job::Column::Kind.eq("sms.send").and(job::Column::Status.eq("QUEUED"));
    job::Entity::find().filter(waiting).count(&ctx.scope()).await.unwrap()
}

/// How it stands, how often it was tried, and why it did not go, in English.
fn state(row: &sms::Model) -> (&str, i32, String) {
    (&row.status, row.attempts, row.last_error.as_deref().map_or_else(String::new, |words| Words::read(words).en))
}

async fn a_message_waits_for_a_gateway_that_is_down_slow_or_failing_and_goes_once_when_it_takes_it(house: House) {
    let (_taken, port) = dead_port();
    let house = house.with_sms(leading_to(port));
    let ctx = house.ctx().await;
    let id = queue(&ctx, notice(WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(state(&row(&ctx, id).await), ("QUEUED", 1, "The gateway could not be reached.".to_owned()));

    let gateway = Gateway::open(Mood::Silent).await;
    let house = house.with_sms(gateway.settings());
    let ctx = house.ctx().await;
    let later = async |mood, reason: &str| {
        gateway.turns(mood);
        house.clock.advance(Duration::minutes(5));
        house.worker().drain(CITY).await.unwrap();
        let attempts = 1 + i32::try_from(gateway.got().len()).unwrap();
        assert_eq!(state(&row(&ctx, id).await), ("QUEUED", attempts, reason.to_owned()));
    };
    later(Mood::Silent, "The gateway did not answer in time.").await;
    later(Mood::Says(503), "The gateway answered 503.").await;
    gateway.turns(Mood::Takes);
    house.clock.advance(Duration::minutes(5));
    house.worker().drain(CITY).await.unwrap();
    let sent = row(&ctx, id).await;
    assert_eq!(state(&sent), ("SENT", 4, String::new()));
    assert_eq!((sent.sent_at, sent.receipt), (Some(ctx.now()), Some(format!("r-{id}"))));

    // It said so: nothing is handed over again.
    house.clock.advance(Duration::days(2));
    house.worker().drain(CITY).await.unwrap();
    let got = gateway.got();
    assert_eq!(got.len(), 3);
    for request in &got {
        assert_eq!(request.line, "POST /v1/send?app=yizhan HTTP/1.1");
        assert_eq!(request.headers["host"], format!("127.0.0.1:{}", gateway.port));
        let text = "【某市零工驿站】您的零工已确认，明日5:30在迎泽桥头集合。";
        assert_eq!(
            request.json(),
            json!({"id": id.to_string(), "city": "taiyuan", "number": "+8613800001234", "text": text}),
            "the same id each time"
        );
    }
    let last = got.last().unwrap();
    let at = sent.sent_at.unwrap().timestamp();
    assert!(last.is_signed("taiyuan", at) && !last.is_signed("datong", at) && !last.is_signed("taiyuan", at + 1));
    house.close().await;
}

async fn a_message_that_is_refused_fails_names_nobody_and_can_be_sent_again(house: House) {
    let gateway = Gateway::open(Mood::Says(422)).await;
    let house = house.with_sms(gateway.settings());
    let ctx = house.ctx().await;
    let id = queue(&ctx, notice(WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(state(&row(&ctx, id).await), ("FAILED", 1, "The gateway answered 422.".to_owned()));

    gateway.turns(Mood::Takes);
    resend_sms(&ctx, id, None).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(state(&row(&ctx, id).await), ("SENT", 1, String::new()));
    let refused = resend_sms(&ctx, id, None).await;
    assert!(matches!(refused, Err(Stop::Refused(ResendSms::NotFailed))));

    // Taken, and not delivered: under the old id the gateway would not send it any more.
    replies::report(&house, "FAILED", &format!("r-{id}")).await.unwrap();
    resend_sms(&ctx, id, None).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&ctx, id).await.receipt, Some(format!("r-{id}.2")));
    let ids: Vec<_> = gateway.got().iter().map(|got| got.json()["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, [id.to_string(), id.to_string(), format!("{id}.2")]);
    house.close().await;
}

async fn a_code_is_not_sent_when_it_is_of_no_use_any_more(house: House) {
    let gateway = Gateway::open(Mood::Says(500)).await;
    let house = house.with_sms(gateway.settings());
    let ctx = house.ctx().await;
    let (late, early) = (queue(&ctx, code(&ctx, WANG)).await.unwrap(), queue(&ctx, code(&ctx, LI)).await.unwrap());
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(gateway.got().len(), 2);
    house.clock.advance(Duration::minutes(5));
    house.worker().drain(CITY).await.unwrap();
    for id in [late, early] {
        assert_eq!(state(&row(&ctx, id).await), ("FAILED", 1, "It is of no use any more and is not sent.".to_owned()));
        assert!(matches!(resend_sms(&ctx, id, None).await, Err(Stop::Refused(ResendSms::Expired))));
    }
    // Nor is it kept waiting for a time at which it is of no use.
    let third = queue(&ctx, code(&ctx, WANG)).await.unwrap();
    for _ in 0..5 {
        house.worker().drain(CITY).await.unwrap();
        house.clock.advance(Duration::minutes(1));
    }
    assert_eq!(state(&row(&ctx, third).await), ("FAILED", 4, "It is of no use any more and is not sent.".to_owned()));
    assert_eq!(gateway.got().len(), 6);
    house.close().await;
}

async fn without_a_gateway_a_message_fails_and_says_so(house: House) {
    let ctx = house.ctx().await;
    let id = queue(&ctx, notice(WANG)).await.unwrap();
    assert_eq!(state(&row(&ctx, id).await), ("QUEUED", 0, String::new()));
    house.worker().drain(CITY).await.unwrap();
    let reason = "No gateway for text messages is set, so it did not go; send it again once there is one.";
    assert_eq!(state(&row(&ctx, id).await), ("FAILED", 1, reason.to_owned()));

    // On a page of this machine it stands for whoever may open it.
    let house = house.with_sms(|config| config.gateway = GatewayKind::Page);
    let ctx = house.ctx().await;
    resend_sms(&ctx, id, None).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(state(&row(&ctx, id).await), ("SENT", 1, String::new()));
    house.close().await;
}

fn told(answer: Result<Uuid, NotQueued>) -> (usize, Period, DateTime<Utc>) {
    match answer {
        Err(NotQueued::TooMany(over)) => (over.most, over.within, over.again_at),
        other => panic!("{other:?}"),
    }
}

async fn a_number_gets_one_code_a_minute_and_the_second_is_refused_without_a_trace(house: House) {
    let ctx = house.ctx().await;
    let first = ctx.now();
    queue(&ctx, code(&ctx, WANG)).await.unwrap();
    house.clock.advance(Duration::seconds(59));
    let again = first + Duration::minutes(1);
    for same in [WANG, "+86 138-0000-1234", "１３８００００１２３４"] {
        assert_eq!(told(queue(&ctx, code(&ctx, same)).await), (1, Period::Minute, again), "{same}");
    }
    assert_eq!((count(&ctx).await, waiting(&ctx).await), (1, 1), "nothing was written");
    // Another number, and other messages, go on.
    queue(&ctx, code(&ctx, LI)).await.unwrap();
    queue(&ctx, notice(WANG)).await.unwrap();
    for _ in 0..4 {
        house.clock.advance(Duration::minutes(1));
        queue(&ctx, code(&ctx, WANG)).await.unwrap();
    }
    house.clock.advance(Duration::minutes(1));
    assert_eq!(told(queue(&ctx, code(&ctx, WANG)).await), (5, Period::Hour, first + Duration::hours(1)));
    for fixed in ["0351-5278313", "12333", "400-123-4567", "1380000123", "来电"] {
        assert_eq!(queue(&ctx, code(&ctx, fixed)).await, Err(NotQueued::NoMobile), "{fixed}");
    }
    // Two of one operation count as two.
    house.clock.advance(Duration::hours(1));
    let both = vec![code(&ctx, WANG), code(&ctx, WANG)];
    let done: Result<_, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(tx.sms_to_all(both).await?) }).await;
    let answers = done.map_err(Stop::into_fault).unwrap();
    assert!(answers[0].is_ok() && matches!(answers[1], Err(NotQueued::TooMany(_))), "{answers:?}");
    house.close().await;
}

async fn of_two_codes_at_one_moment_one_goes(house: House) {
    let (one, other) = (house.ctx().await, house.ctx().await);
    let answers = tokio::join!(queue(&one, code(&one, WANG)), queue(&other, code(&other, WANG)));
    assert_eq!(usize::from(answers.0.is_ok()) + usize::from(answers.1.is_ok()), 1, "{answers:?}");
    assert_eq!(count(&one).await, 1);
    house.close().await;
}

async fn the_fifty_first_notice_within_a_day_fails_and_is_not_tried(house: House) {
    let ctx = house.ctx().await;
    let fifty = || (0..50).map(|_| notice(WANG)).collect::<Vec<_>>();
    let done: Result<_, Stop<Never>> =
        ctx.transact(&WRITE, |tx| async move { Ok(tx.sms_to_all(fifty()).await?) }).await;
    assert!(done.map_err(Stop::into_fault).unwrap().iter().all(Result::is_ok));
    let over = queue(&ctx, notice(WANG)).await.unwrap();
    let reason = "This number got as many messages within a day as it may.";
    assert_eq!(state(&row(&ctx, over).await), ("FAILED", 0, reason.to_owned()));
    assert_eq!((count(&ctx).await, waiting(&ctx).await), (51, 50));
    let other = queue(&ctx, notice(LI)).await.unwrap();
    assert_eq!(state(&row(&ctx, other).await), ("QUEUED", 0, String::new()));
    // The one that was turned away does not keep the next day's away.
    house.clock.advance(Duration::hours(24));
    let next = queue(&ctx, notice(WANG)).await.unwrap();
    assert_eq!(state(&row(&ctx, next).await), ("QUEUED", 0, String::new()));
    house.close().await;
}

async fn many_messages_cost_one_look_at_their_numbers(house: House) {
    let cost = async |from: u32, to: u32| {
        let ctx = house.ctx().await;
        let asking = |n: u32| notice(&format!("1370000{n:04}")).asking();
        let messages: Vec<Message> = (from..to).map(asking).collect();
        let done: Result<_, Stop<Never>> =
            ctx.transact(&WRITE, |tx| async move { Ok(tx.sms_to_all(messages).await?) }).await;
        assert!(done.map_err(Stop::into_fault).unwrap().iter().all(Result::is_ok));
        ctx.counters().statements()
    };
    house.ctx().await.keys().await.unwrap();
    let (few, many) = (cost(0, 2).await, cost(2, 52).await);
    assert_eq!(few, many);
    let ctx = house.ctx().await;
    let rows = sms::Entity::find().order_by_asc(sms::Column::Id).all(&ctx.scope()).await.unwrap();
    assert_eq!(rows.len(), 52);
    assert!(rows.iter().all(|row| row.reply_code.as_deref() == Some("01") && row.class == Class::Notice.name()));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_that_never_answers_holds_up_text_messages_and_nothing_else() {
    // Connections are made, and nobody speaks on them.
    let hole = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let house = House::sqlite().await.with_sms(leading_to(hole.local_addr().unwrap().port()));
    let house = house.with_sms(|config| config.timeout_seconds = 600);
    let ctx = house.ctx().await;
    for _ in 0..12 {
        queue(&ctx, notice(WANG)).await.unwrap();
    }
    let job: Result<Uuid, Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move { Ok(tx.enqueue(&Count { name: "other".into(), how: "ok".into() })?) })
        .await;
    job.unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(house.worker().run(stop.clone()));
    let mut connections = Vec::new();
    let done = async {
        while support::value(&ctx, "other").await.is_none() {
            let accepted = tokio::time::timeout(std::time::Duration::from_millis(1), hole.accept()).await;
            connections.extend(accepted.ok().and_then(Result::ok));
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(15), done).await.expect("the other job waits for the messages");
    stop.cancel();
    drop((hole, connections));
    running.await.unwrap();
}

async fn a_refused_operation_sends_nothing(house: House) {
    let ctx = house.ctx().await;
    let refused: Result<(), Stop<WriteNote>> = ctx
        .transact(&WRITE, |tx| async move {
            tx.sms(notice(WANG)).await?.unwrap();
            Err(Stop::Refused(WriteNote::Unwanted { why: "x".to_owned() }))
        })
        .await;
    assert!(matches!(refused, Err(Stop::Refused(_))));
    assert_eq!((count(&ctx).await, waiting(&ctx).await), (0, 0));
    assert_eq!(support::entries(&ctx).await.len(), 1, "that it was refused is recorded");
    house.close().await;
}
