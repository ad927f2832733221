//! Printing the list of a market (打印本市场招聘清单), by those who stand at its wall.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{add_channel, plan_deliveries, print_list};
use crate::channels::rows::channel;
use crate::channels::store;
use crate::kinds::ChannelKind;
use crate::policy;

kernel::refusals! {
    /// Why the list of the market was not printed (不予打印本市场清单).
    pub PrintMarketPostingList => PrintMarketPostingListRefused, PrintMarketPostingListRefusalCode {
        /// Nothing is published.
        NothingToPrint @ "marketId":
            "本市场目前没有可张贴的招聘信息，也没有需要撤下的信息。" /
            "Nothing is published at this market, and nothing is to be taken off its wall.",
    }
}

/// Prints the list of a market (打印本市场招聘清单): by those who stand at its wall, and of its own postings alone. The first time
/// it gets a list of its own.
pub async fn print_market_list(
    ctx: &Ctx,
    market: Uuid,
    once: Option<Once>,
) -> Result<Outcome, Stop<PrintMarketPostingList>> {
    let place = markets::stand(&ctx.scope(), market).await?.place;
    ctx.require(&policy::PRINT, &place).await?;
    let slot = store::slot(ChannelKind::Printed, Some(market));
    let own = channel::Entity::find().filter(channel::Column::Slot.eq(slot.as_str()));
    let known = own.one(&ctx.scope()).await.map_err(Fault::from)?;
    let id = match known {
        Some(row) => row.id,
        None => own_list(ctx, market, &place).await?,
    };
    let printed = print_list::print(ctx, id, (&policy::PRINT, &place), once).await;
    printed.map_err(|stop| match stop {
        Stop::Refused(_) => Stop::Refused(PrintMarketPostingList::NothingToPrint),
        Stop::Fault(fault) => Stop::Fault(fault),
    })
}

/// Makes the list of a market, with what is published there.
async fn own_list(ctx: &Ctx, market: Uuid, place: &Place) -> Result<Uuid, Stop<PrintMarketPostingList>> {
    ctx.transact(&policy::PRINT, |tx| async move {
        tx.authorize(&policy::PRINT, place).await?;
        let slot = store::slot(ChannelKind::Printed, Some(market));
        // Held, so that two who ask at one moment make one list.
        if let Some(row) = plan_deliveries::all(&tx).await?.into_iter().find(|row| row.slot == slot) {
            return Ok(row.id);
        }
        let id = add_channel::open(&tx, slot, ChannelKind::Printed, market).await?;
        plan_deliveries::plan_market(&tx, id, market).await?;
        Ok(id)
    })
    .await
}
