//! What mutations answer: success or refusal, both data.

use async_graphql::{InputObject, Union};
use serde::Serialize;

use super::city::DirectoryReturn;
use super::first_report::FirstReport;
use super::province::{ProvinceDeadlines, ProvinceReturn};
use super::reports::{ProvinceReport, ProvinceReports};
use crate::operations::accept_return::{AcceptReturn, AcceptReturnReason, AcceptReturnRefusalCode};
use crate::operations::export_province::ExportProvinceRefused;
use crate::operations::export_return::{ExportReturn, ExportReturnReason, ExportReturnRefusalCode};
use crate::operations::freeze_province_report::{
    FreezeProvinceReport, FreezeProvinceReportReason, FreezeProvinceReportRefusalCode,
};
use crate::operations::freeze_return::{FreezeReturn, FreezeReturnReason, FreezeReturnRefusalCode};
use crate::operations::mark_province_report_sent::{
    MarkProvinceReportSent, MarkProvinceReportSentReason, MarkProvinceReportSentRefusalCode,
};
use crate::operations::return_to_city::{ReturnToCity, ReturnToCityReason, ReturnToCityRefusalCode};
use crate::operations::set_first_report::{SetFirstReport, SetFirstReportReason, SetFirstReportRefusalCode};
use crate::operations::set_ministry_deadline::{
    SetMinistryDeadline, SetMinistryDeadlineReason, SetMinistryDeadlineRefusalCode,
};
use crate::operations::set_monitoring_city::{
    SetMonitoringCity, SetMonitoringCityReason, SetMonitoringCityRefusalCode,
};
use crate::operations::submit_return::{SubmitReturn, SubmitReturnReason, SubmitReturnRefusalCode};
use crate::operations::unfreeze_return::{UnfreezeReturn, UnfreezeReturnReason, UnfreezeReturnRefusalCode};
use kernel::gql::ExportedFile;

kernel::with_current! {
    /// Why a return was not frozen (不予冻结填报).
    FreezeReturnRefused(DirectoryReturn) = FreezeReturn: FreezeReturnReason, FreezeReturnRefusalCode;
    /// Why a return was not unfrozen (不予解除冻结).
    UnfreezeReturnRefused(DirectoryReturn) = UnfreezeReturn: UnfreezeReturnReason, UnfreezeReturnRefusalCode;
    /// Why a return was not submitted (不予报送).
    SubmitReturnRefused(DirectoryReturn) = SubmitReturn: SubmitReturnReason, SubmitReturnRefusalCode;
    /// Why the form was not printed (不予导出).
    ExportReturnRefused(DirectoryReturn) = ExportReturn: ExportReturnReason, ExportReturnRefusalCode;
    /// Why a return was not sent back (不予退回).
    ReturnToCityRefused(ProvinceReturn) = ReturnToCity: ReturnToCityReason, ReturnToCityRefusalCode;
    /// Why a return was not accepted (不予接收).
    AcceptReturnRefused(ProvinceReturn) = AcceptReturn: AcceptReturnReason, AcceptReturnRefusalCode;
    /// Why a date was not set (不予设定期限).
    SetMinistryDeadlineRefused(ProvinceDeadlines) = SetMinistryDeadline: SetMinistryDeadlineReason, SetMinistryDeadlineRefusalCode;
    /// Why the day was not set (不予设定首次报送日期).
    SetFirstReportRefused(FirstReport) = SetFirstReport: SetFirstReportReason, SetFirstReportRefusalCode;
    /// Why a city was not named, or not withdrawn (不予确定监测城市).
    SetMonitoringCityRefused(ProvinceReturn) = SetMonitoringCity: SetMonitoringCityReason, SetMonitoringCityRefusalCode;
    /// Why the roll-up was not frozen (不予定稿).
    FreezeProvinceReportRefused(ProvinceReports) = FreezeProvinceReport: FreezeProvinceReportReason, FreezeProvinceReportRefusalCode;
    /// Why the sending was not recorded (不予记录上报).
    MarkProvinceReportSentRefused(ProvinceReport) = MarkProvinceReportSent: MarkProvinceReportSentReason, MarkProvinceReportSentRefusalCode;
}

