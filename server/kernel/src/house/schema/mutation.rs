//! Mutations of the house.

use async_graphql::{Context, ID, Object, Union};

use super::personal::{PersonalValue, RevealPersonalValueInput};
use super::{
    AuditStatus, CreateUploadInput, DisablePluginInput, EnablePluginInput, Job, MailMessage, Plugin, SmsMessage,
    Upload, UploadTicket,
};
use crate::blob::{self, CompleteUploadRefused, CreateUploadRefused};
use crate::fault::Stop;
use crate::gql::{self, Answer};
use crate::house::operations::cancel_job::{CancelJobRefused, cancel_job};
use crate::house::operations::resend_sms::{ResendSmsRefused, resend_sms};
use crate::house::operations::retry_mail::{RetryMailRefused, retry_mail};
use crate::house::operations::reveal_personal_value::{RevealPersonalValueRefused, reveal_personal_value};
use crate::house::operations::verify_audit::{VerifyAuditRefused, verify_audit};
use crate::house::queries::{audit, jobs, letters, texts};
use crate::plugins::{
    DisablePluginRefused, EnablePlugin, EnablePluginRefused, PurgePluginRefused, disable_plugin, enable_plugin,
    purge_plugin,
};
use crate::transact::Once;

macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $done:ident | $refused:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Union)]
        pub enum $name {
            /// Done.
            Done($done),
            /// Refused.
            Refused($refused),
        })*
    };
}

results! {
    /// What became of a verification (校验结果).
    VerifyAuditResult = AuditStatus | VerifyAuditRefused;
    /// What became of a cancellation (取消结果).
    CancelJobResult = Job | CancelJobRefused;
    /// What became of sending again (重发结果).
    RetryMailResult = MailMessage | RetryMailRefused;
    /// What became of sending a text message again (短信重发结果).
    ResendSmsResult = SmsMessage | ResendSmsRefused;
    /// What became of asking for a personal value (查看个人信息结果).
    RevealPersonalValueResult = PersonalValue | RevealPersonalValueRefused;
    /// What became of announcing a file (申请上传结果).
    CreateUploadResult = UploadTicket | CreateUploadRefused;
    /// What became of taking a file over (确认上传结果).
    CompleteUploadResult = Upload | CompleteUploadRefused;
    /// What became of switching a plugin on (启用插件结果).
    EnablePluginResult = Plugin | EnablePluginRefused;
    /// What became of switching a plugin off (停用插件结果).
    DisablePluginResult = Plugin | DisablePluginRefused;
    /// What became of throwing a plugin's data away (清除插件数据结果).
    PurgePluginResult = Plugin | PurgePluginRefused;
}

/// Mutations of the house.
#[derive(Debug, Default)]
pub struct HouseMutation;

