//! What happens when a posting comes to be seen, and when it goes (发布与撤下): its shifts open and close, what waits for an answer
//! lapses, everybody is told.

use kernel::outbox::Event;
use kernel::{Claim, Ctx, Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, ExprTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Value,
};
use uuid::Uuid;

use super::{history, posting as rows, settings};
use crate::events::{PostingFilled, PostingPublished};
use crate::kinds::{EngagementStatus, PostingStatus};
use crate::rows::{engagement, posting, posting_event, shift};

/// Engagements in which nothing is confirmed yet: they lapse with their posting.
const PENDING: [EngagementStatus; 4] =
    [EngagementStatus::Applied, EngagementStatus::Contacted, EngagementStatus::Agreed, EngagementStatus::Standby];

/// Publishes a posting: `kind` is what its history says. False when somebody was faster.
pub async fn publish(
    tx: &Tx,
    row: &posting::Model,
    change: posting::ActiveModel,
    kind: &str,
    reason: Option<String>,
) -> Result<bool, Fault> {
    let now = tx.ctx().now();
    let change = posting::ActiveModel {
        status: Set(PostingStatus::Published),
        status_reason: Set(None),
        remarks: Set(None),
        published_at: Set(Some(row.published_at.unwrap_or(now))),
        last_confirmed_at: Set(now),
        fresh_until: Set(settings::figures(tx).await?.fresh_until(now)),
        ..change
    };
    if !rows::change(tx, row, change).await? {
        return Ok(false);
    }
    open_shifts(tx, &[row.id], true).await?;
    history::write(tx, row.id, kind, reason);
    tx.announce(&PostingPublished { id: row.id })?;
    if row.published_at.is_some() {
        // It was seen before: its places may all be taken.
        settle(tx, row.id, PostingStatus::Filled, "filled", &PostingFilled { id: row.id }).await?;
    }
    Ok(true)
}

/// Takes postings out of sight for good: nobody applies any more, and what waits for an answer lapses. What is confirmed goes
/// on. Engagements are held before the shifts, in the order in which the hire holds them; who applies in between finds the shift
/// closed at the next look.
pub async fn end(tx: &Tx, ids: &[Uuid], why: &str) -> Result<(), Fault> {
    let lapsed = engagement::ActiveModel {
        status: Set(EngagementStatus::Lapsed),
        ended_at: Set(Some(tx.ctx().now())),
        end_reason: Set(Some(why.to_owned())),
        ..engagement::ActiveModel::default()
    };
    engagement::Entity::update_many()
        .set(lapsed)
        .col_expr(engagement::Column::Version, Expr::col(engagement::Column::Version).add(1))
        .filter(engagement::Column::Id.in_subquery(pending(ids)))
        .exec(tx)
        .await?;
    open_shifts(tx, ids, false).await
}

