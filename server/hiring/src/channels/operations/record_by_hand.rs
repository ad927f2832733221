//! Recording what was done by hand (人工渠道登记): a `WeChat` text that was sent out or deleted, a line that was struck out on the wall.

use kernel::{Ctx, Fault, Once, Outcome, Place, Stop};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::rows::{channel, channel_delivery};
use crate::channels::rules::{self, Way};
use crate::kinds::{ChannelKind, DeliveryStatus};
use crate::policy;
use crate::store::history;

/// Characters of a receipt at most.
const RECEIPT: usize = 200;

kernel::refusals! {
    /// Why it was not recorded (不予登记).
    pub RecordChannelDelivery => RecordChannelDeliveryReason, RecordChannelDeliveryRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该投递记录已变化（现为第 {current} 版），请刷新后再试。" /
            "This delivery has changed (now version {current}); reload and try again.",
        /// The house does it by itself.
        NotByHand @ "id": "该渠道由系统自动投递，无需人工登记。" / "The house serves this channel by itself; there is nothing to record.",
        /// A list is printed whole.
        Printed @ "id":
            "打印清单请使用“打印”；这里只能登记已从墙上划去或取下。" /
            "Print the list; only that something was struck out or taken off the wall is recorded here.",
        /// Nothing is to be done there.
        NothingToDo @ "id": "这条信息在该渠道没有待办事项。" / "Nothing is to be done with this posting on this channel.",
        /// Where is it?
        ReceiptMissing { limit: usize } @ "receipt":
            "请填写链接或说明（不超过 {limit} 个字），以便日后核对。" /
            "Give the link, or say where it is, in at most {limit} characters, so that it can be looked at later.",
    }
}

/// Records that a posting was put on, or taken off, a channel that is served by hand (人工渠道登记).
pub async fn record_by_hand(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    receipt: String,
    once: Option<Once>,
) -> Result<Outcome, Stop<RecordChannelDelivery>> {
    ctx.transact_once(&policy::CHANNELS, once, |tx| async move {
        tx.authorize(&policy::CHANNELS, &Place::city()).await?;
        let found = channel_delivery::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
        let row = found.ok_or(Fault::NotFound)?;
        tx.about("Posting", row.posting_id);
        let channel = channel::Entity::find_by_id(row.channel_id).one(&tx).await?.ok_or(Fault::NotFound)?;
        let receipt = decide(&row, channel.kind, version, &receipt).map_err(Stop::Refused)?;
        let now = tx.ctx().now();
        let change = if row.status == DeliveryStatus::Withdrawing {
            channel_delivery::ActiveModel {
                status: Set(DeliveryStatus::Withdrawn),
                shown_version: Set(None),
                withdrawn_at: Set(Some(now)),
                ..channel_delivery::ActiveModel::default()
            }
        } else {
            channel_delivery::ActiveModel {
                status: Set(DeliveryStatus::Sent),
                shown_version: Set(Some(row.posting_version)),
                sent_at: Set(Some(now)),
                ..channel_delivery::ActiveModel::default()
            }
        };
        let change = channel_delivery::ActiveModel {
            version: Set(version + 1),
            receipt: Set(Some(receipt)),
            recorded_by: Set(history::who(tx.ctx())),
            ..change
        };
        channel_delivery::Entity::update_many()
            .set(change)
            .filter(channel_delivery::Column::Id.eq(id))
            .exec(&tx)
            .await?;
        Ok(Outcome::of("ChannelDelivery", id, version + 1))
    })
    .await
}

fn decide(
    row: &channel_delivery::Model,
    kind: ChannelKind,
    version: i32,
    receipt: &str,
) -> Result<String, RecordChannelDelivery> {
    if row.version != version {
        return Err(RecordChannelDelivery::Conflict { current: row.version });
    }
    if kind == ChannelKind::Printed && row.status != DeliveryStatus::Withdrawing {
        return Err(RecordChannelDelivery::Printed);
    }
    if rules::way(kind) != Way::ByHand {
        return Err(RecordChannelDelivery::NotByHand);
    }
    if matches!(row.status, DeliveryStatus::Sent | DeliveryStatus::Withdrawn) {
        return Err(RecordChannelDelivery::NothingToDo);
    }
    let receipt = receipt.trim();
    if receipt.is_empty() || receipt.chars().count() > RECEIPT {
        return Err(RecordChannelDelivery::ReceiptMissing { limit: RECEIPT });
    }
    Ok(receipt.to_owned())
}
