//! Signed addresses (签名链接): who holds one may do this one thing with this one file of this tenant, for a while.
//!
//! Layout (base64url): version (1 byte) · expiry, seconds (8) · file (16) · MAC (32).

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::crypto::{Key, blind, join};

const VERSION: u8 = 1;

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Put,
    Get,
}

impl Method {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::Put => b"PUT",
            Self::Get => b"GET",
        }
    }
}

/// Why an address is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bad {
    /// Made up, changed, of another tenant or for another method.
    Foreign,
    /// Its time is over.
    Expired,
}

fn mac(key: &Key, tenant: &str, method: Method, id: Uuid, expiry: i64) -> [u8; 32] {
    let parts: [&[u8]; 6] =
        [b"file", &[VERSION], tenant.as_bytes(), method.name(), id.as_bytes(), &expiry.to_be_bytes()];
    blind::mac(key, &join(&parts))
}

pub(super) fn make(key: &Key, tenant: &str, method: Method, id: Uuid, until: DateTime<Utc>) -> String {
    let expiry = until.timestamp();
    let mut out = vec![VERSION];
    out.extend(expiry.to_be_bytes());
    out.extend(id.as_bytes());
    out.extend(mac(key, tenant, method, id, expiry));
    BASE64URL_NOPAD.encode(&out)
}

pub(super) fn open(key: &Key, tenant: &str, method: Method, now: DateTime<Utc>, text: &str) -> Result<Uuid, Bad> {
    let (id, expiry, given) = read(text).ok_or(Bad::Foreign)?;
    if !bool::from(given.ct_eq(&mac(key, tenant, method, id, expiry))) {
        return Err(Bad::Foreign);
    }
    if now.timestamp() >= expiry { Err(Bad::Expired) } else { Ok(id) }
}

fn read(text: &str) -> Option<(Uuid, i64, [u8; 32])> {
    if text.len() > 100 {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (version, rest) = bytes.split_first()?;
    let (expiry, rest) = rest.split_first_chunk::<8>()?;
    let (id, rest) = rest.split_first_chunk::<16>()?;
    let mac = <[u8; 32]>::try_from(rest).ok()?;
    (*version == VERSION).then(|| (Uuid::from_bytes(*id), i64::from_be_bytes(*expiry), mac))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [4; 32];

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn an_address_opens_for_its_tenant_its_method_and_its_time_only() {
        let id = Uuid::from_u128(7);
        let text = make(&KEY, "140100", Method::Put, id, at(1000));
        assert_eq!(open(&KEY, "140100", Method::Put, at(999), &text), Ok(id));
        assert_eq!(open(&KEY, "140100", Method::Put, at(1000), &text), Err(Bad::Expired));
        assert_eq!(open(&KEY, "140100", Method::Get, at(999), &text), Err(Bad::Foreign));
        assert_eq!(open(&KEY, "140200", Method::Put, at(999), &text), Err(Bad::Foreign));
        assert_eq!(open(&[5; 32], "140100", Method::Put, at(999), &text), Err(Bad::Foreign));
    }

    #[test]
    fn no_byte_of_an_address_can_be_changed() {
        let text = make(&KEY, "140100", Method::Get, Uuid::from_u128(7), at(1000));
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap();
        for at_byte in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at_byte] ^= 1;
            let text = BASE64URL_NOPAD.encode(&changed);
            assert_eq!(open(&KEY, "140100", Method::Get, at(1), &text), Err(Bad::Foreign), "byte {at_byte}");
        }
    }
}
