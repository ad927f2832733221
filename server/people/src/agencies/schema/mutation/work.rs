//! What an agency does and what is found there (机构业务): inspections, ledger, fees.

use async_graphql::{Context, ID, Object};
use kernel::Once;
use kernel::gql::{self, Answer, Date, ExportedFile};

use super::super::work::{AgencyInspection, FeeReceipt, LedgerEntry};
use super::{again, newest};
use crate::agencies::forms::{AgencyInspectionInput, FeeReceiptInput, InspectionFollowUpInput, LedgerEntryInput};
use crate::agencies::operations::add_ledger_entry::{AddLedgerEntryRefused, add_ledger_entry};
use crate::agencies::operations::export_ledger::{ExportServiceLedgerRefused, export_ledger};
use crate::agencies::operations::follow_up_inspection::{
    RecordInspectionFollowUp, RecordInspectionFollowUpReason, RecordInspectionFollowUpRefusalCode, follow_up_inspection,
};
use crate::agencies::operations::mark_refund_due::{
    MarkRefundDue, MarkRefundDueReason, MarkRefundDueRefusalCode, mark_refund_due,
};
use crate::agencies::operations::mark_refunded::{
    MarkRefunded, MarkRefundedReason, MarkRefundedRefusalCode, mark_refunded,
};
use crate::agencies::operations::record_fee_receipt::{RecordFeeReceiptRefused, record_fee_receipt};
use crate::agencies::operations::record_inspection::{RecordInspectionRefused, record_inspection};
use crate::agencies::queries::lists::LedgerFilter;
use crate::schema::mutation::result;

result! {
    /// How recording an inspection ended (记录结果).
    RecordInspectionResult = AgencyInspection | RecordInspectionRefused
}
result! {
    /// How recording a follow-up ended (复查记录结果).
    RecordInspectionFollowUpResult = AgencyInspection | RecordInspectionFollowUpRefused
}
result! {
    /// How adding to the ledger ended (登记结果).
    AddLedgerEntryResult = LedgerEntry | AddLedgerEntryRefused
}
result! {
    /// How exporting the ledger ended (导出结果).
    ExportServiceLedgerResult = ExportedFile | ExportServiceLedgerRefused
}
result! {
    /// How recording a receipt ended (登记结果).
    RecordFeeReceiptResult = FeeReceipt | RecordFeeReceiptRefused
}
result! {
    /// How marking a fee as due ended (标记结果).
    MarkRefundDueResult = FeeReceipt | MarkRefundDueRefused
}
result! {
    /// How marking a fee as paid back ended (退费登记结果).
    MarkRefundedResult = FeeReceipt | MarkRefundedRefused
}

kernel::with_current! {
    /// Why a follow-up was not recorded (不予记录复查).
    RecordInspectionFollowUpRefused(AgencyInspection) =
        RecordInspectionFollowUp: RecordInspectionFollowUpReason, RecordInspectionFollowUpRefusalCode;
    /// Why a fee was not marked as due (不予标记应退费).
    MarkRefundDueRefused(FeeReceipt) = MarkRefundDue: MarkRefundDueReason, MarkRefundDueRefusalCode;
    /// Why a fee was not marked as paid back (不予登记退费).
    MarkRefundedRefused(FeeReceipt) = MarkRefunded: MarkRefundedReason, MarkRefundedRefusalCode;
}

/// What an agency does and what is found there.
#[derive(Default)]
pub struct WorkMutation;

#[Object]
impl WorkMutation {
    /// Records an inspection of an agency, made by two at least (记录监督检查).
    async fn record_inspection(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "The inspection (监督检查)")] input: AgencyInspectionInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordInspectionResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &input));
        let done = async {
            let named = input.inspector_accounts.iter().flatten();
            let accounts = named.map(|id| ctx.parse_id("Account", id)).collect::<Result<_, _>>()?;
            record_inspection(ctx, ctx.parse_id("Agency", &agency_id)?, input, accounts, once).await
        };
        let done = again(ctx, done.await).await;
        RecordInspectionResult::of(ctx, done, RecordInspectionRefused::from_refusal)
    }

    /// Records how an inspection was followed up (记录复查).
    async fn record_inspection_follow_up(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The inspection (监督检查)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "How it was followed up (复查)")] input: InspectionFollowUpInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordInspectionFollowUpResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &input));
        let done =
            async { follow_up_inspection(ctx, ctx.parse_id("AgencyInspection", &id)?, version, input, once).await };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, Some(&id), &done).await;
        RecordInspectionFollowUpResult::of(ctx, done, |refusal, lang| {
            RecordInspectionFollowUpRefused::of(refusal, lang, current)
        })
    }

    /// Adds an entry to the service ledger of an agency (登记服务台账).
    async fn add_ledger_entry(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "The entry (台账记录)")] input: LedgerEntryInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AddLedgerEntryResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &input));
        let done = async { add_ledger_entry(ctx, ctx.parse_id("Agency", &agency_id)?, input, once).await };
        let done = again(ctx, done.await).await;
        AddLedgerEntryResult::of(ctx, done, AddLedgerEntryRefused::from_refusal)
    }

    /// Exports the service ledger of an agency as a workbook, hiring parties by name (导出服务台账).
    async fn export_service_ledger(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "Which entries (筛选)")] filter: Option<LedgerFilter>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportServiceLedgerResult> {
        let (ctx, filter) = (gql::ctx(gql), filter.unwrap_or_default());
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &filter));
        let done = async {
            let file = export_ledger(ctx, ctx.parse_id("Agency", &agency_id)?, filter, once).await?;
            Ok(ExportedFile::from(kernel::blob::download_link(ctx, file.id).await?))
        };
        ExportServiceLedgerResult::of(ctx, done.await, ExportServiceLedgerRefused::from_refusal)
    }

    /// Records a receipt for a fee, by the price list that held on its day (登记收费凭证).
    async fn record_fee_receipt(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "What was paid for: an item of the agency's price list (收费项目)")] item_id: ID,
        #[graphql(desc = "The receipt (收费凭证)")] input: FeeReceiptInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordFeeReceiptResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(item_id.as_str(), &input));
        let done = async { record_fee_receipt(ctx, ctx.parse_id("PriceItem", &item_id)?, input, once).await };
        let done = again(ctx, done.await).await;
        RecordFeeReceiptResult::of(ctx, done, RecordFeeReceiptRefused::from_refusal)
    }

    /// Marks a fee as due to be paid back, because the placement failed (标记应退费).
    async fn mark_refund_due(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The receipt (收费凭证)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "When the placement failed (介绍失败日期)")] failed_on: Date,
        #[graphql(desc = "How it failed (失败原因)")] reason: String,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<MarkRefundDueResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, failed_on, &reason));
        let done =
            async { mark_refund_due(ctx, ctx.parse_id("FeeReceipt", &id)?, version, failed_on.0, reason, once).await };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, Some(&id), &done).await;
        MarkRefundDueResult::of(ctx, done, |refusal, lang| MarkRefundDueRefused::of(refusal, lang, current))
    }

    /// Marks a fee as paid back (登记退费).
    async fn mark_refunded(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The receipt (收费凭证)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "When it was paid back (退费日期)")] refunded_on: Date,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<MarkRefundedResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, refunded_on));
        let done = async { mark_refunded(ctx, ctx.parse_id("FeeReceipt", &id)?, version, refunded_on.0, once).await };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, Some(&id), &done).await;
        MarkRefundedResult::of(ctx, done, |refusal, lang| MarkRefundedRefused::of(refusal, lang, current))
    }
}
