//! Keeping channels true to the day (渠道随时更新): a posting that nobody confirmed goes stale, another is for tomorrow only. Nothing
//! happens to either that would be announced, so it is looked for: what is shown and is not to be seen any more is withdrawn, and
//! what is to be seen again, or for the first time, is put up.

use chrono::{Duration, NaiveTime};
use kernel::{Ctx, Fault};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, ExprTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::plan_deliveries::plan_some;
use crate::channels::rows::{channel, channel_delivery};
use crate::channels::rules;
use crate::kinds::{DeliveryStatus, PostingStatus};
use crate::queries::conditions;
use crate::rows::posting;

/// The states of a posting that is on a channel, or on its way there.
const UP: [DeliveryStatus; 3] = [DeliveryStatus::Queued, DeliveryStatus::Sent, DeliveryStatus::Failed];
/// The states of one that is off it, or on its way off.
const OFF: [DeliveryStatus; 2] = [DeliveryStatus::Withdrawing, DeliveryStatus::Withdrawn];

/// How far back first days are looked at: as long as the house may have stood still.
const FIRST_DAYS: i64 = 7;

/// Plans anew what is shown and should not be, or should be and is not (渠道随时更新); how many postings. Where all is well nothing is
/// written.
pub(crate) async fn keep_up(ctx: &Ctx) -> Result<usize, Fault> {
    let (mut after, mut planned) = (Uuid::nil(), 0);
    loop {
        let due = due(ctx, after).await?;
        let Some(last) = due.last() else { return Ok(planned) };
        after = *last;
        planned += due.len();
        plan_some(ctx, &due).await?;
    }
}

/// Some of the postings that channels show otherwise than they should: one statement.
async fn due(ctx: &Ctx, after: Uuid) -> Result<Vec<Uuid>, Fault> {
    use posting::Column;
    let unseen = Condition::any()
        .add(Column::ClosesAt.lte(ctx.now()))
        .add(Column::ValidFrom.gt(ctx.today()))
        .add(Column::FreshUntil.lte(ctx.now()));
    let shown = Expr::exists(deliveries().and_where(channel_delivery::Column::Status.is_in(UP)).to_owned());
    let off = there().and_where(channel_delivery::Column::Status.is_in(OFF)).to_owned();
    let missing = Condition::any()
        .add(at_some_channel(Expr::exists(off)))
        .add(first_day(ctx).add(at_some_channel(Expr::exists(there()).not())));
    let wrong = Condition::any().add(Condition::all().add(unseen).add(shown)).add(conditions::open(ctx).add(missing));
    Ok(posting::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.eq(PostingStatus::Published))
        .filter(Column::Id.gt(after))
        .filter(wrong)
        .order_by_asc(Column::Id)
        .limit(rules::AT_ONCE)
        .into_tuple()
        .all(&ctx.scope())
        .await?)
}

/// Its first day has come, one of the last, and it was published before: then no channel was to show it.
fn first_day(ctx: &Ctx) -> Condition {
    let days = (0..FIRST_DAYS).map(|back| ctx.today() - Duration::days(back)).map(|day| {
        let midnight = day.and_time(NaiveTime::MIN).and_utc() - Duration::hours(8);
        Condition::all().add(posting::Column::ValidFrom.eq(day)).add(posting::Column::PublishedAt.lt(midnight))
    });
    Condition::all().add(days.fold(Condition::any(), Condition::add))
}

/// Does this hold at some channel that shows postings of its market?
fn at_some_channel(holds: Expr) -> Expr {
    let own =
        Expr::col((channel::Entity, channel::Column::MarketId)).equals((posting::Entity, posting::Column::MarketId));
    let channels = Query::select()
        .expr(Expr::value(1))
        .from(channel::Entity)
        .and_where(channel::Column::Active.eq(true))
        .cond_where(Condition::any().add(channel::Column::MarketId.is_null()).add(own))
        .and_where(holds)
        .to_owned();
    Expr::exists(channels)
}

/// What is known of the posting at the channel.
fn there() -> SelectStatement {
    let here = Expr::col((channel_delivery::Entity, channel_delivery::Column::ChannelId))
        .equals((channel::Entity, channel::Column::Id));
    deliveries().and_where(here).to_owned()
}

/// What is known of the posting at any channel.
fn deliveries() -> SelectStatement {
    let its = Expr::col((channel_delivery::Entity, channel_delivery::Column::PostingId))
        .equals((posting::Entity, posting::Column::Id));
    Query::select().expr(Expr::value(1)).from(channel_delivery::Entity).and_where(its).to_owned()
}
