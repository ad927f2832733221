//! What a gateway for text messages brings.

use super::*;
use crate::http::ports::SmsReportKind;
use house::lock;

fn brought(server: &Running, path: &str, signature: &str, timestamp: &str, body: &str) -> reqwest::RequestBuilder {
    server
        .client
        .post(server.url(path))
        .header("content-type", "application/json")
        .header("x-sms-signature", signature)
        .header("x-sms-timestamp", timestamp)
        .body(body.to_owned())
}

#[tokio::test]
async fn answers_and_receipts_reach_the_house_of_their_city_byte_by_byte() {
    let server = Running::with(limits()).await;
    let body = "{ \"text\":\"是\" }";
    for path in ["/taiyuan/sms/reply", "/datong/sms/receipt"] {
        assert_eq!(answer(brought(&server, path, "good", "now", body)).await, (200, json!({"taken": true})), "{path}");
    }
    let expected = [
        ("taiyuan".to_owned(), SmsReportKind::Reply, body.as_bytes().to_vec()),
        ("datong".to_owned(), SmsReportKind::Receipt, body.as_bytes().to_vec()),
    ];
    assert_eq!(*lock(&server.switches.texts), expected);
    server.ended().await;
}

#[tokio::test]
async fn what_is_not_taken_in_says_whether_to_bring_it_again() {
    let server = Running::with(limits()).await;
    for (signature, timestamp, status, told) in [
        ("forged", "now", 403, "FORBIDDEN"),
        ("good", "long ago", 403, "FORBIDDEN"),
        ("good", "before", 409, "INVALID_REQUEST"),
        ("good", "nonsense", 400, "INVALID_REQUEST"),
        ("good", "unknown", 404, "NOT_FOUND"),
        ("good", "nobody", 404, "NOT_FOUND"),
        ("good", "down", 500, "INTERNAL"),
    ] {
        let (got, body) = answer(brought(&server, "/taiyuan/sms/reply", signature, timestamp, "{}")).await;
        assert_eq!((got, code(&body)), (status, told), "{signature} {timestamp}: {body}");
    }
    let unsigned = server.client.post(server.url("/taiyuan/sms/reply")).json(&json!({}));
    assert_eq!(answer(unsigned).await.0, 403);
    assert!(lock(&server.switches.texts).is_empty());
    server.ended().await;
}

#[tokio::test]
async fn only_a_short_post_of_json_to_a_city_that_is_there_is_looked_at() {
    let server = Running::with(limits()).await;
    let response = server.client.get(server.url("/taiyuan/sms/reply")).send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["allow"]), (405, &"POST".parse().unwrap()));
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"] {
        let other = server.client.post(server.url("/taiyuan/sms/reply")).header("content-type", kind).body("{}");
        assert_eq!(answer(other).await.0, 415, "{kind}");
    }
    let long = "x".repeat(16 * 1024 + 1);
    let (status, body) = answer(brought(&server, "/taiyuan/sms/reply", "good", "now", &long)).await;
    assert_eq!((status, code(&body)), (413, "COST_EXCEEDED"));
    assert_eq!(answer(brought(&server, "/nowhere/sms/reply", "good", "now", "{}")).await.0, 404);
    assert_eq!(answer(brought(&server, "/yangquan/sms/reply", "good", "now", "{}")).await.0, 503);
    assert!(lock(&server.switches.texts).is_empty());
    server.ended().await;
}
