//! Exporting the service ledger (导出服务台账): a workbook, with hiring parties by name, as the law has it kept.

use chrono::Duration;
use entities::agency;
use kernel::blob::{self, EXPORT, FileKind};
use kernel::sheet::table::{TableColumn, TableModel};
use kernel::sheet::write::Value;
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::{PaginatorTrait as _, QuerySelect as _};
use uuid::Uuid;

use crate::agencies::policy;
use crate::agencies::queries::lists::{LedgerFilter, ledger};
use crate::agencies::rows::ledger_entry;
use crate::agencies::rules::ledger::ROWS;
use crate::agencies::store;

/// An exported file is kept for so long.
const KEPT: Duration = Duration::hours(24);

kernel::refusals! {
    /// Why the ledger was not exported (不予导出台账).
    pub ExportServiceLedger => ExportServiceLedgerRefused, ExportServiceLedgerRefusalCode {
        /// No entry fits.
        Nothing @ "filter": "没有符合条件的台账记录，请放宽条件。" / "No entry of the ledger fits; widen the filter.",
        /// More than a file takes.
        TooMany { most: u64 } @ "filter": "符合条件的记录超过 {most} 条，请按日期分次导出。" / "More than {most} entries fit; export them by days, in parts.",
    }
}

/// Exports the service ledger of an agency (导出服务台账). The file is kept for a day.
pub async fn export_ledger(
    ctx: &Ctx,
    agency: Uuid,
    filter: LedgerFilter,
    once: Option<Once>,
) -> Result<Outcome, Stop<ExportServiceLedger>> {
    let prepared = prepare(ctx, agency, &filter).await;
    ctx.transact_once(&policy::EXPORT, once, |tx| async move {
        let row = store::hold(&tx, &policy::EXPORT, agency).await?;
        let (bytes, rows) = prepared?;
        tx.note("rows", rows);
        let ctx = tx.ctx();
        let name = format!("{}服务台账-{}.xlsx", row.name, ctx.today().format("%Y%m%d"));
        let until = ctx.now() + KEPT;
        let id = blob::store(&tx, &EXPORT, &name, FileKind::Xlsx.media_type(), &bytes, Some(until)).await?;
        Ok(Outcome::of("File", id, 1))
    })
    .await
}

async fn prepare(
    ctx: &Ctx,
    agency: Uuid,
    filter: &LedgerFilter,
) -> Result<(Vec<u8>, usize), Stop<ExportServiceLedger>> {
    let row = store::load_to(ctx, &policy::EXPORT, agency).await?;
    let now = ctx.snapshot().await?;
    let count = ledger(agency, filter).count(&now).await?;
    let entries = if count > ROWS { Vec::new() } else { ledger(agency, filter).limit(ROWS).all(&now).await? };
    now.end().await?;
    if count > ROWS {
        return Err(Stop::Refused(ExportServiceLedger::TooMany { most: ROWS }));
    }
    if entries.is_empty() {
        return Err(Stop::Refused(ExportServiceLedger::Nothing));
    }
    let (rows, table) = (entries.len(), table(ctx, &row, &entries).await?);
    let created = ctx.now().timestamp();
    let written = tokio::task::spawn_blocking(move || table.to_xlsx("服务台账", created)).await;
    let bytes = written.map_err(Fault::of("write the ledger"))?.map_err(Fault::of("write a workbook"))?;
    Ok((bytes, rows))
}

async fn table(ctx: &Ctx, agency: &agency::Model, entries: &[ledger_entry::Model]) -> Result<TableModel, Fault> {
    let column = |title: &str, width, centred| TableColumn { title: title.to_owned(), width, centred };
    let ring = ctx.keys().await?;
    let mut rows = Vec::with_capacity(entries.len());
    for (number, entry) in (1_u32..).zip(entries) {
        let party = ring.open("agency_ledger_entry", "hiring_party", entry.id, &entry.hiring_party)?;
        rows.push(vec![
            Value::from(number),
            entry.served_on.to_string().into(),
            party.expose().as_str().into(),
            if entry.household { "个人雇主" } else { "用人单位" }.into(),
            entry.kind.title().zh.into(),
            if entry.online { "是" } else { "否" }.into(),
            u32::try_from(entry.workers).unwrap_or_default().into(),
            entry.result.as_str().into(),
        ]);
    }
    Ok(TableModel {
        title: format!("{}服务台账", agency.name),
        header_lines: vec![format!("许可证编号：{}    导出日期：{}", agency.licence_no, ctx.today())],
        columns: vec![
            column("序号", 6.0, true),
            column("服务日期", 12.0, true),
            column("用工主体", 28.0, false),
            column("类别", 10.0, true),
            column("服务类型", 12.0, true),
            column("网络服务", 9.0, true),
            column("服务人数", 9.0, true),
            column("服务结果", 40.0, false),
        ],
        rows,
        footer_lines: vec!["依据：人力资源市场暂行条例第三十三条".to_owned()],
    })
}