fn pending(ids: &[Uuid]) -> SelectStatement {
    engagement::Entity::find()
        .select_only()
        .column(engagement::Column::Id)
        .filter(engagement::Column::PostingId.is_in(ids.iter().copied()))
        .filter(engagement::Column::Status.is_in(PENDING))
        .order_by_asc(engagement::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .into_query()
}

/// The same of many, with their state and an entry in the history of each: `kind` is what it says, `why` is the end of what
/// lapses.
pub async fn end_all(tx: &Tx, ids: &[Uuid], status: PostingStatus, (kind, why): (&str, &str)) -> Result<(), Fault> {
    let change = posting::ActiveModel {
        status: Set(status),
        updated_at: Set(tx.ctx().now()),
        ..posting::ActiveModel::default()
    };
    posting::Entity::update_many()
        .set(change)
        .col_expr(posting::Column::Version, Expr::col(posting::Column::Version).add(1))
        .filter(posting::Column::Id.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    end(tx, ids, why).await?;
    let entries = ids.iter().map(|id| history::entry(tx.ctx(), *id, kind, None)).collect();
    rows::insert::<posting_event::Entity>(tx, entries).await
}

/// Opens or closes all shifts of some postings.
pub async fn open_shifts(tx: &Tx, ids: &[Uuid], open: bool) -> Result<(), Fault> {
    shift::Entity::update_many()
        .col_expr(shift::Column::Open, Expr::value(open))
        .filter(shift::Column::PostingId.is_in(ids.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// How many have the word of the party for a shift that is not over: whoever is at work may be one whose arrival nobody recorded.
pub async fn confirmed_ahead(tx: &Tx, posting: Uuid) -> Result<u64, Fault> {
    Ok(engagement::Entity::find()
        .filter(engagement::Column::PostingId.eq(posting))
        .filter(engagement::Column::Status.eq(EngagementStatus::Confirmed))
        .filter(engagement::Column::EndsAt.gt(tx.ctx().now()))
        .count(tx)
        .await?)
}

/// Does somebody hold a place of it, or did: whatever was agreed with them stays as it was?
pub async fn has_agreed(tx: &Tx, posting: Uuid) -> Result<bool, Fault> {
    let held = [
        EngagementStatus::Agreed,
        EngagementStatus::Confirmed,
        EngagementStatus::Arrived,
        EngagementStatus::Completed,
        EngagementStatus::Paid,
    ];
    let some = engagement::Entity::find()
        .filter(engagement::Column::PostingId.eq(posting))
        .filter(engagement::Column::Status.is_in(held))
        .count(tx)
        .await?;
    Ok(some > 0)
}

/// Shifts of this posting with a place that somebody could still take.
fn free_places(posting: Value, now: Value) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(shift::Entity)
        .and_where(shift::Column::PostingId.eq(posting))
        .and_where(shift::Column::Open.eq(true))
        .and_where(shift::Column::StartsAt.gt(now))
        .and_where(Expr::col(shift::Column::Taken).lt(Expr::col(shift::Column::Headcount)))
        .to_owned()
}

/// Fills a posting with the last statements of a transaction that takes the last place of `shift` (先占), if it is shown, no
/// other shift ahead has a place, and nobody else is at it (see [`settle`]).
#[must_use]
pub fn filling(ctx: &Ctx, posting: Uuid, shift: Uuid) -> Claim {
    Claim::new([posting.into(), shift.into(), ctx.now().into()], |[posting, shift, now]| {
        let others = free_places(posting.clone(), now.clone()).and_where(shift::Column::Id.ne(shift)).to_owned();
        let held = posting::Entity::find()
            .select_only()
            .column(posting::Column::Id)
            .filter(posting::Column::Id.eq(posting.clone()))
            .filter(posting::Column::Status.eq(PostingStatus::Published))
            .filter(Expr::exists(others).not())
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        Query::update()
            .table(posting::Entity)
            .value(posting::Column::Status, PostingStatus::Filled)
            .value(posting::Column::UpdatedAt, now)
            .value(posting::Column::Version, Expr::col(posting::Column::Version).add(1))
            .and_where(posting::Column::Id.eq(posting))
            .and_where(posting::Column::Id.in_subquery(held.into_query()))
            .to_owned()
    })
}

/// Moves a posting from one of the two states of being shown to the other, where its places say so: one statement.
pub async fn settle<E: Event>(tx: &Tx, posting: Uuid, to: PostingStatus, kind: &str, event: &E) -> Result<bool, Fault> {
    let free = Expr::exists(free_places(posting.into(), tx.ctx().now().into()));
    let (from, free) = match to {
        PostingStatus::Filled => (PostingStatus::Published, free.not()),
        _ => (PostingStatus::Filled, free),
    };
    let change =
        posting::ActiveModel { status: Set(to), updated_at: Set(tx.ctx().now()), ..posting::ActiveModel::default() };
    let done = posting::Entity::update_many()
        .set(change)
        .col_expr(posting::Column::Version, Expr::col(posting::Column::Version).add(1))
        .filter(posting::Column::Id.eq(posting))
        .filter(posting::Column::Status.eq(from))
        .filter(free)
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    history::write(tx, posting, kind, None);
    tx.announce(event)?;
    Ok(true)
}
