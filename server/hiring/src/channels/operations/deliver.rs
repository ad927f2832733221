//! Bringing postings to a channel (投递), and seeing that they are there or gone.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use kernel::jobs::{JobEnd, JobRun};
use kernel::{Ctx, Fault, Never, Stop, Text, Tx, Words};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::channels::adapters::{self, Down, Order, Seen, Wish};
use crate::channels::rows::{channel, channel_delivery, channel_output};
use crate::channels::rules::{self, Way};
use crate::channels::store::{self, Notice};
use crate::kinds::DeliveryStatus;
use crate::policy;

/// The states in which something is still to be done.
const PENDING: [DeliveryStatus; 3] = [DeliveryStatus::Queued, DeliveryStatus::Failed, DeliveryStatus::Withdrawing];

/// Brings a channel what it is to show (渠道投递), what is to go away first. A channel that is down is tried again for as long
/// as it takes.
pub(crate) async fn deliver(run: JobRun, channel: Uuid, round: i32) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let Some(channel) = channel::Entity::find_by_id(channel).one(&ctx.scope()).await? else {
        return Ok(JobEnd::Done(None));
    };
    let mut brought = 0;
    loop {
        let pending = pending(ctx, &channel).await?;
        if pending.is_empty() {
            if close_round(ctx, channel.id, round).await? {
                return Ok(JobEnd::Done(Some(done(brought))));
            }
            continue;
        }
        let (way, order) = (rules::way(channel.kind), order(ctx, &pending).await?);
        if way == Way::Written {
            write_here(ctx, &channel, &order).await?;
        }
        match adapters::bring(ctx, &channel, way, &order).await? {
            Ok(seen) => {
                brought += pending.len();
                let left = settle(ctx, &channel, &pending, (&order, &seen)).await?;
                if left == pending.len() {
                    // It took everything and shows nothing of it: it is looked at again later.
                    return down(ctx, &channel, &pending, Down("NOT_SHOWN")).await;
                }
            }
            Err(why) => return down(ctx, &channel, &pending, why).await,
        }
    }
}

fn done(brought: usize) -> Words {
    Words::new(format!("已处理{brought}条"), format!("{brought} brought"))
}

