//! The rest of the mutations (其他变更): messages, contact, agreement, slips, one's own record, points, the city's rules.

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Once, Pii};

use super::answers::{EngagementContact, HireRules, again, file, id_of};
use super::engagement::Engagement;
use super::points::ConductPoint;
use crate::engagements::appeal::SUBJECT;
use crate::engagements::forms::HireRulesInput;
use crate::engagements::kinds::RecordFormat;
use crate::engagements::operations::accept_agreement::{AcceptAgreementRefused, accept_agreement};
use crate::engagements::operations::appeal_point::{AppealPointRefused, appeal_point};
use crate::engagements::operations::arrive_by_code::{ArriveByCodeRefused, arrive_by_code};
use crate::engagements::operations::delete_record::{DeleteMyRecordRefused, delete_my_record};
use crate::engagements::operations::export_record::{ExportMyRecordRefused, export_my_record};
use crate::engagements::operations::export_slip::{ExportWorkSlipRefused, export_work_slip};
use crate::engagements::operations::open_contact::{OpenContactRefused, open_contact};
use crate::engagements::operations::read_messages::{ReadMessagesRefused, read_messages};
use crate::engagements::operations::send_message::{SendMessageRefused, send_message};
use crate::engagements::operations::set_rules::{
    SetHireRules, SetHireRulesReason, SetHireRulesRefusalCode, set_hire_rules,
};
use crate::engagements::store::hire_rules;
use crate::kinds::Side;

/// A record that was let go of (已删除的履历).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct DeletedRecord {
    /// How many engagements were let go (删除条数).
    gone: i32,
}

results! {
    /// Passing a message on (转达结果).
    SendMessageResult = Engagement | SendMessageRefused;
    /// Marking messages as read (标记已读结果).
    ReadMessagesResult = Engagement | ReadMessagesRefused;
    /// Hearing how to reach the other side (查看联系方式结果).
    OpenContactResult = EngagementContact | OpenContactRefused;
    /// Accepting the written agreement (确认协议结果).
    AcceptAgreementResult = Engagement | AcceptAgreementRefused;
    /// Arriving by code (扫码到岗结果).
    ArriveByCodeResult = Engagement | ArriveByCodeRefused;
    /// Exporting a slip (导出用工单结果).
    ExportWorkSlipResult = ExportedFile | ExportWorkSlipRefused;
    /// Exporting one's record (导出履历结果).
    ExportMyRecordResult = ExportedFile | ExportMyRecordRefused;
    /// Deleting one's record (删除履历结果).
    DeleteMyRecordResult = DeletedRecord | DeleteMyRecordRefused;
    /// Appealing against points (申诉结果).
    AppealPointResult = ConductPoint | AppealPointRefused;
    /// Setting the rules (设置规则结果).
    SetHireRulesResult = HireRules | SetHireRulesRefused;
}

kernel::with_current! {
    /// Why the rules were not set (不予设置).
    SetHireRulesRefused(HireRules) = SetHireRules: SetHireRulesReason, SetHireRulesRefusalCode;
}

/// The rest of the mutations.
#[derive(Clone, Copy, Debug, Default)]
pub struct TalkMutation;

