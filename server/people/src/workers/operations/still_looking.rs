//! Saying that one still looks for work (仍在求职): one tap, an answer to a message, or at the counter (R45).

use kernel::fault::{Fault, Never, Stop};
use kernel::sms::{self, SmsReceived};
use kernel::{Ctx, Once, Outcome, Tx};
use uuid::Uuid;

use crate::citizens::messages::STILL_LOOKING;
use crate::citizens::store as citizens;
use crate::workers::parameters::{Parameters, WorkerParameter};
use crate::workers::policy;
use crate::workers::store::{load, save, visible};

kernel::refusals! {
    /// Why nothing was written down (不予更新求职状态).
    pub StillLooking => StillLookingRefused, StillLookingRefusalCode {
        /// The registration is closed, or there is none.
        NotRegistered: "没有有效的求职登记，请先登记。" / "There is no registration that holds; register first.",
    }
}

/// Whose registration is meant: the one that is named, or one's own.
pub(super) async fn meant(tx: &Tx, id: Option<Uuid>) -> Result<Option<entities::worker::Model>, Fault> {
    let id = match id {
        Some(id) => id,
        None => {
            let me = tx.ctx().citizen()?.id;
            let Some(own) = load::of_citizen(tx, me).await? else { return Ok(None) };
            own.id
        }
    };
    let row = visible::load_for(tx, &policy::LOOKING, id).await?;
    Ok(Some(row).filter(|row| row.status == "ACTIVE"))
}

/// Says that somebody still looks for work (仍在求职).
pub async fn still_looking(ctx: &Ctx, id: Option<Uuid>, once: Option<Once>) -> Result<Outcome, Stop<StillLooking>> {
    ctx.transact_once(&policy::LOOKING, once, |tx| async move {
        let Some(row) = meant(&tx, id).await? else { return Err(Stop::Refused(StillLooking::NotRegistered)) };
        go_on(&tx, &row).await?;
        Ok(Outcome::of("Worker", row.id, row.version + 1))
    })
    .await
}

async fn go_on(tx: &Tx, row: &entities::worker::Model) -> Result<(), Fault> {
    let days = Parameters::of(tx).await?.get(WorkerParameter::LookingDays);
    save::set_looking(tx, row, Some(save::looking_until(tx.ctx().now(), days))).await
}

/// An answer to the question whether somebody still looks for work (短信回复仍在求职): 1 says yes. Answered twice it is said once
/// more, which changes nothing. The number that answers must still be the worker's.
pub(crate) async fn hear(ctx: Ctx, event: SmsReceived) -> Result<(), Fault> {
    if event.template.as_deref() != Some(STILL_LOOKING) {
        return Ok(());
    }
    let Some((_, worker)) = event.about.filter(|(kind, _)| kind == "Worker") else { return Ok(()) };
    let Some(answer) = sms::answer(&ctx, event.id).await? else { return Ok(()) };
    if answer.text.try_map(|text| (text.trim() == "1").then_some(())).is_none() {
        return Ok(());
    }
    let said: Result<(), Stop<Never>> = ctx
        .transact(&policy::LOOKING, |tx| async move {
            let row = match load::worker(&tx, worker).await {
                Ok(row) => visible::load_for(&tx, &policy::LOOKING, row.id).await?,
                // Erased meanwhile.
                Err(Fault::NotFound) => return Ok(()),
                Err(fault) => return Err(Stop::Fault(fault)),
            };
            let person = citizens::person(tx.ctx(), &citizens::citizen(&tx, row.citizen_id).await?).await?;
            if row.status == "ACTIVE" && person.phone.as_ref() == Some(&answer.from) {
                tx.note("by", "sms");
                go_on(&tx, &row).await?;
            }
            Ok(())
        })
        .await;
    said.map_err(Stop::into_fault)
}
