//! What citizens do, and what is done about them.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Ctx, Fault, Once, blob};
use sea_orm::EntityTrait as _;

use super::query::viewer;
use super::types::{self, Citizen, CitizenViewer, Consent};
use crate::citizens::operations::block_citizen::{
    BlockCitizen, BlockCitizenReason, BlockCitizenRefusalCode, block_citizen,
};
use crate::citizens::operations::change_phone::{
    self, ChangePhone, ChangePhoneReason, ChangePhoneRefusalCode, change_phone,
};
use crate::citizens::operations::erase_citizen::{
    EraseCitizen, EraseCitizenReason, EraseCitizenRefusalCode, erase_citizen,
};
use crate::citizens::operations::export_citizen_data::{ExportCitizenDataRefused, export_citizen_data};
use crate::citizens::operations::request_phone_code::{RequestPhoneCodeRefused, request_phone_code};
use crate::citizens::operations::sign_in_citizen::{self, SignInCitizenRefused, sign_in_citizen};
use crate::citizens::operations::unblock_citizen::{
    UnblockCitizen, UnblockCitizenReason, UnblockCitizenRefusalCode, unblock_citizen,
};
use crate::citizens::operations::withdraw_consent::{WithdrawConsentRefused, withdraw_consent};
use crate::citizens::rows::consent;
use crate::citizens::rules::codes::PhoneCodePurpose;
use crate::schema::mutation::result;
use crate::source::Source;

/// What is typed at sign-in with a telephone number (手机号登录信息).
#[derive(InputObject)]
pub(super) struct SignInCitizenInput {
    /// The number (手机号).
    pub phone: String,
    /// The code that came to it (验证码).
    pub code: String,
    /// The version of the privacy notice that was shown (已出示的告知书版本).
    pub notice_version: String,
    /// The last four characters of the identity card, where they are asked for (身份证号码后四位).
    pub id_tail: Option<String>,
    /// The entry that a counter made with this number is somebody else's (不是我的登记).
    pub not_mine: Option<bool>,
}

/// What is typed to change one's number (更换手机号信息).
#[derive(InputObject)]
pub(super) struct ChangePhoneInput {
    /// The code that came to the present number (现号码收到的验证码).
    pub code: String,
    /// The new number (新手机号).
    pub new_phone: String,
    /// The code that came to the new number (新号码收到的验证码).
    pub new_code: String,
}

/// A code is on its way (验证码已发送). It says nothing about who has the number.
#[derive(SimpleObject)]
pub(super) struct PhoneCodeSent {
    /// Until when it is good (有效期至).
    pub good_until: DateTime<FixedOffset>,
}

/// Signed in as a citizen (个人用户登录成功).
#[derive(SimpleObject)]
pub(super) struct CitizenSignedIn {
    /// The token, given once; `Authorization: Bearer …` (令牌).
    pub token: String,
    /// Who it is (当前个人用户).
    pub viewer: CitizenViewer,
}

/// Erased (个人用户信息已删除).
#[derive(SimpleObject)]
pub(super) struct CitizenErased {
    /// Whose entry it was (个人用户标识).
    pub id: ID,
}

result! {
    /// How asking for a code ended (获取验证码结果).
    RequestPhoneCodeResult = PhoneCodeSent | RequestPhoneCodeRefused
}
result! {
    /// How signing in as a citizen ended (个人用户登录结果).
    SignInCitizenResult = CitizenSignedIn | SignInCitizenRefused
}
result! {
    /// How changing the number ended (更换手机号结果).
    ChangePhoneResult = Citizen | ChangePhoneRefused
}
result! {
    /// How withdrawing a consent ended (撤回同意结果).
    WithdrawConsentResult = Consent | WithdrawConsentRefused
}
result! {
    /// How blocking a citizen ended (停用个人用户结果).
    BlockCitizenResult = Citizen | BlockCitizenRefused
}
result! {
    /// How lifting the block of a citizen ended (恢复个人用户结果).
    UnblockCitizenResult = Citizen | UnblockCitizenRefused
}
result! {
    /// How handing out a citizen's data ended (导出个人用户信息结果).
    ExportCitizenDataResult = ExportedFile | ExportCitizenDataRefused
}
result! {
    /// How erasing a citizen ended (删除个人用户信息结果).
    EraseCitizenResult = CitizenErased | EraseCitizenRefused
}

kernel::with_current! {
    /// Why the number stays as it is (不予更换手机号).
    ChangePhoneRefused(Citizen) = ChangePhone: ChangePhoneReason, ChangePhoneRefusalCode;
    /// Why the citizen was not blocked (不予停用个人用户).
    BlockCitizenRefused(Citizen) = BlockCitizen: BlockCitizenReason, BlockCitizenRefusalCode;
    /// Why the block was not lifted (不予恢复个人用户).
    UnblockCitizenRefused(Citizen) = UnblockCitizen: UnblockCitizenReason, UnblockCitizenRefusalCode;
    /// Why nothing was erased (不予删除个人用户信息).
    EraseCitizenRefused(Citizen) = EraseCitizen: EraseCitizenReason, EraseCitizenRefusalCode;
}

async fn of_id(ctx: &Ctx, id: &ID) -> Result<Citizen, Fault> {
    types::citizen(ctx, ctx.parse_id("Citizen", id)?).await
}

/// What citizens do, and what is done about them.
#[derive(Default)]
pub(crate) struct CitizensMutation;

