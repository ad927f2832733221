//! GraphQL over HTTP: methods, media types, credentials, codes.

use std::sync::Arc;

use async_graphql::{EmptySubscription, Schema};

use super::*;
use crate::http::ports::{Readiness, SecurityEventKind};
use house::lock;

#[tokio::test]
async fn a_query_is_answered_in_the_media_type_that_was_asked_for() {
    let server = Running::with(limits()).await;
    let body =
        json!({"query": "query Q($n: String) { hello(name: $n) }", "variables": {"n": "太原"}, "operationName": "Q"});
    let response = server.post(&body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/graphql-response+json; charset=utf-8");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["x-request-id"], "00000000-0000-0000-0000-000000000001");
    assert_eq!(response.json::<Value>().await.unwrap(), json!({"data": {"hello": "你好，太原"}}));
    let response = server.client.post(server.url("/taiyuan/graphql")).json(&body).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json; charset=utf-8");
    server.ended().await;
}

#[tokio::test]
async fn only_post_with_json_is_executed() {
    let server = Running::with(limits()).await;
    let url = server.url("/taiyuan/graphql");
    for method in ["GET", "PUT", "DELETE", "PATCH", "HEAD"] {
        let method = method.parse().unwrap();
        let query = format!("{url}?query=mutation%7Bnote(text:%22x%22)%7D");
        let response = server.client.request(method, query).send().await.unwrap();
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers()["allow"], "POST, OPTIONS");
    }
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=gbk",
    ] {
        let request = server.client.post(&url).header("content-type", content_type).body(r#"{"query":"{hello}"}"#);
        let (status, body) = answer(request).await;
        assert_eq!((status, code(&body)), (415, "INVALID_REQUEST"), "{content_type}");
    }
    let (status, body) = answer(server.client.post(&url).body(r#"{"query":"{hello}"}"#)).await;
    assert_eq!((status, code(&body)), (415, "INVALID_REQUEST"));
    let (status, body) =
        answer(server.client.post(&url).header("accept", "text/html").json(&json!({"query": "{hello}"}))).await;
    assert_eq!((status, code(&body)), (406, "INVALID_REQUEST"));
    assert!(lock(&server.switches.notes).is_empty());
    server.ended().await;
}

#[tokio::test]
async fn a_request_error_has_no_data_and_400_or_for_older_callers_200() {
    let server = Running::with(limits()).await;
    for query in
        ["{", "{ nothing }", "query A{hello} query B{hello}", "{ hello(name: 1) }", "subscription{count(to:1)}"]
    {
        let (status, body) = server.ask(query).await;
        assert_eq!((status, code(&body)), (400, "INVALID_REQUEST"), "{query}: {body}");
        assert!(body.get("data").is_none(), "{query}");
        let older = server.client.post(server.url("/taiyuan/graphql")).json(&json!({ "query": query }));
        let (status, body) = answer(older).await;
        assert_eq!(status, 200, "{query}");
        assert!(body.get("data").is_none() && body["errors"].is_array(), "{query}: {body}");
    }
    server.ended().await;
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused_without_repeating_it() {
    let server = Running::with(limits()).await;
    let bodies = [
        "",
        "{",
        "null",
        "\"{hello}\"",
        "{}",
        r#"{"query": 1}"#,
        r#"{"query": "{hello}", "variables": [13800138000]}"#,
        r#"{"query": "{hello}", "variables": "13800138000"}"#,
        r#"{"query": "{hello}", "operationName": 13800138000}"#,
        r#"{"query": "{hello}", "extensions": "13800138000"}"#,
        r#"[{"query": "{hello}"}]"#,
        " \n[]",
    ];
    for body in bodies {
        let request = server.client.post(server.url("/taiyuan/graphql")).header("content-type", "application/json");
        let (status, body_back) = answer(request.body(body)).await;
        assert_eq!((status, code(&body_back)), (400, "INVALID_REQUEST"), "{body}");
        assert!(!body_back.to_string().contains("13800138000"), "{body}");
    }
    let (status, _) =
        answer(server.post(&json!({"query": "{hello}", "variables": null, "operationName": null, "extensions": null})))
            .await;
    assert_eq!(status, 200);
    server.ended().await;
}

#[tokio::test]
async fn an_error_speaks_the_callers_language() {
    let server = Running::with(limits()).await;
    let ask = |language| server.post(&json!({"query": "{"})).header("accept-language", language);
    let (_, zh) = answer(ask("fr, zh-TW;q=0.9, en;q=0.8")).await;
    let (_, en) = answer(ask("en-GB")).await;
    assert!(zh["errors"][0]["message"].as_str().unwrap().starts_with("查询语法错误"));
    assert!(en["errors"][0]["message"].as_str().unwrap().starts_with("Syntax error"));
    server.ended().await;
}

#[tokio::test]
async fn a_tenant_that_is_not_there_or_rests_is_said_so() {
    let server = Running::with(limits()).await;
    let at =
        |slug: &str| server.client.post(server.url(&format!("/{slug}/graphql"))).json(&json!({"query": "{hello}"}));
    for slug in ["nowhere", "Taiyuan", "t", "t%61iyuan", "1taiyuan"] {
        let (status, body) = answer(at(slug)).await;
        assert_eq!((status, code(&body)), (404, "NOT_FOUND"), "{slug}");
    }
    let response = at("yangquan").send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"30".parse().unwrap()));
    assert_eq!(code(&response.json().await.unwrap()), "MAINTENANCE");
    server.ended().await;
}

#[tokio::test]
async fn a_token_must_be_valid_and_of_this_tenant() {
    let server = Running::with(limits()).await;
    let with = |token: &str| server.post(&json!({"query": "{who}"})).header("authorization", token);
    assert_eq!(answer(with("Bearer clerk")).await, (200, json!({"data": {"who": "clerk"}})));
    assert_eq!(answer(server.post(&json!({"query": "{who}"}))).await, (200, json!({"data": {"who": null}})));
    for wrong in ["Bearer nobody", "Basic clerk", "clerk", "Bearer"] {
        let response = with(wrong).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["www-authenticate"]),
            (401, &"Bearer".parse().unwrap())
        );
        assert_eq!(code(&response.json().await.unwrap()), "UNAUTHENTICATED");
    }
    assert!(lock(&server.switches.security).is_empty());
    let (status, body) = answer(with("Bearer datong-clerk")).await;
    assert_eq!((status, code(&body)), (421, "FORBIDDEN"));
    let events = lock(&server.switches.security).clone();
    assert_eq!(events, [("taiyuan".to_owned(), SecurityEventKind::TokenOfAnotherTenant)]);
    server.ended().await;
}

