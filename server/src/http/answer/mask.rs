//! Faults are masked: whatever has no code of ours becomes `INTERNAL` and a request id.

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};

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
    request_id: &RequestId,
    fault: impl Fn(&ServerError),
) {
    let refused = is_request_error(response);
    response.errors.truncate(most);
    for error in &mut response.errors {
        let code = code_of(error).or_else(|| library_code(error, refused));
        match code {
            Some(Code::Internal) | None => {
                fault(error);
                let masked = Refusal::internal().error(language, request_id.as_str());
                error.message = masked.message;
                error.extensions = masked.extensions;
            }
            Some(code) => {
                let extensions = error
                    .extensions
                    .get_or_insert_with(ErrorExtensionValues::default);
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

/// The code of an error the library made itself. Its own errors carry neither extensions nor a
/// source; what a resolver returns with `?` carries its source.
fn library_code(error: &ServerError, refused: bool) -> Option<Code> {
    if error.extensions.is_some() || error.source.is_some() {
        return None;
    }
    if refused {
        return Some(match error.message.as_str() {
            "Query is too complex." | "Query is nested too deep." => Code::CostExceeded,
            _ => Code::InvalidRequest,
        });
    }
    // An argument or variable that a scalar's parser refused while executing.
    let coercion = [
        "Failed to parse \"",
        "Expected input type \"",
        "Invalid value for argument ",
    ];
    coercion
        .iter()
        .any(|start| error.message.starts_with(start))
        .then_some(Code::InvalidRequest)
}
