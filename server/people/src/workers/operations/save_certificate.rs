//! Saving a certificate (保存特种作业操作证): the newest one for a trade counts, and waits for somebody to vouch for it.

use kernel::fault::Stop;
use kernel::{Ctx, Lang, Once, Outcome, Pii};
use uuid::Uuid;

use crate::workers::forms::CertificateInput;
use crate::workers::policy;
use crate::workers::rules::form;
use crate::workers::store::{save, visible};

kernel::refusals! {
    /// Why the certificate was not saved (不予保存特种作业操作证).
    pub SaveWorkerCertificate => SaveWorkerCertificateRefused, SaveWorkerCertificateRefusalCode {
        /// Something of it is wrong.
        BadForm { zh: String, en: String } @ "input": "{zh}" / "{en}",
        /// The registration is closed.
        Closed @ "workerId": "该登记已注销，请重新登记。" / "This registration is closed; register again.",
    }
}

/// Saves a certificate of a worker (保存特种作业操作证).
pub async fn save_certificate(
    ctx: &Ctx,
    worker: Uuid,
    input: CertificateInput,
    once: Option<Once>,
) -> Result<Outcome, Stop<SaveWorkerCertificate>> {
    let number = Pii::from(input.number);
    let read = form::certificate(&input.trade, &number, input.valid_until.0, ctx.today());
    ctx.transact_once(&policy::AMEND, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::AMEND, worker).await?;
        if row.status != "ACTIVE" {
            return Err(Stop::Refused(SaveWorkerCertificate::Closed));
        }
        let (trade, number) = read.map_err(|flaw| {
            let (zh, en) = (flaw.message(Lang::Zh), flaw.message(Lang::En));
            Stop::Refused(SaveWorkerCertificate::BadForm { zh, en })
        })?;
        let certificate = save::Certificate { trade, number, valid_until: input.valid_until.0 };
        let id = save::set_certificate(&tx, worker, &certificate).await?;
        save::touch(&tx, &row).await?;
        Ok(Outcome::of("WorkerCertificate", id, 0))
    })
    .await
}
