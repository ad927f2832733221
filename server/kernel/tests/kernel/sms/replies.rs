//! What the gateway brings: answers find their question, reports their message, and what is not signed or came before changes
//! nothing.

use chrono::Duration;
use entities::{event, sms};
use kernel::sms::{Message, Purpose, ReceiveSms, Report, answer, receive, signature};
use kernel::{Ctx, Lang, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use uuid::Uuid;

use super::gateway::{Gateway, Mood, SECRET};
use super::{LI, WANG, count, queue, row, state};
use crate::on_both;
use crate::support::{self, CITY, House, OTHER};

on_both! {
    an_answer_finds_the_last_question_or_the_one_it_names,
    an_answer_of_somebody_else_too_late_or_to_nothing_is_kept_and_is_about_nothing,
    what_was_taken_in_is_not_taken_in_again,
    what_is_not_signed_for_this_city_moment_and_purpose_changes_nothing,
    what_is_not_of_the_form_that_was_agreed_changes_nothing,
    a_report_changes_how_a_message_stands_and_arrived_is_arrived,
}

const ENGAGEMENT: Uuid = Uuid::from_u128(7);

/// Brings what is signed like this.
async fn bring(house: &House, purpose: Purpose, body: &Value) -> Result<(), Stop<ReceiveSms>> {
    let (ctx, body) = (house.ctx().await, body.to_string());
    let timestamp = ctx.now().timestamp().to_string();
    let signed = signature(SECRET, purpose, "taiyuan", &timestamp, body.as_bytes()).unwrap();
    let report = Report { purpose, timestamp: &timestamp, signature: &signed, body: body.as_bytes() };
    receive(&ctx, report).await
}

/// Reports what became of a message.
pub(super) async fn report(house: &House, status: &str, receipt: &str) -> Result<(), Stop<ReceiveSms>> {
    bring(house, Purpose::Receipt, &json!({"receipt": receipt, "status": status})).await
}

/// Somebody answers.
async fn say(house: &House, id: &str, from: &str, text: &str) -> Result<(), Stop<ReceiveSms>> {
    bring(house, Purpose::Reply, &json!({"id": id, "number": from, "text": text, "port": "106"})).await
}

fn refusal(done: Result<(), Stop<ReceiveSms>>) -> ReceiveSms {
    match done {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A question about the nth engagement, sent.
async fn ask(house: &House, to: &str, n: u128) -> Uuid {
    let ctx = house.ctx().await;
    let text = "您收到昨天的工资了吗？收到请回复“1 {code}”，未收到请回复“2 {code}”。";
    let message = Message::notice(to.into(), "test.paid", Lang::Zh, text.into());
    let id = queue(&ctx, message.about("Engagement", Uuid::from_u128(n)).asking()).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    house.clock.advance(Duration::minutes(1));
    id
}

/// The newest message that came in, and what was announced of it.
async fn newest(ctx: &Ctx) -> (sms::Model, Value) {
    let came_in = sms::Column::Direction.eq("IN");
    let row = sms::Entity::find().filter(came_in).order_by_desc(sms::Column::Id).one(&ctx.scope()).await;
    let row = row.unwrap().unwrap();
    let told = event::Entity::find().filter(event::Column::Kind.eq("sms.received"));
    let told = told.filter(event::Column::SubjectId.eq(row.id)).all(&ctx.scope()).await.unwrap();
    assert_eq!(told.len(), 1, "announced once");
    (row, told[0].payload.clone())
}

/// What the newest message that came in says, and what it is about.
async fn understood(ctx: &Ctx) -> (String, Option<Uuid>) {
    let (row, told) = newest(ctx).await;
    let answer = answer(ctx, row.id).await.unwrap().unwrap();
    let about = answer.about.clone().map(|about| about.1);
    assert_eq!(told["about"], answer.about.map_or(Value::Null, |about| json!(about)));
    assert_eq!(told["template"], json!(answer.template));
    (answer.text.expose().clone(), about)
}

async fn with_gateway(house: House) -> (House, Gateway) {
    let gateway = Gateway::open(Mood::Takes).await;
    (house.with_sms(gateway.settings()), gateway)
}

async fn an_answer_finds_the_last_question_or_the_one_it_names(house: House) {
    let (house, gateway) = with_gateway(house).await;
    let ctx = house.ctx().await;
    let (first, second, third) = (ask(&house, WANG, 1).await, ask(&house, WANG, 2).await, ask(&house, WANG, 3).await);
    let texts: Vec<_> = gateway.got().iter().map(|got| got.json()["text"].as_str().unwrap().to_owned()).collect();
    assert!(texts[0].contains("“1 01”") && texts[1].contains("“2 02”") && texts[2].contains("“1 03”"), "{texts:?}");

    let about = |n: u128| Some(Uuid::from_u128(n));
    say(&house, "m-1", "+8613800001234", "2 01").await.unwrap();
    assert_eq!(understood(&ctx).await, ("2".to_owned(), about(1)));
    say(&house, "m-2", "13800001234", "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), about(3)), "the last one");
    say(&house, "m-3", "86 138 0000 1234", "１０２").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), about(2)));
    for id in [first, second, third] {
        assert!(row(&ctx, id).await.answered_at.is_some());
    }
    let (answer, _) = newest(&ctx).await;
    let shown = (answer.phone_masked.as_str(), answer.status.as_str(), answer.reply_code.as_deref());
    assert_eq!(shown, ("138****1234", "RECEIVED", Some("02")));
    assert_eq!(answer.template.as_deref(), Some("test.paid"));
    // Each is answered once: the next answer is about nothing.
    say(&house, "m-4", "13800001234", "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), None));
    let audited = support::entries(&ctx).await;
    let audited: Vec<_> = audited.iter().filter(|e| e.operation == "sms.receive").map(|e| &e.detail).collect();
    assert_eq!(
        audited,
        [&json!({"answers": true}), &json!({"answers": true}), &json!({"answers": true}), &json!({"answers": false})]
    );
    house.close().await;
}

async fn an_answer_of_somebody_else_too_late_or_to_nothing_is_kept_and_is_about_nothing(house: House) {
    let (house, _gateway) = with_gateway(house).await;
    let ctx = house.ctx().await;
    let question = ask(&house, WANG, 1).await;
    say(&house, "m-1", LI, "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), None), "another number");
    say(&house, "m-2", WANG, "1 09").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1 09".to_owned(), None), "another question");
    say(&house, "m-3", "10086", "余额不足").await.unwrap();
    let (row_, _) = newest(&ctx).await;
    assert_eq!((row_.phone_masked.as_str(), row_.about_id), ("****", None), "a carrier's number");
    house.clock.advance(Duration::hours(72));
    say(&house, "m-4", WANG, "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), None), "three days later");
    assert_eq!(row(&ctx, question).await.answered_at, None);

    // One that was never handed over cannot have been read.
    let message = Message::notice(WANG.into(), "test.paid", Lang::Zh, "收到工资了吗？".into());
    queue(&ctx, message.about("Engagement", ENGAGEMENT).asking()).await.unwrap();
    say(&house, "m-5", WANG, "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), None));
    house.worker().drain(CITY).await.unwrap();
    say(&house, "m-6", WANG, "1").await.unwrap();
    assert_eq!(understood(&ctx).await, ("1".to_owned(), Some(ENGAGEMENT)));
    house.close().await;
}

async fn what_was_taken_in_is_not_taken_in_again(house: House) {
    let (house, _gateway) = with_gateway(house).await;
    let ctx = house.ctx().await;
    ask(&house, WANG, 1).await;
    let second = ask(&house, WANG, 2).await;
    say(&house, "m-1", WANG, "1 01").await.unwrap();
    let before = count(&ctx).await;
    for text in ["1 01", "1"] {
        assert_eq!(refusal(say(&house, "m-1", WANG, text).await), ReceiveSms::Repeated);
    }
    assert_eq!(count(&ctx).await, before);
    assert_eq!(row(&ctx, second).await.answered_at, None, "it answers no other question the second time");
    // At one moment, too.
    let both = tokio::join!(say(&house, "m-2", WANG, "1"), say(&house, "m-2", WANG, "1"));
    assert_eq!(usize::from(both.0.is_ok()) + usize::from(both.1.is_ok()), 1);
    assert_eq!(count(&ctx).await, before + 1);
    house.close().await;
}

async fn what_is_not_signed_for_this_city_moment_and_purpose_changes_nothing(house: House) {
    house.city(OTHER, "datong").await;
    let (house, _gateway) = with_gateway(house).await;
    let (ctx, other) = (house.ctx().await, house.ctx_in(OTHER).await);
    let question = ask(&house, WANG, 1).await;
    let body = json!({"id": "m-1", "number": WANG, "text": "1"}).to_string();
    let before = (count(&ctx).await, support::entries(&ctx).await.len());
    let at = |seconds: i64| (ctx.now() + Duration::seconds(seconds)).timestamp().to_string();
    let signed = |purpose, city, timestamp: &str| signature(SECRET, purpose, city, timestamp, body.as_bytes()).unwrap();
    let brought = async |ctx: &Ctx, timestamp: &str, signature: &str, body: &str| {
        let purpose = Purpose::Reply;
        refusal(receive(ctx, Report { purpose, timestamp, signature, body: body.as_bytes() }).await)
    };
    let good = signed(Purpose::Reply, "taiyuan", &at(0));
    assert_eq!(brought(&ctx, &at(0), "", &body).await, ReceiveSms::Forged);
    assert_eq!(brought(&ctx, &at(0), &signed(Purpose::Send, "taiyuan", &at(0)), &body).await, ReceiveSms::Forged);
    assert_eq!(brought(&ctx, &at(0), &signed(Purpose::Reply, "datong", &at(0)), &body).await, ReceiveSms::Forged);
    assert_eq!(brought(&other, &at(0), &good, &body).await, ReceiveSms::Forged, "signed for another city");
    assert_eq!(brought(&ctx, &at(0), &good, &body.replace('1', "2")).await, ReceiveSms::Forged);
    for late in [-301, 301] {
        let stale = signed(Purpose::Reply, "taiyuan", &at(late));
        assert_eq!(brought(&ctx, &at(late), &stale, &body).await, ReceiveSms::Stale);
    }
    assert_eq!((count(&ctx).await, support::entries(&ctx).await.len()), before);
    assert_eq!((count(&other).await, row(&ctx, question).await.answered_at), (0, None));

    // Where no secret is set nobody is believed.
    let house = house.with_sms(|config| config.secret = None);
    let ctx = house.ctx().await;
    assert_eq!(brought(&ctx, &at(0), &good, &body).await, ReceiveSms::NotSet);
    // And the same is believed where it belongs.
    let house = house.with_sms(|config| config.secret = Some(SECRET.to_owned()));
    let ctx = house.ctx().await;
    let report = Report { purpose: Purpose::Reply, timestamp: &at(0), signature: &good, body: body.as_bytes() };
    receive(&ctx, report).await.unwrap();
    assert!(row(&ctx, question).await.answered_at.is_some());
    house.close().await;
}

async fn what_is_not_of_the_form_that_was_agreed_changes_nothing(house: House) {
    let (house, _gateway) = with_gateway(house).await;
    let ctx = house.ctx().await;
    let long = "长".repeat(1001);
    for body in [
        json!({}),
        json!([]),
        json!({"id": "", "number": WANG, "text": "1"}),
        json!({"id": "x".repeat(201), "number": WANG, "text": "1"}),
        json!({"id": "m-1", "number": " ", "text": "1"}),
        json!({"id": "m-1", "number": WANG, "text": long}),
        json!({"id": 1, "number": WANG, "text": "1"}),
    ] {
        assert_eq!(refusal(bring(&house, Purpose::Reply, &body).await), ReceiveSms::Malformed, "{body}");
    }
    for body in [json!({}), json!({"receipt": "r", "status": "LOST"}), json!({"status": "DELIVERED"})] {
        assert_eq!(refusal(bring(&house, Purpose::Receipt, &body).await), ReceiveSms::Malformed, "{body}");
    }
    assert_eq!((count(&ctx).await, support::entries(&ctx).await.len()), (0, 0));
    house.close().await;
}

async fn a_report_changes_how_a_message_stands_and_arrived_is_arrived(house: House) {
    let (house, _gateway) = with_gateway(house).await;
    let ctx = house.ctx().await;
    let id = ask(&house, WANG, 1).await;
    let receipt = format!("r-{id}");
    assert_eq!(refusal(report(&house, "DELIVERED", "r-nobody").await), ReceiveSms::Unknown);
    assert_eq!(row(&ctx, id).await.status, "SENT");
    report(&house, "FAILED", &receipt).await.unwrap();
    let reason = "The network reported that it did not arrive.".to_owned();
    assert_eq!(state(&row(&ctx, id).await), ("FAILED", 1, reason));
    // It arrived after all; from then on it has, whatever is reported, and however often.
    for status in ["DELIVERED", "DELIVERED", "FAILED"] {
        report(&house, status, &receipt).await.unwrap();
        assert_eq!(state(&row(&ctx, id).await), ("DELIVERED", 1, String::new()), "{status}");
    }
    house.close().await;
}
