//! Certificates, hardship, and the city's figures.

use async_graphql::{Context, ID, Object};
use kernel::gql::{self, Answer};
use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::EntityTrait as _;

use super::types::{WorkerCertificate, WorkerParameterValue};
use super::worker::Worker;
use crate::citizens::consents::ConsentForm;
use crate::schema::mutation::result;
use crate::workers::forms::{CertificateInput, DifficultyInput};
use crate::workers::operations::record_difficulty::{DifficultyForm, RecordDifficultyRefused, record_difficulty};
use crate::workers::operations::remove_certificate::{RemoveWorkerCertificateRefused, remove_certificate};
use crate::workers::operations::save_certificate::{SaveWorkerCertificateRefused, save_certificate};
use crate::workers::operations::set_parameter::{SetWorkerParameterRefused, set_parameter};
use crate::workers::operations::verify_certificate::{VerifyWorkerCertificateRefused, verify_certificate};
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::rows::worker_certificate;

result! {
    /// How saving a certificate ended (保存特种作业操作证结果).
    SaveWorkerCertificateResult = WorkerCertificate | SaveWorkerCertificateRefused
}
result! {
    /// How vouching for a certificate ended (核验特种作业操作证结果).
    VerifyWorkerCertificateResult = WorkerCertificate | VerifyWorkerCertificateRefused
}
result! {
    /// How removing a certificate ended (删除特种作业操作证结果).
    RemoveWorkerCertificateResult = Worker | RemoveWorkerCertificateRefused
}
result! {
    /// How writing hardship down ended (记录困难情形结果).
    RecordDifficultyResult = Worker | RecordDifficultyRefused
}
result! {
    /// How setting a figure ended (设置零工人员参数结果).
    SetWorkerParameterResult = WorkerParameterValue | SetWorkerParameterRefused
}

async fn certificate<R>(ctx: &Ctx, outcome: Outcome) -> Result<WorkerCertificate, Stop<R>> {
    let row = worker_certificate::Entity::find_by_id(outcome.id).one(&ctx.scope()).await?.ok_or(Fault::NotFound)?;
    Ok(WorkerCertificate::of(ctx, ctx.keys().await?.as_ref(), &row)?)
}

async fn worker<R>(ctx: &Ctx, outcome: Outcome) -> Result<Worker, Stop<R>> {
    let row = crate::workers::store::load::worker(&ctx.scope(), outcome.id).await?;
    Ok(Worker::one(row))
}

/// Certificates, hardship, and the city's figures.
#[derive(Default)]
pub(crate) struct WorkerUpkeepMutation;

#[Object]
impl WorkerUpkeepMutation {
    /// Saves a certificate of a worker (保存特种作业操作证), in place of an earlier one for the same trade. It waits for somebody to vouch
    /// for it.
    async fn save_worker_certificate(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] worker_id: ID,
        #[graphql(desc = "The certificate (证书信息)")] input: CertificateInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SaveWorkerCertificateResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&worker_id, &input));
        let done = async {
            let worker = ctx.parse_id("Worker", &worker_id)?;
            certificate(ctx, save_certificate(ctx, worker, input, once).await?).await
        };
        SaveWorkerCertificateResult::of(ctx, done.await, SaveWorkerCertificateRefused::from_refusal)
    }

    /// Vouches for a certificate that was seen (核验特种作业操作证).
    async fn verify_worker_certificate(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The certificate (证书标识)")] id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<VerifyWorkerCertificateResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &id);
        let done = async {
            let id = ctx.parse_id("WorkerCertificate", &id)?;
            certificate(ctx, verify_certificate(ctx, id, once).await?).await
        };
        VerifyWorkerCertificateResult::of(ctx, done.await, VerifyWorkerCertificateRefused::from_refusal)
    }

    /// Removes a certificate of a worker (删除特种作业操作证).
    async fn remove_worker_certificate(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The certificate (证书标识)")] certificate_id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RemoveWorkerCertificateResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &certificate_id);
        let done = async {
            let id = ctx.parse_id("WorkerCertificate", &certificate_id)?;
            worker(ctx, remove_certificate(ctx, id, once).await?).await
        };
        RemoveWorkerCertificateResult::of(ctx, done.await, RemoveWorkerCertificateRefused::from_refusal)
    }

    /// Writes hardship of a worker down (记录困难情形), with a separate consent: declared by the person, or certified and written down by
    /// staff.
    async fn record_difficulty(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] worker_id: ID,
        #[graphql(desc = "Hardship and what it rests on (困难情形)")] input: DifficultyInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RecordDifficultyResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&worker_id, &input));
        let done = async {
            let form = DifficultyForm {
                kind: input.kind,
                basis: input.basis,
                consent: ConsentForm::read(ctx, input.consent)?,
                evidence: input.evidence.map(|id| ctx.parse_id("Upload", &id)).transpose()?,
                valid_until: input.valid_until.map(|day| day.0),
                certified_by: input.certified_by,
                certified_on: input.certified_on.map(|day| day.0),
            };
            worker(ctx, record_difficulty(ctx, ctx.parse_id("Worker", &worker_id)?, form, once).await?).await
        };
        RecordDifficultyResult::of(ctx, done.await, RecordDifficultyRefused::from_refusal)
    }

    /// Sets a figure of the city about workers (设置零工人员参数).
    async fn set_worker_parameter(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "Which figure (参数)")] parameter: WorkerParameter,
        #[graphql(desc = "What holds from now on; nothing for the default (参数值)")] value: Option<i32>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<SetWorkerParameterResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(parameter, value));
        let done = async {
            set_parameter(ctx, parameter, value, once).await?;
            let figures = Parameters::of(&ctx.scope()).await?;
            Ok(WorkerParameterValue::of(ctx, &figures, parameter))
        };
        SetWorkerParameterResult::of(ctx, done.await, SetWorkerParameterRefused::from_refusal)
    }
}
