//! Executions: deadlines, places, hang-ups, shutdown. Nothing is ever dropped half-way.

use std::sync::atomic::Ordering::SeqCst;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use house::lock;

/// Writes a POST by hand and returns the connection, so that a test can hang up.
async fn send_by_hand(server: &Running, query: &str) -> TcpStream {
    let body = json!({ "query": query }).to_string();
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!(
        "POST /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    stream
}

/// Waits until so many executions have begun.
async fn begun(server: &Running, many: u32) {
    within(server.switches.begun.acquire_many(many)).await.unwrap().forget();
}

#[tokio::test]
async fn at_the_deadline_the_flag_is_raised_and_the_execution_ends_by_itself() {
    let server = Running::with(Limits { deadline_ms: 20, ..limits() }).await;
    let (status, body) = server.ask("{ hold }").await;
    assert_eq!((status, body), (200, json!({"data": {"hold": false}})));
    assert_eq!(server.switches.halted.load(SeqCst), 1);
    server.ended().await;
}

#[tokio::test]
async fn who_does_not_end_after_the_deadline_is_left_to_finish_and_the_caller_is_told() {
    let server = Running::with(Limits { deadline_ms: 10, grace_ms: 10, ..limits() }).await;
    let (status, body) = server.ask("mutation { slowNote(text: \"kept\") }").await;
    assert_eq!((status, code(&body)), (504, "DEADLINE_EXCEEDED"));
    assert!(lock(&server.switches.notes).is_empty());
    server.switches.release.add_permits(1);
    let switches = Arc::clone(&server.switches);
    server.ended().await;
    assert_eq!(*lock(&switches.notes), ["kept"]);
}

#[tokio::test]
async fn a_client_that_hangs_up_halts_a_query_and_not_a_mutation() {
    let server = Running::with(limits()).await;
    let query = send_by_hand(&server, "{ hold }").await;
    begun(&server, 1).await;
    drop(query);
    let mutation = send_by_hand(&server, "mutation { slowNote(text: \"kept\") }").await;
    begun(&server, 1).await;
    drop(mutation);
    server.switches.release.add_permits(1);
    let switches = Arc::clone(&server.switches);
    server.ended().await;
    assert_eq!((switches.halted.load(SeqCst), switches.ended.load(SeqCst)), (1, 1));
    assert_eq!(*lock(&switches.notes), ["kept"]);
}

#[tokio::test]
async fn a_tenant_has_so_many_places_and_who_finds_none_is_told() {
    let server = Running::with(Limits { concurrency: 2, queue_ms: 10, ..limits() }).await;
    let held: Vec<_> = [(); 2].map(|()| tokio::spawn(server.post(&json!({"query": "{hold}"})).send())).into();
    begun(&server, 2).await;
    let (status, body) = server.ask("{hello}").await;
    assert_eq!((status, code(&body)), (503, "RATE_LIMITED"));
    let elsewhere = server.client.post(server.url("/datong/graphql")).json(&json!({"query": "{hello}"}));
    assert_eq!(answer(elsewhere).await.0, 200);
    server.switches.release.add_permits(2);
    for answer in held {
        assert_eq!(answer.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(server.ask("{hello}").await.0, 200);
    server.ended().await;
}

#[tokio::test]
async fn an_answer_over_the_cap_is_not_sent_half() {
    let server = Running::with(Limits { response_bytes: 10_000, ..limits() }).await;
    assert_eq!(server.ask("{ big(bytes: 9900) }").await.0, 200);
    let (status, body) = server.ask("{ big(bytes: 10000) }").await;
    assert_eq!((status, code(&body)), (413, "COST_EXCEEDED"));
    assert_eq!(body["errors"][0]["extensions"]["limit"], "responseBytes");
    server.ended().await;
}

#[tokio::test]
async fn shutdown_answers_what_has_begun_and_takes_nothing_new() {
    let mut server = Running::with(limits()).await;
    let held = tokio::spawn(server.post(&json!({"query": "{hold}"})).send());
    begun(&server, 1).await;
    // Taken up, as its first answer shows, and idle since.
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut first = Vec::new();
    while !first.ends_with(b"ok\n") {
        first.push(within(idle.read_u8()).await.unwrap());
    }
    server.stop();
    // An idle connection is closed at once, without an answer.
    let mut rest = Vec::new();
    within(idle.read_to_end(&mut rest)).await.unwrap();
    assert!(rest.is_empty());
    assert!(TcpStream::connect(server.address).await.is_err());
    server.switches.release.add_permits(1);
    let answer = within(held).await.unwrap().unwrap();
    assert_eq!(answer.status(), 200);
    server.ended().await;
}

#[tokio::test]
async fn shutdown_does_not_wait_for_ever() {
    let options = Options { drain_ms: 20, ..Options::default() };
    let server = Running::start(limits(), options, Arc::new(Pages)).await;
    let _held = tokio::spawn(server.post(&json!({"query": "mutation{slowNote(text:\"x\")}"})).send());
    begun(&server, 1).await;
    server.ended().await;
}
