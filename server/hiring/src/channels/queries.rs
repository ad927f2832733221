//! What is read of channels (查询): what is on them, what waits, and how long it took.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{channel, channel_delivery, channel_output, province_posting};
use super::rules::{self, Way};
use super::store;
use crate::kinds::{ChannelKind, DeliveryStatus};
use crate::rows::posting;

/// How far back lags are looked at.
pub(crate) const LOOK_BACK: Duration = Duration::days(30);
/// How many lags are looked at, the newest.
const MOST: u64 = 10_000;

/// Postings in a feed at most.
const FEED: u64 = 5000;

/// The names of markets, some of which are none.
pub(crate) async fn market_names(ctx: &Ctx, ids: &[Option<Uuid>]) -> Result<HashMap<Uuid, String>, Fault> {
    markets::names_of(ctx, ids.iter().copied().flatten().collect()).await
}

/// A page of the channels of the city: those of the city first, then those of its markets, by kind.
pub(crate) async fn channels(ctx: &Ctx, paging: &Paging) -> Result<Vec<channel::Model>, Fault> {
    let mut query = channel::Entity::find().order_by_asc(channel::Column::Slot);
    if let Some(after) = paging.after.as_ref().and_then(|key| key.first()) {
        query = query.filter(channel::Column::Slot.gt(after.as_str()));
    }
    Ok(query.limit(paging.limit()).all(&ctx.scope()).await?)
}

/// How a channel keeps up (渠道时效).
#[derive(Clone, Debug, Default)]
pub(crate) struct Pace {
    pub(crate) shown: i64,
    pub(crate) waiting: i64,
    pub(crate) withdrawing: i64,
    pub(crate) oldest: Option<DateTime<Utc>>,
    pub(crate) sent_ms: Vec<i64>,
    pub(crate) withdrawn_ms: Vec<i64>,
}

/// How each channel keeps up: three statements, however many there are.
pub(crate) async fn paces(ctx: &Ctx) -> Result<HashMap<Uuid, Pace>, Fault> {
    use channel_delivery::{Column, Entity};
    let scope = ctx.scope();
    let mut paces: HashMap<Uuid, Pace> = HashMap::new();
    let since = Func::coalesce([Column::WithdrawWantedAt, Column::WantedAt].map(Expr::col));
    let counts: Vec<(Uuid, DeliveryStatus, i64, Option<DateTime<Utc>>)> = Entity::find()
        .select_only()
        .columns([Column::ChannelId, Column::Status])
        .column_as(Column::Id.count(), "n")
        .column_as(Expr::expr(Func::min(since)), "oldest")
        .group_by(Column::ChannelId)
        .group_by(Column::Status)
        .into_tuple()
        .all(&scope)
        .await?;
    for (channel, status, n, oldest) in counts {
        let pace = paces.entry(channel).or_default();
        match status {
            DeliveryStatus::Sent => pace.shown += n,
            DeliveryStatus::Withdrawn => {}
            DeliveryStatus::Queued | DeliveryStatus::Failed => pace.waiting += n,
            DeliveryStatus::Withdrawing => pace.withdrawing += n,
        }
        if matches!(status, DeliveryStatus::Queued | DeliveryStatus::Failed | DeliveryStatus::Withdrawing) {
            pace.oldest = pace.oldest.into_iter().chain(oldest).min();
        }
    }
    let since = ctx.now() - LOOK_BACK;
    // What was shown counts though it is gone by now; a version that is on its way yet was not shown.
    let shown = Condition::all().add(Expr::col(Column::SentAt).gte(Expr::col(Column::WantedAt)));
    let gone = Condition::all().add(Column::Status.eq(DeliveryStatus::Withdrawn));
    for (wanted, done, counts, withdrawn) in
        [(Column::WantedAt, Column::SentAt, shown, false), (Column::WithdrawWantedAt, Column::WithdrawnAt, gone, true)]
    {
        let spans: Vec<(Uuid, Option<DateTime<Utc>>, Option<DateTime<Utc>>)> = Entity::find()
            .select_only()
            .columns([Column::ChannelId, wanted, done])
            .filter(done.gt(since))
            .filter(counts)
            .order_by_desc(done)
            .limit(MOST)
            .into_tuple()
            .all(&scope)
            .await?;
        for (channel, from, to) in spans {
            let (Some(from), Some(to)) = (from, to) else { continue };
            let pace = paces.entry(channel).or_default();
            let lags = if withdrawn { &mut pace.withdrawn_ms } else { &mut pace.sent_ms };
            lags.push(Ord::max((to - from).num_milliseconds(), 0));
        }
    }
    for pace in paces.values_mut() {
        pace.sent_ms.sort_unstable();
        pace.withdrawn_ms.sort_unstable();
    }
    Ok(paces)
}

