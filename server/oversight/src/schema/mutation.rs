//! Root fields to write.

use async_graphql::{Context, ID, Object};
use chrono::Datelike as _;
use kernel::gql::{self, Answer, Date};
use kernel::{Ctx, Fault, Once, Outcome, blob};
use uuid::Uuid;

use super::city::DirectoryReturn;
use super::first_report::FirstReport;
use super::province::ProvinceReturn;
use super::reports::{ProvinceReport, ProvinceReports};
use super::results::{
    AcceptReturnRefused, AcceptReturnResult, ExportProvinceResult, ExportReturnRefused, ExportReturnResult,
    FreezeProvinceReportRefused, FreezeProvinceReportResult, FreezeReturnInput, FreezeReturnRefused,
    FreezeReturnResult, MarkProvinceReportSentRefused, MarkProvinceReportSentResult, ReturnToCityRefused,
    ReturnToCityResult, SetFirstReportRefused, SetFirstReportResult, SetMinistryDeadlineRefused,
    SetMinistryDeadlineResult, SetMonitoringCityRefused, SetMonitoringCityResult, SubmitReturnRefused,
    SubmitReturnResult, UnfreezeReturnRefused, UnfreezeReturnResult,
};
use crate::form::Reader;
use crate::operations::accept_return::accept_return;
use crate::operations::export_province::{ExportProvinceRefused, Wanted, export_province};
use crate::operations::export_return::export_return;
use crate::operations::freeze_province_report::freeze_province_report;
use crate::operations::freeze_return::freeze_return;
use crate::operations::mark_province_report_sent::mark_province_report_sent;
use crate::operations::return_to_city::return_to_city;
use crate::operations::set_first_report::set_first_report;
use crate::operations::set_ministry_deadline::set_ministry_deadline;
use crate::operations::set_monitoring_city::set_monitoring_city;
use crate::operations::submit_return::submit_return;
use crate::operations::unfreeze_return::unfreeze_return;
use crate::queries;
use kernel::gql::ExportedFile;
use markets::ExportFormat;

/// What can be done in this chapter.
#[derive(Default)]
pub struct OversightMutation;

async fn own(ctx: &Ctx, id: Uuid) -> Result<DirectoryReturn, Fault> {
    Ok(DirectoryReturn::new(ctx, queries::city::directory_return_by_id(ctx, id).await?))
}

async fn received(ctx: &Ctx, id: Uuid) -> Result<ProvinceReturn, Fault> {
    Ok(ProvinceReturn::new(ctx, queries::province::province_return(ctx, id).await?))
}

async fn report(ctx: &Ctx, id: Uuid) -> Result<ProvinceReport, Fault> {
    ProvinceReport::of(ctx, queries::reports::report(ctx, id).await?)
}

