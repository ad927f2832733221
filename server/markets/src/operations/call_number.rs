//! Calling the next queue number (叫号).

use kernel::{Ctx, Fault, Once, Outcome, Stop};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, IntoSimpleExpr as _, QueryFilter as _};
use uuid::Uuid;

use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::queue_number::{Column, Entity};
use crate::store::visible;

kernel::refusals! {
    /// Why no queue number was called (不予叫号).
    pub CallQueueNumber => CallQueueNumberRefused, CallQueueNumberRefusalCode {
        /// The public does not see the market.
        NotListed @ "marketId": "该市场未列入名录，不能叫号。" / "This market is not in the directory; it calls no queue numbers.",
        /// Everybody was called.
        NobodyWaits @ "marketId": "没有等候的排队号；请先发号。" / "Nobody waits; issue a number first.",
    }
}

/// Calls the next queue number of today (叫号). The number is the version of the outcome.
pub async fn call_queue_number(ctx: &Ctx, market: Uuid, once: Option<Once>) -> Result<Outcome, Stop<CallQueueNumber>> {
    ctx.transact_once(&policy::QUEUE, once, |tx| async move {
        let row = visible::load_for(&tx, &policy::QUEUE, market).await?;
        if row.status != MarketStatus::Listed {
            return Err(Stop::Refused(CallQueueNumber::NotListed));
        }
        let today = tx.ctx().today();
        let called = Entity::update_many()
            .col_expr(Column::Called, Expr::col(Column::Called).add(1))
            .col_expr(Column::ChangedAt, Expr::value(tx.ctx().now()))
            .filter(Column::MarketId.eq(market))
            .filter(Column::Day.eq(today))
            .filter(Column::Called.into_simple_expr().lt(Column::Issued.into_simple_expr()))
            .exec(&tx)
            .await?;
        if called.rows_affected == 0 {
            return Err(Stop::Refused(CallQueueNumber::NobodyWaits));
        }
        let queue = Entity::find_by_id((market, today)).one(&tx).await?.ok_or(Fault::NotFound)?;
        tx.note("number", queue.called);
        Ok(Outcome::of("QueueNumber", market, queue.called))
    })
    .await
}
