//! Deleting one's own work record (删除零工履历).

use kernel::{Ctx, Once, Outcome, Place, Stop};

use crate::engagements::personal;
use crate::engagements::store::{doors, record};
use crate::policy;

kernel::refusals! {
    /// Why a record was not deleted (不予删除履历).
    pub DeleteMyRecord => DeleteMyRecordRefused, DeleteMyRecordRefusalCode {
        /// Not registered as a worker.
        NotAWorker: "您还没有零工登记，没有履历。" / "You are not registered as a worker; there is no record.",
    }
}

/// Deletes one's own work record (删除零工履历): what is over is nobody's from here on. What still waits for work, pay, a dispute or an
/// appeal stays until then, work under a written agreement two years (劳动合同法 art 50), and wage sheets three (保障农民工工资支付条例
/// art 15). The version of the outcome is how many were let go.
pub async fn delete_my_record(ctx: &Ctx, once: Option<Once>) -> Result<Outcome, Stop<DeleteMyRecord>> {
    ctx.transact_once(&policy::RECORD, once, |tx| async move {
        let citizen = tx.ctx().citizen()?;
        tx.authorize(&policy::RECORD, &Place::city()).await?;
        let worker = doors::own_worker(&tx, citizen.id).await?;
        let worker = worker.ok_or(Stop::Refused(DeleteMyRecord::NotAWorker))?;
        tx.about("Worker", worker);
        personal::discard_files(&tx, worker, false).await?;
        let (gone, left) = record::let_go(&tx, worker, false).await?;
        tx.note("gone", gone);
        tx.note("left", left);
        Ok(Outcome::of("Worker", worker, i32::try_from(gone).unwrap_or(i32::MAX)))
    })
    .await
}
