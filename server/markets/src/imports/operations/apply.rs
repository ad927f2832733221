//! Applying a checked import (执行名录导入).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::imports::jobs::ApplyJob;
use crate::imports::store;
use crate::kinds::{ImportMode, ImportStatus};
use crate::policy;
use crate::rows::directory_import;

kernel::refusals! {
    /// Why an import was not applied (不予导入).
    pub ApplyDirectoryImport => ApplyDirectoryImportReason, ApplyDirectoryImportRefusalCode {
        /// Someone else was at work on it.
        Conflict { current: i32 } @ "version":
            "该导入已有变化（现为第 {current} 版），请刷新后再试。" /
            "This import has changed (now version {current}); reload and try again.",
        /// Some rows are bad.
        BadRows { rows: i32 } @ "mode":
            "还有 {rows} 行不合格。请先改正这些行，或选择“仅导入合格行”。" /
            "{rows} rows are still bad. Correct them first, or import the good rows only.",
        /// No row is good.
        NothingGood @ "id": "没有合格的行可以导入，请先改正。" / "There is no good row to import; correct them first.",
        /// The file is still being read.
        StillReading @ "id": "文件仍在读取，请稍候。" / "The file is still being read; wait a moment.",
        /// It is at work already.
        AlreadyApplying @ "id": "该文件正在导入，请等待完成。" / "The import is at work already; wait for it to end.",
        /// It is done.
        AlreadyApplied @ "id": "该文件已经导入；如有更正，请重新上传。" / "It is imported already; upload the file again to change more.",
        /// It was cancelled, or the file could not be read.
        Ended @ "id": "该导入已取消或失败，请重新上传文件。" / "The import was cancelled or failed; upload the file again.",
    }
}

/// Applies a checked import (执行名录导入): a job writes all rows in one transaction.
pub async fn apply_directory_import(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    mode: ImportMode,
    once: Option<Once>,
) -> Result<Outcome, Stop<ApplyDirectoryImport>> {
    ctx.transact_once(&policy::IMPORT_APPLY, once, |tx| async move {
        let ctx = tx.ctx().clone();
        let counties = super::counties(&ctx, &policy::IMPORT_APPLY).await?;
        let (import, standing) = super::held(&tx, id).await?;
        tx.about("DirectoryImport", id);
        decide(&import, standing, mode).map_err(Stop::Refused)?;
        if import.version != version {
            return Err(Stop::Refused(ApplyDirectoryImport::Conflict { current: import.version }));
        }
        tx.note("mode", mode.code());
        let job = tx.enqueue(&ApplyJob { import: id, counties })?;
        let change = directory_import::ActiveModel {
            mode: Set(Some(mode)),
            job_id: Set(Some(job)),
            ..directory_import::ActiveModel::default()
        };
        if !store::advance(&tx, id, &[ImportStatus::Checked], change, ImportStatus::Applying).await? {
            return Err(Stop::Refused(ApplyDirectoryImport::AlreadyApplying));
        }
        Ok(Outcome::of("DirectoryImport", id, import.version + 1))
    })
    .await
}

fn decide(
    import: &directory_import::Model,
    standing: ImportStatus,
    mode: ImportMode,
) -> Result<(), ApplyDirectoryImport> {
    match standing {
        ImportStatus::Checked => {}
        ImportStatus::Reading => return Err(ApplyDirectoryImport::StillReading),
        ImportStatus::Applying => return Err(ApplyDirectoryImport::AlreadyApplying),
        ImportStatus::Applied => return Err(ApplyDirectoryImport::AlreadyApplied),
        ImportStatus::Cancelled | ImportStatus::Failed => return Err(ApplyDirectoryImport::Ended),
    }
    if import.good_rows == 0 {
        return Err(ApplyDirectoryImport::NothingGood);
    }
    if mode == ImportMode::AllOrNothing && import.bad_rows > 0 {
        return Err(ApplyDirectoryImport::BadRows { rows: import.bad_rows });
    }
    Ok(())
}
