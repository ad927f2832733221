//! Running an import (执行导入): every good row is written, or none.

use kernel::divisions::Divisions;
use kernel::{Ctx, Stop, Tx};
use sea_orm::{ColumnTrait as _, Condition, EntityTrait as _};
use uuid::Uuid;

use crate::annex2::Field;
use crate::imports::apply::{self, Sheet};
use crate::imports::events::DirectoryImported;
use crate::imports::issue::{Found, Headings, Staged};
use crate::imports::jobs::{ReportJob, headings};
use crate::imports::place::Counties;
use crate::imports::settle::{Setting, Shown, overtaken, settle};
use crate::imports::store;
use crate::kinds::{ImportAction, ImportMode, ImportStatus};
use crate::policy;
use crate::rows::{directory_import, import_row};

kernel::refusals! {
    /// Why an import was not applied after all (导入中止).
    pub RunImport => RunImportRefused, RunImportRefusalCode {
        /// Somebody cancelled it.
        Cancelled: "导入已取消，未作任何更改。" / "The import was cancelled; nothing was changed.",
        /// Rows that were good are not any more.
        RowsChanged { rows: usize }:
            "预检之后名录有变动，{rows} 行需要重新核对；未作任何更改。" /
            "The directory changed since the check: {rows} rows must be looked at again; nothing was changed.",
    }
}

/// Runs an import (执行导入) that was asked for, for the counties of whoever asked; gives how many markets are new and
/// how many changed.
pub async fn run_import(
    ctx: &Ctx,
    import: directory_import::Model,
    counties: &Counties,
    job: Uuid,
) -> Result<(i32, i32), Stop<RunImport>> {
    let asker = store::asker(ctx, &import).await?;
    ctx.transact(&policy::IMPORT_APPLY, |tx| async move {
        tx.about("DirectoryImport", import.id);
        if let Some(asker) = &asker {
            tx.note("askedBy", asker.clone());
        }
        write(&tx, &import, counties, asker, job).await
    })
    .await
}

/// Everything that is written.
async fn write(
    tx: &Tx,
    import: &directory_import::Model,
    counties: &Counties,
    asker: Option<String>,
    job: Uuid,
) -> Result<(i32, i32), Stop<RunImport>> {
    let none = directory_import::ActiveModel::default();
    // Whoever moves the import first, wins: this, or somebody who cancels it.
    if !store::advance(tx, import.id, &[ImportStatus::Applying], none, ImportStatus::Applied).await? {
        return Err(Stop::Refused(RunImport::Cancelled));
    }
    let good = Condition::all().add(import_row::Column::Good.eq(true));
    let mut staged = store::staged(tx, import.id, good).await?;
    let existing = store::existing_held(tx, &staged).await?;
    let headings = headings(import);
    let ctx = tx.ctx().clone();
    let shown = Shown::all(&staged);
    settle(&mut staged, &existing, &Setting { city: &ctx.tenant().code, today: ctx.today(), headings: &headings });
    overtaken(&mut staged, &shown, &headings, true);
    hold_back(&mut staged, counties, &headings);
    let (mut good, bad): (Vec<_>, Vec<_>) = staged.into_iter().partition(|row| row.row.good);
    if !bad.is_empty() && import.mode != Some(ImportMode::GoodRowsOnly) {
        return Err(Stop::Refused(RunImport::RowsChanged { rows: bad.len() }));
    }
    if !bad.is_empty() {
        store::replace(tx, import.id, &bad).await?;
        tx.enqueue(&ReportJob { import: import.id })?;
    }
    let sheet = Sheet { file_name: &import.file_name, asker };
    let (created, updated) = apply::write(tx, &mut good, &existing, &sheet).await?;
    if entities::job::Entity::find_by_id(job).one(tx).await?.is_none_or(|row| row.cancel_requested) {
        return Err(Stop::Refused(RunImport::Cancelled));
    }
    store::tally(tx, import.id).await?;
    tx.note("created", created);
    tx.note("updated", updated);
    tx.announce(&DirectoryImported { id: import.id, created, updated })?;
    Ok((created, updated))
}

/// Rows of counties that whoever applies the import may not import into stay behind.
fn hold_back(staged: &mut [Staged], counties: &Counties, headings: &Headings) {
    for row in staged {
        let county = row.row.county.clone().unwrap_or_default();
        if !counties.hold(&county) {
            let name = Divisions::standard().get(&county).map_or("", |d| d.name.as_str());
            let address = row.row.address.clone().unwrap_or_default();
            row.issues.push(headings.issue(row.row.row_no, Field::Address, &address, Found::outside_reach(name)));
            row.decide(ImportAction::Skip);
        }
    }
}
