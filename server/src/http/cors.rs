//! Calls from other sites' pages (跨域调用): allowed from origins that some API key of the tenant
//! names, with a bearer token and never with our cookie.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use poem::{Request, Response};

use super::caller::{Caller, Visit};
use super::gate::Gate;
use super::ports::House;
use super::reply;

/// The foreign origin of this visit, when the tenant knows it.
pub(crate) async fn allowed<H: House>(visit: &Visit<H>) -> Option<HeaderValue> {
    let origin = visit.caller.origin.as_deref()?;
    let known = visit.gate.house.origin_known(&visit.tenant, origin).await;
    if known { HeaderValue::from_str(origin).ok() } else { None }
}

/// Lets the page of a known origin read the answer.
pub(crate) fn expose(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    headers.append(header::VARY, HeaderValue::from_static("Origin, Accept, Accept-Language"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("content-disposition, retry-after, x-request-id"),
        );
        headers
            .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    }
}

/// The method that an address takes besides OPTIONS (允许的方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// GraphQL.
    Post,
    /// A file.
    Put,
}

impl Taken {
    const fn name(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    /// For `Allow`.
    pub(crate) const fn allow(self) -> &'static str {
        match self {
            Self::Post => "POST, OPTIONS",
            Self::Put => "PUT, OPTIONS",
        }
    }
}

/// Answers a preflight. An unknown origin gets the same 204 without leave.
pub(crate) async fn preflight<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    caller: Caller,
    request: &Request,
    method: Taken,
) -> Response {
    let asked = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let visit = match Visit::begin(gate, slug, caller.clone()).await {
        Ok(visit) => visit,
        Err(refusal) => return reply::refuse(&refusal, &caller),
    };
    let mut response = Response::from(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(method.allow()));
    let origin = if asked { allowed(&visit).await } else { None };
    if origin.is_some() {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(method.name()));
        let names = "authorization, content-type, accept, accept-language";
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(names));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    expose(headers, origin);
    response
}