/// Which deliveries are wanted (投递筛选).
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub(crate) struct Wanted {
    pub(crate) channel: Option<Uuid>,
    pub(crate) posting: Option<Uuid>,
    pub(crate) status: Option<DeliveryStatus>,
}

/// A page of deliveries, the newest wish first, each with the title of its posting.
pub(crate) async fn deliveries(
    ctx: &Ctx,
    wanted: &Wanted,
    paging: &Paging,
) -> Result<Vec<(channel_delivery::Model, String)>, Fault> {
    use channel_delivery::{Column, Entity};
    let mut query = Entity::find()
        .filter(
            Condition::all()
                .add_option(wanted.channel.map(|id| Column::ChannelId.eq(id)))
                .add_option(wanted.posting.map(|id| Column::PostingId.eq(id)))
                .add_option(wanted.status.map(|status| Column::Status.eq(status))),
        )
        .order_by_desc(Column::Id);
    if let Some(after) = paging.after.as_ref().and_then(|key| key.first()).and_then(|id| id.parse::<Uuid>().ok()) {
        query = query.filter(Column::Id.lt(after));
    }
    let rows = query.limit(paging.limit()).all(&ctx.scope()).await?;
    let titles: HashMap<Uuid, String> = if rows.is_empty() {
        HashMap::new()
    } else {
        posting::Entity::find()
            .select_only()
            .columns([posting::Column::Id, posting::Column::Title])
            .filter(posting::Column::Id.is_in(rows.iter().map(|row| row.posting_id)))
            .into_tuple::<(Uuid, String)>()
            .all(&ctx.scope())
            .await?
            .into_iter()
            .collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let title = titles.get(&row.posting_id).cloned().unwrap_or_default();
            (row, title)
        })
        .collect())
}

/// What a channel shows, by start; at most `most`. Where it lies in this store it is read there; else it is the text of
/// what is to be shown.
pub(crate) async fn lines(ctx: &Ctx, id: Uuid, most: u64) -> Result<Vec<(Uuid, String, DateTime<Utc>)>, Fault> {
    let scope = ctx.scope();
    let channel = channel::Entity::find_by_id(id).one(&scope).await?.ok_or(Fault::NotFound)?;
    if rules::way(channel.kind) == Way::Written {
        let rows = channel_output::Entity::find()
            .filter(channel_output::Column::ChannelId.eq(id))
            .order_by_asc(channel_output::Column::StartsAt)
            .order_by_asc(channel_output::Column::Id)
            .limit(most)
            .all(&scope)
            .await?;
        return Ok(rows.into_iter().map(|row| (row.posting_id, row.body, row.at)).collect());
    }
    let wanted: Vec<(Uuid, DateTime<Utc>)> = channel_delivery::Entity::find()
        .select_only()
        .columns([channel_delivery::Column::PostingId, channel_delivery::Column::WantedAt])
        .filter(channel_delivery::Column::ChannelId.eq(id))
        .filter(channel_delivery::Column::Status.is_not_in([DeliveryStatus::Withdrawing, DeliveryStatus::Withdrawn]))
        .order_by_desc(channel_delivery::Column::Id)
        .limit(most)
        .into_tuple()
        .all(&scope)
        .await?;
    let ids: Vec<Uuid> = wanted.iter().map(|(id, _)| *id).collect();
    let notices = store::notices(ctx, &scope, &ids).await?;
    let mut lines: Vec<_> =
        wanted.into_iter().filter_map(|(id, at)| notices.get(&id).map(|notice| (notice, at))).collect();
    lines.retain(|(notice, _)| notice.is_shown(ctx));
    lines.sort_by_key(|(notice, _)| (notice.row.starts_at, notice.row.id));
    Ok(lines.into_iter().map(|(notice, at)| (notice.row.id, notice.text(&channel), at)).collect())
}

