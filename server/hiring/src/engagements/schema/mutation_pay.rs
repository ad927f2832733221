//! The mutations of pay (工资变更): the wage sheet, and what the worker says.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Ctx, Fault, Once};

use super::answers::{file, id_of};
use super::engagement::Engagement;
use super::wages::WageSheet;
use crate::engagements::forms::WageLineInput;
use crate::engagements::operations::confirm_pay::{ConfirmPay, ConfirmPayReason, ConfirmPayRefusalCode, confirm_pay};
use crate::engagements::operations::open_wage_proof::{OpenWageProofRefused, open_wage_proof};
use crate::engagements::operations::record_pay::{
    RecordPayAnswer, RecordPayAnswerReason, RecordPayAnswerRefusalCode, record_pay_answer,
};
use crate::engagements::operations::save_wage_sheet::{
    SaveWageSheet, SaveWageSheetReason, SaveWageSheetRefusalCode, Which, save_wage_sheet,
};
use crate::engagements::queries::sheets;

results! {
    /// Confirming a payment (确认收款结果).
    ConfirmPayResult = Engagement | ConfirmPayRefused;
    /// Recording what the worker says (窗口登记收款结果).
    RecordPayAnswerResult = Engagement | RecordPayAnswerRefused;
    /// Opening the proof of a payment (查看凭证结果).
    OpenWageProofResult = ExportedFile | OpenWageProofRefused;
    /// Saving a wage sheet (登记工资台账结果).
    SaveWageSheetResult = WageSheet | SaveWageSheetRefused;
}

kernel::with_current! {
    /// Why a payment was not confirmed (不予确认收款).
    ConfirmPayRefused(Engagement) = ConfirmPay: ConfirmPayReason, ConfirmPayRefusalCode;
    /// Why an answer was not recorded (不予登记收款确认).
    RecordPayAnswerRefused(Engagement) = RecordPayAnswer: RecordPayAnswerReason, RecordPayAnswerRefusalCode;
    /// Why a wage sheet was not saved (不予登记工资支付台账).
    SaveWageSheetRefused(WageSheet) = SaveWageSheet: SaveWageSheetReason, SaveWageSheetRefusalCode;
}

/// The mutations of pay.
#[derive(Clone, Copy, Debug, Default)]
pub struct PayMutation;

/// The mutations of pay.
#[Object]
impl PayMutation {
    /// Saves a wage sheet of a posting, new or seen before: kept three years; each worker sees its own line (登记工资支付台账).
    async fn save_wage_sheet(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The posting (招聘信息)")] posting_id: ID,
        #[graphql(desc = "The sheet that is changed; none for a new one (工资表)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "All of its lines, up to a hundred (明细)")] lines: Vec<WageLineInput>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveWageSheetResult> {
        let ctx = gql::ctx(gql);
        let named = (posting_id.as_str(), id.as_ref().map(|id| id.as_str()), version, &lines);
        let once = Once::from(idempotency_key, &named);
        let done = async {
            let posting = ctx.parse_id("Posting", &posting_id)?;
            let sheet = id.as_ref().map(|id| ctx.parse_id("WageSheet", id)).transpose()?;
            let read = lines.iter().map(|line| line.read(ctx)).collect::<Result<_, Fault>>()?;
            let saved = save_wage_sheet(ctx, posting, Which { id: sheet, version }, read, once).await?;
            Ok(WageSheet::of(ctx, sheets::one(ctx, saved.id).await?))
        };
        let done = done.await;
        let current = gql::current(&done, newest(ctx, id.as_ref())).await;
        gql::answer(ctx, done, SaveWageSheetResult::Done, |r| {
            SaveWageSheetResult::Refused(SaveWageSheetRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Opens the proof of a payment: whoever acts for the hiring party, and the staff for a reason that the audit keeps
    /// (查看工资支付凭证).
    async fn open_wage_proof(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The engagement that was paid (用工对接)")] id: ID,
        #[graphql(desc = "Why, in 4 to 200 characters; asked of staff (原因)")] reason: Option<String>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<OpenWageProofResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), &reason));
        let done = async { open_wage_proof(ctx, id_of(ctx, &id)?, reason, once).await };
        gql::answer(ctx, file(ctx, done.await).await, OpenWageProofResult::Done, |r| {
            OpenWageProofResult::Refused(OpenWageProofRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Says what was paid: the worker, for itself; nothing is an answer too (确认收款).
    async fn confirm_pay(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What was paid, fen (实收，分)")] paid_fen: i64,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ConfirmPayResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, paid_fen),
            |ctx, one, once| confirm_pay(ctx, one, version, paid_fen, once),
            ConfirmPayResult,
            ConfirmPayRefused
        )
    }

    /// Records at the counter what the worker says was paid (窗口登记收款确认).
    async fn record_pay_answer(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Id (标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What was paid, fen (实收，分)")] paid_fen: i64,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordPayAnswerResult> {
        step!(
            gql,
            id,
            idempotency_key,
            (id.as_str(), version, paid_fen),
            |ctx, one, once| record_pay_answer(ctx, one, version, paid_fen, once),
            RecordPayAnswerResult,
            RecordPayAnswerRefused
        )
    }
}

/// The newest state of a sheet.
async fn newest(ctx: &Ctx, id: Option<&ID>) -> Result<WageSheet, Fault> {
    let id = ctx.parse_id("WageSheet", id.ok_or(Fault::NotFound)?)?;
    Ok(WageSheet::of(ctx, sheets::one(ctx, id).await?))
}
