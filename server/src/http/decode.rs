//! From bytes to a request: JSON of the right shape, nothing else.

use std::collections::HashMap;

use async_graphql::{Value, Variables};
use serde::Deserialize;

use super::answer::Refusal;
use super::limits::Limits;
use super::lists;

/// A GraphQL request as it came (原始请求).
#[derive(Debug, Deserialize)]
pub(crate) struct Raw {
    /// The document.
    pub(crate) query: String,
    /// Which operation of it to run.
    #[serde(default, rename = "operationName")]
    pub(crate) operation_name: Option<String>,
    /// The variables.
    #[serde(default)]
    pub(crate) variables: Variables,
    /// Read for its shape only; nothing here is used yet.
    #[serde(default, rename = "extensions")]
    _extensions: Option<HashMap<String, Value>>,
}

/// Reads the body of a POST.
pub(crate) fn body(bytes: &[u8], limits: &Limits) -> Result<Raw, Refusal> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Refusal::invalid(
            "不支持批量请求，请逐个发送。",
            "Batches are not supported. Send requests one by one.",
        ));
    }
    let raw: Raw = serde_json::from_slice(bytes).map_err(|_| malformed())?;
    held(raw, limits)
}

/// Reads the payload of a socket's `subscribe`.
pub(crate) fn payload(payload: serde_json::Value, limits: &Limits) -> Result<Raw, Refusal> {
    let raw: Raw = serde_json::from_value(payload).map_err(|_| malformed())?;
    held(raw, limits)
}

/// Holds the lists and the nesting of the variables.
fn held(raw: Raw, limits: &Limits) -> Result<Raw, Refusal> {
    for value in raw.variables.values() {
        lists::hold_const(value, limits)?;
    }
    Ok(raw)
}

/// Does not repeat what was sent: it may hold personal data.
fn malformed() -> Refusal {
    Refusal::invalid(
        "请求体必须是 JSON 对象：query 为字符串，operationName 为字符串或 null，variables 与 \
         extensions 为对象或 null。",
        "The body must be a JSON object: query a string, operationName a string or null, \
         variables and extensions objects or null.",
    )
}
