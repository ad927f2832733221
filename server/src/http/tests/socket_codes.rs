//! Every close code of the WebSocket, and every refused handshake.

use std::sync::atomic::Ordering::SeqCst;

use async_graphql::futures_util::SinkExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::*;
use crate::http::ports::SecurityEventKind;
use house::lock;
use socket_client::{Came, Socket};

const SPEAKS: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

#[tokio::test]
async fn a_message_outside_the_protocol_closes_with_4400() {
    let server = Running::with(limits()).await;
    let wrong = [
        "",
        "not json",
        "[]",
        r#"{"type":"start","id":"1"}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","payload":{"query":"{hello}"}}"#,
        r#"{"type":"connection_init","payload":1}"#,
        r#"{"id":"1"}"#,
    ];
    for text in wrong {
        let mut socket = Socket::ready(&server, "clerk").await;
        socket.text(text).await;
        socket.is_closed_with(4400).await;
    }
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.0.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    socket.is_closed_with(4400).await;
    server.ended().await;
}

#[tokio::test]
async fn subscribing_before_the_ack_closes_with_4401() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::speaking(&server).await;
    socket.subscribe("1", "{hello}").await;
    assert_eq!(socket.next().await, Came::Closed(4401, "Unauthorized".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn a_token_that_is_not_believed_closes_with_4403() {
    let server = Running::with(limits()).await;
    for token in ["Bearer nobody", "Bearer datong-clerk", "clerk", "Basic x"] {
        let mut socket = Socket::speaking(&server).await;
        socket.say(json!({"type": "connection_init", "payload": {"authorization": token}})).await;
        assert_eq!(socket.next().await, Came::Closed(4403, "Forbidden".to_owned()), "{token}");
    }
    let kinds: Vec<_> = lock(&server.switches.security).iter().map(|(_, kind)| *kind).collect();
    assert_eq!(kinds, [SecurityEventKind::TokenOfAnotherTenant]);
    server.ended().await;
}

#[tokio::test]
async fn a_foreign_page_gets_4403_unless_its_key_names_it() {
    let server = Running::with(limits()).await;
    let init = json!({"type": "connection_init", "payload": {"authorization": "Bearer app-key"}});
    for (origin, expected) in [("https://app.example", None), ("https://evil.example", Some(4403))] {
        let mut socket = Socket::open(&server, &[SPEAKS, ("origin", origin)]).await;
        socket.say(init.clone()).await;
        match expected {
            None => socket.hears(json!({"type": "connection_ack"})).await,
            Some(code) => socket.is_closed_with(code).await,
        }
    }
    server.ended().await;
}

#[tokio::test]
async fn the_cookie_opens_a_socket_from_our_own_page_only() {
    let server = Running::with(limits()).await;
    let own = format!("http://{}", server.address);
    for (origin, who) in [(own.as_str(), json!("clerk")), ("https://evil.example", Value::Null)] {
        let headers = [SPEAKS, ("origin", origin), ("cookie", "yizhan_taiyuan=clerk")];
        let mut socket = Socket::open(&server, &headers).await;
        socket.say(json!({"type": "connection_init"})).await;
        socket.hears(json!({"type": "connection_ack"})).await;
        socket.subscribe("1", "{who}").await;
        socket.hears(json!({"id": "1", "type": "next", "payload": {"data": {"who": who}}})).await;
    }
    let mut socket = Socket::open(&server, &[SPEAKS, ("cookie", "yizhan_taiyuan=clerk")]).await;
    socket.say(json!({"type": "connection_init"})).await;
    socket.hears(json!({"type": "connection_ack"})).await;
    socket.subscribe("1", "{who}").await;
    socket.hears(json!({"id": "1", "type": "next", "payload": {"data": {"who": null}}})).await;
    server.ended().await;
}

#[tokio::test]
async fn a_session_that_ends_meanwhile_closes_with_4403() {
    let server = Running::with(Limits { recheck_ms: 10, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    lock(&server.switches.revoked).insert("clerk".to_owned());
    assert_eq!(socket.next().await, Came::Closed(4403, "Forbidden".to_owned()));
    assert!(server.switches.rechecks.load(SeqCst) >= 1);
    server.ended().await;
}

#[tokio::test]
async fn an_open_socket_works_with_the_rights_of_the_moment() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    let next = |rights: u32| json!({"id": "1", "type": "next", "payload": {"data": {"rights": rights}}});
    for rights in [0, 1] {
        socket.subscribe("1", "{rights}").await;
        socket.hears(next(rights)).await;
        socket.hears(json!({"id": "1", "type": "complete"})).await;
        server.switches.rights.fetch_add(1, SeqCst);
    }
    server.ended().await;
}

#[tokio::test]
async fn a_subscription_that_began_under_other_rights_is_completed() {
    let server = Running::with(Limits { recheck_ms: 10, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription { events }").await;
    within(server.switches.begun.acquire()).await.unwrap().forget();
    server.switches.rights.fetch_add(1, SeqCst);
    socket.hears(json!({"id": "1", "type": "complete"})).await;
    server.ended().await;
}

#[tokio::test]
async fn nobody_is_signed_out_because_the_store_does_not_answer() {
    let server = Running::with(Limits { recheck_ms: 10, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    server.switches.unknown.store(true, SeqCst);
    let looked = server.switches.rechecks.load(SeqCst);
    until(|| server.switches.rechecks.load(SeqCst) > looked + 2).await;
    socket.subscribe("1", "{who}").await;
    let Came::Message(refused) = socket.next().await else { panic!("the socket was closed") };
    assert_eq!(refused["payload"][0]["extensions"]["code"], "MAINTENANCE");
    let by_cookie = server.post(&json!({"query": "{who}"})).header("cookie", "yizhan_taiyuan=clerk");
    let response = by_cookie.header("x-yizhan-csrf", "1").send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"10".parse().unwrap()));
    assert_eq!(response.headers().get("set-cookie"), None, "the cookie stays");
    server.switches.unknown.store(false, SeqCst);
    socket.subscribe("2", "{who}").await;
    socket.hears(json!({"id": "2", "type": "next", "payload": {"data": {"who": "clerk"}}})).await;
    server.ended().await;
}

#[tokio::test]
async fn another_subprotocol_or_none_closes_with_4406() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::open(&server, &[]).await;
    assert_eq!(socket.next().await, Came::Closed(4406, "Subprotocol not acceptable".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn a_store_that_cannot_say_who_one_is_closes_with_1013_and_one_may_come_again() {
    let server = Running::with(limits()).await;
    server.switches.unknown.store(true, SeqCst);
    let init = json!({"type": "connection_init", "payload": {"authorization": "Bearer clerk"}});
    let mut socket = Socket::speaking(&server).await;
    socket.say(init).await;
    assert_eq!(socket.next().await, Came::Closed(1013, "Try again later".to_owned()));
    server.switches.unknown.store(false, SeqCst);
    let mut again = Socket::ready(&server, "clerk").await;
    again.subscribe("1", "{hello}").await;
    assert!(matches!(again.next().await, Came::Message(_)), "it is let in");
    server.ended().await;
}

#[tokio::test]
async fn no_init_in_time_closes_with_4408() {
    let server = Running::with(Limits { init_ms: 10, ..limits() }).await;
    let mut socket = Socket::speaking(&server).await;
    assert_eq!(socket.next().await, Came::Closed(4408, "Connection initialisation timeout".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn an_id_that_is_still_running_closes_with_4409() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("1", "subscription{events}").await;
    socket.subscribe("1", "{hello}").await;
    socket.is_closed_with(4409).await;
    server.ended().await;
}

#[tokio::test]
async fn a_second_init_closes_with_4429() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.say(json!({"type": "connection_init"})).await;
    assert_eq!(socket.next().await, Came::Closed(4429, "Too many initialisation requests".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn a_flood_of_messages_closes_with_1008_and_a_large_one_with_1009() {
    let server = Running::with(Limits { messages_per_second: 1, body_bytes: 2_000, ..limits() }).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    for _ in 0..20 {
        socket.say(json!({"type": "ping"})).await;
    }
    loop {
        match socket.next().await {
            Came::Message(pong) => assert_eq!(pong, json!({"type": "pong"})),
            closed => break assert_eq!(closed, Came::Closed(1008, "Too many messages".to_owned())),
        }
    }
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.text(&"x".repeat(3_000)).await;
    assert_eq!(socket.next().await, Came::Closed(1009, "Message too large".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn a_client_that_closes_is_answered_with_its_own_code() {
    let server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    let frame = CloseFrame { code: 1000.into(), reason: "done".into() };
    socket.0.send(Message::Close(Some(frame))).await.unwrap();
    socket.is_closed_with(1000).await;
    server.ended().await;
}

#[tokio::test]
async fn a_reader_who_answers_no_ping_is_closed_with_1008() {
    let server = Running::with(Limits { ping_ms: 5, linger_ms: 1, ..limits() }).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = "GET /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
                Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    within(stream.read_to_end(&mut bytes)).await.unwrap();
    let frames = bytes.windows(4).position(|end| end == b"\r\n\r\n").map(|at| &bytes[at + 4..]).unwrap();
    let (two_pings, close) = ([0x89, 0, 0x89, 0], [0x88, 20, 0x03, 0xf0]);
    assert_eq!(frames, [&two_pings[..], &close[..], b"No answer to pings"].concat());
    server.ended().await;
}

#[tokio::test]
async fn shutdown_completes_subscriptions_lets_the_rest_end_and_closes_with_1001() {
    let mut server = Running::with(limits()).await;
    let mut socket = Socket::ready(&server, "clerk").await;
    socket.subscribe("s", "subscription{events}").await;
    socket.subscribe("m", "mutation{slowNote(text:\"kept\")}").await;
    within(server.switches.begun.acquire_many(2)).await.unwrap().forget();
    server.stop();
    socket.hears(json!({"id": "s", "type": "complete"})).await;
    server.switches.release.add_permits(1);
    socket.hears(json!({"id": "m", "type": "next", "payload": {"data": {"slowNote": 1}}})).await;
    socket.hears(json!({"id": "m", "type": "complete"})).await;
    assert_eq!(socket.next().await, Came::Closed(1001, "Going away".to_owned()));
    server.ended().await;
}

#[tokio::test]
async fn a_handshake_is_refused_like_any_other_request() {
    let server = Running::with(Limits { sockets: 1, ..limits() }).await;
    let first = Socket::speaking(&server).await;
    assert_eq!(Socket::attempt(&server, &[SPEAKS]).await.err(), Some(503));
    drop(first);
    let request = server
        .client
        .get(server.url("/nowhere/graphql"))
        .header("upgrade", "websocket")
        .header("connection", "upgrade");
    assert_eq!(answer(request).await.0, 404);
    let broken = server.client.get(server.url("/datong/graphql")).header("upgrade", "websocket");
    assert_eq!(answer(broken).await.0, 400);
    server.ended().await;
}
