//! Registering workers and what they want.

use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::gql::{self, Answer, ExportedFile};
use kernel::{Ctx, Fault, Once, Outcome, Stop, blob};

use super::worker::Worker;
use crate::citizens::consents::ConsentForm;
use crate::schema::mutation::result;
use crate::workers::forms::{AmendWorkerInput, WorkerInput};
use crate::workers::operations::amend_worker::{AmendWorker, AmendWorkerReason, AmendWorkerRefusalCode, amend_worker};
use crate::workers::operations::close_worker::{CloseWorker, CloseWorkerReason, CloseWorkerRefusalCode, close_worker};
use crate::workers::operations::look_up_worker::{LookUpWorkerRefused, Sought, look_up_worker};
use crate::workers::operations::print_slip::{PrintRegistrationSlipRefused, print_slip};
use crate::workers::operations::register_worker::{
    RegisterWorker, RegisterWorkerReason, RegisterWorkerRefusalCode, register_worker,
};
use crate::workers::operations::still_looking::{StillLookingRefused, still_looking};
use crate::workers::operations::stop_looking::{StopLookingRefused, stop_looking};
use crate::workers::queries;

/// Why nobody was registered (不予登记零工人员).
#[derive(SimpleObject)]
pub(super) struct RegisterWorkerRefused {
    /// Why, as a code (原因代码).
    pub code: RegisterWorkerRefusalCode,
    /// What is wrong and what to do next, in the caller's language (说明).
    pub message: String,
    /// The input field it is about, as a path (所涉字段).
    pub field: Option<String>,
    /// The entry that is there already, to staff who may see it (已有登记).
    pub existing: Option<Worker>,
}

result! {
    /// How registering a worker ended (登记零工人员结果).
    RegisterWorkerResult = Worker | RegisterWorkerRefused
}
result! {
    /// How amending a worker ended (修改零工人员结果).
    AmendWorkerResult = Worker | AmendWorkerRefused
}
result! {
    /// How closing a registration ended (注销求职登记结果).
    CloseWorkerResult = Worker | CloseWorkerRefused
}
result! {
    /// How saying that one still looks for work ended (仍在求职结果).
    StillLookingResult = Worker | StillLookingRefused
}
result! {
    /// How saying that one looks no longer ended (不再求职结果).
    StopLookingResult = Worker | StopLookingRefused
}
result! {
    /// How looking somebody up ended (按号码查找零工人员结果).
    LookUpWorkerResult = Worker | LookUpWorkerRefused
}
result! {
    /// How printing a slip ended (打印登记凭证结果).
    PrintRegistrationSlipResult = ExportedFile | PrintRegistrationSlipRefused
}

kernel::with_current! {
    /// Why a worker was not amended (不予修改零工人员).
    AmendWorkerRefused(Worker) = AmendWorker: AmendWorkerReason, AmendWorkerRefusalCode;
    /// Why the registration goes on (不予注销求职登记).
    CloseWorkerRefused(Worker) = CloseWorker: CloseWorkerReason, CloseWorkerRefusalCode;
}

fn worker_id(ctx: &Ctx, id: &ID) -> Result<uuid::Uuid, Fault> {
    ctx.parse_id("Worker", id)
}

/// The worker of an outcome, read again. Whoever did it may see it.
async fn read<R>(ctx: &Ctx, outcome: Outcome) -> Result<Worker, Stop<R>> {
    let row = crate::workers::store::load::worker(&ctx.scope(), outcome.id).await?;
    Ok(Worker::one(row))
}

/// Registering workers and what they want.
#[derive(Default)]
pub(crate) struct WorkersMutation;

