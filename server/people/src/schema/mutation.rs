//! Writing (变更).

use async_graphql::{Context, InputObject, Object, SimpleObject, Union};
use kernel::gql::{self, Answer};

use super::types::Viewer;
use crate::operations::sign_in::{self, SignInRefused};
use crate::operations::sign_out::{SignOutRefused, sign_out};
use crate::source::Source;
use crate::views;

/// What is typed at sign-in (登录信息).
#[derive(InputObject)]
pub struct SignInInput {
    /// The user name (用户名).
    pub username: String,
    /// The password (口令).
    pub password: String,
    /// The one-time code, if it was asked for (动态口令).
    pub totp: Option<String>,
}

/// Signed in (已登录).
#[derive(SimpleObject)]
pub struct SignedIn {
    /// To be sent as `Authorization: Bearer …`; shown once and kept nowhere (令牌).
    pub token: String,
    /// Who it is from now on (当前用户).
    pub viewer: Viewer,
}

/// A one-time code is needed as well (需要动态口令).
#[derive(SimpleObject)]
pub struct TotpRequired {
    /// What to do (说明).
    pub message: String,
}

/// How signing in ended (登录结果).
#[derive(Union)]
pub enum SignInResult {
    /// Signed in.
    SignedIn(SignedIn),
    /// A code is needed.
    TotpRequired(TotpRequired),
    /// Refused.
    Refused(SignInRefused),
}

/// Signed out (已退出登录).
#[derive(SimpleObject)]
pub struct SignedOut {
    /// Always true (是否完成).
    pub done: bool,
}

/// How signing out ended (退出登录结果).
#[derive(Union)]
pub enum SignOutResult {
    /// Signed out.
    SignedOut(SignedOut),
    /// Refused.
    Refused(SignOutRefused),
}

/// What people can do with accounts (人员变更).
#[derive(Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Signs in (登录). An unknown user name and a wrong password get the same answer.
    async fn sign_in(&self, gql: &Context<'_>, input: SignInInput) -> Answer<SignInResult> {
        let ctx = gql::ctx(gql);
        let source = gql.data_opt::<Source>().cloned().unwrap_or_default();
        let input = sign_in::SignInInput { username: input.username, password: input.password, totp: input.totp };
        let done = async {
            let (token, actor) = match sign_in::sign_in(ctx, input, &source).await? {
                sign_in::SignedIn::Done { token, actor } => (token, actor),
                sign_in::SignedIn::TotpRequired { under_attack } => {
                    let message = sign_in::code_needed(under_attack).get(ctx.lang()).to_owned();
                    return Ok(SignInResult::TotpRequired(TotpRequired { message }));
                }
            };
            let viewer = views::viewer(&ctx.as_actor(actor)).await?;
            Ok(SignInResult::SignedIn(SignedIn { token, viewer }))
        };
        gql::answer(ctx, done.await, |r| r, |r| SignInResult::Refused(SignInRefused::from_refusal(&r, ctx.lang())))
    }

    /// Signs out (退出登录): the session of this request ends at once.
    async fn sign_out(&self, gql: &Context<'_>) -> Answer<SignOutResult> {
        let ctx = gql::ctx(gql);
        gql::answer(
            ctx,
            sign_out(ctx).await,
            |()| SignOutResult::SignedOut(SignedOut { done: true }),
            |r| SignOutResult::Refused(SignOutRefused::from_refusal(&r, ctx.lang())),
        )
    }
}
