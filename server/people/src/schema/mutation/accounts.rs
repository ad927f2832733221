//! What the system administrator does with accounts, and what an invited person does.

use async_graphql::{Context, ID, InputObject, Object};
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Once};

use super::result;
use crate::operations::accept_invitation::{AcceptInvitationRefused, accept_invitation};
use crate::operations::amend_account::{
    AmendAccount, AmendAccountReason, AmendAccountRefusalCode, AmendInput, amend_account,
};
use crate::operations::disable_account::{
    DisableAccount, DisableAccountReason, DisableAccountRefusalCode, disable_account,
};
use crate::operations::enable_account::{EnableAccount, EnableAccountReason, EnableAccountRefusalCode, enable_account};
use crate::operations::invite_account::{InviteAccountRefused, InviteInput, invite_account};
use crate::operations::reset_password::{ResetPassword, ResetPasswordReason, ResetPasswordRefusalCode, reset_password};
use crate::operations::reset_totp::{ResetTotp, ResetTotpReason, ResetTotpRefusalCode, reset_totp};
use crate::operations::withdraw_invitation::{WithdrawInvitationRefused, withdraw_invitation};
use crate::schema::types::{Account, Department, Invitation, LetterLang, PasswordWasReset, ScopeKind};
use crate::views;

/// A person to be invited (邀请信息).
#[derive(InputObject, serde::Serialize)]
pub(super) struct InviteAccountInput {
    /// The address for mail (电子邮箱).
    pub email: String,
    /// The working name (姓名).
    pub display_name: String,
    /// The role the person will hold; not one of the three administrators (角色).
    pub role: String,
    /// The kind of scope (授权范围类型).
    pub scope_kind: ScopeKind,
    /// Division code, department, or id of the market or agency; nothing for the city (授权范围).
    pub scope_key: Option<String>,
    /// The department the person belongs to (部门).
    pub department: Option<Department>,
}

/// What an account is to be (修改账号).
#[derive(InputObject, serde::Serialize)]
pub(super) struct AmendAccountInput {
    /// The working name (姓名).
    pub display_name: String,
    /// Another address for mail; nothing keeps the present one (新的电子邮箱，留空则不修改).
    pub email: Option<String>,
    /// The department the person belongs to; nothing for none (部门).
    pub department: Option<Department>,
    /// The language of its letters; nothing keeps the present one (信件语言).
    pub lang: Option<LetterLang>,
}

/// What an invited person chooses (接受邀请).
#[derive(InputObject)]
pub(super) struct AcceptInvitationInput {
    /// The token in the mail (邀请令牌).
    pub token: String,
    /// The user name (用户名).
    pub username: String,
    /// The password (口令).
    pub password: String,
}

result! {
    /// How inviting ended (邀请结果).
    InviteAccountResult = Invitation | InviteAccountRefused
}
result! {
    /// How withdrawing an invitation ended (撤回邀请结果).
    WithdrawInvitationResult = Invitation | WithdrawInvitationRefused
}
result! {
    /// How amending an account ended (修改账号结果).
    AmendAccountResult = Account | AmendAccountRefused
}
result! {
    /// How accepting an invitation ended (接受邀请结果).
    AcceptInvitationResult = Account | AcceptInvitationRefused
}
result! {
    /// How disabling an account ended (停用账号结果).
    DisableAccountResult = Account | DisableAccountRefused
}
result! {
    /// How enabling an account ended (启用账号结果).
    EnableAccountResult = Account | EnableAccountRefused
}
result! {
    /// How resetting a password ended (重置口令结果).
    ResetPasswordResult = PasswordWasReset | ResetPasswordRefused
}
result! {
    /// How taking away a second factor ended (重置动态口令结果).
    ResetTotpResult = Account | ResetTotpRefused
}

kernel::with_current! {
    /// Why the account stays as it is (不予修改账号).
    AmendAccountRefused(Account) = AmendAccount: AmendAccountReason, AmendAccountRefusalCode;
    /// Why the account was not disabled (不予停用账号).
    DisableAccountRefused(Account) = DisableAccount: DisableAccountReason, DisableAccountRefusalCode;
    /// Why the account was not enabled (不予启用账号).
    EnableAccountRefused(Account) = EnableAccount: EnableAccountReason, EnableAccountRefusalCode;
    /// Why the password stays (不予重置口令).
    ResetPasswordRefused(Account) = ResetPassword: ResetPasswordReason, ResetPasswordRefusalCode;
    /// Why the second factor stays (不予重置动态口令).
    ResetTotpRefused(Account) = ResetTotp: ResetTotpReason, ResetTotpRefusalCode;
}