#[tokio::test]
async fn a_key_works_from_its_origins_only_and_the_browser_is_told() {
    let server = Running::with(limits()).await;
    let with = |origin: &str| {
        server.post(&json!({"query": "{who}"})).header("authorization", "Bearer app-key").header("origin", origin)
    };
    let response = with("https://app.example").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example");
    assert!(!response.headers().contains_key("access-control-allow-credentials"));
    let response = with("https://evil.example").send().await.unwrap();
    assert_eq!(response.status(), 403);
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    assert_eq!(lock(&server.switches.security)[0].1, SecurityEventKind::ForbiddenOrigin);
    let preflight = |origin: &str| {
        let request = server.client.request(reqwest::Method::OPTIONS, server.url("/taiyuan/graphql"));
        request.header("origin", origin).header("access-control-request-method", "POST")
    };
    let response = preflight("https://app.example").send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(response.headers()["access-control-allow-methods"], "POST");
    assert!(!response.headers()["access-control-allow-headers"].to_str().unwrap().contains("csrf"));
    let response = preflight("https://evil.example").send().await.unwrap();
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    server.ended().await;
}

#[tokio::test]
async fn the_cookie_works_for_our_own_pages_only() {
    let server = Running::with(limits()).await;
    let session = |request: reqwest::RequestBuilder| request.header("authorization", "Bearer clerk");
    let url = server.url("/taiyuan/session");
    let response = session(server.client.post(&url)).send().await.unwrap();
    assert_eq!(response.status(), 403);
    let response = session(server.client.post(&url)).header("x-yizhan-csrf", "1").send().await.unwrap();
    assert_eq!(response.status(), 204);
    let set = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert_eq!(set, "yizhan_taiyuan=clerk; Path=/taiyuan/; HttpOnly; SameSite=Strict");

    let ask = || server.post(&json!({"query": "{who}"})).header("cookie", "yizhan_taiyuan=clerk");
    let (status, body) = answer(ask()).await;
    assert_eq!((status, code(&body)), (403, "FORBIDDEN"));
    assert_eq!(lock(&server.switches.security).last().unwrap().1, SecurityEventKind::ForgedRequest);
    assert_eq!(answer(ask().header("x-yizhan-csrf", "1")).await, (200, json!({"data": {"who": "clerk"}})));
    // Our own public page sends the cookie along without meaning to.
    let own = format!("http://{}", server.address);
    assert_eq!(answer(ask().header("origin", own)).await, (200, json!({"data": {"who": null}})));
    let (status, body) = answer(ask().header("origin", "https://evil.example")).await;
    assert_eq!((status, code(&body)), (403, "FORBIDDEN"));

    let response = server
        .client
        .delete(&url)
        .header("cookie", "yizhan_taiyuan=clerk")
        .header("x-yizhan-csrf", "1")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 204);
    assert!(response.headers()["set-cookie"].to_str().unwrap().ends_with("Max-Age=0"));
    assert_eq!(server.switches.sessions_ended.load(std::sync::atomic::Ordering::SeqCst), 1);
    server.ended().await;
}

