//! Who hangs up in the middle leaves nothing open behind: with one connection to write, the next one would stand in it.

use futures_util::SinkExt as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use super::town::Town;
use crate::postgres::Fresh;

const TIMES: usize = 24;
const SET: &str = "mutation($i: SetLiaisonInput!, $v: Int!) { setLiaison(input: $i, version: $v) { __typename
    ... on Liaison { unit } ... on SetLiaisonRefused { code current { version } } } }";

fn body(unit: &str, version: &Value) -> Value {
    let person = json!({"name": "王芳", "unit": unit, "position": "科长", "phone": "13800138000"});
    json!({"query": SET, "variables": {"i": person, "v": version}})
}

/// The version of the liaison person who stands.
async fn present(town: &Town, token: &str) -> Value {
    let history = town.get("taiyuan", token, "{ liaisonHistory { version } }", json!({}), "liaisonHistory").await;
    history.get(0).map_or(json!(0), |row| row["version"].clone())
}

/// Names one, after whoever hung up and was later than expected.
async fn name(town: &Town, token: &str, unit: &str) {
    let mut version = present(town, token).await;
    loop {
        let answer = town.ask("taiyuan", Some(token), SET, body(unit, &version)["variables"].clone()).await;
        let named = &answer["data"]["setLiaison"];
        if named["code"] != "CONFLICT" {
            assert_eq!(named["__typename"], "Liaison", "{answer}");
            return;
        }
        version = named["current"]["version"].clone();
    }
}

/// One connection to write with and one to read with: a transaction that somebody left open would be everybody's, and
/// whoever wanted a second one beside the first would wait for ever.
fn one_of_each() -> kernel::config::Config {
    let mut config = Town::defaults();
    (config.database.writers, config.database.readers) = (1, 1);
    config
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hangs_up_over_http_or_a_socket_leaves_no_transaction_open_on_sqlite() {
    let town = Town::start(one_of_each(), None).await;
    everybody_hangs_up(&town).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hangs_up_over_http_or_a_socket_leaves_no_transaction_open_on_postgresql() {
    let fresh = Fresh::new().await;
    let town = Town::in_database(&fresh, one_of_each()).await;
    everybody_hangs_up(&town).await;
    // The worker has short ones of its own; one that was left behind would stay.
    let none = async { while fresh.open_transactions().await > 0 {} };
    tokio::time::timeout(std::time::Duration::from_secs(30), none).await.expect("no transaction stays open");
}

async fn everybody_hangs_up(town: &Town) {
    let bureau = town.sign_in("taiyuan", "bureau").await;
    for time in 0..TIMES {
        over_http(town, &bureau, time).await;
        over_a_socket(town, &bureau, time).await;
        // The same connection, a moment later: committed, and read by another one. Who hung up may be later still.
        let unit = format!("科室{time}");
        name(town, &bureau, &unit).await;
        let history = town.get("taiyuan", &bureau, "{ liaisonHistory { unit } }", json!({}), "liaisonHistory").await;
        let kept = history.as_array().expect("a list").iter().any(|row| row["unit"] == unit);
        assert!(kept, "what was acknowledged is there: {history}");
    }
    what_was_changed_stands_in_the_audit(town, &bureau).await;
}

/// Hangs up after a part of the request, after all of it, or when the answer begins.
async fn over_http(town: &Town, token: &str, time: usize) {
    let body = body("挂断的", &present(town, token).await).to_string();
    let head = format!(
        "POST /taiyuan/graphql HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        town.address(),
        body.len()
    );
    let whole = [head.as_bytes(), body.as_bytes()].concat();
    let mut stream = TcpStream::connect(town.address()).await.expect("the server listens");
    let sent = if time.is_multiple_of(4) { head.len() + time } else { whole.len() };
    stream.write_all(&whole[..sent]).await.expect("the server takes it");
    for _ in 0..time % 4 {
        tokio::task::yield_now().await;
    }
    if time % 4 == 3 {
        stream.read_u8().await.expect("an answer begins");
    }
}

/// Hangs up with an operation under way.
async fn over_a_socket(town: &Town, token: &str, time: usize) {
    let mut request = format!("ws://{}/taiyuan/graphql", town.address()).into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a header"));
    let body = body("断线的", &present(town, token).await);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.expect("the server speaks WebSocket");
    let init = json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {token}")}});
    let subscribe = json!({"type": "subscribe", "id": "1", "payload": body});
    for message in [init, subscribe] {
        socket.send(Message::text(message.to_string())).await.expect("the server takes it");
    }
    for _ in 0..time % 5 {
        tokio::task::yield_now().await;
    }
    if time.is_multiple_of(2) {
        let stop = json!({"type": "complete", "id": "1"});
        socket.send(Message::text(stop.to_string())).await.expect("the server takes it");
    }
}

/// As many changes as entries: nobody's change was half done, whenever he hung up.
async fn what_was_changed_stands_in_the_audit(town: &Town, bureau: &str) {
    let auditor = town.sign_in("taiyuan", "auditor").await;
    let entries =
        "{ auditEntries(first: 100, filter: {operation: \"liaison.set\", result: DONE}) { edges { cursor } } }";
    let counting = async {
        loop {
            let history = town.get("taiyuan", bureau, "{ liaisonHistory { unit } }", json!({}), "liaisonHistory").await;
            let audit = town.get("taiyuan", &auditor, entries, json!({}), "auditEntries").await;
            let (changed, entered) = (history.as_array().map(Vec::len), audit["edges"].as_array().map(Vec::len));
            if changed == entered {
                return changed.unwrap_or_default();
            }
        }
    };
    let counted = tokio::time::timeout(std::time::Duration::from_secs(30), counting).await;
    assert!(counted.expect("as many changes as entries") >= TIMES);
}
