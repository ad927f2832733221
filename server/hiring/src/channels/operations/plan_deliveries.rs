//! Planning deliveries (安排投递): what each channel should show once a posting changed. Heard from the outbox, so it looks
//! at the posting as it is and not at what was said of it: told twice or late, it plans the same.

use kernel::jobs::{JobEnd, JobRun};
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use uuid::Uuid;

use crate::channels::jobs::Deliver;
use crate::channels::rows::{channel, channel_delivery};
use crate::channels::rules::{self, Known};
use crate::channels::store;
use crate::kinds::{ChannelKind, DeliveryStatus, PostingStatus};
use crate::policy;
use crate::rows::posting;

/// Writes down what each channel should show of a posting (安排投递), and wakes the channels that have something to do.
pub async fn plan_deliveries(ctx: &Ctx, posting: Uuid) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> =
        ctx.transact(&policy::DELIVER, |tx| async move { Ok(plan(&tx, posting).await?) }).await;
    done.map_err(Stop::into_fault)
}

async fn plan(tx: &Tx, id: Uuid) -> Result<(), Fault> {
    tx.about("Posting", id);
    let Some(row) = posting::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx).await? else { return Ok(()) };
    let known: Vec<channel_delivery::Model> =
        channel_delivery::Entity::find().filter(channel_delivery::Column::PostingId.eq(id)).all(tx).await?;
    for channel in all(tx).await? {
        let before = known.iter().find(|delivery| delivery.channel_id == channel.id);
        let shown = rules::is_shown(row.status) && store::concerns(&channel, row.market_id);
        let state = before.map(|d| Known { status: d.status, posting_version: d.posting_version });
        let Some(status) = rules::planned(state, shown, row.version) else { continue };
        write(tx, &channel, &row, before, status).await?;
        if store::is_brought(channel.kind) {
            tx.enqueue(&Deliver { channel: channel.id, round: channel.round })?;
        }
    }
    Ok(())
}

/// Plans everything of one channel anew (重新安排渠道): what is published, and what it still shows. A new text is brought even
/// where the posting is the same.
pub(crate) async fn replan(run: JobRun, channel: Uuid) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let mut after = Uuid::nil();
    loop {
        let batch: Vec<Uuid> = posting::Entity::find()
            .select_only()
            .column(posting::Column::Id)
            .filter(posting::Column::Status.eq(PostingStatus::Published))
            .filter(posting::Column::Id.gt(after))
            .order_by_asc(posting::Column::Id)
            .limit(rules::AT_ONCE)
            .into_tuple()
            .all(&ctx.scope())
            .await?;
        let Some(last) = batch.last() else { break };
        after = *last;
        let done: Result<(), Stop<Never>> =
            ctx.transact(&policy::DELIVER, |tx| async move { Ok(plan_channel(&tx, channel, &batch).await?) }).await;
        done.map_err(Stop::into_fault)?;
    }
    Ok(JobEnd::Done(None))
}

/// Plans these published postings at one channel.
async fn plan_channel(tx: &Tx, id: Uuid, postings: &[Uuid]) -> Result<(), Fault> {
    tx.about("Channel", id);
    let Some(channel) = channel::Entity::find_by_id(id).lock_exclusive().one(tx).await? else { return Ok(()) };
    let rows = posting::Entity::find().filter(posting::Column::Id.is_in(postings.iter().copied())).all(tx).await?;
    let known = channel_delivery::Entity::find()
        .filter(channel_delivery::Column::ChannelId.eq(id))
        .filter(channel_delivery::Column::PostingId.is_in(postings.iter().copied()))
        .all(tx)
        .await?;
    for row in &rows {
        let before = known.iter().find(|delivery| delivery.posting_id == row.id);
        let shown = rules::is_shown(row.status) && store::concerns(&channel, row.market_id);
        // A version of nothing: whatever the channel has of it is older.
        let state =
            before.map(|d| Known { status: d.status, posting_version: if shown { 0 } else { d.posting_version } });
        if let Some(status) = rules::planned(state, shown, row.version) {
            write(tx, &channel, row, before, status).await?;
        }
    }
    if store::is_brought(channel.kind) {
        tx.enqueue(&Deliver { channel: id, round: channel.round })?;
    }
    Ok(())
}

/// The channels of the city, held until the end of the transaction; those that every city has are made when they are first
/// asked for.
pub(crate) async fn all(tx: &Tx) -> Result<Vec<channel::Model>, Fault> {
    let held = || channel::Entity::find().order_by_asc(channel::Column::Id).lock_exclusive();
    let found = held().all(tx).await?;
    if found.len() >= ChannelKind::ALL.len() {
        return Ok(found);
    }
    let fresh = ChannelKind::ALL.map(|kind| channel::ActiveModel {
        id: Set(tx.ctx().new_id()),
        version: Set(1),
        kind: Set(kind),
        slot: Set(store::slot(kind, None)),
        market_id: Set(None),
        template: Set(None),
        active: Set(true),
        round: Set(1),
        down_since: Set(None),
        last_error: Set(None),
    });
    let keep = OnConflict::column(channel::Column::Slot).do_nothing().to_owned();
    channel::Entity::insert_many(fresh).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(held().all(tx).await?)
}

async fn write(
    tx: &Tx,
    channel: &channel::Model,
    posting: &posting::Model,
    before: Option<&channel_delivery::Model>,
    status: DeliveryStatus,
) -> Result<(), Fault> {
    let now = tx.ctx().now();
    let withdrawing = (status == DeliveryStatus::Withdrawing).then_some(now);
    let Some(before) = before else {
        tx.put(channel_delivery::ActiveModel {
            id: Set(tx.ctx().new_id()),
            version: Set(1),
            posting_id: Set(posting.id),
            channel_id: Set(channel.id),
            status: Set(status),
            posting_version: Set(posting.version),
            shown_version: Set(None),
            attempts: Set(0),
            receipt: Set(None),
            wanted_at: Set(now),
            sent_at: Set(None),
            withdraw_wanted_at: Set(withdrawing),
            withdrawn_at: Set(None),
        });
        return Ok(());
    };
    // How long it took to be there is still told when it is gone.
    let wanted_at = if withdrawing.is_some() { NotSet } else { Set(now) };
    let change = channel_delivery::ActiveModel {
        version: Set(before.version + 1),
        status: Set(status),
        posting_version: Set(posting.version),
        attempts: Set(0),
        wanted_at,
        withdraw_wanted_at: Set(withdrawing),
        withdrawn_at: Set(None),
        ..channel_delivery::ActiveModel::default()
    };
    channel_delivery::Entity::update_many()
        .set(change)
        .filter(channel_delivery::Column::Id.eq(before.id))
        .exec(tx)
        .await?;
    Ok(())
}
