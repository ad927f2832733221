//! Points (履约记分): they expire, they can be appealed, and nobody is ranked by them.

use chrono::Days;
use entities::worker;
use kernel::{Fault, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::engagements::kinds::PointReason;
use crate::engagements::rules::settings::HireRules;
use crate::rows::conduct_point::{ActiveModel, Column, Entity, Model};

/// Gives points to a worker whom the transaction holds.
pub async fn give(
    tx: &Tx,
    rules: &HireRules,
    (worker, engagement): (Uuid, Uuid),
    points: i32,
    reason: PointReason,
) -> Result<(), Fault> {
    if points == 0 {
        return Ok(());
    }
    let today = tx.ctx().today();
    let days = Days::new(u64::try_from(rules.points_days).unwrap_or_default());
    let row = ActiveModel {
        id: Set(tx.ctx().new_id()),
        worker_id: Set(worker),
        engagement_id: Set(engagement),
        points: Set(points),
        reason: Set(reason.code().to_owned()),
        given_on: Set(today),
        expires_on: Set(today + days),
        given_by: Set(tx.ctx().actor().account_id()),
        case_id: Set(None),
        lifted_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    count(tx, &[worker]).await
}

/// Lifts the points that a worker, whom the transaction holds, was given for an engagement.
pub async fn lift(tx: &Tx, (worker, engagement): (Uuid, Uuid)) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::LiftedAt, Expr::value(tx.ctx().now()))
        .filter(Column::EngagementId.eq(engagement))
        .filter(Column::LiftedAt.is_null())
        .exec(tx)
        .await?;
    count(tx, &[worker]).await
}

/// The points of an engagement that count, if there are any.
pub async fn in_force_of(tx: &Tx, engagement: Uuid) -> Result<Option<Model>, Fault> {
    Ok(Entity::find()
        .filter(Column::EngagementId.eq(engagement))
        .filter(Column::LiftedAt.is_null())
        .filter(Column::ExpiresOn.gte(tx.ctx().today()))
        .one(tx)
        .await?)
}

/// Counts the points of workers anew: those that neither expired nor were lifted. The transaction holds the workers already, by a
/// statement before: this one must see what was given while they were waited for.
pub async fn count(tx: &Tx, workers: &[Uuid]) -> Result<(), Fault> {
    let sum = Query::select()
        .expr(Func::coalesce([Func::sum(Expr::col((Entity, Column::Points))).into(), Expr::value(0)]))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::WorkerId)).equals((worker::Entity, worker::Column::Id)))
        .and_where(Column::LiftedAt.is_null())
        .and_where(Column::ExpiresOn.gte(tx.ctx().today()))
        .to_owned();
    worker::Entity::update_many()
        .col_expr(worker::Column::Points, Expr::SubQuery(None, Box::new(sum.into())))
        .filter(worker::Column::Id.is_in(workers.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}
