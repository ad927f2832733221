//! Events become deliveries: one job per listener.

use entities::event;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::fault::{Fault, Never, Stop};
use crate::jobs::Job;
use crate::tally::Done;

const BATCH: u64 = 50;

/// Delivery of one event to one listener, as a job.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Deliver {
    pub(super) listener: String,
    pub(super) event: Uuid,
    pub(super) payload: serde_json::Value,
}

impl Job for Deliver {
    const KIND: &'static str = "event.deliver";
    fn unique_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.listener, self.event))
    }
}

/// Turns undispatched events into one delivery job per listener. By status, never by "id greater than the last seen".
pub(super) async fn dispatch(ctx: &Ctx) -> Result<usize, Fault> {
    let none = event::Entity::find().filter(event::Column::DispatchedAt.is_null()).one(&ctx.scope()).await?.is_none();
    if none {
        return Ok(0);
    }
    let result: Result<usize, Stop<Never>> = ctx
        .quietly(|tx| async move {
            let ctx = tx.ctx().clone();
            let rows = event::Entity::find()
                .filter(event::Column::DispatchedAt.is_null())
                .order_by_asc(event::Column::Id)
                .limit(BATCH)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(&tx)
                .await?;
            let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
            for row in rows {
                for listener in ctx.kernel().listeners().filter(|l| l.kind == row.kind) {
                    let deliver =
                        Deliver { listener: listener.name.to_owned(), event: row.id, payload: row.payload.clone() };
                    tx.enqueue(&deliver)?;
                }
            }
            let count = ids.len();
            event::Entity::update_many()
                .col_expr(event::Column::DispatchedAt, Expr::value(ctx.now()))
                .filter(event::Column::Id.is_in(ids))
                .exec(&tx)
                .await?;
            Ok(count)
        })
        .await;
    let count = result.map_err(Stop::into_fault)?;
    ctx.kernel().tally.add(Done::EventDispatched, count);
    Ok(count)
}
