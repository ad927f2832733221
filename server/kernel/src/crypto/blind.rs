//! Blind indexes (盲索引): find an encrypted value by equality without storing it in the clear.
//!
//! HMAC-SHA-256 under a key of the tenant, separated by field: the same number in two fields or two
//! tenants gives unrelated indexes. Normalise first (E.164, upper-case X), or equal values will differ.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Key, join};

/// HMAC-SHA-256 of `message`.
pub fn mac(key: &Key, message: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&padded(key).into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// A key shorter than a block is padded with zeros (RFC 2104).
fn padded(key: &Key) -> [u8; 64] {
    let mut block = [0; 64];
    let (head, _) = block.split_at_mut(key.len());
    head.copy_from_slice(key);
    block
}

/// The blind index of a normalised value of a field: 43 characters, base64url.
pub fn index(key: &Key, field: &str, value: &str) -> String {
    BASE64URL_NOPAD.encode(&mac(key, &join(&[field.as_bytes(), value.as_bytes()])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mac_is_that_of_rfc_4231() {
        let mut key = [0; 32];
        key[..20].copy_from_slice(&[0x0b; 20]);
        // Test case 1: a key of 20 bytes padded with zeros is the same HMAC key.
        assert_eq!(
            data_encoding::HEXLOWER.encode(&mac(&key, b"Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }

    #[test]
    fn equal_values_meet_and_unequal_ones_do_not() {
        let one = index(&[1; 32], "worker.phone", "+8613800001234");
        assert_eq!(one.len(), 43);
        assert_eq!(one, index(&[1; 32], "worker.phone", "+8613800001234"));
        assert_ne!(one, index(&[1; 32], "worker.phone", "+8613800001235"));
        assert_ne!(one, index(&[1; 32], "party.phone", "+8613800001234"));
        assert_ne!(one, index(&[2; 32], "worker.phone", "+8613800001234"));
    }
}
