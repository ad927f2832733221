//! Planning deliveries (安排投递): what each channel should show once a posting changed. Heard from the outbox, so it looks
//! at the posting as it is and not at what was said of it: told twice or late, it plans the same.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use kernel::jobs::{JobEnd, JobRun};
use kernel::{Ctx, Fault, Never, Stop, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
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
    plan_some(ctx, &[posting]).await
}

/// The same of some postings, in one transaction.
pub(super) async fn plan_some(ctx: &Ctx, postings: &[Uuid]) -> Result<(), Fault> {
    let done: Result<(), Stop<Never>> = ctx
        .transact(&policy::DELIVER, |tx| async move {
            match postings {
                [one] => tx.about("Posting", *one),
                more => tx.note("postings", more.len()),
            }
            Ok(plan(&tx, postings).await?)
        })
        .await;
    done.map_err(Stop::into_fault)
}

/// Plans the running postings of an agency (机构信息变更后重新安排): its licence may stand otherwise. They stay, and say so.
pub(crate) async fn plan_agency(ctx: &Ctx, agency: Uuid) -> Result<(), Fault> {
    let own = || Condition::all().add(posting::Column::AgencyId.eq(agency));
    let mut after = Uuid::nil();
    loop {
        let batch = published(&ctx.scope(), own(), after).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = *last;
        plan_some(ctx, &batch).await?;
    }
}

/// Some of the published postings of which this holds, by id.
async fn published(db: &impl ConnectionTrait, which: Condition, after: Uuid) -> Result<Vec<Uuid>, Fault> {
    Ok(posting::Entity::find()
        .select_only()
        .column(posting::Column::Id)
        .filter(posting::Column::Status.eq(PostingStatus::Published))
        .filter(posting::Column::Id.gt(after))
        .filter(which)
        .order_by_asc(posting::Column::Id)
        .limit(rules::AT_ONCE)
        .into_tuple()
        .all(db)
        .await?)
}