/// The feed of the city (开放数据): what stands in the channel, as a JSON list; nothing while it is switched off.
pub async fn feed(ctx: &Ctx) -> Result<String, Fault> {
    let of_channel = channel_output::Entity::belongs_to(channel::Entity)
        .from(channel_output::Column::ChannelId)
        .to(channel::Column::Id)
        .into();
    let items: Vec<String> = channel_output::Entity::find()
        .select_only()
        .column(channel_output::Column::Body)
        .join(JoinType::InnerJoin, of_channel)
        .filter(channel::Column::Slot.eq(store::slot(ChannelKind::Feed, None)))
        .filter(channel::Column::Active.eq(true))
        .order_by_asc(channel_output::Column::StartsAt)
        .order_by_asc(channel_output::Column::Id)
        .limit(FEED)
        .into_tuple()
        .all(&ctx.scope())
        .await?;
    Ok(format!("[{}]", items.join(",")))
}

/// Which postings of the province are wanted.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub(crate) struct Sought {
    pub(crate) city: Option<String>,
    pub(crate) county: Option<String>,
    pub(crate) trades: Vec<String>,
    pub(crate) from: Option<DateTime<Utc>>,
    pub(crate) to: Option<DateTime<Utc>>,
    pub(crate) words: Option<String>,
}

/// A page of the province's postings that have not begun, by start.
pub(crate) async fn province(
    ctx: &Ctx,
    sought: &Sought,
    paging: &Paging,
) -> Result<Vec<province_posting::Model>, Fault> {
    use province_posting::{Column, Entity};
    let mut query = Entity::find()
        .filter(Column::Gone.eq(false))
        .filter(Column::EndsAt.gt(ctx.now()))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id);
    let words = sought.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    query = query.filter(
        Condition::all()
            .add_option(sought.city.as_deref().map(|city| Column::City.eq(city)))
            .add_option(sought.county.as_deref().map(|county| Column::County.eq(county)))
            .add_option((!sought.trades.is_empty()).then(|| Column::Trade.is_in(sought.trades.iter().cloned())))
            .add_option(sought.from.map(|from| Column::StartsAt.gte(from)))
            .add_option(sought.to.map(|to| Column::StartsAt.lt(to)))
            .add_option(words.map(|words| Column::Title.contains(words))),
    );
    if let Some([at, id]) = paging.after.as_deref() {
        let broken = || Fault::internal("read a cursor of the province's postings");
        let at = at.parse::<i64>().ok().and_then(DateTime::from_timestamp_micros).ok_or_else(broken)?;
        let id: Uuid = id.parse().map_err(|_| broken())?;
        let same = Condition::all().add(Column::StartsAt.eq(at)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::StartsAt.gt(at)).add(same));
    }
    Ok(query.limit(paging.limit()).all(&ctx.scope()).await?)
}

/// What the province has of each city (省级归集时效): shown, withdrawn, and the lags of the last thirty days.
pub(crate) async fn province_paces(ctx: &Ctx) -> Result<Vec<(String, Pace)>, Fault> {
    use province_posting::{Column, Entity};
    let scope = ctx.scope();
    let shown: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::City)
        .column_as(Column::Id.count(), "n")
        .filter(Column::Gone.eq(false))
        .group_by(Column::City)
        .into_tuple()
        .all(&scope)
        .await?;
    let mut paces: std::collections::BTreeMap<String, Pace> =
        shown.into_iter().map(|(city, shown)| (city, Pace { shown, ..Pace::default() })).collect();
    let lags: Vec<(String, bool, i64)> = Entity::find()
        .select_only()
        .columns([Column::City, Column::Gone, Column::LagMs])
        .filter(Expr::col(Column::ReceivedAt).gt(ctx.now() - LOOK_BACK))
        .order_by_desc(Column::ReceivedAt)
        .limit(MOST)
        .into_tuple()
        .all(&scope)
        .await?;
    for (city, gone, lag) in lags {
        let pace = paces.entry(city).or_default();
        if gone { pace.withdrawn_ms.push(lag) } else { pace.sent_ms.push(lag) }
    }
    Ok(paces
        .into_iter()
        .map(|(city, mut pace)| {
            pace.sent_ms.sort_unstable();
            pace.withdrawn_ms.sort_unstable();
            (city, pace)
        })
        .collect())
}

/// Seconds of a share of sorted lags in milliseconds, rounded up.
pub(crate) fn seconds(lags: &[i64], share: u64) -> Option<i32> {
    let ms = rules::percentile(lags, share)?;
    i32::try_from(ms.div_euclid(1000) + i64::from(ms.rem_euclid(1000) > 0)).ok()
}