#[tokio::test]
async fn a_token_in_a_body_becomes_a_cookie_and_a_stale_one_is_taken_away() {
    let server = Running::with(limits()).await;
    let keep =
        |body: Value| server.client.post(server.url("/taiyuan/session")).header("x-yizhan-csrf", "1").json(&body);
    let response = keep(json!({"token": "clerk"})).send().await.unwrap();
    assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("yizhan_taiyuan=clerk;"));
    for wrong in [json!({"token": "nobody"}), json!({"token": 1}), json!([]), json!({"token": "a;b"})] {
        let (status, body) = answer(keep(wrong)).await;
        assert_eq!((status, code(&body)), (401, "UNAUTHENTICATED"));
    }
    lock(&server.switches.revoked).insert("clerk".to_owned());
    let ask = server.post(&json!({"query": "{who}"})).header("cookie", "yizhan_taiyuan=clerk");
    let response = ask.header("x-yizhan-csrf", "1").send().await.unwrap();
    assert_eq!(response.status(), 401);
    assert!(response.headers()["set-cookie"].to_str().unwrap().ends_with("Max-Age=0"));
    server.ended().await;
}

#[tokio::test]
async fn an_execution_that_could_not_begin_is_a_fault_of_ours() {
    let server = Running::with(limits()).await;
    *lock(&server.switches.down) = Some("no route to 10.0.0.7, password hunter2".to_owned());
    for accept in ["application/json", "application/graphql-response+json"] {
        let request = server.client.post(server.url("/taiyuan/graphql")).header("accept", accept);
        let (status, body) = answer(request.json(&json!({"query": "{hello}"}))).await;
        assert_eq!((status, code(&body)), (500, "INTERNAL"));
        assert!(body.get("data").is_none() && !body.to_string().contains("hunter2"), "{body}");
    }
    assert_eq!(lock(&server.switches.faults).len(), 2);
    server.ended().await;
}

#[tokio::test]
async fn a_fault_is_masked_and_a_known_code_is_not() {
    let server = Running::with(limits()).await;
    let (status, body) = server.ask("{ broken }").await;
    assert_eq!((status, code(&body)), (200, "INTERNAL"));
    assert_eq!(body["errors"][0]["path"], json!(["broken"]));
    assert_eq!(body["errors"][0]["extensions"]["requestId"], "00000000-0000-0000-0000-000000000001");
    assert!(!body.to_string().contains("hunter2"));
    assert!(lock(&server.switches.faults)[0].contains("hunter2"));
    let (_, body) = server.ask("{ forbidden }").await;
    assert_eq!((code(&body), &body["errors"][0]["message"]), ("FORBIDDEN", &json!("不可以")));
    let (status, body) = server.ask("{ panic }").await;
    assert_eq!((status, code(&body)), (500, "INTERNAL"));
    let (_, body) = server.ask("{ brokens(many: 50) { it } }").await;
    assert_eq!(body["errors"].as_array().unwrap().len(), 10);
    server.ended().await;
}

#[tokio::test]
async fn a_bad_date_is_the_callers_error_and_not_ours() {
    let server = Running::with(limits()).await;
    let query = "query($d: NaiveDate!) { birthday(on: $d) }";
    let (_, body) = answer(server.post(&json!({"query": query, "variables": {"d": "2026-02-30"}}))).await;
    assert_eq!(code(&body), "INVALID_REQUEST", "{body}");
    assert!(lock(&server.switches.faults).is_empty());
    server.ended().await;
}

#[tokio::test]
async fn a_field_of_a_plugin_that_is_off_here_is_refused_before_validation() {
    let server = Running::with(limits()).await;
    let (status, body) = server.ask("{ hello ...F } fragment F on Query { courses }").await;
    assert_eq!((status, code(&body)), (400, "PLUGIN_DISABLED"));
    let elsewhere = server.client.post(server.url("/datong/graphql")).json(&json!({"query": "{courses}"}));
    assert_eq!(answer(elsewhere).await, (200, json!({"data": {"courses": ["焊工"]}})));
    server.ended().await;
}

const STANDARD: &str = "{ __schema { queryType { name } types { ...T } } } \
    fragment T on __Type { name fields { args { type { ...R } } type { ...R } } } \
    fragment R on __Type { kind ofType { kind ofType { kind ofType { kind ofType { kind ofType { kind ofType { kind \
    ofType { kind ofType { kind ofType { name } } } } } } } } } }";

