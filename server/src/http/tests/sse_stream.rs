//! Server-sent events.

use std::sync::atomic::Ordering::SeqCst;

use super::*;
use house::lock;

fn stream(server: &Running, query: &str) -> reqwest::RequestBuilder {
    let request = server.client.post(server.url("/taiyuan/graphql/stream"));
    request.header("accept", "text/event-stream").json(&json!({ "query": query }))
}

async fn text(request: reqwest::RequestBuilder) -> String {
    let response = within(request.send()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    within(response.text()).await.unwrap()
}

/// Reads one piece of the stream.
async fn piece(response: &mut reqwest::Response) -> String {
    String::from_utf8(within(response.chunk()).await.unwrap().unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn events_come_one_by_one_and_end_with_complete() {
    let server = Running::with(limits()).await;
    assert_eq!(
        text(stream(&server, "subscription{count(to:2)}")).await,
        "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\n\
         event: complete\ndata: \n\n"
    );
    assert_eq!(
        text(stream(&server, "{from}")).await,
        "event: next\ndata: {\"data\":{\"from\":\"Sse 127.0.0.1 Chinese\"}}\n\nevent: complete\ndata: \n\n"
    );
    server.ended().await;
}

#[tokio::test]
async fn what_is_wrong_with_the_document_is_an_event() {
    let server = Running::with(limits()).await;
    for query in ["{", "{nothing}", "subscription{nothing}", "{courses}"] {
        let text = text(stream(&server, query)).await;
        assert!(text.starts_with("event: next\ndata: {\"errors\":["), "{text}");
        assert!(text.ends_with("event: complete\ndata: \n\n"), "{text}");
    }
    server.ended().await;
}

#[tokio::test]
async fn what_is_wrong_with_the_request_is_a_status() {
    let server = Running::with(limits()).await;
    let url = server.url("/taiyuan/graphql/stream");
    let response = server.client.get(&url).header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(response.status(), 405);
    let plain = server.client.post(&url).json(&json!({"query": "{hello}"})).header("accept", "application/json");
    assert_eq!(answer(plain).await.0, 406);
    let wrong = server.client.post(&url).header("accept", "text/event-stream").body("{}");
    assert_eq!(answer(wrong).await.0, 415);
    assert_eq!(answer(stream(&server, "{hello}").header("authorization", "Bearer nobody")).await.0, 401);
    server.ended().await;
}

#[tokio::test]
async fn a_reader_who_leaves_ends_the_source() {
    let server = Running::with(limits()).await;
    let mut response = within(stream(&server, "subscription{events}").send()).await.unwrap();
    within(server.switches.begun.acquire()).await.unwrap().forget();
    server.switches.events.send(7).unwrap();
    assert_eq!(piece(&mut response).await, "event: next\ndata: {\"data\":{\"events\":7}}\n\n");
    drop(response);
    until(|| server.switches.ended.load(SeqCst) > 0).await;
    server.ended().await;
}

#[tokio::test]
async fn shutdown_and_a_revoked_session_complete_the_stream() {
    let mut server = Running::with(limits()).await;
    let mut response = within(stream(&server, "subscription{events}").send()).await.unwrap();
    within(server.switches.begun.acquire()).await.unwrap().forget();
    server.stop();
    assert_eq!(piece(&mut response).await, "event: complete\ndata: \n\n");
    assert!(within(response.chunk()).await.unwrap().is_none());
    server.ended().await;

    let server = Running::with(Limits { recheck_ms: 10, ..limits() }).await;
    let request = stream(&server, "subscription{events}").header("authorization", "Bearer clerk");
    let mut response = within(request.send()).await.unwrap();
    lock(&server.switches.revoked).insert("clerk".to_owned());
    assert_eq!(piece(&mut response).await, "event: complete\ndata: \n\n");
    server.ended().await;
}
