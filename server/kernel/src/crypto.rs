//! Cryptographic primitives (密码学原语): thin, typed wrappers around one family of libraries.
//!
//! Keys come in as 32 bytes; where they are kept and rotated is decided elsewhere. Every stored
//! ciphertext begins with an algorithm byte, so that a suite of the national algorithms (国密) can stand
//! beside this one.

pub mod aead;
pub mod blind;
pub mod derive;
pub mod hash;
pub mod passphrase;
pub mod password;
pub mod sign;
pub mod totp;

/// A secret key of 256 bits.
pub type Key = [u8; 32];

/// Joins parts so that no two different lists give the same bytes: each part is preceded by its length
/// (8 bytes, big endian). The input of every MAC, AAD and derivation of more than one part.
pub fn join(parts: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        out.extend_from_slice(&(part.len() as u64).to_be_bytes());
        out.extend_from_slice(part);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_that_are_cut_elsewhere_give_other_bytes() {
        assert_ne!(super::join(&[b"ab", b"c"]), super::join(&[b"a", b"bc"]));
        assert_ne!(super::join(&[b"ab"]), super::join(&[b"ab", b""]));
        assert_eq!(super::join(&[b"a"]), [0, 0, 0, 0, 0, 0, 0, 1, b'a']);
    }
}
