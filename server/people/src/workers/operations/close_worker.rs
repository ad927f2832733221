//! Closing a registration (注销求职登记).

use kernel::fault::Stop;
use kernel::{Ctx, Once, Outcome};
use uuid::Uuid;

use crate::workers::policy;
use crate::workers::store::{save, visible};

kernel::refusals! {
    /// Why the registration goes on (不予注销求职登记).
    pub CloseWorker => CloseWorkerReason, CloseWorkerRefusalCode {
        /// Somebody else changed it.
        Conflict { current: i32 } @ "version":
            "该登记已被他人修改（现为第{current}版），请刷新后再试。" /
            "Somebody else changed this registration (now version {current}); reload and try again.",
        /// It is closed.
        AlreadyClosed: "该登记已经注销。" / "This registration is closed already.",
    }
}

/// Closes a registration (注销求职登记): one's own, or at the counter for whoever asks.
pub async fn close_worker(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<CloseWorker>> {
    ctx.transact_once(&policy::CLOSE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::CLOSE, id).await?;
        if row.version != version {
            return Err(Stop::Refused(CloseWorker::Conflict { current: row.version }));
        }
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(CloseWorker::AlreadyClosed));
        }
        save::close(&tx, &row).await?;
        Ok(Outcome::of("Worker", id, version + 1))
    })
    .await
}
