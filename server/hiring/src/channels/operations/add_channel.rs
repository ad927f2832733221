//! Adding a channel of a market (增设市场渠道): a screen in its hall, a list on its wall, a text for its group.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::plan_deliveries;
use crate::channels::jobs::Replan;
use crate::channels::rows::channel;
use crate::channels::store;
use crate::kinds::ChannelKind;
use crate::policy;

kernel::refusals! {
    /// Why a channel was not added (不予增设渠道).
    pub AddChannel => AddChannelRefused, AddChannelRefusalCode {
        /// There is one already.
        Duplicate @ "kind": "该市场已有这一渠道，请直接修改。" / "This market has such a channel already; change that one.",
        /// Only some channels belong to a market.
        NotOfAMarket @ "kind":
            "只有大厅大屏、打印清单和微信文稿可以按市场增设，其他渠道全市共用。" /
            "Only hall screens, printed lists and WeChat texts belong to a market; the city shares the others.",
    }
}

/// Adds a channel of a market (增设市场渠道): it shows the postings of that market alone.
pub async fn add_channel(
    ctx: &Ctx,
    market: Uuid,
    kind: ChannelKind,
    once: Option<Once>,
) -> Result<Outcome, Stop<AddChannel>> {
    ctx.transact_once(&policy::CHANNELS, once, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        kernel::places::require(tx.ctx(), "Market", market).await?;
        plan_deliveries::all(&tx).await?;
        let slot = store::slot(kind, Some(market));
        let there = channel::Entity::find().filter(channel::Column::Slot.eq(slot.as_str())).one(&tx).await?;
        decide(kind, there.is_some()).map_err(Stop::Refused)?;
        let id = open(&tx, slot, kind, market).await?;
        tx.about("Channel", id);
        tx.enqueue(&Replan { channel: id, version: 1 })?;
        Ok(Outcome::of("Channel", id, 1))
    })
    .await
}

/// Makes a channel of a market; its id.
pub(super) async fn open(tx: &Tx, slot: String, kind: ChannelKind, market: Uuid) -> Result<Uuid, Fault> {
    let id = tx.ctx().new_id();
    let row = channel::ActiveModel {
        id: Set(id),
        version: Set(1),
        kind: Set(kind),
        slot: Set(slot),
        market_id: Set(Some(market)),
        template: Set(None),
        active: Set(true),
        round: Set(1),
        down_since: Set(None),
        last_error: Set(None),
        screen_hash: Set(None),
        screen_since: Set(None),
    };
    channel::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(id)
}

const fn decide(kind: ChannelKind, there: bool) -> Result<(), AddChannel> {
    match (kind, there) {
        (ChannelKind::HallScreen | ChannelKind::Printed | ChannelKind::Wechat, false) => Ok(()),
        (ChannelKind::HallScreen | ChannelKind::Printed | ChannelKind::Wechat, true) => Err(AddChannel::Duplicate),
        _ => Err(AddChannel::NotOfAMarket),
    }
}
