//! A key from a passphrase (口令派生密钥): Argon2id, with its parameters stored beside what it seals.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Key;

/// No file may ask for more memory than this (KiB), so that opening a forged one cannot exhaust the machine.
const MOST_MEMORY: u32 = 1024 * 1024;
/// Nor for more passes or lanes.
const MOST: u32 = 64;

/// How expensive a guess is (派生参数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

/// For a file that lies about for years: 256 MiB, four passes; about a second.
pub const FOR_YEARS: Cost = Cost { memory_kib: 262_144, passes: 4, lanes: 1 };

/// Why there is no key: parameters beyond what is sensible, or no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no key could be derived from the passphrase")]
pub struct DeriveFailed;

/// The key of a passphrase.
pub fn key(passphrase: &str, salt: &[u8], cost: Cost) -> Result<Zeroizing<Key>, DeriveFailed> {
    if cost.memory_kib > MOST_MEMORY || cost.passes > MOST || cost.lanes > MOST {
        return Err(DeriveFailed);
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| DeriveFailed)?;
    let mut out = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, out.as_mut())
        .map_err(|_| DeriveFailed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 32, passes: 1, lanes: 1 };

    #[test]
    fn passphrase_salt_and_cost_each_make_another_key() {
        let one = key("correct horse", &[1; 16], CHEAP).unwrap();
        assert_eq!(one, key("correct horse", &[1; 16], CHEAP).unwrap());
        assert_ne!(one, key("correct horsf", &[1; 16], CHEAP).unwrap());
        assert_ne!(one, key("correct horse", &[2; 16], CHEAP).unwrap());
        assert_ne!(one, key("correct horse", &[1; 16], Cost { passes: 2, ..CHEAP }).unwrap());
    }

    #[test]
    fn a_forged_file_cannot_ask_for_all_the_memory_there_is() {
        let greedy = Cost { memory_kib: u32::MAX, ..CHEAP };
        assert_eq!(key("x", &[1; 16], greedy).unwrap_err(), DeriveFailed);
        assert_eq!(key("x", &[1; 16], Cost { passes: 1000, ..CHEAP }).unwrap_err(), DeriveFailed);
        assert_eq!(key("x", &[1; 2], CHEAP).unwrap_err(), DeriveFailed, "a salt too short");
    }
}
