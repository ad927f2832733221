//! What is read of channels (查询): what is on them, what waits, and how long it took.

mod paces;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::gql::Paging;
use kernel::{Ctx, Fault};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{channel, channel_delivery, channel_output, province_posting};
use super::rules::{self, Way};
use super::store;
use crate::kinds::{ChannelKind, DeliveryStatus};
use crate::rows::posting;

#[cfg(test)]
pub(crate) use paces::seconds;
pub(crate) use paces::{CityPace, Figures, Pace, by_kind, paces, province_paces};

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

/// How many postings are to be taken off a channel.
pub(crate) async fn withdrawing(ctx: &Ctx, channel: Uuid) -> Result<u64, Fault> {
    Ok(channel_delivery::Entity::find()
        .filter(channel_delivery::Column::ChannelId.eq(channel))
        .filter(channel_delivery::Column::Status.eq(DeliveryStatus::Withdrawing))
        .count(&ctx.scope())
        .await?)
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
