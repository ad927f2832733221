//! The mutations of imports and exports.

use async_graphql::{Context, ID, Object, Union};
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Once, Outcome, Stop};

use super::types::DirectoryImport;
use crate::imports::operations::apply::{
    ApplyDirectoryImport, ApplyDirectoryImportReason, ApplyDirectoryImportRefusalCode, apply_directory_import,
};
use crate::imports::operations::cancel::{
    CancelDirectoryImport, CancelDirectoryImportReason, CancelDirectoryImportRefusalCode, cancel_directory_import,
};
use crate::imports::operations::check::{CheckDirectoryImportRefused, check_directory_import};
use crate::imports::operations::correct::{
    CorrectImportRow, CorrectImportRowReason, CorrectImportRowRefusalCode, ImportRowInput, correct_import_row,
};
use crate::imports::operations::export::{ExportDirectoryRefused, FormPrintInput, export_directory};
use crate::imports::operations::list_imported::{
    ListImportedMarkets, ListImportedMarketsReason, ListImportedMarketsRefusalCode, list_imported_markets,
};
use crate::imports::queries;
use crate::kinds::{ExportFormat, ImportMode};
use crate::queries::markets::MarketFilter;
use crate::schema::results;
use kernel::gql::ExportedFile;

/// The mutations of imports and exports.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportsMutation;

results! {
    /// What checking a file led to (预检结果).
    CheckDirectoryImportResult = DirectoryImport | CheckDirectoryImportRefused;
    /// What correcting a row led to (更正结果).
    CorrectImportRowResult = DirectoryImport | CorrectImportRowRefused;
    /// What applying an import led to (导入结果).
    ApplyDirectoryImportResult = DirectoryImport | ApplyDirectoryImportRefused;
    /// What cancelling an import led to (取消结果).
    CancelDirectoryImportResult = DirectoryImport | CancelDirectoryImportRefused;
    /// What listing the markets of an import led to (列入结果).
    ListImportedMarketsResult = DirectoryImport | ListImportedMarketsRefused;
}

/// What an export led to (导出结果).
#[derive(Debug, Union)]
pub enum ExportDirectoryResult {
    /// Done.
    Done(ExportedFile),
    /// Refused.
    Refused(ExportDirectoryRefused),
}

kernel::with_current! {
    /// Why a row was not corrected (不予更正).
    #[derive(Debug)]
    CorrectImportRowRefused(DirectoryImport) = CorrectImportRow: CorrectImportRowReason, CorrectImportRowRefusalCode;
    /// Why an import was not applied (不予导入).
    #[derive(Debug)]
    ApplyDirectoryImportRefused(DirectoryImport) = ApplyDirectoryImport: ApplyDirectoryImportReason, ApplyDirectoryImportRefusalCode;
    /// Why an import was not cancelled (不予取消导入).
    #[derive(Debug)]
    CancelDirectoryImportRefused(DirectoryImport) = CancelDirectoryImport: CancelDirectoryImportReason, CancelDirectoryImportRefusalCode;
    /// Why the markets of an import were not listed (不予列入名录).
    #[derive(Debug)]
    ListImportedMarketsRefused(DirectoryImport) = ListImportedMarkets: ListImportedMarketsReason, ListImportedMarketsRefusalCode;
}

/// The import of an outcome, read again.
async fn read<R>(ctx: &Ctx, outcome: Outcome) -> Result<DirectoryImport, Stop<R>> {
    Ok(DirectoryImport::one(ctx, queries::import(ctx, outcome.id).await?))
}

/// The import as it is now.
async fn now(ctx: &Ctx, id: &ID) -> Result<DirectoryImport, Fault> {
    Ok(DirectoryImport::one(ctx, queries::import(ctx, import_id(ctx, id)?).await?))
}

fn import_id(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Fault> {
    ctx.parse_id("DirectoryImport", id)
}

/// The mutations of imports and exports.
#[Object]
impl ImportsMutation {
    /// Checks an uploaded file, a dry run (预检名录文件).
    async fn check_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "A completed upload (上传标识)")] upload_id: ID,
        #[graphql(desc = "County or township of rows whose address names none (默认区划代码)")]
        default_division: Option<String>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CheckDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&upload_id, &default_division));
        let done = async {
            let upload = ctx.parse_id("Upload", &upload_id)?;
            read(ctx, check_directory_import(ctx, upload, default_division, once).await?).await
        };
        gql::answer(ctx, done.await, CheckDirectoryImportResult::Done, |r| {
            CheckDirectoryImportResult::Refused(CheckDirectoryImportRefused::from_refusal(&r, ctx.lang()))
        })
    }

    /// Corrects a row of a checked import in place (更正导入行).
    async fn correct_import_row(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "The row as Excel counts it (行号)")] row: i32,
        #[graphql(desc = "The cells as corrected (更正内容)")] input: ImportRowInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CorrectImportRowResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, row, &input));
        let done =
            async { read(ctx, correct_import_row(ctx, import_id(ctx, &id)?, version, row, input, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        gql::answer(ctx, done, CorrectImportRowResult::Done, |r| {
            CorrectImportRowResult::Refused(CorrectImportRowRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Applies a checked import; a job writes all rows in one transaction (执行名录导入).
    async fn apply_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "All rows or the good ones (导入方式)")] mode: ImportMode,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ApplyDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, mode));
        let done =
            async { read(ctx, apply_directory_import(ctx, import_id(ctx, &id)?, version, mode, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        gql::answer(ctx, done, ApplyDirectoryImportResult::Done, |r| {
            ApplyDirectoryImportResult::Refused(ApplyDirectoryImportRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Cancels an import before or while it is applied; nothing is half done (取消名录导入).
    async fn cancel_directory_import(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CancelDirectoryImportResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async { read(ctx, cancel_directory_import(ctx, import_id(ctx, &id)?, version, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        gql::answer(ctx, done, CancelDirectoryImportResult::Done, |r| {
            CancelDirectoryImportResult::Refused(CancelDirectoryImportRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Lists all complete drafts of an applied import in the directory (导入市场列入名录).
    async fn list_imported_markets(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The import (导入标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ListImportedMarketsResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async { read(ctx, list_imported_markets(ctx, import_id(ctx, &id)?, version, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, now(ctx, &id)).await;
        gql::answer(ctx, done, ListImportedMarketsResult::Done, |r| {
            ListImportedMarketsResult::Refused(ListImportedMarketsRefused::of(&r, ctx.lang(), current))
        })
    }

    /// Exports the directory in the form of annex 2 (导出名录): the listed markets unless the filter names another state.
    async fn export_directory(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The format (文件格式)")] format: ExportFormat,
        #[graphql(desc = "As in the list of markets (筛选)")] filter: Option<MarketFilter>,
        #[graphql(desc = "What is printed around the table (表头表尾)")] print: Option<FormPrintInput>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<ExportDirectoryResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(format, &filter, &print));
        let done = async {
            let outcome = export_directory(ctx, format, filter, print.unwrap_or_default(), once).await?;
            Ok(ExportedFile::from(kernel::blob::download_link(ctx, outcome.id).await?))
        };
        gql::answer(ctx, done.await, ExportDirectoryResult::Done, |r| {
            ExportDirectoryResult::Refused(ExportDirectoryRefused::from_refusal(&r, ctx.lang()))
        })
    }
}
