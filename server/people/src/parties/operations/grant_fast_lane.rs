//! Giving the fast lane (授予快速发布通道, R10): what it publishes goes out at once and is looked at afterwards.

use entities::hiring_party;
use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::parties::policy;
use crate::parties::rules::standing::{is_without_fast_lane, standing};
use crate::parties::store::{history, party as rows, visible};

kernel::refusals! {
    /// Why the fast lane was not given (不予授予快速发布通道).
    pub GrantFastLane => GrantFastLaneReason, GrantFastLaneRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该主体已被他人修改（现为第{current}版），请刷新后再试。" /
            "Someone else changed this party (now version {current}); reload and try again.",
        /// It is not verified.
        NotVerified @ "id": "只有已核验的主体才能使用快速发布通道，请先审核。" / "Only a verified party has the fast lane; verify it first.",
        /// It has it.
        AlreadyGiven @ "id": "该主体已有快速发布通道。" / "This party has the fast lane already.",
        /// It has not signed the pledge in force.
        NotPledged @ "id": "该主体尚未签署现行用工承诺书，请先签署。" / "This party has not signed the pledge in force; let it sign first.",
        /// It lost it, and the time is not over.
        LostUntil { until: String } @ "id": "该主体的快速发布通道停用至 {until}，到期后再授予。" / "This party is without the fast lane until {until}; give it afterwards.",
    }
}

/// Gives the fast lane to a verified party that signed the pledge (授予快速发布通道).
pub async fn grant_fast_lane(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<GrantFastLane>> {
    ctx.transact_once(&policy::FAST_LANE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::FAST_LANE, id).await?;
        decide(&row, version, tx.ctx().today()).map_err(Stop::Refused)?;
        let change = hiring_party::ActiveModel { fast_lane: Set(true), ..Default::default() };
        if !rows::change(&tx, &row, change).await? {
            return Err(Stop::Refused(GrantFastLane::Conflict { current: version + 1 }));
        }
        history::write(&tx, id, "fast_lane_given", None);
        Ok(Outcome::of("HiringParty", id, version + 1))
    })
    .await
}

fn decide(row: &hiring_party::Model, version: i32, today: chrono::NaiveDate) -> Result<(), GrantFastLane> {
    if row.version != version {
        return Err(GrantFastLane::Conflict { current: row.version });
    }
    let standing = standing(row, today);
    if !standing.verified {
        return Err(GrantFastLane::NotVerified);
    }
    if let Some(until) = row.fast_lane_lost_until.filter(|_| is_without_fast_lane(row, today)) {
        return Err(GrantFastLane::LostUntil { until: until.to_string() });
    }
    if row.fast_lane {
        return Err(GrantFastLane::AlreadyGiven);
    }
    if standing.pledged { Ok(()) } else { Err(GrantFastLane::NotPledged) }
}
