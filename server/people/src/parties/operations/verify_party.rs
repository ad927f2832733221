//! Verifying a hiring party (通过核验): every required step has passed.

use std::collections::HashMap;

use entities::hiring_party;
use kernel::divisions::Divisions;
use kernel::policy::{OperatorClass, Place};
use kernel::{Actor, Ctx, Fault, Once, Outcome, Stop, Words, places};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::events::PartyVerified;
use crate::parties::kinds::{PartyDecision, PartyKind, PartyStatus, PartyStep, PartyStepResult};
use crate::parties::policy;
use crate::parties::rules::life::{Move, after, named};
use crate::parties::rules::organ::Organ;
use crate::parties::rules::verification::{missing, notice};
use crate::parties::store::reviews::{self, Decided};
use crate::parties::store::{history, party as rows, steps, visible};

kernel::refusals! {
    /// Why a hiring party was not verified (不予通过核验).
    pub VerifyParty => VerifyPartyReason, VerifyPartyRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is verified, suspended or closed.
        NotFromHere { zh: String, en: String } @ "id":
            "该主体当前状态为“{zh}”，不需要或不能审核。" / "This party is {en}; there is nothing to verify.",
        /// Steps are missing: all of them are told at once.
        Incomplete { zh: String, en: String } @ "id":
            "通过核验前还缺以下事项，请一次补齐：{zh}。" / "Before it is verified, do all of: {en}.",
    }
}

/// Verifies a hiring party (通过核验). The badge that everybody sees names the day and the organ.
pub async fn verify_party(ctx: &Ctx, id: Uuid, version: i32, once: Option<Once>) -> Result<Outcome, Stop<VerifyParty>> {
    ctx.transact_once(&policy::VERIFY, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::VERIFY, id).await?;
        let seen = steps::of_party(&tx, id).await?;
        let status = decide(&row, version, &seen).map_err(Stop::Refused)?;
        let ctx = tx.ctx();
        let change = hiring_party::ActiveModel {
            status: Set(status.code().to_owned()),
            status_reason: Set(None),
            verified_on: Set(Some(ctx.today())),
            verified_by: Set(ctx.actor().account_id()),
            ..Default::default()
        };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(VerifyParty::Conflict { current: version + 1 }));
        }
        let organ = organ(ctx, &row).await?.named().stored();
        let decided = Decided { organ: Some(organ), ..Decided::simply(PartyDecision::Verified) };
        reviews::decide(&tx, id, decided).await?;
        // At a counter one person may do both; that it was one is kept, and the sampling check is another's.
        if row.registered_by.is_some() && row.registered_by == ctx.actor().account_id() {
            tx.note("registered_by_verifier", true);
        }
        history::write(&tx, id, "verified", None);
        tx.announce(&PartyVerified { party: id })?;
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

fn decide(
    row: &hiring_party::Model,
    version: i32,
    seen: &HashMap<PartyStep, PartyStepResult>,
) -> Result<PartyStatus, VerifyParty> {
    if row.version != version {
        return Err(VerifyParty::Conflict { current: row.version });
    }
    let status = PartyStatus::of(row);
    let Some(verified) = after(status, Move::Verify) else {
        let Words { zh, en } = named(status);
        return Err(VerifyParty::NotFromHere { zh, en });
    };
    let missing = missing(PartyKind::of(row), seen);
    if missing.is_empty() {
        return Ok(verified);
    }
    let Words { zh, en } = notice(&missing, None);
    Err(VerifyParty::Incomplete { zh, en })
}

/// In whose name: the bureau's where whoever verifies holds an office of the city or the county, else the market's.
async fn organ(ctx: &Ctx, row: &hiring_party::Model) -> Result<Organ, Fault> {
    let tenant = ctx.tenant();
    let city = || Organ::City(Words::new(tenant.name_zh.clone(), tenant.name_en.clone()));
    if matches!(ctx.actor(), Actor::System(_)) {
        return Ok(city());
    }
    let at = |county: Option<String>| Place { class: OperatorClass::Bureau, county, ..Place::city() };
    if ctx.allows(&policy::VERIFY, &at(None)).await? {
        return Ok(city());
    }
    if ctx.allows(&policy::VERIFY, &at(Some(row.county.clone()))).await? {
        let name = Divisions::standard().get(&row.county).map(|county| county.name.clone());
        return Ok(name.map_or_else(city, Organ::County));
    }
    let Some(market) = row.market_id else { return Ok(city()) };
    let name = places::names(ctx, "Market", vec![market]).await?.remove(&market);
    Ok(name.map_or_else(city, Organ::Market))
}