/// Who stands on the form (填报人信息).
#[derive(Clone, InputObject, Serialize)]
pub struct FreezeReturnInput {
    /// Name of the filer (填报人), at most 50 characters.
    pub filer: String,
    /// Telephone number of the filer (联系电话): mobile, or fixed with area code.
    pub filer_phone: String,
}

/// The frozen return, or why it was not frozen (冻结结果).
#[derive(Union)]
pub enum FreezeReturnResult {
    /// The return (填报).
    Return(DirectoryReturn),
    /// Why not (不予冻结的原因).
    Refused(FreezeReturnRefused),
}

/// The open return, or why it was not unfrozen (解除冻结结果).
#[derive(Union)]
pub enum UnfreezeReturnResult {
    /// The return (填报).
    Return(DirectoryReturn),
    /// Why not (不予解除的原因).
    Refused(UnfreezeReturnRefused),
}

/// The submitted return, or why it was not submitted (报送结果).
#[derive(Union)]
pub enum SubmitReturnResult {
    /// The return (填报).
    Return(DirectoryReturn),
    /// Why not (不予报送的原因).
    Refused(SubmitReturnRefused),
}

/// The printed form, or why it was not printed (导出结果).
#[derive(Union)]
pub enum ExportReturnResult {
    /// The file (文件).
    File(ExportedFile),
    /// Why not (不予导出的原因).
    Refused(ExportReturnRefused),
}

/// The returned return, or why it was not sent back (退回结果).
#[derive(Union)]
pub enum ReturnToCityResult {
    /// The city's return (报送).
    Return(ProvinceReturn),
    /// Why not (不予退回的原因).
    Refused(ReturnToCityRefused),
}

/// The accepted return, or why it was not accepted (接收结果).
#[derive(Union)]
pub enum AcceptReturnResult {
    /// The city's return (报送).
    Return(ProvinceReturn),
    /// Why not (不予接收的原因).
    Refused(AcceptReturnRefused),
}

/// The dates, or why the day was not set (设定期限结果).
#[derive(Union)]
pub enum SetMinistryDeadlineResult {
    /// The dates (报送期限).
    Deadlines(ProvinceDeadlines),
    /// Why not (不予设定的原因).
    Refused(SetMinistryDeadlineRefused),
}

/// The day of the first report, or why it was not set (设定首次报送日期结果).
#[derive(Union)]
pub enum SetFirstReportResult {
    /// The day (首次报送).
    Done(FirstReport),
    /// Why not (不予设定的原因).
    Refused(SetFirstReportRefused),
}

/// The city, or why it was not named (确定监测城市结果).
#[derive(Union)]
pub enum SetMonitoringCityResult {
    /// The city and its return of this year (市).
    Return(ProvinceReturn),
    /// Why not (不予确定的原因).
    Refused(SetMonitoringCityRefused),
}

/// The frozen version, or why none was frozen (定稿结果).
#[derive(Union)]
pub enum FreezeProvinceReportResult {
    /// The version (定稿).
    Report(ProvinceReport),
    /// Why not (不予定稿的原因).
    Refused(FreezeProvinceReportRefused),
}

/// The version with what is known of its sending, or why it was not recorded (记录上报结果).
#[derive(Union)]
pub enum MarkProvinceReportSentResult {
    /// The version (定稿).
    Report(ProvinceReport),
    /// Why not (不予记录的原因).
    Refused(MarkProvinceReportSentRefused),
}

/// The workbook, or why there is none (全省导出结果).
#[derive(Union)]
pub enum ExportProvinceResult {
    /// The file (文件).
    File(ExportedFile),
    /// Why not (不予导出的原因).
    Refused(ExportProvinceRefused),
}
