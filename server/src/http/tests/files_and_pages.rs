//! Uploads, downloads and pages.

use std::sync::Arc;

use async_graphql::futures_util::stream::{self, StreamExt as _};

use super::*;
use house::lock;

#[tokio::test]
async fn a_file_is_taken_by_its_token_and_counted() {
    let server = Running::with(limits()).await;
    let put = |token: &str, bytes: usize| {
        server.client.put(server.url(&format!("/taiyuan/uploads/{token}"))).body(vec![7; bytes])
    };
    assert_eq!(answer(put("good", 100_000)).await, (201, json!({"uploadId": "u1", "bytes": 100_000})));
    assert_eq!(lock(&server.switches.uploads)[0].len(), 100_000);
    let (status, body) = answer(put("forged", 1)).await;
    assert_eq!((status, code(&body)), (404, "NOT_FOUND"));
    assert_eq!(answer(put("old", 1)).await.0, 410);
    let (status, body) = answer(put("good", 100_001)).await;
    assert_eq!((status, code(&body)), (413, "COST_EXCEEDED"));
    let chunks = stream::iter((0..11).map(|_| Ok::<_, std::io::Error>(vec![7; 10_000])));
    let streamed = server.client.put(server.url("/taiyuan/uploads/good")).body(reqwest::Body::wrap_stream(chunks));
    let (status, body) = answer(streamed).await;
    assert_eq!((status, code(&body)), (413, "COST_EXCEEDED"));
    assert_eq!(lock(&server.switches.uploads).len(), 1);
    let response = server.client.post(server.url("/taiyuan/uploads/good")).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"PUT, OPTIONS".parse().unwrap()));
    server.ended().await;
}

#[tokio::test]
async fn a_page_of_a_known_origin_may_send_and_fetch_files_and_read_why_not() {
    let server = Running::with(limits()).await;
    let from = |origin: &str, request: reqwest::RequestBuilder| request.header("origin", origin.to_owned()).send();
    let upload = server.url("/taiyuan/uploads/good");
    for (origin, known) in [("https://app.example", true), ("https://evil.example", false)] {
        let ask =
            server.client.request(reqwest::Method::OPTIONS, &upload).header("access-control-request-method", "PUT");
        let preflight = from(origin, ask).await.unwrap();
        assert_eq!(preflight.status(), 204);
        let methods = preflight.headers().get("access-control-allow-methods").map(|m| m.to_str().unwrap());
        assert_eq!(methods, known.then_some("PUT"), "{origin}");
        let outcomes = [
            (from(origin, server.client.put(&upload).body("x")).await.unwrap(), 201),
            (from(origin, server.client.put(server.url("/taiyuan/uploads/old")).body("x")).await.unwrap(), 410),
            (from(origin, server.client.put(&upload).body(vec![7; 100_001])).await.unwrap(), 413),
            (from(origin, server.client.get(server.url("/taiyuan/files/good"))).await.unwrap(), 200),
            (from(origin, server.client.get(server.url("/taiyuan/files/forged"))).await.unwrap(), 404),
        ];
        for (response, status) in outcomes {
            let allowed = response.headers().get("access-control-allow-origin").map(|o| o.to_str().unwrap());
            assert_eq!((response.status().as_u16(), allowed), (status, known.then_some(origin)));
        }
    }
    server.ended().await;
}

#[tokio::test]
async fn a_file_that_takes_for_ever_is_not_waited_for() {
    // One byte, and then nothing within the pause there may be.
    let server = Running::with(Limits { upload_ms: 100, body_ms: 600_000, ..limits() }).await;
    let body = stream::iter([Ok::<_, std::io::Error>(vec![7_u8])]).chain(stream::pending());
    let put = server.client.put(server.url("/taiyuan/uploads/good")).body(reqwest::Body::wrap_stream(body));
    let (status, body) = answer(put).await;
    assert_eq!((status, code(&body)), (400, "INVALID_REQUEST"));
    assert!(lock(&server.switches.uploads).is_empty());
    server.ended().await;
}

