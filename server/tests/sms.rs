//! Text messages (短信) through the whole server: out to a gateway on a real port, the answer back through the city's address.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use entities::sms;
use kernel::config::Config;
use kernel::kernel::{Kernel, NewTenant};
use kernel::sms::{GatewayKind, Message, Purpose, signature};
use kernel::{Action, Actor, Ctx, Lang, Never, Stop};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const SECRET: &str = "a secret of the tests";
const ENGAGEMENT: Uuid = Uuid::from_u128(7);

static ASK: Action = Action::new("test", "ask", "询问", "Ask");

/// Fails a test that hangs instead of hanging with it.
async fn within<T>(future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(Duration::from_secs(30), future).await {
        Ok(done) => done,
        Err(late) => panic!("the test hangs: {late}"),
    }
}

/// A gateway that takes everything, and tells of it.
async fn gateway() -> (String, mpsc::UnboundedReceiver<Value>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let (sender, got) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            sender.send(take(stream).await).unwrap();
        }
    });
    (url, got)
}

async fn take(stream: TcpStream) -> Value {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut length = 0;
    loop {
        let mut line = String::new();
        read.read_line(&mut line).await.unwrap();
        match line.trim_end().to_ascii_lowercase().split_once(": ") {
            Some(("content-length", bytes)) => length = bytes.parse().unwrap(),
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    read.read_exact(&mut body).await.unwrap();
    let answer = r#"{"receipt":"r-1"}"#;
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    write.write_all(format!("{head}{answer}").as_bytes()).await.unwrap();
    serde_json::from_slice(&body).unwrap()
}

async fn city(kernel: &Arc<Kernel>) -> Ctx {
    kernel.ensure_platform(None).await.unwrap();
    let new = NewTenant {
        code: "140100".to_owned(),
        slug: "taiyuan".to_owned(),
        name_zh: "太原市".to_owned(),
        name_en: "Taiyuan".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(new, None).await.unwrap();
    kernel.ctx("140100", Actor::System("test"), Lang::Zh).await.unwrap()
}

async fn messages(ctx: &Ctx) -> Vec<sms::Model> {
    sms::Entity::find().order_by_asc(sms::Column::Id).all(&ctx.scope()).await.unwrap()
}

/// Waits until the first message stands like this.
async fn stands(ctx: &Ctx, status: &str) {
    let mut look = tokio::time::interval(Duration::from_millis(20));
    within(async {
        while messages(ctx).await[0].status != status {
            look.tick().await;
        }
    })
    .await;
}

/// Brings something, signed now.
async fn bring(base: &str, purpose: Purpose, body: &Value) -> u16 {
    let at = kernel::clock::Clock::now(&kernel::clock::SystemClock).timestamp().to_string();
    let body = body.to_string();
    let signed = signature(SECRET, purpose, "taiyuan", &at, body.as_bytes()).unwrap();
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request =
        client.post(format!("{base}/taiyuan/sms/{}", purpose.name())).header("content-type", "application/json");
    let request = request.header("x-sms-timestamp", at).header("x-sms-signature", signed).body(body);
    within(request.send()).await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_goes_out_and_its_answer_comes_back_to_what_it_is_about() {
    let dir = TempDir::new().unwrap();
    let (url, mut got) = gateway().await;
    let mut config = Config::load(None, std::iter::empty()).unwrap();
    config.data_dir = dir.path().to_owned();
    config.sms.gateway = GatewayKind::Http;
    config.sms.url = url;
    config.sms.secret = Some(SECRET.to_owned());
    let kernel = yizhan::boot::kernel(config).unwrap();
    let ctx = city(&kernel).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let stop = CancellationToken::new();
    let serving = tokio::spawn(yizhan::commands::serve::run_until(kernel, listener, true, stop.clone()));

    let text = "您收到昨天的工资了吗？收到请回复“1 {code}”。";
    let message = Message::notice("13800001234".into(), "test.paid", Lang::Zh, text.into());
    let message = message.about("Engagement", ENGAGEMENT).asking();
    let asked: Result<bool, Stop<Never>> =
        ctx.transact(&ASK, |tx| async move { Ok(tx.sms(message).await?.is_ok()) }).await;
    assert!(asked.map_err(Stop::into_fault).unwrap());
    let sent = within(got.recv()).await.unwrap();
    assert_eq!((&sent["number"], &sent["city"]), (&json!("+8613800001234"), &json!("taiyuan")));
    assert_eq!(sent["text"], "【太原市零工驿站】您收到昨天的工资了吗？收到请回复“1 01”。");
    stands(&ctx, "SENT").await;

    assert_eq!(bring(&base, Purpose::Receipt, &json!({"receipt": "r-1", "status": "DELIVERED"})).await, 200);
    assert_eq!(messages(&ctx).await[0].status, "DELIVERED");
    assert_eq!(bring(&base, Purpose::Receipt, &json!({"receipt": "r-2", "status": "DELIVERED"})).await, 404);
    let answer = json!({"id": "m-1", "number": "13800001234", "text": "1 01"});
    assert_eq!(bring(&base, Purpose::Reply, &answer).await, 200);
    assert_eq!(bring(&base, Purpose::Reply, &answer).await, 409, "it came before");
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let unsigned = client.post(format!("{base}/taiyuan/sms/reply")).json(&answer);
    assert_eq!(within(unsigned.send()).await.unwrap().status(), 403);
    let all = messages(&ctx).await;
    assert_eq!(all.len(), 2);
    assert!(all[0].answered_at.is_some());
    assert_eq!((all[1].about_id, all[1].template.as_deref()), (Some(ENGAGEMENT), Some("test.paid")));
    stop.cancel();
    serving.await.unwrap().unwrap();
}

/// What a command says and how it ends, with these settings.
fn yizhan(dir: &Path, command: &str, settings: &[(&str, &str)]) -> (bool, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_yizhan"));
    run.arg("--data-dir").arg(dir).arg(command).envs(settings.iter().copied());
    for name in ["YIZHAN_CONFIG", "YIZHAN_ROOT_KEY", "YIZHAN_ADMIN_URL", "YIZHAN_DATABASE__URL"] {
        run.env_remove(name);
    }
    let output = run.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn text_messages_on_a_page_are_not_served_in_public() {
    let dir = TempDir::new().unwrap();
    let public = [("YIZHAN_SMS__GATEWAY", "page"), ("YIZHAN_PUBLIC_URL", "https://ty.example.gov.cn")];
    for command in ["serve", "work"] {
        let (well, said) = yizhan(dir.path(), command, &public);
        assert!(!well && said.contains("sms.gateway is \"page\", which is for a demo"), "{command}: {said}");
    }
    assert!(std::fs::read_dir(dir.path()).unwrap().next().is_none(), "nothing was made");
    let doctor = |settings: &[(&str, &str)]| yizhan(dir.path(), "doctor", settings).1;
    assert!(doctor(&public).contains("WRONG gateway for text messages: they go to a page"), "{}", doctor(&public));
    assert!(doctor(&public[..1]).contains("ok    gateway for text messages"));
    assert!(doctor(&[]).contains("WRONG gateway for text messages: none is set"));
    let away = [
        ("YIZHAN_SMS__GATEWAY", "http"),
        ("YIZHAN_SMS__URL", "http://127.0.0.1:1/send"),
        ("YIZHAN_SMS__SECRET", SECRET),
    ];
    assert!(doctor(&away).contains("WRONG gateway for text messages: 127.0.0.1:1 does not answer"));
}
