//! The stand-by list (候补): who is on it has a place as soon as one is free, in the order in which they came.

use entities::{citizen, worker};
use kernel::{Fault, Tx};
use sea_orm::sea_query::{LockBehavior, LockType, SelectStatement};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::deal::on;
use super::offer::Offer;
use super::{change, doors, places, slips, workers};
use crate::engagements::events::EngagementConfirmed;
use crate::engagements::rules::cancel;
use crate::engagements::rules::settings::HireRules;
use crate::engagements::rules::steps::Step;
use crate::kinds::EngagementStatus;
use crate::rows::engagement::{self, Column as Of};

/// So many who can come are looked at: whoever took other work just now is passed over.
const LOOK: u64 = 20;

/// The next number on the stand-by list of a shift.
pub async fn next_number(tx: &Tx, shift: Uuid) -> Result<i32, Fault> {
    let ever = engagement::Entity::find().filter(Of::ShiftId.eq(shift)).filter(Of::StandbyNo.is_not_null());
    let last: Option<i32> = ever
        .select_only()
        .column(Of::StandbyNo)
        .order_by_desc(Of::StandbyNo)
        .into_tuple::<Option<i32>>()
        .one(tx)
        .await?
        .flatten();
    Ok(last.unwrap_or(0) + 1)
}

/// The first of the list who can come, held; those whose worker another transaction holds are passed over, so that nobody
/// waits for somebody who waits.
async fn first_free(tx: &Tx, offer: &Offer) -> Result<Option<(engagement::Model, worker::Model)>, Fault> {
    let waiting = engagement::Entity::find()
        .filter(Of::ShiftId.eq(offer.shift.id))
        .filter(Of::Status.eq(EngagementStatus::Standby))
        .join(JoinType::InnerJoin, on::<engagement::Entity, worker::Entity>(Of::WorkerId, worker::Column::Id))
        .filter(worker::Column::Status.eq("ACTIVE"))
        .filter(worker::Column::CitizenId.in_subquery(in_use()))
        .filter(workers::has_no_place_at((offer.shift.starts_at.into(), offer.shift.ends_at.into())))
        .order_by_asc(Of::StandbyNo)
        .order_by_asc(Of::Id)
        .limit(LOOK)
        // Both rows are held, or neither.
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .select_also(worker::Entity)
        .all(tx)
        .await?;
    let waiting: Vec<_> = waiting.into_iter().filter_map(|(row, who)| Some((row, who?))).collect();
    let ids: Vec<Uuid> = waiting.iter().map(|(_, who)| who.id).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let found = workers::standing(tx, &ids, offer.shift.id, offer.shift.starts_at, offer.shift.ends_at).await?;
    Ok(waiting.into_iter().find(|(_, who)| !found.busy.contains(&who.id)))
}

/// Citizens who are in use: of one who is blocked the registration stays as it was.
fn in_use() -> SelectStatement {
    let all = citizen::Entity::find().select_only().column(citizen::Column::Id);
    all.filter(citizen::Column::Status.eq("ACTIVE")).into_query()
}

/// Is the list called now: is the shift on offer, is there time, is the hiring party verified, and may the agency that published it
/// place anybody? Where it may not the place stays free, and is filled from the list once it may again.
async fn is_called(tx: &Tx, offer: &Offer, rules: &HireRules) -> Result<bool, Fault> {
    let on_offer = offer.shift.open && offer.party.status == "VERIFIED";
    if !on_offer || !cancel::calls_standby(rules, offer.shift.starts_at, tx.ctx().now()) {
        return Ok(false);
    }
    doors::licence_ok(tx.ctx(), tx, offer.posting.agency_id).await
}

/// Gives a place that was just given up to the first of the stand-by list who can come; says to whom. The place was not given
/// back in between, so that nobody overtakes the list.
pub async fn pass_on(tx: &Tx, offer: &Offer, rules: &HireRules) -> Result<Option<Uuid>, Fault> {
    if !is_called(tx, offer, rules).await? {
        return Ok(None);
    }
    let Some(next) = first_free(tx, offer).await? else { return Ok(None) };
    promote(tx, offer, rules, &next).await?;
    Ok(Some(next.0.id))
}

async fn promote(
    tx: &Tx,
    offer: &Offer,
    rules: &HireRules,
    (row, who): &(engagement::Model, worker::Model),
) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let promoted = change::step(row, Step::Promote, now).ok_or(Fault::internal("promote from a stand-by list"))?;
    change::write(tx, row, change::confirmed(&offer.posting, &offer.shift, promoted)).await?;
    workers::given(tx, &[who.id]).await?;
    tx.put(slips::slip(tx, offer, rules, row.id, &workers::Hand::from(who))?);
    tx.announce(&EngagementConfirmed { id: row.id, promoted: true })
}

/// Gives up a place: the first of the stand-by list has it, or it is free again.
pub async fn give_up(tx: &Tx, offer: &Offer, rules: &HireRules) -> Result<Option<Uuid>, Fault> {
    let next = pass_on(tx, offer, rules).await?;
    if next.is_none() {
        places::free(tx, &offer.shift, 1).await?;
    }
    Ok(next)
}

/// Fills the free places of a shift from its stand-by list; how many.
pub async fn fill(tx: &Tx, offer: &Offer, rules: &HireRules) -> Result<usize, Fault> {
    let mut filled = 0;
    let waiting = engagement::Entity::find()
        .filter(Of::ShiftId.eq(offer.shift.id))
        .filter(Of::Status.eq(EngagementStatus::Standby))
        .count(tx)
        .await?;
    if !is_called(tx, offer, rules).await? {
        return Ok(0);
    }
    for _ in 0..waiting {
        let Some(next) = first_free(tx, offer).await? else { break };
        if !places::take(tx, &offer.shift, 1).await? {
            break;
        }
        promote(tx, offer, rules, &next).await?;
        filled += 1;
    }
    Ok(filled)
}
