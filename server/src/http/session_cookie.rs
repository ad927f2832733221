//! The admin's session cookie (会话 Cookie): the bearer token of `signIn`, kept where scripts
//! cannot read it.
//!
//! `POST /{tenant}/session` with the bearer token (in the header or in a JSON body) sets it, `DELETE` ends the session and clears
//! it. Its path is the tenant's, so one city's cookie never travels to another. A request that
//! relies on it must carry `x-yizhan-csrf: 1`: a page of another site cannot add a header without
//! asking us first, and we say no.
//!
//! A citizen who is signed in on the public pages has a cookie of its own: those pages say `x-yizhan-as: citizen`, so that
//! an officer and a citizen can be signed in side by side in one browser, and neither page acts as the other.

use std::sync::Arc;

use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Request, Response};

use super::answer::Refusal;
use super::caller::{Caller, Visit, bearer, credential, text};
use super::gate::Gate;
use super::ports::{Credential, Door, House, IdentityRefused, SecurityEventKind};
use super::{body, negotiate, reply};

/// The header that proves a page of ours made the request.
pub(crate) const CSRF_HEADER: &str = "x-yizhan-csrf";

/// Whether the header is there.
pub(crate) fn page_is_ours(headers: &HeaderMap) -> bool {
    headers.get(CSRF_HEADER).is_some_and(|value| value == "1")
}

/// The header by which a page says whose cookie it means.
const AS_HEADER: &str = "x-yizhan-as";

/// Whose cookie is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// That of somebody with an account: the admin.
    Staff,
    /// That of a citizen: the public pages.
    Citizen,
}

impl Whose {
    fn of(headers: &HeaderMap) -> Self {
        if headers.get(AS_HEADER).is_some_and(|value| value == "citizen") { Self::Citizen } else { Self::Staff }
    }
}

/// The name of a tenant's cookie.
fn name(slug: &str, whose: Whose) -> String {
    let ending = if whose == Whose::Citizen { "__citizen" } else { "" };
    format!("yizhan_{}{ending}", slug.replace('-', "_"))
}

/// The token in the tenant's cookie.
pub(crate) fn read<'a>(headers: &'a HeaderMap, slug: &str) -> Option<&'a str> {
    let name = name(slug, Whose::of(headers));
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// The `Set-Cookie` that keeps a token, or clears it when there is none.
fn set(slug: &str, whose: Whose, token: Option<&str>, https: bool) -> Option<HeaderValue> {
    let secure = if https { "; Secure" } else { "" };
    let age = if token.is_none() { "; Max-Age=0" } else { "" };
    let (name, token) = (name(slug, whose), token.unwrap_or_default());
    let value = format!("{name}={token}; Path=/{slug}/; HttpOnly; SameSite=Strict{secure}{age}");
    HeaderValue::from_str(&value).ok()
}

/// A token that may stand in a cookie as it is.
fn fits(token: &str) -> bool {
    token.len() <= 512 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~+/=".contains(&b))
}

/// `POST` and `DELETE /{tenant}/session`.
pub(crate) async fn handle<H: House>(gate: Arc<Gate<H>>, slug: &str, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    let done = match *request.method() {
        Method::POST => keep(gate, slug, caller.clone(), request).await,
        Method::DELETE => clear(gate, slug, caller.clone(), request).await,
        _ => return reply::method_not_allowed("POST, DELETE", &caller),
    };
    done.unwrap_or_else(|refusal| reply::refuse(&refusal, &caller))
}

async fn keep<H: House>(gate: Arc<Gate<H>>, slug: &str, caller: Caller, request: Request) -> Result<Response, Refusal> {
    let visit = Visit::begin(gate, slug, caller).await?;
    if visit.caller.origin.is_some() || !page_is_ours(request.headers()) {
        visit.report(SecurityEventKind::ForgedRequest);
        return Err(Refusal::forged());
    }
    let whose = Whose::of(request.headers());
    let Some(token) = presented(&visit, request).await?.filter(|token| fits(token)) else {
        return Err(IdentityRefused::Unauthenticated.into());
    };
    visit.identify(Credential::Bearer(&token), Door::Http).await?;
    Ok(no_content(set(slug, whose, Some(&token), visit.gate.options.https)))
}

