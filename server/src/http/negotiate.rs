//! Content types, read as RFC 9110 says.

use poem::http::{HeaderMap, header};

use super::caller::text;

/// The media type of a GraphQL answer (响应类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// `application/graphql-response+json`: request errors have 4xx.
    GraphqlResponse,
    /// `application/json`: a well-formed request has 200, whatever is in it.
    Json,
}

impl Answer {
    /// The header's value.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// Whether the body is JSON in UTF-8.
pub(crate) fn body_is_json(headers: &HeaderMap) -> bool {
    let Some(value) = text(headers, header::CONTENT_TYPE) else {
        return false;
    };
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or_default().trim();
    media.eq_ignore_ascii_case("application/json")
        && parts.all(|parameter| match parameter.trim().split_once('=') {
            Some((name, charset)) if name.trim().eq_ignore_ascii_case("charset") => {
                charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
            }
            _ => true,
        })
}

/// The type the caller prefers of the two; `None` when it accepts neither. Without an `Accept`
/// header, and for `*/*`, it is `application/json`, as older callers expect.
pub(crate) fn answer(headers: &HeaderMap) -> Option<Answer> {
    let Some(accept) = text(headers, header::ACCEPT) else {
        return Some(Answer::Json);
    };
    let mut graphql = 0;
    let mut json = 0;
    for entry in accept.split(',') {
        let (media, quality) = entry_of(entry);
        match media.as_str() {
            "application/graphql-response+json" => graphql = graphql.max(quality),
            "application/json" | "application/*" | "*/*" => json = json.max(quality),
            _ => {}
        }
    }
    match (graphql, json) {
        (0, 0) => None,
        (graphql, json) if graphql >= json => Some(Answer::GraphqlResponse),
        _ => Some(Answer::Json),
    }
}

/// Whether an event stream is asked for.
pub(crate) fn wants_events(headers: &HeaderMap) -> bool {
    text(headers, header::ACCEPT).is_some_and(|accept| {
        accept
            .split(',')
            .any(|entry| matches!(entry_of(entry), (media, 1..) if media == "text/event-stream" || media == "*/*"))
    })
}

/// The media type of an `Accept` entry, and its quality in thousandths.
fn entry_of(entry: &str) -> (String, u16) {
    let mut parts = entry.split(';');
    let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let quality = parts
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1_000, |(_, value)| thousandths(value.trim()));
    (media, quality)
}

/// `0.8` as 800; nonsense as 0.
fn thousandths(value: &str) -> u16 {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole, digits.parse::<u16>()) {
        ("1", _) => 1_000,
        ("0" | "", Ok(part)) => part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        [(name, value.parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn the_preferred_type_wins_and_the_newer_one_on_a_draw() {
        let of = |accept| answer(&with(header::ACCEPT, accept));
        assert_eq!(of("application/json"), Some(Answer::Json));
        assert_eq!(of("*/*"), Some(Answer::Json));
        assert_eq!(of("application/graphql-response+json, application/json;q=0.9"), Some(Answer::GraphqlResponse));
        assert_eq!(of("application/json;q=0.9, application/graphql-response+json;q=0.8"), Some(Answer::Json));
        assert_eq!(of("application/graphql-response+json;q=0, text/html"), None);
        assert_eq!(of("text/html"), None);
        assert_eq!(answer(&HeaderMap::new()), Some(Answer::Json));
    }

    #[test]
    fn a_body_in_another_charset_is_not_json_to_us() {
        let of = |value| body_is_json(&with(header::CONTENT_TYPE, value));
        assert!(of("application/json"));
        assert!(of("Application/JSON; Charset=\"UTF-8\""));
        assert!(!of("application/json; charset=gbk"));
        assert!(!of("application/x-www-form-urlencoded"));
        assert!(!of("text/plain"));
        assert!(!body_is_json(&HeaderMap::new()));
    }
}
