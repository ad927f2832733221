//! What an agency must have and show (机构资料): branches, prices, displayed items, annual reports; and what the city sets.

use async_graphql::{Context, ID, Object};
use kernel::Once;
use kernel::gql::{self, Answer};

use super::super::kept::{AgencyBranch, AgencyParameter, AnnualReport, DisplayedItem, PriceList};
use super::{again, newest};
use crate::agencies::forms::{
    AgencyBranchInput, AgencyParameterInput, AnnualReportInput, DisplayedItemInput, PriceListInput,
};
use crate::agencies::operations::record_annual_report::{RecordAnnualReportRefused, record_annual_report};
use crate::agencies::operations::save_branch::{SaveBranch, SaveBranchReason, SaveBranchRefusalCode, save_branch};
use crate::agencies::operations::save_displayed_item::{SaveDisplayedItemRefused, save_displayed_item};
use crate::agencies::operations::save_price_list::{SavePriceListRefused, save_price_list};
use crate::agencies::operations::set_parameter::{SetAgencyParameterRefused, set_parameter};
use crate::agencies::operations::shared::Which;
use crate::schema::mutation::result;

result! {
    /// How saving a branch ended (保存结果).
    SaveBranchResult = AgencyBranch | SaveBranchRefused
}
result! {
    /// How publishing a price list ended (公布结果).
    SavePriceListResult = PriceList | SavePriceListRefused
}
result! {
    /// How saving a displayed item ended (保存结果).
    SaveDisplayedItemResult = DisplayedItem | SaveDisplayedItemRefused
}
result! {
    /// How recording an annual report ended (登记结果).
    RecordAnnualReportResult = AnnualReport | RecordAnnualReportRefused
}
result! {
    /// How setting a parameter ended (设置结果).
    SetAgencyParameterResult = AgencyParameter | SetAgencyParameterRefused
}

kernel::with_current! {
    /// Why a branch was not saved (不予登记分支机构).
    SaveBranchRefused(AgencyBranch) = SaveBranch: SaveBranchReason, SaveBranchRefusalCode;
}

/// What an agency must have and show.
#[derive(Default)]
pub struct PapersMutation;

#[Object]
impl PapersMutation {
    /// Saves a new or a known branch of an agency (登记分支机构).
    async fn save_branch(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "The known one; none makes a new one (标识)")] id: Option<ID>,
        #[graphql(desc = "The version it was read at (版本)")] version: Option<i32>,
        #[graphql(desc = "As it shall be (内容)")] input: AgencyBranchInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveBranchResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &id, version, &input));
        let done = async {
            let known = id.as_ref().map(|id| ctx.parse_id("AgencyBranch", id)).transpose()?;
            let which = Which { id: known, version };
            save_branch(ctx, ctx.parse_id("Agency", &agency_id)?, which, input, once).await
        };
        let done = again(ctx, done.await).await;
        let current = newest(ctx, id.as_ref(), &done).await;
        SaveBranchResult::of(ctx, done, |refusal, lang| SaveBranchRefused::of(refusal, lang, current))
    }

    /// Publishes a price list of an agency, beside those before (公布收费标准). An item that a worker pays for is refused.
    async fn save_price_list(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "The list (收费标准)")] input: PriceListInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SavePriceListResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &input));
        let done = async { save_price_list(ctx, ctx.parse_id("Agency", &agency_id)?, input, once).await };
        let done = again(ctx, done.await).await;
        SavePriceListResult::of(ctx, done, SavePriceListRefused::from_refusal)
    }

    /// Saves what hangs in the hall of an agency, and when somebody looked; the newest of a kind counts (核对公示内容).
    async fn save_displayed_item(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "What hangs there (公示项)")] input: DisplayedItemInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveDisplayedItemResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &input));
        let done = async {
            let paper = input.paper.as_ref().map(|id| ctx.parse_id("Upload", id)).transpose()?;
            save_displayed_item(ctx, ctx.parse_id("Agency", &agency_id)?, input, paper, once).await
        };
        let done = again(ctx, done.await).await;
        SaveDisplayedItemResult::of(ctx, done, SaveDisplayedItemRefused::from_refusal)
    }

    /// Records that the annual report of a year came in; said again, the newest word counts (登记年度报告).
    async fn record_annual_report(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The agency (机构)")] agency_id: ID,
        #[graphql(desc = "The report (年度报告)")] input: AnnualReportInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordAnnualReportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(agency_id.as_str(), &input));
        let done = async { record_annual_report(ctx, ctx.parse_id("Agency", &agency_id)?, input, once).await };
        let done = again(ctx, done.await).await;
        RecordAnnualReportResult::of(ctx, done, RecordAnnualReportRefused::from_refusal)
    }

    /// Sets what the law leaves to the city, from a day on, or unsets it (设置机构监管参数).
    async fn set_agency_parameter(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The parameter (参数)")] input: AgencyParameterInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetAgencyParameterResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &input);
        let done = again(ctx, set_parameter(ctx, input, once).await).await;
        SetAgencyParameterResult::of(ctx, done, SetAgencyParameterRefused::from_refusal)
    }
}
