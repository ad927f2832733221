//! What the stories of this chapter share.

use std::sync::LazyLock;

use entities::session;
use kernel::fault::Stop;
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{SignInInput, SignedIn, Source, sign_in};
use sea_orm::EntityTrait as _;
use tempfile::TempDir;

pub(crate) static HOME: LazyLock<Source> = LazyLock::new(|| source("59.49.12.77"));
pub(crate) static STRANGE: LazyLock<Source> = LazyLock::new(|| source("203.0.113.9"));

pub(crate) fn source(ip: &str) -> Source {
    Source::new(ip.parse().unwrap(), Some("Firefox on the counter".to_owned()))
}

/// One of many strange networks.
pub(crate) fn network(n: u8) -> Source {
    source(&format!("198.51.{n}.1"))
}

pub(crate) async fn city() -> (House, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (House::build(dir.path(), Vec::new()).await.unwrap(), dir)
}

pub(crate) async fn city_without_totp() -> (House, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    (House::with(dir.path(), Vec::new(), |config| config.people.staff_totp = false).await.unwrap(), dir)
}

/// Signs in with the usual password and code; the token.
pub(crate) async fn signed_in(house: &House, username: &str, source: &Source) -> String {
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    let totp = Some(house.code());
    let input = SignInInput { username: username.to_owned(), password: PASSWORD.to_owned(), totp };
    match sign_in(&ctx, input, source).await {
        Ok(SignedIn::Done { token, .. }) => token,
        Ok(SignedIn::TotpRequired { .. }) => panic!("{username} was asked for a code"),
        Err(stop) => panic!("{username} could not sign in: {stop:?}"),
    }
}

pub(crate) fn refusal<T, R: std::fmt::Debug>(result: Result<T, Stop<R>>) -> R {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Fault(fault)) => panic!("it failed: {fault} {:?}", std::error::Error::source(&fault)),
    }
}

pub(crate) async fn count_sessions(house: &House) -> usize {
    let ctx = house.itself(TAIYUAN).await.unwrap();
    session::Entity::find().all(&ctx.scope()).await.unwrap().len()
}
