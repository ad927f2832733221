//! The mutations of imports and exports (导入导出).

use async_graphql::{Context, ID, Object, Union};
use kernel::gql::{self, Answer, moment};
use kernel::{Ctx, Fault, Once, Outcome, Stop};

use super::imports::{DirectoryImport, ExportedFile};
use crate::forms::ImportRowInput;
use crate::kinds::{ExportFormat, ImportMode};
use crate::operations::apply_directory_import::{ApplyDirectoryImportRefused, apply_directory_import};
use crate::operations::cancel_directory_import::{CancelDirectoryImportRefused, cancel_directory_import};
use crate::operations::check_directory_import::{CheckDirectoryImportRefused, check_directory_import};
use crate::operations::correct_import_row::{CorrectImportRowRefused, correct_import_row};
use crate::operations::export_directory::{ExportDirectoryRefused, export_directory};
use crate::queries::imports;
use crate::queries::markets::MarketFilter;

/// Checking an import (预检结果).
#[derive(Debug, Union)]
#[expect(clippy::large_enum_variant, reason = "made once per request and sent")]
pub enum CheckDirectoryImportResult {
    /// Checked, or being checked.
    Done(DirectoryImport),
    /// Refused.
    Refused(CheckDirectoryImportRefused),
}

/// Correcting a row (更正结果).
#[derive(Debug, Union)]
#[expect(clippy::large_enum_variant, reason = "made once per request and sent")]
pub enum CorrectImportRowResult {
    /// Corrected.
    Done(DirectoryImport),
    /// Refused.
    Refused(CorrectImportRowRefused),
}

/// Applying an import (执行结果).
#[derive(Debug, Union)]
#[expect(clippy::large_enum_variant, reason = "made once per request and sent")]
pub enum ApplyDirectoryImportResult {
    /// Being applied.
    Done(DirectoryImport),
    /// Refused.
    Refused(ApplyDirectoryImportRefused),
}

/// Cancelling an import (取消结果).
#[derive(Debug, Union)]
#[expect(clippy::large_enum_variant, reason = "made once per request and sent")]
pub enum CancelDirectoryImportResult {
    /// Cancelled, or asked to stop.
    Done(DirectoryImport),
    /// Refused.
    Refused(CancelDirectoryImportRefused),
}

/// Exporting the directory (导出结果).
#[derive(Debug, Union)]
pub enum ExportDirectoryResult {
    /// The file.
    Done(ExportedFile),
    /// Refused.
    Refused(ExportDirectoryRefused),
}

/// The import an operation was about, read again.
async fn again<R>(ctx: &Ctx, done: Result<Outcome, Stop<R>>) -> Result<DirectoryImport, Stop<R>> {
    let row = imports::visible(&ctx.scope(), ctx, done?.id).await?;
    Ok(DirectoryImport(row))
}

fn id_of<R>(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Stop<R>> {
    Ok(ctx.parse_id("DirectoryImport", id)?)
}

/// The mutations of imports and exports.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectoryFilesMutation;

/// The mutations of imports and exports.
#[Object]
impl DirectoryFilesMutation {
    /// Reads an uploaded form and checks every row; nothing is changed yet (预检名录导入).
    async fn check_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The uploaded file (上传文件)")] upload_id: ID,
        #[graphql(desc = "Division of rows whose address names none (默认县区)")] default_division: Option<String>,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CheckDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(upload_id.as_str(), &default_division));
        let done = async {
            let upload = ctx.parse_id("Upload", &upload_id)?;
            check_directory_import(ctx, upload, default_division, once).await
        };
        gql::answer(ctx, again(ctx, done.await).await, CheckDirectoryImportResult::Done, |r| {
            CheckDirectoryImportResult::Refused(CheckDirectoryImportRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Corrects cells of one row and checks it anew (更正导入行).
    async fn correct_import_row(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入)")] id: ID,
        #[graphql(desc = "The row as Excel counts it (行)")] row: i32,
        #[graphql(desc = "The cells to correct (更正内容)")] input: ImportRowInput,
    ) -> Answer<CorrectImportRowResult> {
        let ctx = gql::ctx(gql);
        let done = async { correct_import_row(ctx, id_of(ctx, &id)?, row, input).await };
        gql::answer(ctx, again(ctx, done.await).await, CorrectImportRowResult::Done, |r| {
            CorrectImportRowResult::Refused(CorrectImportRowRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Applies a checked import by a job: all its rows in one transaction (执行名录导入).
    async fn apply_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入)")] id: ID,
        #[graphql(desc = "All or nothing, or the good rows (导入方式)")] mode: ImportMode,
        #[graphql(desc = "The same key does it once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ApplyDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(id.as_str(), mode));
        let done = async { apply_directory_import(ctx, id_of(ctx, &id)?, mode, once).await };
        gql::answer(ctx, again(ctx, done.await).await, ApplyDirectoryImportResult::Done, |r| {
            ApplyDirectoryImportResult::Refused(ApplyDirectoryImportRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Cancels an import that is not applied; no market is changed (取消名录导入).
    async fn cancel_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入)")] id: ID,
    ) -> Answer<CancelDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let done = async { cancel_directory_import(ctx, id_of(ctx, &id)?).await };
        gql::answer(ctx, again(ctx, done.await).await, CancelDirectoryImportResult::Done, |r| {
            CancelDirectoryImportResult::Refused(CancelDirectoryImportRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Writes annex 2 as a file to fetch (导出名录).
    async fn export_directory(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Format (文件格式)")] format: ExportFormat,
        #[graphql(desc = "Which markets; the listed ones unless said otherwise (筛选)")] filter: Option<MarketFilter>,
    ) -> Answer<ExportDirectoryResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let id = export_directory(ctx, format, filter.unwrap_or_default()).await?;
            let link = kernel::blob::download_link(ctx, id).await.map_err(|fault: Fault| Stop::Fault(fault))?;
            Ok(ExportedFile { url: link.url, file_name: link.file_name, expires_at: moment(link.expires_at) })
        };
        gql::answer(ctx, done.await, ExportDirectoryResult::Done, |r| {
            ExportDirectoryResult::Refused(ExportDirectoryRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
