//! The province's export (全省汇总导出): one workbook, a summary and a sheet per city that handed in.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, blob};

use super::export_return::KEPT;
use crate::form;
use crate::ports::ExportFormat;
use crate::{policy, queries};

kernel::refusals! {
    /// Why nothing was exported (不予导出).
    pub ExportProvince => ExportProvinceRefused, ExportProvinceRefusalCode {
        /// No city was asked for a report in that year.
        WrongYear { year: i32 } @ "year": "{year}年没有名录报送任务。" / "No return was due in {year}.",
        /// No city has handed in.
        NothingHandedIn { year: i32 } @ "year": "{year}年还没有市报送名录，暂无可导出的内容。" / "No city has handed in its return of {year} yet; there is nothing to export.",
    }
}

/// Exports all cities' returns of `year`; the outcome is the file.
pub async fn export_province(
    ctx: &Ctx,
    year: i32,
    format: ExportFormat,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportProvince>> {
    ctx.transact_once(&policy::PROVINCE_EXPORT, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_EXPORT, &Place::city()).await?;
        let book = queries::province::book(ctx, year).await?;
        let book = book.ok_or(Stop::Refused(ExportProvince::WrongYear { year }))?;
        if book.cities.iter().all(|city| city.lines.is_none()) {
            return Err(Stop::Refused(ExportProvince::NothingHandedIn { year }));
        }
        let bytes = book.render(format, ctx.now())?;
        let (ending, media_type) = form::file_kind(format);
        let name = format!("零工市场名录全省汇总-{year}年.{ending}");
        let expires = ctx.now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &name, media_type, &bytes, Some(expires)).await?;
        tx.about("ExportedFile", file);
        tx.note("year", year);
        tx.note("format", ending);
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}