#[tokio::test]
async fn a_file_is_given_as_an_attachment_that_no_browser_shows() {
    let server = Running::with(limits()).await;
    let response = server.client.get(server.url("/taiyuan/files/good")).send().await.unwrap();
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"__.csv\"; filename*=UTF-8''%E5%90%8D%E5%BD%95.csv"
    );
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
    assert_eq!(response.text().await.unwrap(), "a,b\r\n");
    assert_eq!(server.client.get(server.url("/taiyuan/files/forged")).send().await.unwrap().status(), 404);
    server.ended().await;
}

#[tokio::test]
async fn every_page_of_the_site_is_one_of_two_files() {
    let server = Running::with(limits()).await;
    let get = |path: &str| server.client.get(server.url(path)).send();
    for (path, title, status) in [
        ("/", "public", 200),
        ("/taiyuan", "public", 200),
        ("/taiyuan/markets/42", "public", 200),
        ("/yangquan", "public", 200),
        ("/nowhere", "public", 404),
        ("/admin", "admin", 200),
        ("/admin/taiyuan/import", "admin", 200),
    ] {
        let response = get(path).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(response.headers()["referrer-policy"], "no-referrer");
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), "{policy}");
        let body = response.text().await.unwrap();
        assert!(body.contains(&format!("<title>{title}</title>")), "{path}");
        assert!(!body.contains("__CSP_NONCE__"));
    }
    let response = get("/admin").await.unwrap();
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let body = response.text().await.unwrap();
    let nonce = body.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}'")), "{policy}");
    server.ended().await;
}

#[tokio::test]
async fn hashed_files_are_kept_for_good_and_packed_when_the_browser_unpacks() {
    let server = Running::with(limits()).await;
    let get = |path: &str| server.client.get(server.url(path));
    let response = get("/assets/public-DfX82kLq.js").send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()["content-type"], "text/javascript");
    let tag = response.headers()["etag"].clone();
    assert_eq!(response.text().await.unwrap(), "console.log(\"public\");\n");
    let response = get("/assets/public-DfX82kLq.js").header("if-none-match", tag).send().await.unwrap();
    assert_eq!(response.status(), 304);
    let response = get("/assets/public-DfX82kLq.js").header("accept-encoding", "br, gzip").send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let response = get("/assets/yizhan-mark.svg").send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-cache");
    for missing in
        ["/assets/none.js", "/favicon.ico", "/index.html", "/assets/public-DfX82kLq.js.gz", "/a/..%2f..%2fCargo.toml"]
    {
        assert_eq!(get(missing).send().await.unwrap().status(), 404, "{missing}");
    }
    assert_eq!(server.client.post(server.url("/")).send().await.unwrap().status(), 405);
    server.ended().await;
}

#[tokio::test]
async fn a_made_file_comes_from_the_house() {
    let server = Running::with(limits()).await;
    let response = server.client.get(server.url("/datong/markets/1/qr.svg")).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "image/svg+xml");
    assert_eq!(response.text().await.unwrap(), "<svg>datong</svg>");
    assert_eq!(server.client.get(server.url("/datong/markets/2/qr.svg")).send().await.unwrap().status(), 404);
    server.ended().await;
}

#[tokio::test]
async fn a_page_behind_a_secret_is_kept_by_no_browser_and_does_what_its_own_policy_lets_it() {
    let server = Running::with(limits()).await;
    let response = server.client.get(server.url("/datong/screens/secret.html")).send().await.unwrap();
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-security-policy"], "default-src 'none'; connect-src 'self'");
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
    assert_eq!(response.text().await.unwrap(), "<h1>datong</h1>");
    let kept = server.client.get(server.url("/datong/markets/1/qr.svg")).send().await.unwrap();
    assert_eq!(kept.headers()["cache-control"], "public, max-age=60");
    assert_eq!(server.client.get(server.url("/datong/screens/other.html")).send().await.unwrap().status(), 404);
    server.ended().await;
}

#[tokio::test]
async fn a_build_without_pages_says_so_in_both_languages() {
    let server = Running::start(limits(), Options::default(), Arc::new(NoPages)).await;
    for path in ["/admin", "/"] {
        let response = server.client.get(server.url(path)).send().await.unwrap();
        assert_eq!(response.status(), 503);
        let body = response.text().await.unwrap();
        assert!(body.contains("未包含前端页面") && body.contains("has no pages"), "{body}");
    }
    server.ended().await;
}
