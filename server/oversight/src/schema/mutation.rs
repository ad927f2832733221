//! Root fields to write.

use async_graphql::{Context, ID, Object};
use chrono::Datelike as _;
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Once, Outcome, blob};
use uuid::Uuid;

use super::city::DirectoryReturn;
use super::province::ProvinceReturn;
use super::results::{
    AcceptReturnResult, ExportProvinceResult, ExportReturnResult, FreezeReturnInput, FreezeReturnResult,
    ReturnToCityResult, SetMinistryDeadlineResult, SetMonitoringCityResult, SubmitReturnResult, UnfreezeReturnResult,
};
use crate::operations::accept_return::{AcceptReturnRefused, accept_return};
use crate::operations::export_province::{ExportProvinceRefused, export_province};
use crate::operations::export_return::{ExportReturnRefused, export_return};
use crate::operations::freeze_return::{FreezeReturnRefused, freeze_return};
use crate::operations::return_to_city::{ReturnToCityRefused, return_to_city};
use crate::operations::set_ministry_deadline::{SetMinistryDeadlineRefused, set_ministry_deadline};
use crate::operations::set_monitoring_city::{SetMonitoringCityRefused, set_monitoring_city};
use crate::operations::submit_return::{SubmitReturnRefused, submit_return};
use crate::operations::unfreeze_return::{UnfreezeReturnRefused, unfreeze_return};
use crate::ports::{Date, ExportFormat, ExportedFile, moment};
use crate::queries;

/// What can be done in this chapter.
#[derive(Default)]
pub struct OversightMutation;

async fn own(ctx: &Ctx, id: Uuid) -> Result<DirectoryReturn, Fault> {
    Ok(DirectoryReturn::new(ctx, queries::city::directory_return_by_id(ctx, id).await?))
}

async fn received(ctx: &Ctx, id: Uuid) -> Result<ProvinceReturn, Fault> {
    Ok(ProvinceReturn::new(ctx, queries::province::province_return(ctx, id).await?))
}

async fn file(ctx: &Ctx, done: Outcome) -> Result<ExportedFile, Fault> {
    let link = blob::download_link(ctx, done.id).await?;
    Ok(ExportedFile { url: link.url, file_name: link.file_name, expires_at: moment(link.expires_at) })
}

/// What can be done in this chapter.
#[Object]
impl OversightMutation {
    /// Takes the snapshot of the directory for a year's return (冻结名录填报).
    async fn freeze_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "Who stands on the form (填报人信息)")] input: FreezeReturnInput,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<FreezeReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, &input));
        let done = async {
            let done = freeze_return(ctx, year, input.filer, input.filer_phone, once).await?;
            Ok(own(ctx, done.id).await?)
        };
        gql::answer(ctx, done.await, FreezeReturnResult::Return, |refusal| {
            FreezeReturnResult::Refused(FreezeReturnRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Takes the snapshot back before it is submitted (解除冻结).
    async fn unfreeze_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The return (填报)")] id: ID,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "Why (原因)")] reason: String,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<UnfreezeReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async {
            let id = ctx.parse_id("DirectoryReturn", &id)?;
            let done = unfreeze_return(ctx, id, version, reason, once).await?;
            Ok(own(ctx, done.id).await?)
        };
        gql::answer(ctx, done.await, UnfreezeReturnResult::Return, |refusal| {
            UnfreezeReturnResult::Refused(UnfreezeReturnRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Hands the frozen return in to the province (报送省级).
    async fn submit_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The return (填报)")] id: ID,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SubmitReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async {
            let id = ctx.parse_id("DirectoryReturn", &id)?;
            let done = submit_return(ctx, id, version, once).await?;
            Ok(own(ctx, done.id).await?)
        };
        gql::answer(ctx, done.await, SubmitReturnResult::Return, |refusal| {
            SubmitReturnResult::Refused(SubmitReturnRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Prints the frozen return on the form of annex 2; the file is kept for 30 days (导出填报表).
    async fn export_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The return (填报)")] id: ID,
        #[graphql(desc = "The format (文件格式)")] format: ExportFormat,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), format));
        let done = async {
            let id = ctx.parse_id("DirectoryReturn", &id)?;
            let done = export_return(ctx, id, format, once).await?;
            Ok(file(ctx, done).await?)
        };
        gql::answer(ctx, done.await, ExportReturnResult::File, |refusal| {
            ExportReturnResult::Refused(ExportReturnRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Sends a city's return back with a reason; on the platform only (退回).
    async fn return_to_city(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The city's return (报送)")] id: ID,
        #[graphql(desc = "Why, and everything that must be corrected (退回原因)")] reason: String,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ReturnToCityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), &reason));
        let done = async {
            let id = ctx.parse_id("ProvinceReturn", &id)?;
            let done = return_to_city(ctx, id, reason, once).await?;
            Ok(received(ctx, done.id).await?)
        };
        gql::answer(ctx, done.await, ReturnToCityResult::Return, |refusal| {
            ReturnToCityResult::Refused(ReturnToCityRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Accepts a city's return; on the platform only (接收).
    async fn accept_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The city's return (报送)")] id: ID,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AcceptReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id.as_str());
        let done = async {
            let id = ctx.parse_id("ProvinceReturn", &id)?;
            let done = accept_return(ctx, id, once).await?;
            Ok(received(ctx, done.id).await?)
        };
        gql::answer(ctx, done.await, AcceptReturnResult::Return, |refusal| {
            AcceptReturnResult::Refused(AcceptReturnRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Sets the day of the province's own report to the ministry; on the platform only (设定省级上报期限).
    async fn set_ministry_deadline(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "The day, within that year (上报期限)")] due_on: Date,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetMinistryDeadlineResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, due_on));
        let done = async {
            set_ministry_deadline(ctx, year, due_on.0, once).await?;
            Ok(queries::province::deadlines(ctx, year).await?)
        };
        gql::answer(ctx, done.await, |dates| SetMinistryDeadlineResult::Deadlines(dates.into()), |refusal| {
            SetMinistryDeadlineResult::Refused(SetMinistryDeadlineRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Names a city for monitoring, or no longer; on the platform only (确定监测城市).
    async fn set_monitoring_city(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "GB/T 2260 code of the city (市区划代码)")] city_code: String,
        #[graphql(desc = "Named, or no longer (是否监测)")] monitored: bool,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetMonitoringCityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&city_code, monitored));
        let done = async {
            set_monitoring_city(ctx, city_code.clone(), monitored, once).await?;
            let view = queries::province::province_return_of(ctx, &city_code, ctx.today().year()).await?;
            Ok(ProvinceReturn::new(ctx, view))
        };
        gql::answer(ctx, done.await, SetMonitoringCityResult::Return, |refusal| {
            SetMonitoringCityResult::Refused(SetMonitoringCityRefused::from_refusal(&refusal, ctx.lang()))
        })
    }

    /// Exports all cities: a workbook with a sheet per city, or one table; kept for 30 days; on the platform only
    /// (全省汇总导出).
    async fn export_province(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "The format (文件格式)")] format: ExportFormat,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportProvinceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, format));
        let done = async {
            let done = export_province(ctx, year, format, once).await?;
            Ok(file(ctx, done).await?)
        };
        gql::answer(ctx, done.await, ExportProvinceResult::File, |refusal| {
            ExportProvinceResult::Refused(ExportProvinceRefused::from_refusal(&refusal, ctx.lang()))
        })
    }
}
