//! Files (文件收发): never inside GraphQL. `PUT /{tenant}/uploads/{token}` takes one,
//! `GET /{tenant}/files/{token}` gives one; both tokens are signed by the house and expire.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Request, Response};
use tokio::time::{Instant, timeout_at};

use super::answer::{Code, Refusal};
use super::body::declared_length;
use super::caller::{Caller, Visit, text};
use super::gate::Gate;
use super::ports::{ByteStream, Download, FileRefused, House};
use super::{cors, reply};

/// `PUT /{tenant}/uploads/{token}`.
pub(crate) async fn upload<H: House>(gate: Arc<Gate<H>>, slug: &str, token: &str, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    match *request.method() {
        Method::PUT => {}
        Method::OPTIONS => return cors::preflight(gate, slug, caller, &request, cors::Taken::Put).await,
        _ => return reply::method_not_allowed(cors::Taken::Put.allow(), &caller),
    }
    let visit = match Visit::begin(gate, slug, caller.clone()).await {
        Ok(visit) => visit,
        Err(refusal) => return reply::refuse(&refusal, &caller),
    };
    // Whoever may send the file may also read why it was not taken.
    let foreign = cors::allowed(&visit).await;
    let mut response = match take(&visit, token, request).await {
        Ok(response) => response,
        Err(refusal) => reply::refuse(&refusal, &caller),
    };
    cors::expose(response.headers_mut(), foreign);
    response
}

async fn take<H: House>(visit: &Visit<H>, token: &str, mut request: Request) -> Result<Response, Refusal> {
    let house = &visit.gate.house;
    let ticket = house.open_upload(&visit.tenant, token).await?;
    let headers = request.headers().clone();
    if declared_length(&headers).is_some_and(|length| length > ticket.max_bytes) {
        return Err(FileRefused::TooLarge.into());
    }
    let content_type = text(&headers, header::CONTENT_TYPE);
    let limits = &visit.desk.limits;
    let patience = Patience { pause: limits.body_time(), whole: Instant::now() + limits.upload_time() };
    let body = counted(request.take_body(), ticket.max_bytes, patience);
    let receipt = house.receive_upload(&visit.tenant, ticket, content_type, body).await?;
    let bytes = serde_json::to_vec(&receipt).map_err(|_| Refusal::internal())?;
    Ok(reply::json(StatusCode::CREATED, bytes, visit.caller.language))
}

/// How long a file may take to arrive.
#[derive(Clone, Copy)]
struct Patience {
    /// Between two pieces.
    pause: Duration,
    /// All of it; a byte now and then would otherwise hold its place for ever.
    whole: Instant,
}

/// The body as a stream that fails on the first byte too many, when nothing comes for long, and when it takes too long.
fn counted(body: Body, most: u64, patience: Patience) -> ByteStream {
    let chunks = body.into_bytes_stream().boxed();
    stream::unfold((chunks, 0_u64), move |(mut chunks, seen)| async move {
        let until = patience.whole.min(Instant::now() + patience.pause);
        let next = match timeout_at(until, chunks.next()).await {
            Ok(next) => next?,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        };
        let seen = seen.saturating_add(next.as_ref().map_or(0, |chunk| chunk.len() as u64));
        let next = if seen > most { Err(io::ErrorKind::FileTooLarge.into()) } else { next };
        Some((next, (chunks, seen)))
    })
    .boxed()
}

/// `GET /{tenant}/files/{token}`.
pub(crate) async fn download<H: House>(gate: Arc<Gate<H>>, slug: &str, token: &str, request: Request) -> Response {
    let caller = Caller::of(&gate, &request);
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return reply::method_not_allowed("GET, HEAD", &caller);
    }
    let visit = match Visit::begin(gate, slug, caller.clone()).await {
        Ok(visit) => visit,
        Err(refusal) => return reply::refuse(&refusal, &caller),
    };
    let foreign = cors::allowed(&visit).await;
    let mut response = match visit.gate.house.open_file(&visit.tenant, token).await {
        Ok(file) => given(file),
        Err(refused) => reply::refuse(&refused.into(), &caller),
    };
    cors::expose(response.headers_mut(), foreign);
    response
}

/// A file as an attachment: a browser saves it and never shows it as a page of ours.
fn given(file: Download) -> Response {
    let mut response = Response::from((StatusCode::OK, Body::from_bytes_stream(file.body)));
    let headers = response.headers_mut();
    let content_type =
        HeaderValue::from_str(&file.content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, content_type);
    if let Some(length) = file.length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    disposition(headers, &file.file_name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let policy = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `Content-Disposition` with the name in ASCII and, as RFC 6266 says, in UTF-8.
fn disposition(headers: &mut HeaderMap, name: &str) {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).collect();
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    if let Ok(value) = HeaderValue::from_str(&value) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
}

impl From<FileRefused> for Refusal {
    fn from(refused: FileRefused) -> Self {
        let (code, status, zh, en) = match refused {
            FileRefused::NotFound => (
                Code::NotFound,
                StatusCode::NOT_FOUND,
                "文件不存在，或链接不正确。",
                "There is no such file, or the link is not right.",
            ),
            FileRefused::Expired => (
                Code::NotFound,
                StatusCode::GONE,
                "链接已过期，请重新获取。",
                "The link has expired. Ask for a new one.",
            ),
            FileRefused::AlreadyDone => (
                Code::InvalidRequest,
                StatusCode::CONFLICT,
                "该文件已上传，请重新申请上传。",
                "This upload is already done. Begin a new one.",
            ),
            FileRefused::TooLarge => (
                Code::CostExceeded,
                StatusCode::PAYLOAD_TOO_LARGE,
                "文件超过大小上限。",
                "The file is larger than allowed.",
            ),
            FileRefused::WrongType => (
                Code::InvalidRequest,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "文件类型与内容不符。",
                "The file is not of the declared type.",
            ),
            FileRefused::Interrupted => (
                Code::InvalidRequest,
                StatusCode::BAD_REQUEST,
                "上传中断，请重试。",
                "The upload broke off. Try again.",
            ),
            FileRefused::Fault => return Self::internal(),
        };
        Self::new(code, status, zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_file_name_survives_and_cannot_break_the_header() {
        let mut headers = HeaderMap::new();
        disposition(&mut headers, "名录\"\r\n.xlsx");
        assert_eq!(
            headers[header::CONTENT_DISPOSITION],
            "attachment; filename=\"_____.xlsx\"; \
             filename*=UTF-8''%E5%90%8D%E5%BD%95%22%0D%0A.xlsx"
        );
    }
}