/// The account as it is now.
async fn now(ctx: &Ctx, id: &ID) -> Result<Account, Fault> {
    views::account(ctx, ctx.parse_id("Account", id)?).await
}

/// What is done with accounts.
#[derive(Default)]
pub(super) struct AccountsMutation;

#[Object]
impl AccountsMutation {
    /// Invites a person by mail (邀请账号): seven days, one use.
    async fn invite_account(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The person (邀请信息)")] input: InviteAccountInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<InviteAccountResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &input);
        let input = InviteInput {
            email: input.email.into(),
            display_name: input.display_name.into(),
            role: input.role,
            kind: input.scope_kind.into(),
            key: input.scope_key,
            department: input.department.map(Department::name),
        };
        let done = async {
            let outcome = invite_account(ctx, input, once).await?;
            Ok(views::invitation(ctx, outcome.id).await?)
        };
        InviteAccountResult::of(ctx, done.await, InviteAccountRefused::from_refusal)
    }

    /// Withdraws an invitation (撤回邀请): its link stops working.
    async fn withdraw_invitation(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The invitation (邀请标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawInvitationResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = withdraw_invitation(ctx, ctx.parse_id("Invitation", &id)?, once).await?;
            Ok(views::invitation(ctx, outcome.id).await?)
        };
        WithdrawInvitationResult::of(ctx, done.await, WithdrawInvitationRefused::from_refusal)
    }

    /// Accepts an invitation (接受邀请). Whoever has the token of the mail.
    async fn accept_invitation(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "What the person chooses (接受邀请)")] input: AcceptInvitationInput,
    ) -> Answer<AcceptInvitationResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let outcome = accept_invitation(ctx, &input.token, &input.username, &input.password).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        AcceptInvitationResult::of(ctx, done.await, AcceptInvitationRefused::from_refusal)
    }

    /// Amends an account (修改账号), one's own included: its sessions go on, and a former address is told of another one.
    async fn amend_account(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What it is to be (修改内容)")] input: AmendAccountInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AmendAccountResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let input = AmendInput {
            display_name: input.display_name.into(),
            email: input.email.map(Into::into),
            department: input.department.map(Department::name),
            lang: input.lang.map(Into::into),
        };
        let done = async {
            let outcome = amend_account(ctx, ctx.parse_id("Account", &id)?, version, input, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        AmendAccountResult::of(ctx, done, |refusal, lang| AmendAccountRefused::of(refusal, lang, current))
    }

    /// Disables an account (停用账号): its sessions end, its keys stop.
    async fn disable_account(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DisableAccountResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let outcome = disable_account(ctx, ctx.parse_id("Account", &id)?, version, &reason, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        DisableAccountResult::of(ctx, done, |refusal, lang| DisableAccountRefused::of(refusal, lang, current))
    }

    /// Enables an account again (启用账号): with the roles it had.
    async fn enable_account(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<EnableAccountResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async {
            let outcome = enable_account(ctx, ctx.parse_id("Account", &id)?, version, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        EnableAccountResult::of(ctx, done, |refusal, lang| EnableAccountRefused::of(refusal, lang, current))
    }

    /// Resets a forgotten password (重置口令): the account's sessions end, and its owner signs in with a one-time
    /// password and chooses another.
    async fn reset_password(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识).")] id: ID,
        #[graphql(desc = "The version that was seen (版本).")] version: i32,
        #[graphql(desc = "Why, for the audit (原因).")] reason: String,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键).")] idempotency_key: Option<String>,
    ) -> Answer<ResetPasswordResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let reset = reset_password(ctx, ctx.parse_id("Account", &id)?, version, &reason, once).await?;
            Ok(PasswordWasReset { account: views::account(ctx, reset.id).await?, one_time_password: reset.shown })
        };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        ResetPasswordResult::of(ctx, done, |refusal, lang| ResetPasswordRefused::of(refusal, lang, current))
    }

    /// Takes away a lost second factor (重置动态口令): the owner hears of it and enrols a new one.
    async fn reset_totp(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ResetTotpResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let outcome = reset_totp(ctx, ctx.parse_id("Account", &id)?, version, &reason, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        ResetTotpResult::of(ctx, done, |refusal, lang| ResetTotpRefused::of(refusal, lang, current))
    }
}
