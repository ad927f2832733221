//! Keyset cursors (分页游标): where the next page of a list begins.
//!
//! A cursor holds the sort values of the last row, and a MAC over tenant, sort and values: it cannot be
//! made up, changed, used in another city or under another order. It is not encrypted, so sort by nothing
//! that the reader may not see.
//!
//! Layout (base64url): version (1 byte) · MAC (16) · each value with its length before it (4).

use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq;

use crate::crypto::{Key, blind, join};

const VERSION: u8 = 1;
const MAC: usize = 16;
/// No cursor is longer. Characters.
const MAX_LENGTH: usize = 4096;

/// Why a cursor (游标) is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// Not a cursor of this system.
    #[error("not a valid cursor")]
    Malformed,
    /// Made for another tenant or another order, or changed on the way.
    #[error("the cursor does not belong to this list; start again without it")]
    Foreign,
}

impl CursorError {
    /// The same in Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Malformed => "分页游标无效",
            Self::Foreign => "分页游标不属于该列表，请从第一页重新查询",
        }
    }
}

/// A cursor (游标); only its two ways exist, there is nothing to hold.
#[derive(Debug, Clone, Copy)]
pub struct Cursor;

impl Cursor {
    /// Seals the sort values of a row. `sort` names the list and its order, for example `markets:name:asc`.
    pub fn seal(key: &Key, tenant: &str, sort: &str, parts: &[String]) -> String {
        let body = body(parts);
        let mut out = vec![VERSION];
        out.extend_from_slice(&tag(key, tenant, sort, &body));
        out.extend_from_slice(&body);
        BASE64URL_NOPAD.encode(&out)
    }

    /// Opens a cursor made by [`Cursor::seal`] with the same key, tenant and sort.
    pub fn open(key: &Key, tenant: &str, sort: &str, text: &str) -> Result<Vec<String>, CursorError> {
        if text.len() > MAX_LENGTH {
            return Err(CursorError::Malformed);
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| CursorError::Malformed)?;
        let (version, rest) = bytes.split_first().ok_or(CursorError::Malformed)?;
        let (mac, body) = rest.split_at_checked(MAC).ok_or(CursorError::Malformed)?;
        if *version != VERSION {
            return Err(CursorError::Malformed);
        }
        if !bool::from(mac.ct_eq(&tag(key, tenant, sort, body))) {
            return Err(CursorError::Foreign);
        }
        read(body).ok_or(CursorError::Malformed)
    }
}

fn tag(key: &Key, tenant: &str, sort: &str, body: &[u8]) -> [u8; MAC] {
    let full = blind::mac(key, &join(&[b"cursor", &[VERSION], tenant.as_bytes(), sort.as_bytes(), body]));
    let mut tag = [0; MAC];
    tag.copy_from_slice(full.split_at(MAC).0);
    tag
}

fn body(parts: &[String]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(part.as_bytes());
    }
    out
}

fn read(mut body: &[u8]) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    while !body.is_empty() {
        let (length, rest) = body.split_first_chunk::<4>()?;
        let (part, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        parts.push(String::from_utf8(part.to_vec()).ok()?);
        body = rest;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [4; 32];

    fn values() -> Vec<String> {
        vec!["小店区零工市场".to_owned(), String::new(), "0190".to_owned()]
    }

    fn cursor() -> String {
        Cursor::seal(&KEY, "140100", "markets:name", &values())
    }

    #[test]
    fn a_cursor_gives_back_its_values() {
        assert_eq!(Cursor::open(&KEY, "140100", "markets:name", &cursor()), Ok(values()));
        let empty = Cursor::seal(&KEY, "140100", "markets:name", &[]);
        assert_eq!(Cursor::open(&KEY, "140100", "markets:name", &empty), Ok(vec![]));
    }

    #[test]
    fn a_cursor_of_another_city_order_or_key_is_foreign() {
        let foreign = Err(CursorError::Foreign);
        assert_eq!(Cursor::open(&KEY, "140200", "markets:name", &cursor()), foreign);
        assert_eq!(Cursor::open(&KEY, "140100", "markets:code", &cursor()), foreign);
        assert_eq!(Cursor::open(&[5; 32], "140100", "markets:name", &cursor()), foreign);
    }

    #[test]
    fn a_changed_cursor_is_refused() {
        let bytes = BASE64URL_NOPAD.decode(cursor().as_bytes()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let text = BASE64URL_NOPAD.encode(&changed);
            assert!(Cursor::open(&KEY, "140100", "markets:name", &text).is_err(), "byte {at}");
        }
    }

    #[test]
    fn rubbish_is_no_cursor() {
        for text in [String::new(), "***".to_owned(), "AQ".to_owned(), "A".repeat(5000)] {
            assert_eq!(Cursor::open(&KEY, "140100", "x", &text), Err(CursorError::Malformed), "{text}");
        }
    }
}
