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

/// Why a text is not the id that was asked for (标识错误).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not an id of this system.
    #[error("not a valid id")]
    Malformed,
    /// An id of another type of thing.
    #[error("this is the id of a {found}, expected a {expected}")]
    WrongKind {
        /// The type that the field wants.
        expected: &'static str,
        /// The type that the id names.
        found: String,
    },
}

impl IdError {
    /// The same in Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Malformed => "标识无效".to_owned(),
            Self::WrongKind { expected, found } => format!("该标识属于 {found}，此处需要 {expected}"),
        }
    }
}

impl GlobalId {
    /// The id of a row.
    pub fn new(kind: impl Into<String>, tenant: impl Into<String>, id: Uuid) -> Self {
        Self { kind: kind.into(), tenant: tenant.into(), id }
    }

    /// The text that clients see.
    pub fn encode(&self) -> String {
        BASE64URL_NOPAD.encode(format!("{}:{}:{}", self.kind, self.tenant, self.id).as_bytes())
    }

    /// Reads an id of any type. Only texts that [`GlobalId::encode`] writes are taken, so that one thing has
    /// one id.
    pub fn decode(text: &str) -> Result<Self, IdError> {
        Self::read(text).ok_or(IdError::Malformed)
    }

    fn read(text: &str) -> Option<Self> {
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

    /// Reads an id of a type that is known.
    ///
    /// # Errors
    /// [`IdError::WrongKind`] for the id of another type. Whether the tenant is the caller's own is asked by
    /// the caller, who must not tell a foreign id from one that does not exist.
    pub fn decode_as(text: &str, expected: &'static str) -> Result<Self, IdError> {
        let id = Self::decode(text)?;
        if id.kind == expected { Ok(id) } else { Err(IdError::WrongKind { expected, found: id.kind }) }
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
        assert_eq!(GlobalId::decode(&text), Ok(market()));
        assert_eq!(GlobalId::decode_as(&text, "Market"), Ok(market()));
    }

    #[test]
    fn the_id_of_another_type_is_named() {
        assert_eq!(
            GlobalId::decode_as(&market().encode(), "Posting"),
            Err(IdError::WrongKind { expected: "Posting", found: "Market".to_owned() })
        );
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
            assert_eq!(GlobalId::decode(&text), Err(IdError::Malformed), "{text}");
        }
    }
}
