//! Sealing of values at rest (静态加密): AES-256-GCM.
//!
//! Layout: algorithm (1 byte) · key id (4 bytes, big endian) · nonce (12) · ciphertext and tag (n + 16).
//! Algorithm and key id are authenticated together with the caller's AAD, which names tenant, table,
//! column and row: a value copied into another row does not open.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

use super::{Key, join};

/// The algorithm byte of AES-256-GCM.
pub const AES_256_GCM: u8 = 1;
const HEADER: usize = 5;
const NONCE: usize = 12;
const TAG: usize = 16;

/// Why a sealed value (密文) cannot be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AeadError {
    /// The bytes are too short to be a sealed value.
    #[error("not a sealed value")]
    Malformed,
    /// The algorithm byte is not one this build knows.
    #[error("unknown algorithm {0}")]
    Algorithm(u8),
    /// No key with this id is at hand.
    #[error("no key {0}")]
    UnknownKey(u32),
    /// The value was changed, moved to another place, or sealed under another key.
    #[error("the sealed value does not open")]
    Rejected,
    /// The system gave no random bytes.
    #[error("no random bytes")]
    Random,
}

/// Binds a value to its place: tenant, table, column, row.
pub fn aad(tenant: &str, table: &str, column: &str, row: &str) -> Vec<u8> {
    join(&[tenant.as_bytes(), table.as_bytes(), column.as_bytes(), row.as_bytes()])
}

/// Seals a value under the key with this id, bound to `aad`.
pub fn seal(key: &Key, key_id: u32, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, AeadError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| AeadError::Random)?;
    seal_with(key, key_id, nonce, aad, plain)
}

fn seal_with(key: &Key, key_id: u32, nonce: [u8; NONCE], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, AeadError> {
    let mut out = Vec::with_capacity(HEADER + NONCE + plain.len() + TAG);
    out.push(AES_256_GCM);
    out.extend_from_slice(&key_id.to_be_bytes());
    let bound = join(&[&out, aad]);
    let sealed = Aes256Gcm::new(&(*key).into())
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &bound })
        .map_err(|_| AeadError::Rejected)?;
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// The id of the key a value is sealed under.
pub fn key_id(sealed: &[u8]) -> Result<u32, AeadError> {
    if sealed.len() < HEADER + NONCE + TAG {
        return Err(AeadError::Malformed);
    }
    match *sealed {
        [AES_256_GCM, a, b, c, d, ..] => Ok(u32::from_be_bytes([a, b, c, d])),
        [other, ..] => Err(AeadError::Algorithm(other)),
        [] => Err(AeadError::Malformed),
    }
}

/// Opens a value; `key_of` gives the key of an id. The plain text is wiped when dropped.
pub fn open(
    key_of: impl FnOnce(u32) -> Option<Zeroizing<Key>>,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, AeadError> {
    let id = key_id(sealed)?;
    let key = key_of(id).ok_or(AeadError::UnknownKey(id))?;
    let (header, rest) = sealed.split_at(HEADER);
    let (nonce, body) = rest.split_at(NONCE);
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| AeadError::Malformed)?;
    let bound = join(&[header, aad]);
    Aes256Gcm::new(&(*key).into())
        .decrypt(&Nonce::from(nonce), Payload { msg: body, aad: &bound })
        .map(Zeroizing::new)
        .map_err(|_| AeadError::Rejected)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = [7; 32];

    fn open7(aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, AeadError> {
        open(|id| (id == 3).then(|| Zeroizing::new(KEY)), aad, sealed).map(|plain| plain.to_vec())
    }

    fn place(row: &str) -> Vec<u8> {
        aad("140100", "worker", "phone", row)
    }

    #[test]
    fn a_sealed_value_opens_in_its_own_place_only() {
        let sealed = seal(&KEY, 3, &place("a"), "13800001234".as_bytes()).unwrap();
        assert_eq!(open7(&place("a"), &sealed).unwrap(), b"13800001234");
        assert_eq!(open7(&place("b"), &sealed), Err(AeadError::Rejected));
        assert_eq!(open7(&aad("140200", "worker", "phone", "a"), &sealed), Err(AeadError::Rejected));
    }

    #[test]
    fn the_same_value_sealed_twice_looks_different() {
        assert_ne!(seal(&KEY, 3, b"", b"x").unwrap(), seal(&KEY, 3, b"", b"x").unwrap());
    }

    #[test]
    fn the_layout_names_algorithm_and_key() {
        let sealed = seal(&KEY, 0x0102_0304, b"", b"xyz").unwrap();
        assert_eq!(sealed.get(..5), Some(&[1, 1, 2, 3, 4][..]));
        assert_eq!(sealed.len(), 5 + 12 + 3 + 16);
        assert_eq!(key_id(&sealed), Ok(0x0102_0304));
        assert_eq!(open7(b"", &sealed), Err(AeadError::UnknownKey(0x0102_0304)));
    }

    #[test]
    fn any_flipped_bit_is_noticed() {
        let sealed = seal(&KEY, 3, b"place", b"value").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(open7(b"place", &changed).is_err(), "byte {at}");
        }
        // The key id is authenticated even when both ids lead to the same key.
        let mut other_id = sealed;
        other_id[4] ^= 1;
        assert_eq!(open(|_| Some(Zeroizing::new(KEY)), b"place", &other_id).err(), Some(AeadError::Rejected));
    }

    #[test]
    fn rubbish_and_foreign_algorithms_are_refused() {
        assert_eq!(open7(b"", b""), Err(AeadError::Malformed));
        assert_eq!(open7(b"", &[1; 32]), Err(AeadError::Malformed));
        assert_eq!(open7(b"", &[9; 40]), Err(AeadError::Algorithm(9)));
    }

    #[test]
    fn the_cipher_is_aes_256_gcm_of_the_published_vector() {
        // NIST GCM test case 14 (zero key, zero nonce, one zero block), with no associated data.
        let sealed = Aes256Gcm::new(&[0; 32].into()).encrypt(&Nonce::from([0; 12]), [0u8; 16].as_slice()).unwrap();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&sealed),
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
        );
    }
}
