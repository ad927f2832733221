//! Who sees messages, what is held about a number, and when it goes; and that no log and no file says it.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use async_graphql::{Request, Schema};
use chrono::Duration;
use entities::{job, sms};
use kernel::house::{HouseMutation, HouseQuery, HouseSubscription};
use kernel::sms::{forget, held_by, index};
use kernel::{Ctx, Never, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::gateway::{Gateway, Mood};
use super::{LI, WANG, code, count, notice, queue, row};
use crate::on_both;
use crate::support::{CITY, House, WRITE, account};

on_both! {
    messages_are_listed_masked_and_opened_by_readers_only,
    what_is_held_about_a_number_is_handed_out_and_let_go_of,
    messages_are_thrown_away_after_their_time,
}

async fn ask(ctx: &Ctx, query: &str) -> Value {
    let schema = Schema::new(HouseQuery, HouseMutation, HouseSubscription);
    let answer = serde_json::to_value(schema.execute(Request::new(query).data(ctx.clone())).await).unwrap();
    match answer["errors"][0]["extensions"]["code"].as_str() {
        Some(code) => json!(code),
        None => answer["data"].clone(),
    }
}

async fn messages_are_listed_masked_and_opened_by_readers_only(house: House) {
    let ctx = house.ctx().await;
    let sent = queue(&ctx, notice(WANG)).await.unwrap();
    queue(&ctx, code(&ctx, LI)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    let fields = "direction numberMasked template text status attempts replyCode sentAt answeredAt lastError";
    let list = |filter: &str| format!("{{ smsMessages(first: 10{filter}) {{ edges {{ node {{ {fields} }} }} }} }}");
    let reader = account(&house, 1, &["system_admin"]).await;
    let all = ask(&reader, &list("")).await["smsMessages"]["edges"].as_array().unwrap().clone();
    assert_eq!(
        all[1]["node"],
        json!({
            "direction": "OUT", "numberMasked": "138****1234", "template": "test.notice",
            "text": "【某市零工驿站】您的零工已确认，明日5:30在迎泽桥头集合。", "status": "FAILED", "attempts": 1, "replyCode": null,
            "sentAt": null, "answeredAt": null, "lastError": "未设置短信网关，短信未发出；设置后可重发。",
        })
    );
    assert_eq!(all[0]["node"]["text"], "【某市零工驿站】验证码 604217，五分钟内有效。");
    let edges =
        async |filter: &str| ask(&reader, &list(filter)).await["smsMessages"]["edges"].as_array().unwrap().len();
    assert_eq!(edges(", filter: {status: FAILED, direction: OUT}").await, 2);
    assert_eq!(edges(", filter: {status: DELIVERED}").await, 0);
    assert_eq!(edges(", filter: {direction: IN}").await, 0);

    let id = ctx.gid("SmsMessage", sent);
    let again = format!(
        "mutation {{ resendSms(id: \"{}\") {{ ... on SmsMessage {{ status text }} ... on ResendSmsRefused {{ code }} }} }}",
        id.as_str()
    );
    for role in ["bureau_officer", "security_admin", "developer"] {
        let other = account(&house, 2, &[role]).await;
        assert_eq!(ask(&other, &list("")).await, "FORBIDDEN", "{role}");
        assert_eq!(ask(&other, &again).await, "FORBIDDEN", "{role}");
    }
    let queued = ask(&reader, &again).await["resendSms"].clone();
    assert_eq!((&queued["status"], queued["text"].is_string()), (&json!("QUEUED"), true));
    assert_eq!(ask(&reader, &again).await["resendSms"]["code"], "NOT_FAILED");
    house.close().await;
}

async fn what_is_held_about_a_number_is_handed_out_and_let_go_of(house: House) {
    let ctx = house.ctx().await;
    queue(&ctx, notice(WANG)).await.unwrap();
    queue(&ctx, code(&ctx, WANG)).await.unwrap();
    let other = queue(&ctx, notice(LI)).await.unwrap();
    let wang = index(&ctx, &"+8613800001234".into()).await.unwrap().unwrap();
    assert_eq!(index(&ctx, &WANG.into()).await.unwrap().as_ref(), Some(&wang), "however it is written");
    assert_eq!(index(&ctx, &"12333".into()).await.unwrap(), None);
    let held = held_by(&ctx, &wang).await.unwrap();
    let said: Vec<String> = held
        .iter()
        .flat_map(|piece| piece.values.iter().map(|(name, value)| format!("{name}={}", value.expose())))
        .filter(|value| !value.starts_with("at="))
        .collect();
    let texts = [
        "text=【某市零工驿站】您的零工已确认，明日5:30在迎泽桥头集合。",
        "text=【某市零工驿站】验证码 604217，五分钟内有效。",
    ];
    assert_eq!(said, ["number=+8613800001234", texts[0], "number=+8613800001234", texts[1]]);

    let gone: Result<u64, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(forget(&tx, &wang).await?) }).await;
    assert_eq!(gone.map_err(Stop::into_fault).unwrap(), 2);
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(count(&ctx).await, 1);
    assert_eq!(row(&ctx, other).await.attempts, 1, "somebody else's goes on");
    let cancelled = job::Column::Kind.eq("sms.send").and(job::Column::Status.eq("CANCELLED"));
    assert_eq!(job::Entity::find().filter(cancelled).all(&ctx.scope()).await.unwrap().len(), 2);
    house.close().await;
}

