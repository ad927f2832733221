//! Issuing a queue number at the desk of a market (发放排队号).

use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _};
use uuid::Uuid;

use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::queue_number::{ActiveModel, Column, Entity};
use crate::store::visible;

/// The numbers of one day.
const MOST: i32 = 9999;

kernel::refusals! {
    /// Why no queue number was issued (不予发号).
    pub IssueQueueNumber => IssueQueueNumberRefused, IssueQueueNumberRefusalCode {
        /// The public does not see the market.
        NotListed @ "marketId": "该市场未列入名录，不发放排队号。" / "This market is not in the directory; it issues no queue numbers.",
        /// More than a day has.
        Full { limit: i32 } @ "marketId":
            "今日排队号已发完（{limit} 号），请引导到其他市场或明日再来。" /
            "Today's queue numbers are all issued ({limit}); lead people to another market or ask them back tomorrow.",
    }
}

/// Issues the next queue number of today (发放排队号): numbers begin with 1 every day, and nobody's name stands behind one. The
/// number is the version of the outcome, so that the same key gives the same number.
pub async fn issue_queue_number(
    ctx: &Ctx,
    market: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<IssueQueueNumber>> {
    ctx.transact_once(&policy::QUEUE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::QUEUE, market).await?;
        if row.status != MarketStatus::Listed {
            return Err(Stop::Refused(IssueQueueNumber::NotListed));
        }
        let (today, now) = (tx.ctx().today(), tx.ctx().now());
        let first = ActiveModel {
            market_id: Set(market),
            day: Set(today),
            issued: Set(1),
            called: Set(0),
            changed_at: Set(now),
        };
        // One statement that adds and holds the row: whoever comes at the same time waits for this number to stand.
        let next = OnConflict::columns([Column::MarketId, Column::Day])
            .value(Column::Issued, Expr::col((Entity, Column::Issued)).add(1))
            .value(Column::ChangedAt, now)
            .to_owned();
        Entity::insert(first).on_conflict(next).exec_without_returning(&tx).await?;
        let queue = Entity::find_by_id((market, today)).one(&tx).await?.ok_or(Fault::NotFound)?;
        if queue.issued > MOST {
            return Err(Stop::Refused(IssueQueueNumber::Full { limit: MOST }));
        }
        if queue.issued == 1 {
            // Yesterday's queue is over.
            Entity::delete_many().filter(Column::MarketId.eq(market)).filter(Column::Day.lt(today)).exec(&tx).await?;
        }
        tx.note("number", queue.issued);
        Ok(Outcome::of("QueueNumber", market, queue.issued))
    })
    .await
}
