//! What the stories of this chapter share.

use std::sync::LazyLock;

use async_graphql::{EmptySubscription, Request, Schema};
use entities::{mail, session};
use kernel::fault::Stop;
use kernel::{Ctx, Fault};
use people::testing::{House, PASSWORD, TAIYUAN};
use people::{Claimed, PeopleMutation, PeopleQuery, SignInInput, SignedIn, Source, authenticate, sign_in};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::Value;
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

/// The context of an account that signs in.
pub(crate) async fn as_account(house: &House, username: &str) -> Ctx {
    let token = signed_in(house, username, &HOME).await;
    believed(house, &token).await
}

/// The context of whoever presents this token in Taiyuan.
pub(crate) async fn believed(house: &House, token: &str) -> Ctx {
    let ctx = house.stranger(TAIYUAN).await.unwrap();
    match authenticate(&ctx, token, None).await.unwrap() {
        Claimed::Actor(actor) => ctx.as_actor(actor),
        other => panic!("the token is not believed: {other:?}"),
    }
}

pub(crate) fn fault<T, R: std::fmt::Debug>(result: Result<T, Stop<R>>) -> Fault {
    match result {
        Err(Stop::Fault(fault)) => fault,
        Err(Stop::Refused(refusal)) => panic!("it was refused: {refusal:?}"),
        Ok(_) => panic!("it was done"),
    }
}

/// The letters queued so far, opened: template and text.
pub(crate) async fn letters(house: &House, code: &str) -> Vec<(String, String)> {
    let ctx = house.itself(code).await.unwrap();
    let mut letters = Vec::new();
    for row in mail::Entity::find().order_by_asc(mail::Column::Id).all(&ctx.scope()).await.unwrap() {
        let open = kernel::mail::open(&ctx, &row).await.unwrap();
        letters.push((row.template, open.text.expose().clone()));
    }
    letters
}

/// Asks the chapter through GraphQL; the whole answer.
pub(crate) async fn ask(ctx: &Ctx, query: &str, variables: Value) -> Value {
    let schema = Schema::build(PeopleQuery::default(), PeopleMutation::default(), EmptySubscription).finish();
    let request = Request::new(query).variables(serde_json::from_value(variables).unwrap());
    let response = schema.execute(request.data(ctx.clone()).data(HOME.clone())).await;
    serde_json::to_value(&response).unwrap()
}
