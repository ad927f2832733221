//! Exporting the directory form (导出名录).

use chrono::Duration;
use kernel::blob::{self, EXPORT};
use kernel::{Ctx, Fault, Stop};
use uuid::Uuid;

use crate::annex2::DirectoryForm;
use crate::kinds::{ExportFormat, MarketStatus};
use crate::policy;
use crate::queries::form;
use crate::queries::markets::MarketFilter;

/// An exported file can be fetched for so long.
const KEPT: Duration = Duration::hours(24);

kernel::refusals! {
    /// Why the directory was not exported (不予导出).
    pub ExportDirectory => ExportDirectoryRefused, ExportDirectoryRefusalCode {
        /// Nothing meets the filter.
        NothingToExport @ "filter": "没有符合条件的市场可以导出。" / "No market meets the filter.",
    }
}

/// Writes annex 2 of the markets within the caller's reach that meet the filter (导出名录), the listed ones unless the
/// filter names another state, and gives the file's id.
pub async fn export_directory(
    ctx: &Ctx,
    format: ExportFormat,
    filter: MarketFilter,
) -> Result<Uuid, Stop<ExportDirectory>> {
    let reach = ctx.reach(&policy::EXPORT).await?;
    let filter = MarketFilter { status: filter.status.or(Some(MarketStatus::Listed)), ..filter };
    let rows = form::rows_of(ctx, &filter, &reach).await?;
    if rows.is_empty() {
        return Err(Stop::Refused(ExportDirectory::NothingToExport));
    }
    let city = &ctx.tenant().name_zh;
    let sheet = DirectoryForm { city_name: city.clone(), rows, ..DirectoryForm::default() };
    let (extension, media_type) = match format {
        ExportFormat::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ExportFormat::Csv => ("csv", "text/csv"),
        ExportFormat::Pdf => ("pdf", "application/pdf"),
    };
    let name = format!("{city}零工市场名录-{}.{extension}", ctx.today());
    let created = ctx.now().timestamp();
    let bytes = tokio::task::spawn_blocking(move || written(&sheet, format, created))
        .await
        .map_err(Fault::of("write the directory form"))??;
    ctx.transact(&policy::EXPORT, |tx| async move {
        tx.note("format", extension);
        let until = tx.ctx().now() + KEPT;
        let id = blob::store(&tx, &EXPORT, &name, media_type, &bytes, Some(until)).await?;
        tx.about("Export", id);
        Ok(id)
    })
    .await
}

/// The form in a format.
pub fn written(sheet: &DirectoryForm, format: ExportFormat, created: i64) -> Result<Vec<u8>, Fault> {
    match format {
        ExportFormat::Xlsx => sheet.to_xlsx(created).map_err(Fault::of("write a workbook")),
        ExportFormat::Csv => Ok(sheet.to_csv()),
        ExportFormat::Pdf => sheet.table().to_document().render().map_err(Fault::of("set a PDF")),
    }
}
