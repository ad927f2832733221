//! Applying a checked file of postings (执行招聘信息导入).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::import_check::publishes;
use crate::imports::jobs::ApplyJob;
use crate::imports::store;
use crate::kinds::PostingImportStatus;
use crate::policy;
use crate::rows::posting_import;

kernel::refusals! {
    /// Why a file was not applied (不予导入).
    pub ApplyPostingImport => ApplyPostingImportReason, ApplyPostingImportRefusalCode {
        /// Someone else was at work on it.
        Conflict { current: i32 } @ "version":
            "该导入已有变化（现为第 {current} 版），请刷新后再试。" /
            "This import has changed (now version {current}); reload and try again.",
        /// Some rows are bad.
        BadRows { rows: i32 } @ "withoutBadRows":
            "还有 {rows} 行不合格。请改正后重新上传，或选择“仅导入合格行”。" /
            "{rows} rows are bad. Correct and upload them again, or say that they are left out.",
        /// No row is good.
        NothingGood @ "id": "没有合格的行可以导入，请改正后重新上传。" / "There is no good row to import; correct the file and upload it again.",
        /// It is at work already.
        AlreadyApplying @ "id": "该文件正在导入，请等待完成。" / "The import is at work already; wait for it to end.",
        /// It is done.
        AlreadyApplied @ "id": "该文件已经导入。" / "It is imported already.",
    }
}

/// Applies a checked file (执行招聘信息导入): a job takes the good rows in, some hundred at a time.
pub async fn apply_posting_import(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    without_bad_rows: bool,
    once: Option<Once>,
) -> Result<Outcome, Stop<ApplyPostingImport>> {
    ctx.transact_once(&policy::IMPORT, once, |tx| async move {
        let (import, job) = store::held(&tx, id).await?;
        tx.about("PostingImport", id);
        let publishes = publishes(tx.ctx(), import.agency_id).await?;
        let standing = store::standing(&import, job.as_ref());
        decide(&import, standing, (version, without_bad_rows)).map_err(Stop::Refused)?;
        let account = tx.ctx().actor().account_id();
        let job = tx.enqueue(&ApplyJob { import: id, publishes, account })?;
        let change = posting_import::ActiveModel {
            status: Set(PostingImportStatus::Applying),
            job_id: Set(Some(job)),
            ..posting_import::ActiveModel::default()
        };
        // What is stored may still say that a job is at work which was given up.
        if !store::advance(&tx, id, import.status, change).await? {
            return Err(Stop::Refused(ApplyPostingImport::AlreadyApplying));
        }
        Ok(Outcome::of("PostingImport", id, version + 1))
    })
    .await
}

fn decide(
    import: &posting_import::Model,
    standing: PostingImportStatus,
    (version, without_bad_rows): (i32, bool),
) -> Result<(), ApplyPostingImport> {
    match standing {
        PostingImportStatus::Checked => {}
        PostingImportStatus::Applying => return Err(ApplyPostingImport::AlreadyApplying),
        PostingImportStatus::Applied => return Err(ApplyPostingImport::AlreadyApplied),
    }
    if import.version != version {
        return Err(ApplyPostingImport::Conflict { current: import.version });
    }
    if import.good_rows == 0 {
        return Err(ApplyPostingImport::NothingGood);
    }
    if import.bad_rows > 0 && !without_bad_rows {
        return Err(ApplyPostingImport::BadRows { rows: import.bad_rows });
    }
    Ok(())
}
