//! Places of a shift (名额): each is taken by one statement that either takes it or finds none left. So the same place is never
//! promised twice, whoever comes at the same moment.

use chrono::{DateTime, Utc};
use kernel::{Claim, Fault, Tx};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query, UpdateStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _,
    QuerySelect as _, Value,
};
use uuid::Uuid;

use super::deal::on;
use super::offer::Offer;
use super::workers;
use crate::kinds::PostingStatus;
use crate::operations::fill_posting::{filled_plainly, posting_filled, posting_free};
use crate::rows::{posting, shift};

/// Takes so many places of a shift, all or none; says whether they were there, as the shift was read. When the last one goes the
/// posting is filled.
pub async fn take(tx: &Tx, row: &shift::Model, places: i32) -> Result<bool, Fault> {
    take_where(tx, row, places, Condition::all()).await
}

/// Takes a place for a worker whom the transaction holds, unless something stands in its way (see [`workers::standing`]).
pub async fn take_for(tx: &Tx, row: &shift::Model, worker: Uuid) -> Result<bool, Fault> {
    let hours = (row.starts_at.into(), row.ends_at.into());
    let free = workers::nothing_in_the_way(workers::of_these(&[worker]), row.id, hours);
    take_where(tx, row, 1, Condition::all().add(free)).await
}

/// Takes a place with the last statements of a transaction that holds nothing: the last one, which fills the posting, or another,
/// as it was seen.
pub fn claim(tx: &Tx, Offer { shift: row, posting, .. }: &Offer) -> Result<(), Fault> {
    use shift::Column as Of;
    if row.taken + 1 == row.headcount {
        // Before the shift: whoever closes a posting holds it first, too.
        filled_plainly(tx, posting.id, row.id)?;
        tx.claim(Claim::new([row.id.into(), row.edition.into()], |[id, edition]| {
            taking(id, edition, 1).and_where(Expr::col(Of::Taken).add(1).eq(Expr::col(Of::Headcount))).to_owned()
        }));
    } else {
        tx.claim(Claim::new([row.id.into(), row.edition.into()], |[id, edition]| {
            taking(id, edition, 1).and_where(Expr::col(Of::Taken).add(1).lt(Expr::col(Of::Headcount))).to_owned()
        }));
    }
    Ok(())
}

/// Takes places of a shift that is open, and that was not amended since it was read.
fn taking(id: impl Into<Value>, edition: impl Into<Value>, places: i32) -> UpdateStatement {
    use shift::Column as Of;
    Query::update()
        .table(shift::Entity)
        .value(Of::Taken, Expr::col(Of::Taken).add(places))
        .and_where(Of::Id.eq(id.into()))
        .and_where(Of::Edition.eq(edition.into()))
        .and_where(Of::Open.eq(true))
        .to_owned()
}

async fn take_where(tx: &Tx, row: &shift::Model, places: i32, besides: Condition) -> Result<bool, Fault> {
    use shift::Column as Of;
    let statement = taking(row.id, row.edition, places)
        .and_where(Expr::col(Of::Taken).add(places).lte(Expr::col(Of::Headcount)))
        .cond_where(besides)
        .returning(Query::returning().columns([Of::Taken, Of::Headcount]))
        .to_owned();
    let Some(answer) = tx.query_all(&statement).await?.pop() else { return Ok(false) };
    let (taken, headcount): (i32, i32) = (answer.try_get("", "taken")?, answer.try_get("", "headcount")?);
    if taken == headcount {
        settle(tx, row.posting_id, PostingStatus::Published).await?;
    }
    Ok(true)
}

/// Gives places back. A posting that was filled is published again.
pub async fn free(tx: &Tx, row: &shift::Model, places: i32) -> Result<(), Fault> {
    use shift::Column as Of;
    shift::Entity::update_many()
        .col_expr(Of::Taken, Expr::col(Of::Taken).sub(places))
        .filter(Of::Id.eq(row.id))
        .filter(Of::Taken.gte(places))
        .exec(tx)
        .await?;
    settle(tx, row.posting_id, PostingStatus::Filled).await
}

/// Counts in the place of somebody who is found to have been there (名额补记), whatever became of the place meanwhile: then more are
/// taken than there are, and nobody gets another. No posting is filled by it: its shift has begun.
pub async fn count_in(tx: &Tx, row: &shift::Model) -> Result<(), Fault> {
    use shift::Column as Of;
    shift::Entity::update_many()
        .col_expr(Of::Taken, Expr::col(Of::Taken).add(1))
        .filter(Of::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Postings that are filled and have a free place of a shift to come.
pub async fn filled_with_free_places(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>, Fault> {
    use shift::Column as Of;
    let of = on::<shift::Entity, posting::Entity>(Of::PostingId, posting::Column::Id);
    Ok(shift::Entity::find()
        .select_only()
        .column(Of::PostingId)
        .distinct()
        .join(JoinType::InnerJoin, of)
        .filter(posting::Column::Status.eq(PostingStatus::Filled))
        .filter(Of::Open.eq(true))
        .filter(Of::StartsAt.gt(now))
        .filter(Expr::col((shift::Entity, Of::Taken)).lt(Expr::col((shift::Entity, Of::Headcount))))
        .into_tuple()
        .all(db)
        .await?)
}

/// Settles what a posting says of its places, unless somebody else is at it: whoever closes or amends it decides what it becomes,
/// and nobody here, who holds a shift, waits for them while they wait for the shift. What was left so is settled at night.
pub async fn settle(tx: &Tx, id: Uuid, from: PostingStatus) -> Result<(), Fault> {
    let held = posting::Entity::find_by_id(id)
        .select_only()
        .column(posting::Column::Id)
        .filter(posting::Column::Status.eq(from))
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .into_tuple::<Uuid>()
        .one(tx)
        .await?;
    if held.is_none() {
        return Ok(());
    }
    match from {
        PostingStatus::Filled => posting_free(tx, id).await?,
        _ => posting_filled(tx, id).await?,
    };
    Ok(())
}