#[Object]
impl HouseMutation {
    /// Walks the chain of the audit and holds it against its signed checkpoints (校验审计日志).
    async fn verify_audit(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<VerifyAuditResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &());
        let done = async {
            verify_audit(ctx, once).await?;
            Ok(audit::status(ctx).await?)
        };
        gql::answer(
            ctx,
            done.await,
            |status| VerifyAuditResult::Done(status.into()),
            |r| VerifyAuditResult::Refused(VerifyAuditRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Cancels a job (取消作业).
    async fn cancel_job(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The job (作业标识)")] id: ID,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CancelJobResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let id = ctx.parse_id("Job", &id)?;
            cancel_job(ctx, id, once).await?;
            Ok(jobs::job(ctx, id).await?)
        };
        gql::answer(
            ctx,
            done.await,
            |row| CancelJobResult::Done(Job::new(ctx, &row)),
            |r| CancelJobResult::Refused(CancelJobRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Sends a letter again that was given up (重发邮件).
    async fn retry_mail(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The letter (邮件标识)")] id: ID,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RetryMailResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let id = ctx.parse_id("MailMessage", &id)?;
            retry_mail(ctx, id, once).await?;
            Ok(letters::letter(ctx, id).await?)
        };
        gql::answer(
            ctx,
            done.await,
            |shown| RetryMailResult::Done(MailMessage::new(ctx, shown)),
            |r| RetryMailResult::Refused(RetryMailRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Sends a text message again that failed (重发短信).
    async fn resend_sms(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The text message (短信标识)")] id: ID,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ResendSmsResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let id = ctx.parse_id("SmsMessage", &id)?;
            resend_sms(ctx, id, once).await?;
            Ok(texts::text(ctx, id).await?)
        };
        gql::answer(
            ctx,
            done.await,
            |shown| ResendSmsResult::Done(SmsMessage::new(ctx, shown)),
            |r| ResendSmsResult::Refused(ResendSmsRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Shows a personal value that answers mask, for a reason that the audit keeps (查看个人信息). No key repeats it: the
    /// value is kept nowhere, and who looks again gives a reason again.
    async fn reveal_personal_value(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Which value, and why (查看内容和原因)")] input: RevealPersonalValueInput,
    ) -> Answer<RevealPersonalValueResult> {
        let ctx = gql::ctx(gql);
        let (id, field) = (input.id, input.field);
        gql::answer(
            ctx,
            reveal_personal_value(ctx, &id, field, &input.reason).await,
            |value| RevealPersonalValueResult::Done(PersonalValue::new(field, &value)),
            |r| RevealPersonalValueResult::Refused(RevealPersonalValueRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Announces a file, whose bytes are then PUT to the address that comes back (申请上传).
    async fn create_upload(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The file (文件)")] input: CreateUploadInput,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CreateUploadResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(input.purpose.purpose().name, &input.file_name, input.size));
        let done = blob::create_upload(ctx, input.purpose.purpose(), &input.file_name, input.size, once).await;
        gql::answer(
            ctx,
            done,
            |ticket| CreateUploadResult::Done(UploadTicket::new(ctx, ticket)),
            |r| CreateUploadResult::Refused(CreateUploadRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Takes over a file whose bytes have all been sent (确认上传).
    async fn complete_upload(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The upload (上传标识)")] id: ID,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CompleteUploadResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async { blob::complete(ctx, ctx.parse_id("Upload", &id)?, once).await };
        gql::answer(
            ctx,
            done.await,
            |row| CompleteUploadResult::Done(Upload::new(ctx, row)),
            |r| CompleteUploadResult::Refused(CompleteUploadRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Switches a plugin on in the city or at a market, or sets it there (启用插件).
    async fn enable_plugin(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The plugin (插件)")] input: EnablePluginInput,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<EnablePluginResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&input.name, &input.market_id, &input.config));
        let done = async {
            let market = input.market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?;
            let config = input.config.map(|text| serde_json::from_str(&text)).transpose();
            let config = config.map_err(|e| Stop::Refused(EnablePlugin::BadConfig { detail: e.to_string() }))?;
            enable_plugin(ctx, &input.name, market, config, once).await?;
            Ok(Plugin::of(ctx, &input.name, market).await?)
        };
        gql::answer(ctx, done.await, EnablePluginResult::Done, |r| {
            EnablePluginResult::Refused(EnablePluginRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Switches a plugin off in the city or at a market; its data stay (停用插件).
    async fn disable_plugin(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The plugin (插件)")] input: DisablePluginInput,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DisablePluginResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&input.name, &input.market_id, &input.reason));
        let done = async {
            let market = input.market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?;
            disable_plugin(ctx, &input.name, market, &input.reason, once).await?;
            Ok(Plugin::of(ctx, &input.name, market).await?)
        };
        gql::answer(ctx, done.await, DisablePluginResult::Done, |r| {
            DisablePluginResult::Refused(DisablePluginRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Throws away the data of a plugin that is off (清除插件数据).
    async fn purge_plugin(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The plugin's name (插件名称)")] name: String,
        #[graphql(desc = "Repeated with the same key, it is done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<PurgePluginResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &name);
        let done = async {
            purge_plugin(ctx, &name, once).await?;
            Ok(Plugin::of(ctx, &name, None).await?)
        };
        gql::answer(ctx, done.await, PurgePluginResult::Done, |r| {
            PurgePluginResult::Refused(PurgePluginRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
