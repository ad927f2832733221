//! From a decoded request to a running execution; the same for every door.

use std::sync::Arc;

use async_graphql::{IntrospectionMode, Response};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use super::answer::{Refusal, is_request_error, mask};
use super::caller::{Caller, Visit};
use super::decode::Raw;
use super::halt::Halt;
use super::ports::{Call, Door, House};
use super::shield::{self, Kind, Weighed};
use super::unbroken::Unbroken;

/// A request that passed everything before validation (可执行请求).
pub(crate) struct Prepared {
    pub(crate) request: async_graphql::Request,
    pub(crate) kind: Option<Kind>,
    /// Two selections may become one field.
    merges: bool,
    /// The text, unless it was found valid before.
    unproven: Option<String>,
}

/// Shield, then plugin gate, then cost. A check of trusted documents belongs between the two once clients publish a manifest.
pub(crate) fn prepare<H: House>(visit: &Visit<H>, identity: &H::Identity, raw: Raw) -> Result<Prepared, Refusal> {
    let house = &visit.gate.house;
    let introspect = house.may_introspect(&visit.tenant, identity);
    let (document, weighed) = shield::examine(
        &raw.query,
        raw.operation_name.as_deref(),
        &visit.desk.limits,
        |field| house.stands_alone(field),
        introspect,
    )?;
    refuse_switched_off(visit, &weighed)?;
    if weighed.root_fields.iter().any(|field| house.stands_alone(field)) {
        visit.desk.rates.take_proof(visit.caller.ip)?;
    }
    shield::hold_cost(&document, raw.operation_name.as_deref(), &raw.variables, &visit.desk.limits)?;
    // What asks about the schema is answered by the one that knows it as it is.
    let proven = !weighed.introspects && shield::is_valid(&raw.query, &document, &raw.variables);
    let unproven = (!proven).then(|| raw.query.clone());
    let mut request = async_graphql::Request::new(raw.query).variables(raw.variables);
    request.operation_name = raw.operation_name;
    if !introspect {
        request.introspection_mode = IntrospectionMode::Disabled;
    }
    request.set_parsed_query(document);
    Ok(Prepared { request, kind: weighed.kind, merges: weighed.merges, unproven })
}

/// One look per root field.
fn refuse_switched_off<H: House>(visit: &Visit<H>, weighed: &Weighed) -> Result<(), Refusal> {
    for field in &weighed.root_fields {
        if let Some(refused) = visit.gate.house.root_field_refused(&visit.tenant, field) {
            return Err(refused.into());
        }
    }
    Ok(())
}

/// What an execution is told about the request around it.
fn call<H: House>(visit: &Visit<H>, door: Door, halt: Halt) -> Call {
    let Caller { id, ip, language, user_agent, .. } = &visit.caller;
    let (request_id, language, ip, user_agent) = (*id, *language, *ip, user_agent.clone());
    Call { request_id, language, ip, user_agent, door, halt, valid: false, takes_json: false }
}

/// Runs a query or mutation to its end, whoever waits.
///
/// The execution is never dropped ([`Unbroken`]). At the deadline its flag is raised; when it has not ended `grace`
/// later the caller is told so, and it still runs to its own end, place and all. When the
/// client hangs up, a query's flag is raised and a mutation goes on: its outcome is kept for the
/// retry.
pub(crate) async fn execute<H: House>(
    visit: &Visit<H>,
    identity: H::Identity,
    prepared: Prepared,
    door: Door,
    gone: &CancellationToken,
) -> Result<Response, Refusal> {
    let place = visit.desk.place().await?;
    let limits = Arc::clone(&visit.desk.limits);
    let deadline = Instant::now() + limits.deadline();
    let halt = Halt::at(deadline);
    let gone = (prepared.kind != Some(Kind::Mutation)).then(|| gone.clone());
    let task = visit.clone();
    let running = Unbroken::new(&visit.gate.tasks, async move {
        let _held = (place, task.gate.metrics.execution(&task.desk.slug));
        let takes_json = door.writes_answers() && !prepared.merges;
        let call = Call { valid: prepared.unproven.is_none(), takes_json, ..call(&task, door, halt.clone()) };
        let execution = task.gate.house.execute(&task.tenant, &identity, prepared.request, call);
        let mut response = to_its_end(execution, &halt, deadline, gone).await;
        if let Some(text) = prepared.unproven.filter(|_| !is_request_error(&response)) {
            shield::found_valid(&text);
        }
        masked(&task, &mut response);
        response
    });
    match timeout_at(deadline + limits.grace(), running).await {
        Ok(Some(response)) => Ok(response),
        // It panicked; the panic hook has logged it.
        Ok(None) => Err(Refusal::internal()),
        Err(_) => Err(Refusal::deadline()),
    }
}

/// Polls an execution until it ends; raises its flag at the deadline or when nobody waits.
async fn to_its_end<T>(
    execution: impl Future<Output = T>,
    halt: &Halt,
    deadline: Instant,
    gone: Option<CancellationToken>,
) -> T {
    tokio::pin!(execution);
    let hung_up = async {
        match gone {
            Some(gone) => gone.cancelled().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        done = &mut execution => return done,
        () = sleep_until(deadline) => {}
        () = hung_up => {}
    }
    halt.raise();
    execution.await
}

/// Starts a subscription; the stream's answers are masked.
pub(crate) fn subscribe<H: House>(
    visit: &Visit<H>,
    identity: &H::Identity,
    prepared: Prepared,
    door: Door,
    halt: Halt,
) -> BoxStream<'static, Response> {
    let call = call(visit, door, halt);
    let stream = visit.gate.house.subscribe(&visit.tenant, identity, prepared.request, call);
    let visit = visit.clone();
    stream
        .map(move |mut response| {
            masked(&visit, &mut response);
            response
        })
        .boxed()
}

fn masked<H: House>(visit: &Visit<H>, response: &mut Response) {
    let (house, tenant) = (&visit.gate.house, &visit.tenant);
    let caller = &visit.caller;
    mask(response, visit.desk.limits.errors, caller.language, caller.id, |error| {
        house.fault(tenant, &caller.id, error);
    });
}