/// Closes the round of a job unless something was planned for it meanwhile: whoever plans holds the channel as well, and so
/// joins either this round, which then goes on, or the next, which has a job of its own.
async fn close_round(ctx: &Ctx, id: Uuid, round: i32) -> Result<bool, Fault> {
    let done: Result<bool, Stop<Never>> = ctx
        .transact(&policy::DELIVER, |tx| async move {
            tx.about("Channel", id);
            let held = channel::Entity::find_by_id(id).lock_exclusive().one(&tx).await?;
            let Some(held) = held.filter(|held| held.round == round) else { return Ok(true) };
            let waiting = channel_delivery::Entity::find()
                .filter(channel_delivery::Column::ChannelId.eq(id))
                .filter(channel_delivery::Column::Status.is_in(PENDING))
                .count(&tx)
                .await?;
            if waiting > 0 {
                return Ok(false);
            }
            channel::Entity::update_many()
                .col_expr(channel::Column::Round, Expr::value(held.round + 1))
                .filter(channel::Column::Id.eq(id))
                .exec(&tx)
                .await?;
            Ok(true)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// What waits for the channel: withdrawals before everything else, then by age.
async fn pending(ctx: &Ctx, channel: &channel::Model) -> Result<Vec<channel_delivery::Model>, Fault> {
    let withdrawn_first = channel_delivery::Column::Status.eq(DeliveryStatus::Withdrawing);
    Ok(channel_delivery::Entity::find()
        .filter(channel_delivery::Column::ChannelId.eq(channel.id))
        .filter(channel_delivery::Column::Status.is_in(PENDING))
        .order_by_desc(withdrawn_first)
        .order_by_asc(channel_delivery::Column::WantedAt)
        .order_by_asc(channel_delivery::Column::Id)
        .limit(rules::AT_ONCE)
        .all(&ctx.scope())
        .await?)
}

/// The order that follows: as the postings are now, which may be later than when it was planned.
async fn order(ctx: &Ctx, pending: &[channel_delivery::Model]) -> Result<Order, Fault> {
    let ids: Vec<Uuid> = pending.iter().map(|delivery| delivery.posting_id).collect();
    let mut notices = store::notices(ctx, &ctx.scope(), &ids).await?;
    let mut order = Order { show: Vec::new(), hide: Vec::new() };
    for delivery in pending {
        let notice = notices.remove(&delivery.posting_id);
        let wish = |at| Wish { at, number: delivery.version };
        match notice.filter(|notice| delivery.status != DeliveryStatus::Withdrawing && notice.is_shown(ctx)) {
            Some(notice) => order.show.push((notice, wish(delivery.wanted_at))),
            None => order.hide.push((delivery.posting_id, delivery.posting_version, wish(delivery.since()))),
        }
    }
    Ok(order)
}

/// Writes into what the channel shows, where that lies in this store.
async fn write_here(ctx: &Ctx, channel: &channel::Model, order: &Order) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&policy::DELIVER, |tx| async move {
            tx.about("Channel", channel.id);
            Ok(put_and_take(&tx, channel, order).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Puts in what is to be shown and takes out what is not.
pub(crate) async fn put_and_take(tx: &Tx, channel: &channel::Model, order: &Order) -> Result<(), Fault> {
    let gone: Vec<Uuid> = order.hide.iter().map(|(id, _, _)| *id).collect();
    if !gone.is_empty() {
        channel_output::Entity::delete_many()
            .filter(channel_output::Column::ChannelId.eq(channel.id))
            .filter(channel_output::Column::PostingId.is_in(gone))
            .exec(tx)
            .await?;
    }
    if order.show.is_empty() {
        return Ok(());
    }
    let now = tx.ctx().now();
    let row = |notice: &Notice| {
        Ok(channel_output::ActiveModel {
            id: Set(tx.ctx().new_id()),
            channel_id: Set(channel.id),
            posting_id: Set(notice.row.id),
            body: Set(notice.body(tx.ctx(), channel)?),
            posting_version: Set(notice.row.version),
            starts_at: Set(notice.row.starts_at),
            at: Set(now),
        })
    };
    let rows = order.show.iter().map(|(notice, _)| row(notice)).collect::<Result<Vec<_>, Fault>>()?;
    let over = OnConflict::columns([channel_output::Column::ChannelId, channel_output::Column::PostingId])
        .update_columns([
            channel_output::Column::Body,
            channel_output::Column::PostingVersion,
            channel_output::Column::StartsAt,
            channel_output::Column::At,
        ])
        .to_owned();
    channel_output::Entity::insert_many(rows).on_conflict(over).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes down what was found at the channel; how many are still not as they should be.
async fn settle(
    ctx: &Ctx,
    channel: &channel::Model,
    pending: &[channel_delivery::Model],
    (order, seen): (&Order, &Seen),
) -> Result<usize, Fault> {
    let done: Result<usize, Stop<Never>> = ctx
        .transact(&policy::DELIVER, |tx| async move {
            tx.about("Channel", channel.id);
            let mut left = 0;
            let now = tx.ctx().now();
            for (found, ids) in found(pending, order, seen) {
                left += usize::from(found == Found::Otherwise) * ids.len();
                mark(&tx, found, ids, &seen.receipt, now).await?;
            }
            if channel.down_since.is_some() {
                note_answer(&tx, channel.id, None).await?;
            }
            Ok(left)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// How a posting was found at the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Found {
    /// Shown in this version, as wanted or newer.
    There(i32),
    /// To be gone, and gone.
    Gone,
    /// Not as wanted.
    Otherwise,
}

/// Deliveries by how they were found: one statement each, whatever their number. What was to be shown and is not to be seen by now
/// – its time passed while it waited – is gone as well, and waits no more.
fn found(pending: &[channel_delivery::Model], order: &Order, seen: &Seen) -> HashMap<Found, Vec<(Uuid, i32)>> {
    let mut all: HashMap<Found, Vec<(Uuid, i32)>> = HashMap::new();
    let hidden: HashSet<Uuid> = order.hide.iter().map(|(id, _, _)| *id).collect();
    for delivery in pending {
        let shown = seen.shown.get(&delivery.posting_id).copied();
        let how = match (hidden.contains(&delivery.posting_id), shown) {
            (true, None) => Found::Gone,
            (false, Some(version)) if version >= delivery.posting_version => Found::There(version),
            _ => Found::Otherwise,
        };
        all.entry(how).or_default().push((delivery.id, delivery.version));
    }
    all
}

/// Marks deliveries, those alone that nobody planned anew meanwhile.
async fn mark(tx: &Tx, found: Found, ids: Vec<(Uuid, i32)>, receipt: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let change = match found {
        Found::There(version) => channel_delivery::ActiveModel {
            status: Set(DeliveryStatus::Sent),
            shown_version: Set(Some(version)),
            sent_at: Set(Some(now)),
            receipt: Set(Some(receipt.to_owned())),
            ..channel_delivery::ActiveModel::default()
        },
        Found::Gone => channel_delivery::ActiveModel {
            status: Set(DeliveryStatus::Withdrawn),
            shown_version: Set(None),
            withdrawn_at: Set(Some(now)),
            receipt: Set(Some(receipt.to_owned())),
            ..channel_delivery::ActiveModel::default()
        },
        Found::Otherwise => return Ok(()),
    };
    let mut by_version: HashMap<i32, Vec<Uuid>> = HashMap::new();
    for (id, version) in ids {
        by_version.entry(version).or_default().push(id);
    }
    for (version, ids) in by_version {
        channel_delivery::Entity::update_many()
            .set(change.clone())
            .filter(channel_delivery::Column::Id.is_in(ids))
            .filter(channel_delivery::Column::Version.eq(version))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// The channel does not answer: everything that waits for it waits on, and it is asked again.
async fn down(
    ctx: &Ctx,
    channel: &channel::Model,
    pending: &[channel_delivery::Model],
    Down(why): Down,
) -> Result<JobEnd, Fault> {
    let attempts = pending.iter().map(|delivery| delivery.attempts).max().unwrap_or_default() + 1;
    let ids: Vec<Uuid> = pending.iter().map(|delivery| delivery.id).collect();
    let done: Result<(), Stop<Never>> = ctx
        .transact(&policy::DELIVER, |tx| async move {
            tx.about("Channel", channel.id);
            tx.note("down", why);
            channel_delivery::Entity::update_many()
                .col_expr(channel_delivery::Column::Attempts, Expr::value(attempts))
                .filter(channel_delivery::Column::Id.is_in(ids.clone()))
                .exec(&tx)
                .await?;
            channel_delivery::Entity::update_many()
                .col_expr(channel_delivery::Column::Status, Expr::value(DeliveryStatus::Failed.code()))
                .filter(channel_delivery::Column::Id.is_in(ids))
                .filter(channel_delivery::Column::Status.eq(DeliveryStatus::Queued))
                .exec(&tx)
                .await?;
            note_answer(&tx, channel.id, Some((channel.down_since.unwrap_or(tx.ctx().now()), why))).await?;
            Ok(())
        })
        .await;
    done.map_err(Stop::into_fault)?;
    let words = Text::new("渠道暂不可用，将继续重试", "The channel does not answer; it is tried again");
    Ok(JobEnd::Again(rules::again(ctx.now(), attempts), words.into()))
}

/// Writes down since when a channel does not answer, or that it does.
async fn note_answer(tx: &Tx, channel: Uuid, down: Option<(DateTime<Utc>, &str)>) -> Result<(), Fault> {
    let change = channel::ActiveModel {
        down_since: Set(down.map(|(since, _)| since)),
        last_error: Set(down.map(|(_, why)| why.to_owned())),
        ..channel::ActiveModel::default()
    };
    channel::Entity::update_many().set(change).filter(channel::Column::Id.eq(channel)).exec(tx).await?;
    Ok(())
}
