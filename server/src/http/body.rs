//! Bodies: counted as they come, and all of it within one deadline.

use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use poem::Body;
use poem::http::{HeaderMap, StatusCode, header};

use super::answer::{Code, Refusal};
use super::caller::text;

/// Reads a body of at most `most` bytes within `time`.
pub(crate) async fn read(body: Body, headers: &HeaderMap, most: usize, time: Duration) -> Result<Vec<u8>, Refusal> {
    if declared_length(headers).is_some_and(|length| length > most as u64) {
        return Err(too_large(most));
    }
    match tokio::time::timeout(time, collect(body, most)).await {
        Ok(read) => read,
        Err(_) => Err(Refusal::new(
            Code::InvalidRequest,
            StatusCode::REQUEST_TIMEOUT,
            "请求体未在规定时间内传完。",
            "The body did not arrive in time.",
        )),
    }
}

/// `Content-Length`, when it is a number.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<u64> {
    text(headers, header::CONTENT_LENGTH)?.trim().parse().ok()
}

async fn collect(body: Body, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut stream = pin!(body.into_bytes_stream());
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refusal::invalid("请求体中断。", "The body broke off."))?;
        if bytes.len() + chunk.len() > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn too_large(most: usize) -> Refusal {
    Refusal::too_large(("bodyBytes", "请求体", "body"), most)
}
