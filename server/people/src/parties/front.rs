//! What other chapters use of hiring parties (对外接口).

use entities::hiring_party;
use kernel::{Actor, Ctx, Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::LockType;
use sea_orm::{ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::events::PartyFastLaneLost;
use super::policy;
use super::rules::pledge;
use super::store::visible::{Sight, place_of};
use super::store::{history, party as rows};

/// The party, if the actor may act for it: a citizen who belongs to it, or staff in whose reach it lies. `None` for
/// everybody else, and where there is no such party. A party that is suspended or closed still has things to settle: whether
/// it may hire says its standing.
pub async fn acts_for(ctx: &Ctx, db: &impl ConnectionTrait, party: Uuid) -> Result<Option<hiring_party::Model>, Fault> {
    if matches!(ctx.actor(), Actor::System(_)) {
        return Ok(hiring_party::Entity::find_by_id(party).one(db).await?);
    }
    let sight = match Sight::of(ctx, &policy::ACT_FOR).await {
        Ok(sight) => sight,
        Err(Fault::Forbidden | Fault::Unauthenticated) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let seen = hiring_party::Entity::find_by_id(party).filter(sight.parties());
    let Some(row) = seen.one(db).await? else { return Ok(None) };
    let place = place_of(ctx, &row).await?;
    Ok(ctx.allows(&policy::ACT_FOR, &place).await?.then_some(row))
}

/// Takes the fast lane from a party up to and including a day, for what it did (停用快速发布通道). What was lost for longer
/// already stays lost for longer. Asks nobody's permission: whoever calls this decided by a rule. The lock lets others point to
/// the party meanwhile.
pub async fn lose_fast_lane(tx: &Tx, party: Uuid, until: chrono::NaiveDate, reason: &str) -> Result<(), Fault> {
    let held = hiring_party::Entity::find_by_id(party).lock(LockType::NoKeyUpdate);
    let row = held.one(tx).await?.ok_or(Fault::NotFound)?;
    if row.fast_lane_lost_until.is_some_and(|lost| lost >= until) {
        return Ok(());
    }
    let change = hiring_party::ActiveModel { fast_lane_lost_until: Set(Some(until)), ..Default::default() };
    if !rows::change(tx, &row, change).await? {
        return Err(Fault::internal("take the fast lane from a party: its row is held"));
    }
    history::write(tx, party, "fast_lane_lost", Some(reason.to_owned()));
    tx.announce(&PartyFastLaneLost { party })
}

/// The version of the pledge in force (现行用工承诺书版本): the one that is read and signed.
#[must_use]
pub fn pledge_in_force() -> &'static str {
    pledge::current().version
}
