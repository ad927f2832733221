//! Vouching for a certificate that was seen (核验特种作业操作证).

use kernel::fault::Stop;
use kernel::{Ctx, Fault, Once, Outcome};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::workers::policy;
use crate::workers::rows::worker_certificate;
use crate::workers::store::{save, visible};

kernel::refusals! {
    /// Why nobody vouched for the certificate (不予核验特种作业操作证).
    pub VerifyWorkerCertificate => VerifyWorkerCertificateRefused, VerifyWorkerCertificateRefusalCode {
        /// It is over.
        Over @ "id": "该证书已过有效期，须复审后重新登记。" / "The certificate is over; it must be renewed and entered again.",
        /// Somebody vouched for it.
        AlreadyVerified @ "id": "该证书已经核验。" / "Somebody vouched for this certificate already.",
    }
}

/// Vouches for a certificate of a worker (核验特种作业操作证): whoever does has seen it.
pub async fn verify_certificate(
    ctx: &Ctx,
    id: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<VerifyWorkerCertificate>> {
    ctx.transact_once(&policy::VERIFY, once, |tx| async move {
        let row = worker_certificate::Entity::find_by_id(id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let worker = visible::load_for(&tx, &policy::VERIFY, row.worker_id).await?;
        tx.note("trade", row.trade.as_str());
        if row.valid_until < tx.ctx().today() {
            return Err(Stop::Refused(VerifyWorkerCertificate::Over));
        }
        if row.verified_at.is_some() {
            return Err(Stop::Refused(VerifyWorkerCertificate::AlreadyVerified));
        }
        worker_certificate::Entity::update_many()
            .col_expr(worker_certificate::Column::VerifiedAt, Expr::value(tx.ctx().now()))
            .col_expr(worker_certificate::Column::VerifiedBy, Expr::value(tx.ctx().actor().account_id()))
            .filter(worker_certificate::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        save::touch(&tx, &worker).await?;
        Ok(Outcome::of("WorkerCertificate", id, 0))
    })
    .await
}
