//! Hostile requests over a real port: the process lives and says no.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;

/// So many pieces, one after the other.
fn numbered(many: usize, piece: impl Fn(usize) -> String) -> String {
    (0..many).map(piece).collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn a_document_nested_by_any_bracket_is_refused_or_survived_at_the_limit() {
    let server = Running::with(limits()).await;
    let nested =
        |open: &str, middle: &str, close: &str, n: usize| format!("{}{middle}{}", open.repeat(n), close.repeat(n));
    let shapes = |n: usize| {
        [
            nested("{a", "", "}", n),
            nested("{neighbours", "{id}", "}", n),
            format!("{{{}}}", nested("...{", "hello", "}", n)),
            format!("{{market(id:1){{first(filter:{})}}}}", nested("[", "1", "]", n)),
            format!("{{market(id:1){{first(filter:{})}}}}", nested("{c:", "1", "}", n)),
            format!("query($v:{}){{hello}}", nested("[", "Int", "]", n)),
            format!("query($v:[Int]={}){{hello}}", nested("[", "1", "]", n)),
            format!("{{hello@skip(if:{})}}", nested("[", "1", "]", n)),
        ]
    };
    for n in [20, 61, 64, 150, 5_000] {
        for text in shapes(n) {
            let (status, body) = server.ask(&text).await;
            assert!(matches!(status, 200 | 400), "{n}: {status}");
            if n > 64 {
                assert_eq!(code(&body), "COST_EXCEEDED", "{n}");
            }
        }
    }
    assert_eq!(server.ask("{hello}").await.0, 200);
    server.ended().await;
}

#[tokio::test]
async fn a_variable_nested_too_deeply_is_refused() {
    let server = Running::with(limits()).await;
    let query = "query($f: JSON) { market(id: 1) { first(filter: $f) } }";
    let ask = |n: usize| {
        let body = format!(r#"{{"query":"{query}","variables":{{"f":{}1{}}}}}"#, "[".repeat(n), "]".repeat(n));
        let request = server.client.post(server.url("/taiyuan/graphql")).header("content-type", "application/json");
        answer(request.header("accept", "application/graphql-response+json").body(body))
    };
    assert_eq!(ask(64).await, (200, json!({"data": {"market": {"first": 1}}})));
    let (status, body) = ask(65).await;
    assert_eq!((status, code(&body)), (400, "COST_EXCEEDED"));
    let (status, body) = ask(20_000).await;
    assert_eq!((status, code(&body)), (400, "INVALID_REQUEST"));
    server.ended().await;
}

#[tokio::test]
async fn floods_of_fragments_aliases_directives_and_errors_stay_small() {
    let server = Running::with(limits()).await;
    let doubling = numbered(25, |i| format!("fragment F{i} on Query{{...F{} ...F{}}}", i + 1, i + 1));
    let documents = [
        format!("{{...F0}}{doubling}fragment F25 on Query{{hello}}"),
        format!("{{{}}}", numbered(31, |i| format!("a{i}:hello "))),
        format!("{{hello{}}}", " @skip(if:false)".repeat(51)),
        format!("{{{}}}", "hello ".repeat(1_001)),
        numbered(11, |i| format!("query Q{i}{{hello}}")),
        "mutation{a:note(text:\"1\") b:note(text:\"2\") c:note(text:\"3\") d:note(text:\"4\") e:note(text:\"5\") f:note(text:\"6\")}".to_owned(),
        "mutation{signIn(name:\"a\") note(text:\"1\")}".to_owned(),
        format!("{{hello(name:\"{}\")}}", "x".repeat(16 * 1024)),
    ];
    for text in documents {
        let (status, body) = server.ask(&text).await;
        assert_eq!((status, code(&body)), (400, "COST_EXCEEDED"), "{body}");
        assert!(body.to_string().len() < 500, "{body}");
    }
    let (status, body) = server.ask(&format!("{{{}}}", numbered(400, |i| format!("x{i} ")))).await;
    assert_eq!(status, 400);
    assert_eq!(body["errors"].as_array().unwrap().len(), 10);
    assert!(house::lock(&server.switches.notes).is_empty());
    server.ended().await;
}

/// Sends raw bytes in pieces and reads until the server closes; the answer's first line.
async fn raw(server: &Running, pieces: &[&[u8]]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    for piece in pieces {
        if stream.write_all(piece).await.is_err() {
            break;
        }
    }
    let mut answer = Vec::new();
    let _ = within(stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

const HEAD: &str = "POST /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

#[tokio::test]
async fn a_large_body_is_refused_by_its_length_or_by_counting() {
    let server = Running::with(Limits { body_bytes: 1_000, ..limits() }).await;
    let declared = format!("{HEAD}Content-Length: 10485760\r\n\r\n");
    assert_eq!(raw(&server, &[declared.as_bytes()]).await, "HTTP/1.1 413 Payload Too Large");
    let chunked = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("100\r\n{}\r\n", "x".repeat(256));
    let mut pieces = vec![chunked.as_bytes()];
    pieces.extend([chunk.as_bytes(); 5]);
    assert_eq!(raw(&server, &pieces).await, "HTTP/1.1 413 Payload Too Large");
    let fits = json!({"query": "{hello}", "operationName": null, "variables": {"x": "y".repeat(900)}}).to_string();
    assert!(fits.len() <= 1_000);
    server.ended().await;
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let server = Running::with(Limits { body_ms: 20, ..limits() }).await;
    let head = format!("{HEAD}Content-Length: 100\r\nConnection: close\r\n\r\n{{\"query\"");
    assert_eq!(raw(&server, &[head.as_bytes()]).await, "HTTP/1.1 408 Request Timeout");
    server.ended().await;
}

#[tokio::test]
async fn a_head_that_does_not_come_is_not_waited_for() {
    let options = Options { header_ms: 20, ..Options::default() };
    let server = Running::start(limits(), options, Arc::new(Pages)).await;
    let first = raw(&server, &[b"POST /taiyuan/graphql HTTP/1.1\r\nHost: x\r\nX-Slow: "]).await;
    assert!(first.is_empty() || first.starts_with("HTTP/1.1 408"), "{first}");
    assert!(raw(&server, &[b""]).await.is_empty());
    server.ended().await;
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let server = Running::with(limits()).await;
    let many = numbered(200, |i| format!("X-{i}: y\r\n"));
    let first = raw(&server, &[HEAD.as_bytes(), many.as_bytes(), b"\r\n"]).await;
    assert_eq!(first, "HTTP/1.1 431 Request Header Fields Too Large");
    let long = format!("X-Long: {}\r\n\r\n", "y".repeat(100_000));
    let first = raw(&server, &[HEAD.as_bytes(), long.as_bytes()]).await;
    assert!(first.is_empty() || first == "HTTP/1.1 431 Request Header Fields Too Large", "{first}");
    server.ended().await;
}

#[tokio::test]
async fn connections_over_the_cap_wait_and_are_served_when_one_ends() {
    let options = Options { connections: 1, ..Options::default() };
    let server = Running::start(limits(), options, Arc::new(Pages)).await;
    let first = TcpStream::connect(server.address).await.unwrap();
    let mut second = TcpStream::connect(server.address).await.unwrap();
    second.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    drop(first);
    let mut answer = Vec::new();
    within(second.read_to_end(&mut answer)).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    server.ended().await;
}
