//! Printing (导出填报表): the frozen snapshot on the form of annex 2, with filer and telephone number.

use chrono::Duration;
use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, blob};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::form::{self, Line};
use crate::ports::ExportFormat;
use crate::rows::directory_return;
use crate::{policy, queries, records, rules};

/// Exported files are kept so long.
pub(crate) const KEPT: Duration = Duration::days(30);

kernel::refusals! {
    /// Why the form was not printed (不予导出).
    pub ExportReturn => ExportReturnRefused, ExportReturnRefusalCode {
        /// The province has no directory of its own.
        NotACity: "省级平台没有名录可导出，请使用全省汇总导出。" / "The province has no directory of its own; export all cities instead.",
        /// Nothing is frozen.
        NotFrozen: "请先冻结名录，再导出填报表。" / "Freeze the return first, then export it.",
    }
}

/// Prints the form; the outcome is the file.
pub async fn export_return(
    ctx: &Ctx,
    id: Uuid,
    format: ExportFormat,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportReturn>> {
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let ctx = tx.ctx();
        if ctx.tenant().is_platform() {
            return Err(Stop::Refused(ExportReturn::NotACity));
        }
        tx.about("DirectoryReturn", id);
        tx.authorize(&policy::EXPORT, &Place::city()).await?;
        let row = directory_return::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        rules::returns::export(&records::standing(&row)?).map_err(Stop::Refused)?;

        let rows = records::lines(&tx, id, row.version_no).await?;
        let lines = rows.into_iter().map(Line::try_from).collect::<Result<Vec<_>, _>>()?;
        let filer = queries::city::filer(ctx, &row).await?.unwrap_or_default();
        let table = form::city_table(&ctx.tenant().name_zh, &lines, &filer.name, &filer.phone);
        let bytes = form::render(&table, "零工市场名录", format, ctx.now())?;

        let (ending, media_type) = form::file_kind(format);
        let city = form::city_name(&ctx.tenant().name_zh);
        let name = format!("{city}零工市场名录-{}年-第{}版.{ending}", row.year, row.version_no);
        let expires = ctx.now() + KEPT;
        let file = blob::store(&tx, &blob::EXPORT, &name, media_type, &bytes, Some(expires)).await?;
        tx.note("year", row.year);
        tx.note("versionNo", row.version_no);
        tx.note("format", ending);
        Ok(Outcome::of("ExportedFile", file, 1))
    })
    .await
}