async fn file(ctx: &Ctx, done: Outcome) -> Result<ExportedFile, Fault> {
    let link = blob::download_link(ctx, done.id).await?;
    Ok(link.into())
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
            let done = freeze_return(ctx, year, input.filer.into(), input.filer_phone.into(), once).await?;
            Ok(own(ctx, done.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async {
            queries::city::directory_return(ctx, year).await.map(|view| DirectoryReturn::new(ctx, view))
        })
        .await;
        gql::answer(ctx, done, FreezeReturnResult::Return, |refusal| {
            FreezeReturnResult::Refused(FreezeReturnRefused::of(&refusal, ctx.lang(), current))
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
        let done = done.await;
        let current = gql::current(&done, async { own(ctx, ctx.parse_id("DirectoryReturn", &id)?).await }).await;
        gql::answer(ctx, done, UnfreezeReturnResult::Return, |refusal| {
            UnfreezeReturnResult::Refused(UnfreezeReturnRefused::of(&refusal, ctx.lang(), current))
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
        let done = done.await;
        let current = gql::current(&done, async { own(ctx, ctx.parse_id("DirectoryReturn", &id)?).await }).await;
        gql::answer(ctx, done, SubmitReturnResult::Return, |refusal| {
            SubmitReturnResult::Refused(SubmitReturnRefused::of(&refusal, ctx.lang(), current))
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
        let done = done.await;
        let current = gql::current(&done, async { own(ctx, ctx.parse_id("DirectoryReturn", &id)?).await }).await;
        gql::answer(ctx, done, ExportReturnResult::File, |refusal| {
            ExportReturnResult::Refused(ExportReturnRefused::of(&refusal, ctx.lang(), current))
        })
    }

    /// Sends a city's return back with a reason; on the platform only (退回).
    async fn return_to_city(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The city's return (报送)")] id: ID,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "Why, and everything that must be corrected (退回原因)")] reason: String,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ReturnToCityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, &reason));
        let done = async {
            let id = ctx.parse_id("ProvinceReturn", &id)?;
            let done = return_to_city(ctx, id, version, reason, once).await?;
            Ok(received(ctx, done.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { received(ctx, ctx.parse_id("ProvinceReturn", &id)?).await }).await;
        gql::answer(ctx, done, ReturnToCityResult::Return, |refusal| {
            ReturnToCityResult::Refused(ReturnToCityRefused::of(&refusal, ctx.lang(), current))
        })
    }

    /// Accepts a city's return; on the platform only (接收).
    async fn accept_return(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The city's return (报送)")] id: ID,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AcceptReturnResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version));
        let done = async {
            let id = ctx.parse_id("ProvinceReturn", &id)?;
            let done = accept_return(ctx, id, version, once).await?;
            Ok(received(ctx, done.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { received(ctx, ctx.parse_id("ProvinceReturn", &id)?).await }).await;
        gql::answer(ctx, done, AcceptReturnResult::Return, |refusal| {
            AcceptReturnResult::Refused(AcceptReturnRefused::of(&refusal, ctx.lang(), current))
        })
    }

    /// Sets the day of the city's first report, or takes it away; the province hears of it (设定首次报送日期).
    async fn set_first_report(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The day; null for the yearly rule (首次报送日期)")] due_on: Option<Date>,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetFirstReportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(due_on, version));
        let now = async || queries::city::first_report(ctx).await.map(FirstReport::from);
        let done = async {
            set_first_report(ctx, due_on.map(|day| day.0), version, once).await?;
            Ok(now().await?)
        };
        let done = done.await;
        let current = gql::current(&done, now()).await;
        gql::answer(ctx, done, SetFirstReportResult::Done, |refusal| {
            SetFirstReportResult::Refused(SetFirstReportRefused::of(&refusal, ctx.lang(), current))
        })
    }

    /// Sets the day of the province's own report to the ministry; on the platform only (设定省级上报期限).
    async fn set_ministry_deadline(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "The day, within that year (上报期限)")] due_on: Date,
        #[graphql(desc = "The version that was seen (更改次数)")] version: i32,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetMinistryDeadlineResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, due_on, version));
        let done = async {
            set_ministry_deadline(ctx, year, due_on.0, version, once).await?;
            Ok(queries::province::deadlines(ctx, year).await?)
        };
        let done = done.await;
        let now = async { queries::province::deadlines(ctx, year).await.map(Into::into) };
        let current = gql::current(&done, now).await;
        gql::answer(
            ctx,
            done,
            |dates| SetMinistryDeadlineResult::Deadlines(dates.into()),
            |refusal| SetMinistryDeadlineResult::Refused(SetMinistryDeadlineRefused::of(&refusal, ctx.lang(), current)),
        )
    }

    /// Names a city for monitoring, or no longer; on the platform only (确定监测城市).
    async fn set_monitoring_city(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "GB/T 2260 code of the city (市区划代码)")] city_code: String,
        #[graphql(desc = "Named, or no longer (是否监测)")] monitored: bool,
        #[graphql(desc = "The version of the naming that was seen (监测更改次数)")] version: i32,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetMonitoringCityResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&city_code, monitored, version));
        let now = async || {
            let view = queries::province::province_return_of(ctx, &city_code, ctx.today().year()).await?;
            Ok::<_, Fault>(ProvinceReturn::new(ctx, view))
        };
        let done = async {
            set_monitoring_city(ctx, city_code.clone(), monitored, version, once).await?;
            Ok(now().await?)
        };
        let done = done.await;
        let current = gql::current(&done, now()).await;
        gql::answer(ctx, done, SetMonitoringCityResult::Return, |refusal| {
            SetMonitoringCityResult::Refused(SetMonitoringCityRefused::of(&refusal, ctx.lang(), current))
        })
    }

    /// Freezes the next version of a year's roll-up for the ministry; on the platform only (全省汇总定稿).
    async fn freeze_province_report(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "The number of the last version that was seen, 0 before the first (版次)")] version: i32,
        #[graphql(desc = "The codes of all cities that are not accepted: it goes without them (不纳入的市)")]
        without: Option<Vec<String>>,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<FreezeProvinceReportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, version, &without));
        let done = async {
            let done = freeze_province_report(ctx, year, version, without.unwrap_or_default(), once).await?;
            Ok(report(ctx, done.id).await?)
        };
        let done = done.await;
        let now = async { ProvinceReports::of(ctx, queries::reports::reports(ctx, year).await?) };
        let current = gql::current(&done, now).await;
        gql::answer(ctx, done, FreezeProvinceReportResult::Report, |refusal| {
            let refused = FreezeProvinceReportRefused::of(&refusal, ctx.lang(), current);
            FreezeProvinceReportResult::Refused(refused)
        })
    }

    /// Records that a frozen version went to the ministry, or corrects that; on the platform only (记录上报人社部).
    async fn mark_province_report_sent(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The version of the roll-up (定稿)")] id: ID,
        #[graphql(desc = "The change that was seen (更改次数)")] version: i32,
        #[graphql(desc = "The day it was sent (上报日期)")] sent_on: Date,
        #[graphql(desc = "The number of the letter it went with, at most 50 characters (文号)")] document_no: Option<
            String,
        >,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<MarkProvinceReportSentResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), version, sent_on, &document_no));
        let done = async {
            let id = ctx.parse_id("ProvinceReport", &id)?;
            let done = mark_province_report_sent(ctx, id, version, sent_on.0, document_no, once).await?;
            Ok(report(ctx, done.id).await?)
        };
        let done = done.await;
        let current = gql::current(&done, async { report(ctx, ctx.parse_id("ProvinceReport", &id)?).await }).await;
        gql::answer(ctx, done, MarkProvinceReportSentResult::Report, |refusal| {
            let refused = MarkProvinceReportSentRefused::of(&refusal, ctx.lang(), current);
            MarkProvinceReportSentResult::Refused(refused)
        })
    }

    /// Exports all cities, as they stand or as they were frozen: a workbook with a sheet per city, or one table; kept for
    /// 30 days; on the platform only (全省汇总导出).
    async fn export_province(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The year reported (填报年度)")] year: i32,
        #[graphql(desc = "The format (文件格式)")] format: ExportFormat,
        #[graphql(desc = "For whom; the province unless given (导出对象)")] reader: Option<Reader>,
        #[graphql(
            desc = "The number of a frozen version; the returns as they stand unless given, for the ministry as a draft (定稿版次)"
        )]
        report: Option<i32>,
        #[graphql(desc = "The same key does the same thing once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportProvinceResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(year, format, reader, report));
        let done = async {
            let wanted = Wanted { year, report, format, reader: reader.unwrap_or_default() };
            let done = export_province(ctx, wanted, once).await?;
            Ok(file(ctx, done).await?)
        };
        gql::answer(ctx, done.await, ExportProvinceResult::File, |refusal| {
            ExportProvinceResult::Refused(ExportProvinceRefused::from_refusal(&refusal, ctx.lang()))
        })
    }
}
