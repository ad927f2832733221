//! Derivation of keys (密钥派生): HKDF-SHA-256 from a root key.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{Key, join};

/// The key for a purpose in a context (tenant code, generation …). Different purposes and contexts give
/// unrelated keys; the root cannot be computed back.
#[expect(clippy::missing_panics_doc, reason = "cannot panic: 32 bytes are within the limit of HKDF-SHA-256")]
pub fn key(root: &Key, purpose: &str, context: &[&str]) -> Zeroizing<Key> {
    let mut parts = vec![b"yizhan".as_slice(), purpose.as_bytes()];
    parts.extend(context.iter().map(|part| part.as_bytes()));
    let mut out = Zeroizing::new([0; 32]);
    #[expect(clippy::expect_used, reason = "HKDF-SHA-256 gives up to 8,160 bytes; 32 are always possible")]
    Hkdf::<Sha256>::new(None, root).expand(&join(&parts), out.as_mut()).expect("32 bytes");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derivation_is_that_of_rfc_5869() {
        // Test case 3: no salt, no info, first 32 bytes of output.
        let mut out = [0; 32];
        Hkdf::<Sha256>::new(None, &[0x0b; 22]).expand(b"", &mut out).unwrap();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&out),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
    }

    #[test]
    fn purpose_and_context_separate_keys() {
        let root = [9; 32];
        let one = key(&root, "pii", &["140100", "1"]);
        assert_eq!(one, key(&root, "pii", &["140100", "1"]));
        for other in [
            key(&root, "blind", &["140100", "1"]),
            key(&root, "pii", &["140200", "1"]),
            key(&root, "pii", &["140100", "2"]),
            key(&root, "pii", &["1401001"]),
            key(&[8; 32], "pii", &["140100", "1"]),
        ] {
            assert_ne!(one, other);
        }
    }
}
