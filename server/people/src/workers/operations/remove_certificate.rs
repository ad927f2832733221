//! Removing a certificate (删除特种作业操作证).

use kernel::fault::Stop;
use kernel::{Ctx, Fault, Once, Outcome};
use sea_orm::EntityTrait as _;
use uuid::Uuid;

use crate::workers::policy;
use crate::workers::rows::worker_certificate;
use crate::workers::store::{save, visible};

kernel::refusals! {
    /// Why the certificate stays (不予删除特种作业操作证).
    pub RemoveWorkerCertificate => RemoveWorkerCertificateRefused, RemoveWorkerCertificateRefusalCode {
        /// The registration is closed.
        Closed @ "id": "该登记已注销。" / "This registration is closed.",
    }
}

/// Removes a certificate of a worker (删除特种作业操作证); the outcome is the worker.
pub async fn remove_certificate(
    ctx: &Ctx,
    id: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<RemoveWorkerCertificate>> {
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let row = worker_certificate::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let worker = visible::load_for(&tx, &policy::AMEND, row.worker_id).await?;
        if worker.status != "ACTIVE" {
            return Err(Stop::Refused(RemoveWorkerCertificate::Closed));
        }
        tx.note("trade", row.trade.as_str());
        worker_certificate::Entity::delete_by_id(id).exec(&tx).await?;
        save::touch(&tx, &worker).await?;
        Ok(Outcome::of("Worker", worker.id, worker.version + 1))
    })
    .await
}
