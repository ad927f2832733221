//! The messages of `graphql-transport-ws`, and how they are told apart.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// What a client may say (客户端消息).
#[derive(Debug, PartialEq)]
pub(crate) enum Said {
    /// `connection_init`, with what it carries.
    Init(Option<serde_json::Map<String, Value>>),
    /// `ping`, with a payload to give back.
    Ping(Option<Value>),
    /// `pong`.
    Pong,
    /// `subscribe`: run this under this id.
    Subscribe(String, Value),
    /// `complete`: stop this id.
    Complete(String),
}

/// Every message, before its type is looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Any {
    r#type: String,
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    payload: Option<Value>,
}

/// Reads a message; `None` for anything that is not one of the protocol's.
pub(crate) fn read(text: &str) -> Option<Said> {
    let any: Any = serde_json::from_str(text).ok()?;
    let payload = any.payload.filter(|payload| !payload.is_null());
    let object = |payload: &Option<Value>| payload.as_ref().is_none_or(Value::is_object);
    match (any.r#type.as_str(), any.id) {
        ("connection_init", None) if object(&payload) => Some(Said::Init(match payload {
            Some(Value::Object(payload)) => Some(payload),
            _ => None,
        })),
        ("ping", None) if object(&payload) => Some(Said::Ping(payload)),
        ("pong", None) if object(&payload) => Some(Said::Pong),
        ("subscribe", Some(Value::String(id))) if !id.is_empty() => match payload {
            Some(payload) if payload.get("query").is_some_and(Value::is_string) => Some(Said::Subscribe(id, payload)),
            _ => None,
        },
        ("complete", Some(Value::String(id))) if payload.is_none() => Some(Said::Complete(id)),
        _ => None,
    }
}

/// `connection_ack`.
pub(crate) const ACK: &str = r#"{"type":"connection_ack"}"#;

/// `pong`, with the payload of the ping.
pub(crate) fn pong(payload: Option<&Value>) -> String {
    match payload {
        Some(payload) => format!(r#"{{"type":"pong","payload":{payload}}}"#),
        None => r#"{"type":"pong"}"#.to_owned(),
    }
}

/// `next`, around an answer that is already JSON.
pub(crate) fn next(id: &str, answer: &[u8]) -> String {
    message("next", id, Some(answer))
}

/// `error`, around the list of errors of an `{"errors": […]}`.
pub(crate) fn error(id: &str, errors: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Errors<'a> {
        #[serde(borrow)]
        errors: &'a RawValue,
    }
    match serde_json::from_slice::<Errors<'_>>(errors) {
        Ok(list) => message("error", id, Some(list.errors.get().as_bytes())),
        Err(_) => message("error", id, Some(b"[]")),
    }
}

/// `complete`.
pub(crate) fn complete(id: &str) -> String {
    message("complete", id, None)
}

fn message(r#type: &str, id: &str, payload: Option<&[u8]>) -> String {
    let id = Value::from(id);
    let payload = payload.map(|bytes| String::from_utf8_lossy(bytes));
    match payload {
        Some(payload) => format!(r#"{{"id":{id},"type":"{type}","payload":{payload}}}"#),
        None => format!(r#"{{"id":{id},"type":"{type}"}}"#),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_in_the_protocol_is_not_read() {
        let wrong = [
            "",
            "[]",
            "null",
            "\"ping\"",
            "{}",
            r#"{"type":"start"}"#,
            r#"{"type":1}"#,
            r#"{"type":"ping","extra":1}"#,
            r#"{"type":"ping","payload":"text"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"subscribe"}"#,
            r#"{"type":"subscribe","id":""}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":"{a}"}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"connection_ack"}"#,
            r#"{"type":"next","id":"1","payload":{}}"#,
        ];
        for text in wrong {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_id_with_quotes_stays_json() {
        let text = next("a\"b", br#"{"data":1}"#);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["id"], "a\"b");
        assert_eq!(value["payload"]["data"], 1);
        let text = error("x", br#"{"errors":[{"message":"m"}]}"#);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["payload"][0]["message"], "m");
    }
}
