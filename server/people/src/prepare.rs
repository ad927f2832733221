//! What is slow and therefore done before a transaction (事前准备): hashing passwords, on blocking threads, few at a time.

use std::sync::LazyLock;

use kernel::Fault;
use kernel::crypto::{hash, password};
use tokio::sync::Semaphore;

/// Each hash takes 19 MiB and a core: more at once would help nobody but an attacker.
static HASHERS: Semaphore = Semaphore::const_new(4);

/// What a password of nobody is compared with, so that an unknown user name costs the same work.
static NOBODY: LazyLock<String> = LazyLock::new(|| {
    hash::random_token().ok().and_then(|token| password::hash(&token).ok()).unwrap_or_default()
});

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
