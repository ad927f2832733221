//! Mail: over a real socket, retried while the server is away, sent once when it is back.

use std::sync::{Arc, Mutex};

use chrono::Duration;
use entities::mail;
use kernel::mail::Letter;
use kernel::{Ctx, Lang, Never, Stop, Words};
use sea_orm::EntityTrait as _;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::support::{CITY, House, WRITE, value};
use crate::tasks::Count;

/// A mail server that takes what it is given, or refuses every recipient.
struct Sink {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    async fn open(refuses: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&kept), refuses));
            }
        });
        Self { port, letters }
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

async fn serve(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>, refuses: bool) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await.unwrap();
    let (mut inside, mut letter) = (false, String::new());
    while let Ok(Some(line)) = lines.next_line().await {
        let answer: &[u8] = if inside {
            if line != "." {
                letter.push_str(&line);
                letter.push('\n');
                continue;
            }
            inside = false;
            kept.lock().unwrap().push(std::mem::take(&mut letter));
            b"250 kept\r\n"
        } else {
            match line.split(' ').next().unwrap() {
                "EHLO" => b"250-sink\r\n250 8BITMIME\r\n",
                "RCPT" if refuses => b"550 no such person wang@example.cn\r\n",
                "DATA" => {
                    inside = true;
                    b"354 go on\r\n"
                }
                "QUIT" => b"221 bye\r\n",
                _ => b"250 ok\r\n",
            }
        };
        if write.write_all(answer).await.is_err() {
            return;
        }
    }
}

async fn send(ctx: &Ctx) -> Uuid {
    let letter = Letter {
        to: "王小明 <wang@example.cn>".into(),
        template: "note",
        lang: Lang::Zh,
        subject: "零工市场名录".into(),
        text: "您好：\n请于三日内报送。\n".into(),
    };
    let done: Result<Uuid, Stop<Never>> = ctx.transact(&WRITE, |tx| async move { Ok(tx.mail(letter).await?) }).await;
    done.unwrap()
}

async fn row(ctx: &Ctx, id: Uuid) -> mail::Model {
    mail::Entity::find_by_id(id).one(&ctx.scope()).await.unwrap().unwrap()
}

/// Why it did not go the last time, in English.
fn why(row: &mail::Model) -> Option<String> {
    row.last_error.as_deref().map(|words| Words::read(words).en)
}

/// A port on which nobody listens, nor comes to listen for as long as this is kept.
pub(crate) fn dead_port() -> (TcpSocket, u16) {
    let taken = TcpSocket::new_v4().unwrap();
    taken.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = taken.local_addr().unwrap().port();
    (taken, port)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_waits_for_a_dead_server_and_goes_once_when_it_lives() {
    let (_taken, port) = dead_port();
    let house = House::with(None, |c| c.mail.port = port).await;
    let ctx = house.ctx().await;
    let id = send(&ctx).await;
    house.worker().drain(CITY).await.unwrap();
    let waiting = row(&ctx, id).await;
    assert_eq!((waiting.status.as_str(), waiting.attempts), ("RETRYING", 1));
    assert_eq!(why(&waiting).as_deref(), Some("The mail server could not be reached."));

    // The same data, served by a house that knows the living server.
    let sink = Sink::open(false).await;
    let house = house.with_mail_port(sink.port);
    house.clock.advance(Duration::minutes(5));
    house.worker().drain(CITY).await.unwrap();
    house.worker().drain(CITY).await.unwrap();
    let ctx = house.ctx().await;
    let sent = row(&ctx, id).await;
    assert_eq!((sent.status.as_str(), sent.attempts, sent.sent_at), ("SENT", 2, Some(house.kernel.clock.now())));
    let [letter] = <[String; 1]>::try_from(sink.letters()).unwrap();
    assert!(letter.contains(&format!("Message-ID: <{id}@taiyuan.yizhan>")), "{letter}");
    assert!(letter.contains("Content-Type: text/plain; charset=utf-8"), "{letter}");
    assert!(letter.contains("<wang@example.cn>"), "{letter}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_is_refused_for_good_is_dead_and_its_reason_names_nobody() {
    let sink = Sink::open(true).await;
    let house = House::with(None, |c| c.mail.port = sink.port).await;
    let ctx = house.ctx().await;
    let id = send(&ctx).await;
    house.worker().drain(CITY).await.unwrap();
    let dead = row(&ctx, id).await;
    assert_eq!((dead.status.as_str(), why(&dead).as_deref()), ("DEAD", Some("The mail server answered 550.")));
    assert!(sink.letters().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_given_up_after_days_and_can_be_sent_again() {
    let (_taken, port) = dead_port();
    let house = House::with(None, |c| c.mail.port = port).await;
    let ctx = house.ctx().await;
    let id = send(&ctx).await;
    for _ in 0..12 {
        house.worker().drain(CITY).await.unwrap();
        house.clock.advance(Duration::days(1));
    }
    assert_eq!(row(&ctx, id).await.status, "DEAD");
    kernel::house::operations::retry_mail::retry_mail(&ctx, id, None).await.unwrap();
    let sink = Sink::open(false).await;
    let house = house.with_mail_port(sink.port);
    house.worker().drain(CITY).await.unwrap();
    assert_eq!(row(&house.ctx().await, id).await.status, "SENT");
    assert_eq!(sink.letters().len(), 1);
    // One that went is not sent again.
    let refused = kernel::house::operations::retry_mail::retry_mail(&house.ctx().await, id, None).await;
    assert!(matches!(refused, Err(Stop::Refused(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_lies_sealed_in_the_store() {
    let (_taken, port) = dead_port();
    let house = House::with(None, |c| c.mail.port = port).await;
    let ctx = house.ctx().await;
    let id = send(&ctx).await;
    let letter = row(&ctx, id).await;
    let open = kernel::mail::open(&ctx, &letter).await.unwrap();
    let whole = (open.subject.expose().as_str(), open.text.expose().contains("三日内"));
    assert_eq!(whole, ("零工市场名录", true));
    house.kernel.store.close(CITY).await.unwrap();
    drop(ctx);
    for entry in std::fs::read_dir(house.kernel.store.file(CITY).unwrap().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for secret in ["wang@example.cn", "零工市场名录", "三日内"] {
            assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_never_answers_holds_up_letters_and_nothing_else() {
    // Connections are made, and nobody speaks on them.
    let hole = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = hole.local_addr().unwrap().port();
    let house = House::with(None, |c| c.mail.port = port).await;
    let ctx = house.ctx().await;
    for _ in 0..12 {
        send(&ctx).await;
    }
    let job: Result<Uuid, Stop<Never>> = ctx
        .transact(&WRITE, |tx| async move { Ok(tx.enqueue(&Count { name: "other".into(), how: "ok".into() })?) })
        .await;
    job.unwrap();
    let stop = CancellationToken::new();
    let running = tokio::spawn(house.worker().run(stop.clone()));
    let mut connections = Vec::new();
    let done = async {
        while value(&ctx, "other").await.is_none() {
            if let Ok(Ok((stream, _))) = tokio::time::timeout(std::time::Duration::from_millis(1), hole.accept()).await
            {
                connections.push(stream);
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(15), done).await.expect("the other job waits for the letters");
    stop.cancel();
    drop((hole, connections));
    running.await.unwrap();
}
