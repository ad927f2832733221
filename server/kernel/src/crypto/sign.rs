//! Signatures (数字签名): Ed25519 from a seed of 32 bytes. Checkpoints of the audit, signed links.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::Key;

/// The public key of a seed, to be given away.
pub fn public_key(seed: &Key) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// The signature of a message; the same message always gets the same one.
pub fn sign(seed: &Key, message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(message).to_bytes()
}

/// Whether the signature is the key's for exactly this message. Weak keys and malleable signatures are
/// refused.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    VerifyingKey::from_bytes(public)
        .is_ok_and(|key| key.verify_strict(message, &Signature::from_bytes(signature)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_rfc_8032() {
        let seed = data_encoding::HEXLOWER
            .decode(b"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
            .unwrap();
        let seed: Key = seed.try_into().unwrap();
        assert_eq!(
            data_encoding::HEXLOWER.encode(&public_key(&seed)),
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        );
        assert!(data_encoding::HEXLOWER.encode(&sign(&seed, b"")).starts_with("e5564300c360ac729086e2cc806e828a"));
    }

    #[test]
    fn only_the_signed_message_under_the_right_key_verifies() {
        let signature = sign(&[5; 32], b"checkpoint 7");
        assert!(verify(&public_key(&[5; 32]), b"checkpoint 7", &signature));
        assert!(!verify(&public_key(&[5; 32]), b"checkpoint 8", &signature));
        assert!(!verify(&public_key(&[6; 32]), b"checkpoint 7", &signature));
        assert!(!verify(&[0; 32], b"checkpoint 7", &signature));
    }
}