#[Object]
impl WorkersMutation {
    /// Registers a worker (登记零工人员): whoever is signed in as a citizen, or, by staff, whoever stands at the counter of a market or
    /// in a county. Registering costs nothing.
    async fn register_worker(
        &self,
        gql: &Context<'_>,
        #[graphql(
            desc = "The market at whose counter the person stands; nothing for oneself and for a county's office (市场标识)"
        )]
        market_id: Option<ID>,
        #[graphql(desc = "The form (求职登记表)")] input: WorkerInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<RegisterWorkerResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&market_id, &input));
        let market = market_id.map(|id| ctx.parse_id("Market", &id)).transpose();
        let done = async {
            let consent = ConsentForm::read(ctx, input.consent.clone())?;
            let market = market.as_ref().map_err(|_| Fault::NotFound)?;
            read(ctx, register_worker(ctx, *market, input.clone(), consent, once).await?).await
        };
        let done = done.await;
        let existing = match &done {
            Err(Stop::Refused(RegisterWorker::AlreadyRegistered)) => {
                let market = market.as_ref().ok().copied().flatten();
                queries::existing(ctx, market, &input).await.ok().flatten()
            }
            _ => None,
        };
        RegisterWorkerResult::of(ctx, done, |refusal, lang| {
            let RegisterWorkerReason { code, message, field } = RegisterWorkerReason::from_refusal(refusal, lang);
            let field = field.or_else(|| refusal.field_of_form().map(str::to_owned));
            let existing = existing.map(Worker::one);
            RegisterWorkerRefused { code, message, field, existing }
        })
    }

    /// Amends a worker (修改零工人员): what it wants to the worker itself, who it is at a counter.
    async fn amend_worker(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "What changes (修改内容)")] input: AmendWorkerInput,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<AmendWorkerResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version, &input));
        let done = async { read(ctx, amend_worker(ctx, worker_id(ctx, &id)?, version, input, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, async { Worker::seen(ctx, worker_id(ctx, &id)?).await }).await;
        AmendWorkerResult::of(ctx, done, |refusal, lang| {
            let mut refused = AmendWorkerRefused::of(refusal, lang, current);
            refused.field = refused.field.or_else(|| refusal.field_of_form().map(str::to_owned));
            refused
        })
    }

    /// Closes a registration (注销求职登记). Registering again opens it.
    async fn close_worker(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] id: ID,
        #[graphql(desc = "The version it was read at (版本)")] version: i32,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<CloseWorkerResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &(&id, version));
        let done = async { read(ctx, close_worker(ctx, worker_id(ctx, &id)?, version, once).await?).await };
        let done = done.await;
        let current = gql::current(&done, async { Worker::seen(ctx, worker_id(ctx, &id)?).await }).await;
        CloseWorkerResult::of(ctx, done, |refusal, lang| CloseWorkerRefused::of(refusal, lang, current))
    }

    /// Says that somebody still looks for work (仍在求职), for as many days as the city says: oneself, or a worker at the counter.
    async fn still_looking(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker; nothing for oneself (零工人员标识)")] worker_id: Option<ID>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<StillLookingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &worker_id);
        let done = async {
            let id = worker_id.map(|id| self::worker_id(ctx, &id)).transpose()?;
            read(ctx, still_looking(ctx, id, once).await?).await
        };
        StillLookingResult::of(ctx, done.await, StillLookingRefused::from_refusal)
    }

    /// Says that somebody looks for work no longer (不再求职); the registration stays.
    async fn stop_looking(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker; nothing for oneself (零工人员标识)")] worker_id: Option<ID>,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<StopLookingResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &worker_id);
        let done = async {
            let id = worker_id.map(|id| self::worker_id(ctx, &id)).transpose()?;
            read(ctx, stop_looking(ctx, id, once).await?).await
        };
        StopLookingResult::of(ctx, done.await, StopLookingRefused::from_refusal)
    }

    /// Finds a worker by the whole number of a telephone or of a card (按号码查找零工人员): for whoever stands at the counter. Each look is
    /// in the audit; parts of a number find nobody.
    async fn look_up_worker(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The market at whose counter the person stands (市场标识)")] market_id: Option<ID>,
        #[graphql(desc = "The mobile number (手机号)")] phone: Option<String>,
        #[graphql(desc = "The citizen number (公民身份号码)")] id_number: Option<String>,
    ) -> Answer<LookUpWorkerResult> {
        let ctx = gql::ctx(gql);
        let done = async {
            let market = market_id.map(|id| ctx.parse_id("Market", &id)).transpose()?;
            let sought = match (phone, id_number) {
                (Some(phone), None) => Some(Sought::Phone(phone)),
                (None, Some(number)) => Some(Sought::IdNumber(number)),
                _ => None,
            };
            Ok(Worker::one(look_up_worker(ctx, market, sought).await?))
        };
        LookUpWorkerResult::of(ctx, done.await, LookUpWorkerRefused::from_refusal)
    }

    /// Prints the slip of a registration (打印登记凭证): a PDF with a QR code, gone after fifteen minutes.
    async fn print_registration_slip(
        &self,
        gql: &Context<'_>,
        #[graphql(desc = "The worker (零工人员标识)")] worker_id: ID,
        #[graphql(desc = "Sent twice, done once (幂等键)")] idempotency_key: Option<String>,
    ) -> Answer<PrintRegistrationSlipResult> {
        let ctx = gql::ctx(gql);
        let once = Once::from(idempotency_key, &worker_id);
        let done = async {
            let outcome = print_slip(ctx, self::worker_id(ctx, &worker_id)?, once).await?;
            Ok(blob::download_link(ctx, outcome.id).await?.into())
        };
        PrintRegistrationSlipResult::of(ctx, done.await, PrintRegistrationSlipRefused::from_refusal)
    }
}
