//! What everybody does with what is their own: sessions, password, second factor.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject, Union};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::result;
use crate::operations::begin_totp::{BeginTotpEnrolmentRefused, begin_totp};
use crate::operations::change_password::{
    ChangePassword, ChangePasswordReason, ChangePasswordRefusalCode, change_password,
};
use crate::operations::confirm_totp::{ConfirmTotpEnrolmentRefused, confirm_totp};
use crate::operations::revoke_session::{RevokeSessionRefused, revoke_session};
use crate::operations::sign_in::{self, SignInRefused};
use crate::operations::sign_out::{SignOutRefused, sign_out};
use crate::schema::types::{Account, Session, Viewer};
use crate::source::Source;
use crate::views;

/// What is typed at sign-in (登录信息).
#[derive(InputObject)]
pub(super) struct SignInInput {
    /// The user name (用户名).
    pub username: String,
    /// The password (口令).
    pub password: String,
    /// The one-time code, if it was asked for (动态口令).
    pub totp: Option<String>,
}

/// What is typed to change a password (修改口令).
#[derive(InputObject)]
pub(super) struct ChangePasswordInput {
    /// The present password (当前口令).
    pub current: String,
    /// The new password (新口令).
    pub new: String,
}

/// Signed in (已登录).
#[derive(SimpleObject)]
pub(super) struct SignedIn {
    /// To be sent as `Authorization: Bearer …`; shown once and kept nowhere (令牌).
    pub token: String,
    /// Who it is from now on (当前用户).
    pub viewer: Viewer,
}

/// A one-time code is needed as well (需要动态口令).
#[derive(SimpleObject)]
pub(super) struct TotpRequired {
    /// What to do (说明).
    pub message: String,
}

/// How signing in ended (登录结果).
#[derive(Union)]
pub(super) enum SignInResult {
    /// Signed in.
    SignedIn(Box<SignedIn>),
    /// A code is needed.
    TotpRequired(TotpRequired),
    /// Refused.
    Refused(SignInRefused),
}

/// Signed out (已退出登录).
#[derive(SimpleObject)]
pub(super) struct SignedOut {
    /// Always true (是否完成).
    pub done: bool,
}

/// A second factor to be put into an authenticator (待绑定的动态口令).
#[derive(SimpleObject)]
pub(super) struct TotpEnrolment {
    /// The secret in Base32, to be typed in (密钥).
    pub secret: String,
    /// The same as a URI (绑定链接).
    pub uri: String,
    /// The URI as a QR code (二维码).
    pub qr_svg: String,
}

result! {
    /// How signing out ended (退出登录结果).
    SignOutResult = SignedOut | SignOutRefused
}
result! {
    /// How ending a session ended (下线会话结果).
    RevokeSessionResult = Session | RevokeSessionRefused
}
result! {
    /// How changing the password ended (修改口令结果).
    ChangePasswordResult = Account | ChangePasswordRefused
}
result! {
    /// How beginning to enrol a second factor ended (开始绑定结果).
    BeginTotpEnrolmentResult = TotpEnrolment | BeginTotpEnrolmentRefused
}
result! {
    /// How confirming a second factor ended (确认绑定结果).
    ConfirmTotpEnrolmentResult = Account | ConfirmTotpEnrolmentRefused
}

/// What everybody does with what is their own.
#[derive(Default)]
pub(super) struct OwnMutation;

kernel::with_current! {
    /// Why the password stays as it is (不予修改口令).
    ChangePasswordRefused(Account) = ChangePassword: ChangePasswordReason, ChangePasswordRefusalCode;
}

#[Object]
impl OwnMutation {
    /// Signs in (登录). An unknown user name and a wrong password get the same answer.
    async fn sign_in(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "User name, password and code (登录信息)")] input: SignInInput,
    ) -> Answer<SignInResult> {
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
            Ok(SignInResult::SignedIn(Box::new(SignedIn { token, viewer })))
        };
        gql::answer(ctx, done.await, |r| r, |r| SignInResult::Refused(SignInRefused::from_refusal(&r, ctx.lang())))
    }

    /// Signs out (退出登录): the session of this request ends at once.
    async fn sign_out(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "On all one's devices, a lost telephone too (退出所有设备)")] everywhere: Option<bool>,
    ) -> Answer<SignOutResult> {
        let ctx = gql::ctx(gql);
        let done = sign_out(ctx, everywhere.unwrap_or(false)).await.map(|()| SignedOut { done: true });
        SignOutResult::of(ctx, done, SignOutRefused::from_refusal)
    }

    /// Ends another session of one's own (下线会话), at once.
    async fn revoke_session(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The session (会话标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RevokeSessionResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = revoke_session(ctx, ctx.parse_id("Session", &id)?, once).await?;
            Ok(views::session(ctx, outcome.id).await?)
        };
        RevokeSessionResult::of(ctx, done.await, RevokeSessionRefused::from_refusal)
    }

    /// Changes one's password (修改口令): the other sessions end.
    async fn change_password(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The old and the new password (口令)")] input: ChangePasswordInput,
    ) -> Answer<ChangePasswordResult> {
        let ctx = gql::ctx(gql);
        let source = gql.data_opt::<Source>().cloned().unwrap_or_default();
        let done = async {
            let outcome = change_password(ctx, &input.current, &input.new, &source).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { views::account(ctx, ctx.account()?.id).await }).await;
        ChangePasswordResult::of(ctx, done, |refusal, lang| ChangePasswordRefused::of(refusal, lang, current))
    }

    /// Begins to enrol a second factor (开始绑定动态口令): it counts once a code of it was confirmed, within ten minutes.
    async fn begin_totp_enrolment(&self, gql: &Context<'_>) -> Answer<BeginTotpEnrolmentResult> {
        let ctx = gql::ctx(gql);
        let done = begin_totp(ctx).await.map(|e| TotpEnrolment { secret: e.secret, uri: e.uri, qr_svg: e.svg });
        BeginTotpEnrolmentResult::of(ctx, done, BeginTotpEnrolmentRefused::from_refusal)
    }

    /// Confirms the second factor with a code of it (确认动态口令).
    async fn confirm_totp_enrolment(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The code the app shows (动态口令)")] code: String,
    ) -> Answer<ConfirmTotpEnrolmentResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let outcome = confirm_totp(ctx, &code).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        ConfirmTotpEnrolmentResult::of(ctx, done.await, ConfirmTotpEnrolmentRefused::from_refusal)
    }
}
