//! Answers as bytes, with a cap: an answer over the limit is not sent half.

use std::io;

use async_graphql::{Response, ServerError};
use serde::Serialize;

use super::super::ports::{Language, RequestId};
use super::codes::Refusal;

/// An answer as bytes, or the refusal sent in its place.
pub(crate) enum Rendered {
    /// Fits.
    Bytes(Vec<u8>),
    /// Larger than the cap.
    TooLarge(Refusal),
}

/// An answer without data.
#[derive(Serialize)]
struct ErrorsOnly<'a> {
    errors: &'a [ServerError],
}

/// Writes until the cap.
struct Capped {
    bytes: Vec<u8>,
    most: usize,
    over: bool,
}

impl io::Write for Capped {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + more.len() > self.most {
            self.over = true;
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Renders an answer; a request error without its `data` key.
pub(crate) fn render(response: &Response, most: usize) -> Rendered {
    let mut capped = Capped { bytes: Vec::with_capacity(1024), most, over: false };
    let written = if super::is_request_error(response) {
        serde_json::to_writer(&mut capped, &ErrorsOnly { errors: &response.errors })
    } else {
        serde_json::to_writer(&mut capped, response)
    };
    match written {
        Ok(()) => Rendered::Bytes(capped.bytes),
        Err(_) if capped.over => Rendered::TooLarge(Refusal::too_large(("responseBytes", "结果", "answer"), most)),
        Err(_) => Rendered::TooLarge(Refusal::internal()),
    }
}

/// The body of a refusal.
pub(crate) fn refusal_body(refusal: &Refusal, language: Language, id: RequestId) -> Vec<u8> {
    errors_only(&[refusal.error(language, id)])
}

/// `{"errors": […]}`.
pub(crate) fn errors_only(errors: &[ServerError]) -> Vec<u8> {
    serde_json::to_vec(&ErrorsOnly { errors }).unwrap_or_default()
}