async fn plan(tx: &Tx, ids: &[Uuid]) -> Result<(), Fault> {
    let rows = posting::Entity::find()
        .filter(posting::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(posting::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let subjects = subjects(tx, rows).await?;
    let known = channel_delivery::Entity::find()
        .filter(channel_delivery::Column::PostingId.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    let known = by_place(known);
    let mut plan = Plan::default();
    for channel in all(tx).await? {
        let mut busy = false;
        for subject in &subjects {
            let before = known.get(&(channel.id, subject.row.id));
            busy |= plan.add(tx, &channel, subject, (before, false));
        }
        if busy && store::is_brought(channel.kind) {
            tx.enqueue(&Deliver { channel: channel.id, round: channel.round })?;
        }
    }
    plan.write(tx).await
}

/// Plans everything of one channel anew (重新安排渠道): what is published, and what it still shows. A new text is brought even
/// where the posting is the same.
pub(crate) async fn replan(run: JobRun, channel: Uuid) -> Result<JobEnd, Fault> {
    let ctx = &run.ctx;
    let mut after = Uuid::nil();
    loop {
        let batch = published(&ctx.scope(), Condition::all(), after).await?;
        let Some(last) = batch.last() else { break };
        after = *last;
        let done: Result<(), Stop<Never>> =
            ctx.transact(&policy::DELIVER, |tx| async move { Ok(plan_channel(&tx, channel, &batch).await?) }).await;
        done.map_err(Stop::into_fault)?;
    }
    Ok(JobEnd::Done(None))
}

/// Plans what is published at a market at a channel of its own that was made just now.
pub(super) async fn plan_market(tx: &Tx, channel: Uuid, market: Uuid) -> Result<(), Fault> {
    let own = || Condition::all().add(posting::Column::MarketId.eq(market));
    let mut after = Uuid::nil();
    loop {
        let batch = published(tx, own(), after).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after = *last;
        plan_channel(tx, channel, &batch).await?;
    }
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
    let known = by_place(known);
    let mut plan = Plan::default();
    for subject in &subjects(tx, rows).await? {
        plan.add(tx, &channel, subject, (known.get(&(id, subject.row.id)), true));
    }
    plan.write(tx).await?;
    if store::is_brought(channel.kind) {
        tx.enqueue(&Deliver { channel: id, round: channel.round })?;
    }
    Ok(())
}

/// Deliveries by channel and posting.
fn by_place(rows: Vec<channel_delivery::Model>) -> HashMap<(Uuid, Uuid), channel_delivery::Model> {
    rows.into_iter().map(|row| ((row.channel_id, row.posting_id), row)).collect()
}

/// A posting that is planned: whether it is to be seen now, and what is said of its agency.
struct Subject {
    row: posting::Model,
    is_shown: bool,
    agency: Option<String>,
}

async fn subjects(tx: &Tx, rows: Vec<posting::Model>) -> Result<Vec<Subject>, Fault> {
    let (now, today) = (tx.ctx().now(), tx.ctx().today());
    let agencies = store::agencies(tx.ctx(), tx, &rows).await?;
    let subject = |row: posting::Model| Subject {
        is_shown: rules::is_shown(&row, now, today),
        agency: row.agency_id.and_then(|id| agencies.get(&id)).map(store::words_of),
        row,
    };
    Ok(rows.into_iter().map(subject).collect())
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
        screen_hash: Set(None),
        screen_since: Set(None),
    });
    let keep = OnConflict::column(channel::Column::Slot).do_nothing().to_owned();
    channel::Entity::insert_many(fresh).on_conflict(keep).exec_without_returning(tx).await?;
    Ok(held().all(tx).await?)
}

/// What a delivery changes to: its state, the posting's version, what is said of the agency, and since when that is wanted.
type Wanted = (DeliveryStatus, i32, Option<String>, DateTime<Utc>);

/// What is to be written: deliveries that are new, and those that change, by what they change to.
#[derive(Default)]
struct Plan {
    fresh: Vec<channel_delivery::ActiveModel>,
    changed: BTreeMap<Wanted, Vec<Uuid>>,
}

impl Plan {
    /// Plans a posting at a channel, where it is known as `before`; `anew` also what is there as it should be. Is anything to be
    /// done?
    fn add(
        &mut self,
        tx: &Tx,
        channel: &channel::Model,
        subject: &Subject,
        (before, anew): (Option<&channel_delivery::Model>, bool),
    ) -> bool {
        let Subject { row, agency, .. } = subject;
        let shown = subject.is_shown && store::concerns(channel, row.market_id);
        let state = before.map(|delivery| Known {
            status: delivery.status,
            // A version of nothing: whatever the channel has of it is older.
            posting_version: if anew && shown { 0 } else { delivery.posting_version },
            same_agency: delivery.agency == *agency,
        });
        let Some(status) = rules::planned(state, shown, row.version) else { return false };
        let now = tx.ctx().now();
        let since = match before {
            // The channel changed, not the posting.
            _ if anew => now,
            Some(before) if status == DeliveryStatus::Withdrawing => rules::hidden_since(row, before, now),
            before => rules::shown_since(row, before, now),
        };
        match before {
            Some(before) => {
                self.changed.entry((status, row.version, agency.clone(), since)).or_default().push(before.id);
            }
            None => self.fresh.push(fresh(tx, channel.id, subject, (status, since))),
        }
        true
    }

    /// One statement for what is new, and one for what changes alike.
    async fn write(self, tx: &Tx) -> Result<(), Fault> {
        if !self.fresh.is_empty() {
            channel_delivery::Entity::insert_many(self.fresh).exec_without_returning(tx).await?;
        }
        for ((status, posting_version, agency, since), ids) in self.changed {
            let withdrawing = (status == DeliveryStatus::Withdrawing).then_some(since);
            let change = channel_delivery::ActiveModel {
                status: Set(status),
                posting_version: Set(posting_version),
                attempts: Set(0),
                // How long it took to be there is still told when it is gone.
                wanted_at: if withdrawing.is_some() { NotSet } else { Set(since) },
                withdraw_wanted_at: Set(withdrawing),
                withdrawn_at: Set(None),
                agency: Set(agency),
                recorded_by: Set(None),
                ..channel_delivery::ActiveModel::default()
            };
            channel_delivery::Entity::update_many()
                .set(change)
                .col_expr(channel_delivery::Column::Version, Expr::col(channel_delivery::Column::Version).add(1))
                .filter(channel_delivery::Column::Id.is_in(ids))
                .exec(tx)
                .await?;
        }
        Ok(())
    }
}

fn fresh(
    tx: &Tx,
    channel: Uuid,
    subject: &Subject,
    (status, since): (DeliveryStatus, DateTime<Utc>),
) -> channel_delivery::ActiveModel {
    channel_delivery::ActiveModel {
        id: Set(tx.ctx().new_id()),
        version: Set(1),
        posting_id: Set(subject.row.id),
        channel_id: Set(channel),
        status: Set(status),
        posting_version: Set(subject.row.version),
        shown_version: Set(None),
        attempts: Set(0),
        receipt: Set(None),
        wanted_at: Set(since),
        sent_at: Set(None),
        withdraw_wanted_at: Set((status == DeliveryStatus::Withdrawing).then_some(since)),
        withdrawn_at: Set(None),
        agency: Set(subject.agency.clone()),
        recorded_by: Set(None),
    }
}