async fn messages_are_thrown_away_after_their_time(house: House) {
    let ctx = house.ctx().await;
    queue(&ctx, notice(WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    house.clock.advance(Duration::days(100));
    let young = queue(&ctx, notice(WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(count(&ctx).await, 2);
    house.clock.advance(Duration::days(81));
    house.worker().drain(CITY).await.unwrap();
    let left = sms::Entity::find().all(&ctx.scope()).await.unwrap();
    assert_eq!(left.iter().map(|row| row.id).collect::<Vec<_>>(), [young]);
    house.close().await;
}

/// Everything that is logged, spans included.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Line(&mut self.0.lock().unwrap()));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Line(&mut self.0.lock().unwrap()));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Line(&mut self.0.lock().unwrap()));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// On one thread, so that whatever is logged is logged here.
#[tokio::test]
async fn neither_number_nor_text_stands_in_a_log_an_error_or_a_file() {
    let log = Log::default();
    let _listening = tracing::subscriber::set_default(log.clone());
    let gateway = Gateway::open(Mood::Says(422)).await;
    let house = House::sqlite().await.with_sms(gateway.settings());
    let ctx = house.ctx().await;
    tracing::info!(marker = "heard", "a line");
    let refused = queue(&ctx, code(&ctx, WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    gateway.turns(Mood::Says(500));
    let failing = queue(&ctx, notice(WANG)).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(gateway.got().len(), 2);
    let forged = kernel::sms::Report {
        purpose: kernel::sms::Purpose::Reply,
        timestamp: "0",
        signature: "v1=00",
        body: b"{\"id\":\"m\",\"number\":\"13800001234\",\"text\":\"604217\"}",
    };
    assert!(kernel::sms::receive(&ctx, forged).await.is_err());
    let mut said = log.0.lock().unwrap().clone();
    assert!(said.contains("heard") && said.contains("is not believed"), "{said}");
    for id in [refused, failing] {
        let row = row(&ctx, id).await;
        let queued = job::Entity::find().all(&ctx.scope()).await.unwrap();
        write!(said, "{row:?} {queued:?}").unwrap();
    }
    house.kernel.store.close(CITY).await.unwrap();
    drop(ctx);
    let folder = house.kernel.store.file(CITY).unwrap().parent().unwrap().to_owned();
    let mut files: Vec<Vec<u8>> =
        std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
    files.push(said.into_bytes());
    for secret in ["13800001234", "138 0000 1234", "604217", "迎泽桥头", super::gateway::SECRET] {
        for bytes in &files {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
        }
    }
}
