//! Faults are masked: whatever has no code of ours becomes `INTERNAL` and a request id.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use poem::http::StatusCode;

use super::super::ports::{Language, RequestId};
use super::codes::{Code, Refusal};

/// Whether the library refused the request before executing anything: no data, and no error
/// names a path. Such a request gets 4xx and no `data` key.
pub(crate) fn is_request_error(response: &Response) -> bool {
    !response.errors.is_empty()
        && response.data == Value::Null
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// Cuts `errors` to the limit and masks each. `fault` is told of every masked one.
pub(crate) fn mask(
    response: &mut Response,
    most: usize,
    language: Language,
    request_id: RequestId,
    fault: impl Fn(&ServerError),
) {
    let refused = is_request_error(response);
    response.errors.truncate(most);
    for error in &mut response.errors {
        let code = code_of(error).or_else(|| library_code(error, refused));
        match code {
            Some(Code::Internal) | None => {
                fault(error);
                let masked = Refusal::internal().error(language, request_id);
                error.message = masked.message;
                error.extensions = masked.extensions;
            }
            Some(code) => {
                let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
                extensions.set("code", code.name());
            }
        }
        error.source = None;
    }
}

/// The code an operation or the kernel has put there.
fn code_of(error: &ServerError) -> Option<Code> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(name) => Code::of(name),
        _ => None,
    }
}

/// The code of an error the library made itself. Its own errors carry neither extensions nor a source; what a
/// resolver returns with `?` carries its source. Those of validation carry a place in the document, except a few.
fn library_code(error: &ServerError, refused: bool) -> Option<Code> {
    if error.extensions.is_some() || error.source.is_some() {
        return None;
    }
    let starts = |with: &[&str]| with.iter().any(|start| error.message.starts_with(start));
    if !refused {
        // An argument or variable that a scalar's parser refused while executing.
        let coercion = ["Failed to parse \"", "Expected input type \"", "Invalid value for argument "];
        return starts(&coercion).then_some(Code::InvalidRequest);
    }
    if starts(&["Query is too complex.", "Query is nested too deep."]) {
        return Some(Code::CostExceeded);
    }
    let placeless = ["Unknown operation named ", "Operation name required ", "Subscriptions are not supported "];
    (!error.locations.is_empty() || starts(&placeless)).then_some(Code::InvalidRequest)
}

/// The status of a request error: that of its first code.
pub(crate) fn status(response: &Response) -> StatusCode {
    match response.errors.first().and_then(code_of) {
        Some(Code::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
        Some(Code::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(Code::Forbidden) => StatusCode::FORBIDDEN,
        Some(Code::RateLimited) => StatusCode::TOO_MANY_REQUESTS,
        Some(Code::Maintenance) => StatusCode::SERVICE_UNAVAILABLE,
        Some(Code::DeadlineExceeded) => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::BAD_REQUEST,
    }
}
