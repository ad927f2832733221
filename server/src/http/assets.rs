//! The built UI (前端页面), embedded in the binary: the public pages under `/`, the admin under
//! `/admin`, hashed files under `/assets`.
//!
//! Each half of the site is one HTML file that reads its own address, so every path without a
//! file behind it gets that file. A build without the UI says so, in both languages.

use std::borrow::Cow;
use std::sync::Arc;

use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Request, Response};
use rust_embed::{DynRustEmbed, Embed, EmbeddedFile};

use super::caller::{Caller, Visit, text};
use super::gate::Gate;
use super::ports::House;
use super::reply;

/// `admin-ui/dist`; read from disk in debug builds, from the binary in release builds.
#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../admin-ui/dist"]
#[allow_missing = true]
struct Dist;

/// The pages this binary was built with.
pub(crate) fn built_in() -> Arc<dyn DynRustEmbed + Send + Sync> {
    Arc::new(Dist)
}

/// What the UI's build writes where a nonce belongs (`html.cspNonce` of Vite).
const NONCE: &str = "__CSP_NONCE__";

/// Every path that is not an API.
pub(crate) async fn handle<H: House>(gate: Arc<Gate<H>>, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return reply::method_not_allowed("GET, HEAD", &caller);
    }
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let last = path.rsplit('/').next().unwrap_or_default();
    if path.contains("..") || path.contains('\\') {
        return page_not_found();
    }
    if last.contains('.') {
        return match stored(&gate, &path, request.headers()) {
            Some(response) => response,
            None => made(gate, &path, caller).await.unwrap_or_else(page_not_found),
        };
    }
    let admin = path == "admin" || path.starts_with("admin/");
    let file = if admin { "admin/index.html" } else { "index.html" };
    let Some(html) = gate.pages.get(file) else {
        return built_without_pages();
    };
    let mut response = page(&gate, &html, admin);
    if !admin && !is_known(&gate, &path).await {
        response.set_status(StatusCode::NOT_FOUND);
    }
    response
}

/// Whether the first part of a page's path is a tenant, or there is none.
async fn is_known<H: House>(gate: &Gate<H>, path: &str) -> bool {
    let slug = path.split('/').next().unwrap_or_default();
    slug.is_empty() || !matches!(gate.house.tenant(slug).await, Err(super::ports::TenantRefused::Unknown))
}

/// A file of the build, the smallest encoding the browser takes.
fn stored<H: House>(gate: &Gate<H>, path: &str, headers: &HeaderMap) -> Option<Response> {
    if matches!(path.rsplit('.').next(), Some("html" | "br" | "gz")) {
        return None;
    }
    let plain = gate.pages.get(path)?;
    let accepted = text(headers, header::ACCEPT_ENCODING).unwrap_or_default();
    let packed = [("br", "br"), ("gzip", "gz")].into_iter().find_map(|(coding, ending)| {
        let offered = accepted.split([',', ';']).any(|token| token.trim() == coding);
        let file = offered.then(|| gate.pages.get(&format!("{path}.{ending}")))??;
        Some((coding, file))
    });
    let (coding, file) = packed.map_or((None, plain), |(coding, file)| (Some(coding), file));
    let tag = HeaderValue::from_str(&etag(&file)).ok()?;
    let unchanged = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let mut response = if unchanged {
        Response::from(StatusCode::NOT_MODIFIED)
    } else {
        Response::from((StatusCode::OK, bytes(file.data)))
    };
    let out = response.headers_mut();
    out.insert(header::ETAG, tag);
    let kept = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    let media = mime_guess::from_path(path).first_or_octet_stream();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_str(media.as_ref()).ok()?);
    Some(response)
}

