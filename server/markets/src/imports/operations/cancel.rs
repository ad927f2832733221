//! Cancelling an import (取消名录导入): before it is applied, or while it is; nothing is half done.

use entities::job;
use kernel::{Ctx, Once, Outcome, Stop, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::imports::store;
use crate::kinds::ImportStatus;
use crate::policy;
use crate::rows::directory_import;

kernel::refusals! {
    /// Why an import was not cancelled (不予取消导入).
    pub CancelDirectoryImport => CancelDirectoryImportReason, CancelDirectoryImportRefusalCode {
        /// Someone else was at work on it.
        Conflict { current: i32 } @ "version":
            "该导入已有变化（现为第 {current} 版），请刷新后再试。" /
            "This import has changed (now version {current}); reload and try again.",
        /// It is done.
        AlreadyApplied @ "id":
            "该文件已经导入，不能取消；如需更正，请修改市场信息或重新导入。" /
            "It is imported already and cannot be cancelled; amend the markets or import again.",
        /// It has ended.
        Ended @ "id": "该导入已经结束，无需取消。" / "The import has ended; there is nothing to cancel.",
    }
}

/// Cancels an import (取消名录导入).
pub async fn cancel_directory_import(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<CancelDirectoryImport>> {
    let outcome = ctx
        .transact_once(&policy::IMPORT_CHECK, once, |tx| async move {
            let (import, standing) = super::held(&tx, id).await?;
            tx.about("DirectoryImport", id);
            tx.note("cancelled", true);
            decide(standing).map_err(Stop::Refused)?;
            if import.version != version {
                return Err(Stop::Refused(CancelDirectoryImport::Conflict { current: import.version }));
            }
            let open = [ImportStatus::Reading, ImportStatus::Checked, ImportStatus::Applying];
            let none = directory_import::ActiveModel::default();
            if !store::advance(&tx, id, &open, none, ImportStatus::Cancelled).await? {
                // The job was faster.
                return Err(Stop::Refused(CancelDirectoryImport::AlreadyApplied));
            }
            if let Some(job) = import.job_id {
                stop(&tx, job).await?;
            }
            Ok(Outcome::of("DirectoryImport", id, import.version + 1))
        })
        .await?;
    // Told after the commit, to those who watch the job.
    if let Some(job) = store::load(&ctx.scope(), id).await?.0.job_id {
        ctx.kernel().changed_job(&ctx.tenant().code, job);
    }
    Ok(outcome)
}

fn decide(standing: ImportStatus) -> Result<(), CancelDirectoryImport> {
    match standing {
        ImportStatus::Reading | ImportStatus::Checked | ImportStatus::Applying => Ok(()),
        ImportStatus::Applied => Err(CancelDirectoryImport::AlreadyApplied),
        ImportStatus::Cancelled | ImportStatus::Failed => Err(CancelDirectoryImport::Ended),
    }
}

/// A job that waits never starts; one at work is asked to stop.
async fn stop(tx: &Tx, id: Uuid) -> Result<(), kernel::Fault> {
    job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value("CANCELLED"))
        .col_expr(job::Column::FinishedAt, Expr::value(tx.ctx().now()))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::Status.eq("QUEUED"))
        .exec(tx)
        .await?;
    job::Entity::update_many()
        .col_expr(job::Column::CancelRequested, Expr::value(true))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::Status.eq("RUNNING"))
        .exec(tx)
        .await?;
    Ok(())
}
