//! Hostile documents over HTTP and WebSocket against the whole server: the process lives, and the work stays counted.

use std::net::{IpAddr, Ipv4Addr};

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use yizhan::http::Limits;
use yizhan::http::shield::{Refused, examine};

use super::nonsense::shapes;
use super::server::{Caller, Server};
use super::{Dice, report, times, town, within};

/// More than this the server may not have grown by while it was flooded.
const GROWTH_KIB: u64 = 128 * 1024;
/// From one address come so many requests, which is less than its bucket holds.
const PER_CALLER: usize = 50;
/// An answer to a document that is refused fits in this.
const REFUSAL_BYTES: usize = 4 * 1024;

/// What all documents together cost.
#[derive(Default)]
struct Work {
    documents: usize,
    refused: usize,
    scanned: u64,
    visited: u64,
    memo: u64,
    answered: usize,
}

impl Work {
    /// Counts what the shield does with `text`, and holds it to its limits. Does it let the document pass?
    fn count(&mut self, name: &str, text: &str) -> bool {
        let limits = Limits::default();
        self.documents += 1;
        match examine(text, None, &limits, |field| field == "signIn", false) {
            Ok((_, weighed)) => {
                let length = text.len() as u64;
                assert_eq!(weighed.scanned.bytes_scanned, length, "{name}: every byte once");
                assert!(weighed.scanned.bytes_scanned <= limits.query_bytes as u64, "{name}");
                assert!(weighed.scanned.openers <= limits.openers as u64, "{name}");
                assert!(weighed.nodes_visited <= length, "{name}: no selection twice");
                assert!(weighed.memo_entries <= limits.fragments as u64, "{name}");
                assert!(weighed.nodes <= limits.nodes as u64, "{name}");
                self.scanned += weighed.scanned.bytes_scanned;
                self.visited += weighed.nodes_visited;
                self.memo += weighed.memo_entries;
                true
            }
            Err(Refused::Over { allowed, found, .. }) => {
                assert!(found > allowed, "{name}");
                self.refused += 1;
                false
            }
            Err(_) => {
                self.refused += 1;
                false
            }
        }
    }

    fn answered(&mut self, name: &str, passes: bool, answer: &str) -> Value {
        let most = if passes { Limits::default().response_bytes } else { REFUSAL_BYTES };
        assert!(answer.len() <= most, "{name}: an answer of {} bytes", answer.len());
        self.answered = self.answered.max(answer.len());
        serde_json::from_str(answer).unwrap_or_else(|e| panic!("{name}: {e}: {answer}"))
    }
}

