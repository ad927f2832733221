//! A mail server that is down delays mail, and nothing else.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::server::{Caller, Place};
use super::{town, within};

const PORT: u16 = 2525;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_down_delays_mail_and_nothing_else_on_sqlite() {
    mail_waits_and_nothing_else(town::on_sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_down_delays_mail_and_nothing_else_on_postgresql() {
    mail_waits_and_nothing_else(town::on_postgres().await).await;
}

async fn mail_waits_and_nothing_else(mut place: Place) {
    place.set("YIZHAN_MAIL__HOST", place.host.clone());
    place.set("YIZHAN_MAIL__PORT", PORT.to_string());
    let mut server = place.serve().await;
    let caller = server.caller.clone();
    let (sysadmin, bureau) = (caller.sign_in("sysadmin").await, caller.sign_in("reader").await);

    let invite =
        "mutation($i: InviteAccountInput!) { inviteAccount(input: $i) { __typename ... on Invitation { id } } }";
    let person = json!({"i": {"displayName": "王芳", "email": "wang@example.org", "role": "bureau_officer", "scopeKind": "CITY", "department": "HRSS"}});
    assert_eq!(caller.get(&sysadmin, invite, &person, "inviteAccount").await["__typename"], "Invitation");
    let waiting = letter_when(&caller, &sysadmin, "RETRYING").await;
    assert_eq!((&waiting["attempts"], &waiting["lastError"]), (&json!(1), &json!("连接不上邮件服务器。")));

    // Meanwhile the house goes on: it is ready, it reads, it writes, and it works off jobs.
    assert!(caller.answers("/readyz").await);
    let made = caller.register(&bureau, "坞城路零工市场").await.expect("an answer");
    assert_eq!(made["data"]["registerMarket"]["officialName"], "坞城路零工市场", "{made}");
    assert_eq!(caller.markets(&bureau).await, ["坞城路零工市场"]);
    assert_eq!(letters(&caller, &sysadmin).await.len(), 1);

    // The mail server is back; nobody has to do anything.
    let sink = Sink::open(&place.host).await;
    let sent = letter_when(&caller, &sysadmin, "SENT").await;
    assert_eq!(sent["id"], waiting["id"]);
    let [letter] = <[String; 1]>::try_from(sink.letters()).expect("it came once");
    assert!(letter.contains("\nTo: wang@example.org\n"), "{letter}");
    server.lives();
}

async fn letters(caller: &Caller, token: &str) -> Vec<Value> {
    let query = "{ mailbox(first: 10) { edges { node { id status attempts lastError } } } }";
    let page = caller.get(token, query, &json!({}), "mailbox").await;
    page["edges"].as_array().expect("edges").iter().map(|edge| edge["node"].clone()).collect()
}

/// The one letter, once it is in this state. The first attempt comes at once, the second after ten seconds.
pub(super) async fn letter_when(caller: &Caller, token: &str, status: &str) -> Value {
    let mut look = tokio::time::interval(Duration::from_millis(200));
    within(async {
        loop {
            look.tick().await;
            if let Some(found) = letters(caller, token).await.into_iter().find(|letter| letter["status"] == status) {
                return found;
            }
        }
    })
    .await
}

/// A mail server that takes what it is given.
struct Sink(Arc<Mutex<Vec<String>>>);

impl Sink {
    async fn open(host: &str) -> Self {
        let listener = TcpListener::bind((host, PORT)).await.expect("the port is free");
        let letters = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&letters);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(take(stream, Arc::clone(&kept)));
            }
        });
        Self(letters)
    }

    fn letters(&self) -> Vec<String> {
        self.0.lock().expect("no holder panicked").clone()
    }
}

async fn take(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    let mut letter = None;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match (&mut letter, line.as_str()) {
            (Some(text), ".") => {
                kept.lock().expect("no holder panicked").push(std::mem::take(text));
                letter = None;
                b"250 kept\r\n"
            }
            (Some(text), more) => {
                text.push_str(more);
                text.push('\n');
                continue;
            }
            (None, "DATA") => {
                letter = Some(String::new());
                b"354 go on\r\n"
            }
            (None, hello) if hello.starts_with("EHLO") => b"250-sink\r\n250 8BITMIME\r\n",
            (None, _) => b"250 ok\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}