/// A file the house makes for a tenant, such as a market's QR code.
async fn made<H: House>(gate: Arc<Gate<H>>, path: &str, caller: Caller) -> Option<Response> {
    let (slug, rest) = path.split_once('/')?;
    let visit = Visit::begin(gate, slug, caller).await.ok()?;
    let file = visit.gate.house.public_file(&visit.tenant, rest).await?;
    let mut response = Response::from((StatusCode::OK, Body::from(file.body)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.content_type));
    let age = if file.max_age == 0 { "no-store".to_owned() } else { format!("public, max-age={}", file.max_age) };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_str(&age).ok()?);
    if let Some(policy) = file.policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).ok()?);
    }
    Some(response)
}

/// One of the two HTML files, with its policy.
fn page<H: House>(gate: &Gate<H>, html: &EmbeddedFile, admin: bool) -> Response {
    let html = String::from_utf8_lossy(&html.data);
    let nonce = html.contains(NONCE).then(|| gate.house.nonce());
    let policy = policy(nonce.as_deref(), admin);
    let body = match &nonce {
        Some(nonce) => html.replace(NONCE, nonce),
        None => html.into_owned(),
    };
    let mut response = html_page(StatusCode::OK, body);
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // The nearest market is found from where the phone is; nothing else of it is needed.
    let permissions = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)";
    headers.insert("permissions-policy", HeaderValue::from_static(permissions));
    response
}

/// Everything from ourselves. The admin's component library writes style elements; they carry the
/// nonce where the build has a place for it, and only then are other inline styles refused there.
fn policy(nonce: Option<&str>, admin: bool) -> String {
    let (script, style) = match nonce {
        Some(nonce) => (format!(" 'nonce-{nonce}'"), format!(" 'nonce-{nonce}'")),
        None if admin => (String::new(), " 'unsafe-inline'".to_owned()),
        None => (String::new(), String::new()),
    };
    format!(
        "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; \
         img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
         worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

/// Vite ends hashed names with a dash and eight characters.
fn is_hashed(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default().as_bytes();
    let Some(split) = stem.len().checked_sub(9) else {
        return false;
    };
    let (name, hash) = stem.split_at(split);
    path.starts_with("assets/")
        && !name.is_empty()
        && hash[0] == b'-'
        && hash[1..].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        && hash[1..].iter().any(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    format!("\"{}\"", data_encoding::HEXLOWER.encode(&hash[..16]))
}

fn bytes(data: Cow<'static, [u8]>) -> Body {
    match data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    }
}

/// The page of a build without the UI.
fn built_without_pages() -> Response {
    html_page(
        StatusCode::SERVICE_UNAVAILABLE,
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>驿站 Yizhan</title>\
         <h1>此程序未包含前端页面</h1>\
         <p>请先在源码目录执行 <code>make build</code>，再启动程序。接口仍可使用。</p>\
         <h1 lang=\"en\">This build has no pages</h1>\
         <p lang=\"en\">Run <code>make build</code> in the source tree and start the program \
         again. The API works as it is.</p></html>"
            .to_owned(),
    )
}

fn page_not_found() -> Response {
    html_page(
        StatusCode::NOT_FOUND,
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>404</title>\
         <h1>没有这个页面</h1><p><a href=\"/\">返回首页</a></p>\
         <p lang=\"en\">There is no such page. <a href=\"/\">Home</a></p></html>"
            .to_owned(),
    )
}

fn html_page(status: StatusCode, html: String) -> Response {
    let mut response = Response::from((status, html));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_files_are_kept_for_good() {
        assert!(is_hashed("assets/index-B1a_c-9Z.js"));
        assert!(is_hashed("assets/public-DfX82kLq.css"));
        assert!(!is_hashed("assets/yizhan-mark.svg"));
        assert!(!is_hashed("index-B1a_c-9Z.js"));
        assert!(!is_hashed("assets/-B1a_c-9Z.js"));
        assert!(!is_hashed("assets/some-harmless.js"));
    }

    #[test]
    fn a_public_page_allows_no_inline_style_and_no_foreign_anything() {
        let policy = policy(None, false);
        assert!(policy.contains("default-src 'none'"));
        assert!(policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe"));
    }
}
