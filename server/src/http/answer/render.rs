//! Answers as bytes, with a cap: an answer over the limit is not sent half.

use std::io::{self, Write};

use async_graphql::{Response, ServerError, Value};
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

impl Write for Capped {
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
        serde_json::to_writer(&mut capped, &ErrorsOnly { errors: &response.errors }).map_err(io::Error::from)
    } else {
        whole(response, &mut capped)
    };
    match written {
        Ok(()) => Rendered::Bytes(capped.bytes),
        Err(_) if capped.over => Rendered::TooLarge(Refusal::too_large(("responseBytes", "结果", "answer"), most)),
        Err(_) => Rendered::TooLarge(Refusal::internal()),
    }
}

/// Errors, data and extensions, in the order in which the library writes them.
fn whole(response: &Response, out: &mut Capped) -> io::Result<()> {
    out.write_all(b"{")?;
    if !response.errors.is_empty() {
        out.write_all(b"\"errors\":")?;
        serde_json::to_writer(&mut *out, &response.errors)?;
        out.write_all(b",")?;
    }
    out.write_all(b"\"data\":")?;
    value(&response.data, out)?;
    if !response.extensions.is_empty() {
        out.write_all(b",\"extensions\":")?;
        serde_json::to_writer(&mut *out, &response.extensions)?;
    }
    out.write_all(b"}")
}

/// A value; what is JSON already ([`kernel::plain::TakesJson`]) word for word. As deep as the shield lets a document be.
fn value(of: &Value, out: &mut Capped) -> io::Result<()> {
    match of {
        Value::Binary(json) => out.write_all(json),
        Value::Object(fields) => {
            let mut before: &[u8] = b"{";
            for (key, field) in fields {
                out.write_all(before)?;
                serde_json::to_writer(&mut *out, key.as_str())?;
                out.write_all(b":")?;
                value(field, out)?;
                before = b",";
            }
            out.write_all(if fields.is_empty() { b"{}" } else { b"}" })
        }
        Value::List(all) => {
            out.write_all(b"[")?;
            for (number, one) in all.iter().enumerate() {
                if number > 0 {
                    out.write_all(b",")?;
                }
                value(one, out)?;
            }
            out.write_all(b"]")
        }
        Value::Null | Value::Number(_) | Value::String(_) | Value::Boolean(_) | Value::Enum(_) => {
            Ok(serde_json::to_writer(&mut *out, of)?)
        }
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

#[cfg(test)]
mod tests {
    use async_graphql::value;

    use super::*;

    fn rendered(response: &Response) -> String {
        let Rendered::Bytes(bytes) = render(response, 10_000) else { panic!("it fits") };
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_answer_is_written_as_the_library_would_write_it() {
        let data = value!({ "a\"b": [1, 2.5, null, true, "文\n", []], "empty": {}, "deep": { "x": [{ "y": "z" }] } });
        let mut response = Response::new(data);
        assert_eq!(rendered(&response), serde_json::to_string(&response).unwrap());
        response.errors.push(ServerError::new("出错", None));
        response.extensions.insert("cost".to_owned(), value!({ "nodes": 7 }));
        assert_eq!(rendered(&response), serde_json::to_string(&response).unwrap());
    }

    #[test]
    fn what_is_json_already_stands_in_the_answer_word_for_word() {
        let written = Value::Binary(r#"{"id":"x","title":"搬运"}"#.into());
        let mut fields = async_graphql::indexmap::IndexMap::new();
        fields.insert(async_graphql::Name::new("publicPosting"), written);
        let response = Response::new(Value::Object(fields));
        assert_eq!(rendered(&response), r#"{"data":{"publicPosting":{"id":"x","title":"搬运"}}}"#);
        assert!(matches!(render(&response, 20), Rendered::TooLarge(_)), "and is held to the cap");
    }
}
