//! Small answers: refusals as JSON, 405 with `Allow`, headers every answer carries.

use poem::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use poem::{Body, Response};

use super::answer::{Code, Refusal, refusal_body};
use super::caller::Caller;
use super::ports::Language;

/// `application/json`.
pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

/// A refusal as JSON with its own status.
pub(crate) fn refuse(refusal: &Refusal, caller: &Caller) -> Response {
    let body = refusal_body(refusal, caller.language, caller.id);
    let mut response = json(refusal.status, body, caller.language);
    retry_after(response.headers_mut(), refusal);
    if refusal.status == StatusCode::UNAUTHORIZED {
        let challenge = HeaderValue::from_static("Bearer");
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    if refusal.status == StatusCode::PAYLOAD_TOO_LARGE {
        // The rest of the body is not read, so the connection cannot be used again.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response.set_data(Refused(refusal.code, refusal.over.map(|(limit, ..)| limit)));
    response
}

/// What was refused, for the metrics.
#[derive(Clone, Copy)]
pub(crate) struct Refused(pub(crate) Code, pub(crate) Option<&'static str>);

/// A JSON answer that no cache keeps.
pub(crate) fn json(status: StatusCode, body: Vec<u8>, language: Language) -> Response {
    let mut response = Response::from((status, Body::from(body)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, JSON);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response
}

/// 405, with what is allowed.
pub(crate) fn method_not_allowed(allow: &'static str, caller: &Caller) -> Response {
    let refusal = Refusal::new(
        Code::InvalidRequest,
        StatusCode::METHOD_NOT_ALLOWED,
        format!("此地址只接受 {allow} 请求。"),
        format!("This address takes {allow} only."),
    );
    let mut response = refuse(&refusal, caller);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
    response
}

/// `Retry-After`, when waiting helps.
pub(crate) fn retry_after(headers: &mut HeaderMap, refusal: &Refusal) {
    if let Some(seconds) = refusal.retry_after {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Headers of every answer, unless the answer has set them already.
pub(crate) fn secure(headers: &mut HeaderMap, https: bool) {
    const ALWAYS: [(HeaderName, &str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if https {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
}