/// The rest of the mutations.
#[Object]
impl TalkMutation {
    /// Passes a message on to the other side; before the confirmation without a way to reach anybody (转达消息).
    async fn send_message(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
        #[graphql(desc = "The message, up to 500 characters (消息)")] text: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SendMessageResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), &text));
        let done = async {
            let one = id_of(ctx, &id)?;
            send_message(ctx, one, text, once).await?;
            Ok(Engagement::at(ctx, one).await?)
        };
        gql::answer(ctx, done.await, SendMessageResult::Done, |r| {
            SendMessageResult::Refused(SendMessageRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Marks what the other side wrote as read (标记消息已读).
    async fn read_messages(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ReadMessagesResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id.as_str());
        let done = async { read_messages(ctx, id_of(ctx, &id)?, once).await };
        gql::answer(ctx, again(ctx, done.await).await, ReadMessagesResult::Done, |r| {
            ReadMessagesResult::Refused(ReadMessagesRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Hears name and number of the other side of a place that was confirmed, until a week after the shift; the audit knows who
    /// did (查看对方联系方式).
    async fn open_contact(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
    ) -> Answer<OpenContactResult> {
        let ctx = gql::ctx(gql);
        let done = async { open_contact(ctx, id_of(ctx, &id)?).await };
        gql::answer(
            ctx,
            done.await,
            |contact| OpenContactResult::Done(contact.into()),
            |r| OpenContactResult::Refused(OpenContactRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Accepts the written agreement on over-age work; both sides do, before the worker arrives (确认超龄用工协议).
    async fn accept_agreement(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
        #[graphql(desc = "For which side, where the staff writes it down (代哪一方)")] behalf: Option<Side>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AcceptAgreementResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), behalf));
        let done = async { accept_agreement(ctx, id_of(ctx, &id)?, behalf, once).await };
        gql::answer(ctx, again(ctx, done.await).await, AcceptAgreementResult::Done, |r| {
            AcceptAgreementResult::Refused(AcceptAgreementRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Records one's own arrival by the code on the hiring party's screen (扫码到岗).
    async fn arrive_by_code(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
        #[graphql(desc = "The four digits of this minute (到岗码)")] code: String,
    ) -> Answer<ArriveByCodeResult> {
        let ctx = gql::ctx(gql);
        let done = async { arrive_by_code(ctx, id_of(ctx, &id)?, code).await };
        gql::answer(ctx, again(ctx, done.await).await, ArriveByCodeResult::Done, |r| {
            ArriveByCodeResult::Refused(ArriveByCodeRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Exports a work slip to be printed (导出用工单).
    async fn export_work_slip(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement (用工对接)")] id: ID,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportWorkSlipResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id.as_str());
        let done = async { export_work_slip(ctx, id_of(ctx, &id)?, once).await };
        gql::answer(ctx, file(ctx, done.await).await, ExportWorkSlipResult::Done, |r| {
            ExportWorkSlipResult::Refused(ExportWorkSlipRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Exports one's own work record, signed by the city (导出零工履历).
    async fn export_my_record(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "In which form (格式)")] format: RecordFormat,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportMyRecordResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &format);
        let done = export_my_record(ctx, format, once).await;
        gql::answer(ctx, file(ctx, done).await, ExportMyRecordResult::Done, |r| {
            ExportMyRecordResult::Refused(ExportMyRecordRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Deletes one's own work record: what is over is nobody's from here on; wage sheets stay three years, work under a written
    /// agreement on over-age work two (删除零工履历).
    async fn delete_my_record(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<DeleteMyRecordResult> {
        let ctx = gql::ctx(gql);
        let done = delete_my_record(ctx, Once::from(idempotency_key, &())).await;
        gql::answer(
            ctx,
            done,
            |outcome| DeleteMyRecordResult::Done(DeletedRecord { gone: outcome.version }),
            |r| DeleteMyRecordResult::Refused(DeleteMyRecordRefused::from_refusal(&r, ctx.lang())),
        )
    }

    /// Appeals against points: a case of the bureau's, with an owner and a last day (记分申诉).
    async fn appeal_point(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The points (记分)")] id: ID,
        #[graphql(desc = "Why (理由)")] reason: String,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AppealPointResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), &reason));
        let done = async {
            let point = ctx.parse_id(SUBJECT, &id)?;
            appeal_point(ctx, point, Pii::new(reason), once).await?;
            Ok(ConductPoint::at(ctx, point).await?)
        };
        gql::answer(ctx, done.await, AppealPointResult::Done, |r| {
            AppealPointResult::Refused(AppealPointRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Sets the city's rules of the hire (设置用工规则).
    async fn set_hire_rules(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The version they were read at; 0 at first (版本)")] version: i32,
        #[graphql(desc = "The rules as they shall be (规则)")] input: HireRulesInput,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetHireRulesResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(version, &input));
        let read = async || Ok(HireRules::from(hire_rules::read(&ctx.scope()).await?));
        let done = async {
            set_hire_rules(ctx, version, input, once).await?;
            Ok(read().await?)
        };
        let done = done.await;
        let current = gql::current(&done, read()).await;
        gql::answer(ctx, done, SetHireRulesResult::Done, |r| {
            SetHireRulesResult::Refused(SetHireRulesRefused::of(&r, ctx.lang(), current))
        })
    }
}
