//! Exporting the directory in the form of annex 2 (导出名录).

use kernel::blob::{EXPORT, FileKind};
use kernel::{Ctx, Fault, Once, Outcome, Stop};

use crate::annex2::DirectoryForm;
use crate::imports::{EXPORT_KEPT, form, store};
use crate::kinds::{ExportFormat, MarketStatus};
use crate::policy;
use crate::queries::markets::{self, MarketFilter};

kernel::refusals! {
    /// Why the directory was not exported (不予导出).
    pub ExportDirectory => ExportDirectoryRefused, ExportDirectoryRefusalCode {
        /// No market fits.
        Nothing @ "filter":
            "没有符合条件的市场可以导出；名录只含已列入的市场，请先列入名录或放宽条件。" /
            "No market fits; the directory holds listed markets only. List some first or widen the filter.",
    }
}

/// Exports the directory (导出名录): exactly annex 2, the markets of the filter within the caller's reach; the listed ones
/// unless the filter names another state. The file is kept for a day.
pub async fn export_directory(
    ctx: &Ctx,
    format: ExportFormat,
    filter: Option<MarketFilter>,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportDirectory>> {
    let bytes = prepare(ctx, format, filter).await;
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let (bytes, rows) = bytes?;
        tx.note("format", format!("{format:?}"));
        tx.note("rows", rows);
        let ctx = tx.ctx();
        let (extension, kind) = match format {
            ExportFormat::Xlsx => ("xlsx", FileKind::Xlsx),
            ExportFormat::Csv => ("csv", FileKind::Text),
            ExportFormat::Pdf => ("pdf", FileKind::Pdf),
        };
        let name = format!("{}零工市场名录-{}.{extension}", ctx.tenant().name_zh, ctx.today().format("%Y%m%d"));
        let until = ctx.now() + EXPORT_KEPT;
        let id = kernel::blob::store(&tx, &EXPORT, &name, kind.media_type(), &bytes, Some(until)).await?;
        tx.about("File", id);
        Ok(Outcome::of("File", id, 1))
    })
    .await
}

async fn prepare(
    ctx: &Ctx,
    format: ExportFormat,
    filter: Option<MarketFilter>,
) -> Result<(Vec<u8>, usize), Stop<ExportDirectory>> {
    let reach = ctx.reach(&policy::EXPORT).await?;
    let mut filter = filter.unwrap_or_default();
    filter.status = filter.status.or(Some(MarketStatus::Listed));
    let rows = markets::all(ctx, &filter, &reach).await?;
    if rows.is_empty() {
        return Err(Stop::Refused(ExportDirectory::Nothing));
    }
    let count = rows.len();
    let rows = form::of(ctx, &rows).await?;
    let form = DirectoryForm { city_name: ctx.tenant().name_zh.clone(), rows, ..DirectoryForm::default() };
    let created = ctx.now().timestamp();
    let bytes = store::apart("write the directory form", move || render(&form, format, created)).await??;
    Ok((bytes, count))
}

/// The form as a file.
pub fn render(form: &DirectoryForm, format: ExportFormat, created: i64) -> Result<Vec<u8>, Fault> {
    match format {
        ExportFormat::Xlsx => form.to_xlsx(created).map_err(Fault::of("write a workbook")),
        ExportFormat::Csv => Ok(form.to_csv()),
        ExportFormat::Pdf => form.table().to_document().render().map_err(Fault::of("set a PDF")),
    }
}
