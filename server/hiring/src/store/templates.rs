//! What a hiring party keeps for itself (模板、常用工): templates and favourites.

use entities::worker;
use kernel::{Ctx, Fault, Tx};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::place;
use crate::kinds::EngagementStatus;
use crate::policy;
use crate::rows::{engagement, posting_template};
use crate::rules::shifts::MOST;

/// A template, held until the end of the transaction.
pub async fn held(tx: &Tx, id: Uuid) -> Result<posting_template::Model, Fault> {
    posting_template::Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Fault::NotFound)
}

/// A worker, or [`Fault::NotFound`].
pub async fn worker(tx: &Tx, id: Uuid) -> Result<worker::Model, Fault> {
    worker::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)
}

/// Refuses unless the actor may keep what is this party's own; a party it may not act for is *not found*.
pub async fn may_keep(ctx: &Ctx, db: &impl ConnectionTrait, party: Uuid) -> Result<(), Fault> {
    let party = people::acts_for(ctx, db, party).await?.ok_or(Fault::NotFound)?;
    ctx.require(&policy::TEMPLATE, &place::of_party(db, &party).await?).await
}

/// The states in which somebody worked, or is going to.
const WORKED: [EngagementStatus; 4] =
    [EngagementStatus::Confirmed, EngagementStatus::Arrived, EngagementStatus::Completed, EngagementStatus::Paid];

/// Has this worker the word of this party, or worked for it?
pub async fn has_worked_for(tx: &Tx, party: Uuid, worker: Uuid) -> Result<bool, Fault> {
    let one = engagement::Entity::find()
        .select_only()
        .column(engagement::Column::Id)
        .filter(engagement::Column::PartyId.eq(party))
        .filter(engagement::Column::WorkerId.eq(worker))
        .filter(engagement::Column::Status.is_in(WORKED))
        .limit(1);
    Ok(one.into_tuple::<Uuid>().one(tx).await?.is_some())
}

/// The workers of a posting, each once, in the order in which they were confirmed.
pub async fn workers_of(db: &impl ConnectionTrait, posting: Uuid) -> Result<Vec<Uuid>, Fault> {
    let most = u64::try_from(MOST).unwrap_or_default() * 500;
    let rows: Vec<Uuid> = engagement::Entity::find()
        .select_only()
        .column(engagement::Column::WorkerId)
        .filter(engagement::Column::PostingId.eq(posting))
        .filter(engagement::Column::WorkerId.is_not_null())
        .filter(engagement::Column::Status.is_in(WORKED))
        .order_by_asc(engagement::Column::ConfirmedAt)
        .order_by_asc(engagement::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    let mut seen = std::collections::HashSet::new();
    Ok(rows.into_iter().filter(|worker| seen.insert(*worker)).collect())
}
