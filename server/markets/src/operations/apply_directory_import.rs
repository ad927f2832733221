//! Applying an import (执行名录导入): all rows in one transaction, or none.

use entities::{account, job};
use kernel::divisions::Divisions;
use kernel::jobs::{Job, JobEnd, JobRun};
use kernel::{Actor, Ctx, Fault, Once, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::import_steps;
use super::import_write::{self, Work};
use crate::kinds::{ImportMode, ImportStatus};
use crate::policy;
use crate::queries::imports::visible;
use crate::rows::directory_import;
use crate::rules::import::{Decision, Index, Setting, Taken, decide};
use crate::store::{imports, market, standing};

/// Rows between two words on progress.
const PIECE: usize = 250;

kernel::refusals! {
    /// Why an import was not applied (不予执行导入).
    pub ApplyDirectoryImport => ApplyDirectoryImportRefused, ApplyDirectoryImportRefusalCode {
        /// Not checked yet, or applied already.
        NotChecked { status_zh: String, status_en: String } @ "id":
            "该导入当前状态为“{status_zh}”，不能执行；请重新上传文件。" /
            "This import is {status_en} and cannot be applied; upload the file again.",
        /// All or nothing, and not all are good.
        BadRows { count: i32 } @ "mode":
            "还有 {count} 行有错误。请逐行更正，或选择“仅导入合格行”。" /
            "There are still {count} bad rows. Correct them, or import the good rows only.",
        /// No good row.
        NothingToApply @ "id": "没有可以导入的合格行。" / "There is no good row to import.",
    }
}

kernel::refusals! {
    /// Why a running import stopped whole (导入中止).
    pub ImportStopped => ImportStoppedRefused, ImportStoppedRefusalCode {
        /// It was asked to.
        Cancelled: "导入已取消，没有改动任何市场。" / "The import was cancelled; no market was changed.",
        /// The directory changed since the check.
        RowsTurnedBad { row: i32 }:
            "第 {row} 行自预检以来已不能导入，没有改动任何市场；请重新预检。" /
            "Row {row} can no longer be imported since it was checked; no market was changed. Check the file again.",
    }
}

/// Applying an import.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApplyImport {
    import: Uuid,
    counties: Option<Vec<String>>,
}

impl Job for ApplyImport {
    const KIND: &'static str = "import.apply";

    fn unique_key(&self) -> Option<String> {
        Some(format!("import.apply:{}", self.import))
    }
}

/// Applies a checked import by a job (执行名录导入).
pub async fn apply_directory_import(
    ctx: &Ctx,
    import: Uuid,
    mode: ImportMode,
    once: Option<Once>,
) -> Result<Outcome, Stop<ApplyDirectoryImport>> {
    ctx.transact_once(&policy::IMPORT_APPLY, once, |tx| async move {
        let counties = import_steps::counties(&tx.ctx().reach(&policy::IMPORT_APPLY).await?);
        let head = visible(&tx, tx.ctx(), import).await?;
        tx.about("DirectoryImport", import);
        decide_on(&head, mode).map_err(Stop::Refused)?;
        let job = tx.enqueue(&ApplyImport { import, counties })?;
        let change = directory_import::ActiveModel {
            status: Set(ImportStatus::Applying),
            mode: Set(Some(mode)),
            job_id: Set(Some(job)),
            version: Set(head.version + 1),
            ..directory_import::ActiveModel::default()
        };
        directory_import::Entity::update_many()
            .set(change)
            .filter(directory_import::Column::Id.eq(import))
            .exec(&tx)
            .await?;
        Ok(Outcome::of("DirectoryImport", import, head.version + 1))
    })
    .await
}

fn decide_on(head: &directory_import::Model, mode: ImportMode) -> Result<(), ApplyDirectoryImport> {
    if head.status != ImportStatus::Checked {
        let title = head.status.title();
        let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
        return Err(ApplyDirectoryImport::NotChecked { status_zh, status_en });
    }
    if mode == ImportMode::AllOrNothing && head.bad_rows > 0 {
        return Err(ApplyDirectoryImport::BadRows { count: head.bad_rows });
    }
    if head.good_rows == 0 { Err(ApplyDirectoryImport::NothingToApply) } else { Ok(()) }
}