/// The codes of the errors, each once.
fn codes(errors: &Value) -> Vec<String> {
    let errors = errors.as_array().map(Vec::as_slice).unwrap_or_default();
    assert!(errors.len() <= Limits::default().errors, "{errors:?}");
    let mut codes: Vec<_> =
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("none").to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// A document, and what was said to it over HTTP.
struct Asked {
    name: &'static str,
    text: String,
    passes: bool,
    codes: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_documents_cost_no_more_than_the_limits_and_the_process_lives() {
    let place = town::on_sqlite().await;
    let mut server = place.serve().await;
    assert!(server.caller.ask(None, "{__typename}", &json!({})).await.is_ok());
    let before = server.peak_kib();
    let (mut work, mut dice) = (Work::default(), Dice(20_260_405));
    for round in 0..times("YIZHAN_FAULT_FLOODS", 1) {
        let asked = over_http(&server, &mut work, &mut dice, round).await;
        over_websocket(&server, &mut work, &asked).await;
    }
    let caller = Caller::from(server.caller.base.clone(), Some(address(250)));
    assert_eq!(caller.ask(None, "{__typename}", &json!({})).await.expect("an answer")["data"]["__typename"], "Query");
    server.lives();
    let grown = server.peak_kib() - before;
    assert!(grown < GROWTH_KIB, "the server grew by {grown} KiB");
    report(&format!(
        "| hostile documents over HTTP and WebSocket | {} documents, {} refused | {} bytes scanned, {} nodes visited, {} memo \
         entries | largest answer {} bytes, peak memory grew by {grown} KiB, the process lives |",
        work.documents, work.refused, work.scanned, work.visited, work.memo, work.answered,
    ));
}

fn address(last: usize) -> IpAddr {
    Ipv4Addr::new(127, 3, u8::try_from(last / 250).expect("few"), u8::try_from(last % 250 + 1).expect("few")).into()
}

async fn over_http(server: &Server, work: &mut Work, dice: &mut Dice, round: usize) -> Vec<Asked> {
    let mut asked = Vec::new();
    let base = &server.caller.base;
    let mut caller = server.caller.clone();
    for shape in shapes() {
        for size in shape.sizes {
            if asked.len() % PER_CALLER == 0 {
                caller = Caller::from(base.clone(), Some(address(round * 20 + asked.len() / PER_CALLER)));
            }
            let text = (shape.document)(size, dice);
            let passes = work.count(shape.name, &text);
            let request = caller.client.post(format!("{base}/taiyuan/graphql"));
            let request = request.header("accept", "application/graphql-response+json").json(&json!({"query": text}));
            let answer = within(request.send()).await.unwrap_or_else(|e| panic!("{} {size}: {e}", shape.name));
            let status = answer.status().as_u16();
            assert!(matches!(status, 200 | 400), "{} {size}: {status}", shape.name);
            assert!(passes || status == 400, "{} {size}: {status}", shape.name);
            let body = work.answered(shape.name, passes, &answer.text().await.expect("a body"));
            asked.push(Asked { name: shape.name, text, passes, codes: codes(&body["errors"]) });
        }
    }
    asked
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn socket(server: &Server) -> Socket {
    let url = format!("{}/taiyuan/graphql", server.caller.base.replace("http:", "ws:"));
    let mut request = url.into_client_request().expect("a request");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a header"));
    let (mut socket, _) = within(connect_async(request)).await.expect("a socket");
    say(&mut socket, json!({"type": "connection_init"})).await;
    assert_eq!(heard(&mut socket).await.expect("it goes on")["type"], "connection_ack");
    socket
}

async fn say(socket: &mut Socket, message: Value) {
    // The server may have closed already; what it said first is read next.
    let _ = socket.send(Message::text(message.to_string())).await;
}

/// The next message, or the code with which the socket was closed.
async fn heard(socket: &mut Socket) -> Result<Value, Option<u16>> {
    loop {
        match within(socket.next()).await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).expect("JSON")),
            Some(Ok(Message::Close(frame))) => return Err(frame.map(|frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(None),
        }
    }
}

/// Every document again: the other door says the same to it.
async fn over_websocket(server: &Server, work: &mut Work, asked: &[Asked]) {
    let mut open = socket(server).await;
    for (n, Asked { name, text, passes, codes: expected }) in asked.iter().enumerate() {
        if n % PER_CALLER == PER_CALLER - 1 {
            open = socket(server).await;
        }
        work.count(name, text);
        let id = n.to_string();
        say(&mut open, json!({"type": "subscribe", "id": id, "payload": {"query": text}})).await;
        loop {
            let message = match heard(&mut open).await {
                Ok(message) => message,
                Err(code) => panic!("{name}: the socket was closed with {code:?}"),
            };
            assert_eq!(message["id"], id, "{name}: {message}");
            work.answered(name, *passes, &message.to_string());
            match message["type"].as_str() {
                Some("error") => {
                    assert_eq!(&codes(&message["payload"]), expected, "{name}");
                    break;
                }
                Some("next") => assert_eq!(&codes(&message["payload"]["errors"]), expected, "{name}"),
                Some("complete") => break,
                _ => panic!("{name}: {message}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_megabytes_are_refused_at_every_door_and_nobody_waits_for_a_slow_head() {
    const MEGABYTES: usize = 10 * 1024 * 1024;
    let mut place = town::on_sqlite().await;
    // Past it is past it: a body of crumbs gets there in time on a slow machine too.
    place.set("YIZHAN_HTTP__LIMITS__BODY_BYTES", "16384");
    let mut server = place.serve().await;
    let before = server.peak_kib();

    // Heads that do not come to their end, while everybody else is served.
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect((place.host.as_str(), 7373)).await.expect("a connection");
        stream.write_all(b"POST /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.expect("a beginning");
        slow.push(stream);
    }

    let head = "POST /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let body = "x".repeat(MEGABYTES);
    let whole = format!("{head}Content-Length: {MEGABYTES}\r\n\r\n{body}");
    assert_eq!(raw(&place.host, whole.as_bytes()).await, "HTTP/1.1 413 Payload Too Large");
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(160));
    assert_eq!(raw(&place.host, chunked.as_bytes()).await, "HTTP/1.1 413 Payload Too Large");
    let crumbs = format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", "1\r\nx\r\n".repeat(20_000));
    assert_eq!(raw(&place.host, crumbs.as_bytes()).await, "HTTP/1.1 413 Payload Too Large");

    let mut open = socket(&server).await;
    say(&mut open, json!({"type": "subscribe", "id": "1", "payload": {"query": body}})).await;
    let closed = heard(&mut open).await.expect_err("the socket is closed");
    assert!(matches!(closed, Some(1009) | None), "closed with {closed:?}");

    assert!(server.caller.answers("/readyz").await);
    drop(slow);
    server.lives();
    let grown = server.peak_kib() - before;
    assert!(grown < GROWTH_KIB, "the server grew by {grown} KiB");
}

/// Sends bytes, as far as the server takes them, and reads to the end; the first line of the answer.
async fn raw(host: &str, bytes: &[u8]) -> String {
    let (mut read, mut write) = TcpStream::connect((host, 7373)).await.expect("a connection").into_split();
    let mut answer = Vec::new();
    let sending = async {
        let _ = write.write_all(bytes).await;
        write
    };
    let reading = async {
        // A reset may follow the answer, because the rest of the body was never read.
        let mut part = vec![0_u8; 4096];
        while let Ok(length @ 1..) = read.read(&mut part).await {
            answer.extend_from_slice(&part[..length]);
        }
    };
    within(async { tokio::join!(sending, reading) }).await;
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}
