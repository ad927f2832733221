//! What is held about a person: handed out, erased.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Once, blob};

use super::result;
use crate::operations::erase_personal_data::{
    ErasePersonalData, ErasePersonalDataReason, ErasePersonalDataRefusalCode, erase_personal_data,
};
use crate::operations::export_personal_data::{ExportPersonalDataRefused, export_personal_data};
use crate::schema::types::Account;
use crate::views;

result! {
    /// How handing out personal data ended (导出个人信息结果).
    ExportPersonalDataResult = ExportedFile | ExportPersonalDataRefused
}
result! {
    /// How erasing personal data ended (删除个人信息结果).
    ErasePersonalDataResult = Account | ErasePersonalDataRefused
}

/// What is done with what is held about a person.
#[derive(Default)]
pub(super) struct PersonalMutation;

kernel::with_current! {
    /// Why nothing was erased (不予删除个人信息).
    ErasePersonalDataRefused(Account) = ErasePersonalData: ErasePersonalDataReason, ErasePersonalDataRefusalCode;
}

#[Object]
impl PersonalMutation {
    /// Hands out what every chapter and plugin holds about a person, as a JSON document (导出个人信息): one's own to
    /// everybody, another's to the security administrator for a reason that the audit keeps.
    async fn export_personal_data(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] account: ID,
        #[graphql(desc = "Why, in 4 to 200 characters; for one's own it may be left out (原因)")] reason: Option<
            String,
        >,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportPersonalDataResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&account, &reason));
        let done = async {
            let account = ctx.parse_id("Account", &account)?;
            let outcome = export_personal_data(ctx, account, reason.as_deref().unwrap_or_default(), once).await?;
            Ok(blob::download_link(ctx, outcome.id).await?.into())
        };
        ExportPersonalDataResult::of(ctx, done.await, ExportPersonalDataRefused::from_refusal)
    }

    /// Erases what is held about a person whose account is disabled (删除个人信息): for good. The user name stays,
    /// because the audit names it.
    async fn erase_personal_data(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The account (账号标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Why, in 4 to 200 characters (原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ErasePersonalDataResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &reason));
        let done = async {
            let outcome = erase_personal_data(ctx, ctx.parse_id("Account", &id)?, version, &reason, once).await?;
            Ok(views::account(ctx, outcome.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { views::account(ctx, ctx.parse_id("Account", &id)?).await }).await;
        ErasePersonalDataResult::of(ctx, done, |refusal, lang| ErasePersonalDataRefused::of(refusal, lang, current))
    }
}