#[tokio::test]
async fn strangers_do_not_introspect_and_readers_do_as_deep_as_tools_ask() {
    let server = Running::with(limits()).await;
    for query in [
        STANDARD,
        "{ __type(name: \"Market\") { name } }",
        "{ ...F } fragment F on Query { x: __schema { __typename } }",
    ] {
        let (status, body) = server.ask(query).await;
        assert_eq!((status, code(&body)), (400, "FORBIDDEN"), "{query}");
        let reader = server.post(&json!({ "query": query })).header("authorization", "Bearer reader");
        let (status, body) = answer(reader).await;
        assert_eq!(status, 200, "{body}");
        assert!(body["data"].is_object(), "{body}");
    }
    assert_eq!(server.ask("{ __typename }").await, (200, json!({"data": {"__typename": "Query"}})));
    server.ended().await;
}

#[tokio::test]
async fn a_misspelt_field_gets_no_suggestion() {
    let told = Schema::new(schema::Query, schema::Mutation, EmptySubscription).execute("{ helo }").await;
    assert!(told.errors[0].message.contains("Did you mean"), "{:?}", told.errors);
    let server = Running::with(limits()).await;
    for query in ["{ helo }", "{ hello(nam: \"x\") }", "{ market(id: 1) { neighbors { id } } }"] {
        for token in ["clerk", "reader"] {
            let request = server.post(&json!({ "query": query })).header("authorization", format!("Bearer {token}"));
            let (status, body) = answer(request).await;
            assert_eq!(status, 400);
            assert!(!body.to_string().contains("Did you mean"), "{body}");
        }
    }
    server.ended().await;
}

#[tokio::test]
async fn buckets_of_account_address_and_tenant_run_dry() {
    let cases = [
        Limits { account_per_second: 1, ..limits() },
        Limits { address_per_second: 1, ..limits() },
        Limits { tenant_per_second: 1, ..limits() },
    ];
    for case in cases {
        let server = Running::with(case).await;
        let ask = || server.post(&json!({"query": "{hello}"})).header("authorization", "Bearer clerk");
        let mut statuses = Vec::new();
        for _ in 0..8 {
            statuses.push(ask().send().await.unwrap());
        }
        let refused = statuses.pop().unwrap();
        assert_eq!(statuses[0].status(), 200);
        assert_eq!(refused.status(), 429);
        assert!(refused.headers().contains_key("retry-after"));
        assert_eq!(code(&refused.json().await.unwrap()), "RATE_LIMITED");
        server.ended().await;
    }
}

#[tokio::test]
async fn health_tells_alive_from_ready() {
    let server = Running::with(limits()).await;
    let get = |path: &str| server.client.get(server.url(path)).send();
    assert_eq!(get("/livez").await.unwrap().status(), 200);
    assert_eq!(get("/readyz").await.unwrap().status(), 200);
    *lock(&server.switches.ready) = Readiness::NotReady(vec!["store".to_owned()]);
    let response = get("/readyz").await.unwrap();
    assert_eq!(response.status(), 503);
    assert_eq!(response.json::<Value>().await.unwrap(), json!({"ready": false, "waitingFor": ["store"]}));
    assert_eq!(get("/livez").await.unwrap().status(), 200);
    server.ended().await;
}

#[tokio::test]
async fn metrics_count_what_happened_and_name_no_stranger() {
    let server = Running::with(limits()).await;
    server.ask("{hello}").await;
    server.ask(&"{a".repeat(13)).await;
    server.ask(&format!("{}{}", "{a".repeat(13), "}".repeat(13))).await;
    let _ = server
        .client
        .post(server.url("/zhang-san-13800138000/graphql"))
        .json(&json!({"query": "{hello}"}))
        .send()
        .await;
    let text = server.client.get(server.url("/metrics")).send().await.unwrap().text().await.unwrap();
    assert!(text.contains(r#"yizhan_http_requests_total{route="graphql",status="200",tenant="taiyuan"} 1"#), "{text}");
    assert!(text.contains(r#"yizhan_http_requests_total{route="graphql",status="404",tenant="-"} 1"#), "{text}");
    assert!(text.contains(r#"yizhan_shield_refusals_total{limit="depth",tenant="taiyuan"} 1"#), "{text}");
    assert!(!text.contains("zhang"));
    let passed_on = server.client.get(server.url("/metrics")).header("x-forwarded-for", "203.0.113.9").send();
    assert_eq!(passed_on.await.unwrap().status(), 404, "a proxy of this machine is not this machine");
    server.ended().await;
    let options = Options { metrics_token: "scrape".to_owned(), ..Options::default() };
    let server = Running::start(limits(), options, Arc::new(Pages)).await;
    let get = || server.client.get(server.url("/metrics"));
    assert_eq!(get().send().await.unwrap().status(), 404);
    assert_eq!(get().header("authorization", "Bearer scrape").send().await.unwrap().status(), 200);
    server.ended().await;
}
