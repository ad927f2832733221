//! The province's export (全省汇总导出): one workbook, a summary and a sheet per city that handed in.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, blob};

use super::export_return::KEPT;
use crate::form::{self, Reader};
use crate::{policy, queries};
use markets::ExportFormat;

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
    reader: Reader,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportProvince>> {
    let bytes = print(ctx, year, format, reader).await;
    ctx.transact_once(&policy::PROVINCE_EXPORT, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_EXPORT, &Place::city()).await?;
        let bytes = bytes?;
        let (ending, media_type) = form::file_kind(format);
        let name = match reader {
            Reader::Province => format!("零工市场名录全省汇总-{year}年.{ending}"),
            Reader::Ministry => format!("零工市场名录上报-{year}年.{ending}"),
        };
        let expires = ctx.now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &name, media_type, &bytes, Some(expires)).await?;
        tx.about("ExportedFile", file);
        tx.note("year", year);
        tx.note("format", ending);
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}

/// The file, set on a thread of its own; for those alone who may have it.
async fn print(ctx: &Ctx, year: i32, format: ExportFormat, reader: Reader) -> Result<Vec<u8>, Stop<ExportProvince>> {
    if !ctx.tenant().is_platform() || !ctx.allows(&policy::PROVINCE_EXPORT, &Place::city()).await? {
        return Err(Fault::Forbidden.into());
    }
    let book = queries::province::book(ctx, year, reader).await?;
    let book = book.ok_or(Stop::Refused(ExportProvince::WrongYear { year }))?;
    if book.cities.iter().all(|city| city.lines.is_none()) {
        return Err(Stop::Refused(ExportProvince::NothingHandedIn { year }));
    }
    let at = ctx.now();
    Ok(form::apart(move || book.render(format, at)).await?)
}
