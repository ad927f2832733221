//! Cancelling a job.

use entities::job;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Stop};
use crate::house::policy::{JOB_CANCEL, JOB_READ};
use crate::policy::Place;
use crate::transact::{Once, Outcome};

crate::refusals! {
    /// Why a job was not cancelled (不予取消作业).
    pub CancelJob => CancelJobRefused, CancelJobRefusalCode {
        /// It has ended.
        Ended: "该作业已经结束，无需取消。" / "The job has ended; there is nothing to cancel.",
        /// Jobs of this kind run to their end.
        NotCancellable: "这类作业不能中途取消，请等待其完成。" / "Jobs of this kind cannot be cancelled; wait for it to end.",
    }
}

/// Cancels a job (取消作业): one that waits never starts, one that runs is asked to stop where it stands whole.
pub async fn cancel_job(ctx: &Ctx, id: Uuid, once: Option<Once>) -> Result<(), Stop<CancelJob>> {
    ctx.transact_once(&JOB_CANCEL, once, |tx| async move {
        let ctx = tx.ctx();
        let me = ctx.account()?.id;
        let row = job::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        tx.about("Job", id);
        if row.created_by != Some(me) {
            if !ctx.allows(&JOB_READ, &Place::city()).await? {
                return Err(Fault::NotFound.into());
            }
            tx.authorize(&JOB_CANCEL, &Place::city()).await?;
        }
        let cancellable = ctx.kernel().jobs().any(|k| k.kind == row.kind && k.cancellable);
        decide(&row.status, cancellable).map_err(Stop::Refused)?;
        tx.note("kind", row.kind);
        let waiting = job::Entity::update_many()
            .col_expr(job::Column::Status, Expr::value("CANCELLED"))
            .col_expr(job::Column::FinishedAt, Expr::value(ctx.now()))
            .filter(job::Column::Id.eq(id))
            .filter(job::Column::Status.eq("QUEUED"))
            .exec(&tx)
            .await?;
        if waiting.rows_affected == 0 {
            job::Entity::update_many()
                .col_expr(job::Column::CancelRequested, Expr::value(true))
                .filter(job::Column::Id.eq(id))
                .exec(&tx)
                .await?;
        }
        Ok(Outcome::of("Job", id, 0))
    })
    .await?;
    ctx.kernel().changed_job(&ctx.tenant().code, id);
    Ok(())
}

fn decide(status: &str, cancellable: bool) -> Result<(), CancelJob> {
    if !matches!(status, "QUEUED" | "RUNNING") {
        return Err(CancelJob::Ended);
    }
    if cancellable { Ok(()) } else { Err(CancelJob::NotCancellable) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_ended_or_may_not_stop_half_way_is_not_cancelled() {
        assert_eq!(decide("QUEUED", true), Ok(()));
        assert_eq!(decide("RUNNING", true), Ok(()));
        assert_eq!(decide("RUNNING", false), Err(CancelJob::NotCancellable));
        for ended in ["DONE", "FAILED", "CANCELLED"] {
            assert_eq!(decide(ended, true), Err(CancelJob::Ended));
        }
    }
}
