//! Recording that a new list hangs on the wall and the old one is off it (登记清单已更换).

use kernel::{Ctx, Once, Outcome, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, EntityTrait as _, ExprTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::print_list::left_out;
use crate::channels::rows::{channel, channel_delivery};
use crate::channels::store;
use crate::kinds::{ChannelKind, DeliveryStatus};
use crate::policy;
use crate::store::history;

kernel::refusals! {
    /// Why it was not recorded (不予登记).
    pub RecordPostingListHung => RecordPostingListHungRefused, RecordPostingListHungRefusalCode {
        /// Nothing that the last list left out waits to be seen gone.
        NothingToTakeDown @ "marketId":
            "没有等待确认取下的招聘信息。撤回的信息请先打印新清单，换上后再登记。" /
            "Nothing waits to be seen off the wall. Print a new list first, hang it up, and then record it.",
    }
}

/// Records that the last list hangs on the wall and no older one does (登记清单已更换), by who stands there: what it left out is gone.
pub async fn record_list_hung(
    ctx: &Ctx,
    market: Option<Uuid>,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordPostingListHung>> {
    let (action, place) = match market {
        Some(market) => (&policy::PRINT, markets::stand(&ctx.scope(), market).await?.place),
        None => (&policy::CHANNELS, Place::city()),
    };
    ctx.transact_once(action, once, |tx| async move {
        tx.authorize(action, &place).await?;
        let slot = store::slot(ChannelKind::Printed, market);
        let held = channel::Entity::find().filter(channel::Column::Slot.eq(slot)).lock_exclusive().one(&tx).await?;
        let list = held.ok_or(Stop::Refused(RecordPostingListHung::NothingToTakeDown))?;
        tx.about("Channel", list.id);
        let gone = channel_delivery::ActiveModel {
            status: Set(DeliveryStatus::Withdrawn),
            withdrawn_at: Set(Some(tx.ctx().now())),
            recorded_by: Set(history::who(tx.ctx())),
            ..channel_delivery::ActiveModel::default()
        };
        let done = channel_delivery::Entity::update_many()
            .set(gone)
            .col_expr(channel_delivery::Column::Version, Expr::col(channel_delivery::Column::Version).add(1))
            .filter(channel_delivery::Column::ChannelId.eq(list.id))
            .filter(left_out())
            .exec(&tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(RecordPostingListHung::NothingToTakeDown));
        }
        tx.note("withdrawn", done.rows_affected);
        Ok(Outcome::of("Channel", list.id, list.version))
    })
    .await
}
