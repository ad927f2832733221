//! What is slow and therefore done before a transaction (事前准备): hashing passwords, on blocking threads, few at a time.

use std::sync::LazyLock;

use kernel::Fault;
use kernel::crypto::{hash, password};
use tokio::sync::Semaphore;

use crate::operations::create_account::HashedPassword;

/// Each hash takes 19 MiB and a core: more at once would help nobody but an attacker.
static HASHERS: Semaphore = Semaphore::const_new(4);

/// What a password of nobody is compared with, so that an unknown user name costs the same work.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash::random_token().ok().and_then(|token| password::hash(&token).ok()).unwrap_or_default());

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
    let permit = HASHERS.acquire().await.map_err(Fault::of("wait for a hasher"))?;
    let done = tokio::task::spawn_blocking(work).await.map_err(Fault::of("hash a password"));
    drop(permit);
    done
}

/// Is it the password of `phc`? Of nobody, it is always wrong and takes as long.
pub(crate) async fn verify(typed: &str, phc: Option<&str>) -> Result<bool, Fault> {
    let (typed, phc) = (typed.to_owned(), phc.map(str::to_owned));
    blocking(move || {
        let nobody = &*NOBODY;
        password::verify(&typed, phc.as_deref().unwrap_or(nobody)) && phc.is_some()
    })
    .await
}

/// The PHC string of a new password.
pub(crate) async fn hash(typed: &str) -> Result<String, Fault> {
    let typed = typed.to_owned();
    blocking(move || password::hash(&typed)).await?.map_err(Fault::of("hash a password"))
}

/// Is it one of the earlier passwords? One hash each.
pub(crate) async fn is_reused(typed: &str, earlier: Vec<String>) -> Result<bool, Fault> {
    let typed = typed.to_owned();
    blocking(move || password::is_reused(&typed, &earlier)).await
}

/// A password for one sign-in (一次性口令), and what is kept of it.
pub(crate) struct OneTime {
    /// To be handed over, once.
    pub(crate) shown: String,
    /// To be stored.
    pub(crate) hashed: HashedPassword,
}

/// Makes a one-time password: both presets take it, and it has no letter that is read for another.
pub(crate) async fn one_time() -> Result<OneTime, Fault> {
    let random: [u8; 10] = hash::random_bytes().map_err(Fault::of("make a one-time password"))?;
    let letters = data_encoding::BASE32_NOPAD.encode(&random);
    let groups: Vec<&str> = [0..4, 4..8, 8..12, 12..16].into_iter().filter_map(|part| letters.get(part)).collect();
    let shown = format!("yz-{}", groups.join("-"));
    let hashed = HashedPassword::made(hash(&shown).await?);
    Ok(OneTime { shown, hashed })
}

#[cfg(test)]
mod tests {
    use kernel::crypto::password::PasswordPreset;

    use super::*;

    #[tokio::test]
    async fn a_one_time_password_fits_both_presets_and_is_another_each_time() {
        let (one, two) = (one_time().await.unwrap(), one_time().await.unwrap());
        assert_ne!(one.shown, two.shown);
        for preset in [PasswordPreset::Djbh3, PasswordPreset::Asvs] {
            assert!(preset.check(&one.shown, "sysadmin", false).is_empty(), "{preset:?}");
        }
        assert!(password::verify(&one.shown, one.hashed.phc()));
    }
}
