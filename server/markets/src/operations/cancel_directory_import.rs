//! Cancelling an import (取消名录导入).

use entities::job;
use kernel::{Ctx, Fault, Outcome, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::kinds::ImportStatus;
use crate::policy;
use crate::queries::imports::visible;
use crate::rows::directory_import;

kernel::refusals! {
    /// Why an import was not cancelled (不予取消导入).
    pub CancelDirectoryImport => CancelDirectoryImportRefused, CancelDirectoryImportRefusalCode {
        /// It has ended.
        Ended { status_zh: String, status_en: String } @ "id":
            "该导入当前状态为“{status_zh}”，无需取消。" / "This import is {status_en}; there is nothing to cancel.",
    }
}

/// Cancels an import (取消名录导入): one that waits is over at once, one at work is asked to stop, and either way no market
/// is changed. One that has been applied stays applied.
pub async fn cancel_directory_import(ctx: &Ctx, import: Uuid) -> Result<Outcome, Stop<CancelDirectoryImport>> {
    let job = ctx
        .transact(&policy::IMPORT_CHECK, |tx| async move {
            tx.ctx().reach(&policy::IMPORT_CHECK).await?;
            let head = visible(&tx, tx.ctx(), import).await?;
            tx.about("DirectoryImport", import);
            let over = match head.status {
                ImportStatus::Checked => true,
                ImportStatus::Reading | ImportStatus::Applying => stop(&tx, head.job_id).await?,
                ImportStatus::Applied | ImportStatus::Cancelled | ImportStatus::Failed => {
                    let title = head.status.title();
                    let (status_zh, status_en) = (title.zh.to_owned(), title.en.to_owned());
                    return Err(Stop::Refused(CancelDirectoryImport::Ended { status_zh, status_en }));
                }
            };
            if over {
                let change = directory_import::ActiveModel {
                    status: Set(ImportStatus::Cancelled),
                    ..directory_import::ActiveModel::default()
                };
                directory_import::Entity::update_many()
                    .set(change)
                    .filter(directory_import::Column::Id.eq(import))
                    .exec(&tx)
                    .await?;
            }
            Ok((head.job_id, head.version))
        })
        .await?;
    let (job, version) = job;
    if let Some(job) = job {
        ctx.kernel().changed_job(&ctx.tenant().code, job);
    }
    Ok(Outcome::of("DirectoryImport", import, version))
}

/// Stops the job; true when it will not run any more.
async fn stop(tx: &Tx, id: Option<Uuid>) -> Result<bool, Fault> {
    let Some(id) = id else { return Ok(true) };
    let waiting = job::Entity::update_many()
        .col_expr(job::Column::Status, Expr::value("CANCELLED"))
        .col_expr(job::Column::FinishedAt, Expr::value(tx.ctx().now()))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::Status.eq("QUEUED"))
        .exec(tx)
        .await?;
    if waiting.rows_affected > 0 {
        return Ok(true);
    }
    let running = job::Entity::update_many()
        .col_expr(job::Column::CancelRequested, Expr::value(true))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::Status.eq("RUNNING"))
        .exec(tx)
        .await?;
    // A job that gave up, or was cancelled by itself, left its import behind.
    Ok(running.rows_affected == 0)
}