/// Goes through the rows once more with progress, then writes all of them in one transaction. While that one runs the
/// city's writer is ours, so nothing is told and nobody can cancel; it ends with all rows or with none.
pub async fn run(run: JobRun, job: ApplyImport) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let head = directory_import::Entity::find_by_id(job.import).one(&ctx.scope()).await?;
    let Some(head) = head.filter(|head| head.status == ImportStatus::Applying) else { return Ok(JobEnd::Done(None)) };
    if !look_through(&run, job.import).await? {
        import_steps::end(ctx, job.import, ImportStatus::Applying, ImportStatus::Cancelled).await?;
        return Ok(JobEnd::Cancelled);
    }
    let asked_by = asked_by(ctx, run.created_by).await?;
    let (id, all) = (run.id, head.mode == Some(ImportMode::AllOrNothing));
    let done: Result<(), Stop<ImportStopped>> = ctx
        .transact(&policy::IMPORT_APPLY, |tx| async move {
            tx.about("DirectoryImport", job.import);
            tx.note("requestedBy", asked_by.clone().unwrap_or_default());
            write(&tx, job.import, job.counties.as_deref(), all, asked_by).await?;
            if cancelled(&tx, id).await? {
                return Err(Stop::Refused(ImportStopped::Cancelled));
            }
            Ok(())
        })
        .await;
    match done {
        Ok(()) => Ok(JobEnd::Done(None)),
        Err(Stop::Refused(ImportStopped::Cancelled)) => {
            import_steps::end(ctx, job.import, ImportStatus::Applying, ImportStatus::Cancelled).await?;
            Ok(JobEnd::Cancelled)
        }
        Err(Stop::Refused(refusal)) => {
            use kernel::refusal::Refusal as _;
            import_steps::end(ctx, job.import, ImportStatus::Applying, ImportStatus::Failed).await?;
            Ok(JobEnd::Dead(refusal.message(ctx.lang())))
        }
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// Goes through the rows in pieces; false when it was asked to stop.
async fn look_through(run: &JobRun, import: Uuid) -> Result<bool, Fault> {
    let rows = imports::rows(&run.ctx.scope(), import, true).await?;
    let total = rows.len();
    for (at, piece) in rows.chunks(PIECE).enumerate() {
        if run.progress(at * PIECE, total).await? {
            return Ok(false);
        }
        if piece.iter().any(|row| imports::draft(row).is_none()) {
            return Err(Fault::internal("read a good row of an import"));
        }
    }
    Ok(!run.progress(total, total).await?)
}

/// Decides on every good row against the directory as it is now, and writes what that gives.
async fn write(
    tx: &Tx,
    import: Uuid,
    counties: Option<&[String]>,
    all: bool,
    asked_by: Option<String>,
) -> Result<(), Stop<ImportStopped>> {
    let head = directory_import::Entity::find_by_id(import).one(tx).await?.ok_or(Fault::NotFound)?;
    if head.status != ImportStatus::Applying {
        return Err(Stop::Refused(ImportStopped::Cancelled));
    }
    let there = standing::all(tx).await?;
    let index = Index::of(there.iter(), Divisions::standard());
    let around = market::around(tx.ctx());
    let setting = Setting { around, index: &index, default_division: head.default_division.as_deref(), counties };
    let mut taken = Taken::default();
    let mut work = Work::new(asked_by);
    for row in imports::rows(tx, import, true).await? {
        let decision = imports::draft(&row).and_then(|draft| decide(&draft, &setting).ok());
        let decision = decision.filter(|d| taken.before(row.row_no, d, around.divisions).is_none());
        match decision {
            Some(Decision::Create(d)) => work.create(d),
            Some(Decision::Update(id, d)) => work.update(id, d),
            Some(Decision::Unchanged(..)) => work.unchanged += 1,
            None if all => return Err(Stop::Refused(ImportStopped::RowsTurnedBad { row: row.row_no })),
            None => work.left_out += 1,
        }
    }
    import_write::write(tx, import, head.bad_rows, work).await?;
    Ok(())
}

async fn cancelled(tx: &Tx, id: Uuid) -> Result<bool, Fault> {
    let row = job::Entity::find_by_id(id).one(tx).await?;
    Ok(row.is_some_and(|row| row.cancel_requested))
}

/// The user name of the account that asked for it, for the history.
async fn asked_by(ctx: &Ctx, id: Option<Uuid>) -> Result<Option<String>, Fault> {
    match (id, ctx.actor()) {
        (Some(id), _) => {
            let row = account::Entity::find_by_id(id).one(&ctx.scope()).await?;
            Ok(row.map(|row| row.username))
        }
        (None, Actor::System(name)) => Ok(Some((*name).to_owned())),
        (None, _) => Ok(None),
    }
}
