//! The province's export (全省汇总导出): one workbook, a summary and a sheet per city that handed in.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, blob};

use super::export_return::KEPT;
use crate::form::{self, Edition, Reader};
use crate::{policy, queries};
use markets::ExportFormat;

kernel::refusals! {
    /// Why nothing was exported (不予导出).
    pub ExportProvince => ExportProvinceRefused, ExportProvinceRefusalCode {
        /// No city was asked for a report in that year.
        WrongYear { year: i32 } @ "year": "{year}年没有名录报送任务。" / "No return was due in {year}.",
        /// No city has handed in.
        NothingHandedIn { year: i32 } @ "year": "{year}年还没有市报送名录，暂无可导出的内容。" / "No city has handed in its return of {year} yet; there is nothing to export.",
        /// No such version.
        UnknownReport { year: i32, report: i32 } @ "report": "{year}年的全省汇总没有第{report}版定稿，请刷新后再选。" / "There is no version {report} of the roll-up of {year}; reload and choose again.",
    }
}

/// What is asked for (导出要求).
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The year reported.
    pub year: i32,
    /// The number of a frozen version; none for the returns as they stand.
    pub report: Option<i32>,
    /// The format.
    pub format: ExportFormat,
    /// For whom.
    pub reader: Reader,
}

/// Exports all cities' returns of a year, as they stand or as they were frozen; the outcome is the file.
pub async fn export_province(ctx: &Ctx, wanted: Wanted, once: Option<Once>) -> Result<Outcome, Stop<ExportProvince>> {
    let Wanted { year, report, format, reader } = wanted;
    let printed = print(ctx, wanted).await;
    ctx.transact_once(&policy::PROVINCE_EXPORT, once, |tx| async move {
        let ctx = tx.ctx();
        if !ctx.tenant().is_platform() {
            return Err(Fault::NotFound.into());
        }
        tx.authorize(&policy::PROVINCE_EXPORT, &Place::city()).await?;
        let (edition, bytes) = printed?;
        let (ending, media_type) = form::file_kind(format);
        let what = match reader {
            Reader::Province => "全省汇总",
            Reader::Ministry => "上报",
        };
        let mark = edition.mark().map(|mark| format!("-{mark}")).unwrap_or_default();
        let name = format!("零工市场名录{what}-{year}年{mark}.{ending}");
        let expires = ctx.now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &name, media_type, &bytes, Some(expires)).await?;
        tx.about("ExportedFile", file);
        tx.note("year", year);
        if let Some(report) = report {
            tx.note("report", report);
        }
        tx.note("format", ending);
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}

/// The file, set on a thread of its own, and what it shows; for those alone who may have it.
async fn print(ctx: &Ctx, wanted: Wanted) -> Result<(Edition, Vec<u8>), Stop<ExportProvince>> {
    let Wanted { year, report, format, reader } = wanted;
    if !ctx.tenant().is_platform() || !ctx.allows(&policy::PROVINCE_EXPORT, &Place::city()).await? {
        return Err(Fault::Forbidden.into());
    }
    let book = match report {
        Some(report) => {
            let book = queries::reports::book(ctx, year, report, reader).await?;
            book.ok_or(Stop::Refused(ExportProvince::UnknownReport { year, report }))?
        }
        None => {
            let book = queries::province::book(ctx, year, reader).await?;
            book.ok_or(Stop::Refused(ExportProvince::WrongYear { year }))?
        }
    };
    if book.cities.iter().all(|city| city.lines.is_none()) {
        return Err(Stop::Refused(ExportProvince::NothingHandedIn { year }));
    }
    let (edition, at) = (book.edition, ctx.now());
    Ok((edition, form::apart(move || book.render(format, at)).await?))
}