/// The token in `Authorization`, or in a small JSON body `{"token": …}`.
async fn presented<H: House>(visit: &Visit<H>, mut request: Request) -> Result<Option<String>, Refusal> {
    let headers = request.headers().clone();
    if let Some(value) = text(&headers, header::AUTHORIZATION) {
        return Ok(bearer(value).map(str::to_owned));
    }
    if !negotiate::body_is_json(&headers) {
        return Ok(None);
    }
    let bytes = body::read(request.take_body(), &headers, 4 * 1024, visit.desk.limits.body_time()).await?;
    let value: Option<serde_json::Value> = serde_json::from_slice(&bytes).ok();
    Ok(value.and_then(|value| Some(value.get("token")?.as_str()?.to_owned())))
}

/// Takes a cookie away that is no longer believed. It would otherwise stand in the way of signing in again, because
/// the page cannot read it.
pub(crate) fn drop_stale(response: &mut Response, headers: &HeaderMap, slug: &str, https: bool) {
    let by_cookie = !headers.contains_key(header::AUTHORIZATION) && read(headers, slug).is_some();
    if by_cookie
        && response.status() == StatusCode::UNAUTHORIZED
        && let Some(cookie) = set(slug, Whose::of(headers), None, https)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

async fn clear<H: House>(
    gate: Arc<Gate<H>>,
    slug: &str,
    caller: Caller,
    request: Request,
) -> Result<Response, Refusal> {
    let visit = Visit::begin(gate, slug, caller).await?;
    let credential =
        credential(request.headers(), slug).inspect_err(|_| visit.report(SecurityEventKind::ForgedRequest))?;
    // A session that is already over needs no ending; the cookie goes all the same.
    if !matches!(credential, Credential::None)
        && let Ok(identity) = visit.identify(credential, Door::Http).await
    {
        visit.gate.house.end_session(&visit.tenant, &identity).await;
    }
    Ok(no_content(set(slug, Whose::of(request.headers()), None, visit.gate.options.https)))
}

fn no_content(cookie: Option<HeaderValue>) -> Response {
    let mut response = Response::from(StatusCode::NO_CONTENT);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenants_cookie_is_not_read_for_another_tenant() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=b; yizhan_taiyuan=t0k3n".parse().unwrap());
        assert_eq!(read(&headers, "taiyuan"), Some("t0k3n"));
        assert_eq!(read(&headers, "datong"), None);
    }

    #[test]
    fn an_officer_and_a_citizen_in_one_browser_are_told_apart() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "yizhan_taiyuan=staff; yizhan_taiyuan__citizen=own".parse().unwrap());
        assert_eq!(read(&headers, "taiyuan"), Some("staff"));
        headers.insert(AS_HEADER, "citizen".parse().unwrap());
        assert_eq!(read(&headers, "taiyuan"), Some("own"));
        headers.insert(header::COOKIE, "yizhan_taiyuan=staff".parse().unwrap());
        assert_eq!(read(&headers, "taiyuan"), None, "an officer is not taken for a citizen");
        let cookie = set("taiyuan", Whose::Citizen, Some("abc"), false).unwrap();
        assert_eq!(cookie, "yizhan_taiyuan__citizen=abc; Path=/taiyuan/; HttpOnly; SameSite=Strict");
    }

    #[test]
    fn the_cookie_is_for_http_only_and_for_one_tenants_path() {
        let cookie = set("taiyuan", Whose::Staff, Some("abc"), true).unwrap();
        assert_eq!(cookie, "yizhan_taiyuan=abc; Path=/taiyuan/; HttpOnly; SameSite=Strict; Secure");
        assert!(!fits("a;b"));
        assert!(!fits("a b"));
        assert!(fits("yz_Ab-1.~"));
    }
}