#[Object]
impl CitizensMutation {
    /// Sends a code of six digits to a mobile number (获取短信验证码): good for five minutes, five tries and one use. The answer is
    /// the same whether the number is known or not.
    async fn request_phone_code(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The number (手机号)")] phone: String,
        #[graphql(desc = "What the code is good for (用途)")] purpose: PhoneCodePurpose,
    ) -> Answer<RequestPhoneCodeResult> {
        let ctx = gql::ctx(gql);
        let source = gql.data_opt::<Source>().cloned().unwrap_or_default();
        let done = request_phone_code(ctx, &phone, purpose, &source).await;
        let done = done.map(|sent| PhoneCodeSent { good_until: gql::moment(sent.good_until) });
        RequestPhoneCodeResult::of(ctx, done, RequestPhoneCodeRefused::from_refusal)
    }

    /// Signs in with a mobile number and the code that came to it (个人用户登录). The first time makes the entry; show the privacy
    /// notice before.
    async fn sign_in_citizen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Number, code and notice (登录信息)")] input: SignInCitizenInput,
    ) -> Answer<SignInCitizenResult> {
        let ctx = gql::ctx(gql);
        let source = gql.data_opt::<Source>().cloned().unwrap_or_default();
        let input = sign_in_citizen::SignInCitizenInput {
            phone: input.phone,
            code: input.code,
            notice_version: input.notice_version,
            id_tail: input.id_tail,
            not_mine: input.not_mine.unwrap_or_default(),
        };
        let done = async {
            let signed_in = sign_in_citizen(ctx, input, &source).await?;
            let viewer = viewer(&ctx.as_actor(signed_in.actor)).await?;
            Ok(CitizenSignedIn { token: signed_in.token, viewer })
        };
        SignInCitizenResult::of(ctx, done.await, SignInCitizenRefused::from_refusal)
    }

    /// Changes one's own number, with a code to the present one and one to the new one (更换手机号). The other sessions end.
    async fn change_phone(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Both codes and the new number (更换信息)")] input: ChangePhoneInput,
    ) -> Answer<ChangePhoneResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let input = change_phone::ChangePhoneInput {
                code: input.code,
                new_phone: input.new_phone,
                new_code: input.new_code,
            };
            Ok(types::citizen(ctx, change_phone(ctx, version, input).await?.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { types::citizen(ctx, ctx.citizen()?.id).await }).await;
        ChangePhoneResult::of(ctx, done, |refusal, lang| ChangePhoneRefused::of(refusal, lang, current))
    }

    /// Withdraws a consent (撤回同意): what rested on it goes. One's own, or at the counter for whoever asks for it.
    async fn withdraw_consent(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The consent (同意记录标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<WithdrawConsentResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let outcome = withdraw_consent(ctx, ctx.parse_id("Consent", &id)?, once).await?;
            let row = consent::Entity::find_by_id(outcome.id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
            Ok(Consent::of(ctx, &row))
        };
        WithdrawConsentResult::of(ctx, done.await, WithdrawConsentRefused::from_refusal)
    }

    /// Blocks a citizen (停用个人用户): its sessions end and it cannot sign in. Also the first of two steps of erasing somebody who
    /// asks for it at a counter.
    async fn block_citizen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The citizen (个人用户标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why, in 4 to 200 characters (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<BlockCitizenResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let outcome = block_citizen(ctx, ctx.parse_id("Citizen", &id)?, version, &reason, once).await?;
            Ok(types::citizen(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, of_id(ctx, &id)).await;
        BlockCitizenResult::of(ctx, done, |refusal, lang| BlockCitizenRefused::of(refusal, lang, current))
    }

    /// Lifts the block of a citizen (恢复个人用户).
    async fn unblock_citizen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The citizen (个人用户标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<UnblockCitizenResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async {
            let outcome = unblock_citizen(ctx, ctx.parse_id("Citizen", &id)?, version, once).await?;
            Ok(types::citizen(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, of_id(ctx, &id)).await;
        UnblockCitizenResult::of(ctx, done, |refusal, lang| UnblockCitizenRefused::of(refusal, lang, current))
    }

    /// Hands out what is held about a citizen, as a JSON document (导出个人用户信息): one's own with a code, another's to the security
    /// administrator for a reason that the audit keeps.
    async fn export_citizen_data(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The citizen (个人用户标识)")] id: ID,
        #[graphql(desc = "The code that came to one's own telephone (验证码)")] code: Option<String>,
        #[graphql(desc = "Why, in 4 to 200 characters; for one's own it may be left out (原因)")] reason: Option<
            String,
        >,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportCitizenDataResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, &reason));
        let done = async {
            let citizen = ctx.parse_id("Citizen", &id)?;
            let reason = reason.as_deref().unwrap_or_default();
            let outcome = export_citizen_data(ctx, citizen, code.as_deref(), reason, once).await?;
            Ok(blob::download_link(ctx, outcome.id).await?.into())
        };
        ExportCitizenDataResult::of(ctx, done.await, ExportCitizenDataRefused::from_refusal)
    }

    /// Erases what is held about a citizen, for good (删除个人用户信息): one's own with a code, another's by the security administrator
    /// once an officer of the bureau blocked it.
    async fn erase_citizen(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The citizen (个人用户标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The code that came to one's own telephone (验证码)")] code: Option<String>,
        #[graphql(desc = "Why, in 4 to 200 characters; for one's own it may be left out (原因)")] reason: Option<
            String,
        >,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<EraseCitizenResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let citizen = ctx.parse_id("Citizen", &id)?;
            let reason = reason.as_deref().unwrap_or_default();
            let outcome = erase_citizen(ctx, citizen, version, code.as_deref(), reason, once).await?;
            Ok(CitizenErased { id: ctx.gid("Citizen", outcome.id) })
        };
        let done = done.await;
        let current = gql::current(&done, of_id(ctx, &id)).await;
        EraseCitizenResult::of(ctx, done, |refusal, lang| EraseCitizenRefused::of(refusal, lang, current))
    }
}
