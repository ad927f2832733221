//! Operations over the WebSocket.

use std::sync::atomic::Ordering::SeqCst;

use super::*;
use house::lock;
use socket_client::{Came, Socket};

fn next(id: &str, data: Value) -> Value {
    json!({"id": id, "type": "next", "payload": {"data": data}})
}

fn complete(id: &str) -> Value {
    json!({"id": id, "type": "complete"})
}

#[tokio::test]
async fn a_query_a_mutation_and_a_subscription_run_on_one_socket() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("q", "{ from }").await;
    socket.hears(next("q", json!({"from": "WebSocket 127.0.0.1 Chinese"}))).await;
    socket.hears(complete("q")).await;
    socket.subscribe("m", "mutation { note(text: \"x\") }").await;
    socket.hears(next("m", json!({"note": 1}))).await;
    socket.hears(complete("m")).await;
    socket.subscribe("s", "subscription { count(to: 3) }").await;
    for i in 1..=3 {
        socket.hears(next("s", json!({"count": i}))).await;
    }
    socket.hears(complete("s")).await;
    // The id is free again.
    socket.subscribe("s", "subscription { count(to: 1) }").await;
    socket.hears(next("s", json!({"count": 1}))).await;
    socket.hears(complete("s")).await;
    server.ended().await;
}

#[tokio::test]
async fn a_ping_is_answered_with_its_payload_before_and_after_the_init() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::speaking(&server).await;
    socket.say(json!({"type": "ping", "payload": {"n": 1}})).await;
    socket.hears(json!({"type": "pong", "payload": {"n": 1}})).await;
    socket.say(json!({"type": "pong"})).await;
    socket.say(json!({"type": "connection_init", "payload": {"acceptLanguage": "en"}})).await;
    socket.hears(json!({"type": "connection_ack"})).await;
    socket.say(json!({"type": "ping"})).await;
    socket.hears(json!({"type": "pong"})).await;
    socket.subscribe("1", "{ from }").await;
    socket.hears(next("1", json!({"from": "WebSocket 127.0.0.1 English"}))).await;
    server.ended().await;
}

#[tokio::test]
async fn a_refused_operation_gets_error_and_its_id_is_free() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    let nested = format!("{}{}", "{a".repeat(13), "}".repeat(13));
    let brackets = "[".repeat(9_000);
    for (query, code) in [
        ("{", "INVALID_REQUEST"),
        ("{ nothing }", "INVALID_REQUEST"),
        ("{ courses }", "PLUGIN_DISABLED"),
        ("{ __schema { __typename } }", "FORBIDDEN"),
        (nested.as_str(), "COST_EXCEEDED"),
        (brackets.as_str(), "COST_EXCEEDED"),
        ("subscription { nothing }", "INVALID_REQUEST"),
        ("subscription { count(to: 1) b: count(to: 1) }", "COST_EXCEEDED"),
    ] {
        socket.subscribe("1", query).await;
        let Came::Message(message) = socket.next().await else { panic!("closed at {query}") };
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("1")), "{message}");
        assert_eq!(message["payload"][0]["extensions"]["code"], code, "{message}");
    }
    socket.subscribe("1", "{ hello }").await;
    socket.hears(next("1", json!({"hello": "你好，世界"}))).await;
    socket.hears(complete("1")).await;
    server.ended().await;
}

#[tokio::test]
async fn a_refusal_inside_a_subscription_keeps_its_code() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription { never }").await;
    let Came::Message(message) = socket.next().await else { panic!("closed") };
    assert!(message.to_string().contains("FORBIDDEN"), "{message}");
    server.ended().await;
}

#[tokio::test]
async fn completing_an_operation_ends_its_source_and_nothing_more_is_sent() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription { events }").await;
    within(server.switches.begun.acquire()).await.unwrap().forget();
    server.switches.events.send(1).unwrap();
    socket.hears(next("1", json!({"events": 1}))).await;
    socket.say(complete("1")).await;
    // The id may be used again at once, while the first one is still ending.
    socket.subscribe("1", "subscription { events }").await;
    within(server.switches.begun.acquire()).await.unwrap().forget();
    until(|| server.switches.ended.load(SeqCst) > 0).await;
    server.switches.events.send(2).unwrap();
    socket.hears(next("1", json!({"events": 2}))).await;
    server.ended().await;
}

#[tokio::test]
async fn a_socket_that_breaks_off_ends_its_subscriptions_and_not_its_mutations() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("s", "subscription { events }").await;
    socket.subscribe("q", "{ hold }").await;
    socket.subscribe("m", "mutation { slowNote(text: \"kept\") }").await;
    within(server.switches.begun.acquire_many(3)).await.unwrap().forget();
    drop(socket);
    until(|| server.switches.ended.load(SeqCst) == 2).await;
    assert_eq!(server.switches.halted.load(SeqCst), 1);
    server.switches.release.add_permits(1);
    let switches = Arc::clone(&server.switches);
    server.ended().await;
    assert_eq!(*lock(&switches.notes), ["kept"]);
}

#[tokio::test]
async fn a_socket_has_so_many_operations_at_a_time() {
    let server = Running::with(Limits { streams: 2, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription { events }").await;
    socket.subscribe("2", "subscription { events }").await;
    socket.subscribe("3", "{ hello }").await;
    let Came::Message(message) = socket.next().await else { panic!("closed") };
    assert_eq!((&message["id"], &message["type"]), (&json!("3"), &json!("error")));
    assert_eq!(message["payload"][0]["extensions"]["code"], "RATE_LIMITED");
    server.ended().await;
}

#[tokio::test]
async fn a_slow_reader_is_told_to_read_again_and_costs_no_memory() {
    let server = Running::with(Limits { queue: 4, patience_ms: 0, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    // One burst fills the queue long before the writer runs: count does not wait between items.
    socket.subscribe("1", "subscription { count(to: 5000) }").await;
    let (mut heard, mut missed) = (0_u64, 0_u64);
    loop {
        let Came::Message(message) = socket.next().await else { panic!("closed") };
        match message["type"].as_str().unwrap() {
            "complete" => break,
            _ if message["payload"]["data"]["count"].is_u64() => heard += 1,
            _ => missed += message["payload"]["extensions"]["resync"]["missed"].as_u64().unwrap(),
        }
    }
    assert!(missed > 0);
    assert_eq!(heard + missed, 5_000);
    server.ended().await;
}

#[tokio::test]
async fn a_burst_to_a_reader_who_reads_is_delivered_whole() {
    let server = Running::with(Limits { queue: 4, patience_ms: 30_000, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription { count(to: 5000) }").await;
    for i in 1..=5_000 {
        socket.hears(next("1", json!({"count": i}))).await;
    }
    socket.hears(complete("1")).await;
    server.ended().await;
}

#[tokio::test]
async fn an_operation_pays_into_the_buckets_like_a_request() {
    let server = Running::with(Limits { account_per_second: 1, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    let mut codes = Vec::new();
    for i in 0..6 {
        socket.subscribe(&i.to_string(), "{ hello }").await;
        let Came::Message(message) = socket.next().await else { panic!("closed") };
        if message["type"] == "next" {
            socket.hears(complete(&i.to_string())).await;
        } else {
            codes.push(message["payload"][0]["extensions"]["code"].clone());
        }
    }
    assert!(codes.contains(&json!("RATE_LIMITED")), "{codes:?}");
    server.ended().await;
}
