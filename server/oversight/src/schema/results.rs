//! What mutations answer: success or refusal, both data.

use async_graphql::{InputObject, SimpleObject, Union};
use serde::Serialize;

use super::city::DirectoryReturn;
use super::first_report::FirstReport;
use super::province::{ProvinceDeadlines, ProvinceReturn};
use crate::operations::accept_return::{AcceptReturnReason, AcceptReturnRefusalCode};
use crate::operations::export_province::ExportProvinceRefused;
use crate::operations::export_return::ExportReturnRefused;
use crate::operations::freeze_return::{FreezeReturnReason, FreezeReturnRefusalCode};
use crate::operations::return_to_city::{ReturnToCityReason, ReturnToCityRefusalCode};
use crate::operations::set_first_report::SetFirstReportRefused;
use crate::operations::set_ministry_deadline::SetMinistryDeadlineRefused;
use crate::operations::set_monitoring_city::SetMonitoringCityRefused;
use crate::operations::submit_return::{SubmitReturnReason, SubmitReturnRefusalCode};
use crate::operations::unfreeze_return::{UnfreezeReturnReason, UnfreezeReturnRefusalCode};
use kernel::gql::ExportedFile;

/// Makes refusals that show the newest state of the return where somebody else was faster.
macro_rules! with_current {
    ($($(#[$doc:meta])* $name:ident = $reason:ident, $codes:ident, $current:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// Why, as a code (原因代码).
                pub code: $codes,
                /// What is wrong and what to do next, in the caller's language (说明).
                pub message: String,
                /// The input field it is about, as a path (所涉字段).
                pub field: Option<String>,
                /// The newest state, for `CONFLICT` (最新内容).
                pub current: Option<$current>,
            }

            impl $name {
                pub(super) fn with(reason: &$reason, current: Option<$current>) -> Self {
                    let $reason { code, message, field } = reason.clone();
                    Self { code, message, field, current }
                }
            }
        )*
    };
}

with_current! {
    /// Why a return was not frozen (不予冻结填报).
    FreezeReturnRefused = FreezeReturnReason, FreezeReturnRefusalCode, DirectoryReturn;
    /// Why a return was not unfrozen (不予解除冻结).
    UnfreezeReturnRefused = UnfreezeReturnReason, UnfreezeReturnRefusalCode, DirectoryReturn;
    /// Why a return was not submitted (不予报送).
    SubmitReturnRefused = SubmitReturnReason, SubmitReturnRefusalCode, DirectoryReturn;
    /// Why a return was not sent back (不予退回).
    ReturnToCityRefused = ReturnToCityReason, ReturnToCityRefusalCode, ProvinceReturn;
    /// Why a return was not accepted (不予接收).
    AcceptReturnRefused = AcceptReturnReason, AcceptReturnRefusalCode, ProvinceReturn;
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

/// The workbook, or why there is none (全省导出结果).
#[derive(Union)]
pub enum ExportProvinceResult {
    /// The file (文件).
    File(ExportedFile),
    /// Why not (不予导出的原因).
    Refused(ExportProvinceRefused),
}
