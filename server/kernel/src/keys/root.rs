//! The root key (根密钥) and, while it is being changed, the one that takes its place.

use std::sync::Arc;

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::crypto::{Key, aead, derive, sign};
use crate::fault::Fault;

/// The root key (根密钥): 32 bytes, in a file of its own or handed in; everything else is derived from or wrapped by it.
///
/// While a rotation is under way it knows the key that follows: what opens under neither of the two is not ours.
pub struct RootKey {
    key: Zeroizing<Key>,
    next: Option<Arc<Self>>,
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(…)")
    }
}

impl RootKey {
    /// From 32 bytes.
    #[must_use]
    pub fn new(bytes: Key) -> Self {
        Self { key: Zeroizing::new(bytes), next: None }
    }

    /// A new one.
    #[must_use]
    pub fn fresh() -> Self {
        let mut key = Zeroizing::new([0_u8; 32]);
        crate::clock::fill_random(key.as_mut());
        Self { key, next: None }
    }

    /// From 64 hexadecimal digits.
    pub fn from_hex(text: &str) -> Result<Self, Fault> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .map_err(Fault::of("read the root key"))?;
        Self::from_bytes(&Zeroizing::new(bytes))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, Fault> {
        let key: Key = bytes.try_into().map_err(|_| Fault::internal("read the root key: it is not 32 bytes"))?;
        Ok(Self::new(key))
    }

    pub(super) fn bytes(&self) -> &Key {
        &self.key
    }

    pub(super) fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(data_encoding::HEXLOWER.encode(self.key.as_ref()))
    }

    /// The same, about to be followed by `next`.
    #[must_use]
    pub fn with_next(self, next: Self) -> Self {
        Self { next: Some(Arc::new(next)), ..self }
    }

    /// The key that takes its place, while that is under way.
    #[must_use]
    pub fn next(&self) -> Option<&Self> {
        self.next.as_deref()
    }

    /// The keys under which something may be wrapped: this one, and the next while there is one.
    pub fn at_hand(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.next())
    }

    /// Names the key and tells nothing of it (指纹).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let id = self.derive("fingerprint", &[]);
        let (head, _) = id.split_at(8);
        data_encoding::HEXLOWER.encode(head)
    }

    /// A key for `purpose`.
    #[must_use]
    pub fn derive(&self, purpose: &str, context: &[&str]) -> Zeroizing<Key> {
        derive::key(&self.key, purpose, context)
    }

    /// A password for `purpose`, as text.
    #[must_use]
    pub fn derive_text(&self, purpose: &str) -> String {
        data_encoding::HEXLOWER.encode(self.derive("password", &[purpose]).as_ref())
    }

    /// The seed that signs audit checkpoints.
    #[must_use]
    pub fn checkpoint_seed(&self, tenant: &str) -> Zeroizing<Key> {
        self.derive("audit-checkpoint", &[tenant])
    }

    /// The public key that checks audit checkpoints.
    #[must_use]
    pub fn checkpoint_public(&self, tenant: &str) -> [u8; 32] {
        sign::public_key(&self.checkpoint_seed(tenant))
    }

    /// Wraps a key of the tenant's ring, so that it opens in this row only.
    pub(super) fn wrap(&self, tenant: &str, purpose: &str, row: Uuid, key: &Key) -> Result<Vec<u8>, Fault> {
        aead::seal(&self.derive("wrap", &[tenant]), 0, &place(tenant, purpose, row), key)
            .map_err(Fault::of("wrap a data key"))
    }

    /// Opens a wrapped key, under this root key alone.
    pub(super) fn unwrap_alone(
        &self,
        tenant: &str,
        purpose: &str,
        row: Uuid,
        wrapped: &[u8],
    ) -> Result<Zeroizing<Key>, Fault> {
        let wrapping = self.derive("wrap", &[tenant]);
        let plain = aead::open(|_| Some(wrapping), &place(tenant, purpose, row), wrapped)
            .map_err(Fault::of("unwrap a data key"))?;
        plain.as_slice().try_into().map(Zeroizing::new).map_err(Fault::of("read a data key"))
    }

    /// Opens a wrapped key, under this root key or the next.
    pub(super) fn unwrap(
        &self,
        tenant: &str,
        purpose: &str,
        row: Uuid,
        wrapped: &[u8],
    ) -> Result<Zeroizing<Key>, Fault> {
        let opened = self.unwrap_alone(tenant, purpose, row, wrapped);
        match (opened, self.next()) {
            (Err(_), Some(next)) => next.unwrap_alone(tenant, purpose, row, wrapped),
            (opened, _) => opened,
        }
    }
}

fn place(tenant: &str, purpose: &str, row: Uuid) -> Vec<u8> {
    aead::aad(tenant, "key_ring", purpose, &row.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_key_opens_under_either_of_two_keys_and_no_third() {
        let row = Uuid::from_u128(1);
        let [old, new, third] = [1, 2, 3].map(|n| RootKey::new([n; 32]));
        let under = |root: &RootKey| root.wrap("140100", "data", row, &[9; 32]).unwrap();
        let wrapped = [under(&old), under(&new), under(&third)];
        let both = old.with_next(new);
        let opens = |root: &RootKey, n: usize| root.unwrap("140100", "data", row, &wrapped[n]).is_ok();
        assert_eq!([0, 1, 2].map(|n| opens(&both, n)), [true, true, false]);
        assert_eq!([0, 1, 2].map(|n| opens(&third, n)), [false, false, true]);
        assert!(both.unwrap("140200", "data", row, &wrapped[0]).is_err(), "another city's");
    }

    #[test]
    fn a_fingerprint_names_a_key_and_is_no_part_of_it() {
        let [one, other] = [1, 2].map(|n| RootKey::new([n; 32]));
        assert_eq!(one.fingerprint(), RootKey::new([1; 32]).fingerprint());
        assert_ne!(one.fingerprint(), other.fingerprint());
        assert!(!one.hex().contains(&one.fingerprint()));
    }
}
