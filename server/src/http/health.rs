//! `/livez`, `/readyz` and `/metrics`: for the machine that watches the machine.

use std::sync::Arc;

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Request, Response};
use serde_json::json;

use super::caller::{Caller, bearer, text};
use super::gate::Gate;
use super::ports::{House, Readiness};
use super::reply;

/// Alive: the process answers. Says nothing about stores.
pub(crate) fn live<H: House>(gate: &Gate<H>, request: &Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => plain(StatusCode::OK, "ok\n"),
        _ => reply::method_not_allowed("GET, HEAD", &Caller::of(gate, request)),
    }
}

/// Ready: the house takes requests. Not while going down, so that a balancer looks elsewhere.
pub(crate) async fn ready<H: House>(gate: Arc<Gate<H>>, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return reply::method_not_allowed("GET, HEAD", &caller);
    }
    let (status, body) = if gate.closing.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, json!({"ready": false, "waitingFor": ["shutdown"]}))
    } else {
        match gate.house.ready().await {
            Readiness::Ready => (StatusCode::OK, json!({"ready": true})),
            Readiness::NotReady(parts) => {
                (StatusCode::SERVICE_UNAVAILABLE, json!({"ready": false, "waitingFor": parts}))
            }
        }
    };
    reply::json(status, body.to_string().into_bytes(), caller.language)
}

/// What a proxy adds to what it passes on.
const FORWARDED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/// The metrics, for loopback callers, or for anybody with the scraper's token when one is set.
pub(crate) fn metrics<H: House>(gate: &Gate<H>, request: &Request) -> Response {
    let caller = Caller::of(gate, request);
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return reply::method_not_allowed("GET, HEAD", &caller);
    }
    let token = &gate.options.metrics_token;
    let presented = text(request.headers(), header::AUTHORIZATION).and_then(bearer);
    let allowed = if token.is_empty() {
        // What a proxy of this machine passes on comes from loopback, too.
        caller.ip.is_loopback() && FORWARDED.iter().all(|name| !request.headers().contains_key(*name))
    } else {
        presented.is_some_and(|presented| same(presented.as_bytes(), token.as_bytes()))
    };
    if !allowed {
        return plain(StatusCode::NOT_FOUND, "not found\n");
    }
    let mut response = plain(StatusCode::OK, "");
    response.set_body(gate.metrics.text());
    let version = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, version);
    response
}

/// Compares without stopping at the first difference.
fn same(one: &[u8], two: &[u8]) -> bool {
    one.len() == two.len() && one.iter().zip(two).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::from((status, text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
