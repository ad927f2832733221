//! Global ids (全局标识): `base64url(Type:tenant:uuid)`, opaque to clients.
//!
//! The id carries its tenant so that one city's id shown to another is recognised as foreign, answered
//! with *not found* and logged as a security event. It is not a secret and grants nothing.

use data_encoding::BASE64URL_NOPAD;
use uuid::Uuid;

/// No id is longer; longer texts are refused before they are decoded. Characters.
const MAX_LENGTH: usize = 200;

/// A global id (全局标识): the type of a thing, its tenant and its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct GlobalId {
    /// The GraphQL type, for example `Market`.
    pub kind: String,
    /// Code of the tenant, for example `140100`, or `platform`.
    pub tenant: String,
    /// The key of the row.
    pub id: Uuid,
}

/// The text of an id, without making one: a page has many.
pub(crate) fn encode(kind: &str, tenant: &str, id: Uuid) -> String {
    let mut hyphenated = Uuid::encode_buffer();
    let id = id.hyphenated().encode_lower(&mut hyphenated);
    BASE64URL_NOPAD.encode([kind, ":", tenant, ":", id].concat().as_bytes())
}

impl GlobalId {
    /// The id of a row.
    pub fn new(kind: impl Into<String>, tenant: impl Into<String>, id: Uuid) -> Self {
        Self { kind: kind.into(), tenant: tenant.into(), id }
    }

    /// The text that clients see.
    pub fn encode(&self) -> String {
        encode(&self.kind, &self.tenant, self.id)
    }

    /// Reads an id of any type, or tells that it is none. Only texts that [`GlobalId::encode`] writes are taken, so that
    /// one thing has one id. Whether the tenant is the caller's own is asked by the caller, who must not tell a foreign
    /// id from one that does not exist.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let plain = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
        let mut parts = plain.split(':');
        let (kind, tenant, key) = (parts.next()?, parts.next()?, parts.next()?);
        let clean =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if parts.next().is_some() || !clean(kind) || !clean(tenant) {
            return None;
        }
        let id = Uuid::try_parse(key).ok()?;
        let this = Self::new(kind, tenant, id);
        (this.encode() == text).then_some(this)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> GlobalId {
        GlobalId::new("Market", "140100", Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001))
    }

    #[test]
    fn an_id_survives_the_way_to_the_client_and_back() {
        let text = market().encode();
        assert_eq!(text, "TWFya2V0OjE0MDEwMDowMTkwMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDE");
        assert_eq!(GlobalId::decode(&text), Some(market()));
    }

    #[test]
    fn rubbish_is_no_id() {
        let encode = |plain: &str| BASE64URL_NOPAD.encode(plain.as_bytes());
        let key = "01900000-0000-7000-8000-000000000001";
        for text in [
            String::new(),
            "***".to_owned(),
            encode(""),
            encode("Market:140100"),
            encode("Market:140100:1"),
            encode(&format!("Market:140100:{key}:x")),
            encode(&format!(":140100:{key}")),
            encode(&format!("Market::{key}")),
            encode(&format!("Mar ket:140100:{key}")),
            encode(&format!("Market:140100:{}", key.to_uppercase().replace("7000", "7ABC"))),
            encode(&format!("Market:140100:{}", key.replace('-', ""))),
            format!("{}=", market().encode()),
            "A".repeat(4000),
        ] {
            assert_eq!(GlobalId::decode(&text), None, "{text}");
        }
    }
}
