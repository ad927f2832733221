//! Printing (导出填报表): the frozen snapshot on the form of annex 2, with filer and telephone number.

use chrono::Duration;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, blob};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::form::{self, Line};
use crate::rows::directory_return;
use crate::{policy, queries, records, rules};
use markets::ExportFormat;

/// Exported files are kept so long.
pub(crate) const KEPT: Duration = Duration::days(30);

kernel::refusals! {
    /// Why the form was not printed (不予导出).
    pub ExportReturn => ExportReturnReason, ExportReturnRefusalCode {
        /// The province has no directory of its own.
        NotACity: "省级平台没有名录可导出，请使用全省汇总导出。" / "The province has no directory of its own; export all cities instead.",
        /// Nothing is frozen.
        NotFrozen: "请先冻结名录，再导出填报表。" / "Freeze the return first, then export it.",
        /// Somebody changed it while it was printed.
        Conflict { current: i32 }: "该填报刚被他人更改（现为第{current}版），请刷新后再导出。" / "Someone else has just changed this return (now version {current}); reload and export again.",
    }
}

/// A printed form (已打印填报表), and of which state of the return it is.
struct Printed {
    version: i32,
    year: i32,
    name: String,
    bytes: Vec<u8>,
}

/// Prints the form; the outcome is the file. Printing is slow and comes before the transaction, which looks again whether
/// the return is still what was printed.
pub async fn export_return(
    ctx: &Ctx,
    id: Uuid,
    format: ExportFormat,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportReturn>> {
    let printed = print(ctx, id, format).await;
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let ctx = tx.ctx();
        if ctx.tenant().is_platform() {
            return Err(Stop::Refused(ExportReturn::NotACity));
        }
        tx.about("DirectoryReturn", id);
        tx.authorize(&policy::EXPORT, &Place::city()).await?;
        let printed = printed?;
        let row = directory_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        if row.version != printed.version {
            return Err(Stop::Refused(ExportReturn::Conflict { current: row.version }));
        }

        let (ending, media_type) = form::file_kind(format);
        let expires = ctx.now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &printed.name, media_type, &printed.bytes, Some(expires)).await?;
        tx.note("year", printed.year);
        tx.note("versionNo", row.version_no);
        tx.note("format", ending);
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}

/// The form as a file, set on a thread of its own; for those alone who may have it.
async fn print(ctx: &Ctx, id: Uuid, format: ExportFormat) -> Result<Printed, Stop<ExportReturn>> {
    if ctx.tenant().is_platform() || !ctx.allows(&policy::EXPORT, &Place::city()).await? {
        return Err(Fault::Forbidden.into());
    }
    let row = directory_return::Entity::find_by_id(id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    rules::returns::export(&records::standing(&row)?).map_err(Stop::Refused)?;
    let rows = records::lines(&ctx.scope(), id, row.version_no).await?;
    let lines = rows.into_iter().map(Line::try_from).collect::<Result<Vec<_>, _>>()?;
    let filer = queries::city::filer(ctx, &row).await?.unwrap_or_default();
    let city = form::city_name(&ctx.tenant().name_zh);
    let (ending, _) = form::file_kind(format);
    let name = format!("{city}零工市场名录-{}年-第{}版.{ending}", row.year, row.version_no);
    let at = ctx.now();
    let bytes = form::apart(move || {
        let table = form::city_table(&city, &lines, &filer.name, &filer.phone);
        form::render(&table, "零工市场名录", format, at)
    });
    Ok(Printed { version: row.version, year: row.year, name, bytes: bytes.await? })
}
