//! What each kind of channel does with postings (渠道适配): bring them there, take them away, and say what it shows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Ctx, Fault};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::operations::receive_postings::{self, Pushed};
use super::partner;
use super::rows::{channel, channel_output};
use super::rules::Way;
use super::store::{self, Notice};

/// What is to be done at a channel: what it is to show, and what it is to show no more.
pub(crate) struct Order {
    pub(crate) show: Vec<(Notice, Wish)>,
    pub(crate) hide: Vec<(Uuid, i32, Wish)>,
}

/// A wish about a posting on a channel (投递要求).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Wish {
    /// Since when.
    pub(crate) at: DateTime<Utc>,
    /// Which of all there were about it: a posting comes and goes without a new version of its own.
    pub(crate) number: i32,
}

/// A channel that does not answer (渠道不可用): why, in words without a value of anybody's.
#[derive(Debug)]
pub(crate) struct Down(pub(crate) &'static str);

/// Brings an order to a channel that is not in this store; what it then shows, by posting, and a receipt.
pub(crate) async fn bring(
    ctx: &Ctx,
    channel: &channel::Model,
    way: Way,
    order: &Order,
) -> Result<Result<Seen, Down>, Fault> {
    match way {
        Way::File => partner::bring(ctx, channel, order).await,
        Way::Province => {
            let city = ctx.tenant().code.clone();
            let show = order.show.iter().map(|(notice, at)| Pushed::of(notice, *at)).collect();
            match receive_postings::receive_postings(ctx, city, show, order.hide.clone()).await {
                Ok(shown) => Ok(Ok(Seen { shown, receipt: "province".to_owned() })),
                Err(fault) => {
                    tracing::warn!(%fault, cause = %fault.cause(), city = ctx.tenant().code, "the province does not take postings");
                    Ok(Err(Down("PROVINCE_UNAVAILABLE")))
                }
            }
        }
        Way::Live | Way::Written | Way::ByHand => Ok(Ok(here(ctx, channel, way, order).await?)),
    }
}

/// What a channel shows, as it is found there (渠道回读): postings with their versions.
pub(crate) struct Seen {
    pub(crate) shown: HashMap<Uuid, i32>,
    pub(crate) receipt: String,
}

/// What a channel of this store shows of the postings of an order.
async fn here(ctx: &Ctx, channel: &channel::Model, way: Way, order: &Order) -> Result<Seen, Fault> {
    let ids: Vec<Uuid> =
        order.show.iter().map(|(notice, _)| notice.row.id).chain(order.hide.iter().map(|(id, _, _)| *id)).collect();
    let shown = match way {
        Way::Live => store::live(ctx, &ctx.scope(), &ids).await?,
        _ => channel_output::Entity::find()
            .select_only()
            .columns([channel_output::Column::PostingId, channel_output::Column::PostingVersion])
            .filter(channel_output::Column::ChannelId.eq(channel.id))
            .filter(channel_output::Column::PostingId.is_in(ids))
            .into_tuple::<(Uuid, i32)>()
            .all(&ctx.scope())
            .await?
            .into_iter()
            .collect(),
    };
    Ok(Seen { shown, receipt: channel.slot.clone() })
}
