//! What a worker has done (零工履历): read from its engagements, and let go of when the worker wants it.

use cases::rules::life::is_open;
use kernel::clock::day_of;
use kernel::crypto::{Key, derive};
use kernel::trades::Trades;
use kernel::{Ctx, Fault, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use std::ops::Deref;
use uuid::Uuid;

use super::deal::{allowance_owed, on, to_get, with_posting, with_shift};
use super::slips;
use crate::engagements::appeal;
use crate::engagements::rules::pay;
use crate::engagements::rules::record::Done;
use crate::kinds::EngagementStatus;
use crate::rows::engagement::{self, Column as Of};
use crate::rows::{conduct_point, posting, shift, talk, wage_line};

/// A record names so many pieces of work at most, the newest.
const MOST: u64 = 2000;

/// What a worker has done, the newest first. Where nobody recorded the arrival nobody saw the hours: such work counts once a wage
/// sheet names them, or the worker confirmed the pay (decision 24).
pub async fn done(db: &impl ConnectionTrait, worker: Uuid) -> Result<Vec<Done>, Fault> {
    type Line = (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>, i32, String, Option<i64>, Option<i32>);
    let line = on::<engagement::Entity, wage_line::Entity>(Of::Id, wage_line::Column::EngagementId);
    let known = Condition::any()
        .add(Of::ArrivedAt.is_not_null())
        .add(Of::Status.eq(EngagementStatus::Paid))
        .add(wage_line::Column::Id.is_not_null());
    let rows: Vec<Line> = with_shift(with_posting(engagement::Entity::find()))
        .join(JoinType::LeftJoin, line)
        .select_only()
        .column(Of::StartsAt)
        .column(Of::EndsAt)
        .column(shift::Column::BreakMinutes)
        .column(posting::Column::Trade)
        .column(Of::PaidFen)
        .column(wage_line::Column::Minutes)
        .filter(Of::WorkerId.eq(worker))
        .filter(Of::Status.is_in([EngagementStatus::Completed, EngagementStatus::Paid]))
        .filter(known)
        .order_by_desc(Of::StartsAt)
        .limit(MOST)
        .into_tuple()
        .all(db)
        .await?;
    let trades = Trades::standard();
    let of = |(from, to, rest, trade, paid_fen, counted): Line| Done {
        day: day_of(from),
        trade_name: trades.name(&trade).unwrap_or(&trade).to_owned(),
        minutes: counted.unwrap_or_else(|| pay::minutes(from, to, rest)),
        trade,
        paid_fen,
    };
    Ok(rows.into_iter().map(of).collect())
}

/// The key that signs records of the city: it follows from the ring and stays when the root key is replaced.
pub async fn seed(ctx: &Ctx) -> Result<impl Deref<Target = Key> + Send + Sync + use<>, Fault> {
    Ok(derive::key(&ctx.keys().await?.link_key(), "work-record", &[&ctx.tenant().code]))
}

/// Engagements of which points are appealed against.
async fn appealed(tx: &Tx, worker: Uuid) -> Result<Vec<Uuid>, Fault> {
    let points: Vec<(Uuid, Uuid)> = conduct_point::Entity::find()
        .select_only()
        .columns([conduct_point::Column::Id, conduct_point::Column::EngagementId])
        .filter(conduct_point::Column::WorkerId.eq(worker))
        .filter(conduct_point::Column::CaseId.is_not_null())
        .into_tuple()
        .all(tx)
        .await?;
    let cases = cases::about(tx, appeal::KIND, points.iter().map(|(id, _)| *id).collect()).await?;
    let open = |id: &Uuid| cases.get(id).is_some_and(|case| is_open(case.status));
    Ok(points.iter().filter(|(id, _)| open(id)).map(|(_, engagement)| *engagement).collect())
}

/// What is over and may go: nothing of it waits for work, pay or a dispute, none of its points counts, and no written agreement about
/// it must still be kept.
fn over(ctx: &Ctx) -> Condition {
    let over = [
        EngagementStatus::Paid,
        EngagementStatus::Declined,
        EngagementStatus::CancelledByWorker,
        EngagementStatus::CancelledByParty,
        EngagementStatus::NoShow,
        EngagementStatus::Lapsed,
    ];
    let counting = conduct_point::Entity::find()
        .select_only()
        .column(conduct_point::Column::EngagementId)
        .filter(conduct_point::Column::LiftedAt.is_null())
        .filter(conduct_point::Column::ExpiresOn.gte(ctx.today()));
    // What was paid short waits for the rest.
    let paid_in_full = Condition::any()
        .add(Of::Status.ne(EngagementStatus::Paid))
        .add(to_get().is_null())
        .add(Of::PaidFen.into_expr().gte(to_get()));
    let without_agreement = Condition::any()
        .add(Of::EndsAt.lt(slips::kept_from(ctx.now())))
        .add(Of::Id.not_in_subquery(slips::with_agreement()));
    Condition::all()
        .add(without_agreement)
        .add(Of::Status.is_in(over))
        .add(Of::DisputedAt.is_null())
        .add(paid_in_full)
        .add(allowance_owed().not())
        .add(Of::Id.not_in_subquery(sea_orm::QueryTrait::into_query(counting)))
}

/// Takes a worker out of what is over and not appealed against: messages and slips go, points that do not count any more go, and of the
/// engagement a number is left that is nobody's. Wage sheets stay as the law wants them, and written agreements for their time. How many
/// were let go, and how many stay.
pub async fn let_go(tx: &Tx, worker: Uuid, all: bool) -> Result<(u64, u64), Fault> {
    let which = if all { Condition::all() } else { over(tx.ctx()).add(Of::Id.is_not_in(appealed(tx, worker).await?)) };
    let ids: Vec<Uuid> = engagement::Entity::find()
        .select_only()
        .column(Of::Id)
        .filter(Of::WorkerId.eq(worker))
        .filter(which)
        .into_tuple()
        .all(tx)
        .await?;
    for some in ids.chunks(500) {
        let of = some.iter().copied();
        talk::Entity::delete_many().filter(talk::Column::EngagementId.is_in(of.clone())).exec(tx).await?;
        slips::forget(tx, some).await?;
        conduct_point::Entity::delete_many()
            .filter(conduct_point::Column::EngagementId.is_in(of.clone()))
            .exec(tx)
            .await?;
        engagement::Entity::update_many()
            .col_expr(Of::WorkerId, Expr::value(Option::<Uuid>::None))
            .col_expr(Of::DisputeWords, Expr::value(Option::<Vec<u8>>::None))
            .filter(Of::Id.is_in(of))
            .exec(tx)
            .await?;
    }
    let left = sea_orm::PaginatorTrait::count(engagement::Entity::find().filter(Of::WorkerId.eq(worker)), tx).await?;
    Ok((u64::try_from(ids.len()).unwrap_or(u64::MAX), left))
}
